package syntax

import (
	"slices"
	"strings"
)

// Terms splits the number into its parts: 1h30m into {1 h} {30 m}, 3.5 nines
// into {3.5 nines}, 4 into {4 ""}.
func (n *Number) Terms() []Term {
	var terms []Term
	for rest := n.Text; rest != ""; {
		d := digits(rest)
		u := d
		for u < len(rest) && !isDigit(rest[u]) {
			u++
		}
		terms = append(terms, Term{rest[:d], strings.TrimSpace(rest[d:u])})
		rest = rest[u:]
	}
	return terms
}

// digits returns the length of the decimal number that s starts with: digits
// with an optional fraction and an optional exponent.
func digits(s string) int {
	n := run(s)
	if n < len(s) && s[n] == '.' && run(s[n+1:]) > 0 {
		n += 1 + run(s[n+1:])
	}
	if n == 0 || n == len(s) || s[n]|0x20 != 'e' {
		return n
	}
	e := n + 1
	if e < len(s) && (s[e] == '+' || s[e] == '-') {
		e++
	}
	if k := run(s[e:]); k > 0 {
		return e + k
	}
	return n
}

func run(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// smaller says if number a ends in a smaller unit of time than b.
func smaller(a, b string) bool {
	return slices.Index(durations, lastUnit(a)) < slices.Index(durations, lastUnit(b))
}

// lastUnit returns what follows the last digit of a number.
func lastUnit(number string) string {
	return number[strings.LastIndexAny(number, "0123456789")+1:]
}

// Value returns the text without its quotes, escapes replaced.
func (s *String) Value() string {
	text := strings.TrimSuffix(strings.TrimPrefix(s.Text, `"`), `"`)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(text)
}
