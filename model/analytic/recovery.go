package analytic

import (
	"math"

	"nines/model/markov"
)

// A recovery tells how a component gets back to where nothing is amiss. Moves
// to a higher level are failures, all others belong to recoveries.
type recovery struct {
	homes   []int     // states of level 0 that only failures lead out of
	failing float64   // the highest rate of failures in any state
	due     []float64 // mean time to a home if nothing else fails, by state
	chain   *markov.Chain
}

// mostStates bounds the components that are looked at from every state.
const mostStates = 150

// recovery of a component; nil for one that is too large or stays down for
// good, so that no bounds follow from it.
func (c *component) recovery() (*recovery, error) {
	if c.Len() > mostStates {
		return nil, nil
	}
	r := &recovery{chain: c.Chain}
	home := make(markov.Set, c.Len())
	for i := range c.Len() {
		to, rate := c.Row(i)
		failing := 0.0
		for k, j := range to {
			if c.fails(i, int(j)) {
				failing += rate[k]
			}
		}
		r.failing = max(r.failing, failing)
		if c.levels[i] == 0 && !c.recovers(i) {
			home[i] = true
			r.homes = append(r.homes, i)
		} else if !c.recovers(i) {
			return nil, nil
		}
	}
	for i := range c.Len() {
		due, err := c.due(i, home)
		if err != nil {
			return nil, err
		}
		r.due = append(r.due, due)
	}
	return r, nil
}

func (c *component) fails(from, to int) bool { return c.levels[to] > c.levels[from] }

func (c *component) recovers(from int) bool {
	to, _ := c.Row(from)
	for _, j := range to {
		if !c.fails(from, int(j)) {
			return true
		}
	}
	return false
}

// due is the mean time from a state to a home along recoveries alone.
func (c *component) due(from int, home markov.Set) (float64, error) {
	s, err := markov.Explore(from, func(i int, emit func(int, float64)) {
		if home[i] {
			return
		}
		to, rate := c.Row(i)
		for k, j := range to {
			if !c.fails(i, int(j)) {
				emit(int(j), rate[k])
			}
		}
	}, markov.Options{})
	if err != nil {
		return 0, err
	}
	p, err := s.Passage(nil, s.Where(func(i int) bool { return home[i] }), markov.Options{})
	if err != nil {
		return 0, err
	}
	return p.Mean, nil
}

// homing is the least probability, over all states to start from, of being at
// home after a time.
func (r *recovery) homing(t float64) (float64, error) {
	home := make(markov.Set, r.chain.Len())
	for _, i := range r.homes {
		home[i] = true
	}
	least := 1.0
	for i := range home {
		start := make([]float64, len(home))
		start[i] = 1
		curve, err := r.chain.Curve(start, home, []float64{t}, markov.Options{})
		if err != nil {
			return 0, err
		}
		least = min(least, curve.In[0])
	}
	return least, nil
}

// within bounds the mean time until all components are at home at once, from
// whatever state: every so often they all are with some probability at least,
// since they are independent.
func within(all []*recovery) (float64, error) {
	longest := 0.0
	for _, r := range all {
		for _, due := range r.due {
			longest = max(longest, due)
		}
	}
	best := math.Inf(1)
	known := map[*recovery]float64{}
	for every := 4 * longest; every <= 32*longest; every *= 2 {
		clear(known)
		p := 1.0
		for _, r := range all {
			if _, ok := known[r]; !ok {
				var err error
				if known[r], err = r.homing(every); err != nil {
					return 0, err
				}
			}
			p *= known[r]
		}
		best = min(best, every/p)
	}
	return best, nil
}
