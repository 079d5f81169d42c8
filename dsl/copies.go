package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// made are copies of a template that a group, system or service made.
type made struct {
	template *symbol
	span
}

// roots lists the structures of a statement.
func roots(s syntax.Statement) []syntax.Expr {
	switch s := s.(type) {
	case *syntax.Pool:
		return []syntax.Expr{s.Members}
	case *syntax.Quorum:
		return []syntax.Expr{s.Members}
	case *syntax.Vote:
		return []syntax.Expr{s.Members}
	case *syntax.BFT:
		return []syntax.Expr{s.Members}
	case *syntax.Standby:
		return []syntax.Expr{s.Members}
	case *syntax.Store:
		return []syntax.Expr{s.Members}
	case *syntax.Cache:
		if s.Before != nil {
			return []syntax.Expr{s.Members, s.Before}
		}
		return []syntax.Expr{s.Members}
	case *syntax.System:
		return []syntax.Expr{s.Value}
	case *syntax.Service:
		return serviceRoots(s)
	}
	return nil
}

func serviceRoots(s *syntax.Service) []syntax.Expr {
	var list []syntax.Expr
	for _, c := range s.Clauses {
		switch c := c.(type) {
		case *syntax.Runs:
			list = append(list, c.Members)
		case *syntax.Needs:
			for _, need := range c.Items {
				list = append(list, need.X)
			}
		case *syntax.Uses:
			for _, need := range c.Items {
				list = append(list, need.X)
			}
		case *syntax.Calls:
			list = append(list, c.X)
		}
	}
	return list
}

// visit calls f for x and all structures in it, from the outside in.
func visit(x syntax.Expr, f func(syntax.Expr)) {
	f(x)
	switch x := x.(type) {
	case *syntax.Series:
		visitAll(x.Items, f)
	case *syntax.Parallel:
		visitAll(x.Items, f)
	case *syntax.Members:
		visitAll(x.List, f)
	case *syntax.Else:
		visit(x.X, f)
		visit(x.Y, f)
	case *syntax.Mix:
		for _, branch := range x.Branches {
			visit(branch.X, f)
		}
	case *syntax.Not:
		visit(x.X, f)
	case *syntax.Reaches:
		visitAll([]syntax.Expr{x.From, x.To}, f)
	case *syntax.ParenExpr:
		visit(x.X, f)
	}
}

func visitAll(items []syntax.Expr, f func(syntax.Expr)) {
	for _, x := range items {
		visit(x, f)
	}
}

// markUses notes which components are used as templates and which as parts.
func (b *builder) markUses() {
	for _, sym := range b.order {
		for _, root := range roots(sym.decl) {
			visit(root, b.mark)
		}
	}
}

func (b *builder) mark(x syntax.Expr) {
	ref, _ := x.(*syntax.Ref)
	m, group := x.(*syntax.Members)
	if group {
		ref = m.Part
	}
	if ref == nil || len(ref.Path) > 1 {
		return
	}
	sym := b.symbols[ref.Path[0].Text]
	switch {
	case sym == nil:
	case group && m.Size != nil:
		sym.copied = true
	default:
		sym.single = true
	}
}

// makeCopies makes the parts of all `P x n` of the file.
func (b *builder) makeCopies() {
	for _, sym := range b.order {
		for _, root := range roots(sym.decl) {
			visit(root, func(x syntax.Expr) {
				if m, ok := x.(*syntax.Members); ok && m.Size != nil {
					b.copy(sym, m)
				}
			})
		}
	}
}

// copy makes the parts of one `P x n` for their owner.
func (b *builder) copy(owner *symbol, m *syntax.Members) {
	template, ok := b.template(m.Part)
	n, sized := b.whole(m.Size, "the number of copies", bounds{1, maxParts})
	var where *place
	if m.Place != nil {
		var placed bool
		where, placed = b.place(m.Place)
		ok = ok && placed
	}
	if !ok || !sized {
		return
	}
	if m.Place == nil {
		where = template.place
	}
	before := owner.numbers[template]
	name := owner.name.Text + "." + template.name.Text
	parts, ok := b.makeParts(n, m, func(i int) model.Part { return model.Part{Name: memberName(name, before+i)} })
	if !ok {
		return
	}
	for i := range parts.count {
		b.describeCopy(&b.sys.Parts[parts.first+i], template, owner, m)
		b.sys.Parts[parts.first+i].Place = where.at(i)
	}
	b.copies[m] = parts
	owner.made = append(owner.made, made{template, parts})
	if owner.numbers == nil {
		owner.numbers = map[*symbol]int{}
	}
	owner.numbers[template] += n
	template.copies = append(template.copies, parts)
}

func (b *builder) describeCopy(part *model.Part, template, owner *symbol, m *syntax.Members) {
	part.Title = titleOf(template.decl.(*syntax.Component).Title)
	part.Kind, part.Template, part.Group = model.Component, template.name.Text, owner.name.Text
	if owner.kind == serviceKind {
		part.Owner = owner.node
	}
	part.Pos = b.report.pos(m.Span)
	template.proto.behaves(part)
}

// template resolves P of `P x n`: a component that is no array.
func (b *builder) template(ref *syntax.Ref) (*symbol, bool) {
	head := ref.Path[0]
	sym := b.find(head.Text, head.Span, componentKind)
	switch {
	case sym == nil || sym.kind == componentKind && !sym.known:
		return nil, false
	case sym.kind != componentKind:
		b.report.report("E022", ref.Span, "only a component can be copied, got the %s `%s`", sym.kind, head.Text).second(b.declared(sym)).
			help("write a list of what exists, as in `2 of (a, b, c)`")
	case sym.array:
		b.report.report("E024", ref.Span, "`%s` is an array and has its members already", head.Text).second(b.declared(sym)).
			help("leave `x` and the number out: `k of %s`", head.Text)
	case len(ref.Path) > 1 || head.Index != nil:
		b.report.report("E022", ref.Span, "want the name of a component to copy, got `%s`", refText(ref))
	default:
		return sym, true
	}
	return nil, false
}
