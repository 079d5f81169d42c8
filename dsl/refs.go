package dsl

import (
	"fmt"
	"strconv"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// thing is what a reference stands for: parts, or a node.
type thing struct {
	symbol *symbol
	spans  []span // the parts; none for what is a node
	many   bool   // an array or copies, named as a whole
	node   int    // of a group, service, system or store; None for parts
}

// count is the number of parts.
func (t thing) count() int {
	n := 0
	for _, s := range t.spans {
		n += s.count
	}
	return n
}

// parts lists the parts of t, if there is room for so long a list.
func (b *builder) parts(t thing, at syntax.Node) ([]int, bool) {
	if !b.spend(t.count(), at) {
		return nil, false
	}
	var list []int
	for _, s := range t.spans {
		for i := range s.count {
			list = append(list, s.first+i)
		}
	}
	return list, true
}

// spend takes n from the room for mentions.
func (b *builder) spend(n int, at syntax.Node) bool {
	if b.mentions += n; b.mentions <= maxLinks {
		return true
	}
	if !b.full {
		b.report.report("E048", at.Extent(), "parts are mentioned more than %d times in all", maxLinks).help("put what is used often into a group or service")
	}
	b.full = true
	return false
}

// refText is the reference as written.
func refText(ref *syntax.Ref) string {
	var text strings.Builder
	for i, s := range ref.Path {
		if i > 0 {
			text.WriteByte('.')
		}
		text.WriteString(s.Text)
		switch n := s.Index.(type) {
		case nil:
		case *syntax.Number:
			text.WriteString("[" + n.Text + "]")
		default:
			text.WriteString("[...]")
		}
	}
	return text.String()
}

// resolve finds what a reference stands for.
func (b *builder) resolve(ref *syntax.Ref) (thing, bool) {
	head := ref.Path[0]
	sym := b.find(head.Text, head.Span, componentKind)
	if sym == nil || !sym.known {
		return thing{}, false
	}
	switch {
	case len(ref.Path) > 1:
		return b.inside(sym, ref)
	case sym.kind == componentKind || sym.kind == domainKind:
		return b.declaredThing(sym, head)
	case head.Index != nil:
		b.report.report("E024", ref.Span, "`%s` is %s and has no members to count", head.Text, sym.kind.article()).second(b.declared(sym))
		return thing{}, false
	case sym.node == model.None:
		b.report.report("E022", ref.Span, "want a part, got the %s `%s`", sym.kind, head.Text).second(b.declared(sym))
		return thing{}, false
	}
	return thing{symbol: sym, node: sym.node}, true
}

// declaredThing is a component or domain, or a member of an array of them.
func (b *builder) declaredThing(sym *symbol, s syntax.Segment) (thing, bool) {
	t := thing{symbol: sym, spans: []span{sym.parts}, many: sym.array, node: model.None}
	if sym.template() {
		t.spans, t.many = sym.copies, true
	}
	if s.Index == nil {
		return t, true
	}
	if !t.many {
		b.report.report("E024", s.Span, "`%s` is one %s, got an index", s.Text, sym.kind).
			second(b.declared(sym)).help("write `%s`, or declare an array: `%s %s[3]`", s.Text, sym.kind, s.Text)
		return thing{}, false
	}
	return b.member(t, s)
}

// member picks the member of an array that the index of s says.
func (b *builder) member(t thing, s syntax.Segment) (thing, bool) {
	i, ok := b.whole(s.Index, "an index", bounds{1, maxParts})
	if !ok {
		return thing{}, false
	}
	for _, run := range t.spans {
		if i <= run.count {
			return thing{symbol: t.symbol, spans: []span{{run.first + i - 1, 1}}, node: model.None}, true
		}
		i -= run.count
	}
	b.report.report("E025", s.Span, "`%s` has %d members, got index %s", s.Text, t.count(), countText(s.Index)).second(b.declared(t.symbol))
	return thing{}, false
}

// inside resolves what lies in a named thing: `orders.read` of a store, and the
// copies `web.pod[2]` that a group, system or service made.
func (b *builder) inside(sym *symbol, ref *syntax.Ref) (thing, bool) {
	step := ref.Path[1]
	if len(ref.Path) > 2 || ref.Path[0].Index != nil {
		b.report.report("E021", ref.Span, "nothing is called `%s`", refText(ref)).help("copies are called as in `%s.pod[1]`", sym.name.Text)
		return thing{}, false
	}
	if half, ok := sym.halves[step.Text]; ok && step.Index == nil {
		return thing{symbol: sym, node: half}, true
	}
	t := thing{symbol: sym, many: true, node: model.None}
	for _, made := range sym.made {
		if made.template.name.Text == step.Text {
			t.spans = append(t.spans, made.span)
		}
	}
	if t.spans == nil {
		b.report.report("E021", step.Span, "%s `%s` has no `%s`", sym.kind, sym.name.Text, step.Text).second(b.declared(sym)).Help = insides(sym)
		return thing{}, false
	}
	if step.Index != nil {
		return b.member(t, step)
	}
	return t, true
}

// insides says what lies in a named thing.
func insides(sym *symbol) string {
	if len(sym.halves) > 0 {
		return fmt.Sprintf("a store has `%s.read` and `%s.write`", sym.name.Text, sym.name.Text)
	}
	if len(sym.made) > 0 {
		return fmt.Sprintf("it made `%s.%s[1]`", sym.name.Text, sym.made[0].template.name.Text)
	}
	return ""
}

func countText(c syntax.Count) string {
	if n, ok := c.(*syntax.Number); ok {
		return n.Text
	}
	return "of that value"
}

// memberName is "disk[3]" for member 2 of an array, counted from 0.
func memberName(array string, i int) string { return array + "[" + strconv.Itoa(i+1) + "]" }
