package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"nines/model"
)

// judged has a requirement of every kind, and names from a file that are not
// to be trusted.
func judged() []Checked {
	evil := "a\x1b[31m<b>|`x`\n::error::]]>,%"
	sys := &model.System{
		Title: evil, Targets: []model.Target{{Name: "shop", Kind: "system"}},
		Params: []model.Param{{Name: "pods", Value: 2}},
	}
	at := func(line int) model.Pos {
		return model.Pos{File: "dir of/" + evil + ".nines", Line: line, Column: 3, EndLine: line, EndColumn: 20}
	}
	exact := func(m model.Measure, x float64) *model.Value {
		return &model.Value{Measure: m, Value: x, Method: model.Exact}
	}
	seen := &model.Value{Measure: model.MTTF, Value: 80 * 86400, Low: 75 * 86400, High: 85 * 86400, Bounded: true, Method: model.Simulated, Confidence: 0.998, Runs: 500}
	copied := &model.Improvement{Subject: model.Event{Name: evil, Cause: "component"}, Parts: 1, Change: model.OneMore, Where: "zone[2]", Unavailability: 1e-6, Saved: 1e4}
	verdicts := []model.Verdict{
		{Requirement: &model.Requirement{Text: "require shop.availability >= 99.99%", Measure: model.Availability, AtLeast: true, Bound: model.Prob{P: 0.9999, Q: 1e-4}, Pos: at(1)},
			Status: model.Fail, Value: exact(model.Availability, 0.9998), Down: exact(model.Unavailability, 2e-4), Remedy: copied, Enough: true},
		{Requirement: &model.Requirement{Text: "require shop.availability >= 1e-18", Measure: model.Availability, AtLeast: true, Bound: model.Prob{P: 1, Q: 1.0000001e-18}, Pos: at(2)},
			Status: model.Pass, Value: exact(model.Availability, 1), Down: exact(model.Unavailability, 1e-18)},
		{Requirement: &model.Requirement{Text: "require shop.mttf >= 90d", Measure: model.MTTF, AtLeast: true, Bound: model.Prob{P: 90 * 86400}, Pos: at(3)}, Status: model.Fail, Value: seen, Remedy: copied},
		{Requirement: &model.Requirement{Text: "require shop.mttf >= 1d", Measure: model.MTTF, AtLeast: true, Bound: model.Prob{P: 86400}, Pos: at(4)}, Status: model.Pass, Value: exact(model.MTTF, math.Inf(1))},
		{Requirement: &model.Requirement{Text: "require shop.downtime <= 20m/mo with 95%", Measure: model.Downtime, Bound: model.Prob{P: 1200}, Window: model.Year / 12, Confidence: model.ProbOf(0.95), Pos: at(5)},
			Status: model.Undecided, Reason: evil, Value: &model.Value{Measure: model.Met, Value: 0.6, Low: 0.3, High: 0.9, Bounded: true, Method: model.Approximate, Note: "bounds"}},
		{Requirement: &model.Requirement{Text: "require shop survives any zone", Survives: &model.Survival{Count: 1}, Pos: at(6)}, Status: model.Fail, Broken: [][]string{{"zone[1]", evil}, {"zone[2]"}}},
		{Requirement: &model.Requirement{Text: "require shop survives any lb", Survives: &model.Survival{Count: 1}, Pos: at(7)}, Status: model.Pass},
		{Requirement: &model.Requirement{Text: "require shop.outages <= 6/y", Measure: model.Outages, Bound: model.Prob{P: 6}, Pos: at(8)}, Status: model.Undecided, Reason: "it has no dynamics"},
	}
	doubt := model.Diagnostic{Severity: model.Warning, Code: "W103", Summary: "counted twice " + evil, Pos: at(9), Help: "say it once"}
	good := Report{Command: "check", File: "shop.nines", Scenario: "two " + evil, Set: map[string]string{"pods": "2"}, System: sys,
		Diagnostics: []model.Diagnostic{doubt}, Simulation: &Simulation{Seed: 1, Runs: 500, Events: 9999, Confidence: 0.99}}
	bad := Report{Command: "check", File: "-", System: &model.System{}, Diagnostics: []model.Diagnostic{
		{Code: "E021", Summary: "unknown name `bd`", Pos: model.Pos{File: "-", Line: 4, Column: 3, EndLine: 4, EndColumn: 5}, Help: "did you mean `db`?"}, doubt,
	}}
	return []Checked{{Report: good, Verdicts: verdicts}, {Report: bad, Wrong: true}}
}

