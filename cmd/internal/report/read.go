package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"nines/model"
)

// A Result is what a command has found out, ready to be written in several
// formats.
type Result interface {
	Formats() []string
	Write(w io.Writer, format string, look Look) error
}

//go:embed schema.json
var schemaText []byte

// Read reads a result that was written as JSON by this or another version of
// nines. Rules are those that check explains. What the schema refuses is an
// error.
func Read(text []byte, rules []Rule) (Result, error) {
	var head struct {
		FormatVersion string `json:"format_version"`
		Command       string `json:"command"`
		Reports       []json.RawMessage
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("it is no JSON of nines: %w", err)
	}
	if major, _, _ := strings.Cut(head.FormatVersion, "."); major != "1" {
		return nil, fmt.Errorf("want the format version 1, got %q", head.FormatVersion)
	}
	if err := meetsSchema(text); err != nil {
		return nil, err
	}
	switch head.Command {
	case "check":
		return readChecks(text, head.Reports != nil, rules)
	case "diff":
		return readDiff(text)
	case "eval", "simulate":
		return readReport(text)
	}
	return nil, fmt.Errorf("results of %s cannot be rendered again, those of eval, simulate, check and diff can", head.Command)
}

// schema is the published one.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		panic(err)
	}
	return compiler.MustCompile("schema.json")
})

// meetsSchema holds JSON against the published schema.
func meetsSchema(text []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	var broken *jsonschema.ValidationError
	if err := schema().Validate(value); errors.As(err, &broken) {
		return fmt.Errorf("it does not keep to the schema of nines at /%s", strings.Join(deepest(broken).InstanceLocation, "/"))
	}
	return nil
}

// deepest is the mistake that lies deepest within the value, which is the one
// to tell where a value may be of several kinds.
func deepest(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	most := e
	for _, cause := range e.Causes {
		if d := deepest(cause); len(d.InstanceLocation) > len(most.InstanceLocation) {
			most = d
		}
	}
	return most
}

func readChecks(text []byte, several bool, rules []Rule) (*Checks, error) {
	c := &Checks{FormatVersion: FormatVersion, Command: "check"}
	if several {
		if err := json.Unmarshal(text, c); err != nil {
			return nil, err
		}
	} else {
		var one check
		if err := json.Unmarshal(text, &one); err != nil {
			return nil, err
		}
		c.Reports = []check{one}
	}
	for i := range c.Reports {
		if r := &c.Reports[i]; r.Simulation != nil && r.Seed == nil {
			return nil, errors.New("a simulation has no seed")
		}
	}
	c.kinds = rules
	return c, nil
}

func readDiff(text []byte) (*Diff, error) {
	d := &Diff{}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, err
	}
	for _, c := range d.Changes {
		if slices.ContainsFunc(c.Lines, func(line string) bool { return len(line) < len("+ ") }) {
			return nil, fmt.Errorf("a line of %s has no sign", c.heading())
		}
	}
	for _, c := range d.Results {
		if !paired(c.How, c.Before != nil, c.After != nil) {
			return nil, fmt.Errorf("%s lacks a side", c.Name)
		}
	}
	for _, c := range d.Requirements {
		if !paired(c.How, c.Before != nil, c.After != nil) {
			return nil, fmt.Errorf("%s lacks a side", c.Text)
		}
	}
	return d, nil
}

// paired says whether what was added has an after, what was removed a before,
// and all else both.
func paired(how string, before, after bool) bool {
	return (before || how == "added") && (after || how == "removed")
}

