package report

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nines/model"
)

// values lists values of one method in the order of reports.
func values(method model.Method, of map[model.Measure]float64) []model.Value {
	var list []model.Value
	for _, m := range model.Measures() {
		x, ok := of[m]
		if !ok {
			continue
		}
		v := model.Value{Measure: m, Value: x, Method: method}
		if m.TakesTime() {
			v.At = model.Year
		}
		list = append(list, v)
	}
	return list
}

// analytic is a report with exact, approximate, infinite and absent values and
// with text that tries to break out of each format.
func analytic() *Report {
	shop := model.Result{
		Target: model.Target{Name: "shop", Title: "Browse | buy", Kind: "system"},
		Values: values(model.Exact, map[model.Measure]float64{
			model.Availability: 0.9988432626894781, model.Unavailability: 0.0011567373105220338, model.Nines: 2.9367652,
			model.Served: 0.9987434130158996, model.WrongShare: 0, model.Degraded: 0.006014961154199112,
			model.Downtime: 36478.86782462286, model.Outages: 33.42418647217581, model.MeanOutage: 1091.3913448571122,
			model.MTTF: 942417.4644173984, model.Reliability: 3e-15,
		}),
		Budget: []model.Cost{
			{Name: "checkout", Cause: "itself", Own: true, Share: 0.5, Down: 18239},
			{Name: "web[1]", Cause: "component", Share: 0.2, Down: 7296},
			{Name: "web[2]", Cause: "component", Share: 0.2, Down: 7296},
			{Name: "catalog", Cause: "deploys", Share: 0.0999, Down: 3650},
			{Name: "zone[1]", Cause: "domain", Share: 0.0001, Down: 3.6},
		},
	}
	catalog := model.Result{
		Target: model.Target{Name: "catalog", Kind: "service"},
		Values: values(model.Approximate, map[model.Measure]float64{
			model.Availability: 0.99907, model.Unavailability: 9.3e-4, model.MTTF: math.Inf(1), model.Reliability: 0.5,
		}),
	}
	last := &catalog.Values[len(catalog.Values)-1]
	last.Bounded, last.Low, last.High, last.Note = true, 0.49, 0.51, "outages come as a Poisson stream"
	return &Report{
		Command: "eval", File: "shop.nines", Scenario: "two_pods",
		System:  &model.System{Title: "A \x1b[31m<b>shop", Params: []model.Param{{Name: "pods", Value: 4}, {Name: "detect", Value: 30}}},
		Results: []model.Result{shop, catalog},
		Diagnostics: []model.Diagnostic{
			{Severity: model.Warning, Code: "W103", Summary: "counted twice", Pos: model.Pos{File: "shop.nines", Line: 12, Column: 3}, Help: "say it once"},
			{Severity: model.Note, Code: "N201", Summary: "no mtbf or mttf for shop and catalog: lb has a probability and no dynamics", Help: "give lb a repair time"},
			{Severity: model.Note, Code: "N202", Summary: "no nines for catalog: it is never down"},
		},
	}
}

// simulated is a report with intervals, bounds and one value that never varied.
func simulated() *Report {
	site := model.Result{Target: model.Target{Name: "site", Kind: "system"}}
	add := func(m model.Measure, x, low, high float64) {
		v := model.Value{Measure: m, Value: x, Method: model.Simulated, Bounded: true, Low: low, High: high, Confidence: 0.95, Runs: 1200}
		if m.TakesTime() {
			v.At = 30 * 86400
		}
		site.Values = append(site.Values, v)
	}
	add(model.Availability, 0.999426, 0.999405, 0.999447)
	add(model.Unavailability, 5.74e-4, 5.53e-4, 5.95e-4)
	add(model.Nines, 3.241, 3.225, 3.257)
	add(model.Served, 0.999426, 0.999405, 0.999447)
	add(model.WrongShare, 0, 0, 1.234e-7)
	add(model.Downtime, 18101, 17440, 18762)
	add(model.Outages, 3.06, 2.5, 4.1)
	add(model.MeanOutage, 5916, 5916, 5916)
	add(model.MTTF, 1.03e7, 1.00e7, 1.06e7)
	add(model.Reliability, 0.7712, 0.7512, 0.7912)
	never := model.Result{Target: model.Target{Name: "never", Kind: "system"}, Values: []model.Value{
		{Measure: model.Availability, Value: 1, Method: model.Simulated, Bounded: true, Low: 1 - 1.2e-7, High: 1, Confidence: 0.95, Runs: 1200},
		{Measure: model.Unavailability, Value: 0, Method: model.Simulated, Bounded: true, Low: 0, High: 1.2e-7, Confidence: 0.95, Runs: 1200},
		{Measure: model.Nines, Value: math.Inf(1), Method: model.Simulated, Bounded: true, Low: 6.9, High: math.Inf(1), Confidence: 0.95, Runs: 1200},
		{Measure: model.Downtime, Value: 0, Method: model.Simulated, Bounded: true, Low: 0, High: 3.8, Confidence: 0.95, Runs: 1200},
	}}
	return &Report{
		Command: "simulate", File: "-", System: &model.System{}, Results: []model.Result{site, never},
		Simulation: &Simulation{Seed: 7, Runs: 1200, Events: 3456789, Confidence: 0.95, Unfinished: "stopped before --until 1% was reached"},
	}
}

