package markov

import (
	"math"
	"slices"
)

// A Stationary is the distribution that a chain has in the long run.
type Stationary struct {
	Prob    []float64 // by state; they add up to 1
	Classes int       // sets of states that are never left once entered; with one, the start does not matter
	Quality
}

// Steady returns the long-run distribution of the chain started with the given distribution over its states; nil means state 0.
// States that are left for good have probability 0. Where several sets of states are never left, each has the probability that the
// chain ends in it. Every probability has a small relative error, whatever its size, down to 1e-290; smaller ones may be 0.
//
// The error wraps ErrInitial, ErrRange, ErrWork or the error of the context.
func (c *Chain) Steady(initial []float64, opts Options) (*Stationary, error) {
	initial, err := c.initial(initial)
	if err != nil {
		return nil, err
	}
	l := newLongRun(c, initial, opts)
	if err := l.share(initial); err != nil {
		return nil, err
	}
	for n, class := range l.classes {
		if err := l.settle(class, l.shares[n]); err != nil {
			return nil, err
		}
	}
	return &l.result, nil
}

type longRun struct {
	problem   *problem
	transient []int32
	classes   [][]int32 // the states of each class that is never left
	shares    []float64 // the probability of ending in each
	result    Stationary
}

func newLongRun(c *Chain, initial []float64, opts Options) *longRun {
	l := &longRun{problem: newProblem(opts.withDefaults().Context, c)}
	k := c.components(initial, nil)
	for n, closed := range c.closed(k) {
		if closed {
			l.classes = append(l.classes, k.states(n))
		} else {
			l.transient = append(l.transient, k.states(n)...)
		}
	}
	slices.Sort(l.transient)
	l.result = Stationary{Prob: make([]float64, c.Len()), Classes: len(l.classes), Quality: Quality{Method: Elimination}}
	return l
}

// share finds the probability of ending in each class.
func (l *longRun) share(initial []float64) error {
	l.shares = []float64{1}
	if len(l.classes) == 1 {
		return nil
	}
	l.problem.choose(l.transient)
	s, err := l.problem.solver()
	if err != nil {
		return err
	}
	d, err := l.problem.depart(s, initial)
	if err != nil {
		return err
	}
	l.result.worsen(d.Quality)
	l.shares = make([]float64, len(l.classes))
	for n, class := range l.classes {
		for _, i := range class {
			l.shares[n] += d.hit[i]
		}
	}
	return nil
}

// attempts is how many states of a class are tried as the first.
const attempts = 4

// settle adds the stationary distribution of a class with the given share. Should the chain practically never come back to the first
// state from another one, that one is more likely by far and the better choice.
func (l *longRun) settle(class []int32, share float64) error {
	err := l.cycle(class, share)
	for range attempts {
		s, ok := err.(stuck)
		if !ok {
			break
		}
		class[0], class[s+1] = class[s+1], class[0]
		err = l.cycle(class, share)
	}
	return err
}

// cycle looks at the time between two visits to the first state of a class: started from where the first leads, until it is entered
// again.
func (l *longRun) cycle(class []int32, share float64) error {
	first, others := class[0], class[1:]
	prob := l.result.Prob
	if len(others) == 0 {
		prob[first] = share
		return nil
	}
	p := l.problem
	p.choose(others)
	leave := p.chain.leave(int(first))
	to, rate := p.chain.Row(int(first))
	for e, j := range to {
		p.start[p.local[j]] = rate[e] / leave
	}
	s, err := p.solver()
	if err != nil {
		return err
	}
	x, exponent, q, err := p.answer(s)
	if err != nil {
		return err
	}
	l.result.worsen(q)
	stay := math.Ldexp(1/leave, -exponent)
	all := stay + sum(x)
	if !(all <= math.MaxFloat64) {
		return ErrRange
	}
	prob[first] = share * (stay / all)
	for k, i := range others {
		prob[i] = share * (x[k] / all)
	}
	return nil
}
