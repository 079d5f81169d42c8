package markov

import (
	"fmt"
	"math"
	"slices"
)

// PassageQuantile returns the time by which target has been entered with probability p, 0 <= p < 1: 0 if it is at the start, +Inf if
// the target is never entered with so great a probability. Both tails are accurate: p may be 1e-280, or 1 - 1e-15.
//
// The error wraps ErrQuantile, ErrInitial, ErrRange, ErrWork or the error of the context.
func (c *Chain) PassageQuantile(initial []float64, target Set, p float64, opts Options) (float64, error) {
	if !(p >= 0 && p < 1) {
		return 0, fmt.Errorf("%w: got %v, want one from 0 to below 1", ErrQuantile, p)
	}
	r, err := c.Passage(initial, target, opts)
	if err != nil {
		return 0, err
	}
	mean := sum(r.Time)
	if p >= r.Reach || math.IsInf(mean, 1) {
		return math.Inf(1), nil
	}
	initial, _ = c.initial(initial)
	a := c.absorbing(initial, target)
	s := &quantile{a: a, p: p, m: moment{prob: a.start, time: make([]float64, len(a.start))}}
	if s.excess(a.start) >= 0 {
		return 0, nil
	}
	guess := -math.Log1p(-p/r.Reach) * mean
	if s.walk, err = a.walk(a.start, guess, 1, opts); err != nil {
		return 0, err
	}
	return s.search(guess)
}

// A quantile is looked for from the latest time that is known to be too early.
type quantile struct {
	a    *absorbing
	p    float64
	walk *walk
	at   float64
	m    moment // at that time
}

// excess is negative before the time that is looked for and positive after it, and nearly linear in time.
func (s *quantile) excess(prob []float64) float64 {
	in, out := s.a.target.Split(prob)
	if s.p < 0.5 {
		return in/s.p - 1
	}
	return math.Log1p(-s.p) - math.Log(out)
}

// after returns the moment dt later, and its excess.
func (s *quantile) after(dt float64) (moment, float64, error) {
	m := moment{prob: slices.Clone(s.m.prob), time: make([]float64, len(s.m.time))}
	err := s.walk.advance(&m, dt)
	return m, s.excess(m.prob), err
}

// search walks on with growing steps until one goes too far, then narrows it down.
func (s *quantile) search(step float64) (float64, error) {
	for {
		m, excess, err := s.after(step)
		if err != nil {
			return 0, err
		}
		if excess >= 0 {
			return s.narrow(step, excess)
		}
		s.at, s.m = s.at+step, m
		if step *= 2; math.IsInf(s.at+step, 1) {
			return math.Inf(1), nil
		}
	}
}

// narrow finds the zero of the excess between 0 and hi after the present, by false position in the Illinois form: the end that stays
// put counts half each time.
func (s *quantile) narrow(hi, high float64) (float64, error) {
	lo, low := 0., s.excess(s.m.prob)
	for range 200 {
		dt := hi - (hi-lo)*(high/(high-low))
		_, excess, err := s.after(dt)
		if err != nil {
			return 0, err
		}
		switch {
		case excess < 0:
			lo, low, high = dt, excess, high/2
		default:
			hi, high, low = dt, excess, low/2
		}
		if hi-lo <= 8*roundoff*(s.at+hi) || math.Abs(excess) <= 2*roundoff {
			return s.at + dt, nil
		}
	}
	return s.at + hi, nil
}
