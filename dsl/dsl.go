package dsl

import (
	"bytes"
	"io"
	"slices"

	"nines/dsl/syntax"
	"nines/model"
)

// Options say how a file is to be read. The zero value reads it as written.
type Options struct {
	Set      map[string]string                        // values of params, over those of the file
	Scenario string                                   // the scenario to apply; "" for none
	Open     func(name string) (io.ReadCloser, error) // files beside the model, for empirical(...); nil: there are none
}

// A Source is a text that was parsed once and may be loaded several times, with
// other values of its params, also at once.
type Source struct {
	name string
	text []byte
	file *syntax.File
	errs []syntax.Error
}

// Parse parses src, which is called name in positions.
func Parse(name string, src []byte) *Source {
	file, errs := syntax.Parse(name, src)
	return &Source{name, src, file, errs}
}

// Load is Source.Load of what is parsed for this once.
func Load(name string, src []byte, opts Options) (*model.System, []model.Diagnostic) {
	return Parse(name, src).Load(opts)
}

// Load reads the model. The System is nil if any diagnostic is an error.
// Diagnostics are sorted by position.
func (src *Source) Load(opts Options) (*model.System, []model.Diagnostic) {
	r := &reporter{file: src.name}
	r.syntax(src.errs)
	s := &scope{report: r, symbols: map[string]*symbol{}, broken: brokenNames(src.text, src.errs)}
	b := &builder{
		values: newValues(s, opts.Open), sys: &model.System{}, source: src.text,
		copies: map[*syntax.Members]span{}, nets: map[*symbol]*network{}, detectors: map[*symbol]int{}, crews: map[int]*symbol{},
		targets: map[int]int{}, kinds: map[kind][]int{}, cached: map[int]*symbol{},
		demands: demands{services: map[int]float64{}, needs: map[edge][]float64{}, carries: map[int]float64{}},
	}
	b.build(src.file.Statements, opts)
	if !r.failed() {
		b.cycles()
	}
	if !r.failed() {
		b.warn()
	}
	b.silence(src.file)
	if r.failed() {
		return nil, r.sorted()
	}
	return b.sys, r.sorted()
}

// build takes the statements in the order in which they need each other:
// values, parts, structure, and what is said about both.
func (b *builder) build(statements []syntax.Statement, opts Options) {
	b.declareAll(statements)
	scenarios := b.scenarios(statements, opts.Scenario)
	b.set(opts.Set)
	b.sys.Params = b.evalParams()
	b.checkSettings(scenarios)
	b.head(statements)
	b.media()
	b.readDetectors()
	b.markUses()
	b.declaredParts()
	b.makeCopies()
	b.readNetworks()
	b.structure()
	b.hits()
	if !b.report.failed() {
		b.load()
	}
	b.rest(statements)
}

// Format gives the canonical text of a model file, or nil and the reasons if
// it does not parse.
func Format(name string, src []byte) ([]byte, []model.Diagnostic) {
	file, errs := syntax.Parse(name, src)
	if len(errs) > 0 {
		r := &reporter{file: name}
		r.syntax(errs)
		return nil, r.sorted()
	}
	var text bytes.Buffer
	syntax.Print(&text, file) // a Buffer takes all
	return text.Bytes(), nil
}

// Scenarios lists the names of the scenarios of a file in its order.
func Scenarios(name string, src []byte) []string {
	file, _ := syntax.Parse(name, src)
	var names []string
	for _, s := range file.Statements {
		if s, ok := s.(*syntax.Scenario); ok && !slices.Contains(names, s.Title.Value()) {
			names = append(names, s.Title.Value())
		}
	}
	return names
}
