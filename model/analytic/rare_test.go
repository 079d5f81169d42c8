package analytic

import (
	"fmt"
	"testing"

	"nines/dsl"
	"nines/model"
)

// TestRare: k of n with one repairer, repairs a million and a thousand million
// times as fast as failures, against the birth-death process: p(j) of j failed
// is in proportion to n!/(n-j)! rho^j, and the mean time to n-k+1 failed is the
// sum over j of (p(0) + .. + p(j)) / (p(j) (n-j) lambda) (Trivedi 2002, sec.
// 8.2), each a sum of positive terms.
func TestRare(t *testing.T) {
	for _, c := range []struct{ k, n int }{{1, 2}, {1, 3}, {2, 4}, {8, 10}, {45, 50}, {1, 20}} {
		for _, every := range []float64{1e6, 1e9} { // h, repairs take one
			text := fmt.Sprintf("component part { fails every %.0fh repair 1h }\nsystem s = %d of part x %d\ncrew one x 1 { repairs part }\n", every, c.k, c.n)
			sys, diagnostics := dsl.Load("case", []byte(text), dsl.Options{})
			if sys == nil {
				t.Fatal(diagnostics)
			}
			what := fmt.Sprintf("%d of %d, %g", c.k, c.n, every)
			down, first := birthDeath(c.k, c.n, 1/every)
			r := evaluate(t, sys, Options{})["s"]
			for m, want := range map[model.Measure]float64{model.Unavailability: down, model.MTTF: first * hour} {
				got, ok := r.Find(m)
				if !ok || got.Method != model.Exact || !near(got.Value, want, 1e-12) {
					t.Errorf("%s: %s: got %v, %s, want %v", what, m, got.Value, got.Method, want)
				}
			}
		}
	}
}

// birthDeath gives the unavailability and the mean time to failure, in mean
// times to repair.
func birthDeath(k, n int, rho float64) (down, first float64) {
	weight, all := 1.0, 0.0
	for j := 0; j <= n; j++ {
		all += weight
		if j <= n-k {
			first += all / (weight * float64(n-j) * rho)
		} else {
			down += weight
		}
		weight *= float64(n-j) * rho
	}
	return down / all, first
}
