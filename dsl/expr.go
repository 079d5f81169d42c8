package dsl

import (
	"fmt"
	"math/big"

	"nines/dsl/syntax"
	"nines/model"
)

// child gives the node of a structure where one thing is wanted: that of what
// it names, or a new one.
func (b *builder) child(x syntax.Expr) (int, bool) {
	x = bare(x)
	if ref, ok := x.(*syntax.Ref); ok {
		return b.one(ref)
	}
	n, ok := b.form(x)
	return b.add(n, x), ok
}

// bare takes the parentheses off.
func bare(x syntax.Expr) syntax.Expr {
	for {
		p, ok := x.(*syntax.ParenExpr)
		if !ok {
			return x
		}
		x = p.X
	}
}

// blank is a node with nothing set.
func blank(kind model.NodeKind, children ...int) model.Node {
	return model.Node{Kind: kind, Children: children, Part: model.None, Deploys: model.None}
}

// add appends a node.
func (b *builder) add(n model.Node, at syntax.Node) int {
	n.Pos = b.report.pos(at.Extent())
	b.sys.Nodes = append(b.sys.Nodes, n)
	return len(b.sys.Nodes) - 1
}

// leaf is the node of a part, the same wherever the part is named.
func (b *builder) leaf(part int, at syntax.Node) int {
	for len(b.leaves) < len(b.sys.Parts) {
		b.leaves = append(b.leaves, model.None)
	}
	if b.leaves[part] == model.None {
		n := blank(model.Leaf)
		n.Part = part
		b.leaves[part] = b.add(n, at)
	}
	return b.leaves[part]
}

// one is the node of a reference where one thing is wanted.
func (b *builder) one(ref *syntax.Ref) (int, bool) {
	t, ok := b.resolve(ref)
	switch {
	case !ok:
		return model.None, false
	case t.many:
		name := refText(ref)
		b.report.report("E023", ref.Span, "want one thing, got `%s`, an array of %d", name, t.count()).second(b.declared(t.symbol)).
			help("write `all of %s`, `any of %s` or `%d of %s`", name, name, t.count()/2+1, name)
		return model.None, false
	case t.node != model.None:
		return t.node, true
	}
	return b.leaf(t.spans[0].first, ref), true
}

// items lists the nodes of a list, in which an array stands for its members.
func (b *builder) items(list []syntax.Expr) ([]int, bool) {
	var nodes []int
	ok := true
	for _, x := range list {
		ref, named := x.(*syntax.Ref)
		if !named {
			node, good := b.child(x)
			nodes, ok = append(nodes, node), ok && good && b.spend(1, x)
			continue
		}
		some, good := b.named(ref)
		nodes, ok = append(nodes, some...), ok && good
	}
	return nodes, ok
}

// named lists the nodes of a reference in a list.
func (b *builder) named(ref *syntax.Ref) ([]int, bool) {
	t, ok := b.resolve(ref)
	if !ok {
		return nil, false
	}
	if t.node != model.None {
		return []int{t.node}, b.spend(1, ref)
	}
	parts, ok := b.parts(t, ref)
	return b.leavesOf(parts, ref), ok
}

func (b *builder) leavesOf(parts []int, at syntax.Node) []int {
	nodes := make([]int, len(parts))
	for i, part := range parts {
		nodes[i] = b.leaf(part, at)
	}
	return nodes
}

// form builds the node of a structure that is no plain name.
func (b *builder) form(x syntax.Expr) (model.Node, bool) {
	switch x := x.(type) {
	case *syntax.Series:
		children, ok := b.items(x.Items)
		return blank(model.Series, children...), ok
	case *syntax.Parallel:
		children, ok := b.items(x.Items)
		n := blank(model.AtLeast, children...)
		n.K = 1
		return n, ok
	case *syntax.Members:
		return b.some(x)
	case *syntax.Else:
		return b.fallback(x)
	case *syntax.Mix:
		return b.mix(x)
	case *syntax.Not:
		child, ok := b.child(x.X)
		b.report.report("W102", x.Span, "`not` answers when `%s` does not", describe(x.X)).help("it is meant for imported fault trees; say what is needed instead")
		return blank(model.Not, child), ok
	case *syntax.Reaches:
		return b.reaches(x)
	case *syntax.Connected:
		return b.connected(x)
	}
	panic(fmt.Sprintf("dsl: structure %T", x))
}

// describe names a structure in a message.
func describe(x syntax.Expr) string {
	if ref, ok := bare(x).(*syntax.Ref); ok {
		return refText(ref)
	}
	return "..."
}

func (b *builder) fallback(x *syntax.Else) (model.Node, bool) {
	first, ok := b.child(x.X)
	second, good := b.child(x.Y)
	n := blank(model.Else, first, second)
	n.Covers = model.Prob{P: 1}
	ok = ok && good
	if x.Covers != nil {
		n.Covers, good = b.probability(x.Covers, "covers")
		ok = ok && good
	}
	if ok && n.Covers.P == 0 {
		b.report.report("W110", x.Covers.Extent(), "the fallback covers 0%% of the requests, so it is never used")
	}
	return n, ok
}

func (b *builder) mix(x *syntax.Mix) (model.Node, bool) {
	n, ok := blank(model.Mix), true
	sum := quantity{value: new(big.Rat), share: true}
	for _, branch := range x.Branches {
		node, good := b.child(branch.X)
		share, fine := b.want(branch.Share, "a share", number)
		if fine {
			var p model.Prob
			p, fine = b.probability(branch.Share, "a share")
			n.Shares = append(n.Shares, p)
		}
		n.Children = append(n.Children, node)
		if ok = ok && good && fine; ok {
			sum = sum.plus(share)
		}
	}
	if ok && sum.value.Cmp(big.NewRat(1, 1)) != 0 {
		b.report.report("E052", x.Span, "the shares of mix must add up to 100%%, got %s", sum).
			help("write the last share as what is left, as in `mix(p a, 1 - p b)`")
		return n, false
	}
	return n, ok
}
