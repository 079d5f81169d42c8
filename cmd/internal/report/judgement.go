package report

import (
	"math"
	"strings"

	"nines/model"
)

// A judgement is a verdict as it is told. The value is held against the bound
// in the same unit; of down time `with` a share of windows both are such
// shares, and the limit is what a window may have.
type judgement struct {
	Text       string       `json:"text"`
	Name       string       `json:"name"`
	File       string       `json:"file,omitempty"`
	Line       int          `json:"line"`
	Column     int          `json:"column,omitempty"`
	EndLine    int          `json:"end_line,omitempty"`
	EndColumn  int          `json:"end_column,omitempty"`
	Status     model.Status `json:"status"`
	Measured   string       `json:"measured"`
	Details    []string     `json:"details,omitempty"`
	Measure    string       `json:"measure,omitempty"`
	At         float64      `json:"at,omitempty"`
	Operator   string       `json:"operator,omitempty"`
	Bound      *float64     `json:"bound,omitempty"`
	Unit       string       `json:"unit,omitempty"`
	Window     float64      `json:"window,omitempty"`
	Limit      *float64     `json:"limit,omitempty"`
	Value      *float64     `json:"value,omitempty"`
	Missing    *float64     `json:"missing,omitempty"`
	Low        *float64     `json:"low,omitempty"`
	High       *float64     `json:"high,omitempty"`
	Method     model.Method `json:"method,omitempty"`
	Confidence float64      `json:"confidence,omitempty"`
	Runs       int          `json:"runs,omitempty"`
	Note       string       `json:"note,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	Broken     [][]string   `json:"broken,omitempty"`
	Remedy     *jsonRemedy  `json:"remedy,omitempty"`
}

// A jsonRemedy is a change, in words and as explain tells it.
type jsonRemedy struct {
	Action         string       `json:"action"`
	Subject        string       `json:"subject"`
	Parts          int          `json:"parts"`
	Change         model.Change `json:"change"`
	Where          string       `json:"where,omitempty"`
	Unavailability float64      `json:"unavailability"`
	Enough         bool         `json:"enough"`
}

func newJudgement(v *model.Verdict, sys *model.System) judgement {
	q := v.Requirement
	j := judgement{
		Text: q.Text, Name: sys.Targets[q.Target].Name,
		File: q.Pos.File, Line: q.Pos.Line, Column: q.Pos.Column, EndLine: q.Pos.EndLine, EndColumn: q.Pos.EndColumn,
		Status: v.Status, Measured: measured(v), Details: details(v), Reason: v.Reason, Broken: v.Broken,
	}
	if q.Survives != nil {
		if v.Status != model.Undecided {
			j.Method = model.Exact
		}
	} else {
		j.bound(q)
	}
	if v.Value != nil {
		j.value(v)
	}
	if i := v.Remedy; i != nil {
		j.Remedy = &jsonRemedy{action(*i), i.Subject.String(), i.Parts, i.Change, i.Where, i.Unavailability, v.Enough}
	}
	return j
}

// bound adds what the measure is held against.
func (j *judgement) bound(q *model.Requirement) {
	j.Measure, j.At, j.Unit, j.Operator = string(q.Measure), q.At, q.Measure.Unit(), "<="
	if q.AtLeast {
		j.Operator = ">="
	}
	switch b := q.Bound.P; {
	case q.Confidence.P > 0:
		j.Window, j.Limit, j.Bound, j.Unit = q.Window, &b, &q.Confidence.P, "1"
	case q.Measure == model.Downtime:
		b *= model.Year / q.Window
		j.Window, j.Bound = q.Window, &b
	default:
		j.Bound = &b
	}
}

// value adds what was measured.
func (j *judgement) value(v *model.Verdict) {
	j.Method, j.Confidence, j.Runs, j.Note, j.Value = v.Value.Method, v.Value.Confidence, v.Value.Runs, v.Value.Note, number64(v.Value.Value)
	if v.Value.Bounded {
		j.Low, j.High = number64(v.Value.Low), number64(v.Value.High)
	}
	if v.Down != nil {
		j.Missing = number64(v.Down.Value)
	}
	if j.At == 0 {
		j.At = v.Value.At
	}
	if math.IsNaN(v.Value.Value) {
		panic("a verdict on what is no number")
	}
}

// pos is where the requirement stands.
func (j *judgement) pos() model.Pos {
	return model.Pos{File: j.File, Line: j.Line, Column: j.Column, EndLine: j.EndLine, EndColumn: j.EndColumn}
}

// required is the text of the requirement without its keyword.
func (j *judgement) required() string { return required(j.Text) }

func required(text string) string { return clean(strings.TrimPrefix(text, "require ")) }

// answer is what was measured, and then what is to be said of it.
func (j *judgement) answer() []string {
	lines := []string{clean(j.Measured)}
	for _, text := range j.Details {
		lines = append(lines, clean(text))
	}
	return lines
}

// sentence tells all of it, for formats that have one place for it.
func (j *judgement) sentence(scenario string) string {
	text := required(j.Text) + ": " + strings.Join(j.answer(), "; ")
	if scenario != "" {
		text = "in scenario " + clean(scenario) + ": " + text
	}
	return text
}
