package syntax

import (
	"cmp"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
)

// text returns n on one line, with tabs where columns may be aligned.
func text(n Node) string {
	f := flat{limit: math.MaxInt}
	f.node(n)
	return f.String()
}

// brief returns n on one line, shortened for a message.
func brief(n Node) string {
	f := flat{limit: 4 * width}
	f.node(n)
	return shorten(strings.ReplaceAll(f.String(), "\t", " "))
}

// flat prints nodes on one line. It stops somewhere past the limit, so that a
// large node costs no more than a small one to find out that it does not fit.
type flat struct {
	strings.Builder
	limit int
}

func (f *flat) full() bool { return f.Len() > f.limit }

func (f *flat) put(s ...string) {
	for _, s := range s {
		io.WriteString(f, s)
	}
}

// node prints a node.
func (f *flat) node(n Node) {
	switch n := n.(type) {
	case Expr:
		f.expr(n)
	case Quantity:
		f.quantity(n)
	case *String:
		f.put(n.Text)
	case *Branch:
		f.quantity(n.Share)
		f.put(" ")
		f.expr(n.X)
	case *Arg:
		f.arg(n)
	default:
		f.layout(layoutOf(n))
	}
}

// layout prints a statement, a clause or an option.
func (f *flat) layout(l layout) {
	start := f.Len()
	f.put(l.head)
	if l.body {
		f.put("\t{")
	}
	for i, p := range l.parts {
		if f.full() {
			return
		}
		switch {
		case l.commas && i > 0:
			f.put(", ")
		case l.columns:
			f.put("\t")
		case f.Len() > start:
			f.put(" ")
		}
		f.part(p)
	}
	switch {
	case l.body && len(l.parts) > 0:
		f.put(" }")
	case l.body:
		f.put("}")
	}
}

func (f *flat) part(p part) {
	if p.word != "" {
		f.put(p.word, " ")
	}
	list(f, p.nodes)
}

// list prints nodes separated by commas.
func list[N Node](f *flat, nodes []N) {
	for i, n := range nodes {
		if f.full() {
			return
		}
		if i > 0 {
			f.put(", ")
		}
		f.node(n)
	}
}

// expr prints a structure.
func (f *flat) expr(x Expr) {
	switch x := x.(type) {
	case *Ref:
		f.ref(x)
	case *Series:
		enclose(f, "series(", x.Items)
	case *Parallel:
		enclose(f, "parallel(", x.Items)
	case *Mix:
		enclose(f, "mix(", x.Branches)
	case *Not:
		enclose(f, "not(", []Expr{x.X})
	case *ParenExpr:
		enclose(f, "(", []Expr{x.X})
	case *Members:
		f.members(x)
	case *Else:
		f.side(x.X)
		f.put(" else ")
		f.side(x.Y)
		f.covers(x)
	case *Reaches:
		f.ref(x.From)
		f.put(" reaches ")
		f.ref(x.To)
		f.put(" over ", x.Over.Text)
	case *Connected:
		if x.Nodes == nil {
			f.put("all of ", x.Over.Text, " connected")
			return
		}
		enclose(f, "connected(", x.Nodes)
		f.put(" over ", x.Over.Text)
	}
}

// side prints what "else" joins.
func (f *flat) side(x Expr) {
	if _, ok := x.(*Else); ok {
		x = &ParenExpr{X: x}
	}
	f.expr(x)
}

func (f *flat) covers(x *Else) {
	if x.Covers != nil {
		f.put(" covers ")
		f.quantity(x.Covers)
	}
}

func enclose[N Node](f *flat, open string, items []N) {
	f.put(open)
	list(f, items)
	f.put(")")
}

func (f *flat) ref(r *Ref) {
	for i, s := range r.Path {
		if i > 0 {
			f.put(".")
		}
		f.put(s.Text)
		if s.Index != nil {
			f.put("[")
			f.quantity(s.Index)
			f.put("]")
		}
	}
}

// choice prints the "k of" of members, if there is one.
func (f *flat) choice(m *Members) {
	f.put(m.Word)
	if m.K != nil {
		f.quantity(m.K)
	}
	if m.Word != "" || m.K != nil {
		f.put(" of ")
	}
}

