package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// service builds the node of a service: the series of its own instances, its
// own failures and what it needs.
func (b *builder) service(sym *symbol, s *syntax.Service) (model.Node, bool) {
	n, ok := blank(model.Service), b.once(s)
	if runs := clause[*syntax.Runs](s.Clauses); runs != nil {
		node, good := b.pool(sym, runs.Members, runs.Retry)
		n.Children, ok = append(n.Children, b.add(node, runs)), ok && good
	}
	own, good := b.itself(sym, s)
	n.Children, ok = append(n.Children, own...), ok && good
	for _, c := range s.Clauses {
		children, uses, good := b.dependencies(sym, c)
		n.Children, n.Uses, ok = append(n.Children, children...), append(n.Uses, uses...), ok && good
	}
	if d := clause[*syntax.Deploys](s.Clauses); d != nil {
		n.Deploys, good = b.deploys(sym, d)
		ok = ok && good
	}
	if up := clause[*syntax.UpAt](s.Clauses); up != nil {
		n.UpAt, good = b.upAt(up)
		ok = ok && good
	}
	b.bears(sym, s)
	return n, ok
}

// clause is the first clause of a type, nil if there is none.
func clause[C interface {
	comparable
	syntax.Clause
}](clauses []syntax.Clause) C {
	for _, c := range clauses {
		if c, ok := c.(C); ok {
			return c
		}
	}
	var none C
	return none
}

// once refuses clauses that a service has only once.
func (b *builder) once(s *syntax.Service) bool {
	first, ok := map[string]syntax.Clause{}, true
	for _, c := range s.Clauses {
		word := single(c)
		if word == "" {
			continue
		}
		if old := first[word]; old != nil {
			b.report.report("E055", c.Extent(), "service `%s` has a second `%s`", s.Name.Text, word).
				second(b.report.pos(old.Extent()), "the first").Help = twice(word)
			ok = false
			continue
		}
		first[word] = c
	}
	return ok
}

// single is the keyword of a clause that a service has only once, else "".
func single(c syntax.Clause) string {
	switch c.(type) {
	case *syntax.Runs:
		return "runs"
	case *syntax.Deploys:
		return "deploys"
	case *syntax.UpAt:
		return "up at"
	case *syntax.Demand:
		return "demand"
	case *syntax.Capacity:
		return "capacity"
	}
	return ""
}

func twice(word string) string {
	switch word {
	case "runs":
		return "declare a `pool` and need it"
	case "deploys":
		return "put the other stream of deploys into a service of its own and need it"
	}
	return "keep one of them"
}

// itself makes the part that stands for the failures of a service as a whole.
func (b *builder) itself(sym *symbol, s *syntax.Service) ([]int, bool) {
	proto, ok := b.prototype(host{serviceKind, s.Name.Text, s.Name.Span, s.Span}, s.Clauses)
	if !ok || len(proto.modes) == 0 {
		return nil, ok
	}
	parts, ok := b.makeParts(1, s.Name, func(int) model.Part {
		return model.Part{Name: s.Name.Text, Title: titleOf(s.Title), Kind: model.Itself, Template: s.Name.Text}
	})
	if !ok {
		return nil, false
	}
	part := &b.sys.Parts[parts.first]
	part.Owner, part.Pos = sym.node, b.report.pos(s.Name.Span)
	proto.behaves(part)
	sym.members = append(sym.members, parts.first)
	return []int{b.leaf(parts.first, s.Name)}, true
}

// dependencies builds what one clause of a service needs, or uses.
func (b *builder) dependencies(sym *symbol, c syntax.Clause) (needs, uses []int, ok bool) {
	switch c := c.(type) {
	case *syntax.Needs:
		needs, ok = b.needs(sym, c.Items)
		return needs, nil, ok
	case *syntax.Uses:
		uses, ok = b.needs(sym, c.Items)
		return nil, uses, ok
	case *syntax.Calls:
		node, ok := b.calls(sym, c)
		return []int{node}, nil, ok
	}
	return nil, nil, true
}

func (b *builder) needs(sym *symbol, items []*syntax.Need) ([]int, bool) {
	var nodes []int
	ok := true
	for _, need := range items {
		node, good := b.child(need.X)
		ok = ok && good
		node, good = b.via(need, node)
		nodes, ok = append(nodes, node), ok && good
		rate, good := b.demand(need.Demand)
		e := edge{sym.node, node}
		ok, b.demands.needs[e] = ok && good, append(b.demands.needs[e], rate)
	}
	return nodes, ok
}

func (b *builder) upAt(up *syntax.UpAt) (float64, bool) {
	share, ok := b.probability(up.Share, "`up at`")
	if ok && share.P == 0 {
		b.report.report("E034", up.Share.Extent(), "`up at` must be above 0%%, or the service is up whatever happens").help("leave it out for any share")
		return 0, false
	}
	return share.P, ok
}

// deploys makes the stream of bad deploys.
func (b *builder) deploys(sym *symbol, d *syntax.Deploys) (int, bool) {
	if d.Bad == nil || d.Detect == nil || d.Rollback == nil {
		return model.None, false
	}
	every, ok := b.want(d.Rate, "deploys", rate)
	bad, fine := b.probability(d.Bad, "bad")
	detect, _, good := b.detect(d.Detect)
	rollback, well := b.time(d.Rollback, "rollback", maybe0)
	hits, right := model.Prob{P: 1}, true
	if d.Hits != nil {
		hits, right = b.probability(d.Hits, "hits")
	}
	if !ok || !fine || !good || !well || !right {
		return model.None, false
	}
	if every.value.Sign() < 0 {
		b.report.report("E034", d.Rate.Extent(), "deploys must not be below 0, got %s", every)
		return model.None, false
	}
	perSecond, ok := b.real(every, d.Rate)
	if bad.P == 0 || hits.P == 0 || perSecond == 0 {
		b.report.report("W115", d.Span, "no deploy of `%s` ever does harm", sym.name.Text)
	}
	b.sys.Deploys = append(b.sys.Deploys, model.Deploys{
		Service: sym.node, Rate: perSecond * bad.P, Detect: detect, Rollback: rollback, Hits: hits, Pos: b.report.pos(d.Span),
	})
	return len(b.sys.Deploys) - 1, ok
}
