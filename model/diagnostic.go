package model

import "fmt"

// Pos is a stretch of a model file. The zero Pos is nowhere.
type Pos struct {
	File      string
	Line      int // from 1
	Column    int // from 1, in characters
	EndLine   int
	EndColumn int // first column after the stretch
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Severity of a Diagnostic.
type Severity uint8

const (
	Error   Severity = iota // the model is wrong
	Warning                 // it is probably not what was meant
	Note                    // something the reader of the result should know
)

var severityNames = [...]string{"error", "warning", "note"}

func (s Severity) String() string { return severityNames[s] }

// A Diagnostic tells the author of a model about one thing.
type Diagnostic struct {
	Severity Severity
	Code     string // "E021", "W103", "N201"
	Summary  string // one lower-case sentence that says got and want
	Pos      Pos
	Second   Pos    // a second place that belongs to it, or the zero Pos
	Label    string // what the second place is: "declared here"
	Help     string // a way out, or ""
}
