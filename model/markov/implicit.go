package markov

import (
	"math"
	"slices"
)

// An implicit stepper takes steps of any length, however fast the chain moves. To stay in a distribution for an exponential time of mean h
// instead of the time h is the implicit Euler rule, v (I - h Q)^-1: a problem for elimination, without subtraction, and stable for any
// h. Halving h again and again and extrapolating to h = 0 (Romberg; Hairer and Wanner 1996, IV.9) leaves an error that is estimated
// from the last two columns of the table, state by state; an interval where it is too large is cut in two.
type implicit struct {
	base    *uniform
	chain   *Chain
	whole   float64             // the interval that is cut into steps
	factors map[float64]*factor // by mean h
	held    int                 // rates in them
}

const (
	tableRows = 7          // of extrapolation: a step is halved six times
	accuracy  = 1e-11      // relative error allowed in a step
	roundings = 500        // that add up in a step: a few in each of the Euler steps
	shortest  = 64         // jumps in an interval that is left to uniformisation
	sameTime  = 1e-12      // relative difference of intervals that are taken for equal
	faded     = 1e-30      // probability below which one that decreases loses its relative accuracy
	maxHeld   = 40_000_000 // rates in the factors that are kept
)

// newImplicit returns ErrWork if the chain is too large to be eliminated over and over.
func newImplicit(u *uniform, c *Chain, horizon float64) (*implicit, error) {
	s := &implicit{base: u, chain: c, factors: map[float64]*factor{}}
	_, err := s.factor(horizon)
	return s, err
}

// factor eliminates the chain that is left for good after an exponential time of mean h.
func (s *implicit) factor(h float64) (*factor, error) {
	if f := s.factors[h]; f != nil {
		return f, nil
	}
	p := newProblem(s.base.ctx, s.chain)
	p.choose(numbers(s.chain.Len()))
	for i := range p.exit {
		p.exit[i] = 1 / h
	}
	f, err := eliminate(p, patience)
	if err != nil {
		return nil, err
	}
	if s.held += f.size(); s.held > maxHeld {
		clear(s.factors)
		s.held = f.size()
	}
	s.factors[h] = f
	return f, nil
}

func (s *implicit) advance(m *moment, dt float64) (loss float64, err error) {
	if math.Abs(dt-s.whole) > sameTime*dt {
		s.whole, s.held = dt, 0
		clear(s.factors)
	}
	return s.cover(m, s.whole)
}

// cover moves m on by an interval, in one step or in halves.
func (s *implicit) cover(m *moment, dt float64) (loss float64, err error) {
	if s.base.often*dt <= shortest {
		return s.base.advance(m, dt)
	}
	loss, err = s.step(m, dt)
	if err != nil || loss <= accuracy {
		return loss + roundings*roundoff, err
	}
	first, err := s.cover(m, dt/2)
	if err != nil {
		return 0, err
	}
	second, err := s.cover(m, dt/2)
	return first + second, err
}

// step tries to move m on at once. It leaves m alone if the relative error that it returns is too large.
func (s *implicit) step(m *moment, dt float64) (loss float64, err error) {
	var last []*moment // the row of the table before
	for k := range tableRows {
		t, err := s.euler(m, dt, 1<<k)
		if err != nil {
			return 0, err
		}
		row := []*moment{t}
		for j, above := range last {
			row = append(row, row[j].extrapolate(above, 1/(math.Ldexp(1, j+1)-1)))
		}
		if k > 0 {
			loss = m.distance(row[k], row[k-1])
		}
		if k > 1 && loss > math.Pow(10, float64(1-2*k)) { // this will not do
			return loss, nil
		}
		last = row
	}
	if loss <= accuracy {
		m.take(last[tableRows-1])
	}
	return loss, nil
}

// euler makes n implicit steps.
func (s *implicit) euler(m *moment, dt float64, n int) (*moment, error) {
	h := dt / float64(n)
	f, err := s.factor(h)
	if err != nil {
		return nil, err
	}
	to := m.clone()
	for range n {
		scale(to.prob, 1/h)
		if _, err := f.solve(to.prob); err != nil {
			return nil, err
		}
		for j, v := range to.prob {
			to.time[j] += v * h
		}
	}
	return to, nil
}

func (m *moment) clone() *moment {
	return &moment{prob: slices.Clone(m.prob), time: slices.Clone(m.time)}
}

// extrapolate returns m plus f times its difference from old.
func (m *moment) extrapolate(old *moment, f float64) *moment {
	to := m.clone()
	for j := range to.prob {
		to.prob[j] += f * (m.prob[j] - old.prob[j])
		to.time[j] += f * (m.time[j] - old.time[j])
	}
	return to
}

// distance returns the largest difference of two candidates for the moment after m, relative to the number. A probability that fades
// below faded is not followed into its tail: there the difference is relative to what it was before.
func (m *moment) distance(a, b *moment) float64 {
	worst := 0.0
	for j, now := range m.prob {
		if most := max(b.prob[j], min(now, faded)); most > smallest {
			worst = max(worst, math.Abs(a.prob[j]-b.prob[j])/most)
		}
		if most := b.time[j]; most > smallest {
			worst = max(worst, math.Abs(a.time[j]-b.time[j])/most)
		}
	}
	return worst
}

// take replaces m by what was extrapolated: nothing below zero, and no probability lost.
func (m *moment) take(a *moment) {
	whole := sum(m.prob)
	for j := range m.prob {
		m.prob[j] = max(a.prob[j], 0)
		m.time[j] = max(a.time[j], m.time[j])
	}
	scale(m.prob, whole/sum(m.prob))
}
