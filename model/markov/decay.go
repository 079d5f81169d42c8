package markov

import (
	"fmt"
	"math"
)

// A Decay is how the probability that a target has not been entered yet dies out: in the long run as Weight*exp(-Rate*t). What is beside
// that dies out at the rate Next or faster.
type Decay struct {
	Rate, Weight, Next float64
	Settled            []float64 // distribution over the states to which it comes as long as the target is not entered: the quasi-stationary one
}

// Survival returns the probability that the target has not been entered by time t, and an estimate of its absolute error.
func (d *Decay) Survival(t float64) (p, err float64) {
	return d.Weight * math.Exp(-d.Rate*t), besides * (math.Abs(1-d.Weight) + roundoff) * math.Exp(-d.Next*t)
}

const (
	besides    = 10 // allowance for oscillations beside the slowest decay
	mostPowers = 60
)

// Decay returns how the time until target is first entered ends, for a chain that starts with the given distribution over its states;
// nil means state 0. With A the rates before the target, the k-th moment of that time over k! is start A^-k 1, in which the slowest
// decay comes to dominate: powers of the inverse, each a solution with positive terms alone.
//
// The error wraps ErrInitial, ErrRange, ErrWork, where the two slowest decays are too close to be told apart, or the error of the
// context.
func (c *Chain) Decay(initial []float64, target Set, opts Options) (*Decay, error) {
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
	for k, i := range p.states {
		p.start[k] = initial[i]
	}
	d, err := p.decay(s)
	if err != nil {
		return nil, err
	}
	d.Settled = make([]float64, c.Len())
	for k, i := range p.states {
		d.Settled[i] = p.start[k]
	}
	return d, nil
}

func (p *problem) decay(s solver) (*Decay, error) {
	var means []float64
	change := math.Inf(1)
	for range mostPowers {
		x, exponent, _, err := p.answer(s)
		if err != nil {
			return nil, err
		}
		mean := sum(x)
		for k, v := range x {
			p.start[k] = v / mean
		}
		means = append(means, math.Ldexp(mean, exponent))
		if n := len(means); n > 1 {
			last := change
			if change = math.Abs(means[n-1]/means[n-2] - 1); change <= 4*roundoff || change <= 1e-13 && change >= last {
				return slowest(means, last), nil
			}
		}
	}
	return nil, fmt.Errorf("%w: two ways to the target of nearly the same speed", ErrWork)
}

// slowest reads the decay from the means of successive powers; change is the last but one relative change of them, from which the
// speed of convergence follows.
func slowest(means []float64, change float64) *Decay {
	last := means[len(means)-1]
	d := &Decay{Rate: 1 / last, Weight: 1}
	for _, m := range means {
		d.Weight *= m / last
	}
	first := math.Abs(means[1]/means[0] - 1)
	steps := float64(len(means) - 3)
	if change = max(change, roundoff); steps > 0 && first > change {
		d.Next = d.Rate * math.Pow(first/change, 1/steps)
	} else {
		d.Next = d.Rate / max(first, roundoff)
	}
	return d
}
