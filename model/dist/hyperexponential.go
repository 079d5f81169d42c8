package dist

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Hyperexponential is the law of a duration that is, with the probability of
// each branch, exponential with the mean of that branch.
//
//	P(T > t) = Σ p exp(-t/m)
//
// Source: elementary, a sum of positive terms. Range: any means. Error: that
// of Exponential plus one eps a branch; the quantiles, by iteration, 1e-13.
type Hyperexponential struct{ Branches []Branch }

// A Branch is one exponential law of a Hyperexponential and its probability.
type Branch struct{ P, MeanTime float64 }

// NewHyperexponential returns the law of the given branches, at least one:
// probabilities above 0 that add up to 1 within 1e-9, and then are scaled to
// do so exactly, and means in seconds, finite numbers above 0.
func NewHyperexponential(branches []Branch) (Law, error) {
	sum := 0.0
	for i, b := range branches {
		what := fmt.Sprintf("hyperexponential branch %d", i+1)
		if err := bothPositive(what+" probability", b.P, what+" mean", b.MeanTime); err != nil {
			return nil, err
		}
		sum += b.P
	}
	if !(math.Abs(sum-1) <= 1e-9) {
		return nil, fmt.Errorf("hyperexponential probabilities: got a sum of %g, want 1", sum)
	}
	scaled := make([]Branch, len(branches))
	for i, b := range branches {
		scaled[i] = Branch{b.P / sum, b.MeanTime}
	}
	return representable(Hyperexponential{scaled})
}

func (l Hyperexponential) CDF(t float64) float64 {
	return l.mix(func(m float64) float64 { return Exponential{m}.CDF(t) })
}

func (l Hyperexponential) Survival(t float64) float64 {
	return l.mix(func(m float64) float64 { return Exponential{m}.Survival(t) })
}

func (l Hyperexponential) LogSurvival(t float64) float64 {
	if cdf := l.CDF(t); cdf < 0.5 {
		return math.Log1p(-cdf)
	}
	alive, _ := l.aged(t)
	return math.Log(alive) - t/l.slowest()
}

func (l Hyperexponential) Density(t float64) float64 {
	return l.mix(func(m float64) float64 { return Exponential{m}.Density(t) })
}

func (l Hyperexponential) Hazard(t float64) float64 {
	if t < 0 {
		return 0
	}
	alive, rate := l.aged(t)
	return rate / alive
}

func (l Hyperexponential) Quantile(p float64) float64 { return invert(l, unit(p), 1-p) }

func (l Hyperexponential) SurvivalQuantile(q float64) float64 { return invert(l, 1-unit(q), q) }

func (l Hyperexponential) Mean() float64 { return l.mix(func(m float64) float64 { return m }) }

// Variance is the mean variance of the branches plus that of their means.
func (l Hyperexponential) Variance() float64 {
	mean := l.Mean()
	return l.mix(func(m float64) float64 { return m*m + (m-mean)*(m-mean) })
}

func (l Hyperexponential) Sample(r *rand.Rand) float64 {
	u, last := r.Float64(), len(l.Branches)-1
	for _, b := range l.Branches[:last] {
		if u < b.P {
			return b.MeanTime * r.ExpFloat64()
		}
		u -= b.P
	}
	return l.Branches[last].MeanTime * r.ExpFloat64()
}

// mix returns the expectation of f over the branches' means.
func (l Hyperexponential) mix(f func(mean float64) float64) float64 {
	sum := 0.0
	for _, b := range l.Branches {
		sum += b.P * f(b.MeanTime)
	}
	return sum
}

// slowest returns the largest mean.
func (l Hyperexponential) slowest() float64 {
	m := 0.0
	for _, b := range l.Branches {
		m = max(m, b.MeanTime)
	}
	return m
}

// aged returns Survival(t) and Density(t), both times exp(t/slowest mean), so
// that they cannot underflow.
func (l Hyperexponential) aged(t float64) (alive, rate float64) {
	slowest := l.slowest()
	t = min(t, math.MaxFloat64)
	for _, b := range l.Branches {
		w := b.P * math.Exp(-t*(1/b.MeanTime-1/slowest))
		alive += w
		rate += w / b.MeanTime
	}
	return alive, rate
}
