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
	none     bool      // is drawn
	possible memo[Ref] // what Possible has found since epoch
	epoch    uint
}

// Chance declares the drawn variables. Each must have a probability above 0 and below 1.
func (w *Weights) Chance(drawn []int) *Chance {
	c := &Chance{w: w, drawn: make([]bool, w.m.Vars()), none: len(drawn) == 0}
	for _, v := range drawn {
		c.drawn[v] = true
	}
	return c
}

// Possible returns the states in which f has a probability above 0.
func (c *Chance) Possible(f Ref) Ref {
	m := c.w.m
	if c.none {
		return m.keep(f)
	}
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

// Likely returns the states in which f has a probability of at least least.
//
// States are told apart from the top of the order downwards. What counts of those above is the prospect that chance has left: which
// functions may remain of f, each with what probability. One whose answer is certain whatever comes ends the search, and tells by how
// much its probabilities might differ before it is not; so what is found for one prospect answers those near it, and the cost is
// bounded by the number of prospects that least has to tell apart. Past Options.MaxNodes of them the manager fails with ErrNodes.
func (c *Chance) Likely(f Ref, least float64) Ref {
	l := likely{Chance: c, least: least, known: map[string]verdict{}, near: map[string][]verdict{}}
	return c.w.m.keep(l.judge(gather([]mass{{f, 1}})).states)
}

type likely struct {
	*Chance
	least float64
	known map[string]verdict   // by functions and probabilities
	near  map[string][]verdict // some of these by functions alone
	best  memo[float64]        // by function: no state gives it a larger probability
}

const mostNear = 16 // verdicts of the same functions that are compared with

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

// A verdict on a prospect holds as well where its probabilities are smaller by no more than less in all, and larger by below more.
type verdict struct {
	prospect
	states     Ref
	less, more float64
}

func (l *likely) judge(s prospect) verdict {
	most := l.most(s)
	switch {
	case s.sure >= l.least:
		return verdict{s, True, s.sure - l.least, math.Inf(1)}
	case most < l.least, !l.w.m.step():
		return verdict{s, False, math.Inf(1), l.least - most}
	}
	functions, all := s.key()
	if v, ok := l.known[all]; ok {
		return v
	}
	for _, v := range l.near[functions] {
		if less, more := s.off(v.prospect); less <= v.less && more < v.more {
			return verdict{s, v.states, v.less - less, v.more - more}
		}
	}
	v := l.search(s)
	l.known[all] = v
	if near := l.near[functions]; len(near) < mostNear {
		l.near[functions] = append(near, v)
	} else {
		near[len(l.known)%mostNear] = v
	}
	if len(l.known) > l.w.m.maxNodes {
		l.w.m.failNodes()
	}
	return v
}

// search looks at both values of the topmost variable.
func (l *likely) search(s prospect) verdict {
	m := l.w.m
	level := s.depth(m)
	top := m.varAt[level]
	lo, hi := s.cofactors(m, level)
	sure := mass{True, s.sure}
	if x := l.w.vars[top]; l.drawn[top] {
		v := l.judge(gather(scaled(lo, x.Q), scaled(hi, x.P), []mass{sure}))
		v.prospect = s
		return v
	}
	v0, v1 := l.judge(gather(lo, []mass{sure})), l.judge(gather(hi, []mass{sure}))
	return verdict{s, m.mk(uint32(top), v0.states, v1.states), min(v0.less, v1.less), min(v0.more, v1.more)}
}

// gather adds up what is the same in the lists of masses.
func gather(lists ...[]mass) prospect {
	var s prospect
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b mass) int { return cmp.Compare(a.f, b.f) })
	for _, x := range all {
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
func (l *likely) most(s prospect) float64 {
	most := s.sure
	for _, x := range s.open {
		most += x.p * l.bestOf(x.f)
	}
	return most
}

func (l *likely) bestOf(f Ref) float64 {
	if f.constant() {
		return float64(f)
	}
	if p, ok := l.best.get(uint64(f)); ok {
		return p
	}
	d, s := l.w.m.nodes[f.node()], f.sign()
	lo, hi := l.bestOf(d.lo^s), l.bestOf(d.hi^s)
	p := max(lo, hi)
	if l.drawn[d.v] {
		p = l.w.vars[d.v].Q*lo + l.w.vars[d.v].P*hi
	}
	l.best.put(uint64(f), p)
	return p
}

func (s prospect) depth(m *Manager) int32 {
	level := int32(math.MaxInt32)
	for _, x := range s.open {
		level = min(level, m.depth(x.f))
	}
	return level
}

func (s prospect) cofactors(m *Manager, level int32) (lo, hi []mass) {
	for _, x := range s.open {
		f0, f1 := m.cofactors(x.f, level)
		lo, hi = append(lo, mass{f0, x.p}), append(hi, mass{f1, x.p})
	}
	return lo, hi
}

// off returns by how much the probabilities are smaller in all than those of t, and by how much larger.
func (s prospect) off(t prospect) (less, more float64) {
	add := func(d float64) {
		less, more = less+max(-d, 0), more+max(d, 0)
	}
	add(s.sure - t.sure)
	for i := range s.open {
		add(s.open[i].p - t.open[i].p)
	}
	return less, more
}

// key names the functions, and these with the probabilities but for their last
// bits.
func (s prospect) key() (functions, all string) {
	key := make([]byte, 0, 12*len(s.open)+8)
	for _, x := range s.open {
		key = binary.LittleEndian.AppendUint32(key, uint32(x.f))
	}
	n := len(key)
	key = binary.LittleEndian.AppendUint64(key, rounded(s.sure))
	for _, x := range s.open {
		key = binary.LittleEndian.AppendUint64(key, rounded(x.p))
	}
	return string(key[:n]), string(key)
}

// rounded drops the last 6 of the 52 bits after the point of p's mantissa.
func rounded(p float64) uint64 { return (math.Float64bits(p) + 1<<5) >> 6 }
