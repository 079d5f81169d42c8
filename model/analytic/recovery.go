package analytic

import (
	"math"
	"slices"

	"nines/model/markov"
)

// A recovery tells how a component gets back to where nothing is amiss. Moves
// that are not failures belong to recoveries, see fails.
type recovery struct {
	homes   []int                            // states of level 0 that only failures lead out of
	failing float64                          // the highest rate of failures in any state
	due     []float64                        // mean time to a home if nothing else fails, by state, at most
	home    func(t float64) (float64, error) // probability of being at home after t, from any state, at least
}

// mostStates bounds the components that are looked at from every state.
const mostStates = 64

// recoveriesOf the components, nil if there is one without.
func (e *evaluation) recoveriesOf(components []*component) ([]*recovery, error) {
	all := make([]*recovery, len(components))
	for i, c := range components {
		r, known := e.recoveries[c]
		if !known {
			var err error
			if r, err = c.recovery(); err != nil {
				return nil, err
			}
			e.recoveries[c] = r
		}
		if r == nil {
			return nil, nil
		}
		all[i] = r
	}
	return all, nil
}

// recovery of a component; nil for one that is too large or stays down for
// good, so that no bounds follow from it.
func (c *component) recovery() (*recovery, error) {
	switch {
	case c.stream != nil:
		return c.rollbacks(), nil
	case c.Len() > mostStates:
		return nil, nil
	}
	r := &recovery{}
	home := make(markov.Set, c.Len())
	for i := range c.Len() {
		r.failing = max(r.failing, c.failing(i))
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
	known := map[float64]float64{}
	r.home = func(t float64) (float64, error) {
		p, ok := known[t]
		if !ok {
			var err error
			if p, err = c.homing(home, t); err != nil {
				return 0, err
			}
			known[t] = p
		}
		return p, nil
	}
	return r, nil
}

// rollbacks is the recovery of a stream of deploys. After t those live at the
// start are gone, each by itself, and of those that came since none is live with
// the probability of the long run at least.
func (c *component) rollbacks() *recovery {
	detect, rollback := c.stream.Detect.Mean(), c.stream.Rollback.Mean()
	r := &recovery{homes: []int{0}, failing: c.stream.Rate}
	most := 0
	for _, n := range c.live {
		r.due = append(r.due, float64(n.undetected)*(detect+rollback)+float64(n.detected)*rollback)
		most = max(most, n.undetected+n.detected)
	}
	r.home = func(t float64) (float64, error) {
		stays := 2 * math.Exp(-t/(detect+rollback)) // one of two exponential phases takes more than its part of t
		return math.Exp(-c.stream.MeanLive()) * math.Pow(max(0, 1-stays), float64(most)), nil
	}
	return r
}

// fails says whether a move is a failure, or brings one that is not exponential
// nearer.
func (c *component) fails(from, to int) bool {
	return c.levels[to] > c.levels[from] || c.lone && c.levels[from] == 0 && c.levels[to] == 0
}

// failing is the rate of failures in a state.
func (c *component) failing(from int) float64 {
	to, rate := c.Row(from)
	sum := 0.0
	for k, j := range to {
		if c.fails(from, int(j)) {
			sum += rate[k]
		}
	}
	return sum
}

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
// home after t.
func (c *component) homing(home markov.Set, t float64) (float64, error) {
	least := 1.0
	for i := range home {
		start := make([]float64, len(home))
		start[i] = 1
		curve, err := c.Curve(start, home, []float64{t}, markov.Options{})
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
func (p *product) within() (float64, error) {
	if p.home > 0 {
		return p.home, nil
	}
	longest := 0.0
	for _, r := range p.recoveries {
		longest = max(longest, slices.Max(r.due))
	}
	p.home = math.Inf(1)
	for every := 4 * longest; every <= 32*longest; every *= 2 {
		all := 1.0
		for _, r := range p.recoveries {
			q, err := r.home(every)
			if err != nil {
				return 0, err
			}
			all *= q
		}
		p.home = min(p.home, every/all)
	}
	return p.home, nil
}

// mending lists the moves between values of a block that recoveries make.
func (c *component) mending() []move {
	var moves []move
	known := map[move]bool{}
	for i, v := range c.values {
		to, _ := c.Row(i)
		for _, j := range to {
			if m := (move{from: v, to: c.values[j]}); m.from != m.to && !c.fails(i, int(j)) && !known[m] {
				known[m] = true
				moves = append(moves, m)
			}
		}
	}
	return moves
}
