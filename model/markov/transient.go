package markov

import (
	"fmt"
	"math"
	"slices"
)

// A Moment is the state of knowledge at one time. Its slices are reused for the next.
type Moment struct {
	At   float64
	Prob []float64 // probability of each state at that time
	Time []float64 // expected time spent in each state until then
}

// Transient follows a chain that starts with the given distribution over its states, nil meaning state 0, through the given times,
// which must not decrease, and calls visit for each of them in turn.
//
// Probabilities and times keep a small relative error each, however small they are, as long as the chain is small or the number of
// transitions within the horizon is not extreme; the Quality says which method was used and what error to expect.
//
// The error wraps ErrInitial, ErrTime, ErrWork or the error of the context.
func (c *Chain) Transient(initial, times []float64, opts Options, visit func(Moment)) (Quality, error) {
	initial, err := c.initial(initial)
	if err != nil {
		return Quality{}, err
	}
	last, err := lastTime(times)
	if err != nil {
		return Quality{}, err
	}
	w, err := c.walk(initial, last, len(times), opts)
	if err != nil {
		return Quality{}, err
	}
	m := moment{prob: slices.Clone(initial), time: make([]float64, c.Len())}
	last = 0
	for _, t := range times {
		if err := w.advance(&m, t-last); err != nil {
			return Quality{}, err
		}
		last = t
		visit(Moment{At: t, Prob: m.prob, Time: m.time})
	}
	return w.quality, nil
}

// lastTime checks the times and returns the last.
func lastTime(times []float64) (float64, error) {
	last := 0.
	for _, t := range times {
		if !(t >= last && t <= math.MaxFloat64) {
			return 0, fmt.Errorf("%w: got %v after %v, want finite times that do not decrease from 0", ErrTime, t, last)
		}
		last = t
	}
	return last, nil
}

// A Curve has one entry for each time that was asked for.
type Curve struct {
	In, Out         []float64 // probability of being in the set, and of not being in it
	TimeIn, TimeOut []float64 // expected time spent in it until then, and outside
	Quality
}

// Curve returns the probability of a set over time and the time spent in it. In and Out are sums of their own, so either may be tiny
// and right. TimeIn over the time itself is the interval probability. See Transient.
func (c *Chain) Curve(initial []float64, set Set, times []float64, opts Options) (*Curve, error) {
	r := &Curve{}
	q, err := c.Transient(initial, times, opts, func(m Moment) {
		in, out := set.Split(m.Prob)
		r.In, r.Out = append(r.In, in), append(r.Out, out)
		in, out = set.Split(m.Time)
		r.TimeIn, r.TimeOut = append(r.TimeIn, in), append(r.TimeOut, out)
	})
	if err != nil {
		return nil, err
	}
	r.Quality = q
	return r, nil
}

// PassageCurve returns as In the probability that target has been entered by each time, and as Out that it has not: unreliability and
// reliability. TimeOut is the expected time before that. See Transient.
func (c *Chain) PassageCurve(initial []float64, target Set, times []float64, opts Options) (*Curve, error) {
	initial, err := c.initial(initial)
	if err != nil {
		return nil, err
	}
	a := c.absorbing(initial, target)
	return a.Curve(a.start, a.target, times, opts)
}
