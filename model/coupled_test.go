package model

import (
	"reflect"
	"testing"

	"nines/model/dist"
)

// workshop has three parts that are repaired, one that comes back by itself and
// one that stays down, and a crew for all of them.
func workshop(repairers int) *System {
	second := dist.Exponential{MeanTime: 1}
	mend := Mode{Kind: FailStop, Every: second, Repair: second}
	modes := [][]Mode{{mend}, {{Kind: FailRestart, Every: second, Repair: second}}, {mend}, {{Kind: FailStop, Every: second}}, {mend}}
	s := &System{Crews: []Crew{{Name: "ops", Size: repairers, Parts: []int{0, 1, 2, 3, 4}}}}
	for _, m := range modes {
		s.Parts = append(s.Parts, Part{Owner: None, Place: None, Modes: m, Automaton: NewAutomaton(m)})
	}
	return s
}

// TestQueue: parts interact in time if one may have to wait for another.
func TestQueue(t *testing.T) {
	for repairers, want := range map[int][]int{1: {0, 2, 4}, 2: {0, 2, 4}, 3: nil, 9: nil} {
		s := workshop(repairers)
		if got := s.Queue(0); !reflect.DeepEqual(got, want) {
			t.Errorf("%d repairers: queue %v, want %v", repairers, got, want)
		}
		var sets [][]int
		for _, c := range Couplings(s, nil) {
			sets = append(sets, c.Parts)
		}
		if (want == nil) != (sets == nil) || want != nil && !reflect.DeepEqual(sets, [][]int{want}) {
			t.Errorf("%d repairers: sets %v", repairers, sets)
		}
	}
}
