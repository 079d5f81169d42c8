package montecarlo

import "math"

// An estimate is a number with its interval. Side is 0, or 1 where nothing
// was seen but the upper bound that then holds for the number, or -1 for a
// lower bound.
type estimate struct {
	value, low, high float64
	side             int
}

func atMost(x float64) estimate  { return estimate{x, 0, x, 1} }
func atLeast(x float64) estimate { return estimate{x, x, math.Inf(1), -1} }

// rising gives the estimate of an increasing function of the number.
func (e estimate) rising(f func(float64) float64) estimate {
	return estimate{f(e.value), f(e.low), f(e.high), e.side}
}

// falling gives the estimate of a decreasing function of the number.
func (e estimate) falling(f func(float64) float64) estimate {
	return estimate{f(e.value), f(e.high), f(e.low), -e.side}
}

// precision is the relative half-width of the interval, +Inf for the upper
// bound of what was not seen.
func (e estimate) precision() float64 {
	switch {
	case e.side > 0:
		return math.Inf(1)
	case e.high == e.low:
		return 0
	}
	return e.width() / e.value
}

// width is half of the interval.
func (e estimate) width() float64 { return (e.high - e.low) / 2 }

func inverse(x float64) float64     { return 1 / x }
func shareOfOdds(x float64) float64 { return 1 / (1 + 1/x) }
func restOfOdds(x float64) float64  { return 1 / (1 + x) }

// A sample is what the runs of a study tell of one target.
type sample struct {
	*moments
	asNew      float64 // s of each run that are as new for certain
	kind       kind
	confidence float64
}

// count is the number of runs that a figure comes from: those in which it is
// not 0. Much of it may come from a few of great weight, or in which something
// rare and long happens beside what is frequent and short; then the number of
// exponential times of equal mean that would vary as much, twice the square of
// the sum over the sum of the squares, or of which the greatest would be as much
// of the sum, if that is less.
func (s sample) count(figure int) int {
	n := s.hits[figure]
	if s.kind.weighted() && n > 0 || n >= few {
		mean := s.mean[figure]
		n = min(n, max(1, int(2*s.runs*mean*mean/(mean*mean+s.co[figure][figure]/s.runs))), alikeTimes(s.peak[figure]/(s.runs*mean)))
	}
	return n
}

// doubtful says whether a figure is met in enough runs and yet comes from a few of
// them, so that there may be others like these that no run has met.
func (s sample) doubtful(figure int) bool {
	return s.hits[figure] >= few && s.count(figure) < few
}

// alikeTimes is the number n of exponential times of which the greatest makes up such
// a share of the sum in the mean, about: (log n + Euler's constant)/n.
func alikeTimes(share float64) int {
	n := 1 / share
	for range 4 {
		n = (math.Log(n) + 0.5772) / share
	}
	return max(1, int(n))
}

// enough is the number of runs that a figure must come from before its
// precision is believed.
const enough = 100

// precision of an estimate that is made of a figure, +Inf if it is not to be
// believed.
func (s sample) precision(figure int, e estimate) float64 {
	if e.side == 0 && s.count(figure) < enough {
		return math.Inf(1)
	}
	return e.precision()
}

// odds estimates the time that a figure is the integral of, against the rest
// of the time.
func (s sample) odds(figure int) estimate {
	switch {
	case s.hits[figure] == 0:
		b := s.unseen()
		return atMost(b / (1 - b))
	case s.less[figure] == 0:
		b := s.unseen()
		return atLeast((1 - b) / b)
	}
	return s.ratio(only(figure), lengthBut(figure), min(s.count(figure), s.less[figure]), 2)
}

// rate estimates the number of events in the time that another figure counts.
func (s sample) rate(events, time int) estimate {
	if s.hits[events] == 0 {
		return atMost(-math.Log1p(-s.confidence) / (s.runs * s.mean[time]))
	}
	return s.ratio(only(events), only(time), s.count(events), 1)
}

// rounding is the relative error of weighted sums, which take part of their
// figures from formulas and so may have no other.
const rounding = 1e-12

// ratio estimates a/b, which comes from hits runs; see spread.
func (s sample) ratio(a, b vector, hits int, least float64) estimate {
	value := s.of(&a) / s.of(&b)
	if s.kind.weighted() { // then counts are sums of weights, and vary like times
		least = 2
	}
	f := spread(s.moments, s.logVariance(&a, &b), hits, least, s.confidence)
	if s.kind.weighted() {
		f = max(f, 1+rounding)
	}
	return estimate{value, value / f, value * f, 0}
}

// unseen bounds a share of the time that was never seen. It can only lie in
// the pieces of time that are not as new for certain. A random moment of these
// is a trial; their lengths, of the mean x, make for runs x²/E(x²) of them.
func (s sample) unseen() float64 {
	all := only(length)
	x := s.mean[length] - s.asNew
	if x <= 0 {
		return 0
	}
	n := s.runs
	if s.runs > 1 {
		n /= 1 + s.variance(&all)*s.runs/(x*x)
	}
	return x / s.mean[length] * unseen(n, s.confidence)
}

// life estimates the mean time to the first failure. Of lives of which some
// were not followed to their end the mean, as far as they were, bounds it; at the
// least by Markov's inequality.
func (s sample) life() estimate {
	switch {
	case s.mean[span] == 0 && s.hits[failures] > 0:
		return estimate{}
	case s.kind != life:
		return s.rate(failures, span).falling(inverse)
	case s.hits[failures] == int(s.runs):
		return s.ratio(only(span), only(failures), s.hits[failures], 1)
	}
	one := only(span)
	return atLeast(max((1-s.confidence)*s.mean[span], s.mean[span]-student(s.runs-1, s.confidence)*math.Sqrt(s.variance(&one))))
}

// chance estimates the probability that a figure is 1 and not 0.
func (s sample) chance(figure int) estimate {
	return chance(float64(s.hits[figure]), s.runs, s.confidence)
}

// chance estimates the probability of what came true k times in n.
func chance(k, n, confidence float64) estimate {
	low, high := proportion(k, n, confidence)
	switch k {
	case 0:
		return atMost(high)
	case n:
		return estimate{low, low, high, -1}
	}
	return estimate{k / n, low, high, 0}
}

// only is the combination of one figure.
func only(figure int) vector {
	var c vector
	c[figure] = 1
	return c
}

// lengthBut is the length of the run but for what a figure counts.
func lengthBut(figure int) vector {
	var c vector
	c[length], c[figure] = 1, -1
	return c
}
