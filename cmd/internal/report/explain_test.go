package report

import (
	"io"
	"math"
	"math/big"
	"strings"
	"testing"

	"nines/model"
)

func atLine(line int) model.Pos { return model.Pos{File: "shop.nines", Line: line, Column: 3} }

func happening(name, cause string, p float64, line int) model.Event {
	return model.Event{Name: name, Cause: cause, Probability: p, Pos: atLine(line)}
}

// explained has a service with one of everything, and names from a file that
// are not to be trusted.
func explained() *Explained {
	db := happening("db", "component", 4e-4, 12)
	db.Title = "Database"
	zone := func(i int) model.Event {
		return happening("zone["+string(rune('0'+i))+"]", "domain", 1e-4, 8)
	}
	lost := happening("web[1]", "component", 1e-3, 14)
	lost.How = "lost"
	shop := model.Explanation{
		Result: model.Result{
			Target: model.Target{Name: "shop", Title: "The <b>shop", Kind: "service"},
			Values: values(model.Exact, map[model.Measure]float64{
				model.Availability: 0.9995, model.Unavailability: 5e-4, model.Nines: 3.30103, model.Downtime: 15768, model.Outages: 12.5,
				model.MeanOutage: 1261.44,
			}),
			Budget: []model.Cost{
				{Name: "db", Cause: "component", Own: false, Share: 0.8, Down: 12614.4, Pos: atLine(12)},
				{Name: "shop", Cause: "deploys", Own: true, Share: 0.1, Down: 1576.8, Pos: atLine(20)},
				{Name: "zone[1]", Cause: "domain", Share: 0.05, Down: 788.4, Pos: atLine(8)},
				{Name: "zone[2]", Cause: "domain", Share: 0.05, Down: 788.4, Pos: atLine(8)},
			},
		},
		Down:    5e-4,
		Singles: []model.Single{{Event: db, Outages: 10}},
		Cuts: model.Cuts{
			Count: new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil), Sum: 5.1e-4, Bound: 5.05e-4, Coherent: false, Primes: big.NewInt(77),
			Paths: big.NewInt(2), Works: []model.Path{{Parts: []model.Event{db, zone(1)}, Probability: 0.9995}},
			Listed: []model.Cut{{Events: []model.Event{db}, Probability: 4e-4}, {Events: []model.Event{zone(1), zone(2)}, Probability: 1e-8}},
			Joint: []model.Cut{
				{Events: []model.Event{zone(1), zone(2)}, Probability: 1e-8}, {Events: []model.Event{zone(1), zone(3)}, Probability: 1e-8},
				{Events: []model.Event{zone(2), zone(3)}, Probability: 1e-8}, {Events: []model.Event{zone(1), lost}, Probability: 1e-9},
				{Events: []model.Event{zone(2), lost}, Probability: 1e-9}, {Events: []model.Event{zone(3), lost}, Probability: 1e-30},
			},
		},
		Importance: []model.Importance{
			{Event: db, Birnbaum: 1, Criticality: 0.8, FussellVesely: 0.8, RAW: 2000, RRW: 5, DIF: 0.8, Outages: 0.8},
			{Event: model.Event{Name: "db", Cause: "component", How: "silent"}, Mode: true, Birnbaum: 1, RAW: 2000, RRW: math.Inf(1), Outages: 0.3},
			{Event: zone(1), Birnbaum: -0.5, Outages: math.NaN()},
		},
		Losses: []model.Loss{
			{Domain: zone(1), Inside: []string{"db", "web[1]"}, Alone: []string{"db"}},
			{Domain: zone(2), Up: true, Served: 0.8, Inside: []string{"web[2]"}},
			{Domain: zone(3), Up: true, Served: 1}, {Domain: zone(4), Up: true, Served: 1},
			{Domain: happening("esc\x1b[31m", "domain", 0, 9), Inside: []string{"a", "b", "c", "d", "e", "f", "g", "h"}},
		},
		Improvements: []model.Improvement{
			{Subject: db, Parts: 1, Change: model.Perfect, Unavailability: 1e-4, Saved: 12614, Nines: 0.699},
			{Subject: db, Parts: 1, Change: model.OneMore, Where: "zone[2]", Unavailability: 1.1e-4, Saved: 12300, Nines: 0.65},
			{Subject: db, Parts: 1, Change: model.HalfRepair, Unavailability: 3e-4, Saved: 6307, Nines: 0.22},
			{Subject: happening("shop", "deploys", 0, 20), Parts: 1, Change: model.HalfRepair, Unavailability: 4.9e-4, Saved: 300, Nines: 0.01},
			{Subject: happening("login", "itself", 0, 30), Parts: 1, Change: model.HalfRepair, Unavailability: 4.9e-4, Saved: 300, Nines: 0.01},
			{Subject: happening("cart", "itself", 0, 40), Parts: 1, Change: model.HalfRepair, Unavailability: 4.9e-4, Saved: 300, Nines: 0.01},
			{Subject: happening("pay", "itself", 0, 50), Parts: 1, Change: model.HalfRepair, Unavailability: 4.9e-4, Saved: 300, Nines: 0.01},
			{Subject: happening("web[1]", "component", 0, 14), Parts: 3, Change: model.OneMore, Unavailability: 6e-4, Saved: -3000, Nines: -0.08},
		},
	}
	probe := model.Explanation{
		Result:  model.Result{Target: model.Target{Name: "probe", Kind: "system"}, Values: values(model.Exact, map[model.Measure]float64{model.PointAvailability: 0.75})},
		At:      5000 * 3600,
		Down:    0.25,
		Singles: []model.Single{{Event: happening("valve", "component", 0.25, 50), Outages: math.NaN()}},
		Cuts: model.Cuts{Count: big.NewInt(1), Coherent: true, Sum: 0.25, Bound: math.NaN(), Order: 2,
			Listed: []model.Cut{{Events: []model.Event{happening("valve", "component", 0.25, 50)}, Probability: 0.25}}},
		Improvements: []model.Improvement{{Subject: happening("valve", "component", 0.25, 50), Parts: 1, Change: model.OneMore, Unavailability: 0, Saved: 0.25 * model.Year, Nines: math.Inf(1)}},
	}
	never := model.Explanation{
		Result: model.Result{Target: model.Target{Name: "never", Kind: "system"}, Values: values(model.Exact, map[model.Measure]float64{model.Unavailability: 0})},
		Cuts:   model.Cuts{Count: big.NewInt(0), Coherent: true, Bound: math.NaN()},
	}
	untold := model.Explanation{
		Result: model.Result{Target: model.Target{Name: "huge", Kind: "system"}, Values: values(model.Exact, map[model.Measure]float64{
			model.Availability: 0.9, model.Unavailability: 0.1, model.Nines: 1, model.Downtime: model.Year / 10,
		})},
		Down: 0.1,
		Cuts: model.Cuts{Coherent: true, Sum: math.NaN(), Bound: math.NaN()},
	}
	r := &Explained{
		Explanations: []model.Explanation{shop, probe, never, untold}, Columns: []string{"birnbaum", "rrw", "outages"}, Rows: 5,
		Verdicts: []model.Verdict{
			{Requirement: &model.Requirement{Text: "require shop survives any 2 of zone", Survives: &model.Survival{}, Pos: atLine(61)}, Status: model.Fail, Broken: [][]string{{"zone[1]", "zone[2]"}, {"zone[1]", "zone[3]"}}},
			{Requirement: &model.Requirement{Text: "require shop survives any zone", Survives: &model.Survival{}, Pos: atLine(60)}, Status: model.Pass},
		},
	}
	r.Report = Report{
		Command: "explain", File: "shop.nines", System: &model.System{Title: "A \x1b[31mshop", Targets: []model.Target{shop.Target}},
		Diagnostics: []model.Diagnostic{
			{Severity: model.Note, Code: "N204", Summary: "no mttf for shop: it is repaired"},
			{Severity: model.Note, Code: "N207", Summary: "no down time budget for huge: not all of the down time is due to parts that fail"},
		},
	}
	for _, x := range r.Explanations {
		r.Results = append(r.Results, x.Result)
	}
	return r
}

