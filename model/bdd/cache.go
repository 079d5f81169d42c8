package bdd

import "math/bits"

// cache remembers results of if-then-else, lossily: a new result replaces the one in its place.
// Conjunctions are kept as (f, g, False) and exclusive disjunctions as (f, g, True), a form that no other triple takes.
type cache struct {
	entries []entry // a power of two
}

type entry struct {
	f, g, h Ref // f is False in an empty entry
	r       Ref
}

func (c *cache) at(f, g, h Ref) *entry {
	return &c.entries[(spread(g, f)+uint32(h)*0x85ebca77)&uint32(len(c.entries)-1)]
}

func (c *cache) get(f, g, h Ref) (Ref, bool) {
	e := c.at(f, g, h)
	return e.r, e.f == f && e.g == g && e.h == h
}

func (c *cache) put(f, g, h, r Ref) { *c.at(f, g, h) = entry{f, g, h, r} }

// filter forgets the results with a Ref that is not alive.
func (c *cache) filter(alive func(f Ref) bool) {
	for i, e := range c.entries {
		if e.f != False && !(alive(e.f) && alive(e.g) && alive(e.h) && alive(e.r)) {
			c.entries[i] = entry{}
		}
	}
}

// resize makes room for at least size results and keeps those there are.
func (c *cache) resize(size int) {
	if size <= len(c.entries) {
		return
	}
	old := c.entries
	c.entries = make([]entry, 1<<bits.Len(uint(size-1)))
	for _, e := range old {
		if e.f != False {
			c.put(e.f, e.g, e.h, e.r)
		}
	}
}
