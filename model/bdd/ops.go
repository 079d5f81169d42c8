package bdd

import (
	"cmp"
	"slices"
)

// And returns the conjunction; of nothing, True.
func (m *Manager) And(fs ...Ref) Ref {
	return m.fold(fs, True, func(f, g Ref) Ref { return m.apply(f, g, False) })
}

// Or returns the disjunction; of nothing, False.
func (m *Manager) Or(fs ...Ref) Ref {
	return m.fold(fs, False, func(f, g Ref) Ref { return m.apply(f, True, g) })
}

// Chain returns the conjunction of functions that come from the bottom up: each begins where the next one ends, or above. One after the
// other is put on top of those before it, so that each is gone through once, apart from the variables that it shares with them.
func (m *Manager) Chain(fs ...Ref) Ref {
	all := True
	for _, f := range fs {
		all = m.apply(f, all, False)
	}
	return m.keep(all)
}

// fold combines functions by an associative operation: neighbours in the order of their top variables, from the bottom up, then
// neighbours among the results. So intermediate results stay near to what they are made of, and each function is gone through as many
// times as their number has bits.
func (m *Manager) fold(fs []Ref, neutral Ref, combine func(f, g Ref) Ref) Ref {
	if len(fs) == 0 {
		return m.keep(neutral)
	}
	row := m.bottomUp(fs)
	m.held = row
	for len(row) > 1 {
		half := row[:(len(row)+1)/2]
		for i := range len(row) / 2 {
			half[i] = combine(row[2*i+1], row[2*i])
		}
		if len(row)%2 > 0 {
			half[len(half)-1] = row[len(row)-1]
		}
		row = half
	}
	m.held = nil
	return m.keep(row[0])
}

// Implies returns not f or g.
func (m *Manager) Implies(f, g Ref) Ref { return m.keep(m.apply(f, g, True)) }

// Ite returns "if f then g else h".
func (m *Manager) Ite(f, g, h Ref) Ref { return m.keep(m.apply(f, g, h)) }

// bottomUp returns fs with the functions of the deepest top variables first, so that a chain of operations meets mostly new
// variables above what it has built.
func (m *Manager) bottomUp(fs []Ref) []Ref {
	sorted := slices.Clone(fs)
	slices.SortStableFunc(sorted, func(a, b Ref) int { return cmp.Compare(m.depth(b), m.depth(a)) })
	return sorted
}

// apply is if-then-else for callers outside a recursion. When there are too many nodes it tidies up, before or on the way, and begins
// again.
func (m *Manager) apply(f, g, h Ref) Ref {
	if m.err != nil {
		return False
	}
	if m.live >= m.trigger {
		m.tidy(f, g, h)
	}
	for {
		m.limit = m.trigger
		r := m.ite(f, g, h)
		m.limit = m.maxNodes
		if !m.stop || m.err != nil {
			return m.finish(r)
		}
		m.stop = false
		m.trigger = min(2*m.trigger, m.maxNodes)
		m.tidy(f, g, h)
	}
}

// finish returns the result of an operation, or False where the manager has failed.
func (m *Manager) finish(f Ref) Ref {
	if m.err != nil {
		return False
	}
	return f
}

func (m *Manager) and(f, g Ref) Ref {
	if f > g {
		f, g = g, f
	}
	switch {
	case f == False, f^1 == g:
		return False
	case f == True, f == g:
		return g
	}
	if r, ok := m.cache.get(f, g, False); ok {
		return r
	}
	if !m.step() {
		return False
	}
	v, f0, f1, g0, g1 := m.split(f, g)
	r0 := m.and(f0, g0)
	r1 := m.and(f1, g1)
	r := m.mk(v, r0, r1)
	if m.stop {
		return False
	}
	m.cache.put(f, g, False, r)
	return r
}

// split returns the topmost variable of two functions that are not constant, and their cofactors.
func (m *Manager) split(f, g Ref) (v uint32, f0, f1, g0, g1 Ref) {
	a, b := m.nodes[f.node()], m.nodes[g.node()]
	v, f0, f1, g0, g1 = a.v, f, f, g, g
	la, lb := m.level[a.v], m.level[b.v]
	if la <= lb {
		f0, f1 = a.lo^f.sign(), a.hi^f.sign()
	}
	if lb <= la {
		v, g0, g1 = b.v, b.lo^g.sign(), b.hi^g.sign()
	}
	return v, f0, f1, g0, g1
}

func (m *Manager) xor(f, g Ref) Ref {
	s := f.sign() ^ g.sign()
	f, g = f&^1, g&^1
	if f > g {
		f, g = g, f
	}
	switch {
	case f == False:
		return g ^ s
	case f == g:
		return s
	}
	if r, ok := m.cache.get(f, g, True); ok {
		return r ^ s
	}
	if !m.step() {
		return False
	}
	v, f0, f1, g0, g1 := m.split(f, g)
	r0 := m.xor(f0, g0)
	r1 := m.xor(f1, g1)
	r := m.mk(v, r0, r1)
	if m.stop {
		return False
	}
	m.cache.put(f, g, True, r)
	return r ^ s
}

func (m *Manager) ite(f, g, h Ref) Ref {
	switch {
	case f.constant():
		return choose(f, g, h)
	case g == h:
		return g
	case g == h^1:
		return m.xor(f, h)
	case g == True, g == f:
		return m.and(f^1, h^1) ^ 1
	case g == False, g == f^1:
		return m.and(f^1, h)
	case h == False, h == f:
		return m.and(f, g)
	case h == True, h == f^1:
		return m.and(f, g^1) ^ 1
	}
	if f.sign() != 0 {
		f, g, h = f^1, h, g
	}
	s := g.sign()
	return m.ite3(f, g^s, h^s) ^ s
}

func choose(f, g, h Ref) Ref {
	if f == True {
		return g
	}
	return h
}

// ite3 is ite for three functions that are not constant, f and g plain.
func (m *Manager) ite3(f, g, h Ref) Ref {
	if r, ok := m.cache.get(f, g, h); ok {
		return r
	}
	if !m.step() {
		return False
	}
	l := min(m.depth(f), m.depth(g), m.depth(h))
	f0, f1 := m.cofactors(f, l)
	g0, g1 := m.cofactors(g, l)
	h0, h1 := m.cofactors(h, l)
	r0 := m.ite(f0, g0, h0)
	r1 := m.ite(f1, g1, h1)
	r := m.mk(uint32(m.varAt[l]), r0, r1)
	if m.stop {
		return False
	}
	m.cache.put(f, g, h, r)
	return r
}

// cofactors returns f with the variable at level l false and true; no variable of f lies above l.
func (m *Manager) cofactors(f Ref, l int32) (f0, f1 Ref) {
	if m.depth(f) != l {
		return f, f
	}
	d := &m.nodes[f.node()]
	return d.lo ^ f.sign(), d.hi ^ f.sign()
}
