package dsl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// reporter collects the diagnostics of one file.
type reporter struct {
	file    string
	list    []*entry
	damages []int // offsets of mistakes in the form, ascending
}

// entry is a diagnostic to which more can be said.
type entry struct {
	model.Diagnostic
}

// report adds a diagnostic, unless a mistake in the form at the same place may
// be its cause. The first letter of the code is its severity.
func (r *reporter) report(code string, at syntax.Span, format string, args ...any) *entry {
	if r.damaged(at) {
		return &entry{}
	}
	return r.atPos(code, r.pos(at), format, args...)
}

func (r *reporter) atPos(code string, at model.Pos, format string, args ...any) *entry {
	e := &entry{model.Diagnostic{Severity: severity(code), Code: code, Summary: fmt.Sprintf(format, args...), Pos: at}}
	r.list = append(r.list, e)
	return e
}

// syntax adds the mistakes in the form of the file, with the quotes of all
// other diagnostics.
func (r *reporter) syntax(errs []syntax.Error) {
	quotes := strings.NewReplacer(`"`, "`")
	for _, err := range errs {
		e := r.atPos(err.Code, r.pos(syntax.Span{Pos: err.Pos, EndPos: err.End}), "%s", quotes.Replace(err.Message))
		e.Help = quotes.Replace(err.Help)
		if err.Other != nil {
			e.second(r.pos(syntax.Span{Pos: err.Other.Pos, EndPos: err.Other.End}), quotes.Replace(err.Other.Text))
		}
		r.damages = append(r.damages, err.Pos.Offset)
	}
	slices.Sort(r.damages)
}

// damaged says whether there is a mistake in the form within a stretch.
func (r *reporter) damaged(at syntax.Span) bool {
	i, _ := slices.BinarySearch(r.damages, at.Pos.Offset)
	return at.Pos.Filename == r.file && i < len(r.damages) && r.damages[i] < at.EndPos.Offset
}

func severity(code string) model.Severity {
	if code[0] == 'W' {
		return model.Warning
	}
	return model.Error
}

// help adds the way out.
func (e *entry) help(format string, args ...any) *entry {
	e.Help = fmt.Sprintf(format, args...)
	return e
}

// second adds a second place.
func (e *entry) second(at model.Pos, label string) *entry {
	e.Second, e.Label = at, label
	return e
}

// pos is the place of a stretch of the file. A text from outside of it, such as
// that of --set, has a name and no lines.
func (r *reporter) pos(at syntax.Span) model.Pos {
	if at.Pos.Filename != r.file {
		return model.Pos{File: at.Pos.Filename}
	}
	return model.Pos{
		File: r.file,
		Line: at.Pos.Line, Column: at.Pos.Column,
		EndLine: at.EndPos.Line, EndColumn: at.EndPos.Column,
	}
}

// failed says whether there is an error among the diagnostics.
func (r *reporter) failed() bool {
	return slices.ContainsFunc(r.list, func(e *entry) bool { return e.Severity == model.Error })
}

// sorted lists the diagnostics by position; what is nowhere in the file comes
// first.
func (r *reporter) sorted() []model.Diagnostic {
	list := make([]model.Diagnostic, len(r.list))
	for i, e := range r.list {
		list[i] = e.Diagnostic
	}
	slices.SortStableFunc(list, func(a, b model.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Code, b.Code))
	})
	return list
}
