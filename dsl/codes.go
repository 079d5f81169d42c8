package dsl

import (
	_ "embed"
	"strings"
	"sync"
)

// A Code is a kind of diagnostic.
type Code struct {
	ID    string // "E021", "N201", "W103"
	Title string // one line
	Text  string // what it means and what to do, Markdown
}

//go:embed codes.md
var codesFile string

var codes = sync.OnceValue(func() []Code {
	var list []Code
	for _, section := range strings.Split(codesFile, "\n## ")[1:] {
		head, text, _ := strings.Cut(section, "\n")
		id, title, _ := strings.Cut(head, " ")
		list = append(list, Code{id, title, strings.TrimSpace(text)})
	}
	return list
})

// Codes lists the kinds of diagnostics that Load and the engines give.
func Codes() []Code { return append([]Code(nil), codes()...) }

// Explain gives the code of an ID, nil if there is none.
func Explain(id string) *Code {
	for _, c := range codes() {
		if c.ID == id {
			return &c
		}
	}
	return nil
}