func mission() *Report {
	never := model.Part{Name: "cpu", Automaton: model.NewAutomaton([]model.Mode{{}})}
	tmr := model.Result{Target: model.Target{Name: "tmr", Kind: "system"}, Values: values(model.Exact, map[model.Measure]float64{
		model.Availability: 0, model.Unavailability: 1, model.Nines: 0, model.Downtime: model.Year, model.MTTF: 3e6, model.Reliability: 0.75,
	}), Budget: []model.Cost{{Name: "cpu", Share: 1, Down: model.Year}}}
	tmr.Values[len(tmr.Values)-1].At = 5000 * 3600
	return &Report{Command: "eval", File: "tmr.nines", System: &model.System{Parts: []model.Part{never}}, Results: []model.Result{tmr}}
}

// spread is a report with distributions: intervals of one side and both, what
// is certain, and what is not known at all.
func spread() *Report {
	r := simulated()
	few := func(mean model.Estimate, q ...model.Estimate) model.Spread {
		s := model.Spread{Count: 1000, Mean: mean}
		for i, p := range []float64{0.5, 0.9, 0.95, 0.99} {
			s.Quantiles = append(s.Quantiles, model.Quantile{P: p, Estimate: q[min(i, len(q)-1)]})
		}
		return s
	}
	of := func(value, low, high float64) model.Estimate {
		return model.Estimate{Value: value, Low: low, High: high}
	}
	inf, month := math.Inf(1), 30*86400.0
	outage := few(of(5916, 5800, 6020), of(2065, 1981, 2157), of(3600, 3600, 3600), of(7200, 3000, inf))
	life := few(of(1e7, 1e7, inf), of(7.2e6, 7.0e6, 7.4e6), of(inf, 3e7, inf), of(inf, 0, inf))
	life.Cut = 12
	r.Results[0].Spread = &model.Distributions{
		Windows: []model.Windows{{
			Length: month, Downtime: few(of(1465, 1236, 1736), of(0, 0, 0), of(2910, 2366, 3669), of(0, 0, 600), of(40000, 30000, month)),
			Outages: few(of(0.0123, 0, 0.0123), of(0, 0, 0), of(1, 1, 2), of(2, 2, 2), of(3, 2, inf)),
			Limits: []model.Limit{
				{Availability: 0.999, Downtime: 2592, Met: of(0.88, 0.87, 0.89), Missed: of(0.12, 0.11, 0.13)},
				{Availability: 0.9995, Downtime: 1296, Met: of(0.997, 0.997, 1), Missed: of(0.003, 0, 0.003)},
				{Requirement: &model.Requirement{Measure: model.Downtime, Text: "require site.downtime <= 20m/mo with 95%"}, Downtime: 1200, Met: of(0.7, 0.6, 0.8), Missed: of(0.3, 0.2, 0.4)},
			},
		}},
		Outage: &outage, FirstFailure: &life,
	}
	for i, kind := range []string{"component", "domain", "itself", "deploys", "takeover", "component", "component", "component", "component", "component"} {
		share := 0.4 / float64(1+i)
		r.Results[0].Spread.Causes = append(r.Results[0].Spread.Causes, model.Cause{
			Name: strings.Repeat("x", i+1), Kind: kind, Begins: of(share, share-0.01, share+0.01), Ends: of(0.001, 0, 0.001),
		})
	}
	r.Results[1].Target.Kind = "service"
	r.Results[1].Spread = &model.Distributions{}
	r.Results = append(r.Results, r.Results[1], r.Results[1])
	return r
}

// TestGolden compares what each format makes of each report with a file of
// testdata; with UPDATE=1 it writes the files.
func TestGolden(t *testing.T) {
	text := func(colour bool, columns int) func(io.Writer, *Report) error {
		return func(w io.Writer, r *Report) error { return Text(w, r, NewLook(columns, colour)) }
	}
	tests := []struct {
		file   string
		report *Report
		write  func(io.Writer, *Report) error
	}{
		{"analytic.txt", analytic(), text(false, 80)},
		{"analytic.wide.txt", analytic(), text(false, 140)},
		{"analytic.colour.txt", analytic(), text(true, 80)},
		{"analytic.json", analytic(), JSON},
		{"analytic.csv", analytic(), CSV},
		{"analytic.md", analytic(), Markdown},
		{"simulated.txt", simulated(), text(false, 80)},
		{"simulated.json", simulated(), JSON},
		{"simulated.csv", simulated(), CSV},
		{"simulated.md", simulated(), Markdown},
		{"spread.txt", spread(), text(false, 80)},
		{"spread.json", spread(), JSON},
		{"spread.csv", spread(), CSV},
		{"spread.md", spread(), Markdown},
		{"mission.txt", mission(), text(false, 80)},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			golden(t, test.file, func(w io.Writer) error { return test.write(w, test.report) })
		})
	}
}

