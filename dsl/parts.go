package dsl

import (
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

const (
	maxParts  = 1_000_000  // in a system
	maxLinks  = 10_000_000 // mentions of parts and nodes in lists
	maxNested = 15         // domains within domains
)

// place is where parts are: the domains span, in turn.
type place struct {
	symbol *symbol
	span
	many bool // an array, named as a whole
}

// at is the domain of the i-th part of several, from 0.
func (p *place) at(i int) int {
	if p == nil {
		return model.None
	}
	return p.first + i%p.count
}

// declaredParts makes the parts of the components and domains of the file. One
// that is used only as `P x n` is a template and makes none.
func (b *builder) declaredParts() {
	for _, sym := range b.order {
		if c, ok := sym.decl.(*syntax.Component); ok {
			b.component(sym, c)
		}
	}
	for _, sym := range b.order {
		if c, ok := sym.decl.(*syntax.Component); ok && c.Place != nil {
			b.locate(sym, c)
		}
	}
	b.nesting()
	for _, sym := range b.order {
		for i := range sym.parts.count {
			b.sys.Parts[sym.parts.first+i].Place = sym.place.at(i)
		}
	}
}

func (b *builder) component(sym *symbol, c *syntax.Component) {
	proto, ok := b.prototype(host{sym.kind, c.Name.Text, c.Name.Span, c.Span}, c.Clauses)
	if !ok {
		proto = &prototype{}
	}
	proto.capacity = b.capacity(host{sym.kind, c.Name.Text, c.Name.Span, c.Span}, c.Clauses)
	sym.proto, sym.array, sym.known = proto, c.Size != nil, false
	count := 1
	if c.Size != nil {
		var sized bool
		if count, sized = b.whole(c.Size, "an array", bounds{1, maxParts}); !sized {
			return
		}
	}
	if sym.template() {
		sym.known = true
		return
	}
	sym.parts, sym.known = b.makeParts(count, c.Name, func(i int) model.Part {
		if sym.array {
			return model.Part{Name: memberName(c.Name.Text, i)}
		}
		return model.Part{Name: c.Name.Text}
	})
	for i := range sym.parts.count {
		b.declarePart(sym, c, &b.sys.Parts[sym.parts.first+i])
	}
}

// declarePart fills in what all members of an array have in common.
func (b *builder) declarePart(sym *symbol, c *syntax.Component, part *model.Part) {
	part.Title, part.Template, part.Kind = titleOf(c.Title), c.Name.Text, model.Component
	if sym.kind == domainKind {
		part.Kind = model.Domain
	}
	part.Pos = b.report.pos(c.Name.Span)
	sym.proto.behaves(part)
}

// template says whether a component is used only as `P x n`.
func (s *symbol) template() bool {
	return s.kind == componentKind && !s.array && s.copied && !s.single
}

// makeParts appends count parts, if there is room for them.
func (b *builder) makeParts(count int, at syntax.Node, part func(i int) model.Part) (span, bool) {
	first := len(b.sys.Parts)
	if count > maxParts-first {
		if !b.full {
			b.report.report("E048", at.Extent(), "more than %d parts in all", maxParts).help("model a sample, or a part that stands for many")
		}
		b.full = true
		return span{}, false
	}
	b.sys.Parts = slices.Grow(b.sys.Parts, count)
	for i := range count {
		p := part(i)
		p.Owner, p.Place = model.None, model.None
		b.sys.Parts = append(b.sys.Parts, p)
	}
	return span{first, count}, true
}

func titleOf(s *syntax.String) string {
	if s == nil {
		return ""
	}
	return s.Value()
}

// locate finds the place of a component or domain.
func (b *builder) locate(sym *symbol, c *syntax.Component) {
	p, ok := b.place(c.Place)
	if !ok {
		return
	}
	if p.many && !sym.array && !sym.template() {
		b.report.report("E047", c.Place.Span, "`%s` is one %s, got `%s`, an array of %d domains", c.Name.Text, sym.kind, p.symbol.name.Text, p.count).
			second(b.declared(p.symbol)).help("name one of them, as in `in %s[1]`", p.symbol.name.Text)
		return
	}
	sym.place = p
}

// place resolves what stands after `in`: a domain, a member of one, or an array
// of domains.
func (b *builder) place(ref *syntax.Ref) (*place, bool) {
	t, ok := b.resolve(ref)
	if !ok {
		return nil, false
	}
	if t.symbol.kind != domainKind {
		b.report.report("E046", ref.Span, "a place is a domain, got the %s `%s`", t.symbol.kind, refText(ref)).
			second(b.declared(t.symbol)).help("declare `domain %s { ... }`", t.symbol.name.Text)
		return nil, false
	}
	t.symbol.holds = true
	return &place{t.symbol, t.spans[0], t.many}, true
}

// nesting refuses domains that lie within themselves, or too deep.
func (b *builder) nesting() {
	for _, sym := range b.order {
		if path := nestingOf(sym); len(path) > 1 && path[len(path)-1] == sym {
			b.report.report("E045", sym.name.Span, "domain `%s` lies in itself: %s", sym.name.Text, namesOf(path, " in ")).
				help("one of them must lie outside of the others")
			sym.place = nil
		}
	}
	for _, sym := range b.order {
		if len(nestingOf(sym)) > maxNested {
			b.report.report("E045", sym.name.Span, "domain `%s` lies more than %d domains deep", sym.name.Text, maxNested)
			sym.place = nil
		}
	}
}

// nestingOf lists a symbol and the domains that it lies in, from the inside
// out; if it lies in itself, up to itself.
func nestingOf(sym *symbol) []*symbol {
	path := []*symbol{sym}
	for at := sym.place; at != nil && len(path) <= maxNested; at = at.symbol.place {
		path = append(path, at.symbol)
		if at.symbol == sym {
			break
		}
	}
	return path
}

func namesOf(symbols []*symbol, between string) string {
	names := make([]string, len(symbols))
	for i, sym := range symbols {
		names[i] = sym.name.Text
	}
	return strings.Join(names, between)
}
