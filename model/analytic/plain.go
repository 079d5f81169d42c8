package analytic

import (
	"nines/model"
	"nines/model/bdd"
)

// A plain region is the part of a structure that is a circuit of its parts.
// Of its nodes only those that something else looks at get answers: targets,
// and what nodes outside the region need.
type plain struct {
	*circuit
	literals []literal // by node
	nodes    []int     // those looked at, bottom up
	inside   []bool    // by node: in the region
	whole    bool      // it has all targets
}

// newPlain finds the region below targets and simplifies it. reached says of
// each node whether it lies below them.
func newPlain(st *model.Structure, targets []model.Target, reached []bool) *plain {
	n := len(st.System.Nodes)
	p := &plain{circuit: newCircuit(), literals: make([]literal, n), inside: make([]bool, n), whole: true}
	for c, nodes := range st.Components {
		if node := nodes[0]; reached[node] && !st.Cyclic(c) {
			p.take(st.System, node)
		}
	}
	seen := make([]bool, n)
	for _, t := range targets {
		seen[t.Node] = true
		p.whole = p.whole && p.inside[t.Node]
	}
	for i := range st.System.Nodes {
		if reached[i] && !p.inside[i] {
			for _, child := range st.System.Nodes[i].Children {
				seen[child] = true
			}
			for _, child := range st.System.Nodes[i].Uses {
				seen[child] = true
			}
		}
	}
	for _, nodes := range st.Components {
		if node := nodes[0]; seen[node] && p.inside[node] {
			p.nodes = append(p.nodes, node)
		}
	}
	p.simplify()
	return p
}

// take translates a node whose answer is a function of parts that are never
// wrong, if its rule is one of a circuit and its children are in the region.
func (p *plain) take(sys *model.System, node int) {
	n := &sys.Nodes[node]
	if n.Loads != nil {
		return
	}
	switch n.Kind {
	case model.Leaf:
		for i := range sys.Parts[n.Part].Automaton.States {
			if sys.Parts[n.Part].Automaton.States[i].Condition == model.Wrong {
				return
			}
		}
	case model.Series, model.AtLeast, model.Not:
	case model.Service:
		if len(n.Uses) > 0 || n.Deploys != model.None {
			return
		}
	default:
		return
	}
	children := make([]literal, len(n.Children))
	for i, child := range n.Children {
		if !p.inside[child] {
			return
		}
		children[i] = p.literals[child]
	}
	p.inside[node], p.literals[node] = true, p.node(n, children)
}

const mostRounds = 20 // keeps the time linear in the edges

// simplify builds the circuit again until that takes nothing more from it.
func (p *plain) simplify() {
	roots := p.roots()
	for range mostRounds {
		edges := p.edges(roots)
		p.circuit, roots = p.refined(roots)
		if p.edges(roots) >= edges {
			break
		}
	}
	for i, node := range p.nodes {
		p.literals[node] = roots[i]
	}
}

func (p *plain) roots() []literal {
	roots := make([]literal, len(p.nodes))
	for i, node := range p.nodes {
		roots[i] = p.literals[node]
	}
	return roots
}

// solve works out the answers of the nodes looked at: from the diagram of the
// pieces if there is one, else gate by gate.
func (d *diagram) solve() {
	d.m.Keep()
	var functions []bdd.Ref
	if d.apart != nil {
		functions = d.apart.compose(d.m, d.answering)
	} else {
		functions = d.plain.solve(d.m, d.plain.roots(), d.answering)
	}
	d.m.Protect(functions...)
	d.m.Collect()
	for i, node := range d.plain.nodes {
		d.answers[node].ok = functions[i]
	}
}

// answering is whether a part answers.
func (d *diagram) answering(part int) bdd.Ref {
	return d.m.Or(d.views[part].up, d.views[part].stale)
}
