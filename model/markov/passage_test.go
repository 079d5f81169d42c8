package markov

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestPassageMachineRepair(t *testing.T) {
	for _, c := range []struct {
		repair
		spare int
		want  float64 // published
		digit float64 // to this relative accuracy
	}{
		{repair{2, 1, .001, .1}, 1, 51500, 1e-14},
		{repair{3, 1, .001, .1}, 1, 17500, 1e-14},
		// mean time to data loss: 1e6 h to a failure, 24 h to repair
		{repair{2, 1, 1e-6, 1 / 24.}, 1, 20834833333.3333, 1e-14},
		{repair{3, 1, 1e-6, 1 / 24.}, 2, 289379631462963, 1e-14},
		{repair{3, 3, 1e-6, 1 / 24.}, 2, 578752316648148, 1e-14},
		{repair{8, 1, 1e-6, 1 / 24.}, 1, 744315476.190476, 1e-14},
		{repair{3, 1, 1e-6, 1}, 1, 1.6667e11, 5e-5},
		// PRISM 4.10 gives 7.999e10 and 2.77e8
		{repair{5, 1, 2.5e-6, 1}, 2, 1.0667e15, 5e-5},
		{repair{20, 1, 1.8e-4, 1}, 5, 1.0602e15, 5e-5},
		{repair{20, 1, 1e-9, 1}, 8, 0, 0},
		{repair{20, 1, 1e-6, 1}, 19, 0, 0},
		{repair{60, 60, 1e-3, 1}, 59, 0, 0},
		{repair{100, 1, 1, 1e-9}, 99, 0, 0},
	} {
		sp := c.count(t, never)
		r, err := sp.Passage(nil, sp.Where(func(d uint64) bool { return int(d) > c.spare }), Options{})
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		mean, variance := c.moments(c.spare)
		near(t, fmt.Sprintf("%+v mean", c), r.Mean, float(mean), 1e-13)
		near(t, fmt.Sprintf("%+v variance", c), r.Variance, float(variance), 1e-12)
		if c.want != 0 {
			near(t, fmt.Sprintf("%+v published mean", c), r.Mean, c.want, c.digit)
		}
	}
}

// TestPassageClosedForms: pairs with lambda .001, mu .1 and one repairer, which differ in how the spare ages and in what share of the
// failures of a full pair is covered.
func TestPassageClosedForms(t *testing.T) {
	const lambda, mu = .001, .1
	for _, c := range []struct {
		name             string
		spare, cover     float64
		down, meanToFail float64
	}{
		{"hot", 1, 1, 1 - .9998039600078416, 51500},
		{"warm", .2, 1, 1 - .999881436983756867, 85166.6666666667},
		{"cold", 0, 1, 1 - .999900999900999901, 102000},
		{"99% covered", 1, .99, 0, 25745},
		{"90% covered", 1, .9, 0, 4672.72727272727},
	} {
		sp, err := Explore(0, func(failed int, emit func(int, float64)) {
			switch failed {
			case 0:
				emit(1, (1+c.spare)*lambda*c.cover)
				emit(2, (1+c.spare)*lambda*(1-c.cover))
			case 1:
				emit(2, lambda)
			}
			if failed > 0 {
				emit(failed-1, mu)
			}
		}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		down := sp.Where(func(failed int) bool { return failed == 2 })
		r, err := sp.Passage(nil, down, Options{})
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.name+" mean time to failure", r.Mean, c.meanToFail, 1e-14)
		if c.down > 0 {
			st, err := sp.Steady(nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			q, _ := down.Split(st.Prob)
			near(t, c.name+" unavailability", q, c.down, 1e-11)
		}
	}
}

func TestPassageRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 120 {
		q, start := randomChain(rng, []float64{0, 3, 20, 40}[n%4])
		target := make(Set, len(q))
		for i := range target {
			target[i] = rng.IntN(3) == 0
		}
		got, err := chainOf(t, q).Passage(start, target, Options{})
		if err != nil {
			t.Fatalf("%v from %v to %v: %v", q, start, target, err)
		}
		want := exactPassage(q, start, target)
		what := fmt.Sprintf("chain %d %v from %v to %v: ", n, q, start, target)
		near(t, what+"reach", got.Reach, want.Reach, got.Error)
		near(t, what+"miss", got.Miss, want.Miss, got.Error)
		near(t, what+"mean", got.Mean, want.Mean, got.Error)
		near(t, what+"variance", got.Variance, want.Variance, 1e-13)
		for i := range want.Time {
			near(t, what+"time", got.Time[i], want.Time[i], got.Error)
		}
		near(t, what+"all hits", sum(got.Hit), 1, 1e-14)
	}
}

