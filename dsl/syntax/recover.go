package syntax

import (
	"cmp"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// since returns the tokens read since a place in the batch.
func (p *parser) since(start lexer.Checkpoint) []lexer.Token {
	return p.lex.Range(start.RawCursor(), p.lex.RawCursor())
}

// last returns the last token read.
func (p *parser) last() lexer.Token {
	read := p.lex.Range(0, p.lex.RawCursor())
	for i := len(read) - 1; i >= 0; i-- {
		if t := read[i]; t.Type != spaceToken {
			return t
		}
	}
	return lexer.Token{}
}

// advance reads up to an offset in the source.
func (p *parser) advance(offset int) {
	for t := p.lex.Peek(); !t.EOF() && t.Pos.Offset < offset; t = p.lex.Peek() {
		p.lex.Next()
	}
}

// atStatement says if the next token starts a statement and can be nothing else.
func (p *parser) atStatement() bool {
	r := reader{PeekingLexer: p.lex}
	return isStatement(r.word()) && startsStatement(*p.lex.Peek(), r.after(1), r.after(2))
}

// nextStatement goes from the start of the statement to the next place at or
// after an offset where one may start: after a closing brace, or at the word
// that starts one.
func (p *parser) nextStatement(offset int) {
	p.lex.LoadCheckpoint(p.start)
	line, depth := p.lex.Peek().Pos.Line, 0
	for n := 0; ; n++ {
		t := p.lex.Peek()
		late := n > 0 && t.Pos.Offset >= offset
		first := t.Pos.Line > line
		switch {
		case t.EOF():
			return
		case !late || !isStatement(t.Value):
		case depth == 0 && first, (depth == 0 || first) && p.atStatement():
			return
		}
		line = t.Pos.Line
		p.lex.Next()
		switch t.Value {
		case "(", "[", "{":
			depth++
		case ")", "]":
			depth = max(0, depth-1)
		case "}":
			if depth = 0; late {
				return
			}
		}
	}
}

// nextClause goes to the next place where a clause may start or the body ends.
func (p *parser) nextClause(rules map[string]rule[Clause]) {
	line, depth := p.last().Pos.Line, 0
	for {
		t := p.lex.Peek()
		_, ok := rules[t.Value]
		first := t.Pos.Line > line
		if t.EOF() || t.Value == "}" || ok && depth == 0 || first && (ok || isClauseStart(t.Value) || p.atStatement()) {
			return
		}
		switch t.Value {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(0, depth-1)
		}
		line = t.Pos.Line
		p.lex.Next()
	}
}

// nextSetting goes to the next place where a setting may start or the body ends.
func (p *parser) nextSetting() {
	r := reader{PeekingLexer: p.lex}
	for {
		t := p.lex.Peek()
		if t.EOF() || t.Value == "}" || t.Type == nameToken && r.after(1).Value == "=" || p.atStatement() {
			return
		}
		p.lex.Next()
	}
}

// failRule records why a statement or clause cannot be read, of which n has been
// read, and returns the offset of the place.
func (p *parser) failRule(err error, n Node) int {
	m := p.explain(err, n)
	p.fail(m)
	return m.Pos.Offset
}

// failUnclosed reports that a body does not end before the next token.
func (p *parser) failUnclosed() {
	p.failRule(&mismatch{token: *p.lex.Peek(), want: `"}"`}, nil)
}

// failStatement reports that the next token starts no statement.
func (p *parser) failStatement() {
	m := &mismatch{token: *p.lex.Peek(), code: codeStatement, want: "a statement", words: slices.Sorted(maps.Keys(statements))}
	switch word := m.token.Value; {
	case word == "}":
		m.code, m.help = codeUnexpected, `no "{" is open here`
	case m.token.Type != nameToken:
		m.code = codeUnexpected
	default:
		m.help = bodies(word)
	}
	p.failRule(m, nil)
}

// bodies says where a clause with the first word stands, "" for nowhere.
func bodies(word string) string {
	var in []string
	if _, ok := componentClauses[word]; ok {
		in = append(in, "component", "domain")
	}
	if _, ok := serviceClauses[word]; ok {
		in = append(in, "service")
	}
	if _, ok := networkClauses[word]; ok {
		in = append(in, "network")
	}
	if in == nil {
		return ""
	}
	return quote(word) + " stands in the body of a " + either(in)
}

// failClause reports that the next token starts no clause of a body and does not
// go on with the clause before it.
func (p *parser) failClause(kind string, rules map[string]rule[Clause], clauses []Clause) {
	words := slices.Sorted(maps.Keys(rules))
	m := &mismatch{token: *p.lex.Peek(), code: codeClause, words: words}
	m.want = "a clause of " + kind + ` or "}"`
	m.help = cmp.Or(bodies(m.token.Value), "a "+kind+" takes "+strings.Join(words, ", "))
	var before Node
	if len(clauses) > 0 {
		before = clauses[len(clauses)-1]
	}
	p.failRule(m, before)
}

var quoted = regexp.MustCompile(`'([a-z]+)'`)

// options returns the keywords in the grammar of n.
func options(n Node) []string {
	var words []string
	t := reflect.TypeOf(n).Elem()
	for i := range t.NumField() {
		for _, w := range quoted.FindAllStringSubmatch(t.Field(i).Tag.Get("parser"), -1) {
			words = append(words, w[1])
		}
	}
	return words
}
