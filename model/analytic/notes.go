package analytic

import (
	"fmt"
	"strings"

	"nines/model"
)

// A reason says why measures are absent.
type reason uint8

const (
	noDynamics reason = iota
	neverDown
	noOutages
	otherLaws
	neverEnds
	comesBack
	undivided
	tooRare
	tooLarge
	tooLong
	neverLost
)

var reasons = [...]struct{ code, because, help string }{
	noDynamics: {"N201", "%s has a probability and no dynamics", "give %s a `repair` time"},
	neverDown:  {"N202", "nothing can take it down", ""},
	noOutages:  {"N203", "there are no passages from up to down in the long run", ""},
	otherLaws:  {"N204", "the deploys of %s are many or not exponential; `nines simulate` gives it", ""},
	neverEnds:  {"N205", "it may stay up for ever", ""},
	comesBack:  {"N206", "it may come up again though nothing is repaired; `nines simulate` gives it", ""},
	undivided:  {"N207", "not all of the down time is due to parts that fail", ""},
	tooRare:    {"N208", "its unavailability is below 1e-308, the least that is told from 0", ""},
	tooLarge:   {"N209", "it has too many states, `nines simulate` gives it", "ask for less with --system NAME, or allow more with --max-states"},
	tooLong:    {"N210", "it is above 1e308 s", ""},
	neverLost:  {"N214", "nothing that fails loses its data", ""},
}

// A lack is what a target lacks for one reason.
type lack struct {
	why      reason
	subject  string // the part that is to blame, where the reason names one
	measures []model.Measure
}

// lacks notes that measures are absent.
func (r *report) lacks(why reason, measures ...model.Measure) {
	l := r.lackOf(why)
	l.measures = append(l.measures, measures...)
}

func (r *report) lackOf(why reason) *lack {
	for i := range r.missing {
		if r.missing[i].why == why {
			return &r.missing[i]
		}
	}
	r.missing = append(r.missing, lack{why: why})
	return &r.missing[len(r.missing)-1]
}

// diagnostics tell what is absent and why, in one sentence for all targets of
// which the same is to be said, and each result what it lacks.
func diagnostics(reports []*report) []model.Diagnostic {
	var all []model.Diagnostic
	var names [][]string
	index := map[string]int{}
	for _, r := range reports {
		for _, l := range r.missing {
			r.Absent = append(r.Absent, l.absence())
			text := l.text()
			i, said := index[text]
			if !said {
				i = len(all)
				index[text] = i
				all = append(all, model.Diagnostic{Severity: model.Note, Code: reasons[l.why].code, Summary: text, Pos: r.Target.Pos, Help: l.about(reasons[l.why].help)})
				names = append(names, nil)
			}
			names[i] = append(names[i], r.Target.Name)
		}
	}
	for i := range all {
		all[i].Summary = strings.Replace(all[i].Summary, target, list(shortened(names[i]), "and"), 1)
	}
	return all
}

// The places for names in texts.
const (
	subject = "%s"
	target  = "%t"
)

func (l lack) text() string {
	return "no " + list(l.measures, "or") + " for " + target + ": " + l.about(reasons[l.why].because)
}

func (l lack) absence() model.Absence {
	why := l.about(reasons[l.why].because)
	if help := reasons[l.why].help; help != "" {
		why += "; " + l.about(help)
	}
	return model.Absence{
		Measures: l.measures, Why: why,
		Infinite: l.why == neverEnds || l.why == tooLong || l.why == neverLost,
		Open:     l.why == otherLaws || l.why == comesBack || l.why == tooLarge,
	}
}

func (l lack) about(text string) string { return strings.ReplaceAll(text, subject, l.subject) }

const mostNames = 5

func shortened(names []string) []string {
	if len(names) <= mostNames {
		return names
	}
	return append(names[:mostNames:mostNames], fmt.Sprintf("%d more", len(names)-mostNames))
}

// list joins words as in a sentence.
func list[S ~string](words []S, last string) string {
	var b strings.Builder
	for i, word := range words {
		switch i {
		case 0:
		case len(words) - 1:
			b.WriteString(" " + last + " ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(string(word))
	}
	return b.String()
}
