package dsl

import (
	"strconv"
	"strings"
	"unicode"

	"nines/dsl/syntax"
)

// naming gives the things of a file names, each its own.
type naming map[string]int

// A label is a name that is wanted, and where the one that is given goes.
type label struct {
	want string
	give func(name string)
}

// give names all: first those whose names can stay, then the others.
func (n naming) give(labels []label) {
	var rest []label
	for _, l := range labels {
		if _, taken := n[l.want]; taken || !syntax.IsName(l.want) {
			rest = append(rest, l)
			continue
		}
		n[l.want] = 1
		l.give(l.want)
	}
	for _, l := range rest {
		l.give(n.unique(identifier(l.want)))
	}
}

// unique is name, with a number if it is taken.
func (n naming) unique(name string) string {
	if _, taken := n[name]; !taken && syntax.IsName(name) {
		n[name] = 1
		return name
	}
	for i := max(n[name], 1) + 1; ; i++ {
		numbered := name + "-" + strconv.Itoa(i)
		if _, taken := n[numbered]; !taken {
			n[name], n[numbered] = i, 1
			return numbered
		}
	}
}

// identifier gives a text the form of a name: letters, digits, _ and single -
// inside, not a digit first.
func identifier(text string) string {
	const most = 200 // bytes, which leaves room for a number
	var id strings.Builder
	dash := false
	for _, r := range text {
		fits := r != unicode.ReplacementChar && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && id.Len() > 0)
		if !fits {
			dash = id.Len() > 0
			continue
		}
		if id.Len() > most {
			break
		}
		switch {
		case id.Len() == 0 && unicode.IsDigit(r):
			id.WriteByte('_')
		case dash:
			id.WriteByte('-')
		}
		dash = false
		id.WriteRune(r)
	}
	if id.Len() == 0 {
		return "g"
	}
	return id.String()
}
