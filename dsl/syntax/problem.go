package syntax

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
	return &mismatch{token: at, want: "less of it: " + err.Error()}
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
	e.Help = cmp.Or(hint(p.last(), t), m.help)
	if t.Type == nameToken {
		words := m.words
		if n != nil {
			words = slices.Concat(words, options(n))
		}
		e.Help = cmp.Or(hint(p.last(), t), didYouMean(suggest(t.Value, words)), m.help)
	}
	return *e
}

// explainBracket adds to e the bracket that is open before the unexpected token
// if that may be the mistake.
func (p *parser) explainBracket(e *Error, m *mismatch) {
	open, ok := unclosed(p.since(p.start), m.token)
	if !ok {
		return
	}
	closes := strings.ContainsAny(m.want, ")]") && len(m.want) == len(`")"`)
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

// hint returns help for common slips at the unexpected token t and the one
// before it.
func hint(before, t lexer.Token) string {
	bare := before.Type == numberToken && digits(before.Value) == len(before.Value)
	switch {
	case bare && (t.Value == "%" || isDuration(t.Value)):
		return "a unit touches its number: " + before.Value + t.Value
	case before.Type == numberToken && t.Type == numberToken && smaller(t, before):
		return "the parts of a duration touch: " + before.Value + t.Value
	case before.Value == ",":
		return `leave out the "," or go on with the list`
	case before.Value == "]" && t.Type == stringToken:
		return "a title stands right after the name"
	case t.Value == "." && before.Type == punctToken:
		return "a number starts with a digit: 0.5"
	case before.Type == nameToken && strings.Contains(before.Value, "-") && t.Type == nameToken:
		return quote(before.Value) + " is one name; a minus has a space on both sides"
	case t.Value == "and":
		return "for both write series(a, b)"
	case t.Value == "or":
		return "for one of them write parallel(a, b), for a fallback a else b"
	case before.Type == nameToken && len(t.Value) > 1 && t.Value[0] == 'x' && run(t.Value[1:]) == len(t.Value)-1:
		return "write x " + t.Value[1:]
	}
	return ""
}

// smaller says if number a ends in a smaller unit of time than b.
func smaller(a, b lexer.Token) bool {
	return slices.Index(durations, lastUnit(a.Value)) < slices.Index(durations, lastUnit(b.Value))
}

// lastUnit returns what follows the last digit of a number.
func lastUnit(number string) string {
	return number[strings.LastIndexAny(number, "0123456789")+1:]
}

// abbreviate returns the unit for its long name, "" if there is none.
func abbreviate(unit string) string {
	switch strings.TrimSuffix(unit, "s") {
	case "sec", "second":
		return "s"
	case "min", "minute":
		return "m"
	case "hr", "hour":
		return "h"
	case "day":
		return "d"
	case "week":
		return "w"
	case "month":
		return "mo"
	case "yr", "year":
		return "y"
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
		return hint(number, next)
	}
	return "the units of time are " + strings.Join(durations, ", ")
}

// badCharacter is the error for a text that begins with no token.
func badCharacter(first rune, text string, at Span) Error {
	e := problem(at, codeCharacter, "unexpected character %s", strconv.Quote(shorten(text)))
	switch {
	case first == 0:
		e.Message, e.Help = "unexpected NUL byte, want text", "save the file as UTF-8"
	case first == utf8.RuneError:
		e.Message, e.Help = fmt.Sprintf("unexpected bytes %+q, want UTF-8", text[:min(len(text), 4)]), "save the file as UTF-8"
	case first == ';':
		e.Help = "nothing separates statements"
	case first == '\'' || first == '“' || first == '”':
		e.Help = "a text stands in double quotes"
	case first == '≥' || first == '≤':
		e.Help = "write >= or <="
	}
	return *e
}

// checkNumber returns what is wrong with a number, nil for nothing.
func checkNumber(text string, at Span) *Error {
	if len(text) > maxName {
		return problem(at, codeLength, "number %s of %d bytes, want at most %d", quote(text), len(text), maxName)
	}
	terms := (&Number{Text: text}).Terms()
	for _, t := range terms {
		if e := checkTerm(t, len(terms), at); e != nil {
			return e
		}
	}
	return nil
}

// checkTerm returns what is wrong with one of n terms of a number.
func checkTerm(t Term, n int, at Span) *Error {
	f, err := strconv.ParseFloat(t.Digits, 64)
	switch {
	case err != nil:
		return problem(at, codeNumber, "number %s is too large, want at most 1.8e308", quote(t.Digits))
	case f == 0 && strings.Trim(strings.SplitN(strings.ToLower(t.Digits), "e", 2)[0], "0.") != "":
		return problem(at, codeNumber, "number %s is too small, want at least 5e-324", quote(t.Digits))
	case n > 1 && t.Unit == "":
		return problem(at, codeNumber, "%s has no unit, want one of %s", quote(t.Digits), either(durations))
	case n > 1 && !isDuration(t.Unit), n == 1 && t.Unit != "" && t.Unit != "%" && !isDuration(t.Unit) && !isWordUnit(t.Unit):
		known := durations
		if n == 1 {
			known = slices.Concat(durations, []string{"%"}, wordUnits)
		}
		e := problem(at, codeNumber, "unknown unit %s, want one of %s", quote(t.Unit), either(known))
		if s := cmp.Or(abbreviate(t.Unit), suggest(t.Unit, known)); s != "" {
			e.Help = didYouMean(t.Digits + s)
		}
		return e
	}
	return nil
}

// checkString returns what is wrong with a text, nil for nothing.
func checkString(text string, at Span) *Error {
	switch {
	case len(text) > maxString:
		return problem(at, codeLength, "text of %d bytes, want at most %d", len(text), maxString)
	case !utf8.ValidString(text):
		return problem(at, codeCharacter, "unexpected bytes in a text, want UTF-8")
	}
	closed := false
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && text[i+1] != '"' && text[i+1] != '\\':
			_, w := utf8.DecodeRuneInString(text[i+1:])
			return problem(at, codeString, `unknown escape %s, want \" or \\`, text[i:i+1+w])
		case c == '\\':
			i++
		case c < ' ':
			return problem(at, codeString, "control character %q in a text", c)
		case c == '"':
			closed = true
		}
	}
	if !closed {
		return problem(at, codeString, "unexpected end of line in a text, want its closing quote")
	}
	return nil
}

// checkComment returns what is wrong with a comment, nil for nothing.
func checkComment(text string, at Span) *Error {
	switch {
	case strings.HasPrefix(text, "//"):
		e := problem(at, codeCharacter, `unexpected "//", want "#" before a comment`)
		return e
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return problem(at, codeCharacter, "unexpected bytes in a comment, want UTF-8")
	}
	return nil
}
