package bdd

import "fmt"

// A Choice says how a group of variables is read where functions become families of sets: by its Cases. In the first of Values the group
// is at rest. The others are its elements; cases that the functions at hand do not tell apart may be given as one.
//
// The elements of a list of choices, from top to bottom of the order, are numbered through: those of the first choice, of the second, ...
type Choice struct {
	Group  int // by its first variable
	Values []int
}

// chooser is the state of one conversion from a function to a family. While it lasts nothing of the manager is reclaimed or reordered,
// so that what is left of a function stays valid.
type chooser struct {
	*Families
	m       *Manager
	choices []Choice
	index   []int32  // of the choice by group, or -1
	first   []uint32 // first element of each choice
	most    int      // nodes that the manager may have
	done    results
	limited memo[Family] // results for a limited number of elements, by function and number
}

// results are families by function, kept plus one.
type results struct{ by pages[Family] }

func (r *results) get(f Ref) (Family, bool) {
	v := *r.by.at(uint32(f))
	return v - 1, v != 0
}

func (r *results) put(f Ref, v Family) { *r.by.at(uint32(f)) = v + 1 }

func (s *Families) chooser(m *Manager, choices []Choice) *chooser {
	c := &chooser{Families: s, m: m, choices: choices, index: make([]int32, m.Vars()), first: make([]uint32, len(choices)), most: m.live + s.maxNodes}
	for i := range c.index {
		c.index[i] = -1
	}
	elements := 0
	for i, choice := range choices {
		if i > 0 && m.level[choice.Group] < m.level[choices[i-1].Group] {
			panic("bdd: choices are not in the order of the variables")
		}
		c.index[choice.Group] = int32(i)
		c.first[i] = uint32(elements)
		elements += len(choice.Values) - 1
	}
	return c
}

// top returns the choice that f is about first.
func (c *chooser) top(f Ref) int {
	g := c.m.groups[c.m.nodes[f.node()].v].first
	if c.index[g] < 0 {
		panic(fmt.Sprintf("bdd: no choice for the group of variable %d", g))
	}
	return int(c.index[g])
}

// split returns what is left of f for each of the values of a choice, which f is about first.
func (c *chooser) split(f Ref, choice int, dst []Ref) []Ref {
	x := &c.choices[choice]
	size := int(c.m.groups[x.Group].size)
	var room [8]Ref
	cases := c.m.Cases(f, x.Group, size, room[:0])
	for _, i := range x.Values {
		dst = append(dst, cases[i])
	}
	return dst
}

// proceed counts a step and reports whether to go on. The error of the manager becomes that of the families. Their limit holds for the
// nodes that the manager makes for them too, and well before the manager's own, so that a conversion that fails leaves it alone.
func (c *chooser) proceed() bool {
	switch {
	case c.err != nil:
	case c.m.err != nil:
		c.err = c.m.err
	case c.m.live > min(c.most, c.m.maxNodes*3/4):
		c.err = fmt.Errorf("%w: more than %d nodes", ErrNodes, c.maxNodes)
	}
	return c.step()
}

// Minimal returns the minimal solutions of f: the smallest sets of elements such that f holds when these are chosen and everything else
// is at rest. With most >= 0 only sets of up to so many elements are looked for.
//
// For a coherent f, one that no further element can make false, these are its minimal cut sets (Rauzy, "New algorithms for fault trees
// analysis", Reliability Engineering and System Safety 40, 1993). For others they are those of the smallest coherent function above f,
// in which any set that contains a solution is one.
func (s *Families) Minimal(m *Manager, f Ref, choices []Choice, most int) Family {
	if most < 0 {
		most = unbounded
	}
	return s.finish(s.chooser(m, choices).minimal(f, min(most, unbounded)))
}

// finish returns the result of a conversion, or Empty where it was cut short.
func (s *Families) finish(f Family) Family {
	if s.err != nil {
		return Empty
	}
	return f
}

const unbounded = 1<<16 - 1 // elements of a set: no limit

