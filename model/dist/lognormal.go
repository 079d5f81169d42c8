package dist

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
)

// Lognormal is the law of a duration whose logarithm is normal, with the
// standard deviation Sigma.
//
//	P(T > t) = Q(z) = erfc(z/√2)/2    z = log(t/median)/σ    E(T) = median exp(σ²/2)
//
// Source: Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1,
// chapter 14. Range: any median, σ with a finite mean (σ < 37 for a median of
// 1 s). Error: z carries 3 eps and the tails z² times that, 5e-13 at 1e-300;
// the quantiles have 1e-13.
type Lognormal struct{ Median, Sigma float64 }

// NewLognormal returns the lognormal law of the given median in seconds and
// standard deviation of the logarithm, finite numbers above 0.
func NewLognormal(median, sigma float64) (Law, error) {
	if err := bothPositive("lognormal median", median, "lognormal sigma", sigma); err != nil {
		return nil, err
	}
	return representable(Lognormal{median, sigma})
}

// NewLognormalCV is NewLognormal with the coefficient of variation, standard
// deviation over mean, in place of sigma.
func NewLognormalCV(median, cv float64) (Law, error) {
	if err := bothPositive("lognormal median", median, "lognormal cv", cv); err != nil {
		return nil, err
	}
	return NewLognormal(median, sigmaOf(cv))
}

// NewLognormalMean is NewLognormal with the mean in place of the median.
func NewLognormalMean(mean, sigma float64) (Law, error) {
	if err := bothPositive("lognormal mean", mean, "lognormal sigma", sigma); err != nil {
		return nil, err
	}
	return representable(Lognormal{mean * math.Exp(-sigma*sigma/2), sigma})
}

// NewLognormalMeanCV is NewLognormal by mean and coefficient of variation.
func NewLognormalMeanCV(mean, cv float64) (Law, error) {
	if err := bothPositive("lognormal mean", mean, "lognormal cv", cv); err != nil {
		return nil, err
	}
	return NewLognormalMean(mean, sigmaOf(cv))
}

// sigmaOf solves cv² = exp(σ²) - 1; the second form keeps cv² from overflow.
func sigmaOf(cv float64) float64 {
	if cv > 1e9 {
		return math.Sqrt(2 * math.Log(cv))
	}
	return math.Sqrt(math.Log1p(cv * cv))
}

func (l Lognormal) CDF(t float64) float64 { return normalTail(-l.score(t)) }

func (l Lognormal) Survival(t float64) float64 { return normalTail(l.score(t)) }

func (l Lognormal) LogSurvival(t float64) float64 {
	z := l.score(t)
	if z < millsFrom || math.IsInf(z, 1) {
		return logOf(normalTail(-z), normalTail(z))
	}
	return math.Log(mills(z)) - z*z/2 - math.Log(2*math.Pi)/2
}

func (l Lognormal) Density(t float64) float64 {
	if t <= 0 {
		return 0
	}
	z := l.score(t)
	return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / l.Sigma / t
}

func (l Lognormal) Hazard(t float64) float64 {
	if t <= 0 || math.IsInf(t, 1) {
		return 0
	}
	return 1 / (mills(l.score(t)) * l.Sigma * t)
}

func (l Lognormal) Quantile(p float64) float64 {
	return l.Median * math.Exp(l.Sigma*normalQuantile(p))
}

func (l Lognormal) SurvivalQuantile(q float64) float64 {
	return l.Median * math.Exp(-l.Sigma*normalQuantile(q))
}

func (l Lognormal) Mean() float64 { return l.Median * math.Exp(l.Sigma*l.Sigma/2) }

func (l Lognormal) Variance() float64 {
	m := l.Mean()
	return m * m * math.Expm1(l.Sigma*l.Sigma)
}

func (l Lognormal) Sample(r *rand.Rand) float64 {
	return l.Median * math.Exp(l.Sigma*r.NormFloat64())
}

// score returns log(t/median)/σ, by log1p near the median, where the rounding
// of the ratio would be lost on a small σ.
func (l Lognormal) score(t float64) float64 {
	ratio := max(t, 0) / l.Median
	if ratio > 0.5 && ratio < 2 {
		return math.Log1p((t-l.Median)/l.Median) / l.Sigma
	}
	return math.Log(ratio) / l.Sigma
}

// normalTail returns Q(z) = P(Z > z) of the standard normal.
func normalTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// normalQuantile returns the z with P(Z <= z) = p, within 5e-16 (measured
// from 1e-300 to 0.4), NaN outside [0, 1].
func normalQuantile(p float64) float64 {
	if math.IsNaN(unit(p)) {
		return math.NaN()
	}
	return mathext.NormalQuantile(p)
}

// millsFrom is where mills changes over; Q(35) = 1e-268 has not underflowed.
const millsFrom = 35

// mills returns the ratio Q(z)/φ(z) of the standard normal's tail and density
// within 1e-13: by its definition, or far out by Laplace's continued fraction
// 1/(z + 1/(z + 2/(z + 3/...))), Abramowitz and Stegun 26.2.14.
func mills(z float64) float64 {
	if z < millsFrom {
		return normalTail(z) * math.Exp(z*z/2) * math.Sqrt(2*math.Pi)
	}
	c := z
	for k := 10.0; k > 0; k-- {
		c = z + k/c
	}
	return 1 / c
}
