package bdd

import "slices"

// Alike says which cases of the groups f tells apart: for each of the Cases of a group that f depends on the first one of the same effect
// on f, whatever the other variables are. Groups go by their first variable; nil where f does not depend on one.
func (m *Manager) Alike(f Ref) [][]int {
	classes := make([][]int, m.Vars())
	nodes := m.reachable(f)
	entered := m.entered(f, nodes)
	var left []Ref
	for _, n := range nodes {
		if !entered[n] {
			continue
		}
		g := m.groups[m.nodes[n].v]
		left = m.Cases(Ref(n<<1), int(g.first), int(g.size), left)
		if classes[g.first] == nil {
			classes[g.first] = make([]int, len(left))
		}
		refine(classes[g.first], left)
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

// refine separates the cases of a class that leave different functions.
func refine(class []int, left []Ref) {
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
