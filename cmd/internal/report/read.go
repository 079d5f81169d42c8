package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"nines/model"
)

// A Result is what a command has found out, ready to be written in several
// formats.
type Result interface {
	Formats() []string
	Write(w io.Writer, format string, look Look) error
}

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
	switch head.Command {
	case "check":
		return readChecks(text, head.Reports != nil, rules)
	case "diff":
		return readDiff(text)
	case "eval", "simulate":
		return readReport(text)
	case "sweep":
		return readSweep(text)
	}
	return nil, fmt.Errorf("results of %s cannot be rendered again, those of eval, simulate, check, diff and sweep can", head.Command)
}

// decode reads JSON that keeps to the published schema of a kind of result.
func decode(text []byte, kind string, into any) error {
	if err := keeps(text, kind); err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

func readChecks(text []byte, several bool, rules []Rule) (*Checks, error) {
	c := &Checks{FormatVersion: FormatVersion, Command: "check"}
	if several {
		if err := decode(text, "checks", c); err != nil {
			return nil, err
		}
	} else {
		c.Reports = make([]check, 1)
		if err := decode(text, "report", &c.Reports[0]); err != nil {
			return nil, err
		}
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
	if err := decode(text, "diff", d); err != nil {
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
	if err := decode(text, "report", &in); err != nil {
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
	for i := range in.Results {
		if in.Results[i].Verified != nil && (in.Simulation == nil || in.Simulation.Error == 0) {
			return nil, errors.New("it was verified before such results could be rendered again")
		}
		r.Results = append(r.Results, in.Results[i].result())
	}
	if s := in.Simulation; s != nil && in.Seed != nil {
		drawn := Simulation{*in.Seed, s.Runs, s.Events, s.Confidence, s.Unfinished, s.Partial, s.Methods}
		if s.Error == 0 {
			r.Simulation = &drawn
		} else {
			r.Verification = in.verification(drawn)
		}
	}
	for _, d := range in.Diagnostics {
		r.Diagnostics = append(r.Diagnostics, d.diagnostic())
	}
	return r, nil
}

// verification is what the simulation said to the results.
func (in *jsonReport) verification(drawn Simulation) *Verification {
	v := &Verification{Simulation: drawn, Error: in.Simulation.Error}
	for _, r := range in.Results {
		var verdicts []Verdict
		for _, c := range r.Verified {
			verdicts = append(verdicts, Verdict{c.Simulated.value(c.Measure), c.Agrees, c.Seen})
		}
		v.Results = append(v.Results, verdicts)
	}
	return v
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
