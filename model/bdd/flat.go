package bdd

// flat is a function laid out for passes over all of its nodes: children come before their parents, the constant False first. Refs are to
// places in the layout.
type flat struct {
	nodes []flatNode
	root  Ref
}

type flatNode struct {
	lo, hi Ref
	v      uint32
}

func (m *Manager) flatten(f Ref) flat {
	l := layout{m, make([]uint32, len(m.nodes)), make([]flatNode, 1)}
	return flat{root: l.ref(f), nodes: l.nodes}
}

type layout struct {
	*Manager
	place []uint32 // by node
	nodes []flatNode
}

// ref gives f in the layout.
func (l *layout) ref(f Ref) Ref {
	n := f.node()
	if n != 0 && l.place[n] == 0 {
		d := &l.Manager.nodes[n]
		lo, hi := l.ref(d.lo), l.ref(d.hi)
		l.place[n] = uint32(len(l.nodes))
		l.nodes = append(l.nodes, flatNode{lo, hi, d.v})
	}
	return Ref(l.place[n]<<1) | f.sign()
}