func (f *flat) members(m *Members) {
	f.choice(m)
	if m.List != nil {
		enclose(f, "(", m.List)
		return
	}
	f.ref(m.Part)
	if m.Size != nil {
		f.put(" x ")
		f.quantity(m.Size)
	}
	if m.Place != nil {
		f.put(" in ")
		f.ref(m.Place)
	}
}

// quantity prints a quantity.
func (f *flat) quantity(q Quantity) {
	switch q := q.(type) {
	case *Number:
		f.put(q.Text)
	case *Name:
		f.put(q.Text)
	case *Per:
		f.operand(q.X, 2)
		f.put("/", q.Unit.Text)
	case *Binary:
		f.operand(q.X, level(q.Op))
		f.put(" ", q.Op, " ")
		f.operand(q.Y, level(q.Op)+1)
	case *Negative:
		f.put("-")
		f.operand(q.X, 4)
	case *Call:
		f.put(q.Func.Text)
		enclose(f, "(", q.Args)
	case *Law:
		f.put(q.Name.Text)
		enclose(f, "(", q.Args)
	case *ParenQuantity:
		enclose(f, "(", []Quantity{q.X})
	}
}

// operand prints a quantity that binds at least as tightly as an operator of the
// level, in parentheses if it does not.
func (f *flat) operand(q Quantity, least int) {
	binds := 4
	switch q := q.(type) {
	case *Binary:
		binds = level(q.Op)
	case *Per:
		binds = 2
	case *Negative:
		binds = 3
	}
	if binds < least {
		q = &ParenQuantity{X: q}
	}
	f.quantity(q)
}

func (f *flat) arg(a *Arg) {
	switch {
	case a.File != nil:
		f.put(a.File.Text)
		return
	case a.Label != nil:
		f.put(a.Label.Text, " ")
	case a.Share != nil:
		f.quantity(a.Share)
		f.put(": ")
	}
	f.quantity(a.Value)
}

// layout is how a statement or clause is laid out: a head, then parts.
type layout struct {
	head    string
	name    *Name // the last name in the head, if it has one
	body    bool  // the parts stand in braces
	clauses bool  // and they are clauses, of which one at most shares the line of the head
	commas  bool  // the parts are separated by commas
	columns bool  // the parts can be aligned with those of the line above
	parts   []part
}

// part is an option, an item of a list, or a clause: a keyword, if it has one, and
// the nodes that follow it, separated by commas.
type part struct {
	word  string
	nodes []Node
}

// kinds returns the kinds of the line on which the layout is printed.
func (l layout) kinds() (kind, inner string) {
	word, _, _ := strings.Cut(l.head, " ")
	switch {
	case l.body && l.clauses && len(l.parts) == 1:
		if inside := layoutOf(l.parts[0].nodes[0]); inside.columns {
			inner, _ = inside.kinds()
		}
		return "{", inner
	case l.body:
		return "{", ""
	case l.columns:
		return word, word
	case strings.Contains(word, "\t"):
		return "=", ""
	case strings.Contains(l.head, "\t"):
		return word, ""
	}
	return "", ""
}

// nodesOf returns the first node of every part.
func nodesOf(parts []part) []Node {
	var nodes []Node
	for _, p := range parts {
		nodes = append(nodes, p.nodes[0])
	}
	return nodes
}

// end is where the last node of the part ends.
func (q part) end() Position { return q.nodes[len(q.nodes)-1].Extent().EndPos }

// with adds parts in the order of their places in the source; absent ones are
// left out.
func (l layout) with(parts ...part) layout {
	first := len(l.parts)
	for _, p := range parts {
		if len(p.nodes) > 0 {
			l.parts = append(l.parts, p)
		}
	}
	slices.SortStableFunc(l.parts[first:], func(a, b part) int {
		return cmp.Compare(a.nodes[0].Extent().Pos.Offset, b.nodes[0].Extent().Pos.Offset)
	})
	return l
}

// option is a keyword and the node after it, absent if n is nil.
func option(word string, n Node) part {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return part{}
	}
	return part{word, []Node{n}}
}

// items is a keyword and the nodes after it.
func items[N Node](word string, ns []N) part {
	p := part{word: word}
	for _, n := range ns {
		p.nodes = append(p.nodes, n)
	}
	return p
}

// each is a part for every node.
func each[N Node](ns []N) []part {
	var parts []part
	for _, n := range ns {
		parts = append(parts, part{"", []Node{n}})
	}
	return parts
}
