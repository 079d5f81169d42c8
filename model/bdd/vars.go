package bdd

import "slices"

// Tier is a part of the variable order that reordering never leaves: every variable of Lower stays below every variable of Upper.
type Tier uint8

// The tiers, from top to bottom.
const (
	Upper Tier = iota
	Lower
)

// group is a run of variables, consecutive in number and in level, that moves as one.
type group struct {
	first, size int32
}

// Var adds a variable below all others of the upper tier and returns it as a function. Variables are numbered 0, 1, 2, ... as they
// are made and keep their number when reordering moves their level.
func (m *Manager) Var() Ref { return m.Group(1)[0] }

// Group adds n variables that stay adjacent and in this order.
func (m *Manager) Group(n int) []Ref { return m.GroupIn(Upper, n) }

// GroupIn adds a group at the bottom of the given tier.
func (m *Manager) GroupIn(tier Tier, n int) []Ref {
	first, at := len(m.level), len(m.level)
	if tier == Upper {
		at = m.lower
		m.lower += n
	}
	refs := make([]Ref, n)
	for i := range refs {
		m.varAt = slices.Insert(m.varAt, at+i, int32(first+i))
		m.level = append(m.level, 0)
		m.groups = append(m.groups, group{int32(first), int32(n)})
		m.tables = append(m.tables, table{buckets: make([]uint32, leastBuckets)})
	}
	for l := at; l < len(m.varAt); l++ {
		m.level[m.varAt[l]] = int32(l)
	}
	for i := range refs {
		refs[i] = m.mk(uint32(first+i), False, True)
	}
	return refs
}

// Vars returns the number of variables.
func (m *Manager) Vars() int { return len(m.level) }

// Level returns the place of variable v in the order, 0 at the top.
func (m *Manager) Level(v int) int { return int(m.level[v]) }

// Order returns the variables from top to bottom.
func (m *Manager) Order() []int {
	order := make([]int, len(m.varAt))
	for l, v := range m.varAt {
		order[l] = int(v)
	}
	return order
}

// Literal returns variable v as a function.
func (m *Manager) Literal(v int) Ref { return m.mk(uint32(v), False, True) }

// Top returns the topmost variable f depends on, or -1 if f is constant.
func (m *Manager) Top(f Ref) int {
	if f.constant() {
		return -1
	}
	return int(m.nodes[f.node()].v)
}

// depth returns the level of f's top variable; constants lie below all variables.
func (m *Manager) depth(f Ref) int32 {
	if f.constant() {
		return int32(len(m.level))
	}
	return m.level[m.nodes[f.node()].v]
}
