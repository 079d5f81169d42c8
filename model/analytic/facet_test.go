package analytic

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"nines/model"
	"nines/model/markov"
)

// duplex is a standby of two in a zone, with one person to repair them, and two
// web servers of which one is needed.
func duplex() *sketch {
	s := &sketch{}
	zone := s.part("zone", stop(40*day, 2*hour))
	s.Parts[zone].Kind = model.Domain
	var members []int
	for i := range 2 {
		members = append(members, s.leaf(s.in(zone, fmt.Sprintf("pg[%d]", i+1), stop(9*day, 3*hour), silent(7*day, hour, 2*hour))))
	}
	db := s.group(model.Standby, 0, members...)
	s.Nodes[db].Name = "db"
	s.Nodes[db].Waiting = &model.Waiting{Rate: 0.5, Detect: exp(10 * minute), Switch: exp(5 * minute), Else: exp(hour), Succeeds: model.Prob{P: .9, Q: .1}}
	s.Crews = []model.Crew{{Name: "ops", Size: 1, Parts: []int{1, 2}}}
	s.system("shop", s.series(db, s.atLeast(1, s.copies(2, "web", stop(5*day, 5*hour))...)))
	return s
}

// happens says of an event of a duplex whether it holds in a state.
func happens(c *model.Coupled, event string, s model.Joint) bool {
	if event == "takeover of db" {
		answers := c.Condition(s, 1) == model.Up || c.Condition(s, 2) == model.Up
		return answers && c.Outcome(s, 0) != model.OK
	}
	for i, p := range c.Parts {
		of := &c.System.Parts[p]
		name, how, ofMode := strings.Cut(event, " ")
		if of.Name == name && s[i] != 0 {
			return !ofMode || of.Modes[of.Automaton.States[s[i]].Mode].Kind.String() == how
		}
	}
	return false
}

// starts says whether what happens from s to next is due to an event: its part
// changes its state, to or from one of those of the mode; or nothing does, and
// the group moves.
func starts(c *model.Coupled, event string, s, next model.Joint) bool {
	for i, p := range c.Parts {
		if s[i] != next[i] {
			of := &c.System.Parts[p]
			mode := of.Automaton.States[next[i]].Mode
			if next[i] == 0 {
				mode = of.Automaton.States[s[i]].Mode
			}
			return event == of.Name || event == of.Name+" "+of.Modes[mode].Kind.String()
		}
	}
	return event == "takeover of db"
}

// TestFacets holds the importance of everything that interacts in time against
// the chain of all states of all parts, none lumped.
func TestFacets(t *testing.T) {
	s := duplex()
	c := model.Together(&s.System, s.Targets)
	chain, err := newJoint(c, nil, markov.Options{})
	if err != nil {
		t.Fatal(err)
	}
	steady, err := chain.Steady(nil, markov.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x := explain(t, &s.System, ExplainOptions{})["shop"]
	if len(x.Importance) != 11 {
		t.Errorf("got %d events, want 11", len(x.Importance))
	}
	for _, got := range x.Importance {
		if got.Cause != "module" {
			compareImportances(t, got, rankedBy(chain, steady.Prob, got.Event))
		}
	}
}

// rankedBy is the importance of an event by the states of a chain.
func rankedBy(chain *joint, steady []float64, e model.Event) model.Importance {
	c := chain.walk.c
	up := func(s model.Joint) bool { return c.Outcome(s, 0) == model.OK && (s[3] == 0 || s[4] == 0) }
	var q, both, down, outages, begin float64
	for i, p := range steady {
		s := chain.state(i)
		holds := happens(c, e.String(), s)
		if holds {
			q += p
		}
		if !up(s) {
			down += p
			if holds {
				both += p
			}
			continue
		}
		for _, clock := range c.Running(s, nil) {
			c.Fire(s, clock.Clock, func(chance float64, next model.Joint) {
				rate := p * chance * clock.Speed / clock.Law.Mean()
				if up(next) {
					return
				}
				outages += rate
				if starts(c, e.String(), s, next) {
					begin += rate
				}
			})
		}
	}
	with, without := both/q, (down-both)/(1-q)
	e.Probability = q
	return model.Importance{
		Event: e, Birnbaum: with - without, Criticality: q * (with - without) / down, FussellVesely: 1 - without/down,
		RAW: with / down, RRW: down / without, DIF: both / down, Outages: begin / outages,
	}
}

func compareImportances(t *testing.T, got, want model.Importance) {
	t.Helper()
	measures := func(i model.Importance) []float64 {
		return []float64{i.Probability, i.Birnbaum, i.Criticality, i.FussellVesely, i.RAW, i.RRW, i.DIF, i.Outages}
	}
	for k, x := range measures(got) {
		if y := measures(want)[k]; math.Abs(x-y) > 1e-9*math.Max(1, math.Abs(y)) {
			t.Errorf("%s: got measure %d %v, want %v", got, k, x, y)
		}
	}
}