func TestCheckGolden(t *testing.T) {
	rules := []Rule{{"E021", "an unknown name", "Names must be *declared*."}, {"W103", "redundancy within one domain", "All members go down."}, {"W199", "not seen", ""}}
	for format, file := range map[string]string{
		"text": "check.txt", "json": "check.json", "junit": "check.xml", "sarif": "check.sarif", "github": "check.github", "gitlab": "check.gitlab.json", "markdown": "check.md",
	} {
		t.Run(format, func(t *testing.T) {
			golden(t, file, func(w io.Writer) error {
				return NewChecks(judged(), false, rules).Write(w, format, NewLook(DefaultWidth, false))
			})
		})
	}
	if c := NewChecks(judged(), false, nil); !c.Wrong() || !c.Unmet() || !c.Undecided() || c.Partial() {
		t.Error("not all that is wrong is seen")
	}
}

// TestJUnit reads what was written as a viewer would.
func TestJUnit(t *testing.T) {
	for _, strict := range []bool{false, true} {
		var b bytes.Buffer
		if err := NewChecks(judged(), strict, nil).Write(&b, "junit", Look{}); err != nil {
			t.Fatal(err)
		}
		junitKeeps(t, b.Bytes())
		var suites junitSuites
		if err := xml.Unmarshal(b.Bytes(), &suites); err != nil {
			t.Fatal(err)
		}
		var tests, failures, errors int
		for _, s := range suites.Suites {
			if s.Tests != len(s.Cases) {
				t.Errorf("%s counts %d tests, has %d", s.Name, s.Tests, len(s.Cases))
			}
			for _, c := range s.Cases {
				tests++
				if c.Failure != nil {
					failures++
				}
				if c.Error != nil {
					errors++
				}
				if c.Name == "" || c.Class == "" || c.Failure != nil && c.Failure.Message == "" {
					t.Errorf("%+v lacks something", c)
				}
			}
		}
		warnings := map[bool]int{true: 2}[strict]
		if suites.Tests != tests || suites.Failures != failures || suites.Errors != errors || tests != 9+warnings || failures != 3+warnings || errors != 3 {
			t.Errorf("strict %v: %d tests, %d failures, %d errors; it says %d, %d, %d", strict, tests, failures, errors, suites.Tests, suites.Failures, suites.Errors)
		}
	}
}

// junitKeeps holds XML against what the schema of the xUnit plugin of Jenkins,
// version 10, has: elements, what may stand in them, and their attributes, those
// that must be there first.
func junitKeeps(t *testing.T, text []byte) {
	t.Helper()
	type element struct{ inside, must, may string }
	known := map[string]element{
		"":           {inside: "testsuites"},
		"testsuites": {"testsuite", "", "name time tests failures errors"},
		"testsuite": {"testsuite properties testcase system-out system-err", "name tests failures errors",
			"group time skipped timestamp hostname id package file log url"},
		"testcase":   {"skipped error failure system-out system-err", "name", "time classname group"},
		"failure":    {"", "", "type message"},
		"error":      {"", "", "type message"},
		"system-out": {}, "system-err": {},
	}
	stack := []string{""}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.StartElement:
			name, parent := e.Name.Local, stack[len(stack)-1]
			if !slices.Contains(strings.Fields(known[parent].inside), name) {
				t.Errorf("%s in %s", name, parent)
			}
			must := strings.Fields(known[name].must)
			for _, a := range e.Attr {
				i := slices.Index(must, a.Name.Local)
				if i >= 0 {
					must = slices.Delete(must, i, i+1)
				} else if !slices.Contains(strings.Fields(known[name].may), a.Name.Local) {
					t.Errorf("%s has %s", name, a.Name.Local)
				}
			}
			if len(must) > 0 {
				t.Errorf("%s lacks %v", name, must)
			}
			stack = append(stack, name)
		}
	}
}