// TestQuantile: Erlang and hypoexponential times with known distributions, both tails.
func TestQuantile(t *testing.T) {
	one := chainOf(t, [][]float64{{0, 1e-6}, {0, 0}})
	two := chainOf(t, [][]float64{{0, 1, 0}, {0, 0, 1}, {0, 0, 0}})
	fork := chainOf(t, [][]float64{{0, 1, 3}, {0, 0, 0}, {0, 0, 0}})
	duplex := repair{2, 1, 1e-4, 1}.count(t, never)
	for _, p := range []float64{1e-280, 1e-15, 1e-3, .3, .5, .9, 1 - 1e-12} {
		got, err := one.PassageQuantile(nil, Set{false, true}, p, Options{})
		near(t, fmt.Sprintf("exponential %g, %v", p, err), got, -math.Log1p(-p)*1e6, 1e-14)

		got, err = two.PassageQuantile(nil, Set{false, false, true}, p, Options{})
		if q := -math.Expm1(-got) - got*math.Exp(-got); p > 1e-7 {
			near(t, fmt.Sprintf("erlang %g at %g, %v", p, got, err), q, p, 1e-11)
		} else {
			near(t, fmt.Sprintf("erlang %g, %v", p, err), got, math.Sqrt(2*p)*(1+math.Sqrt(2*p)/3), 2e-7)
		}

		got, err = fork.PassageQuantile(nil, Set{false, true, false}, p, Options{})
		if p < .25 {
			near(t, fmt.Sprintf("fork %g, %v", p, err), got, -math.Log1p(-4*p)/4, 1e-14)
		} else if !math.IsInf(got, 1) {
			t.Errorf("fork %g: got %g, %v, want +Inf", p, got, err)
		}

		got, err = duplex.PassageQuantile(nil, Set{false, false, true}, p, Options{})
		r, curveErr := duplex.PassageCurve(nil, Set{false, false, true}, []float64{got}, Options{})
		if err != nil || curveErr != nil {
			t.Fatal(err, curveErr)
		}
		near(t, fmt.Sprintf("duplex %g at %g", p, got), r.In[0], p, 1e-12)
		near(t, fmt.Sprintf("duplex 1 - %g at %g", p, got), r.Out[0], 1-p, 1e-12)
	}
	for _, p := range []float64{-1, 1, math.NaN()} {
		if _, err := one.PassageQuantile(nil, Set{false, true}, p, Options{}); !errors.Is(err, ErrQuantile) {
			t.Errorf("quantile %v: got %v, want an error that wraps ErrQuantile", p, err)
		}
	}
	if got, err := two.PassageQuantile([]float64{.5, 0, .5}, Set{false, false, true}, .5, Options{}); got != 0 {
		t.Errorf("half start in the target: median %g, %v, want 0", got, err)
	}
}

// TestFlow: in the long run a system goes down as often as it comes up, and flows are those of the closed form.
func TestFlow(t *testing.T) {
	r := repair{20, 2, 1e-5, 1}
	sp := r.count(t, never)
	st, err := sp.Steady(nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	down := sp.Where(func(d uint64) bool { return d > 4 })
	up := sp.Where(func(d uint64) bool { return d <= 4 })
	want, _ := new(big.Rat).Mul(r.stationary()[4], rat(16*r.fail)).Float64()
	near(t, "outages", sp.Flow(st.Prob, up, down), want, 1e-14)
	near(t, "recoveries", sp.Flow(st.Prob, down, up), want, 1e-14)
	near(t, "share served", Reward([]float64{.5, .25, .25}, []float64{1, .5, 0}), .625, 1e-16)
}
