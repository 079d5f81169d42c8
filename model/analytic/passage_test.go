package analytic

import (
	"errors"
	"fmt"
	"testing"

	"nines/model"
	"nines/model/dist"
	"nines/model/markov"
)

// everyState is the chain of all states of a system, as they are enumerated.
func everyState(t *testing.T, c census) *markov.Space[int] {
	t.Helper()
	s, err := markov.Explore(0, func(state int, emit func(int, float64)) {
		for next, rate := range exits(c.wheels, state) {
			emit(next, rate)
		}
	}, markov.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// firstOutages holds the first outage of each target against the chain of all
// states, and the bounds that states with few failures give as well.
func firstOutages(t *testing.T, s *sketch, describe func(target int) string) {
	t.Helper()
	const at = 25.0
	c, err := enumerate(&s.System)
	if errors.Is(err, model.ErrUnsettled) {
		return
	}
	all := everyState(t, c)
	e, err := build(t.Context(), &s.System, s.Targets, Options{At: at})
	if err == nil {
		err = e.fill()
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, target := range s.Targets {
		down := all.Where(func(state int) bool { return !c.up[state][i] })
		want, err := all.Passage(nil, down, markov.Options{})
		if err != nil {
			t.Fatal(err)
		}
		curve, err := all.PassageCurve(nil, down, []float64{at}, markov.Options{})
		if err != nil {
			t.Fatal(err)
		}
		up := e.up(target.Node, s.System.UpAt(target))
		p, err := e.newProduct(&report{Result: model.Result{Target: target}, up: up, blocks: e.support(up)})
		if err != nil || p == nil {
			t.Fatalf("%s: %v, %v", describe(i), p, err)
		}
		p.allowance = 10_000_000
		o := &outage{product: p, at: at}
		for limit, complete := 1, false; !complete; limit++ {
			var b bracket
			if b, _, complete = o.step(limit); !b.known || !b.curved {
				t.Fatalf("%s: nothing known with %d amiss", describe(i), limit)
			}
			encloses(t, fmt.Sprintf("%s: mttf with %d amiss", describe(i), limit), b.mttf, want.Mean, complete)
			encloses(t, fmt.Sprintf("%s: reliability with %d amiss", describe(i), limit), b.reliability, curve.Out[0], complete)
		}
	}
}

// encloses fails unless a number lies in an interval, and is all of it if exact.
func encloses(t *testing.T, what string, b interval, want float64, exact bool) {
	t.Helper()
	const tolerance = 1e-9
	if !(b.low <= want*(1+tolerance) && want <= b.high*(1+tolerance)) {
		t.Errorf("%s: got %v, want %v", what, b, want)
	}
	if exact && !near(b.best, want, tolerance) {
		t.Errorf("%s: got %v, want %v", what, b.best, want)
	}
}

func TestFirstOutages(t *testing.T) {
	for seed := range uint64(100) {
		d := roll(seed)
		for i := range d.Deploys {
			d.Deploys[i].Rollback = dist.Fixed{}
		}
		firstOutages(t, &d.sketch, func(i int) string { return fmt.Sprintf("seed %d, %s", seed, d.Targets[i].Name) })
		if t.Failed() {
			break
		}
	}
}

// TestOverTime holds point and interval availabilities against the chain of all
// states.
func TestOverTime(t *testing.T) {
	for seed := range uint64(30) {
		d := roll(seed)
		for i := range d.Deploys {
			d.Deploys[i].Rollback = dist.Fixed{}
		}
		c, err := enumerate(&d.System)
		if errors.Is(err, model.ErrUnsettled) {
			continue
		}
		all := everyState(t, c)
		for _, at := range []float64{0.7, 40} {
			results := evaluate(t, &d.System, Options{At: at})
			for i, target := range d.Targets {
				up := all.Where(func(state int) bool { return c.up[state][i] })
				want, err := all.Curve(nil, up, []float64{at}, markov.Options{})
				if err != nil {
					t.Fatal(err)
				}
				measure(t, results[target.Name], model.PointAvailability, want.In[0], 1e-12)
				measure(t, results[target.Name], model.IntervalAvailability, want.TimeIn[0]/at, 1e-12)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// TestTooManyToBound: of ten in parallel, no state that is followed is near to
// where the target is down. That leaves the mean without an upper bound, which is
// no reason to call it infinite.
func TestTooManyToBound(t *testing.T) {
	s := &sketch{}
	slow := model.Mode{Every: exp(30 * day), Repair: dist.Fixed{Time: 4 * minute}}
	s.system("s", s.atLeast(1, s.copies(10, "m", slow)...))
	_, notes, err := Evaluate(t.Context(), &s.System, Options{MaxStates: 2000})
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) != 1 || notes[0].Code != "N209" {
		t.Errorf("got %v", notes)
	}
}
