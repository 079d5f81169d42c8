package montecarlo

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// TestStudent holds the quantile against the distribution.
func TestStudent(t *testing.T) {
	for _, degrees := range []float64{1, 2, 30, 99, 100, 127, 1000, 1e6} {
		for _, p := range []float64{0.6, 0.975, 0.995, 0.9999, 1 - 1e-6} {
			tail := distuv.StudentsT{Sigma: 1, Nu: degrees}.Survival(student(degrees, p))
			if math.Abs(tail/(1-p)-1) > 2e-6 {
				t.Errorf("%g degrees: P(t > quantile(%g)) = %g", degrees, p, tail)
			}
		}
	}
}
