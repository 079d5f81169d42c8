package syntax

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

const (
	nameToken lexer.TokenType = iota + 1
	numberToken
	stringToken
	punctToken
	commentToken // elided
	spaceToken   // elided; it keeps the end of a node before the space
)

const (
	maxName   = 256     // bytes in a name or number
	maxString = 1 << 14 // bytes in a text
)

// definition is the lexer of the language, for participle.
type definition struct{}

// Symbols names the token types for the grammar.
func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Name": nameToken, "Number": numberToken, "String": stringToken,
		"Punct": punctToken, "Comment": commentToken, "Space": spaceToken,
	}
}

// Lex reads all of r.
func (definition) Lex(file string, r io.Reader) (lexer.Lexer, error) {
	src, err := io.ReadAll(r)
	return newScanner(file, string(src), func(Error) {}), err
}

// scanner cuts a source into tokens. What is no token is reported and left out.
type scanner struct {
	src    string
	pos    Position
	report func(Error)
	// stopped makes the rest of the source count for nothing.
	stopped bool
}

func newScanner(file, src string, report func(Error)) *scanner {
	s := &scanner{src: src, pos: Position{Filename: file, Line: 1, Column: 1}, report: report}
	s.pos.Offset = len(src) - len(strings.TrimPrefix(src, "\ufeff"))
	return s
}

// Next returns the next token; at the end of the source, EOF.
func (s *scanner) Next() (lexer.Token, error) {
	for s.pos.Offset < len(s.src) && !s.stopped {
		rest := s.src[s.pos.Offset:]
		kind, n := s.token(rest)
		if kind == lexer.EOF {
			s.skip(rest)
			continue
		}
		t := lexer.Token{Type: kind, Value: rest[:n], Pos: s.pos}
		s.advance(t.Value)
		s.check(t)
		return t, nil
	}
	return lexer.EOFToken(s.pos), nil
}

// token returns the type and length of the token that rest starts with, EOF
// for none.
func (s *scanner) token(rest string) (lexer.TokenType, int) {
	switch c := rest[0]; {
	case isSpace(c):
		n := 1
		for n < len(rest) && isSpace(rest[n]) {
			n++
		}
		return spaceToken, n
	case c == '#' || strings.HasPrefix(rest, "//"):
		return commentToken, lineLength(rest)
	case c == '"':
		return stringToken, stringLength(rest)
	case isDigit(c):
		return numberToken, numberLength(rest)
	case (c == '<' || c == '>' || c == '=') && len(rest) > 1 && rest[1] == '=':
		return punctToken, 2
	case strings.IndexByte("{}()[],.=+-*/:<>%", c) >= 0:
		return punctToken, 1
	}
	if n := nameLength(rest); n > 0 {
		return nameToken, n
	}
	return lexer.EOF, 0
}

// advance moves over text.
func (s *scanner) advance(text string) {
	s.pos.Offset += len(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		s.pos.Line += strings.Count(text, "\n")
		s.pos.Column = 1
		text = text[i+1:]
	}
	s.pos.Column += utf8.RuneCountInString(text)
}

// skip reports the run of characters at the start of rest that begin no token
// and moves over it.
func (s *scanner) skip(rest string) {
	start := s.pos
	first, n := utf8.DecodeRuneInString(rest)
	for n < len(rest) && rest[n] != '\n' {
		if kind, _ := s.token(rest[n:]); kind != lexer.EOF {
			break
		}
		_, w := utf8.DecodeRuneInString(rest[n:])
		n += w
	}
	s.advance(rest[:n])
	s.report(badCharacter(first, rest[:n], Span{start, s.pos}))
}

// check reports what is wrong inside a token.
func (s *scanner) check(t lexer.Token) {
	at := Span{t.Pos, s.pos}
	var e *Error
	switch t.Type {
	case numberToken:
		e = checkNumber(t.Value, at)
	case stringToken:
		e = checkString(t.Value, at)
	case nameToken:
		e = checkName(t.Value, at)
	case commentToken:
		e = checkComment(t.Value, at)
	}
	if e != nil {
		s.report(*e)
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// lineLength returns the length of the first line of s, without the line end.
func lineLength(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return len(strings.TrimRight(s, " \t\r"))
}

// stringLength returns the length of the text that s starts with, up to the
// closing quote or the end of the line.
func stringLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1
		case '\n':
			return lineLength(s)
		case '\\':
			if i+1 < len(s) && s[i+1] != '\n' {
				i++
			}
		}
	}
	return len(s)
}

// numberLength returns the length of the number that s starts with: digits and
// the units that touch them.
func numberLength(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n += digits(s[n:])
		if n < len(s) && s[n] == '%' {
			return n + 1
		}
		n += unitLength(s[n:])
	}
	return n
}

// unitLength returns the length of the word without digits that s starts with.
func unitLength(s string) int {
	n := 0
	for n < len(s) && !isDigit(s[n]) {
		r, w := utf8.DecodeRuneInString(s[n:])
		if r != '_' && !unicode.IsLetter(r) {
			break
		}
		n += w
	}
	return n
}

// nameLength returns the length of the name that s starts with, 0 for none.
// A "-" belongs to it between two characters of a name.
func nameLength(s string) int {
	n, dash := 0, 0
	for n < len(s) {
		r, w := utf8.DecodeRuneInString(s[n:])
		switch {
		case r == '_' || unicode.IsLetter(r):
		case n > 0 && (unicode.IsDigit(r) || unicode.IsMark(r)):
		case n > 0 && r == '-' && dash == 0:
			dash = 1
			n++
			continue
		default:
			return n - dash
		}
		dash = 0
		n += w
	}
	return n - dash
}
