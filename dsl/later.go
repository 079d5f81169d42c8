package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// later notes a statement that is checked and not evaluated yet.
func (b *builder) later(statement string, at syntax.Node) {
	b.sys.Pending = append(b.sys.Pending, model.Pending{Statement: statement, Pos: b.report.pos(at.Extent())})
}

// store builds the nodes of a store: reading, writing, and both.
func (b *builder) store(sym *symbol, s *syntax.Store) (model.Node, bool) {
	b.later("store "+sym.name.Text, s)
	parts, ok := b.members(storeKind, s.Members)
	sym.members = parts
	children := b.leavesOf(parts, s.Members)
	left := 0
	switch {
	case !s.Fragments:
		ok = b.uncounted(s.Members, "say `read` and `write`, or `fragments k of P x n`") && ok
	case s.Members.K == nil:
		b.report.report("E056", s.Members.Span, "fragments without `k of`, how many of them hold the data").help("as in `fragments 4 of disk x 6`")
		ok = false
	case ok:
		left, ok = b.k(s.Members, len(parts), 1)
	}
	read, good := b.half(s.Read, "read", len(parts), left)
	write, fine := b.half(s.Write, "write", len(parts), left)
	ok = ok && good && fine
	if ok && !s.Fragments && read+write <= len(parts) {
		b.report.report("W116", s.Name.Span, "read %d and write %d of %d copies: a read can miss the last write", read, write, len(parts)).
			help("read + write above %d", len(parts))
	}
	b.copiesNeeded(sym.halves["read"], children, read)
	b.copiesNeeded(sym.halves["write"], children, write)
	return blank(model.Series, sym.halves["read"], sym.halves["write"]), ok
}

// copiesNeeded completes the node of reading or writing.
func (b *builder) copiesNeeded(half int, children []int, k int) {
	n := &b.sys.Nodes[half]
	n.Children, n.K = children, k
}

// half is how many copies reading or writing needs.
func (b *builder) half(q syntax.Count, what string, copies, left int) (int, bool) {
	if q == nil {
		return left, left > 0
	}
	n, ok := b.whole(q, what, bounds{1, maxParts})
	if ok && copies > 0 && n > copies {
		b.report.report("E050", q.Extent(), "%s %d of %d copies can never hold", what, n, copies)
		return 0, false
	}
	return n, ok
}

func (b *builder) cache(sym *symbol, c *syntax.Cache) (model.Node, bool) {
	b.later("cache "+sym.name.Text, c)
	n, ok := b.group(sym, blank(model.Missing), c.Members)
	ok = ok && b.enough(&n, c.Members, 1)
	if c.Hit != nil {
		_, good := b.probability(c.Hit, "hit")
		ok = ok && good
	}
	if c.Before != nil {
		_, good := b.one(c.Before)
		ok = ok && good
	}
	return n, ok
}

// via checks the cache of a need.
func (b *builder) via(sym *symbol, need *syntax.Need) bool {
	if need.Demand != nil {
		b.positive(need.Demand, "demand", requestRate)
		b.later("demand in service "+sym.name.Text, need.Demand)
	}
	if need.Via == nil {
		return true
	}
	b.later("via "+need.Via.Text, need.Via)
	cache := b.find(need.Via.Text, need.Via.Span, cacheKind)
	if cache == nil {
		return false
	}
	c, ok := cache.decl.(*syntax.Cache)
	if !ok {
		b.report.report("E022", need.Via.Span, "`via` wants a cache, got the %s `%s`", cache.kind, need.Via.Text).second(b.declared(cache))
		return false
	}
	if c.Before != nil && refText(c.Before) != describe(need.X) {
		b.report.report("E084", need.Via.Span, "cache `%s` stands before `%s`, got a need of `%s`", need.Via.Text, refText(c.Before), describe(need.X)).
			second(b.declared(cache))
		return false
	}
	return true
}

// capacities checks the capacity of a component, domain or service.
func (b *builder) capacities(sym *symbol, clauses []syntax.Clause) {
	for _, c := range clauses {
		if c, ok := c.(*syntax.Capacity); ok {
			b.positive(c.Rate, "capacity", requestRate)
			b.later("capacity of "+sym.name.Text, c)
		}
	}
}

// demands checks the capacity and the demand of a service.
func (b *builder) demands(sym *symbol, clauses []syntax.Clause) {
	b.capacities(sym, clauses)
	for _, c := range clauses {
		if c, ok := c.(*syntax.Demand); ok {
			b.positive(c.Rate, "demand", requestRate)
			b.later("demand of "+sym.name.Text, c)
		}
	}
}