func (c *chooser) minimal(f Ref, most int) Family {
	switch {
	case f == False:
		return Empty
	case f == True:
		return Unit
	}
	if r, ok := c.found(f, most); ok {
		return r
	}
	if !c.proceed() {
		return Empty
	}
	choice := c.top(f)
	var room [8]Ref
	left := c.split(f, choice, room[:0])
	none := c.minimal(left[0], most)
	r := none
	if most > 0 && none != Unit {
		more := most
		if most < unbounded {
			more--
		}
		for k := len(left) - 1; k > 0; k-- {
			if left[k] != left[0] {
				some := c.Without(c.minimal(left[k], more), none)
				r = c.mk(c.first[choice]+uint32(k-1), r, some)
			}
		}
	}
	c.keep(f, most, r)
	return r
}

// found returns the minimal solutions of up to so many elements if they are known.
func (c *chooser) found(f Ref, most int) (Family, bool) {
	if most == unbounded {
		return c.done.get(f)
	}
	return c.limited.get(uint64(f)<<16 | uint64(most))
}

func (c *chooser) keep(f Ref, most int, r Family) {
	if most == unbounded {
		c.done.put(f, r)
	} else {
		c.limited.put(uint64(f)<<16|uint64(most), r)
	}
}

// Paths returns the smallest sets of groups such that f holds while these are at rest, whatever the others do. The elements are the
// numbers of the choices. For a coherent function these are its minimal path sets.
func (s *Families) Paths(m *Manager, f Ref, choices []Choice) Family {
	return s.finish(s.chooser(m, choices).paths(f))
}

func (c *chooser) paths(f Ref) Family {
	switch {
	case f == False:
		return Empty
	case f == True:
		return Unit
	}
	if r, ok := c.done.get(f); ok {
		return r
	}
	if !c.proceed() {
		return Empty
	}
	choice := c.top(f)
	var room [8]Ref
	left := c.split(f, choice, room[:0])
	whatever := left[0]
	for _, g := range left[1:] {
		whatever = c.m.and(whatever, g)
	}
	without := c.paths(whatever)
	r := c.mk(uint32(choice), without, c.Without(c.paths(left[0]), without))
	c.done.put(f, r)
	return r
}

// Primes returns the prime implicants of f: the smallest sets of literals that make f hold whatever the others are. Element 2i is
// that choice i has its second value, 2i+1 that it is at rest. Every choice must have two values.
//
// For "if x then f1 else f0" those without x are the primes of f0 and f1 together, those with x the other primes of f1, those with its
// negation the other primes of f0 (Coudert, Madre, "Implicit and incremental computation of primes and essential primes of Boolean
// functions", DAC 1992).
func (s *Families) Primes(m *Manager, f Ref, choices []Choice) Family {
	for _, c := range choices {
		if len(c.Values) != 2 {
			panic("bdd: prime implicants are of two-valued choices")
		}
	}
	return s.finish(s.chooser(m, choices).primes(f))
}

func (c *chooser) primes(f Ref) Family {
	switch {
	case f == False:
		return Empty
	case f == True:
		return Unit
	}
	if r, ok := c.done.get(f); ok {
		return r
	}
	if !c.proceed() {
		return Empty
	}
	choice := c.top(f)
	var room [2]Ref
	left := c.split(f, choice, room[:0])
	both := c.primes(c.m.and(left[0], left[1]))
	r := c.mk(2*uint32(choice)+1, both, c.Minus(c.primes(left[0]), both))
	r = c.mk(2*uint32(choice), r, c.Minus(c.primes(left[1]), both))
	c.done.put(f, r)
	return r
}

// Coherent reports whether f stays true whenever more groups leave their rest.
func (m *Manager) Coherent(f Ref, choices []Choice) bool {
	return NewFamilies(Options{Context: m.ctx}).chooser(m, choices).coherent(f)
}

func (c *chooser) coherent(f Ref) bool {
	if _, ok := c.done.get(f); ok || f.constant() {
		return true
	}
	if !c.proceed() {
		return false
	}
	c.done.put(f, Unit)
	choice := c.top(f)
	var room [8]Ref
	left := c.split(f, choice, room[:0])
	for _, g := range left[1:] {
		if c.m.and(left[0], g.Not()) != False || !c.coherent(g) {
			return false
		}
	}
	return c.coherent(left[0])
}
