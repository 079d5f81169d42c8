package dist

import "fmt"

// Erlang is the law of a sum of Stages independent exponential durations of
// equal mean, the Gamma law of a whole shape:
//
//	P(T > t) = e^-x Σ_{j<n} x^j/j!    x = n t/mean
//
// Its methods, range and error are those of Gamma.
type Erlang struct {
	Stages int
	Gamma
}

// NewErlang returns the Erlang law of 1 to 100000 stages and the given mean
// of their sum in seconds, a finite number above 0.
func NewErlang(stages int, mean float64) (Law, error) {
	if stages < 1 || stages > maxShape {
		return nil, fmt.Errorf("erlang stages: got %d, want 1 to %d", stages, int(maxShape))
	}
	if err := positive("erlang mean", mean); err != nil {
		return nil, err
	}
	return representable(Erlang{stages, Gamma{float64(stages), mean / float64(stages)}})
}
