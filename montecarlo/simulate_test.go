package montecarlo

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"nines/model"
)

// extreme is nine parts without dynamics of which five are needed; it is down
// with the probability 1.3e-28.
func extreme() *model.System {
	b := newBuilder()
	var parts []int
	for range 9 {
		parts = append(parts, b.leaf(b.static(model.Prob{P: 1 - 1e-6, Q: 1e-6})))
	}
	return b.target("nine", b.atLeast(5, parts...))
}

// TestNeverSeen: what is never seen has an upper bound and is never 0, and does
// not hold up the simulation.
func TestNeverSeen(t *testing.T) {
	r := simulate(t, extreme(), Options{})
	v, _ := r.Results[0].Find(model.Unavailability)
	if v.Low != 0 || v.Value != v.High || v.High < 1e-8 || v.High > 1e-5 || v.Note == "" || !v.Bounded {
		t.Errorf("unavailability: got %+v, want a bound of about 3 in %d", v, v.Runs)
	}
	if v, _ := r.Results[0].Find(model.Nines); v.Value != v.Low || !math.IsInf(v.High, 1) || v.Note == "" {
		t.Errorf("nines: got %+v, want a lower bound", v)
	}
	if v, _ := r.Results[0].Find(model.Availability); v.Value != v.Low || v.High != 1 || v.Value == 1 {
		t.Errorf("availability: got %+v, want a lower bound below 1", v)
	}
	for _, m := range []model.Measure{model.Outages, model.MTTF, model.Reliability} {
		if _, ok := r.Results[0].Find(m); ok {
			t.Errorf("got %s of parts without dynamics", m)
		}
	}
	if len(r.Diagnostics) != 1 || r.Diagnostics[0].Code != "N201" {
		t.Errorf("got %v", r.Diagnostics)
	}
}

// TestStaticShare compares a probability without dynamics.
func TestStaticShare(t *testing.T) {
	b := newBuilder()
	sys := b.target("s", b.series(b.leaf(b.static(model.ProbOf(0.97))), b.leaf(b.static(model.Prob{P: 1e-1, Q: 0.9}))))
	r := simulate(t, sys, Options{Runs: 50000, Confidence: 0.999})
	holds(t, &r.Results[0], map[model.Measure]float64{model.Availability: 0.097, model.Downtime: 0.903 * model.Year})
}

// TestPerfect: nothing can happen to a system of perfect parts.
func TestPerfect(t *testing.T) {
	b := newBuilder()
	r := simulate(t, b.target("s", b.one()), Options{Runs: 1000})
	if _, ok := r.Results[0].Find(model.MTTF); ok {
		t.Error("got a mean time to a failure that cannot come")
	}
	if v, _ := r.Results[0].Find(model.Unavailability); v.Low != 0 || v.High == 0 {
		t.Errorf("got %+v, want an upper bound", v)
	}
}

// TestHopeless: a goal that cannot be reached ends with the time, and says so.
func TestHopeless(t *testing.T) {
	start := time.Now()
	r := simulate(t, extreme(), Options{Until: 0.01, Time: 100 * time.Millisecond})
	if r.Converged || r.Partial || len(r.Results) != 1 || r.Results[0].Values[0].Runs == 0 {
		t.Errorf("got converged %v, partial %v, %v", r.Converged, r.Partial, r.Results)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v, want 100ms", took)
	}
}

// TestCut: a target of which no life ends is given up, and one of which some
// do not end has a lower bound.
func TestCut(t *testing.T) {
	// The two are down together when 101 and 151 have a multiple in common.
	b := newBuilder()
	often := b.one(byLaw(fixed(100*hour), fixed(hour)))
	rare := b.atLeast(1, often, b.one(byLaw(fixed(150*hour), fixed(hour))))
	b.target("rare", rare)
	sys := b.target("often", often)
	p, err := newProgram(sys)
	if err != nil {
		t.Fatal(err)
	}
	s := &study{kind: life, program: p, most: 300, engines: make([]*engine, 1), totals: make([]moments, 2), given: make([]bool, 2)}
	s.begin(20)
	s.grow(context.Background(), 1, func() {})
	s.giveUp()
	if !s.given[0] || s.given[1] {
		t.Errorf("given up: got %v, want the first", s.given)
	}
	s.begin(20)
	s.grow(context.Background(), 1, func() {})
	if s.totals[0].runs != 20 || s.totals[1].runs != 40 {
		t.Errorf("got %g and %g runs, want 20 and 40", s.totals[0].runs, s.totals[1].runs)
	}
	f := &finding{}
	f.firstFailure(s.sample(0, 0.95), model.MTTF)
	if v := f.Values[0]; v.Value != v.Low || v.Low < 5000*hour || !math.IsInf(v.High, 1) || !strings.Contains(v.Note, "20 of 20 runs were ended") {
		t.Errorf("got %+v, want a lower bound", v)
	}
}

