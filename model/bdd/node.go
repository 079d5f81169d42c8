package bdd

import "slices"

// node is "if v then hi else lo". lo is never complemented, so every plain node is false where all variables are false.
type node struct {
	lo, hi Ref
	v      uint32 // variable, or noVar
	next   uint32 // next node of the bucket, or of the free list
}

const noVar = ^uint32(0) // of the constant and of free nodes

// table finds the nodes of one variable by their children: a hash table chained through node.next; 0 ends a chain.
type table struct {
	buckets []uint32 // a power of two
	count   int
}

const leastBuckets = 4

func (t *table) bucket(lo, hi Ref) *uint32 {
	return &t.buckets[spread(lo, hi)&uint32(len(t.buckets)-1)]
}

// spread hashes a pair. Neighbours in f with the same g stay neighbours, because functions made one after the other are asked for
// one after the other: most of the time goes into waiting for memory.
func spread(f, g Ref) uint32 {
	return uint32((uint64(g)<<32|uint64(f&1)<<31|uint64(f>>8))*0x9e3779b97f4a7c15>>32) + uint32(f>>1)
}

// mk returns "if v then hi else lo"; v lies above both.
func (m *Manager) mk(v uint32, lo, hi Ref) Ref {
	if lo == hi {
		return lo
	}
	s := lo.sign()
	return m.find(v, lo^s, hi^s) ^ s
}

// find returns the node of v with these children, making it if there is none. lo is plain and differs from hi.
func (m *Manager) find(v uint32, lo, hi Ref) Ref {
	t := &m.tables[v]
	b := t.bucket(lo, hi)
	for n := *b; n != 0; {
		d := &m.nodes[n]
		if d.lo == lo && d.hi == hi {
			return Ref(n << 1)
		}
		n = d.next
	}
	n := m.alloc()
	if n == 0 {
		return False
	}
	m.nodes[n] = node{lo, hi, v, *b}
	*b = n
	t.count++
	m.fit(t)
	return Ref(n << 1)
}

// alloc returns an unused node, or 0 where operations must stop.
func (m *Manager) alloc() uint32 {
	if m.live >= m.limit {
		m.full()
	}
	if m.stop {
		return 0
	}
	m.live++
	if n := m.free; n != 0 {
		m.free = m.nodes[n].next
		return n
	}
	n := len(m.nodes)
	if n == cap(m.nodes) {
		m.nodes = slices.Grow(m.nodes, n)
		m.cache.resize(n)
	}
	m.nodes = m.nodes[:n+1]
	return uint32(n)
}

// full stops the operation under way: to tidy up and begin again if it can, for good if not.
func (m *Manager) full() {
	if m.limit >= m.maxNodes {
		m.failNodes()
	}
	m.stop, m.fuel = true, 0
}

// fit keeps chains short.
func (m *Manager) fit(t *table) {
	if t.count > len(t.buckets) {
		m.resizeTable(t, 4*len(t.buckets))
	}
}

func (t *table) insert(n uint32, d *node) {
	b := t.bucket(d.lo, d.hi)
	d.next, *b = *b, n
	t.count++
}

func (t *table) remove(n uint32, nodes []node) {
	link := t.bucket(nodes[n].lo, nodes[n].hi)
	for *link != n {
		link = &nodes[*link].next
	}
	*link = nodes[n].next
	t.count--
}

func (m *Manager) resizeTable(t *table, size int) {
	old := t.buckets
	*t = table{buckets: make([]uint32, size)}
	for _, n := range old {
		for n != 0 {
			d := &m.nodes[n]
			next := d.next
			t.insert(n, d)
			n = next
		}
	}
}
