package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// network is what is known of a network.
type network struct {
	known  bool        // nodes are all that it has
	index  int         // of System.Networks
	nodes  map[int]int // number of each part
	leaves []int       // of the nodes
}

// at is the number of the node that a part is, or is in, None without.
func (n *network) at(sys *model.System, part int) int {
	for ; part != model.None; part = sys.Parts[part].Place {
		if i, ok := n.nodes[part]; ok {
			return i
		}
	}
	return model.None
}

// networks reads the networks of the file.
func (b *builder) readNetworks() {
	for _, sym := range b.order {
		if s, ok := sym.decl.(*syntax.Network); ok {
			b.readNetwork(sym, s)
		}
	}
}

func (b *builder) readNetwork(sym *symbol, s *syntax.Network) {
	net := b.nets[sym]
	nodes := clause[*syntax.Nodes](s.Clauses)
	if nodes == nil {
		joins := clause[*syntax.Link](s.Clauses) != nil || clause[*syntax.Partition](s.Clauses) != nil
		if net.known = len(s.Clauses) > 0 && !joins; !net.known && !b.report.damaged(s.Span) {
			b.unjoined(sym, s.Name)
		}
		return
	}
	net.known = true
	for _, ref := range nodes.Items {
		parts, good := b.joined(ref)
		net.known = net.known && good
		for _, part := range parts {
			if _, twice := net.nodes[part]; !twice {
				net.nodes[part] = len(net.leaves)
				net.leaves = append(net.leaves, b.leaf(part, ref))
			}
		}
	}
	b.sys.Networks[net.index].Nodes = net.leaves
	for _, c := range s.Clauses {
		b.networkClause(sym, c)
	}
	for _, c := range s.Clauses {
		if c, ok := c.(*syntax.Partition); ok {
			b.partition(sym, c)
		}
	}
}

// unjoined tells that a network joins nothing. One that only loses and delays
// messages need not.
func (b *builder) unjoined(sym *symbol, at syntax.Node) {
	b.report.report("E056", at.Extent(), "network `%s` without `nodes`", sym.name.Text).help("say what it joins, as in `nodes zone`")
}

// joined lists the parts that an entry of `nodes` stands for.
func (b *builder) joined(ref *syntax.Ref) ([]int, bool) {
	t, ok := b.resolve(ref)
	if !ok {
		return nil, false
	}
	t.symbol.holds = true
	if t.node != model.None {
		b.report.report("E022", ref.Span, "a network joins domains or components, got the %s `%s`", t.symbol.kind, refText(ref)).second(b.declared(t.symbol))
		return nil, false
	}
	return b.parts(t, ref)
}

// networkClause reads a link.
func (b *builder) networkClause(sym *symbol, c syntax.Clause) {
	switch c := c.(type) {
	case *syntax.Nodes:
		if c != clause[*syntax.Nodes](sym.decl.(*syntax.Network).Clauses) {
			b.report.report("E055", c.Span, "network `%s` has a second `nodes`", sym.name.Text).help("list all of them in one")
		}
	case *syntax.Link:
		b.link(sym, c)
	}
}

// link makes the part of a link.
func (b *builder) link(sym *symbol, c *syntax.Link) {
	name := refText(c.From) + " - " + refText(c.To)
	proto, ok := b.prototype(host{linkKind, name, c.Span, c.Span}, c.Clauses)
	_, from, good := b.end(sym, c.From)
	_, to, fine := b.end(sym, c.To)
	if !ok || !good || !fine || from == model.None || to == model.None {
		return
	}
	if from == to {
		b.report.report("E081", c.To.Span, "a link joins two nodes, got both ends in one").help("name two nodes of the network")
		return
	}
	parts, ok := b.makeParts(1, c, func(int) model.Part { return model.Part{Name: name, Kind: model.Wire, Pos: b.report.pos(c.Span)} })
	if !ok {
		return
	}
	proto.behaves(&b.sys.Parts[parts.first])
	net := &b.sys.Networks[b.nets[sym].index]
	net.Links = append(net.Links, model.Link{Leaf: b.leaf(parts.first, c), From: from, To: to})
}

// partition makes what cuts all links of a node.
func (b *builder) partition(sym *symbol, c *syntax.Partition) {
	_, at, ok := b.end(sym, c.Node)
	m := model.Mode{Loses: model.ProbOf(0), Pos: b.report.pos(c.Span)}
	switch {
	case c.Every != nil:
		law, good := b.time(c.Every, "every", lasting)
		m.Every, ok = law, ok && good
	case c.At != nil:
		law, good := b.frequency(c.At, "at")
		m.Every, ok = law, ok && good
	}
	if c.Repair != nil {
		law, good := b.time(c.Repair, "repair", lasting)
		m.Repair, ok = law, ok && good
	}
	if !ok || at == model.None || m.Every == nil {
		return
	}
	parts, ok := b.makeParts(1, c, func(int) model.Part { return model.Part{Name: refText(c.Node), Kind: model.Partition, Pos: m.Pos} })
	if !ok {
		return
	}
	p := &b.sys.Parts[parts.first]
	p.Modes = []model.Mode{m}
	p.Automaton = model.NewAutomaton(p.Modes)
	net := &b.sys.Networks[b.nets[sym].index]
	net.Partitions = append(net.Partitions, model.Cutoff{Part: parts.first, Node: at})
	for _, l := range net.Links {
		if l.From == at || l.To == at {
			link := &b.sys.Parts[b.sys.Nodes[l.Leaf].Part]
			link.Causes = append(link.Causes, parts.first)
		}
	}
}

