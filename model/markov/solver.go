package markov

import (
	"errors"
	"math"
	"slices"
)

// A solver is a problem prepared for any start.
type solver interface {
	// solve replaces the start in x by the expected time in each state. The times are x times 2^exponent.
	solve(x []float64) (exponent int, err error)
	// quality tells the method, and the relative error that was left by the last solution beside roundings.
	quality() (Method, float64)
}

const (
	patience   = 200_000_000   // rates touched by an elimination before iteration is tried
	lastResort = 5_000_000_000 // rates touched by an elimination after iteration has failed
	manyStates = 100_000       // so many that iteration is tried first
)

// solver prepares the problem for elimination if that is not too much work, else for iteration.
func (p *problem) solver() (solver, error) {
	if len(p.states) <= manyStates {
		s, err := eliminate(p, patience)
		if !errors.Is(err, ErrWork) {
			return s, err
		}
	}
	return &multilevel{p: p}, nil
}

// answer solves the problem for its start.
func (p *problem) answer(s solver) (x []float64, exponent int, q Quality, err error) {
	x = slices.Clone(p.start)
	exponent, err = s.solve(x)
	if err == nil && !finite(x) {
		err = ErrRange
	}
	if err != nil {
		return nil, 0, q, err
	}
	method, loss := s.quality()
	q = Quality{Method: method, Residual: p.residual(x, exponent)}
	q.Error = loss + 2*float64(len(x)+1)*max(q.Residual, roundoff)
	return x, exponent, q, nil
}

// A departure is how the chain leaves the states of a problem for good.
type departure struct {
	time []float64 // expected time in each state of the problem before that, by local number
	hit  []float64 // probability that a state of the chain is the first outside the problem
	Quality
}

// lostProbability is what may be missing from a sum of probabilities before numbers must have been too small for floating point.
const lostProbability = 1e-11

// depart solves the problem for a chain that starts with the given distribution over all its states.
func (p *problem) depart(s solver, initial []float64) (*departure, error) {
	for k, i := range p.states {
		p.start[k] = initial[i]
	}
	x, exponent, q, err := p.answer(s)
	if err != nil {
		return nil, err
	}
	d := &departure{time: x, hit: make([]float64, len(initial)), Quality: q}
	for k, v := range x {
		x[k] = math.Ldexp(v, exponent)
		p.each(k, func(local, state int32, rate float64) {
			if local == outside {
				d.hit[state] += math.Ldexp(v*rate, exponent)
			}
		})
	}
	for i, v := range initial {
		if p.local[i] == outside {
			d.hit[i] += v
		}
	}
	if _, loss := s.quality(); !(math.Abs(sum(d.hit)-1) <= lostProbability+loss) {
		return nil, ErrRange
	}
	return d, nil
}
