package dsl

import (
	"slices"
	"strings"

	"nines/model"
)

// cycles checks the dependency cycles of a system that has no mistakes so far:
// systems that need each other alone mean nothing, a `not` on a cycle has no
// fixed point, and services that need each other deserve a warning.
func (b *builder) cycles() {
	if b.emptyCycle() {
		return
	}
	st := model.NewStructure(hard(b.sys, func(*model.Node) bool { return true }))
	for c := range slices.Backward(st.Components) {
		if !st.Cyclic(c) {
			continue
		}
		b.cycle(st, c)
	}
}

// hard is the system with the hard dependencies of the nodes that keep them.
func hard(sys *model.System, keeps func(*model.Node) bool) *model.System {
	s := &model.System{Parts: sys.Parts, Networks: sys.Networks, Nodes: slices.Clone(sys.Nodes)}
	for i := range s.Nodes {
		n := &s.Nodes[i]
		n.Uses = nil
		if !keeps(n) {
			n.Children = nil
		}
	}
	return s
}

// emptyCycle refuses a cycle without a service.
func (b *builder) emptyCycle() bool {
	st := model.NewStructure(hard(b.sys, func(n *model.Node) bool { return n.Kind != model.Service }))
	found := false
	for c, nodes := range st.Components {
		if st.Cyclic(c) {
			path := b.circleOf(st, c, slices.Min(nodes))
			first := b.sys.Nodes[path[0]]
			b.report.atPos("E053", first.Pos, "system `%s` stands for itself: %s", first.Name, b.route(path, " -> ")).
				help("a cycle must lead through a service")
			found = true
		}
	}
	return found
}

// cycle reports one cycle through services.
func (b *builder) cycle(st *model.Structure, c int) {
	nodes := slices.Sorted(slices.Values(st.Components[c]))
	for _, node := range nodes {
		if b.sys.Nodes[node].Kind == model.Not {
			b.report.atPos("E054", b.sys.Nodes[node].Pos, "`not` lies on a dependency cycle, which has no meaning").
				help("take the cycle apart, or write without `not`")
			return
		}
	}
	for _, node := range nodes {
		if b.sys.Nodes[node].Kind == model.Service {
			path := b.circleOf(st, c, node)
			b.report.atPos("W104", b.sys.Nodes[node].Pos, "services need each other: %s", b.route(path, " -> ")).
				help("after a full outage none of them can start first; make one need soft (`uses`), or start from a cache")
			return
		}
	}
}

// circleOf is a shortest path from a node of component c back to itself, by
// breadth first search.
func (b *builder) circleOf(st *model.Structure, c, start int) []int {
	from := map[int]int{}
	queue := []int{start}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, child := range st.System.Nodes[node].Children {
			if st.Component[child] != c {
				continue
			}
			if child == start {
				return trace(from, start, node)
			}
			if _, seen := from[child]; !seen {
				from[child] = node
				queue = append(queue, child)
			}
		}
	}
	return []int{start}
}

// trace follows from back from node to start and gives the way there.
func trace(from map[int]int, start, node int) []int {
	path := []int{node}
	for node != start {
		node = from[node]
		path = append(path, node)
	}
	slices.Reverse(path)
	return path
}

// route writes the named nodes of a circle, which ends where it starts.
func (b *builder) route(path []int, between string) string {
	var names []string
	for _, node := range append(slices.Clone(path), path[0]) {
		if name := b.sys.Nodes[node].Name; name != "" {
			names = append(names, name)
		}
	}
	const most = 12
	if len(names) > most {
		names = append(append(names[:most-2:most-2], "..."), names[len(names)-1])
	}
	return strings.Join(names, between)
}
