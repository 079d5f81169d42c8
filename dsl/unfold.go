package dsl

import (
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// maxNesting is how deep a structure is nested before a part of it gets a name
// of its own.
const maxNesting = 5

// isGroup says whether a node is a group of components.
func isGroup(k model.NodeKind) bool {
	switch k {
	case model.Pool, model.Quorum, model.Vote, model.BFT, model.Standby:
		return true
	}
	return false
}

// survey lists what the targets need and finds out which nodes get a name.
func (w *writer) survey() {
	seen := make([]bool, len(w.system.Nodes))
	for i, t := range w.system.Targets {
		w.visit(t.Node, seen)
		w.needs[t.Node]++
		if _, taken := w.owner[t.Node]; !taken && w.system.Nodes[t.Node].Kind != model.Leaf && !isGroup(w.system.Nodes[t.Node].Kind) {
			w.owner[t.Node] = i
		}
	}
	for node := range w.system.Nodes {
		if n := &w.system.Nodes[node]; isGroup(n.Kind) && n.Name != "" {
			w.visit(node, seen)
		}
	}
}

// visit appends a node to the order, after what it needs.
func (w *writer) visit(node int, seen []bool) {
	if seen[node] {
		return
	}
	seen[node] = true
	n := &w.system.Nodes[node]
	for _, child := range slices.Concat(n.Children, n.Uses) {
		w.visit(child, seen)
		w.needs[child]++
	}
	w.order = append(w.order, node)
}

// named says which nodes get a name, by how deep the structure is that would
// stand in their place.
func (w *writer) named() []bool {
	is, depth := make([]bool, len(w.system.Nodes)), make([]int, len(w.system.Nodes))
	own := w.ownPools()
	for _, node := range w.order {
		n := &w.system.Nodes[node]
		for _, child := range n.Children {
			depth[node] = max(depth[node], depth[child]+1)
		}
		_, target := w.owner[node]
		_, half := w.halves[node]
		is[node] = n.Kind != model.Leaf && !own[node] && !half && n.Kind != model.Called && (target || isGroup(n.Kind) || n.Kind == model.Service || w.needs[node] > 1 || depth[node] >= maxNesting)
		if is[node] || n.Kind == model.Leaf {
			depth[node] = 0
		}
	}
	return is
}

// ownPools marks those that services run themselves.
func (w *writer) ownPools() []bool {
	own := make([]bool, len(w.system.Nodes))
	for _, node := range w.order {
		if n := &w.system.Nodes[node]; n.Kind == model.Service {
			if pool := w.instances(n); pool != model.None {
				own[pool] = true
			}
		}
	}
	return own
}

// instances is the pool of a service's own instances, or None.
func (w *writer) instances(n *model.Node) int {
	for _, child := range n.Children {
		if c := &w.system.Nodes[child]; c.Kind == model.Pool && c.Name == "" && w.needs[child] == 1 {
			return child
		}
	}
	return model.None
}

// nameAll names everything that has a statement.
func (w *writer) nameAll() {
	s := w.system
	var labels []label
	for i, t := range s.Targets {
		if owner, owns := w.owner[t.Node]; owns && owner == i {
			labels = append(labels, w.nodeLabel(t.Node, t.Name, t.Title))
		}
	}
	is := w.named()
	for _, node := range slices.Backward(w.order) {
		if _, target := w.owner[node]; is[node] && !target {
			labels = append(labels, w.nodeLabel(node, s.Nodes[node].Name, s.Nodes[node].Title))
		}
	}
	for i := range w.runs {
		r, p := &w.runs[i], &s.Parts[w.runs[i].first]
		if unnamed(p.Kind) {
			continue
		}
		want := p.Name
		if r.array {
			want = r.name
		}
		labels = append(labels, label{want, func(name string) { r.name, r.title = name, titled(p.Title, want, name) }})
	}
	w.crews = make([]string, len(s.Crews))
	for i := range s.Crews {
		labels = append(labels, label{s.Crews[i].Name, func(name string) { w.crews[i] = name }})
	}
	w.nets = make([]string, len(s.Networks))
	for i := range s.Networks {
		labels = append(labels, label{s.Networks[i].Name, func(name string) { w.nets[i] = name }})
	}
	w.watches = make([]string, len(s.Detectors))
	for i := range s.Detectors {
		labels = append(labels, label{s.Detectors[i].Name, func(name string) { w.watches[i] = name }})
	}
	w.names = map[int]string{}
	w.given = naming{}
	w.given.give(labels)
}

func (w *writer) nodeLabel(node int, want, title string) label {
	return label{want, func(name string) { w.names[node], w.titles[node] = name, titled(title, want, name) }}
}

// titled is the title of what was called was: that, if it has none and its new
// name does not say the same.
func titled(title, was, name string) string {
	if title == "" && name != strings.ReplaceAll(was, ".", "-") {
		title = was
	}
	return oneLine(title)
}

// expr is the structure of a node where another needs it.
func (w *writer) expr(node int) syntax.Expr {
	n := &w.system.Nodes[node]
	h, half := w.halves[node]
	switch {
	case half:
		return w.half(h)
	case w.names[node] != "":
		return reference(w.names[node])
	case n.Kind == model.Leaf:
		return w.leaf(n)
	}
	return w.form(node)
}

func (w *writer) leaf(n *model.Node) *syntax.Ref {
	p := &w.system.Parts[n.Part]
	if p.Kind == model.Itself {
		w.refuse(p.Pos, "the failures of service %s itself are needed elsewhere, and have no name", p.Name)
		return reference(p.Name)
	}
	return w.part(n.Part)
}

// form is the structure of a node itself.
func (w *writer) form(node int) syntax.Expr {
	n := &w.system.Nodes[node]
	switch n.Kind {
	case model.Series, model.AtLeast:
		return w.some(n)
	case model.Else:
		e := &syntax.Else{X: bracketed(w.expr(n.Children[0])), Y: bracketed(w.expr(n.Children[1]))}
		if n.Covers.Q != 0 {
			e.Covers = fraction(n.Covers)
		}
		return e
	case model.Not:
		return &syntax.Not{X: w.expr(n.Children[0])}
	case model.Connected:
		return w.connected(n)
	case model.Mix:
		m, list := &syntax.Mix{}, make([]float64, len(n.Shares))
		for i := range n.Shares {
			list[i] = n.Shares[i].P
		}
		for i, p := range shares(list) {
			m.Branches = append(m.Branches, &syntax.Branch{Share: p, X: w.expr(n.Children[i])})
		}
		return m
	}
	w.refuse(n.Pos, "%s cannot be written yet", n.Name)
	return reference("unknown")
}

// bracketed puts a fallback within a fallback into parentheses.
func bracketed(x syntax.Expr) syntax.Expr {
	if e, ok := x.(*syntax.Else); ok {
		return &syntax.ParenExpr{X: e}
	}
	return x
}

// some is the structure of which all, any or so many must answer. That all of
// several must is the same as a series of them.
func (w *writer) some(n *model.Node) syntax.Expr {
	items, array := w.items(n.Children)
	k, all := n.K, n.Kind == model.Series || n.K == len(n.Children)
	switch {
	case len(n.Children) == 0 || n.Kind == model.AtLeast && (k < 1 || k > len(n.Children)):
		w.refuse(n.Pos, "%d of %d in %s can never or always be, and a structure cannot say so", k, len(n.Children), n.Name)
		return reference("unknown")
	case array && all:
		return &syntax.Members{Word: "all", Part: items[0].(*syntax.Ref)}
	case array && k == 1:
		return &syntax.Members{Word: "any", Part: items[0].(*syntax.Ref)}
	case array:
		return &syntax.Members{K: count(k), Part: items[0].(*syntax.Ref)}
	case len(items) == 1:
		return items[0]
	case all:
		return &syntax.Series{Items: items}
	case k == 1:
		return &syntax.Parallel{Items: items}
	}
	return &syntax.Members{K: count(k), List: items}
}

// items lists the structures of nodes; array says that they are the members of
// one array, which the only item names.
func (w *writer) items(nodes []int) (items []syntax.Expr, array bool) {
	for i := 0; i < len(nodes); {
		parts := w.leaves(nodes[i:])
		if len(parts) == 0 {
			items = append(items, w.expr(nodes[i]))
			i++
			continue
		}
		refs, whole := w.refs(parts)
		for _, ref := range refs {
			items = append(items, ref)
		}
		array = whole && len(parts) == len(nodes)
		i += len(parts)
	}
	return items, array
}

// leaves lists the parts of the leaves that nodes start with.
func (w *writer) leaves(nodes []int) []int {
	var parts []int
	for _, node := range nodes {
		n := &w.system.Nodes[node]
		if n.Kind != model.Leaf || w.system.Parts[n.Part].Kind == model.Itself {
			break
		}
		parts = append(parts, n.Part)
	}
	return parts
}
