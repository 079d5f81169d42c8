package syntax

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The codes of syntax errors.
const (
	codeCharacter  = "E001" // a character that begins no token, or bad UTF-8
	codeString     = "E002" // a text without its closing quote, or a bad escape
	codeNumber     = "E003" // an unknown unit, or a number out of range
	codeLength     = "E004" // a name, text, quantity or statement that is too long
	codeDepth      = "E005" // brackets nested too deeply
	codeUnexpected = "E006" // a token that does not fit
	codeUnclosed   = "E007" // a bracket without its closing one
	codeStatement  = "E008" // an unknown statement
	codeClause     = "E009" // an unknown clause
	codeRepeated   = "E010" // an option given twice
	codeMissing    = "E011" // an option left out
	codeUnit       = "E012" // a number without its unit
	codeChain      = "E013" // "else" after "else"
	codeShare      = "E014" // a branch of mix without its share
	codeForm       = "E015" // an unknown function or structure
	codeTooMany    = "E016" // reading stopped
)

// problem returns an error about a span.
func problem(at Span, code, format string, args ...any) *Error {
	return &Error{Pos: at.Pos, End: at.EndPos, Code: code, Message: fmt.Sprintf(format, args...)}
}

// extent returns the span of a token.
func extent(t lexer.Token) Span {
	end := t.Pos
	end.Offset += len(t.Value)
	end.Column += utf8.RuneCountInString(t.Value)
	return Span{t.Pos, end}
}

// quote returns text in quotes, shortened.
func quote(text string) string {
	if strings.HasPrefix(text, `"`) {
		return shorten(text)
	}
	return `"` + shorten(text) + `"`
}

// shorten returns text for a message: with its middle left out if it is long,
// and without characters that a terminal would obey.
func shorten(text string) string {
	const most, head, tail = 40, 30, 7
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsPrint(r) {
				return r
			}
			return utf8.RuneError
		}, s)
	}
	if len(text) <= 4*most && utf8.RuneCountInString(text) <= most {
		return clean(text)
	}
	from, to := 0, len(text)
	for range head {
		_, w := utf8.DecodeRuneInString(text[from:])
		from += w
	}
	for range tail {
		_, w := utf8.DecodeLastRuneInString(text[:to])
		to -= w
	}
	return clean(text[:from]) + "..." + clean(text[max(from, to):])
}

// mismatch is an unexpected token.
type mismatch struct {
	token lexer.Token
	code  string // "": codeUnexpected
	want  string
	words []string // what may have been meant
	help  string
}

// Error says what is wanted.
func (m *mismatch) Error() string { return "want " + m.want }

// asMismatch turns an error of participle into a mismatch.
func asMismatch(err error, at lexer.Token) *mismatch {
	var m *mismatch
	var u *participle.UnexpectedTokenError
	switch {
	case errors.As(err, &m):
		return m
	case errors.As(err, &u):
		want, words := wanted(u.Message())
		return &mismatch{token: u.Unexpected, want: want, words: words}
	}
	return &mismatch{token: at, want: "something else"}
}

var (
	expected = regexp.MustCompile(`\(expected (.*)\)$`)
	leading  = regexp.MustCompile(`^\(?("[^"]+"( \| )?)+`)
	literal  = regexp.MustCompile(`"([^"]+)"`)
)

// wanted returns what participle expected first: for a person, and the words.
func wanted(message string) (string, []string) {
	production := expected.FindStringSubmatch(message)
	if production == nil {
		return "something else", nil
	}
	if strings.HasPrefix(production[1], "String") {
		return `a text in quotes`, nil
	}
	var words []string
	quoted := literal.FindAllString(leading.FindString(production[1]), -1)
	for _, q := range quoted {
		words = append(words, strings.Trim(q, `"`))
	}
	return either(quoted), words
}

