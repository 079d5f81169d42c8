package dsl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"

	"nines/dsl/syntax"
	"nines/model"
)

// Write writes a model file that says the same as s: Load of it gives the same
// results for the same targets. Params have become their values; what is asked
// of a system, its requirements, is left out. Nothing is written if something
// in s has no words in the language, or none yet; the error names each.
//
// Parts that are alike and have consecutive indexes become arrays. A node of
// the structure that is needed once stands where it is needed, one that is
// needed more often or would be nested more than maxNesting deep becomes a
// system of its own, so the file reports more than s does.
//
// A name of s that is one in the language is kept. Others lose the characters
// that a name cannot have, and get a number where two would be the same, so
// different things have different names; what had no title gets its old name
// as one.
func Write(w io.Writer, s *model.System) error {
	wr := newWriter(s)
	wr.unwritten()
	wr.survey()
	wr.nameAll()
	statements := wr.statements()
	if len(wr.problems) > 0 {
		return errors.Join(wr.problems...)
	}
	var text bytes.Buffer
	syntax.Print(&text, &syntax.File{Statements: statements}) // a Buffer takes all
	_, err := w.Write(excused(text.Bytes()))
	return err
}

// A writer turns a system into statements.
type writer struct {
	system   *model.System
	runs     []run
	runOf    []int          // of each part
	order    []int          // nodes that are needed, children first
	needs    []int          // by how many nodes and targets each node is needed
	owner    map[int]int    // the target that is written where a node stands
	names    map[int]string // of nodes that have a statement
	titles   map[int]string
	halves   map[int]half // nodes of stores that have names of their own
	crews    []string
	nets     []string
	watches  []string // names of the detectors
	given    naming
	problems []error
}

func newWriter(s *model.System) *writer {
	s = declared(s)
	w := &writer{system: s, halves: halvesOf(s), needs: make([]int, len(s.Nodes)), owner: map[int]int{}, names: map[int]string{}, titles: map[int]string{}}
	w.runs, w.runOf = runsOf(s)
	return w
}

// refuse reports what cannot be written.
func (w *writer) refuse(pos model.Pos, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if pos.Line > 0 {
		text = pos.String() + ": " + text
	}
	w.problems = append(w.problems, errors.New(text))
}

// unwritten refuses what has no words yet.
func (w *writer) unwritten() {
	for i := range w.system.Nodes {
		if n := &w.system.Nodes[i]; n.Loads != nil {
			w.refuse(n.Pos, "the capacity of %s cannot be written yet", n.Name)
		}
	}
}

// statements are those of the file, in its order.
func (w *writer) statements() []syntax.Statement {
	s := w.system
	var list []syntax.Statement
	if title := oneLine(s.Title); title != "" {
		list = append(list, &syntax.Model{Title: quoted(title)})
	}
	if s.Mission != model.Year {
		list = append(list, &syntax.Mission{Horizon: period(s.Mission)})
	}
	for i := range w.runs {
		if c := w.component(&w.runs[i]); c != nil {
			list = append(list, c)
		}
	}
	list = append(list, w.networks()...)
	for _, node := range w.order {
		if n := &s.Nodes[node]; w.names[node] != "" && isGroup(n.Kind) {
			list = append(list, w.group(n, w.names[node]))
		}
	}
	list = append(list, w.targets()...)
	for i := len(w.order) - 1; i >= 0; i-- {
		node := w.order[i]
		if _, done := w.owner[node]; !done && w.names[node] != "" && !isGroup(s.Nodes[node].Kind) {
			list = append(list, &syntax.System{Name: name(w.names[node]), Title: quoted(w.titles[node]), Value: w.form(node)})
		}
	}
	for i := range s.Crews {
		list = append(list, w.crew(&s.Crews[i], w.crews[i]))
	}
	return append(list, w.shocks()...)
}

func name(text string) *syntax.Name { return &syntax.Name{Text: text} }

// quoted is a text in quotes, nil for none.
func quoted(text string) *syntax.String {
	if text == "" {
		return nil
	}
	return &syntax.String{Text: `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`}
}

// oneLine is a title without line ends and other control characters, cut to a
// length that one reads.
func oneLine(text string) string {
	const most = 1000
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most])
	}
	return text
}

var (
	texts    = regexp.MustCompile(`"(\\.|[^"\\])*"`)
	inverted = regexp.MustCompile(`\bnot\(`)
)

// excused silences the warning of each `not`, which is what the system says.
func excused(text []byte) []byte {
	var out bytes.Buffer
	found := false
	for line := range bytes.Lines(text) {
		if inverted.Match(texts.ReplaceAll(line, nil)) {
			line, found = append(bytes.TrimRight(line, "\n"), "  # nines: ignore W102 as in the fault tree\n"...), true
		}
		out.Write(line)
	}
	if !found {
		return text
	}
	canonical, list := Format("", out.Bytes())
	if canonical == nil {
		panic(fmt.Sprintf("dsl: wrote what cannot be read: %v", list[0].Summary))
	}
	return canonical
}
