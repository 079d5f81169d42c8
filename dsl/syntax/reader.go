package syntax

import "github.com/alecthomas/participle/v2/lexer"

// reader reads by hand what no participle grammar reads: names, references,
// structures and quantities.
type reader struct {
	*lexer.PeekingLexer
	depth int // open brackets; inside them every word is a name
}

// is says if the next token is text.
func (r *reader) is(text string) bool { return r.Peek().Value == text }

// word returns the next token if it can be a name, else "".
func (r *reader) word() string {
	if t := r.Peek(); t.Type == nameToken {
		return t.Value
	}
	return ""
}

// after returns the n-th token after the next one.
func (r *reader) after(n int) lexer.Token {
	here := r.MakeCheckpoint()
	for range n {
		r.Next()
	}
	t := *r.Peek()
	r.LoadCheckpoint(here)
	return t
}

// span returns the range from a position to the end of the last token taken.
func (r *reader) span(from Position) Span { return Span{from, r.RawPeek().Pos} }

// take takes the next token if it is text.
func (r *reader) take(text string) bool {
	ok := r.is(text)
	if ok {
		r.Next()
	}
	return ok
}

// expect takes the token that must come next.
func (r *reader) expect(text string) error {
	if !r.take(text) {
		return r.mismatch(quote(text))
	}
	return nil
}

// mismatch reports that the next token is not what is wanted.
func (r *reader) mismatch(want string) *mismatch {
	return &mismatch{token: *r.Peek(), want: want}
}

// keyword says if the next word is a keyword although a name could stand here.
// It is one if what follows can only follow the keyword.
func (r *reader) keyword() bool {
	word := r.word()
	if r.depth > 0 || !isStatement(word) && !isClauseWord(word) {
		return false
	}
	a := r.after(1)
	operand := a.Type == numberToken || a.Type == nameToken && !isClauseWord(a.Value) && !isOperator(a.Value)
	switch {
	case startsStatement(*r.Peek(), a, r.after(2)):
		return true
	case isClauseWord(word):
		return operand || a.Value == "(" || a.Type == nameToken && (word == "up" || word == "never")
	}
	return operand && !isStatement(a.Value) && r.firstOnLine() && a.Pos.Line == r.Peek().Pos.Line
}

// firstOnLine says if the next token is on another line than the one before it.
func (r *reader) firstOnLine() bool { return r.RawPeek().Pos.Line < r.Peek().Pos.Line }

// notKeyword returns an error if the next word is a keyword where want is
// wanted.
func (r *reader) notKeyword(want string) error {
	if !r.keyword() {
		return nil
	}
	m := r.mismatch(want)
	if isClauseWord(r.word()) && !r.firstOnLine() {
		m.help = quote(r.word()) + " as a name stands in parentheses"
	}
	return m
}

// commas reads items separated by commas.
func commas[T any](r *reader, item func() (T, error)) ([]T, error) {
	var items []T
	for {
		x, err := item()
		if err != nil {
			return items, err
		}
		items = append(items, x)
		if !r.take(",") {
			return items, nil
		}
	}
}

// bracketed reads what stands between an opening bracket, which is the next
// token, and its closing one.
func bracketed[T any](r *reader, close string, content func() (T, error)) (T, error) {
	r.Next()
	r.depth++
	x, err := content()
	r.depth--
	if err == nil {
		err = r.expect(close)
	}
	return x, err
}

// name reads a Name.
func (r *reader) name() (*Name, error) {
	t := *r.Peek()
	if t.Type != nameToken {
		return nil, r.mismatch("a name")
	}
	r.Next()
	return &Name{extent(t), t.Value}, nil
}

// ref reads a Ref.
func (r *reader) ref() (*Ref, error) {
	if err := r.notKeyword("a part"); err != nil {
		return nil, err
	}
	from := r.Peek().Pos
	ref := &Ref{}
	for {
		s, err := r.segment()
		if err != nil {
			return nil, err
		}
		ref.Path = append(ref.Path, s)
		if !r.take(".") {
			ref.Span = r.span(from)
			return ref, nil
		}
	}
}

// segment reads a Segment.
func (r *reader) segment() (Segment, error) {
	t := *r.Peek()
	if t.Type != nameToken {
		return Segment{}, r.mismatch("a part")
	}
	r.Next()
	s := Segment{extent(t), t.Value, nil}
	if !r.is("[") {
		return s, nil
	}
	var err error
	s.Index, err = bracketed(r, "]", r.count)
	s.Span = r.span(t.Pos)
	return s, err
}

// Parse reads a name; it implements participle.Parseable.
func (n *Name) Parse(lex *lexer.PeekingLexer) error {
	r := reader{PeekingLexer: lex}
	if r.firstOnLine() && isClauseStart(r.word()) {
		if err := r.notKeyword("a name"); err != nil {
			return err
		}
	}
	read, err := r.name()
	if err == nil {
		*n = *read
	}
	return err
}

// Parse reads a reference; it implements participle.Parseable.
func (f *Ref) Parse(lex *lexer.PeekingLexer) error {
	r := reader{PeekingLexer: lex}
	read, err := r.ref()
	if err == nil {
		*f = *read
	}
	return err
}

// Parse reads the members of a group; it implements participle.Parseable.
func (m *Members) Parse(lex *lexer.PeekingLexer) error {
	r := reader{PeekingLexer: lex}
	read, err := r.members(true)
	if err == nil {
		*m = *read
	}
	return err
}
