package dsl

import (
	"bytes"
	"regexp"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// A Declaration is one statement of a file, as `nines fmt` writes it and
// without its comments.
type Declaration struct {
	Kind string // its first word: "service"
	Name string // what it names; "" for one that names nothing, as a requirement
	Text string // lines without a line end after the last
	Said string // by the comments in its lines and those right above it
	Pos  model.Pos
}

// named matches the statements that name something.
var named = regexp.MustCompile(`^(?:param|component|domain|service|pool|quorum|vote|bft|standby|crew|network|detector|store|cache|system|scenario) ("(?:[^"\\]|\\.)*"|[\w-]+)`)

// Declarations lists the statements of a file in its order, those that can be
// read.
func Declarations(name string, src []byte) []Declaration {
	file, _ := syntax.Parse(name, src)
	r := &reporter{file: name}
	var list []Declaration
	for _, s := range file.Statements {
		var text bytes.Buffer
		syntax.Print(&text, &syntax.File{Statements: []syntax.Statement{s}}) // a Buffer takes all
		d := Declaration{Text: strings.TrimSuffix(text.String(), "\n"), Pos: r.pos(s.Extent())}
		d.Kind, _, _ = strings.Cut(d.Text, " ")
		if match := named.FindStringSubmatch(d.Text); match != nil {
			d.Name = match[1]
		}
		list = append(list, d)
	}
	remember(list, file.Comments)
	return list
}

// remember gives each statement what comments say of it. One at the end of a
// line is that of the last statement of the line.
func remember(list []Declaration, comments []*syntax.Comment) {
	lines := map[int]string{}
	for _, c := range comments {
		lines[c.Pos.Line] = strings.TrimSpace(strings.TrimLeft(c.Text, "#"))
	}
	take := func(line int, said []string) []string {
		if text := lines[line]; text != "" {
			said = append(said, text)
		}
		delete(lines, line)
		return said
	}
	last := 0 // line that the statement before ends in
	for i := range list {
		d := &list[i]
		if i+1 < len(list) && list[i+1].Pos.Line == d.Pos.EndLine {
			last = d.Pos.EndLine
			continue
		}
		first := d.Pos.Line
		for _, above := lines[first-1]; above && first-1 > last; _, above = lines[first-1] {
			first--
		}
		var said []string
		for line := first; line <= d.Pos.EndLine; line++ {
			said = take(line, said)
		}
		d.Said, last = strings.Join(said, " "), d.Pos.EndLine
	}
}