// TestStop: what was done by the time that the context ends is reported.
func TestStop(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	calls := 0
	r, err := Simulate(ctx, pool(), Options{Runs: math.MaxInt32, Progress: func(Progress) { calls++ }})
	if err != nil || !r.Partial || r.Runs == 0 || len(r.Results[0].Values) < 5 {
		t.Errorf("got %v, %+v", err, r)
	}
	if calls == 0 {
		t.Error("no progress was told")
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	r, err = Simulate(gone, pool(), Options{})
	if err != nil || !r.Partial || len(r.Results) != 2 || len(r.Diagnostics) == 0 {
		t.Errorf("at once: got %v, %+v", err, r)
	}
}

func TestRefused(t *testing.T) {
	b := newBuilder()
	loop := b.service(nil)
	b.sys.Nodes[loop].Children = []int{b.node(model.Node{Kind: model.Not, Children: []int{loop}})}
	unsettled := b.target("paradox", loop)
	b = newBuilder()
	early := b.target("early", b.one(byLaw(fixed(0), fixed(1))))
	for _, c := range []struct {
		sys  *model.System
		opts Options
		want string
	}{
		{unsettled, Options{}, model.ErrUnsettled.Error()},
		{early, Options{}, "new"},
		{pool(), Options{Targets: []string{"api", "apo"}}, `no system, service or store is called "apo"`},
		{pool(), Options{Confidence: 1}, "confidence: got 1"},
		{pool(), Options{Until: math.NaN()}, "want none below 0"},
		{pool(), Options{Runs: -1}, "want none below 0"},
		{pool(), Options{Horizon: math.Inf(1)}, "want finite numbers"},
	} {
		if _, err := Simulate(context.Background(), c.sys, c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want an error with %q", err, c.want)
		}
	}
}

// TestChosen reports some targets only, in the order of the file.
func TestChosen(t *testing.T) {
	r := simulate(t, microservices(), Options{Runs: 10, Targets: []string{"shop", "catalog"}})
	if len(r.Results) != 2 || r.Results[0].Target.Name != "catalog" || r.Results[1].Target.Name != "shop" {
		t.Errorf("got %v", r.Results)
	}
}

// TestDivide: systems that share no part that fails are cut apart, with what
// each stands on.
func TestDivide(t *testing.T) {
	b := newBuilder()
	perfect, zone := b.part(model.None), b.part(model.None, stop(day, hour))
	inside := b.part(zone)
	b.target("x", b.series(b.leaf(perfect), b.leaf(b.part(zone, stop(day, hour)))))
	b.target("y", b.series(b.leaf(perfect), b.one(stop(day, hour))))
	sys := b.target("z", b.series(b.leaf(inside)))
	pieces := divide(sys, []int{0, 1, 2})
	if len(pieces) != 2 || len(pieces[0].targets) != 2 || len(pieces[1].targets) != 1 {
		t.Fatalf("got %d pieces, want x with z, and y", len(pieces))
	}
	for _, p := range pieces {
		for i := range p.Parts {
			if in := p.Parts[i].Place; in != model.None && p.Parts[in].Name != "p1" {
				t.Errorf("%s is in %s, want p1", p.Parts[i].Name, p.Parts[in].Name)
			}
		}
		for i := range p.Nodes {
			for _, child := range p.Nodes[i].Children {
				if child >= len(p.Nodes) {
					t.Errorf("node %d has the child %d of %d", i, child, len(p.Nodes))
				}
			}
		}
	}
}
