package markov

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestSteadyClosedForms holds the machine repair model against published values and their closed forms.
func TestSteadyClosedForms(t *testing.T) {
	cases := []struct {
		model repair
		need  int // machines that must be up
		halt  bool
		want  float64 // unavailability
		mean  float64 // number down, or 0
	}{
		// lambda .001, mu .1: k of n with 1, 2 or 3 crews, with failures while the system is down unless it halts
		{repair{2, 1, .001, .1}, 1, false, 1 / 5101., 0},
		{repair{2, 2, .001, .1}, 1, false, 1 / 10201., 0},
		{repair{3, 1, .001, .1}, 2, false, 1 - .999411996437047718, 0},
		{repair{3, 1, .001, .1}, 2, true, 1 - .99941781486512711, 0},
		{repair{3, 3, .001, .1}, 2, false, 1 - .999707852365473779, 0},
		{repair{4, 1, .1, .5}, 2, false, 1 - .908221797323135755, .991714467813894},
		{repair{4, 2, .1, .5}, 2, false, 1 - .974770642201834862, .68960244648318},
		{repair{4, 4, .1, .5}, 2, false, 1 - .983796296296296296, 2. / 3},
	}
	for _, c := range cases {
		sp := c.model.count(t, func(down int) bool { return c.halt && c.model.n-down < c.need })
		st, err := sp.Steady(nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		down, up := sp.Where(func(d uint64) bool { return c.model.n-int(d) < c.need }).Split(st.Prob)
		near(t, fmt.Sprintf("%+v up", c), up, 1-c.want, 1e-15)
		near(t, fmt.Sprintf("%+v down", c), down, c.want, 1e-12)
		if c.mean > 0 {
			count := make([]float64, sp.Len())
			for i, d := range sp.States {
				count[i] = float64(d)
			}
			near(t, fmt.Sprintf("%+v mean number down", c), Reward(st.Prob, count), c.mean, 1e-14)
		}
	}
}

// TestSteadyStiff goes where unavailabilities are 1e-15 to 1e-200 and rates 1e30 apart, against exact arithmetic.
func TestSteadyStiff(t *testing.T) {
	for _, r := range []repair{
		{5, 1, 2.5e-6, 1}, {20, 1, 1.8e-4, 1}, {20, 1, 1e-6, 1}, {20, 3, 1e-9, 1}, {8, 1, 1e-30, 1}, {9, 1, 1, 1e-30}, {20, 1, 1e30, 1},
		{40, 2, 1e-5, 1e2}, {200, 4, 1, 1},
	} {
		sp := r.count(t, never)
		st, err := sp.Steady(nil, Options{})
		if err != nil {
			t.Errorf("%+v: %v", r, err)
			continue
		}
		for d, want := range r.stationary() {
			if w := float(want); w > smallest {
				near(t, fmt.Sprintf("%+v, %d down", r, d), st.Prob[d], w, st.Error)
			}
		}
	}
}

func TestSteadyRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 150 {
		q, start := randomChain(rng, []float64{0, 3, 30, 60}[n%4])
		st, err := chainOf(t, q).Steady(start, Options{})
		if err != nil {
			t.Fatalf("%v from %v: %v", q, start, err)
		}
		for i, want := range exactSteady(q, start) {
			near(t, fmt.Sprintf("chain %d %v from %v, state %d", n, q, start, i), st.Prob[i], want, st.Error)
		}
	}
}
