package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// cache builds the pool of a cache.
func (b *builder) cache(sym *symbol, c *syntax.Cache) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.Pool), c.Members)
	ok = ok && b.enough(&n, c.Members, 1)
	if c.Hit != nil {
		hit, good := b.probability(c.Hit, "hit")
		sym.hit, ok = hit, ok && good
	}
	if c.Before != nil {
		_, good := b.one(c.Before)
		ok = ok && good
	}
	return n, ok
}

// via puts a cache before a need.
func (b *builder) via(need *syntax.Need, node int) (int, bool) {
	if need.Via == nil {
		return node, true
	}
	cache := b.find(need.Via.Text, need.Via.Span, cacheKind)
	if cache == nil {
		return node, false
	}
	c, ok := cache.decl.(*syntax.Cache)
	if !ok {
		b.report.report("E022", need.Via.Span, "`via` wants a cache, got the %s `%s`", cache.kind, need.Via.Text).second(b.declared(cache))
		return node, false
	}
	if c.Before != nil && refText(c.Before) != describe(need.X) {
		b.report.report("E084", need.Via.Span, "cache `%s` stands before `%s`, got a need of `%s`", need.Via.Text, refText(c.Before), describe(need.X)).
			second(b.declared(cache))
		return node, false
	}
	cached := b.add(blank(model.Cached, cache.node, node), need)
	b.cached[cached] = cache
	return cached, true
}

// hits fills in what caches answer, once all of them are read.
func (b *builder) hits() {
	for node, cache := range b.cached {
		b.sys.Nodes[node].Hit = cache.hit
	}
}
