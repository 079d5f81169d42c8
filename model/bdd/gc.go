package bdd

// Nodes are reclaimed by marking from the roots: the variables, the protected functions, and every function that an operation has
// returned since the last Collect. Nodes never move, so a Ref that stays alive stays the same, through reordering as well.

// Protect keeps functions valid beyond the next Collect, until Release has been called as often.
func (m *Manager) Protect(fs ...Ref) {
	for _, f := range fs {
		m.protected[f.node()]++
	}
}

// Release undoes one Protect of each function.
func (m *Manager) Release(fs ...Ref) {
	for _, f := range fs {
		n := f.node()
		if m.protected[n]--; m.protected[n] <= 0 {
			delete(m.protected, n)
		}
	}
}

// Keep protects every function that an operation has returned since the last Collect.
func (m *Manager) Keep() {
	m.Protect(m.recent...)
	m.recent = m.recent[:0]
}

// Collect makes every function invalid that is not protected, nor a variable. Their nodes are reclaimed once they are many, so that it
// may be called after every step of a construction.
func (m *Manager) Collect() {
	m.recent = m.recent[:0]
	if m.err == nil && m.live > max(2*m.kept, leastTrigger) {
		m.tidy()
	}
}

const leastTrigger = 1 << 13 // nodes below which tidying is not worth it

// keep makes the result of an operation a root.
func (m *Manager) keep(f Ref) Ref {
	if m.err != nil {
		return False
	}
	m.recent = append(m.recent, f)
	return f
}

// tidy reclaims nodes and, if that leaves many and it is wanted, reorders. The functions given are roots too.
func (m *Manager) tidy(more ...Ref) {
	m.reclaim(more)
	if m.reorder && m.live > m.siftAt {
		m.sift(more)
		m.siftAt = 2 * m.live
	}
	m.trigger = min(max(m.trigger, 2*m.live), m.maxNodes)
}

// eachRoot calls visit for every root; some come more than once.
func (m *Manager) eachRoot(more []Ref, visit func(n uint32)) {
	for v := range m.tables {
		visit(m.find(uint32(v), False, True).node())
	}
	for n := range m.protected {
		visit(n)
	}
	for _, fs := range [][]Ref{m.recent, m.held, more} {
		for _, f := range fs {
			visit(f.node())
		}
	}
}

// reclaim frees the nodes below no root and forgets the results that mention them.
func (m *Manager) reclaim(more []Ref) {
	m.eachRoot(more, m.markBelow)
	m.mark(0)
	m.cache.filter(func(f Ref) bool { return m.marked(f.node()) })
	for v := range m.tables {
		clear(m.tables[v].buckets)
		m.tables[v].count = 0
	}
	m.free, m.live = 0, 0
	for n := uint32(len(m.nodes) - 1); n > 0; n-- {
		if d := &m.nodes[n]; m.marked(n) {
			m.tables[d.v].insert(n, d)
			m.live++
		} else {
			m.release(n)
		}
	}
	clear(m.marks)
	m.kept = m.live
	m.epoch++
}

// release puts a node on the free list.
func (m *Manager) release(n uint32) {
	m.nodes[n] = node{v: noVar, next: m.free}
	m.free = n
}

func (m *Manager) markBelow(n uint32) {
	for n != 0 && m.mark(n) {
		d := &m.nodes[n]
		m.markBelow(d.lo.node())
		n = d.hi.node()
	}
}
