package bdd

import (
	"cmp"
	"slices"
)

// fewNodes is how many variables there are for each node where it is quicker to sort nodes than to count those of each level.
const fewNodes = 16

// Size returns the number of nodes that functions have together, the constant not counted.
func (m *Manager) Size(fs ...Ref) int { return len(m.reachable(fs...)) }

// Widths returns the number of their nodes by variable.
func (m *Manager) Widths(fs ...Ref) []int {
	widths := make([]int, m.Vars())
	for _, n := range m.reachable(fs...) {
		widths[m.nodes[n].v]++
	}
	return widths
}

// Support returns the variables that functions depend on, in the order of their levels.
func (m *Manager) Support(fs ...Ref) []int {
	var support []int
	for _, n := range m.reachable(fs...) {
		if v := int(m.nodes[n].v); len(support) == 0 || support[len(support)-1] != v {
			support = append(support, v)
		}
	}
	return support
}

// reachable returns the nodes of functions from the top level to the bottom.
func (m *Manager) reachable(fs ...Ref) []uint32 {
	var found []uint32
	for _, f := range fs {
		found = m.visit(f.node(), found)
	}
	for _, n := range found {
		m.unmark(n)
	}
	level := func(n uint32) int32 { return m.level[m.nodes[n].v] }
	if len(found) < m.Vars()/fewNodes {
		slices.SortStableFunc(found, func(a, b uint32) int { return cmp.Compare(level(a), level(b)) })
		return found
	}
	start := make([]int, m.Vars()+1) // of each level in the result
	for _, n := range found {
		start[level(n)+1]++
	}
	for l := 1; l < len(start); l++ {
		start[l] += start[l-1]
	}
	sorted := make([]uint32, len(found))
	for _, n := range found {
		l := level(n)
		sorted[start[l]] = n
		start[l]++
	}
	return sorted
}

// visit marks the nodes from n downwards that have no mark yet and adds them to found.
func (m *Manager) visit(n uint32, found []uint32) []uint32 {
	for n != 0 && m.mark(n) {
		found = append(found, n)
		d := &m.nodes[n]
		found = m.visit(d.lo.node(), found)
		n = d.hi.node()
	}
	return found
}

// mark reports whether n had no mark, and marks it.
func (m *Manager) mark(n uint32) bool {
	if int(n>>6) >= len(m.marks) {
		marks := make([]uint64, cap(m.nodes)>>6+1)
		copy(marks, m.marks)
		m.marks = marks
	}
	w, bit := &m.marks[n>>6], uint64(1)<<(n&63)
	old := *w
	*w |= bit
	return old&bit == 0
}

func (m *Manager) marked(n uint32) bool {
	return int(n>>6) < len(m.marks) && m.marks[n>>6]>>(n&63)&1 != 0
}

func (m *Manager) unmark(n uint32) { m.marks[n>>6] &^= 1 << (n & 63) }