// end is the leaf of the part that a link, partition or path ends at, and the
// number of the node of the network that the part is, or is in.
func (b *builder) end(sym *symbol, ref *syntax.Ref) (leaf, at int, ok bool) {
	leaf, ok = b.one(ref)
	if !ok || b.sys.Nodes[leaf].Kind != model.Leaf && b.notAPart(ref) {
		return leaf, model.None, false
	}
	if !b.nets[sym].known {
		return leaf, model.None, true
	}
	if at = b.nets[sym].at(b.sys, b.sys.Nodes[leaf].Part); at != model.None {
		return leaf, at, true
	}
	b.report.report("E081", ref.Span, "`%s` is no node of network `%s`", refText(ref), sym.name.Text).
		second(b.declared(sym)).help("list it under `nodes`")
	return leaf, model.None, false
}

// notAPart refuses what is no part.
func (b *builder) notAPart(ref *syntax.Ref) bool {
	b.report.report("E022", ref.Span, "want a component or domain, got `%s`", refText(ref))
	return true
}

// network finds a network by its name.
func (b *builder) network(name *syntax.Name) (*symbol, bool) {
	sym := b.find(name.Text, name.Span, networkKind)
	if sym == nil {
		return nil, false
	}
	if sym.kind != networkKind {
		b.report.report("E022", name.Span, "want a network, got the %s `%s`", sym.kind, name.Text).second(b.declared(sym))
		return nil, false
	}
	return sym, true
}

// calls builds a need over a network.
func (b *builder) calls(sym *symbol, c *syntax.Calls) (int, bool) {
	asked, ok := b.child(c.X)
	call := &model.Call{}
	if c.Retry != nil {
		n, good := b.whole(c.Retry, "retry", bounds{0, maxParts})
		call.Retry, ok = n, ok && good
	}
	if c.Over == nil {
		b.report.report("E056", c.Span, "`calls` without `over`, the network").help("write `needs` where no network is meant")
		return model.None, false
	}
	rate, good := b.demand(c.Demand)
	net, known := b.network(c.Over)
	if !ok || !good || !known {
		return model.None, false
	}
	call.Network = b.nets[net].index
	n := blank(model.Called, asked)
	n.Call = call
	node := b.add(n, c)
	e := edge{sym.node, node}
	b.demands.needs[e] = append(b.demands.needs[e], rate)
	return node, true
}

// reaches builds the node of a path between two parts.
func (b *builder) reaches(x *syntax.Reaches) (model.Node, bool) {
	return b.joins(x.Over, []*syntax.Ref{x.From, x.To})
}

// connected builds the node of several nodes that must reach each other.
func (b *builder) connected(x *syntax.Connected) (model.Node, bool) {
	if x.Nodes != nil {
		return b.joins(x.Over, x.Nodes)
	}
	sym, ok := b.network(x.Over)
	if !ok {
		return model.Node{}, false
	}
	net := b.nets[sym]
	if len(net.leaves) == 0 {
		if net.known {
			b.unjoined(sym, x)
		}
		return model.Node{}, false
	}
	n := blank(model.Connected, net.leaves...)
	n.Over = &model.Over{Network: net.index}
	for i := range net.leaves {
		n.Over.At = append(n.Over.At, i)
	}
	return n, b.spend(len(net.leaves), x)
}

// joins builds the node of parts that a network must join.
func (b *builder) joins(over *syntax.Name, ends []*syntax.Ref) (model.Node, bool) {
	sym, ok := b.network(over)
	if !ok {
		return model.Node{}, false
	}
	n := blank(model.Connected)
	n.Over = &model.Over{Network: b.nets[sym].index}
	for _, ref := range ends {
		leaf, at, good := b.end(sym, ref)
		n.Children, n.Over.At, ok = append(n.Children, leaf), append(n.Over.At, at), ok && good
	}
	return n, ok
}

// overNetwork lets a quorum count only the members that a network joins. A
// minority could be in two pieces at once.
func (b *builder) overNetwork(n *model.Node, q *syntax.Quorum) bool {
	sym, ok := b.network(q.Over)
	if !ok {
		return false
	}
	if n.K < majority(len(n.Children)) {
		b.report.report("E085", q.Over.Span, "a quorum over a network is a majority, got %d of %d: two pieces could both have one", n.K, len(n.Children)).
			help("%d of %d is the majority", majority(len(n.Children)), len(n.Children))
		return false
	}
	net := b.nets[sym]
	n.Over = &model.Over{Network: net.index}
	for _, child := range n.Children {
		part := b.sys.Nodes[child].Part
		at := net.at(b.sys, part)
		if at == model.None && net.known {
			b.report.report("E081", q.Over.Span, "`%s` is in no node of network `%s`", b.sys.Parts[part].Name, sym.name.Text).
				second(b.declared(sym)).help("put the members into its nodes, as in `etcd x 3 in zone`")
			return false
		}
		n.Over.At = append(n.Over.At, at)
	}
	return net.known
}

// mostTries is how many tries of a call may come of one request before several
// services that retry are warned of: as many as three retries at one of them
// make.
const mostTries = 4

// amplified warns of calls that are multiplied by retries of several services.
func (b *builder) amplified() {
	chains := b.sys.Chains()
	for i, c := range chains {
		if c.Retrying > 1 && c.Most > mostTries && b.sys.Nodes[c.Call].Call.Retry > 0 {
			b.report.atPos("W131", b.sys.Nodes[c.Call].Pos, "retries multiply: %s makes up to %d tries of one request", b.sys.Route(chains, i), c.Most).
				help("retry in one place of the chain")
		}
	}
}
