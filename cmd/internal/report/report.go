package report

import (
	"io"

	"nines/model"
)

// FormatVersion of the JSON that is written. Minor versions only add.
const FormatVersion = "1.0"

// A Report is what a command has found out.
type Report struct {
	Command      string // "eval", "simulate"
	File         string
	Scenario     string            // "" if none
	Set          map[string]string // params that were given on the command line, as written
	System       *model.System
	Results      []model.Result
	Selected     bool               // the results were asked for by name
	Timed        bool               // a time was asked for
	Diagnostics  []model.Diagnostic // warnings and notes
	Simulation   *Simulation        // nil if the results are analytic
	Verification *Verification      // nil if they were not verified
	FaultTree    bool               // the model says what fails: lead with its probability, and nothing depends on time

	unrepaired bool // some part is never repaired, though the System does not say so
}

// Formats that a report can be written in.
func (r *Report) Formats() []string { return []string{"text", "json", "csv", "markdown"} }

// Write writes a report in one of its formats.
func (r *Report) Write(w io.Writer, format string, look Look) error {
	switch format {
	case "json":
		return JSON(w, r)
	case "csv":
		return CSV(w, r)
	case "markdown":
		return Markdown(w, r)
	}
	return Text(w, r, look)
}

// A Simulation says how simulated results came about.
type Simulation struct {
	Seed       uint64
	Runs       int
	Events     int64
	Confidence float64
	Unfinished string   // why there are fewer runs than asked for, or ""
	Partial    bool     // it was interrupted
	Methods    []string // how the long run was simulated
}

// missionFirst says whether some part is never repaired, so that the mission
// tells more than the long run.
func (r *Report) missionFirst() bool {
	for i := range r.System.Parts {
		if p := &r.System.Parts[i]; p.Static == nil && !p.Automaton.Repairable() {
			return true
		}
	}
	return r.unrepaired
}
