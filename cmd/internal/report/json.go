package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"

	"nines/model"
)

// The JSON of a Report; schema.json beside this file describes it.
type (
	jsonReport struct {
		FormatVersion string           `json:"format_version"`
		Command       string           `json:"command"`
		File          string           `json:"file"`
		Model         string           `json:"model"`
		Scenario      string           `json:"scenario,omitempty"`
		Set           []setting        `json:"set,omitempty"`
		Selected      bool             `json:"selected,omitempty"`
		Timed         bool             `json:"timed,omitempty"`
		FaultTree     bool             `json:"fault_tree,omitempty"`
		Unrepaired    bool             `json:"unrepaired,omitempty"`
		Seed          *uint64          `json:"seed"`
		Simulation    *jsonSimulation  `json:"simulation,omitempty"`
		Params        object           `json:"params"`
		Results       []jsonResult     `json:"results"`
		Diagnostics   []jsonDiagnostic `json:"diagnostics"`
	}
	jsonSimulation struct {
		Runs       int      `json:"runs"`
		Events     int64    `json:"events"`
		Confidence float64  `json:"confidence"`
		Unfinished string   `json:"unfinished,omitempty"`
		Partial    bool     `json:"partial,omitempty"`
		Methods    []string `json:"methods,omitempty"`
		Error      float64  `json:"error,omitempty"`
	}
	jsonResult struct {
		Name     string       `json:"name"`
		Title    string       `json:"title,omitempty"`
		Kind     string       `json:"kind"`
		Measures figures      `json:"measures"`
		Budget   []jsonCost   `json:"budget,omitempty"`
		CutSets  *jsonCutSets `json:"cut_sets,omitempty"`
		Spread   *jsonSpreads `json:"distributions,omitempty"`
		Verified []jsonCheck  `json:"verified,omitempty"`
	}
	jsonValue struct {
		Value      float64      `json:"value"`
		Unit       string       `json:"unit"`
		Method     model.Method `json:"method"`
		At         float64      `json:"at,omitempty"`
		Low        *float64     `json:"low,omitempty"`
		High       *float64     `json:"high,omitempty"`
		Confidence float64      `json:"confidence,omitempty"`
		Runs       int          `json:"runs,omitempty"`
		Note       string       `json:"note,omitempty"`
	}
	jsonCost struct {
		Name     string   `json:"name"`
		Cause    string   `json:"cause"`
		Own      bool     `json:"own"`
		Share    float64  `json:"share"`
		Downtime *float64 `json:"downtime,omitempty"`
	}
	jsonDiagnostic struct {
		Severity  string `json:"severity"`
		Code      string `json:"code"`
		Summary   string `json:"summary"`
		File      string `json:"file,omitempty"`
		Line      int    `json:"line,omitempty"`
		Column    int    `json:"column,omitempty"`
		EndLine   int    `json:"end_line,omitempty"`
		EndColumn int    `json:"end_column,omitempty"`
		Help      string `json:"help,omitempty"`
	}
	// a setting is a param that was given on the command line, as written.
	setting struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encode(&b, "", m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encode(&b, "", m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON keeps the values as they are written.
func (o *object) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, errors.New("want an object"))
	}
	*o = object{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		*o = append(*o, member{name.(string), value})
	}
	return nil
}

// encode writes v with <, > and & as they are.
func encode(w io.Writer, indent string, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// JSON writes a report for programs. Measures that are unknown or infinite are
// absent.
func JSON(w io.Writer, r *Report) error { return encode(w, "  ", newJSONReport(r)) }

func newJSONReport(r *Report) jsonReport {
	out := jsonReport{
		FormatVersion: FormatVersion, Command: r.Command, File: r.File, Model: r.System.Title, Scenario: r.Scenario, Set: r.settings(),
		Selected: r.Selected, Timed: r.Timed, FaultTree: r.FaultTree, Unrepaired: r.missionFirst(),
		Params: object{}, Results: []jsonResult{}, Diagnostics: []jsonDiagnostic{},
	}
	if s := r.Simulation; s != nil {
		out.Seed = &s.Seed
		out.Simulation = &jsonSimulation{s.Runs, s.Events, s.Confidence, s.Unfinished, s.Partial, s.Methods, 0}
	}
	if v := r.Verification; v != nil {
		out.Seed = &v.Seed
		out.Simulation = &jsonSimulation{v.Runs, v.Events, v.Confidence, v.Unfinished, v.Partial, v.Methods, v.Error}
	}
	for _, p := range r.System.Params {
		if finite(p.Value) {
			out.Params = append(out.Params, member{p.Name, p.Value})
		}
	}
	for i := range r.Results {
		result := newJSONResult(&r.Results[i])
		result.Verified = r.jsonChecks(i)
		out.Results = append(out.Results, result)
	}
	for _, d := range r.Diagnostics {
		out.Diagnostics = append(out.Diagnostics, jsonDiagnostic{
			d.Severity.String(), d.Code, d.Summary, d.Pos.File, d.Pos.Line, d.Pos.Column, d.Pos.EndLine, d.Pos.EndColumn, d.Help,
		})
	}
	return out
}

// settings are in the order of the file.
func (r *Report) settings() []setting {
	var list []setting
	for _, p := range r.System.Params {
		if text, set := r.Set[p.Name]; set {
			list = append(list, setting{p.Name, text})
		}
	}
	return list
}

func newJSONResult(r *model.Result) jsonResult {
	out := jsonResult{Name: r.Target.Name, Title: r.Target.Title, Kind: r.Target.Kind, Measures: r.Values}
	for _, c := range r.Budget {
		out.Budget = append(out.Budget, jsonCost{c.Name, c.Cause, c.Own, c.Share, number64(c.Down)})
	}
	if r.Spread != nil {
		out.Spread = newJSONSpreads(r.Spread)
	}
	return out
}

func newJSONValue(v model.Value) jsonValue {
	out := jsonValue{
		Value: v.Value, Unit: v.Measure.Unit(), Method: v.Method, At: v.At, Confidence: v.Confidence, Runs: v.Runs, Note: v.Note,
	}
	if v.Bounded && finite(v.Low) {
		out.Low = &v.Low
	}
	if v.Bounded && finite(v.High) {
		out.High = &v.High
	}
	return out
}
