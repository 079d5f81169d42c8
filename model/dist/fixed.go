package dist

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Fixed is the law of a certain duration: one atom at Time, no density.
//
// Range: Time >= 0. Exact.
type Fixed struct{ Time float64 }

// NewFixed returns the law of the given duration in seconds, finite and not
// negative. Zero is allowed: it suits a detection or a switch, not a failure.
func NewFixed(time float64) (Law, error) {
	if !(time >= 0) || math.IsInf(time, 1) {
		return nil, fmt.Errorf("fixed time: got %g, want a finite number of at least 0", time)
	}
	return Fixed{time}, nil
}

func (l Fixed) CDF(t float64) float64 {
	if t >= l.Time {
		return 1
	}
	return zero(t)
}

func (l Fixed) Survival(t float64) float64 {
	if t < l.Time || t < 0 {
		return 1
	}
	return zero(t)
}

func (l Fixed) LogSurvival(t float64) float64 { return math.Log(l.Survival(t)) }

// Density is 0: the law is an atom.
func (l Fixed) Density(t float64) float64 { return zero(t) }

func (l Fixed) Hazard(t float64) float64 {
	if t >= l.Time {
		return math.Inf(1)
	}
	return zero(t)
}

func (l Fixed) Quantile(p float64) float64 { return l.Time + zero(unit(p)) }

func (l Fixed) SurvivalQuantile(q float64) float64 { return l.Time + zero(unit(q)) }

func (l Fixed) Mean() float64 { return l.Time }

func (l Fixed) Variance() float64 { return 0 }

func (l Fixed) Sample(*rand.Rand) float64 { return l.Time }
