package dist

import (
	"math"
	"math/rand/v2"
)

// Exponential is the law without memory: a constant hazard 1/MeanTime.
//
//	P(T > t) = exp(-t/m)
//
// Range: any m. Error: (2 + t/m) eps, at most 1e-13 down to 1e-300.
type Exponential struct{ MeanTime float64 }

// NewExponential returns the exponential law of the given mean in seconds, a
// finite number above 0.
func NewExponential(mean float64) (Law, error) {
	if err := positive("exponential mean", mean); err != nil {
		return nil, err
	}
	return Exponential{mean}, nil
}

func (l Exponential) CDF(t float64) float64 { return -math.Expm1(l.LogSurvival(t)) }

func (l Exponential) Survival(t float64) float64 { return math.Exp(l.LogSurvival(t)) }

func (l Exponential) LogSurvival(t float64) float64 { return -max(t, 0) / l.MeanTime }

func (l Exponential) Density(t float64) float64 { return l.Hazard(t) * l.Survival(t) }

func (l Exponential) Hazard(t float64) float64 {
	if t >= 0 {
		return 1 / l.MeanTime
	}
	return zero(t)
}

func (l Exponential) Quantile(p float64) float64 { return -l.MeanTime * math.Log1p(-unit(p)) }

func (l Exponential) SurvivalQuantile(q float64) float64 {
	return l.MeanTime * math.Abs(math.Log(unit(q)))
}

func (l Exponential) Mean() float64 { return l.MeanTime }

func (l Exponential) Variance() float64 { return l.MeanTime * l.MeanTime }

func (l Exponential) Sample(r *rand.Rand) float64 { return l.MeanTime * r.ExpFloat64() }
