package report

import (
	"math"
	"strconv"

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
	if nearOne(m) && m != model.Durability && neverDown(r) {
		return Share(model.ProbOf(v.Value))
	}
	return shown(v, missing(r, v))
}

// shown writes a value with its method; q is 1 - v where that is what counts.
func shown(v, q model.Value) string {
	switch {
	case v.Method != model.Approximate:
		return written(v, q)
	case rough(v, q) && v.Measure == model.Unavailability:
		return "≈ " + Number(v.Low) + " – " + Number(v.High)
	case rough(v, q):
		return "≈ " + written(point(v, v.Low), point(q, q.High)) + " – " + written(point(v, v.High), point(q, q.Low))
	}
	return "≈ " + written(v, q)
}

// written writes a value as if it were exact or simulated.
func written(v, q model.Value) string {
	switch m := v.Measure; {
	case nearOne(m):
		return high(v, q)
	case m == model.Unavailability:
		return failure(v)
	case m == model.Nines:
		return logarithm(v)
	case m.Unit() == "1":
		return low(v)
	case m.Unit() == "s" || m.Unit() == "s/y":
		return span(v)
	}
	return plain(v)
}

// rough says whether the ends of an interval are so far apart that nothing
// between them would mean much.
func rough(v, q model.Value) bool {
	switch {
	case v.Measure == model.Nines:
		return bounded(v) && v.High-v.Low > math.Log10(2)
	case nearOne(v.Measure):
		v = q
	}
	return bounded(v) && v.High > 2*v.Low
}

// point is a value that is known to be x.
func point(v model.Value, x float64) model.Value { return model.Value{Measure: v.Measure, Value: x} }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// nearOne says whether m is a share of which the missing part is what counts.
func nearOne(m model.Measure) bool {
	switch m {
	case model.Availability, model.Served, model.Reliability, model.PointAvailability, model.IntervalAvailability, model.Durability, model.Met:
		return true
	}
	return false
}

// neverDown says whether it is certain that a target is always up.
func neverDown(r *model.Result) bool {
	u, ok := r.Find(model.Unavailability)
	return ok && u.Value == 0 && u.Method == model.Exact
}

// missing is 1 - v, from the measure of that where it is known by itself.
func missing(r *model.Result, v model.Value) model.Value {
	if u, ok := r.Find(v.Measure.Missing()); ok {
		return u
	}
	return rest(v)
}

// rest is 1 - v.
func rest(v model.Value) model.Value {
	m := v
	m.Value, m.Low, m.High = 1-v.Value, 1-v.High, 1-v.Low
	return m
}

// bounded says whether v has an interval that can be shown.
func bounded(v model.Value) bool {
	return v.Bounded && finite(v.Low) && finite(v.High) && v.Low <= v.Value && v.Value <= v.High && v.Low < v.High
}

// bound gives x and a sign where all that is known of v is v < x or v > x: the
// value is an end of its interval. The sign is "" elsewhere.
func bound(v model.Value) (sign string, x float64) {
	switch {
	case v.Method != model.Simulated || !v.Bounded || v.Low == v.High:
		return "", 0
	case v.Value == 0 && v.Low == 0:
		return "< ", v.High
	case v.Value == v.High:
		return "< ", v.Value
	case v.Value == v.Low:
		return "> ", v.Value
	}
	return "", 0
}

// high writes a share p near 1, q being 1 - p.
func high(p, q model.Value) string {
	sign, x := bound(q)
	switch {
	case sign == "< ":
		return "> " + Share(model.ProbOf(x).Not())
	case sign == "> ":
		return "< " + Share(model.ProbOf(x).Not())
	case bounded(q) && q.Value < tiny:
		return "1 - " + interval(q.Value, q.Low, q.High)
	case bounded(q):
		return interval(100*p.Value, 100*p.Low, 100*p.High) + " %"
	case q.Measure == p.Measure && q.Value < resolution:
		return "> 1 - " + scientific(resolution, 1)
	}
	return Share(model.Prob{P: p.Value, Q: q.Value})
}

// failureDigits are those with which fault trees are published.
const failureDigits = 6

// failure writes the probability of a failure, as a number.
func failure(v model.Value) string {
	switch sign, x := bound(v); {
	case sign != "":
		return sign + significant(x, 2)
	case bounded(v):
		return interval(v.Value, v.Low, v.High)
	}
	return significant(v.Value, failureDigits)
}

// low writes a share that is usually small.
func low(v model.Value) string {
	sign, x := bound(v)
	percent := max(v.Value, v.High) >= small
	switch {
	case sign != "" && percent:
		return sign + Share(model.ProbOf(x))
	case sign != "":
		return sign + significant(x, 2)
	case bounded(v) && percent:
		return interval(100*v.Value, 100*v.Low, 100*v.High) + " %"
	case bounded(v):
		return interval(v.Value, v.Low, v.High)
	}
	return Share(model.ProbOf(v.Value))
}

// narrow says whether an interval is too small to be worth its digits.
func narrow(v model.Value) bool { return v.High-v.Low < 1e-6*math.Abs(v.Value) }

// span writes a time.
func span(v model.Value) string {
	if sign, x := bound(v); sign != "" {
		return sign + Duration(x)
	}
	if !bounded(v) || narrow(v) {
		return Duration(v.Value)
	}
	name, unit := timeUnit(v.Value)
	return interval(v.Value/unit, v.Low/unit, v.High/unit) + " " + name
}

// plain writes a count.
func plain(v model.Value) string {
	if sign, x := bound(v); sign != "" {
		return sign + significant(x, 2)
	}
	if !bounded(v) || narrow(v) {
		return Number(v.Value)
	}
	return interval(v.Value, v.Low, v.High)
}

// ninesOf writes a small share as the nines of the rest, "" for none.
func ninesOf(v model.Value) string {
	if v.Value == 0 && !v.Bounded {
		return ""
	}
	n := v
	n.Measure, n.Value, n.Low, n.High = model.Nines, -math.Log10(v.Value), -math.Log10(v.High), -math.Log10(v.Low)
	return shown(n, n)
}

// logarithm writes nines with as many of two decimals as the interval leaves
// certain; the interval itself is that of the availability beside it.
func logarithm(v model.Value) string {
	switch sign, x := bound(v); {
	case sign != "" && x < 0.01:
		return sign + significant(x, 2)
	case sign != "":
		return sign + Nines(x)
	case !bounded(v):
		return Nines(v.Value)
	}
	certain := -math.Log10((v.High - v.Low) / 2)
	return strconv.FormatFloat(v.Value, 'f', int(min(max(certain, 0), 2)), 64)
}
