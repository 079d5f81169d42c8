package dsl

import (
	"fmt"

	"nines/dsl/syntax"
	"nines/model"
)

// some builds the node of `k of`, `all of` and `any of` in a structure.
func (b *builder) some(m *syntax.Members) (model.Node, bool) {
	children, ok := b.counted(m)
	n := blank(model.AtLeast, children...)
	switch {
	case m.Word == "all":
		n.Kind = model.Series
	case m.Word == "any":
		n.K = 1
	case !ok:
		b.whole(m.K, "k", bounds{1, maxParts})
	default:
		n.K, ok = b.k(m, len(children), 1)
	}
	return n, ok
}

// counted lists the nodes that `k of` counts: copies, the members of an array,
// or what is listed.
func (b *builder) counted(m *syntax.Members) ([]int, bool) {
	if m.List != nil {
		b.repeated(m.List)
		return b.items(m.List)
	}
	parts, ok := b.array(m)
	return b.leavesOf(parts, m), ok
}

// array lists the parts of `P x n`, or of an array.
func (b *builder) array(m *syntax.Members) ([]int, bool) {
	if m.Size != nil {
		run, ok := b.copies[m]
		if !ok {
			return nil, false
		}
		return b.parts(thing{spans: []span{run}}, m)
	}
	t, ok := b.resolve(m.Part)
	if !ok {
		return nil, false
	}
	if !t.many {
		b.single(t, m)
		return nil, false
	}
	return b.parts(t, m.Part)
}

// single refuses one part where an array is wanted.
func (b *builder) single(t thing, m *syntax.Members) {
	name := refText(m.Part)
	e := b.report.report("E024", m.Part.Span, "want an array, got `%s`, one %s", name, t.symbol.kind).second(b.declared(t.symbol))
	switch {
	case m.Part.Path[0].Index != nil:
		e.help("`%s` is one member of `%s`; write `k of %s`", name, t.symbol.name.Text, t.symbol.name.Text)
	case t.symbol.kind == componentKind:
		e.help("write `%s x 3` for three copies of it, or put a list in parentheses", name)
	default:
		e.help("put what is counted into a list in parentheses")
	}
}

// k is the number of members that must answer, between least and all n.
func (b *builder) k(m *syntax.Members, n, least int) (int, bool) {
	k, ok := b.whole(m.K, "k", bounds{1, maxParts})
	if !ok {
		return 0, false
	}
	if k > n {
		e := b.report.report("E050", m.K.Extent(), "%d of %d can never hold", k, n).help("at most %d of %d", n, n)
		if m.Part != nil && m.Size == nil {
			if sym := b.symbols[m.Part.Path[0].Text]; sym != nil {
				e.second(b.declared(sym))
			}
		} else if m.Size != nil {
			e.second(b.report.pos(m.Size.Extent()), fmt.Sprintf("%d of them", n))
		}
		return 0, false
	}
	if k < least {
		b.report.report("E051", m.K.Extent(), "a vote of %d of %d has no majority", k, n).help("at least %d of %d", least, n)
		return 0, false
	}
	return k, true
}

// members lists the parts of a group: copies, an array of components, or
// components in a list.
func (b *builder) members(h kind, m *syntax.Members) ([]int, bool) {
	if m.List == nil {
		if m.Size == nil {
			if t, ok := b.resolve(m.Part); !ok || !b.ofComponents(h, t, m.Part) {
				return nil, false
			}
		}
		return b.array(m)
	}
	b.repeated(m.List)
	var parts []int
	ok := true
	for _, x := range m.List {
		some, good := b.listed(h, x)
		parts, ok = append(parts, some...), ok && good
	}
	return parts, ok
}

// listed gives the parts of one entry in the list of a group.
func (b *builder) listed(h kind, x syntax.Expr) ([]int, bool) {
	ref, named := bare(x).(*syntax.Ref)
	if !named {
		b.report.report("E026", x.Extent(), "the members of a %s are components, got a structure", h).help("write it in a system or service, as in `2 of (a, b, c)`")
		return nil, false
	}
	t, ok := b.resolve(ref)
	if !ok || !b.ofComponents(h, t, ref) {
		return nil, false
	}
	return b.parts(t, ref)
}

