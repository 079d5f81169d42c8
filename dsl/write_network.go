package dsl

import (
	"slices"

	"nines/dsl/syntax"
	"nines/model"
)

// networks are the statements of the networks and of what listens on them.
func (w *writer) networks() []syntax.Statement {
	var list []syntax.Statement
	for i := range w.system.Networks {
		list = append(list, w.network(&w.system.Networks[i], w.nets[i]))
	}
	for i, d := range w.system.Detectors {
		list = append(list, &syntax.Detector{
			Name: name(w.watches[i]), Heartbeat: period(d.Heartbeat), Timeout: period(d.Timeout), Over: name(w.nets[d.Network]),
		})
	}
	return list
}

// detector is the name by which one is known now.
func (w *writer) detector(called string) *syntax.Name {
	i := slices.IndexFunc(w.system.Detectors, func(d model.Detector) bool { return d.Name == called })
	return name(w.watches[i])
}

func (w *writer) network(n *model.Network, called string) syntax.Statement {
	s := &syntax.Network{Name: name(called)}
	add := func(c syntax.Clause) { s.Clauses = append(s.Clauses, c) }
	nodes, _ := w.refs(w.partsOf(n.Nodes))
	add(&syntax.Nodes{Items: nodes})
	for _, l := range n.Links {
		add(&syntax.Link{From: w.end(n, l.From), To: w.end(n, l.To), Clauses: w.behaviours(&w.system.Parts[w.system.Nodes[l.Leaf].Part])})
	}
	for _, c := range n.Partitions {
		m := w.mode(&w.system.Parts[c.Part].Modes[0], n.Name)
		add(&syntax.Partition{Node: w.end(n, c.Node), Every: m.Every, Repair: m.Repair})
	}
	if n.Delay != nil {
		add(&syntax.Delay{Law: w.time(n.Delay, n.Pos, n.Name)})
	}
	if n.Loss.P > 0 {
		add(&syntax.Loss{Share: fraction(n.Loss)})
	}
	if n.Timing != model.Asynchronous {
		t := &syntax.Timing{Model: n.Timing.String()}
		if n.Bound > 0 {
			t.Bound = period(n.Bound)
		}
		add(t)
	}
	return s
}

// end names a node of a network.
func (w *writer) end(n *model.Network, node int) *syntax.Ref {
	return w.part(w.system.Nodes[n.Nodes[node]].Part)
}

// partsOf lists those of some leaves.
func (w *writer) partsOf(leaves []int) []int {
	parts := make([]int, len(leaves))
	for i, leaf := range leaves {
		parts[i] = w.system.Nodes[leaf].Part
	}
	return parts
}

// connected is the structure of parts that a network joins.
func (w *writer) connected(n *model.Node) syntax.Expr {
	x := &syntax.Connected{Over: name(w.nets[n.Over.Network])}
	if !slices.Equal(n.Children, w.system.Networks[n.Over.Network].Nodes) {
		for _, part := range w.partsOf(n.Children) {
			x.Nodes = append(x.Nodes, w.part(part))
		}
	}
	return x
}

// call is the clause of what a service asks over a network.
func (w *writer) call(n *model.Node) syntax.Clause {
	c := &syntax.Calls{X: w.expr(n.Children[0]), Over: name(w.nets[n.Call.Network])}
	if n.Call.Retry > 0 {
		c.Retry = count(n.Call.Retry)
	}
	return c
}
