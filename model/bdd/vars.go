package bdd

// group is a run of variables, consecutive in number and in level, that moves as one.
type group struct {
	first, size int32
}

// Var adds a variable below all others and returns it as a function. Variables are numbered 0, 1, 2, ... as they
// are made and keep their number when reordering moves their level.
func (m *Manager) Var() Ref { return m.Group(1)[0] }

// Group adds n variables that stay adjacent and in this order.
func (m *Manager) Group(n int) []Ref {
	first := len(m.level)
	refs := make([]Ref, n)
	for i := range refs {
		v := int32(first + i)
		m.varAt, m.level = append(m.varAt, v), append(m.level, v)
		m.groups = append(m.groups, group{int32(first), int32(n)})
		m.tables = append(m.tables, table{buckets: make([]uint32, leastBuckets)})
		refs[i] = m.mk(uint32(v), False, True)
	}
	return refs
}

// Vars returns the number of variables.
func (m *Manager) Vars() int { return len(m.level) }

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