// tree is the top event of a fault tree.
func tree() *Explained {
	e := happening("pump", "component", 0.01, 5)
	r := &Explained{Rows: 5, Explanations: []model.Explanation{{
		Result: model.Result{
			Target: model.Target{Name: "top", Kind: "system"},
			Values: values(model.Exact, map[model.Measure]float64{model.Unavailability: 0.0101}),
			Budget: []model.Cost{{Name: "pump", Cause: "component", Share: 1, Down: 0.0101 * model.Year, Pos: atLine(5)}},
		},
		Down:    0.0101,
		Singles: []model.Single{{Event: e, Outages: math.NaN()}},
		Cuts:    model.Cuts{Count: big.NewInt(2), Coherent: true, Sum: 0.0102, Bound: 0.0101, Joint: []model.Cut{{Events: []model.Event{happening("a", "component", 0.1, 6), happening("b", "component", 0.1, 7)}, Probability: 0.01}}},
	}}}
	r.Report = Report{Command: "explain", File: "tree.xml", FaultTree: true, System: &model.System{}, Results: []model.Result{r.Explanations[0].Result}}
	return r
}

// TestExplainGolden compares what each format makes of an explanation with a
// file of testdata; with UPDATE=1 it writes the files.
func TestExplainGolden(t *testing.T) {
	text := func(columns int) func(io.Writer, *Explained) error {
		return func(w io.Writer, r *Explained) error { return ExplainText(w, r, NewLook(columns, false)) }
	}
	tests := []struct {
		file   string
		report *Explained
		write  func(io.Writer, *Explained) error
	}{
		{"explained.txt", explained(), text(80)},
		{"explained.wide.txt", explained(), text(100)},
		{"explained.json", explained(), ExplainJSON},
		{"explained.md", explained(), ExplainMarkdown},
		{"tree.txt", tree(), text(80)},
		{"tree.json", tree(), ExplainJSON},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			golden(t, test.file, func(w io.Writer) error { return test.write(w, test.report) })
		})
	}
}

// TestExplainDead explains what no failure is needed to take down.
func TestExplainDead(t *testing.T) {
	r := explained()
	r.Explanations = []model.Explanation{{
		Result: model.Result{Target: model.Target{Name: "cut off", Kind: "system"}}, Down: 1,
		Cuts: model.Cuts{Count: big.NewInt(1), Coherent: true, Listed: []model.Cut{{Probability: 1}}},
	}}
	var b strings.Builder
	if err := ExplainText(&b, r, NewLook(80, false)); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "It takes no failure") || strings.Contains(text, "point of failure") || strings.Contains(text, "cut set") {
		t.Errorf("got %s", text)
	}
}

func TestExplainWidth(t *testing.T) {
	for _, columns := range []int{60, 80, 100} {
		for _, r := range []*Explained{explained(), tree()} {
			var b strings.Builder
			if err := ExplainText(&b, r, NewLook(columns, false)); err != nil {
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

// TestLongWord: a word that is wider than its column pushes the next aside.
func TestLongWord(t *testing.T) {
	got := passage{align: "lrr"}.lines([]string{"everything", "1", "23"}, []int{4, 3, 2})
	if want := "everything    1  23"; len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
