package bdd

import (
	"math/bits"
	"slices"
)

// node is "if v then hi else lo". lo is never complemented, so every plain node is false where all variables are false.
type node struct {
	lo, hi Ref
	v      uint32 // variable, or noVar
	next   uint32 // next node of the bucket, or of the free list
}

const noVar = ^uint32(0) // of the constant and of free nodes

// table finds the nodes of one variable by their children: a hash table chained through node.next; 0 ends a chain.
type table struct {
	buckets []uint32
	shift   uint8
	count   int
}

func newTable() table {
	var t table
	t.alloc(4)
	return t
}

// alloc gives the table size empty buckets; size is a power of two above 1.
func (t *table) alloc(size int) {
	t.buckets = make([]uint32, size)
	t.shift = uint8(64 - bits.TrailingZeros(uint(size)))
}

func (t *table) bucket(lo, hi Ref) *uint32 {
	return &t.buckets[(uint64(lo)<<32|uint64(hi))*0x9e3779b97f4a7c15>>t.shift]
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
	if t.count > len(t.buckets) {
		m.growTable(t)
	}
	return Ref(n << 1)
}

// alloc returns an unused node, or 0 after a failure.
func (m *Manager) alloc() uint32 {
	if m.live >= m.maxNodes {
		m.failNodes()
	}
	if m.err != nil {
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

func (m *Manager) growTable(t *table) {
	old := t.buckets
	t.alloc(2 * len(old))
	for _, n := range old {
		for n != 0 {
			d := &m.nodes[n]
			next := d.next
			b := t.bucket(d.lo, d.hi)
			d.next, *b = *b, n
			n = next
		}
	}
}
