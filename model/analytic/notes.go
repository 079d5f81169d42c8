package analytic

import (
	"fmt"
	"slices"
	"strings"

	"nines/model"
)

// A reason says why measures are absent.
type reason uint8

const (
	noDynamics reason = iota
	neverDown
	noOutages
	repaired
	neverEnds
	comesBack
	undivided
	reasons
)

var reasonCodes = [reasons]string{"N201", "N202", "N203", "N204", "N205", "N206", "N207"}

// A note is what a report lacks for one reason.
type note struct {
	reason   reason
	measures []model.Measure
}

// lacks notes that measures are absent.
func (r *report) lacks(why reason, measures ...model.Measure) {
	for i := range r.notes {
		if r.notes[i].reason == why {
			r.notes[i].measures = append(r.notes[i].measures, measures...)
			return
		}
	}
	r.notes = append(r.notes, note{why, measures})
}

// diagnostics tell what is absent in one sentence for each reason.
func (e *evaluation) diagnostics(r *report) []model.Diagnostic {
	slices.SortFunc(r.notes, func(a, b note) int { return int(a.reason) - int(b.reason) })
	var all []model.Diagnostic
	for _, n := range r.notes {
		because, help := e.because(n.reason, r)
		all = append(all, model.Diagnostic{
			Severity: model.Note, Code: reasonCodes[n.reason], Pos: r.Target.Pos, Help: help,
			Summary: fmt.Sprintf("%s has no %s: %s", r.Target.Name, list(n.measures), because),
		})
	}
	return all
}

func (e *evaluation) because(why reason, r *report) (because, help string) {
	switch why {
	case noDynamics:
		p := e.static(r)
		return fmt.Sprintf("%s has a probability and no dynamics", p.Name), fmt.Sprintf("give %s a repair time", p.Name)
	case neverDown:
		return "it is never down", ""
	case noOutages:
		return "it does not pass from up to down in the long run", ""
	case repaired:
		return "parts of it are repaired, which takes simulation here", "`nines simulate` gives them"
	case neverEnds:
		return "it may stay up for ever", ""
	case comesBack:
		return "it can come back after an outage though nothing is repaired", "`nines simulate` gives them"
	}
	return "its parts do not account for all of its down time", ""
}

// list joins names as in a sentence.
func list(measures []model.Measure) string {
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = string(m)
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