// explain turns an error in the statement into one for the user; n is what could
// be read of it.
func (p *parser) explain(err error, n Node) Error {
	var done *Error
	if errors.As(err, &done) {
		return *done
	}
	m := asMismatch(err, *p.lex.Peek())
	p.advance(m.token.Pos.Offset)
	got, t := quote(m.token.Value), m.token
	if t.EOF() {
		t, got = p.follow, quote(p.follow.Value)
	}
	at := extent(t)
	if t.EOF() {
		at = extent(p.last())
		at.Pos, got = at.EndPos, "end of file"
	}
	e := problem(at, codeUnexpected, "unexpected %s, want %s", got, m.want)
	if m.code != "" {
		e.Code = m.code
	}
	p.explainBracket(e, m)
	words := m.words
	if n != nil {
		words = slices.Concat(words, options(n))
	}
	if t.Type != nameToken {
		words = nil
	}
	e.Help = cmp.Or(hint(p.last(), t, m.want), didYouMean(suggest(t.Value, words)), m.help)
	return *e
}

// explainBracket adds to e the bracket that is open before the unexpected token
// if that may be the mistake.
func (p *parser) explainBracket(e *Error, m *mismatch) {
	open, ok := unclosed(p.since(p.start), m.token)
	if !ok {
		return
	}
	closes := m.want == `")"` || m.want == `"]"`
	if strings.Contains(")]}", m.token.Value) || p.atStatement() || closes {
		at := extent(open)
		e.Code = codeUnclosed
		e.Other = &Place{at.Pos, at.EndPos, quote(open.Value) + " opened here"}
	}
}

// unclosed returns the innermost bracket that is open before t, if t is not what
// closes it.
func unclosed(tokens []lexer.Token, t lexer.Token) (lexer.Token, bool) {
	var open []lexer.Token
	for _, k := range tokens {
		if k.Pos.Offset >= t.Pos.Offset {
			break
		}
		switch k.Value {
		case "(", "[", "{":
			open = append(open, k)
		case ")", "]", "}":
			open = open[:max(0, len(open)-1)]
		}
	}
	if len(open) == 0 {
		return t, false
	}
	last := open[len(open)-1]
	return last, t.EOF() || strings.Index(")]}", t.Value) != strings.Index("([{", last.Value)
}

// hint returns help for common slips at the unexpected token t, where something
// else is wanted after the token before it.
func hint(before, t lexer.Token, want string) string {
	bare := before.Type == numberToken && digits(before.Value) == len(before.Value)
	switch {
	case bare && (t.Value == "%" || isDuration(t.Value)):
		return "a unit touches its number: " + before.Value + t.Value
	case before.Type == numberToken && t.Type == numberToken && smaller(t.Value, before.Value):
		return "the parts of a duration touch: " + before.Value + t.Value
	case before.Value == ",":
		return `leave out the "," or go on with the list`
	case before.Value == "]" && t.Type == stringToken:
		return "a title stands right after the name"
	case t.Value == "." && before.Type == punctToken:
		return "a number starts with a digit: 0.5"
	case want == `"-"` && strings.Contains(before.Value, "-"):
		return quote(before.Value) + " is one name; a minus has a space on both sides"
	case t.Value == "," && strings.HasPrefix(want, "a clause"):
		return "nothing separates clauses"
	case t.Value == "," && want == `"}"`:
		return "members that exist stand in parentheses: (a, b)"
	case t.Value == "retry" && strings.HasPrefix(want, "a clause"):
		return "a pool retries, as in runs pod x 3 retry 1, or a call, as in calls db retry 2 over wan"
	case before.Value == "fails" && t.Type == numberToken:
		return "as in fails every 30d, or fails at 12/y"
	case slices.Contains([]string{"mtbf", "mttf", "mttr", "MTBF", "MTTF", "MTTR"}, t.Value):
		return "the mean times are written fails every 30d repair 1h"
	case t.Value == "and":
		return "for both write series(a, b)"
	case t.Value == "or":
		return "for one of them write parallel(a, b), for a fallback a else b"
	case before.Type == nameToken && len(t.Value) > 1 && t.Value[0] == 'x' && run(t.Value[1:]) == len(t.Value)-1:
		return "write x " + t.Value[1:]
	}
	return ""
}

// didYouMean is the help that offers a word, "" for none.
func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return "did you mean " + quote(word) + "?"
}

// unitHelp says how to write the unit of number, which next follows.
func unitHelp(number, next lexer.Token) string {
	if isDuration(next.Value) {
		return hint(number, next, "")
	}
	if unit := Abbreviate(next.Value); unit != "" {
		return "write " + number.Value + unit
	}
	return "the units of time are " + strings.Join(durations, ", ")
}
