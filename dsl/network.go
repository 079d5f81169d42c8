package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// network is what is known of a network before its nodes are asked for.
type network struct {
	known bool         // nodes are all that it has
	nodes map[int]bool // parts
	list  []int        // the same in order
	bound float64      // of the delay, s; 0: none is known
}

// networks reads the networks of the file.
func (b *builder) readNetworks() {
	for _, sym := range b.order {
		if s, ok := sym.decl.(*syntax.Network); ok {
			b.later("network "+sym.name.Text, s)
			b.readNetwork(sym, s)
		}
	}
	for _, sym := range b.order {
		if d, ok := sym.decl.(*syntax.Detector); ok {
			b.later("detector "+sym.name.Text, d)
			b.keeps(d)
		}
	}
}

func (b *builder) readNetwork(sym *symbol, s *syntax.Network) {
	net := &network{nodes: map[int]bool{}}
	b.nets[sym] = net
	nodes := clause[*syntax.Nodes](s.Clauses)
	if nodes == nil {
		if !b.report.damaged(s.Span) {
			b.report.report("E056", s.Name.Span, "network `%s` without `nodes`", s.Name.Text).help("say what it joins, as in `nodes zone`")
		}
		return
	}
	net.known = true
	for _, ref := range nodes.Items {
		parts, good := b.joined(ref)
		net.known = net.known && good
		for _, part := range parts {
			if !net.nodes[part] {
				net.nodes[part] = true
				net.list = append(net.list, part)
			}
		}
	}
	for _, c := range s.Clauses {
		b.networkClause(sym, c)
	}
	b.timing(net, s)
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

// networkClause checks a link or partition.
func (b *builder) networkClause(sym *symbol, c syntax.Clause) {
	switch c := c.(type) {
	case *syntax.Nodes:
		if c != clause[*syntax.Nodes](sym.decl.(*syntax.Network).Clauses) {
			b.report.report("E055", c.Span, "network `%s` has a second `nodes`", sym.name.Text).help("list all of them in one")
		}
	case *syntax.Link:
		for _, end := range []*syntax.Ref{c.From, c.To} {
			b.end(sym, end)
		}
		b.prototype(host{linkKind, refText(c.From) + " - " + refText(c.To), c.Span, c.Span}, c.Clauses)
	case *syntax.Partition:
		b.end(sym, c.Node)
		if c.Every != nil {
			b.time(c.Every, "every", lasting)
		}
		if c.At != nil {
			b.frequency(c.At, "at")
		}
		if c.Repair != nil {
			b.time(c.Repair, "repair", lasting)
		}
	}
}

// end is the part that a link, partition or path ends at: a node of the
// network, or something in one.
func (b *builder) end(sym *symbol, ref *syntax.Ref) (int, bool) {
	node, ok := b.one(ref)
	if !ok {
		return node, false
	}
	if !b.nets[sym].known {
		return node, true
	}
	part := b.sys.Nodes[node].Part
	for at := part; at != model.None; at = b.sys.Parts[at].Place {
		if b.nets[sym].nodes[at] {
			return node, true
		}
	}
	b.report.report("E081", ref.Span, "`%s` is no node of network `%s`", refText(ref), sym.name.Text).
		second(b.declared(sym)).help("list it under `nodes`")
	return node, false
}

// timing checks what is said of the delays of a network.
func (b *builder) timing(net *network, s *syntax.Network) {
	var delay dist.Law
	lossy := false
	for _, c := range s.Clauses {
		switch c := c.(type) {
		case *syntax.Delay:
			delay, _ = b.time(c.Law, "delay", maybe0)
		case *syntax.Loss:
			p, ok := b.probability(c.Share, "loss")
			lossy = ok && p.P > 0
		}
	}
	t := clause[*syntax.Timing](s.Clauses)
	if t == nil || t.Bound == nil {
		return
	}
	bound, ok := b.positive(t.Bound, "the bound", duration)
	if !ok || t.Model != "synchronous" {
		return
	}
	net.bound = bound
	if lossy {
		b.report.report("E082", t.Span, "a synchronous network loses nothing, got `loss`").help("say `asynchronous`, or leave `loss` out")
	}
	if delay != nil && delay.Survival(bound) > 0 {
		b.report.report("E082", t.Span, "the delay of a synchronous network is never above its bound, got one that can be").
			help("say `asynchronous`, or a delay such as `uniform(1ms, 20ms)`")
	}
}

// detection is the law of each detector: the time-out and what is left of the
// heartbeat's period.
func (v *values) detections() {
	for _, sym := range v.order {
		d, ok := sym.decl.(*syntax.Detector)
		if !ok || d.Heartbeat == nil || d.Timeout == nil {
			continue
		}
		heartbeat, ok := v.positive(d.Heartbeat, "heartbeat", duration)
		timeout, good := v.positive(d.Timeout, "timeout", duration)
		if !ok || !good {
			continue
		}
		if law, ok := v.built(dist.NewUniform(timeout, timeout+heartbeat))(d); ok {
			v.detectors[sym] = law
		}
	}
}

// keeps checks a detector against its network.
func (b *builder) keeps(d *syntax.Detector) {
	if d.Over == nil || d.Timeout == nil {
		return
	}
	sym, ok := b.network(d.Over)
	if !ok {
		return
	}
	law := b.detectors[b.symbols[d.Name.Text]]
	if u, ok := law.(dist.Uniform); ok && u.Low < b.nets[sym].bound {
		b.report.report("E082", d.Timeout.Extent(), "the time-out must be at least the bound of network `%s`", d.Over.Text).second(b.declared(sym))
	}
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
	b.later("calls in service "+sym.name.Text, c)
	node, ok := b.child(c.X)
	if c.Retry != nil {
		_, good := b.whole(c.Retry, "retry", bounds{0, maxParts})
		ok = ok && good
	}
	if c.Demand != nil {
		_, good := b.demand(c.Demand)
		ok = ok && good
	}
	if c.Over == nil {
		b.report.report("E056", c.Span, "`calls` without `over`, the network").help("write `needs` where no network is meant")
		return model.None, false
	}
	_, good := b.network(c.Over)
	return b.add(blank(model.Missing, node), c), ok && good
}

// reaches builds the node of a path between two parts.
func (b *builder) reaches(x *syntax.Reaches) (model.Node, bool) {
	b.later("reaches", x)
	sym, ok := b.network(x.Over)
	if !ok {
		return model.Node{}, false
	}
	from, ok := b.end(sym, x.From)
	to, good := b.end(sym, x.To)
	return blank(model.Missing, from, to), ok && good
}

// connected builds the node of several nodes that must reach each other.
func (b *builder) connected(x *syntax.Connected) (model.Node, bool) {
	b.later("connected", x)
	sym, ok := b.network(x.Over)
	if !ok {
		return model.Node{}, false
	}
	if x.Nodes == nil {
		return blank(model.Missing, b.leavesOf(b.nets[sym].list, x)...), b.spend(len(b.nets[sym].list), x)
	}
	n := blank(model.Missing)
	for _, ref := range x.Nodes {
		node, good := b.end(sym, ref)
		n.Children, ok = append(n.Children, node), ok && good
	}
	return n, ok
}
