package report

import (
	"strconv"

	"nines/model"
)

type (
	jsonSpreads struct {
		Windows      []jsonWindows `json:"windows"`
		Outage       object        `json:"outage,omitempty"`
		FirstFailure object        `json:"first_failure,omitempty"`
		Causes       []jsonCause   `json:"causes"`
	}
	jsonWindows struct {
		Length   float64     `json:"length"`
		Downtime object      `json:"downtime"`
		Outages  object      `json:"outages"`
		Limits   []jsonLimit `json:"limits"`
	}
	jsonLimit struct {
		Availability float64      `json:"availability,omitempty"`
		Requirement  string       `json:"requirement,omitempty"`
		Downtime     float64      `json:"downtime"`
		Kept         jsonEstimate `json:"kept"`
		Exhausted    jsonEstimate `json:"exhausted"`
	}
	jsonCause struct {
		Name   string       `json:"name"`
		Cause  string       `json:"cause"`
		Begins jsonEstimate `json:"begins"`
		Ends   jsonEstimate `json:"ends"`
	}
	jsonEstimate struct {
		Value *float64 `json:"value,omitempty"`
		Low   float64  `json:"low"`
		High  *float64 `json:"high,omitempty"`
	}
)

func newJSONSpreads(d *model.Distributions) *jsonSpreads {
	out := &jsonSpreads{Windows: []jsonWindows{}, Causes: []jsonCause{}}
	for i := range d.Windows {
		w := &d.Windows[i]
		to := jsonWindows{w.Length, newJSONSpread(&w.Downtime), newJSONSpread(&w.Outages), []jsonLimit{}}
		for _, l := range w.Limits {
			limit := jsonLimit{Availability: l.Availability, Downtime: l.Downtime, Kept: newJSONEstimate(l.Met), Exhausted: newJSONEstimate(l.Missed)}
			if l.Requirement != nil {
				limit.Requirement = l.Requirement.Text
			}
			to.Limits = append(to.Limits, limit)
		}
		out.Windows = append(out.Windows, to)
	}
	if d.Outage != nil {
		out.Outage = newJSONSpread(d.Outage)
	}
	if d.FirstFailure != nil {
		out.FirstFailure = newJSONSpread(d.FirstFailure)
	}
	for _, c := range d.Causes {
		out.Causes = append(out.Causes, jsonCause{c.Name, c.Kind, newJSONEstimate(c.Begins), newJSONEstimate(c.Ends)})
	}
	return out
}

// newJSONSpread has the count, the mean, and the quantiles as p50 and so on.
func newJSONSpread(s *model.Spread) object {
	out := object{{"count", s.Count}}
	if s.Cut > 0 {
		out = append(out, member{"cut", s.Cut})
	}
	out = append(out, member{"mean", newJSONEstimate(s.Mean)})
	for _, q := range s.Quantiles {
		out = append(out, member{percentile(q.P), newJSONEstimate(q.Estimate)})
	}
	return out
}

// percentile names a quantile, as p95.
func percentile(p float64) string { return "p" + strconv.FormatFloat(100*p, 'g', 6, 64) }

// newJSONEstimate leaves out what is infinite.
func newJSONEstimate(e model.Estimate) jsonEstimate {
	out := jsonEstimate{Low: e.Low}
	if finite(e.Value) {
		out.Value = &e.Value
	}
	if finite(e.High) {
		out.High = &e.High
	}
	return out
}
