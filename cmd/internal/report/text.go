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
	for _, line := range wrap(strings.Join(r.headline(), " · "), look.width) {
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
	for _, res := range r.budgets() {
		writeBudget(&b, res, look)
	}
	writeNotes(&b, r, look)
	_, err := io.WriteString(w, b.String())
	return err
}

// headline says what was read and how the figures were come by.
func (r *Report) headline() []string {
	words := []string{clean(r.File)}
	if r.File == "-" {
		words[0] = "standard input"
	}
	if r.Scenario != "" {
		words = append(words, "scenario "+clean(r.Scenario))
	}
	for _, p := range r.System.Params {
		if text, set := r.Set[p.Name]; set {
			words = append(words, clean(p.Name+" = "+text))
		}
	}
	if r.Simulation == nil {
		return append(words, r.methods())
	}
	s := r.Simulation
	words = append(words, fmt.Sprintf("%d runs", s.Runs), Number(float64(s.Events))+" events", fmt.Sprintf("seed %d", s.Seed))
	return append(words, "intervals at "+strconv.FormatFloat(100*s.Confidence, 'g', 6, 64)+" %")
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

// remarks are the notes of the approximate values and of the diagnostics. What
// is said of several targets in the same words stands there once.
func (r *Report) remarks() []string {
	var order []string
	names := map[string]bool{}
	about := map[string][]string{} // targets by what is said of the first: "shop has no mttf"
	add := func(text string) {
		target, key, _ := strings.Cut(text, " ")
		if !names[target] {
			target, key = "", text
		}
		if about[key] == nil {
			order = append(order, key)
		}
		about[key] = append(about[key], target)
	}
	for i := range r.Results {
		names[r.Results[i].Target.Name] = true
	}
	for i := range r.Results {
		for _, v := range r.Results[i].Values {
			if v.Note != "" {
				add(fmt.Sprintf("%s has an approximate %s: %s", r.Results[i].Target.Name, v.Measure, v.Note))
			}
		}
	}
	for _, d := range r.Diagnostics {
		if d.Severity == model.Note {
			add(strings.TrimSuffix(d.Summary+"; "+d.Help, "; "))
		}
	}
	for i, key := range order {
		order[i] = clean(likewise(about[key], key))
	}
	return order
}

// named is how many names are listed before the rest is only counted.
const named = 4

// likewise says something of the first target and names the others.
func likewise(targets []string, text string) string {
	if targets[0] != "" {
		text = targets[0] + " " + text
	}
	others := targets[1:]
	switch {
	case len(others) == 0 || targets[0] == "":
		return text
	case len(others) > named:
		return fmt.Sprintf("%s (likewise %s and %d more)", text, strings.Join(others[:named-1], ", "), len(others)-named+1)
	}
	return fmt.Sprintf("%s (likewise %s)", text, strings.Join(others, ", "))
}
