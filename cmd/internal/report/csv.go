package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"nines/model"
)

// CSV writes one row a measure in base units; what is unknown is empty.
func CSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"name", "kind", "measure", "value", "unit", "method", "low", "high", "confidence", "at"}}
	for i := range r.Results {
		res := &r.Results[i]
		for _, v := range res.Values {
			if !finite(v.Value) {
				continue
			}
			row := []string{res.Target.Name, res.Target.Kind, string(v.Measure), number(v.Value), v.Measure.Unit(), string(v.Method)}
			rows = append(rows, append(row, known(v.Low, v.Bounded), known(v.High, v.Bounded),
				known(v.Confidence, v.Confidence != 0), known(v.At, v.Measure.TakesTime())))
		}
		if res.Spread != nil {
			rows = append(rows, r.spreadRows(res)...)
		}
	}
	return out.WriteAll(rows)
}

// number writes x with all its digits.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func known(x float64, is bool) string {
	if !is || !finite(x) {
		return ""
	}
	return number(x)
}

// spreadRows lists the figures of distributions; of windows, at their length.
func (r *Report) spreadRows(res *model.Result) (rows [][]string) {
	confidence := number(r.Simulation.Confidence)
	add := func(measure, unit string, e model.Estimate, at string) {
		rows = append(rows, []string{res.Target.Name, res.Target.Kind, measure, known(e.Value, true), unit, string(model.Simulated),
			known(e.Low, true), known(e.High, true), confidence, at})
	}
	spread := func(name, unit, at string, s *model.Spread) {
		add(name+"_mean", unit, s.Mean, at)
		for _, q := range s.Quantiles {
			add(name+"_"+percentile(q.P), unit, q.Estimate, at)
		}
	}
	for i := range res.Spread.Windows {
		w := &res.Spread.Windows[i]
		at := number(w.Length)
		spread("window_downtime", "s", at, &w.Downtime)
		spread("window_outages", "1", at, &w.Outages)
		for _, l := range w.Limits {
			add("window_within "+Number(l.Downtime)+" s", "1", l.Met, at)
		}
	}
	if res.Spread.Outage != nil {
		spread("outage", "s", "", res.Spread.Outage)
	}
	if res.Spread.FirstFailure != nil {
		spread("first_failure", "s", "", res.Spread.FirstFailure)
	}
	for _, c := range res.Spread.Causes {
		add("outages_begun_by "+c.Name, "1", c.Begins, "")
		add("outages_ended_by "+c.Name, "1", c.Ends, "")
	}
	return rows
}
