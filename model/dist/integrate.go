package dist

import (
	"math"
	"slices"
)

// Integrate returns the integral of f over [a, b], b possibly +Inf, and an
// estimate of its absolute error. The goal is 1e-13 of the integral of |f|, of
// 1e-299 at least, since rounding is not relative much further down.
//
// f should be smooth (some ten derivatives) between neighbouring breaks: give
// its kinks, jumps and the ends of its support, and quantiles of what it is
// made of as hints of scale (Breaks does so for a law); breaks outside (a, b)
// do no harm. It may have a singularity t^(k-1), k >= 0.1, at a = 0, and must
// decay at +Inf faster than 1/t. f is evaluated inside the panels between a,
// the breaks and b, but for rounding not at their ends; what lies within
// 1e-250 of a is not seen.
//
// An f that changes by κ times the relative change of t, say a density of
// which κ = 1e5 because its coefficient of variation is 1e-5, adds an error of
// κ eps by the rounding of t.
//
// A feature narrower than 1/500 of the distance between its neighbouring
// breaks can be missed, silently. An unhinted kink only costs time. Where the
// goal is not met within 4096 bisections, because f is too rough or does not
// decay, the estimate says so: accept one below 1e-12. NaN comes of an f that gives NaN and of
// bounds that are NaN, -Inf or in the wrong order.
//
// Method: adaptive Gauss-Kronrod quadrature of 10 and 21 points, bisecting in
// rounds every panel with more than its share of the error (Piessens et al.,
// QUADPACK, 1983). A panel whose ends lie further apart than a factor 2, as
// seen from a, is integrated and bisected over the logarithm of the distance
// from a, so that scales do not matter.
func Integrate(f func(float64) float64, a, b float64, breaks []float64) (value, errEstimate float64) {
	if !(a <= b) || math.IsInf(a, 0) {
		return math.NaN(), math.NaN()
	}
	fromA := func(s float64) float64 { return f(a + s) }
	var panels []panel
	for ends := edges(a, b, breaks); len(ends) > 1; ends = ends[1:] {
		panels = append(panels, measure(fromA, ends[0], ends[1]))
	}
	for limit := len(panels) + 4096; ; {
		var total panel
		for _, p := range panels {
			total.value += p.value
			total.size += p.size
			total.err += p.err
		}
		goal := 1e-13 * max(total.size, 1e-299)
		n := len(panels)
		if total.err > goal && n < limit {
			panels = bisect(fromA, panels, goal/float64(n))
		}
		if len(panels) == n {
			return total.value, total.err
		}
	}
}

// A panel is a piece [lo, hi] of the range, counted from its start, with the
// integrals of f and |f| over it and an error estimate.
type panel struct{ lo, hi, value, size, err float64 }

// bisect halves the panels whose error exceeds share, unless their ends are
// neighbouring floats.
func bisect(f func(float64) float64, panels []panel, share float64) []panel {
	for i, p := range panels {
		mid := p.lo + (p.hi-p.lo)/2
		if p.wide() {
			mid = math.Sqrt(p.lo) * math.Sqrt(p.hi)
		}
		if p.err > share && p.lo < mid && mid < p.hi {
			panels[i] = measure(f, p.lo, mid)
			panels = append(panels, measure(f, mid, p.hi))
		}
	}
	return panels
}

// wide says that the panel is to be taken over the logarithm.
func (p panel) wide() bool { return p.hi > 2*p.lo && p.lo > 0 }

// measure integrates f over [lo, hi].
func measure(f func(float64) float64, lo, hi float64) panel {
	p := panel{lo: lo, hi: hi}
	if !p.wide() {
		p.value, p.size, p.err = kronrod(func(u float64) float64 { return f(lo + u) }, hi-lo)
		return p
	}
	overLog := func(u float64) float64 {
		s := lo * math.Exp(u)
		return s * f(s)
	}
	p.value, p.size, p.err = kronrod(overLog, math.Log(hi)-math.Log(lo))
	return p
}

// edges returns the ends of the first panels as distances from a: the breaks,
// and ladders of ever longer steps in the logarithm below the first and above
// the last, where f runs out without further hints.
func edges(a, b float64, breaks []float64) []float64 {
	width := min(b-a, math.MaxFloat64)
	var all []float64
	for _, x := range breaks {
		if x > a && x < b {
			all = append(all, x-a)
		}
	}
	switch {
	case len(all) > 0:
	case math.IsInf(b, 1):
		all = append(all, 1)
	default:
		all = append(all, width)
	}
	first, last := slices.Min(all), slices.Max(all)
	for step := 1.0; step < 700; step *= 4 {
		all = append(all, first*math.Exp(-step), last*math.Exp(step))
	}
	all = append(all, nearest, width)
	all = slices.DeleteFunc(all, func(x float64) bool { return !(x >= nearest && x <= width) })
	slices.Sort(all)
	return slices.Compact(all)
}

// nearest is the smallest distance from the start of the range that is seen:
// less, as a share of a scale up to 1e50, might underflow.
const nearest = 1e-250

// kronrod returns the integrals of g and |g| over [0, width] by the 21 points
// of Kronrod, and an error estimate from the 10 of Gauss among them: their
// difference, scaled by QUADPACK's empirical rule, since the 21 points do far
// better than the 10, and not below the rounding of the sum.
func kronrod(g func(float64) float64, width float64) (value, size, err float64) {
	half := width / 2
	var low, high [11]float64
	for i, x := range kronrodNodes {
		low[i] = g(half * (1 - x))
		high[i] = g(half * (1 + x))
	}
	gauss := 0.0
	for i, w := range kronrodWeights {
		if i == 10 {
			w /= 2
		}
		value += w * (low[i] + high[i])
		size += w * (math.Abs(low[i]) + math.Abs(high[i]))
		if i%2 == 1 {
			gauss += gaussWeights[i/2] * (low[i] + high[i])
		}
	}
	spread := 0.0
	for i, w := range kronrodWeights {
		spread += w * (math.Abs(low[i]-value/2) + math.Abs(high[i]-value/2))
	}
	err = math.Abs(value - gauss)
	if spread > 0 && err > 0 {
		err = spread * min(1, math.Pow(200*err/spread, 1.5))
	}
	err = max(err, 100*0x1p-53*size)
	return half * value, half * size, half * err
}

// Nodes and weights on [-1, 1], to 20 digits; every second node is Gauss's.
// A. S. Kronrod, Nodes and Weights of Quadrature Formulas, 1965.
var (
	kronrodNodes = [11]float64{
		0.99565716302580808074, 0.97390652851717172008, 0.93015749135570822600,
		0.86506336668898451073, 0.78081772658641689706, 0.67940956829902440623,
		0.56275713466860468334, 0.43339539412924719080, 0.29439286270146019813,
		0.14887433898163121088, 0,
	}
	kronrodWeights = [11]float64{
		0.011694638867371874278, 0.032558162307964727479, 0.054755896574351996031,
		0.075039674810919952767, 0.093125454583697605535, 0.10938715880229764190,
		0.12349197626206585108, 0.13470921731147332593, 0.14277593857706008080,
		0.14773910490133849137, 0.14944555400291690566,
	}
	gaussWeights = [5]float64{
		0.066671344308688137594, 0.14945134915058059315, 0.21908636251598204400,
		0.26926671930999635509, 0.29552422471475287017,
	}
)
