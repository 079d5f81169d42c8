package syntax

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// maxOperators limits the operators of one level, and so the depth of the tree.
const maxOperators = 1000

func parseQuantity(lex *lexer.PeekingLexer) (Quantity, error) {
	r := reader{PeekingLexer: lex}
	return r.quantity()
}

func parseCount(lex *lexer.PeekingLexer) (Count, error) {
	r := reader{PeekingLexer: lex}
	return r.count()
}

// parseTime reads a quantity and refuses a number without a unit.
func parseTime(lex *lexer.PeekingLexer) (Time, error) {
	r := reader{PeekingLexer: lex}
	first := *r.Peek()
	q, err := r.binary(1, "a time such as 30m")
	if n, ok := q.(*Number); ok && err == nil && digits(n.Text) == len(n.Text) {
		return nil, &mismatch{token: first, code: codeUnit, want: "a time such as " + first.Value + "m", help: unitHelp(first, *r.Peek())}
	}
	return q, err
}

// quantity reads a Quantity.
func (r *reader) quantity() (Quantity, error) { return r.binary(1, "a quantity") }

// binary reads a quantity by precedence climbing: operands joined by operators
// that bind at least so.
func (r *reader) binary(least int, want string) (Quantity, error) {
	from := r.Peek().Pos
	x, err := r.factor(want)
	for n := 0; err == nil; n++ {
		op := *r.Peek()
		p := level(op.Value)
		if p < least {
			break
		}
		if n == maxOperators {
			return nil, problem(extent(op), codeLength, "quantity of more than %d operators", maxOperators)
		}
		r.Next()
		if op.Value == "/" && isDuration(r.word()) && r.after(1).Value != "(" {
			unit, _ := r.name()
			x = &Per{r.span(from), x, unit}
			continue
		}
		var y Quantity
		y, err = r.binary(p+1, "a quantity")
		x = &Binary{r.span(from), op.Value, x, y}
	}
	return x, err
}

// level returns how tightly an operator binds, 0 for what is none.
func level(op string) int {
	switch op {
	case "+", "-":
		return 1
	case "*", "/":
		return 2
	}
	return 0
}

// factor reads an operand.
//
//	Factor = [ "-" ] ( Number | Name | Call | Law | "(" Quantity ")" ) .
func (r *reader) factor(want string) (Quantity, error) {
	from := r.Peek().Pos
	if !r.take("-") {
		return r.primary(want)
	}
	x, err := r.primary(want)
	return &Negative{r.span(from), x}, err
}

func (r *reader) primary(want string) (Quantity, error) {
	t := *r.Peek()
	switch {
	case t.Type == numberToken:
		return r.number(), nil
	case t.Value == "(":
		x, err := bracketed(r, ")", r.quantity)
		return &ParenQuantity{r.span(t.Pos), x}, err
	case t.Type == nameToken && r.after(1).Value == "(" && isFunction(t.Value):
		return r.call()
	case t.Type == nameToken && r.after(1).Value == "(" && isLaw(t.Value):
		return r.law()
	}
	switch err := r.notKeyword(want); {
	case err != nil:
		return nil, err
	case t.Type != nameToken:
		return nil, r.mismatch(want)
	case r.after(1).Value == "(":
		return nil, unknownFunction(t)
	}
	return r.name()
}

// unknownFunction is the error for a function that does not exist.
func unknownFunction(t lexer.Token) *Error {
	known := slices.Concat(functions, laws)
	e := problem(extent(t), codeForm, "unknown function %s, want one of %s", quote(t.Value), either(known))
	e.Help = didYouMean(suggest(t.Value, known))
	return e
}

// number reads a Number, which is the next token.
func (r *reader) number() *Number {
	t := *r.Next()
	text := t.Value
	if n := digits(text); n == len(text) && isWordUnit(r.word()) {
		text += " " + r.Next().Value
	} else if isWordUnit(text[n:]) {
		text = text[:n] + " " + text[n:]
	}
	return &Number{r.span(t.Pos), text}
}

// count reads a Count.
func (r *reader) count() (Count, error) {
	const want = "a whole number, a param, or one of min, max, ceil, floor"
	t := *r.Peek()
	var x Count
	var err error
	switch {
	case t.Type == numberToken && digits(t.Value) == len(t.Value):
		r.Next()
		x = &Number{extent(t), t.Value}
	case t.Type == nameToken && r.after(1).Value == "(" && isFunction(t.Value):
		x, err = r.call()
	case t.Type == nameToken:
		if err = r.notKeyword(want); err == nil {
			x, err = r.name()
		}
	default:
		err = r.mismatch(want)
	}
	if err == nil && level(r.Peek().Value) > 0 {
		m := r.mismatch("a whole number without arithmetic")
		m.help = "name it by a param, or write ceil(...) or floor(...)"
		err = m
	}
	return x, err
}

// call reads a Call.
func (r *reader) call() (Quantity, error) {
	f, _ := r.name()
	args, err := bracketed(r, ")", func() ([]Quantity, error) { return commas(r, r.quantity) })
	return &Call{r.span(f.Pos), f, args}, err
}

// law reads a Law.
func (r *reader) law() (Quantity, error) {
	name, _ := r.name()
	args, err := bracketed(r, ")", func() ([]*Arg, error) { return commas(r, r.arg) })
	return &Law{r.span(name.Pos), name, args}, err
}

// arg reads an Arg.
func (r *reader) arg() (*Arg, error) {
	a := &Arg{}
	t := *r.Peek()
	var err error
	switch next := r.after(1); {
	case t.Type == stringToken:
		r.Next()
		a.File = &String{extent(t), t.Value}
	case isLabel(t.Value) && (next.Type == numberToken || next.Type == nameToken || next.Value == "("):
		a.Label, _ = r.name()
		a.Value, err = r.quantity()
	default:
		a.Value, err = r.quantity()
		if err == nil && r.take(":") {
			a.Share = a.Value
			a.Value, err = r.quantity()
		}
	}
	a.Span = r.span(t.Pos)
	return a, err
}
