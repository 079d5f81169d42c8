package report

import (
	"fmt"
	"math"
	"math/big"

	"nines/model"
)

// measured says what a requirement was held against.
func measured(v *model.Verdict) string {
	switch q := v.Requirement; {
	case len(v.Broken) > 0:
		return "down without " + breakers(*v)
	case v.Status == model.Undecided && v.Value == nil:
		return "not known"
	case v.Value == nil && q.Survives != nil:
		return "stays up"
	case v.Down != nil && v.Down.Measure == model.DataLoss && v.Down.Value == 0:
		return "never lost"
	case v.Value == nil || v.Down != nil && v.Down.Value == 0 && v.Down.Method == model.Exact:
		return "never down"
	case math.IsInf(v.Value.Value, 1):
		return "without end"
	case v.Value.Measure == model.Met:
		return fmt.Sprintf("in %s of %s", met(v), windowNames(q.Window))
	case q.Measure == model.Downtime:
		return sharp(v) + " " + each(q.Window)
	case q.Measure == model.Outages:
		return sharp(v) + " a year"
	case q.Measure == model.Nines:
		return sharp(v) + " nines"
	}
	return sharp(v)
}

// windows that a bound on down time may be for.
var windows = [...]struct {
	seconds float64
	name    string
}{{model.Year, "year"}, {model.Year / 12, "month"}, {7 * 86400, "week"}, {86400, "day"}}

// each says how often a window comes: "a year".
func each(window float64) string {
	for _, w := range windows {
		if same(window, w.seconds) {
			return "a " + w.name
		}
	}
	return "in " + Period(window)
}

func windowNames(window float64) string {
	for _, w := range windows {
		if same(window, w.seconds) {
			return w.name + "s"
		}
	}
	return "windows of " + Period(window)
}

// met is the share of windows that hold; of bounds the one that decides.
func met(v *model.Verdict) string {
	low, high := Share(model.ProbOf(v.Value.Low)), Share(model.ProbOf(v.Value.High))
	switch {
	case v.Value.Method != model.Approximate:
		return sharp(v)
	case v.Status == model.Pass:
		return "at least " + low
	case v.Status == model.Fail:
		return "at most " + high
	}
	return low + " to " + high
}

// beside gives the figure of a verdict, in the unit of its bound, and what is
// missing to 1.
func beside(v *model.Verdict) (x, missing model.Value) {
	x = *v.Value
	if x.Measure == model.Downtime {
		scale := v.Requirement.Window / model.Year
		x.Value, x.Low, x.High = x.Value*scale, x.Low*scale, x.High*scale
	}
	if v.Down != nil {
		return x, *v.Down
	}
	return x, rest(x)
}

// limit gives the bound as a figure would be given.
func limit(v *model.Verdict) (x, missing model.Value) {
	q := v.Requirement
	b := q.Bound
	if v.Value.Measure == model.Met {
		b = q.Confidence
	}
	x, missing = beside(v)
	return point(x, b.P), point(missing, b.Q)
}

// sharp writes the figure of a verdict. Where that of an exact one looks like
// the bound and is not, it has as many digits as it takes to see that.
func sharp(v *model.Verdict) string {
	x, q := beside(v)
	text := told(x, q)
	b, c := limit(v)
	if x.Method != model.Exact || text != told(b, c) {
		return text
	}
	const mostDigits = 13 // of which rounding leaves no trace
	for digits := 4; digits < mostDigits; digits++ {
		if closer := precise(x, q, b.Value, digits); closer != precise(b, c, b.Value, digits) {
			return closer
		}
	}
	return text
}

// told writes a figure as shown does, unavailability as the share it is.
func told(x, q model.Value) string {
	if x.Measure == model.Unavailability && x.Method != model.Approximate {
		return low(x)
	}
	return shown(x, q)
}

// precise writes a figure, q being what is missing to 1, with so many
// significant digits, and a time in the unit of the bound.
func precise(x, q model.Value, bound float64, digits int) string {
	switch m := x.Measure; {
	case nearOne(m) && q.Value < tiny:
		return "1 - " + significant(q.Value, digits)
	case nearOne(m) && q.Value < 0.5:
		p := new(big.Float).SetPrec(200).Sub(big.NewFloat(100), big.NewFloat(100*q.Value))
		return p.Text('f', decimals(100*q.Value, digits)) + " %"
	case m.Unit() == "s" || m.Unit() == "s/y":
		name, unit := timeUnit(bound)
		return significant(x.Value/unit, digits) + " " + name
	case m.Unit() == "1" && m != model.Nines && x.Value >= small:
		return significant(100*x.Value, digits) + " %"
	}
	return significant(x.Value, digits)
}

// details say by how much a requirement fails and what would help, or why it
// is undecided.
func details(v *model.Verdict) []string {
	var lines []string
	switch {
	case v.Status == model.Undecided:
		return []string{v.Reason}
	case v.Status == model.Fail && v.Value != nil:
		lines = append(lines, shortfall(v))
	}
	if v.Remedy != nil {
		lines = append(lines, remedy(v))
	}
	return lines
}

// shortfall says by how much a requirement fails.
func shortfall(v *model.Verdict) string {
	about := ""
	x, _ := beside(v)
	b, _ := limit(v)
	switch {
	case x.Method == model.Approximate && x.Measure == model.Met:
		about, x.Value = "at least ", x.High
	case x.Method != model.Exact:
		about = "about "
	}
	by := math.Abs(x.Value - b.Value)
	more := x.Value > b.Value
	switch m := x.Measure; {
	case overDown(m):
		u, allowed := downs(v)
		return fmt.Sprintf("%sdown %s a year, %s %s", about, Duration(u*model.Year), Duration(math.Abs(u-allowed)*model.Year), excess(u > allowed, "too much", "less than wanted"))
	case m == model.Downtime:
		return fmt.Sprintf("%s%s %s %s", about, Duration(by), each(v.Requirement.Window), excess(more, "too much", "less than wanted"))
	case m.Unit() == "s":
		return about + Duration(by) + " " + excess(more, "too long", "too short")
	case m == model.Outages:
		return about + Number(by) + " a year " + excess(more, "too many", "too few")
	case by < small:
		return about + Number(by) + " " + excess(more, "too much", "too little")
	}
	return about + Number(100*by) + " percentage points " + excess(more, "too much", "too little")
}

func excess(more bool, much, little string) string {
	if more {
		return much
	}
	return little
}

// overDown says whether m is another way to tell the share of time down.
func overDown(m model.Measure) bool {
	return m == model.Availability || m == model.Unavailability || m == model.Nines
}

// downs gives the unavailability of a verdict, and the one that is allowed.
func downs(v *model.Verdict) (is, allowed float64) {
	q := v.Requirement
	switch {
	case q.Measure == model.Nines:
		return math.Pow(10, -v.Value.Value), math.Pow(10, -q.Bound.P)
	case q.Measure == model.Unavailability:
		return v.Value.Value, q.Bound.P
	case v.Down != nil:
		return v.Down.Value, q.Bound.Q
	}
	return 1 - v.Value.Value, q.Bound.Q
}

// remedy says what to change first.
func remedy(v *model.Verdict) string {
	text := action(*v.Remedy)
	reached := Share(model.ProbOf(v.Remedy.Unavailability).Not())
	switch {
	case v.Enough:
		return fmt.Sprintf("would do: %s (%s)", text, reached)
	case v.Value != nil && (overDown(v.Value.Measure) || v.Value.Measure == model.Downtime):
		return fmt.Sprintf("helps most, not enough: %s (%s)", text, reached)
	}
	return "to change first: " + text
}
