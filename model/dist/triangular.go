package dist

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Triangular is the law whose density rises straight from Low to Mode and
// falls straight to High. With the lengths c = mode-low, d = high-mode,
// w = high-low and x = t-low, y = high-t,
//
//	P(T <= t) = x²/(c w)                        before the mode,
//	          = (c + (x-c)(1 + y/d)) / w        after it,
//
// the second being c/w plus the area of a trapezium, so that no 1 - small is
// taken; P(T > t) is the same seen from the other end. The formulas are
// elementary geometry.
//
// Range: 0 <= low <= mode <= high, low < high. Error: 8 eps.
type Triangular struct{ Low, Mode, High float64 }

// NewTriangular returns the triangular law, all in seconds, 0 <= low <= mode
// <= high, high finite and above 0. Three equal values give Fixed.
func NewTriangular(low, mode, high float64) (Law, error) {
	if err := positive("triangular upper bound", high); err != nil {
		return nil, err
	}
	if !(low >= 0 && low <= high) {
		return nil, fmt.Errorf("triangular lower bound: got %g, want between 0 and the upper bound %g", low, high)
	}
	if !(mode >= low && mode <= high) {
		return nil, fmt.Errorf("triangular mode: got %g, want between the bounds %g and %g", mode, low, high)
	}
	if low == high {
		return Fixed{high}, nil
	}
	return Triangular{low, mode, high}, nil
}

func (l Triangular) CDF(t float64) float64 {
	return triangleArea(t-l.Low, l.Mode-l.Low, l.High-l.Mode)
}

func (l Triangular) Survival(t float64) float64 {
	return triangleArea(l.High-t, l.High-l.Mode, l.Mode-l.Low)
}

func (l Triangular) LogSurvival(t float64) float64 { return logOf(l.CDF(t), l.Survival(t)) }

func (l Triangular) Density(t float64) float64 {
	peak := 2 / (l.High - l.Low)
	switch {
	case t < l.Low || t > l.High:
		return 0
	case t < l.Mode:
		return peak * ((t - l.Low) / (l.Mode - l.Low))
	case t > l.Mode:
		return peak * ((l.High - t) / (l.High - l.Mode))
	}
	return peak + zero(t)
}

func (l Triangular) Hazard(t float64) float64 {
	if t <= l.Mode && t < l.High {
		return l.Density(t) / l.Survival(t)
	}
	return 2 / max(l.High-t, 0)
}

func (l Triangular) Quantile(p float64) float64 { return l.quantile(unit(p), 1-p) }

func (l Triangular) SurvivalQuantile(q float64) float64 { return l.quantile(1-q, unit(q)) }

// quantile solves CDF(t) = p, with q = 1-p. After the mode the root of the
// quadratic is written with the sum of positive terms as its denominator.
func (l Triangular) quantile(p, q float64) float64 {
	c, d, w := l.Mode-l.Low, l.High-l.Mode, l.High-l.Low
	if p*w <= c {
		return l.Low + math.Sqrt(p*w)*math.Sqrt(c)
	}
	return min(l.High, l.Mode+(p*w-c)/(1+math.Sqrt(q*(w/d))))
}

func (l Triangular) Mean() float64 { return l.Low/3 + l.Mode/3 + l.High/3 }

func (l Triangular) Variance() float64 {
	c, d, w := l.Mode-l.Low, l.High-l.Mode, l.High-l.Low
	return (c*c + d*d + w*w) / 36
}

func (l Triangular) Sample(r *rand.Rand) float64 { return l.Quantile(r.Float64()) }

// triangleArea returns the probability within x of the end from which the
// density rises over the length c before it falls over the length d.
func triangleArea(x, c, d float64) float64 {
	w := c + d
	switch {
	case x <= 0:
		return 0
	case x >= w:
		return 1
	case x < c:
		return x / c * (x / w)
	}
	return (c + (x-c)*(1+(w-x)/d)) / w
}
