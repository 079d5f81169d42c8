package report

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// pageWidth is how many letters the tables of results may be wide.
const pageWidth = 100

// requirements lists the verdicts in the order of the file.
func (v *sheaf) requirements() []block {
	var list []ruling
	marks := map[model.Status]string{model.Pass: "✓", model.Fail: "✗", model.Undecided: "?"}
	for i := range v.Required.Reports {
		for k := range v.Required.Reports[i].Requirements {
			j := &v.Required.Reports[i].Requirements[k]
			list = append(list, ruling{Mark: marks[j.Status], Status: string(j.Status), Text: j.required(), Answer: j.answer(), Line: j.Line})
		}
	}
	if list == nil {
		return nil
	}
	blocks := []block{{Judged: list}}
	if how := v.Required.Reports[0].how(); how != nil {
		blocks = append(blocks, block{Text: []string{"Decided by: " + strings.Join(how, " · ")}})
	}
	return blocks
}

// results are the tables of the measures.
func (v *sheaf) results() []block {
	var blocks []block
	for _, s := range v.Answer.sections(pageWidth) {
		head, rows := v.Answer.table(s.columns)
		blocks = append(blocks, block{Table: newGrille(s.caption, head, "", rows)})
	}
	return blocks
}

// newGrille makes a table of texts. Columns are aligned as a passage says, all
// but the first to the right where align is "". A row of one cell heads those
// below it.
func newGrille(caption string, head []string, align string, rows [][]string) *grille {
	if align == "" {
		align = "l" + strings.Repeat("r", max(len(head), 1)-1)
	}
	g := &grille{Caption: caption}
	cells := func(texts []string) []cell {
		var list []cell
		for i, text := range texts {
			c := cell{Text: strings.ReplaceAll(text, "● ", "●\u00a0")}
			if align[i] == 'r' {
				c.Class = "right"
			}
			if line, is := strings.CutPrefix(text, "line "); is {
				c.Line, _ = strconv.Atoi(line)
			}
			list = append(list, c)
		}
		return list
	}
	if strings.Join(head, "") != "" {
		g.Head = cells(head)
	}
	for _, row := range rows {
		list := cells(row)
		if len(row) == 1 && len(head) > 1 {
			list[0].Wide = true
		}
		g.Rows = append(g.Rows, list)
	}
	return g
}

// grille is a passage as a table; without rows it is its heading and its lines.
func (p passage) grille() block {
	if len(p.rows) == 0 {
		return block{Head: strings.Join(p.heading, " "), Text: p.after}
	}
	g := newGrille(strings.Join(p.heading, " "), p.head, p.align, p.rows)
	g.After = p.after
	return block{Table: g}
}

// explain tells all that is known of why one target is down.
func (v *sheaf) explain(i int) {
	one := *v.Explained
	one.Explanations = one.Explanations[i : i+1]
	x, as := &one.Explanations[0], []Variant{{Explained: &one}}
	passages := one.passages(x)
	blocks := []block{{Text: append([]string{strings.Join(passages[0].heading, " ") + "."}, passages[0].after...)}}
	if len(x.Budget) > 0 {
		blocks = append(blocks, v.figures([]chart.Picture{BudgetChart(as)})...)
	}
	for _, p := range passages[1:] {
		blocks = append(blocks, p.grille())
	}
	if b := ImportanceChart(as, "criticality"); len(b.Rows) > 1 {
		blocks = append(blocks, v.figures([]chart.Picture{b})...)
	}
	blocks = append(blocks, v.simulated(x.Target.Name)...)
	v.add("target-"+strconv.Itoa(i+1), full(x.Target), blocks)
}

// simulated shows how the figures of a target are spread, as far as that was
// simulated.
func (v *sheaf) simulated(name string) []block {
	if v.Simulated == nil {
		return nil
	}
	one := *v.Simulated
	one.Selected = true
	one.Results = slices.DeleteFunc(slices.Clone(one.Results), func(r model.Result) bool { return r.Target.Name != name })
	if len(one.Results) == 0 || one.Results[0].Spread == nil {
		return nil
	}
	r, as := &one.Results[0], Variant{Explained: &Explained{Report: one}}
	var charts []chart.Picture
	add := func(there bool, draw func(Variant, *model.Result) *chart.Distribution) {
		if !there {
			return
		}
		if g := draw(as, r); len(g.Above) > 1 {
			charts = append(charts, g)
		}
	}
	add(len(r.Spread.Windows) > 0, DowntimeChart)
	add(r.Spread.Outage != nil, OutageChart)
	add(r.Spread.FirstFailure != nil, SimulatedLifetimeChart)
	blocks := v.figures(charts)
	tables, _ := one.spreads()
	for _, s := range tables {
		blocks = append(blocks, block{Table: newGrille(s.caption, s.head, "", s.rows)})
	}
	return blocks
}

// assumptions tell what the figures rest on: notes, params, what parts do, and
// the method of each figure.
func (v *sheaf) assumptions() []block {
	var blocks []block
	if list := v.comments(); list != nil {
		blocks = append(blocks, block{Comments: list})
	}
	for _, g := range []*grille{v.params(), v.statements(), v.events(), v.methods()} {
		if g != nil {
			blocks = append(blocks, block{Table: g})
		}
	}
	return blocks
}

