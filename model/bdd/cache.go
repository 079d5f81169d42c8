package bdd

import "math/bits"

// cache remembers results of if-then-else, lossily: a new result replaces the one in its place.
// Conjunctions are kept as (f, g, False) and exclusive disjunctions as (f, g, True), a form that no other triple takes.
type cache struct {
	entries []entry
	shift   uint8
}

type entry struct {
	f, g, h Ref // f is False in an empty entry
	r       Ref
}

func (c *cache) at(f, g, h Ref) *entry {
	x := (uint64(f)<<32 | uint64(g)) * 0x9e3779b97f4a7c15
	x ^= uint64(h) * 0xd6e8feb86659fd93
	return &c.entries[x>>c.shift]
}

func (c *cache) get(f, g, h Ref) (Ref, bool) {
	e := c.at(f, g, h)
	return e.r, e.f == f && e.g == g && e.h == h
}

func (c *cache) put(f, g, h, r Ref) { *c.at(f, g, h) = entry{f, g, h, r} }

// resize makes room for at least size results and keeps those there are.
func (c *cache) resize(size int) {
	old := c.entries
	width := bits.Len(uint(size - 1))
	if 1<<width <= len(old) {
		return
	}
	c.entries = make([]entry, 1<<width)
	c.shift = uint8(64 - width)
	for _, e := range old {
		if e.f != False {
			c.put(e.f, e.g, e.h, e.r)
		}
	}
}
