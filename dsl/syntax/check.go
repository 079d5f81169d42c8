package syntax

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

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

// checkName returns what is wrong with a name, nil for nothing.
func checkName(text string, at Span) *Error {
	if len(text) <= maxName {
		return nil
	}
	return problem(at, codeLength, "name %s of %d bytes, want at most %d", quote(text), len(text), maxName)
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
	case t.Unit == "" || isDuration(t.Unit):
		return nil
	case n == 1 && (t.Unit == "%" || isWordUnit(t.Unit)):
		return nil
	}
	known := durations
	if n == 1 {
		known = slices.Concat(durations, []string{"%"}, wordUnits)
	}
	e := problem(at, codeNumber, "unknown unit %s, want one of %s", quote(t.Unit), either(known))
	if s := cmp.Or(Abbreviate(t.Unit), suggest(t.Unit, known)); s != "" {
		e.Help = didYouMean(t.Digits + s)
	}
	return e
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
			return problem(at, codeString, `unknown escape %s, want \" or \\`, shorten(text[i:i+1+w]))
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
		return problem(at, codeCharacter, `unexpected "//", want "#" before a comment`)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return problem(at, codeCharacter, "unexpected bytes in a comment, want UTF-8")
	}
	return nil
}