// comments are the warnings, the notes, and what is left out.
func (v *sheaf) comments() []comment {
	var list []comment
	for _, d := range v.Answer.Diagnostics {
		if d.Severity < model.Note {
			text := strings.TrimSuffix(d.Summary+"; "+d.Help, "; ")
			list = append(list, comment{d.Severity.String(), d.Code, clean(text), d.Pos.Line})
		}
	}
	for _, text := range append(v.Answer.remarks(), v.Left...) {
		list = append(list, comment{Severity: "note", Text: text})
	}
	return list
}

// params are those of the file, and what they are set to.
func (v *sheaf) params() *grille {
	g := &grille{Caption: "Params", Head: []cell{{Text: "PARAM"}, {Text: "VALUE"}, {Text: "WHY"}, {}}}
	for _, d := range v.Declared {
		if d.Kind != "param" {
			continue
		}
		_, value, _ := strings.Cut(d.Text, "=")
		value = strings.TrimSpace(value)
		if set, is := v.Answer.Set[d.Name]; is {
			value = fmt.Sprintf("%s (on the command line; %s in the file)", set, value)
		}
		g.Rows = append(g.Rows, []cell{{Text: d.Name, Class: "code"}, {Text: clean(value), Class: "code"}, {Text: clean(d.Said)}, onLine(d.Line)})
	}
	return g.filled()
}

func onLine(line int) cell { return cell{Text: fmt.Sprintf("line %d", line), Line: line} }

// filled is the table, nil if it has no rows.
func (g *grille) filled() *grille {
	if len(g.Rows) == 0 {
		return nil
	}
	return g
}

// shape lists the statements that say no numbers about what can fail.
var shape = []string{"model", "param", "require", "system"}

// statements are what the file says of parts, services and what joins them.
func (v *sheaf) statements() *grille {
	g := &grille{Caption: "What is assumed, as the model says it", Head: []cell{{Text: "WHAT"}, {Text: "ASSUMED"}, {Text: "UP BY ITSELF", Class: "right"}, {Text: "WHY"}, {}}, Stacks: true}
	for _, d := range v.Declared {
		if slices.Contains(shape, d.Kind) {
			continue
		}
		head, body, _ := strings.Cut(cleanLines(d.Text), "{")
		var lines []string
		for _, l := range strings.Split(strings.TrimSuffix(body, "}"), "\n") {
			if l = strings.Join(strings.Fields(l), " "); l != "" {
				lines = append(lines, l)
			}
		}
		g.Rows = append(g.Rows, []cell{{Text: strings.TrimSpace(head), Class: "code"}, {Text: strings.Join(lines, "\n"), Class: "code"}, {Text: d.Alone, Class: "right"}, {Text: clean(d.Said)}, onLine(d.Line)})
	}
	return g.filled()
}

// cleanLines is clean for a text of several lines.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = clean(strings.ReplaceAll(strings.TrimSuffix(l, "\r"), "\t", "  "))
	}
	return strings.Join(lines, "\n")
}

// mostEvents is how many basic events of a fault tree are listed.
const mostEvents = 200

// events are those of a fault tree.
func (v *sheaf) events() *grille {
	if !v.Answer.FaultTree {
		return nil
	}
	g := &grille{Caption: "Basic events", Head: []cell{{Text: "EVENT"}, {Text: "PROBABILITY", Class: "right"}, {}}}
	parts := v.Answer.System.Parts
	for i := range parts {
		if i == mostEvents {
			g.After = []string{fmt.Sprintf("%d more", len(parts)-i)}
			break
		}
		if p := &parts[i]; p.Static != nil {
			g.Rows = append(g.Rows, []cell{{Text: clean(p.Name)}, {Text: Number(p.Static.Q), Class: "right"}, {Text: clean(p.Title)}})
		}
	}
	return g.filled()
}

// methods tell how each figure of the explained targets was come by.
func (v *sheaf) methods() *grille {
	g := &grille{Caption: "How each figure was come by", Head: []cell{{Text: "MEASURE"}, {Text: "VALUE", Class: "right"}, {Text: "METHOD"}, {Text: "RESTS ON"}}}
	for i := range v.Explained.Explanations {
		r := v.answer(&v.Explained.Explanations[i])
		g.Rows = append(g.Rows, []cell{{Text: full(r.Target), Wide: true}})
		for _, value := range r.Values {
			if text := figure(r, value.Measure); text != "" {
				name := called(value.Measure)
				if value.Measure.TakesTime() {
					name += " " + Period(value.At)
				}
				g.Rows = append(g.Rows, []cell{{Text: name}, {Text: text, Class: "right"}, {Text: string(value.Method)}, {Text: clean(value.Note)}})
			}
		}
	}
	return g.filled()
}

// unfolded is how many lines of a model are shown at once.
const unfolded = 200

// source shows the text of the model, so that every line has a place.
func (v *sheaf) source() []block {
	if v.Source == nil {
		return nil
	}
	var lines []sourceLine
	for i, l := range bytes.Split(bytes.TrimSuffix(v.Source, []byte("\n")), []byte("\n")) {
		lines = append(lines, sourceLine{i + 1, cleanLines(strings.ToValidUTF8(string(l), "\uFFFD"))})
	}
	return []block{{Lines: lines, Folded: len(lines) > unfolded}}
}
