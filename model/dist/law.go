package dist

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// A Law is the distribution of a duration T >= 0 in seconds.
//
// The functions of t hold for every t: below 0 nothing has happened, +Inf
// gives the limit, NaN gives NaN. The quantiles give NaN outside [0, 1]; at
// the ends of it they give the ends of the support.
type Law interface {
	CDF(t float64) float64      // P(T <= t)
	Survival(t float64) float64 // P(T > t)
	// LogSurvival is the natural logarithm of P(T > t), good where Survival
	// underflows.
	LogSurvival(t float64) float64
	// Density is the derivative of CDF, in 1/s; atoms have none and count as 0.
	Density(t float64) float64
	// Hazard is Density/Survival, in 1/s, good where Survival underflows; +Inf
	// from the end of the support on.
	Hazard(t float64) float64
	Quantile(p float64) float64         // smallest t with CDF(t) >= p
	SurvivalQuantile(q float64) float64 // smallest t with Survival(t) <= q
	Mean() float64                      // s
	Variance() float64                  // s², +Inf where it overflows
	Sample(r *rand.Rand) float64
}

// positive is the error of a parameter that is not a finite number above 0.
func positive(what string, v float64) error {
	if v > 0 && !math.IsInf(v, 1) {
		return nil
	}
	return fmt.Errorf("%s: got %g, want a finite number above 0", what, v)
}

// bothPositive is the first error of two parameters by positive.
func bothPositive(what1 string, v1 float64, what2 string, v2 float64) error {
	if err := positive(what1, v1); err != nil {
		return err
	}
	return positive(what2, v2)
}

// representable returns l, or an error if its mean underflows or overflows.
func representable(l Law) (Law, error) {
	if m := l.Mean(); !(m > 0) || math.IsInf(m, 1) {
		return nil, errors.New("the parameters are too extreme: a float64 cannot hold the mean of the law")
	}
	return l, nil
}

// unit returns p, or NaN where it is no probability.
func unit(p float64) float64 {
	if p >= 0 && p <= 1 {
		return p
	}
	return math.NaN()
}

// zero returns 0, or NaN for NaN.
func zero(t float64) float64 {
	if math.IsNaN(t) {
		return t
	}
	return 0
}

// logOf returns log(survival), taken from cdf = 1 - survival where that is
// the more accurate.
func logOf(cdf, survival float64) float64 {
	if cdf < 0.5 {
		return math.Log1p(-cdf)
	}
	return math.Log(survival)
}

// invert solves CDF(t) = p for a continuous law on (0, +Inf), with q = 1-p
// given apart so that the smaller of both counts. Newton's method on log CDF
// over log t or on log Survival over t, where both are nearly straight in
// their tails; where it leaves the bracket or dawdles, bisection of the bits
// of t, which ends after 64 steps for any law. The error is that of CDF and
// Survival times p/(t*Density) or q/(t*Density).
func invert(l Law, p, q float64) float64 {
	switch {
	case math.IsNaN(p) || p == 0:
		return p
	case q == 0:
		return math.Inf(1)
	}
	lo, hi, t := 0.0, math.MaxFloat64, l.Mean()
	for i := range 100 {
		next, above := newton(l, t, p, q)
		if math.Abs(next-t) <= 1e-14*t {
			return next
		}
		if above {
			hi = t
		} else {
			lo = t
		}
		if i > 30 || !(lo < next && next < hi) {
			next = math.Float64frombits((math.Float64bits(lo) + math.Float64bits(hi)) / 2)
		}
		if next == lo {
			return hi
		}
		t = next
	}
	return t
}

// newton returns the next iterate of invert after t and whether t lies above
// the solution.
func newton(l Law, t, p, q float64) (next float64, above bool) {
	if p <= q {
		cdf := l.CDF(t)
		miss := math.Log(cdf / p)
		return t * math.Exp(-miss*cdf/(t*l.Density(t))), miss > 0
	}
	miss := math.Log(q / l.Survival(t))
	return t - miss/l.Hazard(t), miss > 0
}
