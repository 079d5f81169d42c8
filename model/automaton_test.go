package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nines/model/dist"
)

var (
	every   = dist.Exponential{MeanTime: 100}
	detect  = dist.Exponential{MeanTime: 5}
	repair  = dist.Fixed{Time: 7}
	resync  = dist.Fixed{Time: 3}
	forever = dist.Law(nil)
)

// path writes an automaton as its states with where the clocks lead.
func path(a Automaton) string {
	var states []string
	for i, s := range a.States {
		text := fmt.Sprint(i, " ", s.Condition)
		for _, c := range s.Clocks {
			text += fmt.Sprintf(" %v>%d", c.Law.Mean(), c.To)
		}
		states = append(states, text)
	}
	return strings.Join(states, ", ")
}

func TestNewAutomaton(t *testing.T) {
	cases := []struct {
		modes      []Mode
		want       string
		repairable bool
	}{
		{nil, "0 up", true},
		{[]Mode{{Every: every, Repair: repair}}, "0 up 100>1, 1 down 7>0", true},
		{[]Mode{{Every: every, Repair: forever}}, "0 up 100>1, 1 down", false},
		{[]Mode{{Kind: FailSilent, Every: every, Detect: detect, Repair: repair}}, "0 up 100>1, 1 lost 5>2, 2 down 7>0", true},
		{[]Mode{{Kind: FailByzantine, Every: every, Detect: detect}}, "0 up 100>1, 1 wrong 5>2, 2 down", false},
		{[]Mode{{Kind: FailRestart, Every: every, Repair: repair, Resync: resync}}, "0 up 100>1, 1 down 7>2, 2 stale 3>0", true},
		{[]Mode{{Kind: FailRestart, Every: every, Repair: repair}}, "0 up 100>1, 1 down 7>0", true},
		{
			[]Mode{{Kind: FailSilent, Every: every, Detect: detect, Repair: repair}, {Every: every}, {Every: every, Repair: repair}},
			"0 up 100>1 100>3 100>4, 1 lost 5>2, 2 down 7>0, 3 down, 4 down 7>0", false,
		},
	}
	for _, c := range cases {
		a := NewAutomaton(c.modes)
		if got := path(a); got != c.want || a.Repairable() != c.repairable {
			t.Errorf("got %q, repairable %v; want %q, %v", got, a.Repairable(), c.want, c.repairable)
		}
		for i, s := range a.States {
			if i > 0 && (s.Mode < 0 || s.Mode >= len(c.modes)) {
				t.Errorf("%q: state %d belongs to mode %d", c.want, i, s.Mode)
			}
		}
	}
	static := StaticAutomaton()
	if got := path(static); got != "0 up, 1 down" {
		t.Errorf("a static part is %q", got)
	}
}

// TestEffective nests a host in a rack in a room: the outermost domain that is
// down or lost decides.
func TestEffective(t *testing.T) {
	const room, rack, host = 0, 1, 2
	s := &System{Parts: []Part{room: {Place: None}, rack: {Place: room}, host: {Place: rack}}}
	all := []Condition{Up, Stale, Lost, Wrong, Down}
	for _, a := range all {
		for _, b := range all {
			for _, c := range all {
				rackSeen, hostSeen := b, c
				if b == Lost || b == Down {
					hostSeen = b
				}
				if a == Lost || a == Down {
					rackSeen, hostSeen = a, a
				}
				want := []Condition{a, rackSeen, hostSeen}
				if got := s.Effective([]Condition{a, b, c}, nil); !slices.Equal(got, want) {
					t.Errorf("%v, %v, %v: got %v, want %v", a, b, c, got, want)
				}
			}
		}
	}
}

func TestConditions(t *testing.T) {
	want := map[Condition]Outcome{Up: OK, Stale: OK, Lost: NoAnswer, Wrong: WrongAnswer, Down: NoAnswer}
	for c, o := range want {
		if c.Outcome() != o || c.Answers() != (o != NoAnswer) {
			t.Errorf("%v: outcome %v, answers %v", c, c.Outcome(), c.Answers())
		}
	}
}
