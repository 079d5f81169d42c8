package analytic

import (
	"fmt"
	"slices"
	"testing"

	"nines/model"
)

// Cut sets of parts that one person repairs are those of the structure, with the probability that they are down together: two alike, one repair at a
// time, 1 - .9998039600078416 (birth-death process, lambda .001/h, mu .1/h).
func TestCutsOfCrew(t *testing.T) {
	s := &sketch{}
	leaves := s.copies(2, "m", stop(1000*hour, 10*hour))
	s.Crews = []model.Crew{{Name: "ops", Size: 1, Parts: []int{0, 1}}}
	lone := s.leaf(s.static("lb", 1e-3))
	s.system("pair", s.series(s.atLeast(1, leaves...), lone))
	x := explain(t, &s.System, ExplainOptions{Cuts: 9, Joint: 9, Paths: 9})["pair"]
	if got := fmt.Sprint(x.Cuts.Count, len(x.Singles), names(x.Cuts.Joint[0].Events), x.Cuts.Paths); got != "2 1 [m[1] m[2]] 2" {
		t.Fatalf("got %s", got)
	}
	both := 1 - .9998039600078416
	if got := x.Cuts.Joint[0].Probability; !near(got, both, 1e-9) {
		t.Errorf("both are down with %v, want %v", got, both)
	}
	if !near(x.Cuts.Sum, both+1e-3, 1e-9) {
		t.Errorf("got the sum %v", x.Cuts.Sum)
	}
	// One of them is as new: both, or down are one (twice mu/lambda less likely) with p0 = both*mu^2/(2 lambda^2), p1 = both*mu/lambda.
	p0, p1 := both*100*100/2, both*100
	if got, want := x.Cuts.Works[0].Probability, (p0+p1/2)*(1-1e-3); !near(got, want, 1e-9) {
		t.Errorf("a path set holds with %v, want %v", got, want)
	}
}

// A standby is down while all of its members are or while it takes over: the two exclude each other.
func TestCutsOfStandby(t *testing.T) {
	s := &sketch{}
	zone := s.part("zone", stop(90*day, hour))
	s.Parts[zone].Kind = model.Domain
	a, b := s.in(zone, "a", stop(30*day, 2*hour)), s.part("b", stop(30*day, 2*hour))
	db := s.group(model.Standby, 0, s.leaves(a, b)...)
	s.Nodes[db].Name = "db"
	s.Nodes[db].Waiting = &model.Waiting{Rate: 1, Detect: exp(minute), Switch: exp(minute), Succeeds: model.Prob{P: 1}}
	s.system("db", s.series(db))
	x := explain(t, &s.System, ExplainOptions{Cuts: 9})["db"]
	var got []string
	for _, c := range x.Cuts.Listed {
		got = append(got, fmt.Sprint(names(c.Events)))
	}
	if fmt.Sprint(got) != "[[takeover of db] [a b] [b zone]]" {
		t.Errorf("got %v", got)
	}
	both, out := x.Cuts.Listed[1].Probability, x.Cuts.Listed[2].Probability
	if !(x.Cuts.Sum > x.Down && x.Cuts.Sum < x.Down+min(both, out)) {
		t.Errorf("the sum is %v, the unavailability %v", x.Cuts.Sum, x.Down)
	}
	if i := slices.IndexFunc(x.Budget, func(c model.Cost) bool { return c.Cause == "takeover" }); !near(x.Budget[i].Share*x.Down, x.Cuts.Listed[0].Probability, 1e-9) {
		t.Errorf("takeovers cost %v of %v, they take %v", x.Budget[i].Share, x.Down, x.Cuts.Listed[0].Probability)
	}
	if len(x.Losses) != 1 || !x.Losses[0].Up || fmt.Sprint(x.Losses[0].Inside) != "[a]" {
		t.Errorf("got %+v", x.Losses)
	}
	if i, ok := improvement(x, "takeover of db", model.HalfRepair); ok {
		t.Errorf("advice that was not asked for: %+v", i)
	}
	x = explain(t, &s.System, ExplainOptions{Advise: true})["db"]
	fast := changed(t, &s.System, 0, func(c *model.System) {
		w := *c.Nodes[db].Waiting
		w.Detect, w.Switch = exp(minute/2), exp(minute/2)
		c.Nodes[db].Waiting = &w
	})
	if i, ok := improvement(x, "takeover of db", model.HalfRepair); !ok || !near(i.Unavailability, fast, 1e-9) {
		t.Errorf("got %v and %+v, want %v", ok, i, fast)
	}
}