// Lines for a terminal are no wider than the terminal and end without space.
func TestWidth(t *testing.T) {
	for _, columns := range []int{60, 80, 100} {
		for _, r := range []*Report{analytic(), simulated(), spread(), mission()} {
			var b strings.Builder
			if err := Text(&b, r, NewLook(columns, false)); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				line = strings.TrimSuffix(line, "\n")
				if n := len([]rune(line)); n > columns || strings.HasSuffix(line, " ") {
					t.Errorf("at %d columns %d: %q", columns, n, line)
				}
			}
		}
	}
}

// What is said of several targets stands once, other notes as they are.
func TestRemarks(t *testing.T) {
	r := &Report{}
	for _, name := range strings.Fields("a b c d e f g") {
		r.Results = append(r.Results, model.Result{Target: model.Target{Name: name}})
		r.Diagnostics = append(r.Diagnostics, model.Diagnostic{Severity: model.Note, Summary: name + " has no mttf"})
	}
	r.Diagnostics[1].Summary = "nothing has no mttf"
	r.Diagnostics[2].Severity = model.Warning
	r.Diagnostics[3].Help = "help it"
	r.Results = r.Results[:6]
	got := strings.Join(r.remarks(), "; ")
	if want := "a has no mttf (likewise e, f); nothing has no mttf; d has no mttf; help it; g has no mttf"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A note that many figures share stands once.
func TestAssumptions(t *testing.T) {
	r := &Report{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		r.Results = append(r.Results, model.Result{Target: model.Target{Name: name}, Values: []model.Value{
			{Measure: model.MTTF, Method: model.Approximate, Note: "one"}, {Measure: model.Downtime, Method: model.Approximate},
		}})
	}
	r.Results[3].Values[1].Note = "two"
	got := strings.Join(r.assumptions(), "; ")
	if want := "≈ mttf of a, mttf of b, mttf of c, mttf of d, 2 more: one; ≈ downtime of d: two"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ text, want string }{
		{"plain text 1.5", "plain text 1.5"},
		{"a|b", `a\|b`},
		{"two\nlines\tand more", "two lines and more"},
		{"<b> & *bold* _it_ `code`", `&lt;b\> &amp; \*bold\* \_it\_ \` + "`code\\`"},
		{`[x](y) \ #1`, `\[x\](y) \\ \#1`},
		{"esc \x1b[31m", "esc �\\[31m"},
	}
	for _, test := range tests {
		if got := escape(test.text); got != test.want {
			t.Errorf("escape(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestBar(t *testing.T) {
	tests := []struct {
		part float64
		want string
	}{{1, "████"}, {0.5, "██"}, {0.53, "██▏"}, {1e-9, "▏"}, {0, ""}, {math.NaN(), ""}, {2, "████"}}
	for _, test := range tests {
		if got := bar(test.part, 4); got != test.want {
			t.Errorf("bar(%g) = %q, want %q", test.part, got, test.want)
		}
	}
}

// Members of an array stand together where they cost the same, and only there.
func TestCauses(t *testing.T) {
	cost := func(name string, share float64) model.Cost {
		return model.Cost{Name: name, Cause: "component", Share: share}
	}
	budget := []model.Cost{cost("zone[1]", 0.3), cost("zone[2]", 0.1), cost("zone[3]", 0.1)}
	for i := range 12 {
		budget = append(budget, cost(string(rune('a'+i)), 0.01*float64(12-i)/6))
	}
	list, rest := causes(budget)
	if got := list[0].label() + ", " + list[1].label(); got != "zone[1], zone x 2" {
		t.Errorf("got %s", got)
	}
	if len(list) != maxCauses || rest.count != 6 {
		t.Errorf("%d causes and %d more, want %d and 6", len(list), rest.count, maxCauses)
	}
	links := []model.Cost{{Name: "zone[1] - zone[2]", Cause: "link", Share: 0.5}, {Name: "zone[1] - zone[3]", Cause: "link", Share: 0.5}}
	if apart, _ := causes(links); len(apart) != 2 || apart[1].label() != "link zone[1] - zone[3]" {
		t.Errorf("links are %v", apart)
	}
	sum := rest.Share
	for _, c := range list {
		sum += c.Share
	}
	want := 0.0
	for _, c := range budget {
		want += c.Share
	}
	if math.Abs(sum-want) > 1e-12 {
		t.Errorf("the shares add up to %g, want %g", sum, want)
	}
}

// golden compares what is written with a file of testdata; with UPDATE=1 it
// writes the file.
func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
