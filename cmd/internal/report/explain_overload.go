package report

import (
	"strings"

	"nines/model"
)

// overloads tells what has to shed requests at times, and what alone brings
// that about.
func (v subject) overloads() passage {
	p := passage{align: "lrl", head: []string{"", "OF THE TIME", "BY ITSELF"}}
	for _, o := range v.Overloads {
		p.rows = append(p.rows, []string{clean(o.Name), Share(model.ProbOf(o.Probability)), clean(strings.Join(few(eventNames(o.Alone)), ", "))})
	}
	if len(p.rows) > 0 {
		p.heading = []string{"More requests than it can answer"}
	}
	return p
}
