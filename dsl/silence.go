package dsl

import (
	"bytes"
	"regexp"
	"slices"

	"nines/dsl/syntax"
)

// suppression is a comment that silences one code on some lines: its own and,
// after the end of a statement, all of that, or the next line of text.
type suppression struct {
	comment     *syntax.Comment
	code        string
	first, last int
	used        bool
}

var ignore = regexp.MustCompile(`^#\s*nines:\s*(.*?)\s*$`)
var ignored = regexp.MustCompile(`^ignore\s+(W\d{3})(\s|$)`)

// silence takes out the warnings that comments silence, and warns of comments
// that silence nothing.
func (b *builder) silence(file *syntax.File) {
	list := b.suppressions(file)
	at := map[int][]*suppression{}
	for _, s := range list {
		for line := s.first; line <= s.last; line++ {
			at[line] = append(at[line], s)
		}
	}
	var kept []*entry
	for _, e := range b.report.list {
		silent := false
		for _, s := range at[e.Pos.Line] {
			if s.code == e.Code {
				s.used, silent = true, true
			}
		}
		if !silent {
			kept = append(kept, e)
		}
	}
	b.report.list = kept
	if b.report.failed() {
		return
	}
	for _, s := range list {
		if !s.used {
			b.report.report("W120", s.comment.Span, "nothing here to ignore: no %s on line %d", s.code, s.last).help("take the comment out")
		}
	}
}

// suppressions reads the comments that start with `# nines:`. One that has its
// line to itself is for the next line of text.
func (b *builder) suppressions(file *syntax.File) []*suppression {
	alone := map[int]bool{}
	for _, c := range file.Comments {
		alone[c.Pos.Line] = b.startsLine(c)
	}
	begins := map[int]int{} // the first line of the first statement that ends on a line
	for _, s := range slices.Backward(file.Statements) {
		begins[s.Extent().EndPos.Line] = s.Extent().Pos.Line
	}
	var list []*suppression
	for _, c := range file.Comments {
		words := ignore.FindStringSubmatch(c.Text)
		if words == nil {
			continue
		}
		code := ignored.FindStringSubmatch(words[1])
		if code == nil || Explain(code[1]) == nil {
			b.report.report("W121", c.Span, "want `# nines: ignore W103 reason`, got `%s`", c.Text).help("only warnings can be ignored")
			continue
		}
		first, last := c.Pos.Line, c.Pos.Line
		for alone[last] {
			last++
			first = last
		}
		if begin, ends := begins[last]; ends && last == c.Pos.Line {
			first = begin
		}
		list = append(list, &suppression{comment: c, code: code[1], first: first, last: last})
	}
	return list
}

// startsLine says whether nothing but space stands before a comment.
func (b *builder) startsLine(c *syntax.Comment) bool {
	before := b.source[:c.Pos.Offset]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.TrimSpace(before)) == 0
}
