package markov

import (
	"errors"
	"fmt"
	"math"
)

// A multilevel solver iterates where elimination would be too much work. Sweeps of Gauss and Seidel settle the states among their
// neighbours; then groups of closely coupled states are lumped, each state with its present share of the group, and the lumped chain,
// solved in the same way, settles the groups among each other. The chain of the coarsest level is eliminated. Every level and sweep
// adds, multiplies and divides positive numbers only, so small probabilities stay as accurate as large ones (Horton and Leutenegger
// 1994; Stewart 1994, chapter 6). As the whole hierarchy is settled in each cycle, the change over a cycle shows what is missing also
// in nearly decomposable chains, where sweeps alone seem to have converged long before.
type multilevel struct {
	p      *problem
	levels []*level // finest first
	sweeps int      // to settle a level before and after the one below it; as many as make the cycles converge fast
	loss   float64  // estimate of the relative error
	exact  *factor  // takes over when iteration has failed, otherwise nil
}

const (
	warmUp     = 500  // sweeps there and back before the first grouping, at most
	warm       = 0.01 // relative change in one of them that is small enough
	fewCycles  = 50   // before elimination is tried once more
	maxCycles  = 300
	maxSweeps  = 64
	slow       = 0.5   // share of the change left by a cycle, above which there are more sweeps
	firstGroup = 2     // cycles before the states are grouped anew, then after twice as many
	converged  = 1e-14 // relative change in a cycle
	stalled    = 1e-11 // change from which on roundings may be all that is left
	tolerable  = 1e-6  // relative error, at most
)

func (m *multilevel) quality() (Method, float64) {
	if m.exact != nil {
		return m.exact.quality()
	}
	return Multilevel, m.loss
}

func (m *multilevel) solve(x []float64) (exponent int, err error) {
	if m.exact != nil {
		return m.exact.solve(x)
	}
	err = m.settle(x, fewCycles)
	if !errors.Is(err, ErrWork) {
		return 0, err
	}
	if f, e := eliminate(m.p, lastResort); e == nil {
		m.exact = f
		return f.solve(x)
	}
	return 0, m.settle(x, maxCycles)
}

// settle replaces x by the solution if that takes no more than the given cycles.
func (m *multilevel) settle(x []float64, cycles int) error {
	l := m.p.level(x)
	m.levels = []*level{l}
	m.sweeps = 1
	l.warm()
	err := m.coarsen()
	if err == nil {
		err = m.iterate(cycles)
	}
	m.levels = nil
	if err == nil {
		copy(x, l.x)
	}
	return err
}

// iterate cycles until the solution no longer changes. If each cycle leaves the share r of the error, what is missing after a change d
// is d r / (1 - r).
func (m *multilevel) iterate(cycles int) error {
	l := m.levels[0]
	old := make([]float64, len(l.x))
	last, regroup := math.Inf(1), firstGroup
	for k := range cycles {
		copy(old, l.x)
		if err := m.cycle(0); err != nil {
			return err
		}
		change := l.change(old)
		r := min(change/last, 1)
		if r > slow && m.sweeps < maxSweeps {
			m.sweeps *= 2
		}
		m.loss = float64(len(m.levels))*converged + change*r/(1-r)
		if change < converged || change < stalled && r > 0.9 {
			return nil
		}
		if last = change; k == regroup {
			regroup = 2*regroup + 1
			if err := m.coarsen(); err != nil {
				return err
			}
		}
	}
	if m.loss < tolerable {
		return nil
	}
	return fmt.Errorf("%w: iteration over %d states left a relative error of about %.2g", ErrWork, len(l.x), m.loss)
}

// warm sweeps until the orders of magnitude are right, without which groups would be formed of states that have little to do with each
// other.
func (l *level) warm() {
	old := make([]float64, len(l.x))
	for range warmUp {
		copy(old, l.x)
		l.smooth(2)
		if l.change(old) < warm {
			return
		}
	}
}

// change returns the largest relative difference from old.
func (l *level) change(old []float64) float64 {
	change := 0.0
	for i, v := range l.x {
		change = max(change, math.Abs(v-old[i])/v)
	}
	return change
}

// cycle settles level k and those below it.
func (m *multilevel) cycle(k int) error {
	if err := m.p.ctx.Err(); err != nil {
		return err
	}
	l := m.levels[k]
	if k == len(m.levels)-1 {
		return l.eliminate()
	}
	l.smooth(m.sweeps)
	l.restrict(m.levels[k+1])
	if err := m.cycle(k + 1); err != nil {
		return err
	}
	l.prolong(m.levels[k+1])
	l.smooth(m.sweeps)
	return nil
}

// coarsen makes the levels below the finest, until the last is small or hardly smaller than the one before.
func (m *multilevel) coarsen() error {
	m.levels = m.levels[:1]
	for {
		if err := m.p.ctx.Err(); err != nil {
			return err
		}
		l := m.levels[len(m.levels)-1]
		if len(l.x) <= coarsest {
			return nil
		}
		c := l.coarser()
		if 10*len(c.x) > 9*len(l.x) {
			return fmt.Errorf("%w: %d states that cannot be grouped", ErrWork, len(l.x))
		}
		l.restrict(c)
		m.levels = append(m.levels, c)
	}
}
