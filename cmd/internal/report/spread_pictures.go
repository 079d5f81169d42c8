package report

import (
	"fmt"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// drawing says how the figures of a variant were drawn.
func drawing(v Variant) string {
	s := v.Simulation
	return fmt.Sprintf("simulated, %d runs, seed %d, intervals at %g %%", s.Runs, s.Seed, 100*s.Confidence)
}

// SimulatedLifetimeChart shows the time to the first outage as it was seen.
func SimulatedLifetimeChart(v Variant, r *model.Result) *chart.Distribution {
	g := lifetime(v, r.Target, drawing(v))
	distribute(g, r.Spread.FirstFailure)
	return g
}

// OutageChart shows how long outages last.
func OutageChart(v Variant, r *model.Result) *chart.Distribution {
	g := &chart.Distribution{X: chart.Axis{Label: "length of an outage", Of: chart.Time}, BinNote: "share of the outages of each length"}
	g.Head, g.Below, g.Source = full(r.Target)+": how long outages last", "share of the outages that are longer", source([]Variant{v}, drawing(v))
	distribute(g, r.Spread.Outage)
	return g
}

// DowntimeChart shows how down time is spread over windows, and the budgets
// that it is held against.
func DowntimeChart(v Variant, r *model.Result) *chart.Distribution {
	w := &r.Spread.Windows[0]
	g := &chart.Distribution{X: chart.Axis{Label: "down time in " + window(w.Length), Of: chart.Time}, BinNote: "share of the windows with so much"}
	g.Head, g.Source = full(r.Target)+": down time in "+window(w.Length), source([]Variant{v}, drawing(v))
	g.Below = "share of the windows with more down time"
	distribute(g, &w.Downtime)
	if none := share0(&w.Downtime); none > 0 {
		g.Below += fmt.Sprintf("; about %s have none", percent(none))
	}
	g.Marks = g.Marks[:0]
	for _, l := range w.Limits {
		name := "budget of " + strings.TrimRight(strings.TrimRight(strings.TrimSuffix(Share(model.ProbOf(l.Availability)), " %"), "0"), ".") + " %"
		if l.Requirement != nil {
			name = clean(l.Requirement.Text)
		}
		g.Marks = append(g.Marks, chart.Moment{Name: fmt.Sprintf("%s, %s: kept in %s", name, Duration(l.Downtime), chance(l.Met)), At: l.Downtime})
	}
	return g
}

// distribute fills a chart from the quantiles of a distribution, up to that of
// 99 % or, where that is zero, to the last, and marks its mean and the half.
func distribute(g *chart.Distribution, s *model.Spread) {
	const last = 0.99
	curve := []model.Quantile{{}}
	for _, q := range s.Curve {
		if finite(q.Value) && (q.P <= last || curve[len(curve)-1].Value == 0) {
			curve = append(curve, q)
		}
	}
	g.Above = above(curve)
	g.Bins = bins(curve)
	for _, q := range curve {
		if q.P == 0.5 && q.Value > 0 {
			g.Marks = append(g.Marks, chart.Moment{Name: "half: " + Duration(q.Value), At: q.Value})
		}
	}
	if finite(s.Mean.Value) && s.Mean.Value > 0 {
		g.Marks = append(g.Marks, chart.Moment{Name: "mean: " + Duration(s.Mean.Value), At: s.Mean.Value})
	}
}

// share0 is the share that is zero, as near as the quantiles tell.
func share0(s *model.Spread) float64 {
	share := 0.0
	for _, q := range s.Curve {
		if q.Value == 0 {
			share = q.P
		}
	}
	return share
}

// above turns quantiles into the share that exceeds a value, with its interval:
// that between the ends of the intervals of the quantiles.
func above(curve []model.Quantile) []chart.Point {
	var list []chart.Point
	low := func(q model.Quantile) float64 { return q.Low }
	high := func(q model.Quantile) float64 { return q.High }
	for i, q := range curve {
		if i+1 < len(curve) && curve[i+1].Value == 0 {
			continue // the last of those that are zero
		}
		p := chart.Point{X: q.Value, Y: 1 - q.P}
		p.Low, p.High = min(1-shareAt(curve, low, q.Value), p.Y), max(1-shareAt(curve, high, q.Value), p.Y)
		list = append(list, p)
	}
	return list
}

// shareAt is the share up to x by the values of some quantiles, between which it
// is linear.
func shareAt(curve []model.Quantile, value func(model.Quantile) float64, x float64) float64 {
	before := model.Quantile{}
	for _, q := range curve {
		if value(q) > x {
			if !finite(value(q)) {
				return before.P
			}
			return before.P + (q.P-before.P)*(x-value(before))/(value(q)-value(before))
		}
		before = q
	}
	return before.P
}

// bins divide a distribution into stretches of the same length. What is zero is
// in none.
func bins(curve []model.Quantile) []chart.Bin {
	const number = 24
	end := curve[len(curve)-1].Value
	value := func(q model.Quantile) float64 { return q.Value }
	var list []chart.Bin
	for i := range number {
		from, to := end*float64(i)/number, end*float64(i+1)/number
		if share := shareAt(curve, value, to) - shareAt(curve, value, from); share >= 0 && to > from {
			list = append(list, chart.Bin{From: from, To: to, Share: share})
		}
	}
	return list
}

// SpreadCurves compares what is above each value in several variants.
func SpreadCurves(list []Variant, charts []*chart.Distribution) *chart.Curves {
	first := charts[0]
	g := &chart.Curves{Caption: first.Caption, X: first.X, Y: chart.Axis{Of: chart.Share}}
	g.Below, _, _ = strings.Cut(g.Below, ";")
	g.Source = source(list, drawing(list[0]))
	for i, c := range charts {
		g.Lines = append(g.Lines, chart.Line{Name: list[i].Name, Points: c.Above})
	}
	return g
}
