package markov

import (
	"context"
	"fmt"
	"math"
	"testing"
)

// modes explores n parts that go round through up, lost, down and stale, or straight down, with rates eight decades apart, and share
// crews. The parts are not alike.
func modes(t testing.TB, n, crews int) *Space[[10]uint8] {
	t.Helper()
	sp, err := Explore([10]uint8{}, func(s [10]uint8, emit func([10]uint8, float64)) {
		busy := 0
		for i := range n {
			to := s
			to[i] = (s[i] + 1) % 4
			if s[i] == 2 {
				if busy++; busy > crews {
					continue
				}
			}
			emit(to, []float64{1e-9 * float64(i+1), 1e-1, 1e-4, 1e-2}[s[i]])
			if s[i] == 0 {
				to[i] = 2
				emit(to, 3e-8)
			}
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

// TestMultilevelAgainstElimination compares state by state, also where a state has a probability of 1e-50 or the chain takes 1e50 to
// leave the others for its last one.
func TestMultilevelAgainstElimination(t *testing.T) {
	for name, c := range map[string]*Chain{
		"grid":  grid(t, 40).Chain,
		"bits":  repair{10, 1, 1e-4, 1}.bits(t).Chain,
		"even":  repair{10, 3, 1, 1}.bits(t).Chain,
		"modes": modes(t, 5, 1).Chain,
	} {
		all := numbers(c.Len())
		for to, states := range map[string][]int32{"first": all[1:], "last": all[:len(all)-1]} {
			p := newProblem(context.Background(), c)
			p.choose(states)
			for k := range p.start {
				p.start[k] = 1 / float64(len(p.start))
			}
			compareSolvers(t, name+" to its "+to, p)
		}
	}
}

func compareSolvers(t *testing.T, name string, p *problem) {
	t.Helper()
	f, err := eliminate(p, lastResort)
	if err != nil {
		t.Fatal(err)
	}
	want, exponent, _, err := p.answer(f)
	if err != nil || exponent != 0 {
		t.Fatal(name, exponent, err)
	}
	got, _, q, err := p.answer(&multilevel{p: p})
	if err != nil || q.Method != Multilevel || q.Error > 1e-9 {
		t.Errorf("%s: quality %+v, %v", name, q, err)
		return
	}
	worst := 0.0
	for i := range want {
		worst = max(worst, math.Abs(got[i]/want[i]-1))
	}
	if !(worst <= min(q.Error, 2e-13)) {
		t.Errorf("%s: relative error %.2g, estimated %.2g", name, worst, q.Error)
	}
}

// TestLumpedAndUnlumped: the same machines one by one and as a count.
func TestLumpedAndUnlumped(t *testing.T) {
	for _, r := range []repair{{12, 2, 1e-3, 1}, {12, 12, .5, 1}} {
		one, all := r.count(t, never), r.bits(t)
		a, err := one.Steady(nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := all.Steady(nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		down := make([]float64, r.n+1)
		for i, s := range all.States {
			down[popcount(s)] += b.Prob[i]
		}
		for d := range down {
			near(t, fmt.Sprintf("%+v, %d down, %s", r, d, b.Method), down[d], a.Prob[d], 1e-13)
		}
	}
}
