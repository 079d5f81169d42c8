package bdd

import (
	"context"
	"fmt"
	"slices"
)

// Family is a set of sets of elements 0, 1, 2, ...: the index of a node of a Families. It is a zero-suppressed decision diagram
// (Minato, "Zero-suppressed BDDs for set manipulation in combinatorial problems", DAC 1993), so two Families of one store are equal
// exactly when they hold the same sets.
type Family uint32

const (
	Empty Family = 0 // no set
	Unit  Family = 1 // the empty set alone
)

// Families stores families of sets. Nodes are never freed, and a node is younger than its children: passes from the leaves up are
// loops over the nodes. A node takes 17 bytes, its places in the hash tables about as many again.
//
// Failure is sticky: once a limit is reached or the context ends, Err tells why and every operation returns Empty at once.
type Families struct {
	nodes   []familyNode // nodes[Empty] and nodes[Unit] stand for the constants
	unit    []bool       // by node: whether it holds the empty set
	buckets []uint32     // a power of two
	cache   []familyEntry
	lost    int // results that others took the place of since the cache has grown

	maxNodes int
	ctx      context.Context
	fuel     int
	err      error
}

// familyNode holds the sets of lo, and those of hi with v added. hi is not Empty; lo and hi have only elements after v.
type familyNode struct {
	lo, hi Family
	v      uint32
	next   uint32 // next node of the bucket
}

// familyEntry remembers the result of without, or of minus where op is set.
type familyEntry struct {
	f, g Family
	op   uint32
	r    Family
}

const (
	withoutOp = iota + 1
	minusOp
)

// NewFamilies returns an empty store, bounded as a Manager is; Options.Reorder does not matter.
func NewFamilies(opts Options) *Families {
	s := &Families{ctx: opts.Context, maxNodes: opts.MaxNodes, fuel: pollSteps}
	if s.ctx == nil {
		s.ctx = context.Background()
	}
	if s.maxNodes <= 0 {
		s.maxNodes = defaultMaxNodes
	}
	s.nodes, s.unit = []familyNode{{v: noVar}, {v: noVar}}, []bool{Empty: false, Unit: true}
	s.resize(1 << 10)
	return s
}

// Err returns why operations stopped: nil, an error that wraps ErrNodes, or the error of the context.
func (s *Families) Err() error { return s.err }

// step counts one step of work and reports whether to go on.
func (s *Families) step() bool {
	s.fuel--
	if s.fuel >= 0 {
		return s.err == nil
	}
	s.fuel = pollSteps
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	return s.err == nil
}

// mk returns the sets of lo, and those of hi with v added.
func (s *Families) mk(v uint32, lo, hi Family) Family {
	switch {
	case s.err != nil:
		return Empty
	case hi == Empty:
		return lo
	}
	b := &s.buckets[familySpread(lo, hi, v)&uint32(len(s.buckets)-1)]
	for n := *b; n != 0; n = s.nodes[n].next {
		if d := &s.nodes[n]; d.lo == lo && d.hi == hi && d.v == v {
			return Family(n)
		}
	}
	if len(s.nodes) >= s.maxNodes {
		s.err = fmt.Errorf("%w: more than %d nodes", ErrNodes, s.maxNodes)
		return Empty
	}
	n := uint32(len(s.nodes))
	s.nodes, s.unit = append(s.nodes, familyNode{lo, hi, v, *b}), append(s.unit, s.unit[lo])
	*b = n
	if len(s.nodes) > len(s.buckets) {
		s.resize(2 * len(s.buckets))
	}
	return Family(n)
}

func familySpread(f, g Family, h uint32) uint32 {
	return uint32((uint64(f)<<32|uint64(g))*0x9e3779b97f4a7c15>>32) ^ h*0x85ebca77
}

// resize makes room for more nodes.
func (s *Families) resize(size int) {
	s.buckets = make([]uint32, size)
	for n := 2; n < len(s.nodes); n++ {
		d := &s.nodes[n]
		b := &s.buckets[familySpread(d.lo, d.hi, d.v)&uint32(size-1)]
		d.next, *b = *b, uint32(n)
	}
	if size > len(s.cache) {
		s.widen(size)
	}
}

// mostLost bounds a cache that grows because results are lost, in entries of 16 bytes. Few nodes can take many operations: those of k of
// n are some n*n, and their pairs the square of that.
const mostLost = 1 << 22

// widen makes room for more results and keeps those there are.
func (s *Families) widen(size int) {
	s.lost = 0
	old := s.cache
	s.cache = make([]familyEntry, size)
	for _, e := range old {
		if e.op != 0 {
			*s.entry(e.op, e.f, e.g) = e
		}
	}
}

func (s *Families) entry(op uint32, f, g Family) *familyEntry {
	return &s.cache[familySpread(f, g, op)&uint32(len(s.cache)-1)]
}

func (s *Families) known(op uint32, f, g Family) (Family, bool) {
	e := s.entry(op, f, g)
	return e.r, e.op == op && e.f == f && e.g == g
}

// remember keeps a result unless it was cut short.
func (s *Families) remember(op uint32, f, g, r Family) Family {
	if s.err != nil {
		return Empty
	}
	e := s.entry(op, f, g)
	if e.op != 0 {
		s.lost++
	}
	*e = familyEntry{f, g, op, r}
	if s.lost > len(s.cache) && len(s.cache) < mostLost {
		s.widen(2 * len(s.cache))
	}
	return r
}

// Without returns the sets of f that contain no set of g.
func (s *Families) Without(f, g Family) Family {
	switch {
	case f == Empty, g == Unit, f == g:
		return Empty
	case g == Empty:
		return f
	case f == Unit && s.unit[g]:
		return Empty
	case f == Unit:
		return f
	}
	if r, ok := s.known(withoutOp, f, g); ok {
		return r
	}
	if !s.step() {
		return Empty
	}
	a, b := s.nodes[f], s.nodes[g]
	var r Family
	switch {
	case a.v < b.v:
		lo := s.Without(a.lo, g)
		r = s.mk(a.v, lo, s.Without(a.hi, g))
	case a.v > b.v:
		r = s.Without(f, b.lo)
	default:
		lo := s.Without(a.lo, b.lo)
		r = s.mk(a.v, lo, s.Without(s.Without(a.hi, b.lo), b.hi))
	}
	return s.remember(withoutOp, f, g, r)
}

// Minus returns the sets of f that are not in g.
func (s *Families) Minus(f, g Family) Family {
	switch {
	case f == Empty, f == g:
		return Empty
	case g == Empty:
		return f
	}
	if r, ok := s.known(minusOp, f, g); ok {
		return r
	}
	if !s.step() {
		return Empty
	}
	a, b := s.nodes[f], s.nodes[g]
	var r Family
	switch {
	case a.v < b.v:
		r = s.mk(a.v, s.Minus(a.lo, g), a.hi)
	case a.v > b.v:
		r = s.Minus(f, b.lo)
	default:
		lo := s.Minus(a.lo, b.lo)
		r = s.mk(a.v, lo, s.Minus(a.hi, b.hi))
	}
	return s.remember(minusOp, f, g, r)
}

// below lists the nodes of f, children before parents, the constants left out.
func (s *Families) below(f Family) []Family {
	marked := make([]bool, f+1)
	marked[f] = true
	var found []Family
	for n := f; n > Unit; n-- {
		if marked[n] {
			marked[s.nodes[n].lo], marked[s.nodes[n].hi] = true, true
			found = append(found, n)
		}
	}
	slices.Reverse(found)
	return found
}
