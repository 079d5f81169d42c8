package markov

import (
	"math"
	"testing"
)

// TestDecay compares with the two exponentials of a pair with one repairer (Trivedi, Probability and Statistics, 2002, ex. 8.24), from
// rates near to each other to rates far apart.
func TestDecay(t *testing.T) {
	for _, lambda := range []float64{0.5, 1e-2, 1e-5, 1e-9} {
		s, err := Explore(0, func(down int, emit func(int, float64)) {
			switch down {
			case 0:
				emit(1, 2*lambda)
			case 1:
				emit(2, lambda)
				emit(0, 1)
			}
		}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Decay(nil, s.Where(func(down int) bool { return down == 2 }), Options{})
		if err != nil {
			t.Fatal(err)
		}
		root := math.Sqrt((3*lambda+1)*(3*lambda+1) - 8*lambda*lambda)
		next := (3*lambda + 1 + root) / 2
		rate := 2 * lambda * lambda / next
		near(t, "rate", d.Rate, rate, 1e-12)
		near(t, "weight", d.Weight, next/(next-rate), 1e-12)
		if lambda > 1e-6 {
			near(t, "next", d.Next, next, 0.5)
		} else if d.Next > next {
			t.Errorf("lambda %g: the rest dies out at %g, want %g", lambda, d.Next, next)
		}
		times := []float64{1, 10, 100 + 1/rate}
		want, err := s.PassageCurve(nil, s.Where(func(down int) bool { return down == 2 }), times, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range times {
			got, off := d.Survival(at)
			if math.Abs(got-want.Out[i]) > off+1e-12*want.Out[i] {
				t.Errorf("lambda %g: by %g %g ± %g, want %g", lambda, at, got, off, want.Out[i])
			}
		}
	}
}
