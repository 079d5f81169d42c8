package model

// Structure is the order in which the nodes of a System can be evaluated:
// children before parents, and the nodes of a dependency cycle together.
type Structure struct {
	System *System
	// Components lists the nodes bottom up. One with several nodes, or with a
	// node that needs itself, is a cycle.
	Components [][]int
	// Component is the index in Components of each node.
	Component []int
	// Places lists for each part the leaves that stand for it.
	Places [][]int
	// Inside lists for each part those that go down with it: what is directly in
	// it, if it is a domain, and what it is a cause of.
	Inside [][]int
}

// NewStructure orders the nodes of s in time linear in their edges.
func NewStructure(s *System) *Structure {
	st := &Structure{System: s, Component: make([]int, len(s.Nodes)), Places: make([][]int, len(s.Parts)), Inside: make([][]int, len(s.Parts))}
	for i := range s.Nodes {
		if s.Nodes[i].Kind == Leaf {
			st.Places[s.Nodes[i].Part] = append(st.Places[s.Nodes[i].Part], i)
		}
	}
	for i := range s.Parts {
		if p := s.Parts[i].Place; p != None {
			st.Inside[p] = append(st.Inside[p], i)
		}
		for _, p := range s.Parts[i].Causes {
			st.Inside[p] = append(st.Inside[p], i)
		}
	}
	st.order()
	return st
}

// Cyclic says whether component c is a dependency cycle.
func (st *Structure) Cyclic(c int) bool {
	nodes := st.Components[c]
	if len(nodes) > 1 {
		return true
	}
	for _, child := range st.System.Nodes[nodes[0]].Children {
		if child == nodes[0] {
			return true
		}
	}
	for _, child := range st.System.Nodes[nodes[0]].Uses {
		if child == nodes[0] {
			return true
		}
	}
	return false
}

// tarjan finds strongly connected components (Tarjan 1972), without recursion
// since chains of services may be long.
type tarjan struct {
	st      *Structure
	index   []int // order of discovery, 0: not yet seen
	low     []int
	onStack []bool
	stack   []int
	count   int
}

// A frame is a node on the way down and what of its dependencies is left.
type frame struct {
	node int
	left []int
}

func (st *Structure) order() {
	n := len(st.System.Nodes)
	t := tarjan{st: st, index: make([]int, n), low: make([]int, n), onStack: make([]bool, n)}
	for i := range n {
		if t.index[i] == 0 {
			t.search(i)
		}
	}
}

func (t *tarjan) search(root int) {
	frames := []frame{t.enter(root)}
	for len(frames) > 0 {
		f := &frames[len(frames)-1]
		if len(f.left) > 0 {
			child := f.left[0]
			f.left = f.left[1:]
			if t.index[child] == 0 {
				frames = append(frames, t.enter(child))
			} else if t.onStack[child] {
				t.low[f.node] = min(t.low[f.node], t.index[child])
			}
			continue
		}
		done := f.node
		frames = frames[:len(frames)-1]
		if len(frames) > 0 {
			parent := frames[len(frames)-1].node
			t.low[parent] = min(t.low[parent], t.low[done])
		}
		if t.low[done] == t.index[done] {
			t.close(done)
		}
	}
}

func (t *tarjan) enter(node int) frame {
	t.count++
	t.index[node], t.low[node] = t.count, t.count
	t.onStack[node] = true
	t.stack = append(t.stack, node)
	return frame{node, t.st.System.dependencies(node)}
}

func (t *tarjan) close(root int) {
	var component []int
	for {
		node := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[node] = false
		t.st.Component[node] = len(t.st.Components)
		component = append(component, node)
		if node == root {
			break
		}
	}
	t.st.Components = append(t.st.Components, component)
}
