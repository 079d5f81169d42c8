package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"nines/model/dist"
)

// struckStandby has three members, two of them waiting warm, and a shock that
// hits each with the chance 0.6.
func struckStandby() *Coupled {
	law := func(mean float64) dist.Law { return dist.Exponential{MeanTime: mean} }
	modes := []Mode{{Every: law(100), Repair: law(5)}, {Every: law(50), Repair: law(7)}}
	s := &System{}
	group := Node{Kind: Standby, Waiting: &Waiting{Rate: 0.5, Detect: dist.Fixed{}, Switch: law(1), Succeeds: Prob{P: 1}}}
	shock := Shock{Each: ProbOf(0.6), Strikes: []Strike{{Every: law(30)}}}
	for i := range 3 {
		s.Parts = append(s.Parts, Part{Place: None, Modes: modes, Automaton: NewAutomaton(modes)})
		s.Nodes = append(s.Nodes, Node{Kind: Leaf, Part: i})
		group.Children = append(group.Children, i)
		shock.Parts, shock.Strikes[0].Modes = append(shock.Parts, i), append(shock.Strikes[0].Modes, 1)
	}
	s.Nodes, s.Shocks = append(s.Nodes, group), []Shock{shock}
	s.Targets = []Target{{Node: 3}}
	return Couplings(s, s.Targets)[0]
}

// TestStrike: the active member is hit with the chance 0.6, one that waits with
// 0.3, each by itself.
func TestStrike(t *testing.T) {
	c := struckStandby()
	start := c.Start()
	clock := -1
	for _, r := range c.Running(start, nil) {
		if r.Law.Mean() == 30 {
			clock = r.Clock
		}
		if r.Law.Mean() == 50 {
			t.Errorf("clock %d of the shock's mode runs by itself", r.Clock)
		}
	}
	want := map[[3]uint16]float64{}
	for set := range 8 {
		p, state := 1.0, [3]uint16{}
		for i, chance := range []float64{0.6, 0.3, 0.3} {
			if set>>i&1 == 1 {
				state[i] = 2
			} else {
				chance = 1 - chance
			}
			p *= chance
		}
		want[state] = p
	}
	c.Fire(start, clock, func(p float64, s Joint) {
		state := [3]uint16(s[:3])
		if math.Abs(p-want[state]) > 1e-15 {
			t.Errorf("%v: got %g, want %g", state, p, want[state])
		}
		if answers := c.Outcome(s, 0) == OK; answers != (state[0] == 0) {
			t.Errorf("%v: answers %v", state, answers)
		}
		if !c.Continues(start, s, clock) {
			t.Errorf("%v: the clock of the shock starts anew", state)
		}
	})
	const draws = 200_000
	r := rand.New(rand.NewPCG(1, 2))
	counts := map[[3]uint16]float64{}
	for range draws {
		counts[[3]uint16(c.Draw(start, clock, r.Float64)[:3])]++
	}
	for state, p := range want {
		if sd := math.Sqrt(draws * p * (1 - p)); math.Abs(counts[state]-draws*p) > 4.5*sd {
			t.Errorf("%v: drawn %g times, want %g", state, counts[state], draws*p)
		}
	}
}

// TestShockOf: a member is down by the shock or by itself.
func TestShockOf(t *testing.T) {
	c := struckStandby()
	s := c.Start()
	s[0], s[1] = 1, 2
	for i, want := range []int{None, 0, None} {
		if got := c.ShockOf(s, i); got != want {
			t.Errorf("part %d: got %d, want %d", i, got, want)
		}
	}
}

func TestShockWithAndWithout(t *testing.T) {
	s := Shock{Parts: []int{4, 7}, Strikes: []Strike{{Modes: []int{1, 2}}, {Modes: []int{3, 5}}}}
	if more := s.With(9, 7); len(more.Parts) != 3 || more.Strikes[1].Modes[2] != 5 || len(s.Parts) != 2 {
		t.Errorf("with: %+v", more)
	}
	if less := s.Without(func(p int) bool { return p == 4 }); len(less.Parts) != 1 || less.Strikes[0].Modes[0] != 2 {
		t.Errorf("without: %+v", less)
	}
}