// ofComponents checks that a member of a group is a component.
func (b *builder) ofComponents(h kind, t thing, ref *syntax.Ref) bool {
	if t.node == model.None && t.symbol.kind != domainKind {
		return true
	}
	e := b.report.report("E026", ref.Span, "the members of a %s are components, got the %s `%s`", h, t.symbol.kind, refText(ref)).
		second(b.declared(t.symbol))
	if t.symbol.kind == domainKind {
		e.help("put the members into it, as in `pod x 3 in %s`", t.symbol.name.Text)
	} else {
		e.help("count what answers in a system or service, as in `2 of (a, b, c)`")
	}
	return false
}

// repeated warns of a part that stands twice in a list.
func (b *builder) repeated(list []syntax.Expr) {
	seen := map[string]*syntax.Ref{}
	for _, x := range list {
		ref, ok := x.(*syntax.Ref)
		if !ok {
			continue
		}
		name := refText(ref)
		if first := seen[name]; first != nil {
			b.report.report("W111", ref.Span, "`%s` stands twice in one list, and is one thing", name).
				second(b.report.pos(first.Span), "first here").help("write `P x n` for copies that fail by themselves")
		} else {
			seen[name] = ref
		}
	}
}

// group builds the node of a named group, all but its K.
func (b *builder) group(sym *symbol, n model.Node, m *syntax.Members) (model.Node, bool) {
	parts, ok := b.members(sym.kind, m)
	n.Children = b.leavesOf(parts, m)
	sym.members = parts
	return n, ok
}

// enough gives a group its K: as written, or left where it is left out.
func (b *builder) enough(n *model.Node, m *syntax.Members, left int) bool {
	if m.K == nil {
		n.K = left
		return true
	}
	least := 1
	if n.Kind == model.Vote {
		least = majority(len(n.Children))
	}
	var ok bool
	n.K, ok = b.k(m, len(n.Children), least)
	return ok
}

// majority is the least number that is more than half of n.
func majority(n int) int { return n/2 + 1 }

// pool builds a pool, that of a service too.
func (b *builder) pool(sym *symbol, m *syntax.Members, retry syntax.Count) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.Pool), m)
	ok = ok && b.enough(&n, m, 1)
	if retry != nil {
		r, good := b.whole(retry, "retry", bounds{0, maxParts})
		n.Retry, ok = r, ok && good
		if ok && r >= len(n.Children) {
			b.report.report("W112", retry.Extent(), "retry %d of %d members, at most %d are left to try", r, len(n.Children), len(n.Children)-1)
		}
	}
	return n, ok
}

func (b *builder) quorum(sym *symbol, q *syntax.Quorum) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.Quorum), q.Members)
	ok = ok && b.enough(&n, q.Members, majority(len(n.Children)))
	if ok && n.K < majority(len(n.Children)) {
		b.report.report("W113", q.Members.K.Extent(), "a quorum of %d of %d: two halves can both have one", n.K, len(n.Children)).
			help("%d of %d is the majority", majority(len(n.Children)), len(n.Children))
	}
	if q.Elect != nil {
		law, good := b.time(q.Elect, "elect", maybe0)
		n.Elect, ok = law, ok && good
	}
	if q.Over != nil && ok {
		ok = b.overNetwork(&n, q)
	}
	return n, ok
}

func (b *builder) vote(sym *symbol, v *syntax.Vote) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.Vote), v.Members)
	return n, ok && b.enough(&n, v.Members, majority(len(n.Children)))
}

func (b *builder) bft(sym *symbol, g *syntax.BFT) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.BFT), g.Members)
	if !b.uncounted(g.Members, "a bft group of n masks floor((n-1)/3) wrong members") {
		return n, false
	}
	if size := len(n.Children); ok && size < 4 {
		b.report.report("W114", g.Members.Span, "byzantine agreement among %d masks no wrong member", size).help("it takes 4 to mask one")
	}
	return n, ok
}

// uncounted refuses `k of` where the group works k out by itself.
func (b *builder) uncounted(m *syntax.Members, rule string) bool {
	if m.K == nil {
		return true
	}
	b.report.report("E058", m.K.Extent(), "this group takes no `k of`, got one").help("leave it out: %s", rule)
	return false
}