// TestGitHub lets no text start a command or a property of its own.
func TestGitHub(t *testing.T) {
	var b strings.Builder
	if err := NewChecks(judged(), false, nil).Write(&b, "github", Look{}); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		if strings.Count(line, "\r") > 0 || strings.HasPrefix(line, "::error::") || !strings.HasPrefix(line, "::") && strings.Contains(line, "::") {
			t.Errorf("%q", line)
		}
	}
}

// compared has two versions that differ in everything that can differ.
func compared() *Diff {
	list := judged()
	before, after := &Side{Checked: list[0]}, &Side{Checked: judged()[0]}
	result := func(name string, u, mttf float64) model.Result {
		return model.Result{Target: model.Target{Name: name, Kind: "service"}, Values: values(model.Exact, map[model.Measure]float64{
			model.Availability: 1 - u, model.Unavailability: u, model.Nines: -math.Log10(u), model.Downtime: u * model.Year, model.MTTF: mttf,
		})}
	}
	before.Results = []model.Result{result("web", 1e-4, 1e6), result("gone|", 1e-3, 1e5), result("same", 1e-5, 1e7), result("slight", 1e-3, 1e5)}
	after.Results = []model.Result{result("web", 3e-4, 5e5), result("new", 1e-3, 1e5), result("same", 1e-5, 1e7), result("slight", 1.0000001e-3, 1e5)}
	after.Verdicts[1].Status, before.Verdicts[2].Status = model.Fail, model.Pass
	after.Verdicts = after.Verdicts[:5]
	before.Verdicts = before.Verdicts[1:]
	cut := func(p float64, names ...string) model.Cut {
		c := model.Cut{Probability: p}
		for _, name := range names {
			c.Events = append(c.Events, model.Event{Name: name, Cause: "component"})
		}
		return c
	}
	explanation := func(cuts ...model.Cut) []model.Explanation {
		return []model.Explanation{{Result: before.Results[0], Cuts: model.Cuts{Count: big.NewInt(int64(len(cuts))), Listed: cuts}}}
	}
	before.Explanations = explanation(cut(1e-4, "lb"), cut(1e-8, "a", "b"))
	after.Explanations = explanation(cut(1e-4, "lb"), cut(1e-5, "a\x1b[31m"), cut(1e-9, "b", "c"))
	d := NewDiff(before, after, []Change{
		{"service", "web", "changed", []string{"-   needs db", "+   needs db, ```" + strings.Repeat(" and more", 20)}},
		{"param", "pods", "added", []string{"+ param pods = 2"}}, {"require", "", "removed", []string{"- require a\x1b[31m"}},
	})
	d.Failed = []string{"availability drops (web)"}
	return d
}

func TestDiffGolden(t *testing.T) {
	for format, file := range map[string]string{"text": "diff.txt", "json": "diff.json", "markdown": "diff.md"} {
		t.Run(format, func(t *testing.T) {
			golden(t, file, func(w io.Writer) error { return compared().Write(w, format, NewLook(DefaultWidth, false)) })
		})
	}
}

// TestCheckWidth keeps lines within the terminal.
func TestCheckWidth(t *testing.T) {
	for _, columns := range []int{80, 100} {
		for _, r := range []Result{NewChecks(judged(), true, nil), compared()} {
			var b strings.Builder
			if err := r.Write(&b, "text", NewLook(columns, false)); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				line = strings.TrimSuffix(line, "\n")
				if n := len([]rune(line)); n > columns || strings.HasSuffix(line, " ") || strings.ContainsRune(line, '\x1b') {
					t.Errorf("at %d columns %d: %q", columns, n, line)
				}
			}
		}
	}
}
