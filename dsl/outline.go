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
	return list
}
