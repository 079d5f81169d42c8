package bdd

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// Chance sees some of the variables as drawn by chance anew in every state, and the others as the state. The drawn variables may lie
// anywhere in the order; best right below those that decide whether they count.
type Chance struct {
	w        *Weights
	drawn    []bool    // by variable
	possible memo[Ref] // what Possible has found since epoch
	epoch    uint
	likely   map[string]Ref
}

// Chance declares the drawn variables. Each must have a probability above 0 and below 1.
func (w *Weights) Chance(drawn []int) *Chance {
	c := &Chance{w: w, drawn: make([]bool, w.m.Vars())}
	for _, v := range drawn {
		c.drawn[v] = true
	}
	return c
}

// Possible returns the states in which f has a probability above 0.
func (c *Chance) Possible(f Ref) Ref {
	m := c.w.m
	if c.epoch != m.epoch {
		c.epoch, c.possible = m.epoch, memo[Ref]{}
	}
	return m.keep(c.some(f))
}

func (c *Chance) some(f Ref) Ref {
	if f.constant() {
		return f
	}
	if g, ok := c.possible.get(uint64(f)); ok {
		return g
	}
	m := c.w.m
	if !m.step() {
		return False
	}
	d, s := m.nodes[f.node()], f.sign()
	lo, hi := c.some(d.lo^s), c.some(d.hi^s)
	g := f
	switch {
	case c.drawn[d.v]:
		g = m.ite(lo, True, hi)
	case lo != d.lo^s || hi != d.hi^s:
		g = m.mk(d.v, lo, hi)
	}
	if !m.stop {
		c.possible.put(uint64(f), g)
	}
	return g
}

// Likely returns the states in which keep accepts the probability of f. keep is monotone: it accepts every p above one it accepts.
//
// States are told apart from the top of the order downwards. What counts of those above is the prospect that chance has left: which
// functions may be left of f, each with what probability. Prospects that agree within 1e-14 are taken as one, and one whose answer is
// certain whatever comes ends the search; so the cost is bounded by the number of different shares that keep has to tell apart. Past
// Options.MaxNodes prospects the manager fails with ErrNodes.
func (c *Chance) Likely(f Ref, keep func(p float64) bool) Ref {
	c.likely = map[string]Ref{}
	return c.w.m.keep(c.states(gather([]mass{{f, 1}}), keep))
}

// A prospect says that f holds with the probability sure whatever the rest of the state, and fails but for what is open.
type prospect struct {
	sure float64
	open []mass // by Ref
}

// A mass is a function that is left of f with the probability p.
type mass struct {
	f Ref
	p float64
}

func (c *Chance) states(s prospect, keep func(p float64) bool) Ref {
	m := c.w.m
	switch {
	case keep(s.sure):
		return True
	case !keep(s.most()), !m.step():
		return False
	}
	key := s.key()
	if g, ok := c.likely[key]; ok {
		return g
	}
	if len(c.likely) > m.maxNodes {
		m.failNodes()
	}
	l := s.depth(m)
	v := m.varAt[l]
	lo, hi := s.cofactors(m, l)
	var g Ref
	if x := c.w.vars[v]; c.drawn[v] {
		g = c.states(gather(append(scaled(lo, x.Q), scaled(hi, x.P)...), mass{True, s.sure}), keep)
	} else {
		g0 := c.states(gather(lo, mass{True, s.sure}), keep)
		g = m.mk(uint32(v), g0, c.states(gather(hi, mass{True, s.sure}), keep))
	}
	c.likely[key] = g
	return g
}

// gather adds up what is the same in the lists of masses.
func gather(open []mass, more ...mass) prospect {
	var s prospect
	open = append(open, more...)
	slices.SortFunc(open, func(a, b mass) int { return cmp.Compare(a.f, b.f) })
	for _, x := range open {
		last := len(s.open) - 1
		switch {
		case x.f == False:
		case x.f == True:
			s.sure += x.p
		case last >= 0 && s.open[last].f == x.f:
			s.open[last].p += x.p
		default:
			s.open = append(s.open, x)
		}
	}
	return s
}

func scaled(masses []mass, by float64) []mass {
	for i := range masses {
		masses[i].p *= by
	}
	return masses
}

// most is the largest probability that f may still reach.
func (s prospect) most() float64 {
	most := s.sure
	for _, x := range s.open {
		most += x.p
	}
	return most
}

func (s prospect) depth(m *Manager) int32 {
	l := int32(math.MaxInt32)
	for _, x := range s.open {
		l = min(l, m.depth(x.f))
	}
	return l
}

func (s prospect) cofactors(m *Manager, l int32) (lo, hi []mass) {
	for _, x := range s.open {
		f0, f1 := m.cofactors(x.f, l)
		lo, hi = append(lo, mass{f0, x.p}), append(hi, mass{f1, x.p})
	}
	return lo, hi
}

// key is the same for prospects that agree but for the last bits of the probabilities.
func (s prospect) key() string {
	key := binary.LittleEndian.AppendUint64(nil, rounded(s.sure))
	for _, x := range s.open {
		key = binary.LittleEndian.AppendUint32(key, uint32(x.f))
		key = binary.LittleEndian.AppendUint64(key, rounded(x.p))
	}
	return string(key)
}

// rounded drops the last 6 of the 52 bits after the point of p's mantissa.
func rounded(p float64) uint64 { return (math.Float64bits(p) + 1<<5) >> 6 }
