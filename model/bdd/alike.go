package bdd

import "slices"

// Alike says which values of the groups f tells apart: for each code of a group that f depends on the first one of the same effect on f,
// whatever the other variables are. Groups go by their first variable; nil where f does not depend on one.
func (m *Manager) Alike(f Ref, codes func(group int) []uint64) [][]int {
	classes := make([][]int, m.Vars())
	nodes := m.reachable(f)
	entered := m.entered(f, nodes)
	for _, n := range nodes {
		group := int(m.groups[m.nodes[n].v].first)
		if !entered[n] {
			continue
		}
		list := codes(group)
		if classes[group] == nil {
			classes[group] = make([]int, len(list))
		}
		m.refine(classes[group], Ref(n<<1), group, list)
	}
	return classes
}

// entered marks the nodes that are met from another group, or first.
func (m *Manager) entered(f Ref, nodes []uint32) []bool {
	marked := make([]bool, len(m.nodes))
	marked[f.node()] = true
	for _, n := range nodes {
		d := &m.nodes[n]
		for _, child := range [...]Ref{d.lo, d.hi} {
			if !child.constant() && m.groups[m.nodes[child.node()].v] != m.groups[d.v] {
				marked[child.node()] = true
			}
		}
	}
	return marked
}

// refine separates the values of a class under which f is not the same.
func (m *Manager) refine(class []int, f Ref, group int, codes []uint64) {
	left := make([]Ref, len(codes))
	for i, code := range codes {
		left[i] = m.Follow(f, group, code)
	}
	old := slices.Clone(class)
	for i := range class {
		for j := range i + 1 {
			if old[j] == old[i] && left[j] == left[i] {
				class[i] = j
				break
			}
		}
	}
}
