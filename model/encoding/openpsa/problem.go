package openpsa

import (
	"fmt"
	"strconv"

	"nines/model"
)

// maxProblems bounds the diagnostics of one call, of each severity.
const maxProblems = 100

// problems collects what is wrong with the files.
type problems struct {
	list   []model.Diagnostic
	shown  [model.Note + 1]int // by severity
	failed bool
	spare  model.Diagnostic // takes what is past the limit
}

// report adds a diagnostic. The caller may add to the result at once.
func (p *problems) report(d model.Diagnostic) *model.Diagnostic {
	p.failed = p.failed || d.Severity == model.Error
	switch p.shown[d.Severity]++; {
	case p.shown[d.Severity] > maxProblems:
		p.spare = d
		return &p.spare
	case p.shown[d.Severity] == maxProblems:
		d = model.Diagnostic{Severity: d.Severity, Code: d.Code, Pos: d.Pos, Summary: "there are more of these than are shown, this is one of them"}
	}
	p.list = append(p.list, d)
	return &p.list[len(p.list)-1]
}

// full says that errors are no longer shown, so that work on them is wasted.
func (p *problems) full() bool { return p.shown[model.Error] >= maxProblems }

func (p *problems) errorf(code string, at model.Pos, format string, args ...any) *model.Diagnostic {
	return p.report(model.Diagnostic{Severity: model.Error, Code: code, Pos: at, Summary: fmt.Sprintf(format, args...)})
}

func (p *problems) warnf(code string, at model.Pos, format string, args ...any) *model.Diagnostic {
	return p.report(model.Diagnostic{Severity: model.Warning, Code: code, Pos: at, Summary: fmt.Sprintf(format, args...)})
}

// quoted shows a name of the file, which may be long and contain anything.
func quoted(name string) string {
	const most = 60
	if runes := []rune(name); len(runes) > most {
		name = string(runes[:most]) + "..."
	}
	return strconv.Quote(name)
}
