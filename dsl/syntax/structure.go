package syntax

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

func parseExpr(lex *lexer.PeekingLexer) (Expr, error) {
	r := reader{PeekingLexer: lex}
	return r.expr()
}

// expr reads an Expr.
//
//	Expr = Operand [ "else" Operand [ "covers" Quantity ] ] .
func (r *reader) expr() (Expr, error) {
	from := r.Peek().Pos
	x, err := r.operand()
	if err != nil || !r.take("else") {
		return x, err
	}
	e := &Else{X: x}
	if e.Y, err = r.operand(); err != nil {
		return nil, err
	}
	if r.take("covers") {
		if e.Covers, err = r.binary(1, "a share such as 80%"); err != nil {
			return nil, err
		}
	}
	e.Span = r.span(from)
	if r.is("else") {
		return nil, r.chain(e)
	}
	return e, nil
}

// chain returns the error for the fallback e that is followed by another "else".
func (r *reader) chain(e *Else) error {
	at := extent(*r.Next())
	z := "..."
	if x, err := r.operand(); err == nil {
		z = brief(x)
	}
	x := brief(e.X)
	rest := strings.TrimPrefix(brief(e), x+" else ")
	right := x + " else (" + rest + " else " + z + ")"
	left := "(" + brief(e) + ") else " + z
	err := problem(at, codeChain, "two readings of %s, want parentheses", quote(brief(e)+" else "+z))
	err.Help = "write " + right + " or " + left
	return err
}

// operand reads what "else" joins.
//
//	Operand = Ref | Reaches | Series | Parallel | Members | Mix | Not | Connected | "(" Expr ")" .
func (r *reader) operand() (Expr, error) {
	t, next := *r.Peek(), r.after(1)
	switch {
	case t.Value == "(":
		x, err := bracketed(r, ")", r.expr)
		return &ParenExpr{r.span(t.Pos), x}, err
	case t.Type == numberToken, t.Type == nameToken && next.Value == "of", next.Value == "(" && isFunction(t.Value):
		return r.choice()
	case t.Type == nameToken && next.Value == "(" && !r.keyword():
		return r.form()
	case t.Type != nameToken:
		return nil, r.mismatch("a part")
	}
	ref, err := r.ref()
	switch {
	case err != nil:
		return nil, err
	case r.is("x"):
		m := r.mismatch("\"of\" before " + quote(t.Value))
		m.help = "say how many must answer: all of, any of, or 2 of " + t.Value + " x 3"
		return nil, m
	case r.is("reaches"):
		return r.reaches(ref)
	}
	return ref, nil
}

// form reads what starts with a word and an opening parenthesis.
func (r *reader) form() (Expr, error) {
	t := *r.Next()
	items := func() ([]Expr, error) { return commas(r, r.expr) }
	switch t.Value {
	case "series":
		x, err := bracketed(r, ")", items)
		return &Series{r.span(t.Pos), x}, err
	case "parallel":
		x, err := bracketed(r, ")", items)
		return &Parallel{r.span(t.Pos), x}, err
	case "not":
		x, err := bracketed(r, ")", r.expr)
		return &Not{r.span(t.Pos), x}, err
	case "mix":
		x, err := bracketed(r, ")", func() ([]*Branch, error) { return commas(r, r.branch) })
		return &Mix{r.span(t.Pos), x}, err
	case "connected":
		return r.connected(t.Pos)
	}
	forms := []string{"series", "parallel", "mix", "not", "connected"}
	return nil, &mismatch{token: t, code: codeForm, want: "series, parallel, mix, not or connected before \"(\"", words: forms}
}

// branch reads a Branch.
func (r *reader) branch() (*Branch, error) {
	first := *r.Peek()
	bare := &mismatch{token: first, code: codeShare, want: "a share such as 70%", help: "every branch has its share: mix(70% a, 30% b)"}
	if first.Type == nameToken && r.after(1).Value == "(" && !isFunction(first.Value) {
		return nil, bare
	}
	share, err := r.binary(1, "a share such as 70%")
	if err != nil {
		return nil, err
	}
	switch r.Peek().Value {
	case ",", ")", ".", "[", "else", "of", "x", "reaches":
		return nil, bare
	}
	x, err := r.expr()
	return &Branch{r.span(first.Pos), share, x}, err
}

// reaches reads the rest of a Reaches after its first node.
func (r *reader) reaches(from *Ref) (Expr, error) {
	r.Next()
	to, err := r.ref()
	if err != nil {
		return nil, err
	}
	over, err := r.over()
	return &Reaches{r.span(from.Pos), from, to, over}, err
}

// connected reads the rest of a Connected after its first word at the position.
func (r *reader) connected(from Position) (Expr, error) {
	nodes, err := bracketed(r, ")", func() ([]*Ref, error) { return commas(r, r.ref) })
	if err != nil {
		return nil, err
	}
	over, err := r.over()
	return &Connected{r.span(from), nodes, over}, err
}

func (r *reader) over() (*Name, error) {
	if err := r.expect("over"); err != nil {
		return nil, err
	}
	return r.name()
}

// choice reads a Members, or a Connected of all nodes.
func (r *reader) choice() (Expr, error) {
	m, err := r.members(false)
	if err != nil || !r.is("connected") || m.Word != "all" || m.Part == nil || m.Size != nil {
		return m, err
	}
	r.Next()
	net := m.Part.Path[0]
	if len(m.Part.Path) > 1 || net.Index != nil {
		return nil, problem(m.Part.Span, codeUnexpected, "unexpected %s, want the name of a network", quote(brief(m.Part)))
	}
	return &Connected{r.span(m.Pos), nil, &Name{net.Span, net.Text}}, nil
}

// members reads a Members; in a group "k of" may be left out.
func (r *reader) members(group bool) (*Members, error) {
	t, next := *r.Peek(), r.after(1)
	m := &Members{}
	var err error
	switch {
	case next.Value == "of" && (t.Value == "all" || t.Value == "any"):
		if group {
			return nil, r.mismatch("how many members must answer, or the members")
		}
		m.Word = r.Next().Value
	case t.Type == numberToken, t.Type == nameToken && next.Value == "of", next.Value == "(" && isFunction(t.Value):
		m.K, err = r.count()
	}
	if err == nil && (m.Word != "" || m.K != nil) {
		err = r.expect("of")
	}
	switch {
	case err != nil:
	case r.is("("):
		m.List, err = bracketed(r, ")", func() ([]Expr, error) { return commas(r, r.expr) })
	default:
		err = r.copies(m)
	}
	m.Span = r.span(t.Pos)
	return m, err
}

// copies reads the part of a Members, and how many copies of it stand where.
func (r *reader) copies(m *Members) (err error) {
	if m.Part, err = r.ref(); err != nil || !r.take("x") {
		return err
	}
	if m.Size, err = r.count(); err != nil || !r.take("in") {
		return err
	}
	m.Place, err = r.ref()
	return err
}

// survives reads a Survives.
func (r *reader) survives() (*Survives, error) {
	from := r.Next().Pos
	s := &Survives{Any: r.take("any")}
	t, next := *r.Peek(), r.after(1)
	var err error
	if s.Any && (t.Type == numberToken || next.Value == "of" || next.Value == "(" && isFunction(t.Value)) {
		if s.K, err = r.count(); err == nil {
			err = r.expect("of")
		}
	}
	switch {
	case err != nil:
	case r.is("component"), r.is("domain"):
		s.Kind = r.Next().Value
	default:
		s.What, err = r.ref()
	}
	if err == nil && r.take("except") {
		s.Except, err = commas(r, r.ref)
	}
	s.Span = r.span(from)
	return s, err
}
