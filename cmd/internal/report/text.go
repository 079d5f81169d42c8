package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"nines/model"
)

// Text writes a report for people.
func Text(w io.Writer, r *Report, look Look) error {
	var b strings.Builder
	if title := r.System.Title; title != "" {
		fmt.Fprintln(&b, look.title.Render(clean(title)))
	}
	for _, line := range fill(r.headline(), " · ", look.width) {
		fmt.Fprintln(&b, look.dim.Render(line))
	}
	if caveat := r.caveat(); caveat != "" {
		fmt.Fprintln(&b, look.warning.Render(caveat))
	}
	if len(r.Results) > 0 {
		for _, s := range r.sections(look.inner()) {
			b.WriteString("\n")
			if s.caption != "" {
				fmt.Fprintf(&b, " %s\n", look.dim.Render(s.caption))
			}
			head, rows := r.table(s.columns)
			b.WriteString(grid(head, rows, look))
		}
	}
	r.writeVerified(&b, look)
	r.writeSpreads(&b, look)
	budgets, leftOut := r.budgets()
	for _, res := range budgets {
		r.writeBudget(&b, res, look)
	}
	if leftOut {
		fmt.Fprintf(&b, "\n %s\n", look.dim.Render("--system NAME shows where the down time of a service comes from"))
	}
	writeNotes(&b, r, look)
	_, err := io.WriteString(w, b.String())
	return err
}

// variant says what was read.
func variant(file, scenario string, set []setting) []string {
	words := []string{fileName(file)}
	if scenario != "" {
		words = append(words, "scenario "+clean(scenario))
	}
	for _, s := range set {
		words = append(words, clean(s.Name+" = "+s.Value))
	}
	return words
}

// headline says what was read and how the figures were come by.
func (r *Report) headline() []string {
	words := variant(r.File, r.Scenario, r.settings())
	if r.Simulation == nil {
		return append(words, r.methods())
	}
	s := r.Simulation
	if s.Methods != nil {
		words = append(words, strings.Join(s.Methods, " and "))
	}
	words = append(words, fmt.Sprintf("%d runs", s.Runs), Number(float64(s.Events))+" events", fmt.Sprintf("seed %d", s.Seed))
	return append(words, "intervals at "+strconv.FormatFloat(100*s.Confidence, 'g', 6, 64)+" %")
}

// fileName names the file of a model.
func fileName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return clean(file)
}

// caveat says that a simulation ended before its goal, "" if it did not.
func (r *Report) caveat() string {
	switch s := r.Simulation; {
	case s == nil:
		return ""
	case s.Partial:
		return "PARTIAL: interrupted"
	case s.Unfinished != "":
		return "UNFINISHED: " + s.Unfinished
	}
	return ""
}

// methods lists how the figures were come by.
func (r *Report) methods() string {
	exact, approximate := false, false
	for i := range r.Results {
		for _, v := range r.Results[i].Values {
			exact = exact || v.Method == model.Exact
			approximate = approximate || v.Method == model.Approximate
		}
	}
	switch {
	case exact && approximate:
		return "exact, but for those with ≈"
	case approximate:
		return "approximate"
	}
	return "exact"
}

// writeNotes lists what was assumed and what is absent, and why.
func writeNotes(b *strings.Builder, r *Report, look Look) {
	lines := r.remarks()
	if len(lines) > 0 {
		b.WriteString("\n")
	}
	for _, line := range lines {
		for i, part := range wrap(line, look.width-len(" note: ")) {
			lead := " note: "
			if i > 0 {
				lead = "       "
			}
			fmt.Fprintf(b, "%s%s\n", look.note.Render(lead), part)
		}
	}
}

// noDynamics is the code of a note that a fault tree needs none of.
const noDynamics = "N201"

// remarks are the notes of the diagnostics and of the approximate values.
func (r *Report) remarks() []string {
	names := map[string]bool{}
	for i := range r.Results {
		names[r.Results[i].Target.Name] = true
	}
	var list []string
	index := map[string]int{}    // by what is said of a target
	others := map[int][]string{} // further targets of which the same is said
	for _, d := range r.Diagnostics {
		if d.Severity != model.Note || r.FaultTree && d.Code == noDynamics {
			continue
		}
		text := strings.TrimSuffix(d.Summary+"; "+d.Help, "; ")
		name, said, _ := strings.Cut(text, " ")
		if i, before := index[said]; before && names[name] {
			others[i] = append(others[i], name)
			continue
		}
		if names[name] {
			index[said] = len(list)
		}
		list = append(list, text)
	}
	for i := range list {
		if len(others[i]) > 0 {
			list[i] += fmt.Sprintf(" (likewise %s)", strings.Join(shortened(others[i]), ", "))
		}
		list[i] = clean(list[i])
	}
	return append(list, r.assumptions()...)
}

// assumptions says for each note what was approximated, figures of the same
// name together.
func (r *Report) assumptions() []string {
	var notes []string
	figures := map[string][]string{}
	for i := range r.Results {
		for _, v := range r.Results[i].Values {
			if v.Note == "" || v.Method != model.Approximate {
				continue
			}
			if figures[v.Note] == nil {
				notes = append(notes, v.Note)
			}
			figures[v.Note] = append(figures[v.Note], fmt.Sprintf("%s of %s", v.Measure, r.Results[i].Target.Name))
		}
	}
	for i, note := range notes {
		notes[i] = clean(fmt.Sprintf("≈ %s: %s", strings.Join(shortened(figures[note]), ", "), note))
	}
	return notes
}

// shortened counts the rest of a list after the first few.
func shortened(list []string) []string {
	const few = 4
	if more := len(list) - few; more > 1 {
		return append(list[:few:few], fmt.Sprintf("%d more", more))
	}
	return list
}
