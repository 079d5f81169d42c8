package dist

import (
	"fmt"
	"math/rand/v2"
)

// Uniform is the law of equal density between Low and High.
//
//	P(T <= t) = (t-a)/(b-a)    P(T > t) = (b-t)/(b-a)
//
// Range: 0 <= a < b. Error: 3 eps.
type Uniform struct{ Low, High float64 }

// NewUniform returns the uniform law from low to high seconds, 0 <= low <=
// high, high finite and above 0. Equal bounds give Fixed.
func NewUniform(low, high float64) (Law, error) {
	if err := positive("uniform upper bound", high); err != nil {
		return nil, err
	}
	if !(low >= 0 && low <= high) {
		return nil, fmt.Errorf("uniform lower bound: got %g, want between 0 and the upper bound %g", low, high)
	}
	if low == high {
		return Fixed{high}, nil
	}
	return Uniform{low, high}, nil
}

func (l Uniform) CDF(t float64) float64 {
	return (l.clamp(t) - l.Low) / (l.High - l.Low)
}

func (l Uniform) Survival(t float64) float64 {
	return (l.High - l.clamp(t)) / (l.High - l.Low)
}

func (l Uniform) LogSurvival(t float64) float64 { return logOf(l.CDF(t), l.Survival(t)) }

func (l Uniform) Density(t float64) float64 {
	if t >= l.Low && t <= l.High {
		return 1 / (l.High - l.Low)
	}
	return zero(t)
}

func (l Uniform) Hazard(t float64) float64 {
	if t < l.Low {
		return 0
	}
	return 1 / (l.High - l.clamp(t))
}

func (l Uniform) Quantile(p float64) float64 {
	return min(l.High, l.Low+unit(p)*(l.High-l.Low))
}

func (l Uniform) SurvivalQuantile(q float64) float64 {
	return min(l.High, l.Low+(1-unit(q))*(l.High-l.Low))
}

func (l Uniform) Mean() float64 { return l.Low + (l.High-l.Low)/2 }

func (l Uniform) Variance() float64 {
	w := l.High - l.Low
	return w * w / 12
}

func (l Uniform) Sample(r *rand.Rand) float64 { return l.Low + r.Float64()*(l.High-l.Low) }

func (l Uniform) clamp(t float64) float64 { return min(max(t, l.Low), l.High) }