func readReport(text []byte) (*Report, error) {
	var in jsonReport
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, err
	}
	r := &Report{
		Command: in.Command, File: in.File, Scenario: in.Scenario, Set: map[string]string{}, System: &model.System{Title: in.Model},
		Selected: in.Selected, Timed: in.Timed, FaultTree: in.FaultTree, unrepaired: in.Unrepaired,
	}
	for _, s := range in.Set {
		r.Set[s.Name] = s.Value
	}
	for _, m := range in.Params {
		text, _ := m.value.(json.RawMessage)
		value, _ := strconv.ParseFloat(string(text), 64)
		r.System.Params = append(r.System.Params, model.Param{Name: m.name, Value: value})
	}
	if s := in.Simulation; s != nil && in.Seed != nil {
		r.Simulation = &Simulation{*in.Seed, s.Runs, s.Events, s.Confidence, s.Unfinished, s.Partial}
	}
	for i := range in.Results {
		if in.Results[i].Verified != nil {
			return nil, errors.New("results that were verified cannot be rendered again")
		}
		r.Results = append(r.Results, in.Results[i].result())
	}
	for _, d := range in.Diagnostics {
		r.Diagnostics = append(r.Diagnostics, d.diagnostic())
	}
	return r, nil
}

func (d *jsonDiagnostic) diagnostic() model.Diagnostic {
	severity := model.Note
	for _, s := range [...]model.Severity{model.Error, model.Warning} {
		if s.String() == d.Severity {
			severity = s
		}
	}
	return model.Diagnostic{Severity: severity, Code: d.Code, Summary: d.Summary, Help: d.Help, Pos: d.pos()}
}

func (r *jsonResult) result() model.Result {
	out := model.Result{Target: model.Target{Name: r.Name, Title: r.Title, Kind: r.Kind}, Values: r.Measures}
	for _, c := range r.Budget {
		cost := model.Cost{Name: c.Name, Cause: c.Cause, Own: c.Own, Share: c.Share, Down: math.NaN()}
		if c.Downtime != nil {
			cost.Down = *c.Downtime
		}
		out.Budget = append(out.Budget, cost)
	}
	if r.Spread != nil {
		out.Spread = r.Spread.distributions()
	}
	return out
}

func (d *jsonSpreads) distributions() *model.Distributions {
	out := &model.Distributions{Outage: readSpread(d.Outage), FirstFailure: readSpread(d.FirstFailure)}
	for _, w := range d.Windows {
		to := model.Windows{Length: w.Length}
		for object, spread := range map[*object]*model.Spread{&w.Downtime: &to.Downtime, &w.Outages: &to.Outages} {
			if s := readSpread(*object); s != nil {
				*spread = *s
			}
		}
		for _, l := range w.Limits {
			limit := model.Limit{Availability: l.Availability, Downtime: l.Downtime, Met: l.Kept.estimate(), Missed: l.Exhausted.estimate()}
			if l.Requirement != "" {
				limit.Requirement = &model.Requirement{Text: l.Requirement, Measure: model.Downtime}
			}
			to.Limits = append(to.Limits, limit)
		}
		out.Windows = append(out.Windows, to)
	}
	for _, c := range d.Causes {
		out.Causes = append(out.Causes, model.Cause{Name: c.Name, Kind: c.Cause, Begins: c.Begins.estimate(), Ends: c.Ends.estimate()})
	}
	return out
}

// readSpread reads the count, the mean, and the quantiles; nil if there is
// nothing.
func readSpread(o object) *model.Spread {
	if o == nil {
		return nil
	}
	s := &model.Spread{}
	for _, m := range o {
		text, _ := m.value.(json.RawMessage)
		var e jsonEstimate
		switch p, err := strconv.ParseFloat(strings.TrimPrefix(m.name, "p"), 64); {
		case m.name == "count":
			json.Unmarshal(text, &s.Count)
		case m.name == "cut":
			json.Unmarshal(text, &s.Cut)
		case json.Unmarshal(text, &e) != nil:
		case m.name == "mean":
			s.Mean = e.estimate()
		case err == nil:
			s.Quantiles = append(s.Quantiles, model.Quantile{P: p / 100, Estimate: e.estimate()})
		}
	}
	return s
}

func (e jsonEstimate) estimate() model.Estimate {
	out := model.Estimate{Value: math.Inf(1), Low: e.Low, High: math.Inf(1)}
	if e.Value != nil {
		out.Value = *e.Value
	}
	if e.High != nil {
		out.High = *e.High
	}
	return out
}
