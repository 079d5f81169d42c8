package markov

import (
	"context"
	"math"
)

// A level is a chain, its rates listed by where they lead, and an approximate solution of the problem.
type level struct {
	columns
	exit  []float64
	begin []float64 // the start of the problem
	out   []float64 // total rate out of each state
	x     []float64
	whole []float64 // x as it came from the finer level
	share []float64 // of each state in its group
	group []int32   // state of the coarser level that a state belongs to
	slot  []int32   // entry of the coarser level that an entry adds to, or inside
}

const (
	inside    = -1
	alone     = -1  // a state that has no group yet
	groupSize = 4   // states, at most
	coarsest  = 200 // states that are few enough to be eliminated
)

func newLevel(n int) *level {
	return &level{
		exit: make([]float64, n), begin: make([]float64, n), out: make([]float64, n),
		x: make([]float64, n), whole: make([]float64, n), share: make([]float64, n),
	}
}

// level makes the finest level of the problem.
func (p *problem) level(start []float64) *level {
	l, unit := newLevel(len(p.states)), p.unit()
	l.columns = newColumns(len(p.states), func(visit func(from, to int32, rate float64)) {
		for i := range p.states {
			p.each(i, func(j, _ int32, rate float64) {
				if j != outside {
					visit(int32(i), j, rate*unit)
				}
			})
		}
	})
	for i := range l.x {
		l.exit[i], l.begin[i] = p.exit[i]*unit, start[i]*unit
	}
	l.total()
	return l
}

// total adds up the rates out of each state.
func (l *level) total() {
	copy(l.out, l.exit)
	for e, i := range l.from {
		l.out[i] += l.rate[e]
	}
}

// smooth sweeps over the states, there and back in turn.
func (l *level) smooth(sweeps int) {
	for k := range sweeps {
		for j := range l.x {
			if k%2 == 1 {
				j = len(l.x) - 1 - j
			}
			l.relax(j)
		}
	}
}

// relax balances the flows into and out of state j. No state is let go to zero, which would cut off what comes after it.
func (l *level) relax(j int) {
	in := l.begin[j]
	for e := l.start[j]; e < l.start[j+1]; e++ {
		in += float64(l.x[l.from[e]] * l.rate[e])
	}
	l.x[j] = max(in/l.out[j], faintest)
}

// restrict lumps the level with the present shares.
func (l *level) restrict(c *level) {
	clear(c.whole)
	clear(c.exit)
	clear(c.begin)
	clear(c.rate)
	for i, v := range l.x {
		c.whole[l.group[i]] += v
	}
	for i, v := range l.x {
		g := l.group[i]
		l.share[i] = v / c.whole[g]
		c.exit[g] += float64(l.share[i] * l.exit[i])
		c.begin[g] += l.begin[i]
	}
	for e, slot := range l.slot {
		if slot != inside {
			c.rate[slot] += float64(l.share[l.from[e]] * l.rate[e])
		}
	}
	c.total()
	copy(c.x, c.whole)
}

// prolong gives the states of each group their shares of its new total.
func (l *level) prolong(c *level) {
	for i := range l.x {
		l.x[i] = l.share[i] * c.x[l.group[i]]
	}
}

// eliminate solves the level at once.
func (l *level) eliminate() error {
	n := len(l.x)
	f := &factor{unit: 1, rest: numbers(n), dense: newDense(n)}
	copy(f.dense.exit, l.exit)
	for j := range n {
		for e := l.start[j]; e < l.start[j+1]; e++ {
			f.dense.row(int(l.from[e]))[j] = l.rate[e]
		}
	}
	if f.dense.eliminate(context.Background()) != nil {
		return ErrRange
	}
	copy(l.x, l.begin)
	exponent, err := f.solve(l.x)
	scale(l.x, math.Ldexp(1, exponent))
	return err
}

// numbers returns 0, 1, ... n-1.
func numbers(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}
