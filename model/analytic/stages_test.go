package analytic

import (
	"fmt"
	"math"
	"testing"

	"nines/dsl"
	"nines/model"
	"nines/model/dist"
	"nines/model/markov"
)

// TestStages: rows of phases have the mean and the variance of the law, as the
// time to the end of a chain has; an Erlang law of ten stages varies least.
func TestStages(t *testing.T) {
	law := law(t)
	laws := []dist.Law{law(dist.NewWeibull(1.5, 3)), dist.Fixed{Time: 4}}
	for _, shape := range []float64{0.2, 0.5, 0.99, 1.7, 2, 3, 3.2, 9.99, 10, 40} {
		laws = append(laws, law(dist.NewGamma(shape, 7)))
	}
	for _, stages := range []int{1, 2, 9, 10, 11} {
		laws = append(laws, law(dist.NewErlang(stages, 5)))
	}
	laws = append(laws, law(dist.NewHyperexponential([]dist.Branch{{P: 0.3, MeanTime: 9}, {P: 0.7, MeanTime: 2}})))
	for _, l := range laws {
		s := newStages(l)
		chain, err := markov.Explore(0, func(i int, emit func(int, float64)) {
			if i < len(s.rate) {
				emit(i+1, s.rate[i]*s.on[i])
				emit(len(s.rate), s.rate[i]*(1-s.on[i]))
			}
		}, markov.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p, err := chain.Passage(nil, chain.Where(func(i int) bool { return i == len(s.rate) }), markov.Options{})
		if err != nil {
			t.Fatal(err)
		}
		variance := max(l.Variance(), l.Mean()*l.Mean()/mostStages)
		if !near(p.Mean, l.Mean(), 1e-12) || !near(p.Variance, variance, 1e-10) {
			t.Errorf("%v: mean %v, variance %v, want %v and %v", l, p.Mean, p.Variance, l.Mean(), variance)
		}
	}
}

// TestColdPair: of two of which one waits, and one repairer, the mean time to
// the first outage is 1/lambda (1 + 1/(1 - g(lambda))), g the Laplace transform
// of the law of the repair: lives of the active one until one ends within a
// repair. It is exact where the law has phases of its own, and near it
// elsewhere, since two moments of a short repair are nearly all that matters.
func TestColdPair(t *testing.T) {
	const lambda = 1 / (1000 * hour)
	erlang := func(k, mean float64) float64 { return math.Pow(1+lambda*mean*hour/k, -k) }
	for _, c := range []struct {
		repair    string
		transform float64
		method    model.Method
		tolerance float64
	}{
		{"10h", erlang(1, 10), model.Exact, 1e-12},
		{"erlang(3, mean 10h)", erlang(3, 10), model.Exact, 1e-12},
		{"hyperexponential(30%: 2h, 70%: 15h)", 0.3*erlang(1, 2) + 0.7*erlang(1, 15), model.Exact, 1e-12},
		{"gamma(shape 2.5, mean 10h)", erlang(2.5, 10), model.Approximate, 1e-6},
		{"gamma(shape 0.5, mean 10h)", erlang(0.5, 10), model.Approximate, 2e-4},
		{"fixed(10h)", math.Exp(-0.01), model.Approximate, 1e-3},
	} {
		text := fmt.Sprintf("component part { fails every 1000h repair %s }\nstandby pair { part x 2 cold }\ncrew one x 1 { repairs part }\nsystem s = pair\n", c.repair)
		sys, diagnostics := dsl.Load("case", []byte(text), dsl.Options{})
		if sys == nil {
			t.Fatal(diagnostics)
		}
		r := evaluate(t, sys, Options{})["s"]
		got, _ := r.Find(model.MTTF)
		if want := (1 + 1/(1-c.transform)) / lambda; got.Method != c.method || !near(got.Value, want, c.tolerance) {
			t.Errorf("%s: got %v, %s, want %v", c.repair, got.Value, got.Method, want)
		}
	}
}
