package markov

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
)

// TestClosure holds what uniformisation and the closing form give together against matrix squaring, far beyond the time to failure.
func TestClosure(t *testing.T) {
	sp := modes(t, 3, 1)
	down := sp.Where(func(s [10]uint8) bool { return s[0]%3 != 0 && s[1]%3 != 0 })
	a := sp.absorbing([]float64{1, 63: 0}, down)
	for name, c := range map[string]*Chain{"for ever": sp.Chain, "until failure": &a.Chain} {
		start := make([]float64, c.Len())
		start[0] = 1
		u := newUniform(context.Background(), c)
		p, err := newPowers(u)
		if err != nil {
			t.Fatal(err)
		}
		w := &walk{stepper: u, closure: c.closure(context.Background(), start), first: firstJumps / u.often, spread: math.Inf(1)}
		got := moment{prob: start, time: make([]float64, c.Len())}
		want := *got.clone()
		for _, dt := range []float64{1e5, 1e5, 1e9, 1e13, 1e15} {
			if _, err := p.advance(&want, dt); err != nil {
				t.Fatal(err)
			}
			if err := w.advance(&got, dt); err != nil {
				t.Fatal(err)
			}
			for i := range want.prob {
				if want.prob[i] > smallest {
					near(t, fmt.Sprintf("%s, state %d after another %g", name, i, dt), got.prob[i], want.prob[i], 1e-10)
					near(t, fmt.Sprintf("%s, time in state %d after another %g", name, i, dt), got.time[i], want.time[i], 1e-10)
				}
			}
		}
		if !w.closed || w.elapsed > 1e8 {
			t.Errorf("%s: closed %v after %g", name, w.closed, w.elapsed)
		}
	}
}

func TestRamp(t *testing.T) {
	for _, x := range []float64{1e-200, 1e-9, .1, .49, .51, 3, 1e3} {
		want := x + math.Expm1(-x)
		if x < 1e-2 {
			want = x * x / 2 * (1 - x/3)
		}
		near(t, fmt.Sprintf("ramp(%g)", x), ramp(x), want, 1e-14)
	}
}

// TestLimits: a computation that is too long ends with an error, by itself or by its context.
func TestLimits(t *testing.T) {
	sp := modes(t, 5, 1)
	u := newUniform(context.Background(), sp.Chain)
	w := &walk{stepper: u, first: 1, cost: 1e10}
	m := moment{prob: make([]float64, sp.Len()), time: make([]float64, sp.Len())}
	m.prob[0] = 1
	if err := w.advance(&m, 1e9); !errors.Is(err, ErrWork) {
		t.Errorf("got %v, want an error that wraps ErrWork", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	opts := Options{Context: ended}
	all := make(Set, sp.Len())
	all[sp.Len()-1] = true
	for name, run := range map[string]func() error{
		"steady":   func() error { _, err := sp.Steady(nil, opts); return err },
		"passage":  func() error { _, err := sp.Passage(nil, all, opts); return err },
		"curve":    func() error { _, err := sp.Curve(nil, all, []float64{1e8}, opts); return err },
		"quantile": func() error { _, err := sp.PassageQuantile(nil, all, .5, opts); return err },
	} {
		if err := run(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want context.Canceled", name, err)
		}
	}
}

// TestStandstill: chains in which nothing happens, and times that are none.
func TestStandstill(t *testing.T) {
	for _, q := range [][][]float64{{{0}}, {{0, 0}, {0, 0}}, {{0, 5e-324}, {0, 0}}} {
		c := chainOf(t, q)
		set := make(Set, c.Len())
		for _, times := range [][]float64{nil, {0}, {0, 0, 1, 1e9}} {
			for _, curve := range []func([]float64, Set, []float64, Options) (*Curve, error){c.Curve, c.PassageCurve} {
				r, err := curve(nil, set, times, Options{})
				if err != nil || len(r.In) != len(times) {
					t.Fatalf("%v at %v: %v", q, times, err)
				}
				for k, at := range times {
					if r.In[k] != 0 || r.Out[k] != 1 || r.TimeIn[k] != 0 || r.TimeOut[k] != at {
						t.Errorf("%v at %v: %+v", q, at, r)
					}
				}
			}
		}
	}
}
