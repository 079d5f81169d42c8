package report

import (
	"fmt"
	"math"
	"strings"

	"nines/model"
)

// A sheet is a table with its caption, ready for any format.
type sheet struct {
	caption string
	head    []string
	rows    [][]string
}

// spreads lists the tables of the distributions of the results that are shown
// in full, and says whether there are others.
func (r *Report) spreads() (all []sheet, leftOut bool) {
	for i := range r.Results {
		res := &r.Results[i]
		if res.Spread == nil {
			continue
		}
		if !r.detailed(res) {
			leftOut = true
			continue
		}
		name := full(res.Target) + ": "
		all = append(all, sheet{name + "what to expect", nil, nil}.spread(res.Spread))
		for _, w := range res.Spread.Windows {
			all = append(all, sheet{name + "error budgets of " + window(w.Length), nil, nil}.limits(w.Limits))
		}
		if len(res.Spread.Causes) > 0 {
			all = append(all, sheet{name + "what begins and ends the outages", nil, nil}.causes(res.Spread.Causes))
		}
	}
	return all, leftOut
}

// split cuts a table that is too wide into some with the same first column.
func (s sheet) split(width int) []sheet {
	n := len(s.head)
	for n > 2 && tableWidth(s.columns(1, n).head, s.columns(1, n).rows) > width {
		n--
	}
	parts := []sheet{s.columns(1, n)}
	if n < len(s.head) {
		rest := s.columns(n, len(s.head))
		rest.caption = ""
		parts = append(parts, rest.split(width)...)
	}
	return parts
}

// columns keeps the first column and those from one to before another.
func (s sheet) columns(from, to int) sheet {
	cut := func(row []string) []string {
		if len(row) <= from {
			return row[:1:1]
		}
		return append(row[:1:1], row[from:min(to, len(row))]...)
	}
	part := sheet{s.caption, cut(s.head), nil}
	for _, row := range s.rows {
		part.rows = append(part.rows, cut(row))
	}
	return part
}

// write shows a table, in pieces that fit.
func (s sheet) write(b *strings.Builder, look Look) {
	for _, part := range s.split(look.inner()) {
		b.WriteString("\n")
		if part.caption != "" {
			fmt.Fprintf(b, " %s\n", look.title.Render(part.caption))
		}
		b.WriteString(grid(part.head, part.rows, look))
	}
}

// writeSpreads shows the distributions.
func (r *Report) writeSpreads(b *strings.Builder, look Look) {
	all, leftOut := r.spreads()
	for _, s := range all {
		s.write(b, look)
	}
	if leftOut {
		fmt.Fprintf(b, "\n %s\n", look.dim.Render("--system NAME shows the distributions of a service"))
	}
}

// spread has one column for each distribution, one row for the mean and each of
// the quantiles.
func (s sheet) spread(d *model.Distributions) sheet {
	s.head, s.rows = []string{""}, [][]string{{"mean"}, {"p50"}, {"p90"}, {"p95"}, {"p99"}}
	add := func(head string, spread *model.Spread, write func(model.Estimate) string) {
		s.head = append(s.head, head)
		s.rows[0] = append(s.rows[0], write(spread.Mean))
		for i, q := range spread.Quantiles {
			s.rows[i+1] = append(s.rows[i+1], write(q.Estimate))
		}
	}
	for i := range d.Windows {
		w := &d.Windows[i]
		add("DOWN IN "+window(w.Length), &w.Downtime, howLong)
	}
	for i := range d.Windows {
		w := &d.Windows[i]
		add("OUTAGES IN "+window(w.Length), &w.Outages, howMany)
	}
	if d.Outage != nil {
		add("AN OUTAGE", d.Outage, howLong)
	}
	if d.FirstFailure != nil {
		add("FIRST FAILURE", d.FirstFailure, howLong)
	}
	return s
}

// limits has a row for each limit of the down time.
func (s sheet) limits(limits []model.Limit) sheet {
	s.head = []string{"TARGET", "BUDGET", "KEPT IN", "EXHAUSTED IN"}
	for _, l := range limits {
		name := Share(model.ProbOf(l.Availability))
		if l.Requirement != nil {
			_, name, _ = strings.Cut(l.Requirement.Text, string(l.Requirement.Measure))
			name = clean(strings.TrimSpace(name))
		} else {
			name = strings.TrimRight(strings.TrimRight(strings.TrimSuffix(name, " %"), "0"), ".") + " %"
		}
		s.rows = append(s.rows, []string{name, Duration(l.Downtime), chance(l.Met), chance(l.Missed)})
	}
	return s
}

// causes has a row for each of the things that begin or end most outages.
func (s sheet) causes(causes []model.Cause) sheet {
	s.head = []string{"CAUSE", "BEGINS", "ENDS"}
	for _, c := range causes {
		if len(s.rows) == maxCauses {
			s.rows = append(s.rows, []string{fmt.Sprintf("%d more", len(causes)-maxCauses)})
			break
		}
		label := cause{Cost: model.Cost{Name: c.Name, Cause: c.Kind}, count: 1}.label()
		s.rows = append(s.rows, []string{label, chance(c.Begins), chance(c.Ends)})
	}
	return s
}

// window writes the length of a window.
func window(seconds float64) string {
	if same(seconds, model.Year/12) {
		return "1 mo"
	}
	return Period(seconds)
}

// howLong writes an estimate of a time, howMany that of a number.
func howLong(e model.Estimate) string {
	if text, is := oneSided(e, Duration); is {
		return text
	}
	name, unit := timeUnit(e.Value)
	if e.Value == 0 {
		name, unit = timeUnit(e.High)
	}
	return interval(e.Value/unit, e.Low/unit, e.High/unit) + " " + name
}

func howMany(e model.Estimate) string {
	if text, is := oneSided(e, trimExact); is {
		return text
	}
	if e.Low == math.Trunc(e.Low) && e.High == math.Trunc(e.High) {
		return fmt.Sprintf("%.0f – %.0f", e.Low, e.High)
	}
	return interval(e.Value, e.Low, e.High)
}

// oneSided writes an estimate of which only one end is known, or that is
// certain.
func oneSided(e model.Estimate, write func(float64) string) (string, bool) {
	switch {
	case math.IsInf(e.High, 1) && e.Low > 0:
		return "> " + write(e.Low), true
	case math.IsInf(e.High, 1):
		return "", true
	case e.High-e.Low <= 1e-6*e.Value:
		return write(e.Value), true
	case e.Value == e.High && e.Low == 0:
		return "< " + write(e.High), true
	}
	return "", false
}

// chance writes an estimate of a probability.
func chance(e model.Estimate) string {
	return low(model.Value{Value: e.Value, Method: model.Simulated, Bounded: true, Low: e.Low, High: e.High})
}
