package syntax

import (
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

const (
	width = 100 // columns of a line, as far as it can be broken
	tab   = "  "
)

// Print writes f in canonical form, with its comments. Printing the result again
// gives the same bytes. A tree that was not read from a source, with all
// positions zero, is printed as well.
func Print(w io.Writer, f *File) error {
	p := &printer{comments: f.Comments}
	for _, s := range f.Statements {
		p.lead(first(s))
		p.gap(s)
		p.entry(s)
		p.trail(s.Extent().EndPos.Line, math.MaxInt)
		p.newline()
	}
	p.lead(math.MaxInt)
	return write(w, p.lines)
}

// printer lays out a file line by line.
type printer struct {
	comments []*Comment // those to come
	lines    []line
	line     line // the one being printed
	indent   int
	at       int    // line in the source of what was printed last, 0 at the start of a body
	word     string // first word of the last statement without a position
}

// line is a line of output.
type line struct {
	indent  int
	blank   bool   // a blank line stands before it
	text    string // with tabs between cells
	comment string
	kind    string // lines of a kind that follow each other have their first cells aligned
	inner   string // and where this is the same too, the other cells
}

func (p *printer) put(s string) {
	if p.line.text == "" {
		p.line.indent = p.indent
	}
	p.line.text += s
}

// newline ends the line, if there is something in it.
func (p *printer) newline() {
	p.line.text = strings.TrimRight(p.line.text, " ")
	if p.line.text != "" || p.line.comment != "" {
		p.lines = append(p.lines, p.line)
	}
	p.line = line{indent: p.indent}
}

// lead prints the comments before an offset on lines of their own.
func (p *printer) lead(offset int) {
	for len(p.comments) > 0 && p.comments[0].Pos.Offset < offset {
		c := p.comments[0]
		p.comments = p.comments[1:]
		p.gap(c)
		p.line.indent, p.line.comment = p.indent, c.Text
		p.newline()
		p.at = max(p.at, c.Pos.Line)
	}
}

// trail adds to the line the comment that stands on a line of the source before
// an offset.
func (p *printer) trail(at, offset int) {
	p.at = at
	if len(p.comments) == 0 {
		return
	}
	if c := p.comments[0]; c.Pos.Line == at && c.Pos.Offset < offset {
		p.comments = p.comments[1:]
		p.line.comment = c.Text
	}
}

// wrap starts a new line for n after what ended on a line of the source.
func (p *printer) wrap(at int, n Node) {
	p.trail(at, first(n))
	p.newline()
	p.lead(first(n))
}

// gap keeps one blank line before n, if there is any in the source. Statements
// without a position are set apart where their first words differ.
func (p *printer) gap(n Node) {
	if at := n.Extent().Pos.Line; at > 0 {
		p.line.blank = p.at > 0 && at > p.at+1
		return
	}
	if _, ok := n.(Statement); ok {
		word, _, _ := strings.Cut(layoutOf(n).head, " ")
		p.line.blank = p.word != "" && p.word != word
		p.word = word
	}
}

// first returns the offset before which comments stand in front of n. Those
// further on can be printed inside it.
func first(n Node) int {
	at := n.Extent()
	switch n := n.(type) {
	case *Series, *Parallel, *Mix, *Not, *ParenExpr, *Law:
		return at.Pos.Offset
	case *Connected:
		if n.Nodes != nil {
			return at.Pos.Offset
		}
	case *Members:
		if n.List != nil {
			return at.Pos.Offset
		}
	case *Else:
		return first(n.X)
	case *Branch:
		return first(n.X)
	case Expr, Quantity, *Arg, *String:
	default:
		l := layoutOf(n)
		switch {
		case l.body || len(l.parts) > 1 && !l.commas:
			return at.Pos.Offset
		case len(l.parts) > 0 && len(l.parts[0].nodes) > 0:
			return first(l.parts[0].nodes[0])
		}
	}
	return at.EndPos.Offset
}

// before says if a comment stands before an offset.
func (p *printer) before(offset int) bool {
	return len(p.comments) > 0 && p.comments[0].Pos.Offset < offset
}

// flat returns n on one line if it fits into the line that is being printed and
// no comment stands in it.
func (p *printer) flat(n Node) (string, bool) {
	if p.before(n.Extent().EndPos.Offset) {
		return "", false
	}
	left := width - len(tab)*p.indent - utf8.RuneCountInString(p.line.text) - 1
	f := flat{limit: 4 * width}
	f.node(n)
	s := f.String()
	return s, utf8.RuneCountInString(s) <= left
}

// entry prints a statement, a clause or another node with a layout.
func (p *printer) entry(n Node) {
	l := layoutOf(n)
	if s, ok := p.flat(n); ok && (!l.clauses || len(l.parts) < 2) {
		if p.line.text == "" {
			p.line.kind, p.line.inner = l.kinds()
		}
		p.put(s)
		return
	}
	if l.head != "" {
		p.put(strings.ReplaceAll(l.head, "\t", " ") + " ")
	}
	switch {
	case l.body:
		p.put("{")
		p.body(n, l)
		p.put("}")
	case l.commas:
		p.fill(nodesOf(l.parts))
	case len(l.parts) == 1:
		p.part(l.parts[0])
	default:
		p.options(n, l)
	}
}

// body prints the parts of n, one a line.
func (p *printer) body(n Node, l layout) {
	at, nodes := n.Extent(), nodesOf(l.parts)
	nodes = append(nodes, &Name{Span: Span{at.EndPos, at.EndPos}})
	if l.name != nil {
		p.trail(l.name.EndPos.Line, nodes[0].Extent().Pos.Offset)
	}
	p.newline()
	p.indent++
	p.at = 0
	for i, part := range l.parts {
		p.lead(first(nodes[i]))
		p.gap(nodes[i])
		if l.clauses {
			p.entry(nodes[i])
		} else {
			p.part(part)
		}
		p.trail(part.end().Line, nodes[i+1].Extent().Pos.Offset)
		p.newline()
	}
	p.lead(at.EndPos.Offset)
	p.indent--
}

// options prints the parts of n, each on a line of its own unless it is the
// first thing to print.
func (p *printer) options(n Node, l layout) {
	line, indent := n.Extent().Pos.Line, p.indent
	for i, x := range nodesOf(l.parts) {
		if i > 0 || l.head != "" {
			p.indent = indent + 1
			p.wrap(line, x)
		}
		p.part(l.parts[i])
		line = l.parts[i].end().Line
	}
	p.indent = indent
}

// part prints an option, an item or a clause.
func (p *printer) part(q part) {
	if q.word != "" {
		p.put(q.word + " ")
	}
	p.fill(q.nodes)
}

// fill prints nodes separated by commas, as many on a line as fit, or one on a
// line if there are comments between them.
func (p *printer) fill(nodes []Node) {
	if len(nodes) == 1 {
		p.node(nodes[0])
		return
	}
	p.indent++
	end := nodes[len(nodes)-1].Extent().EndPos.Offset
	split := p.before(end)
	for i, n := range nodes {
		if i > 0 {
			p.put(",")
			if _, ok := p.flat(n); split || !ok {
				p.wrap(nodes[i-1].Extent().EndPos.Line, n)
			} else {
				p.put(" ")
			}
		}
		p.node(n)
	}
	p.indent--
}

// node prints a node, on several lines if it must and can be.
func (p *printer) node(n Node) {
	if s, ok := p.flat(n); ok {
		p.put(strings.ReplaceAll(s, "\t", " "))
		return
	}
	switch x := n.(type) {
	case *Series:
		bracket(p, x, "series(", x.Items)
	case *Parallel:
		bracket(p, x, "parallel(", x.Items)
	case *Mix:
		bracket(p, x, "mix(", x.Branches)
	case *Not:
		bracket(p, x, "not(", []Expr{x.X})
	case *ParenExpr:
		bracket(p, x, "(", []Expr{x.X})
	case *Law:
		bracket(p, x, x.Name.Text+"(", x.Args)
	case *Branch:
		p.put(text(x.Share) + " ")
		p.node(x.X)
	case *Else:
		p.fallback(x)
	case *Connected:
		p.connected(x)
	case *Members:
		p.members(x)
	case Expr, Quantity, *Arg, *String:
		p.put(text(n))
	default:
		p.entry(n)
	}
}

// fallback prints an Else on two lines.
func (p *printer) fallback(x *Else) {
	p.node(x.X)
	p.indent++
	p.wrap(x.X.Extent().EndPos.Line, x.Y)
	p.put("else ")
	p.node(x.Y)
	if x.Covers != nil {
		if p.before(first(x.Covers)) {
			p.wrap(x.Y.Extent().EndPos.Line, x.Covers)
		} else {
			p.put(" ")
		}
		p.put("covers " + text(x.Covers))
	}
	p.indent--
}

func (p *printer) connected(x *Connected) {
	if x.Nodes == nil {
		p.put(text(x))
		return
	}
	bracket(p, x, "connected(", x.Nodes)
	p.put(" over " + x.Over.Text)
}

func (p *printer) members(x *Members) {
	if x.List == nil {
		p.put(text(x))
		return
	}
	var f flat
	f.choice(x)
	bracket(p, x, f.String()+"(", x.List)
}

// bracket prints the items of n in parentheses, one a line.
func bracket[N Node](p *printer, n Node, open string, items []N) {
	p.put(open)
	p.indent++
	at := n.Extent()
	line := at.Pos.Line
	for i, x := range items {
		p.wrap(line, x)
		p.node(x)
		if i < len(items)-1 {
			p.put(",")
		}
		line = x.Extent().EndPos.Line
	}
	p.trail(line, at.EndPos.Offset)
	p.newline()
	p.lead(at.EndPos.Offset)
	p.indent--
	p.put(")")
}
