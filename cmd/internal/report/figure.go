package report

import (
	"math"

	"nines/model"
)

// resolution is the smallest 1 - p that can be told from p alone.
const resolution = 1e-13

// figure writes the value of measure m of a result, "" if there is none.
func figure(r *model.Result, m model.Measure) string {
	v, ok := r.Find(m)
	if !ok || !finite(v.Value) {
		return ""
	}
	text := ""
	switch {
	case nearOne(m) && neverDown(r):
		text = Share(model.ProbOf(v.Value))
	case nearOne(m):
		text = high(v, missing(r, v))
	case m.Unit() == "1" && m != model.Nines:
		text = low(v)
	case m.Unit() == "s" || m.Unit() == "s/y":
		text = span(v)
	default:
		text = plain(v)
	}
	if v.Method == model.Approximate {
		return "≈ " + text
	}
	return text
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// nearOne says whether m is a share of which the missing part is what counts.
func nearOne(m model.Measure) bool {
	switch m {
	case model.Availability, model.Served, model.Reliability, model.PointAvailability, model.IntervalAvailability, model.Durability:
		return true
	}
	return false
}

// neverDown says whether it is certain that a target is always up.
func neverDown(r *model.Result) bool {
	u, ok := r.Find(model.Unavailability)
	return ok && u.Value == 0 && u.Method == model.Exact
}

// missing is 1 - v, from the unavailability where that is known by itself.
func missing(r *model.Result, v model.Value) model.Value {
	if u, ok := r.Find(model.Unavailability); ok && v.Measure == model.Availability {
		return u
	}
	m := v
	m.Value, m.Low, m.High = 1-v.Value, 1-v.High, 1-v.Low
	return m
}

// bounded says whether v has an interval that can be shown.
func bounded(v model.Value) bool {
	return v.Bounded && finite(v.Low) && finite(v.High) && v.Low <= v.Value && v.Value <= v.High && v.Low < v.High
}

// high writes a share p near 1, q being 1 - p.
func high(p, q model.Value) string {
	switch {
	case bounded(q) && q.Value == 0:
		return "> " + Share(model.Prob{P: 1 - q.High, Q: q.High})
	case bounded(q) && q.Value < tiny:
		return "1 - " + interval(q.Value, q.Low, q.High)
	case bounded(q):
		return interval(100*p.Value, 100*p.Low, 100*p.High) + " %"
	case q.Measure == p.Measure && q.Value < resolution:
		return "> 1 - " + scientific(resolution, 1)
	}
	return Share(model.Prob{P: p.Value, Q: q.Value})
}

// low writes a share that is usually small.
func low(v model.Value) string {
	percent := max(v.Value, v.High) >= 1e-5
	switch {
	case bounded(v) && percent:
		return interval(100*v.Value, 100*v.Low, 100*v.High) + " %"
	case bounded(v):
		return interval(v.Value, v.Low, v.High)
	case v.Value != 0 && !percent:
		return Number(v.Value)
	}
	return Share(model.ProbOf(v.Value))
}

// span writes a time.
func span(v model.Value) string {
	if !bounded(v) {
		return Duration(v.Value)
	}
	largest := v.Value
	if largest == 0 {
		largest = v.High
	}
	name, unit := timeUnit(largest)
	return interval(v.Value/unit, v.Low/unit, v.High/unit) + " " + name
}

// plain writes nines and counts.
func plain(v model.Value) string {
	switch {
	case bounded(v):
		return interval(v.Value, v.Low, v.High)
	case v.Measure == model.Nines:
		return Nines(v.Value)
	}
	return Number(v.Value)
}
