package montecarlo

import (
	"math"
	"math/rand/v2"
	"testing"

	"nines/model/dist"
)

// TestTable compares tables with the laws that they are of, at chances of all
// sizes, and the mean of what they draw.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, law := range []dist.Law{
		dist.Weibull{Shape: 2, Scale: hour}, dist.Weibull{Shape: 1.0 / 3, Scale: hour}, dist.Weibull{Shape: 0.02, Scale: 1e-30}, dist.Weibull{Shape: 40, Scale: 1},
		dist.Lognormal{Median: hour, Sigma: 1}, dist.Lognormal{Median: 1, Sigma: 3}, dist.Lognormal{Median: 1, Sigma: 12}, dist.Lognormal{Median: 1, Sigma: 1e-9},
		dist.Gamma{Shape: 3, Scale: hour}, dist.Gamma{Shape: 1.0 / 3, Scale: hour}, dist.Gamma{Shape: 0.05, Scale: hour}, dist.Gamma{Shape: 1e6, Scale: 1},
	} {
		table := &table{law: law}
		for range 5000 {
			x := math.Exp2(-1 - 24*r.Float64())
			if got, want := table.time(x, true), law.Quantile(x); !near(got, want, 2*tableError) {
				t.Fatalf("%v: falls short of %g with the chance %g, want %g", law, got, x, want)
			}
			if got, want := table.time(x, false), law.SurvivalQuantile(x); !near(got, want, 2*tableError) {
				t.Fatalf("%v: outlives %g with the chance %g, want %g", law, got, x, want)
			}
		}
		if exact, all := table.asks(); smooth(law) && exact > all/20 {
			t.Errorf("%v: %d of %d bins ask the law", law, exact, all)
		}
		if got, want := table.time(0.5, true), law.Quantile(0.5); got != want {
			t.Errorf("%v: got the median %g, want %g", law, got, want)
		}
	}
}

// asks counts the bins that ask the law, of those that were used.
func (t *table) asks() (exact, all int) {
	for i := range tableBins {
		for _, c := range []*cubic{t.short[i].Load(), t.beyond[i].Load()} {
			if c == nil {
				continue
			}
			if all++; math.IsNaN(c[0]) {
				exact++
			}
		}
	}
	return exact, all
}
