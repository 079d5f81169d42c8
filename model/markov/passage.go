package markov

import (
	"math"
	"slices"
)

// A Passage describes the time until a chain is first in a target set.
type Passage struct {
	Reach    float64   // probability that the target is ever entered
	Miss     float64   // probability that it never is
	Mean     float64   // expected time until then; +Inf if Miss > 0 or if it is out of range
	Variance float64   // +Inf where the mean is
	Time     []float64 // expected time in each state before the target, or a state from which it cannot be reached, is entered
	Hit      []float64 // probability that this state is the first in the target, or the first from which it cannot be reached
	Quality
}

// Passage returns what is known of the first entry into target by a chain that starts with the given distribution over its states; nil
// means state 0. Each number has a small relative error, however long the time and however small the probability. The variance loses, beside that, at most a factor of the number of states,
// because the squared coefficient of variation of such a time is at least its inverse (Aldous and Shepp 1987).
//
// The error wraps ErrInitial, ErrRange, ErrWork or the error of the context.
func (c *Chain) Passage(initial []float64, target Set, opts Options) (*Passage, error) {
	initial, err := c.initial(initial)
	if err != nil {
		return nil, err
	}
	p := newProblem(opts.withDefaults().Context, c)
	p.choose(c.before(initial, target))
	s, err := p.solver()
	if err != nil {
		return nil, err
	}
	d, err := p.depart(s, initial)
	if err != nil {
		return nil, err
	}
	r := &Passage{Time: make([]float64, c.Len()), Hit: d.hit, Quality: d.Quality}
	for k, i := range p.states {
		r.Time[i] = d.time[k]
	}
	r.Reach, r.Miss = target.Split(d.hit)
	return r, r.moments(p, s, d.time)
}

// before lists the states that are visited on the way to the target: those that are reached before it and from which it can be reached.
func (c *Chain) before(initial []float64, target Set) []int32 {
	k := c.components(initial, target)
	var states []int32
	for n, leads := range c.leading(k, target) {
		if i := k.states(n); leads && !target[i[0]] {
			states = append(states, i...)
		}
	}
	slices.Sort(states)
	return states
}

// moments finds the mean and the variance from the expected times in the states. If m is the mean, starting with the distribution
// time/m the expected time to the target is half the second moment over m.
func (r *Passage) moments(p *problem, s solver, time []float64) error {
	r.Mean = sum(time)
	if r.Miss > 0 {
		r.Mean = math.Inf(1)
	}
	if r.Mean == 0 || math.IsInf(r.Mean, 0) {
		r.Variance = r.Mean
		return nil
	}
	for k, v := range time {
		p.start[k] = v / r.Mean
	}
	x, exponent, q, err := p.answer(s)
	if err != nil {
		return err
	}
	half := math.Ldexp(sum(x), exponent)
	r.Variance = r.Mean * (2*half - r.Mean)
	r.worsen(q)
	return nil
}
