package montecarlo

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// TestDigest compares what a digest tells with the sample itself, and digests
// of its pieces, joined in any order, with that of the whole.
func TestDigest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var whole digest
	var pieces [5]digest
	var sample []float64
	for run := range 3000 {
		numbers := make([]float64, r.IntN(4))
		for i := range numbers {
			numbers[i] = []float64{0, 7, math.Exp(8 * r.NormFloat64()), 100 + r.Float64(), math.Inf(1)}[r.IntN(5)]
		}
		sample = append(sample, numbers...)
		pieces[run%5].add(slices.Clone(numbers)...)
		whole.add(numbers...)
	}
	var joined digest
	for _, i := range r.Perm(5) {
		joined.merge(&pieces[i])
	}
	whole.compact()
	joined.fresh, whole.fresh = nil, nil
	if !reflect.DeepEqual(joined, whole) {
		t.Error("the pieces make another digest than the whole")
	}
	slices.Sort(sample)
	if whole.count != int64(len(sample)) || len(whole.bins) > len(sample)/2 {
		t.Fatalf("got %d numbers in %d bins, want %d in fewer", whole.count, len(whole.bins), len(sample))
	}
	c := whole.curve(0.95)
	for _, p := range []float64{0.001, 0.1, 0.3, 0.5, 0.7, 0.79, 0.85, 1} {
		want := sample[int(math.Ceil(p*float64(len(sample))))-1]
		if got := c.quantile(p, 0.95, math.Inf(1)).Value; got != want && math.Abs(got-want) > want/1024 {
			t.Errorf("the quantile of %g: got %g, want %g", p, got, want)
		}
	}
}

// TestOrderStatistics compares intervals of quantiles of a hundred numbers with
// those of binomial sums: from the last number of which P(B < i) <= 2.5 % to the
// first of which P(B >= i) <= 2.5 %.
func TestOrderStatistics(t *testing.T) {
	const n = 100
	var d digest
	for i := range n {
		d.add(float64(i + 1))
	}
	c := d.curve(0.95)
	for _, p := range []float64{0.5, 0.9, 0.95, 0.99} {
		low, high, below := 0.0, math.Inf(1), 0.0
		for i := 1; i <= n; i++ {
			choose, _ := math.Lgamma(n + 1)
			left, _ := math.Lgamma(float64(i))
			right, _ := math.Lgamma(float64(n - i + 2))
			below += math.Exp(choose - left - right + float64(i-1)*math.Log(p) + float64(n-i+1)*math.Log1p(-p)) // P(B = i-1)
			if below <= 0.025 {
				low = float64(i)
			}
			if 1-below <= 0.025 {
				high = min(high, float64(i))
			}
		}
		if e := c.quantile(p, 0.95, math.Inf(1)); e.Value != n*p || e.Low != low || e.High != high {
			t.Errorf("%g: got %+v, want %g in %g to %g", p, e, n*p, low, high)
		}
	}
}

// TestQuantileCalibration counts how often a 95 % interval of a quantile holds
// it: of numbers by themselves, of such that are partly common to their run, and
// of lives that are cut at random.
func TestQuantileCalibration(t *testing.T) {
	n := seeds(300)
	r := rand.New(rand.NewPCG(1, 2))
	draw := map[string]func() curve{
		"alone": func() curve {
			var d digest
			for range 200 {
				d.add(r.ExpFloat64())
			}
			return d.curve(0.95)
		},
		"runs": func() curve {
			var d digest
			for range 60 {
				run, own := make([]float64, 1+r.IntN(9)), r.ExpFloat64()
				for i := range run {
					if run[i] = own; r.IntN(2) == 0 {
						run[i] = r.ExpFloat64()
					}
				}
				d.add(run...)
			}
			return d.curve(0.95)
		},
		"cut": func() curve {
			var ended, cut digest
			for range 300 {
				if life, end := r.ExpFloat64(), 4*r.Float64(); life <= end {
					ended.add(life)
				} else {
					cut.add(end)
				}
			}
			return survivors(&ended, &cut)
		},
	}
	for _, name := range []string{"alone", "runs", "cut"} {
		for _, p := range []float64{0.1, 0.5, 0.9} {
			held, truth := 0, -math.Log1p(-p)
			for range n {
				if e := draw[name]().quantile(p, 0.95, math.Inf(1)); e.Low <= truth && truth <= e.High {
					held++
				}
			}
			share := float64(held) / float64(n)
			t.Logf("%s, quantile %g: %.1f %%", name, p, 100*share)
			if !calibrated(share, n) && !(share > 0.97 && share < 0.99) {
				t.Errorf("%s: the interval of the quantile %g holds it in %.1f %%, want 95", name, p, 100*share)
			}
		}
	}
}
