package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// A Sweep is what becomes of measures while params take one value after the
// other.
type Sweep struct {
	Report   // of the model as written; its Results are those of all points
	Varied   []Varied
	Points   []SweepPoint // the values of the last of Varied change fastest
	Measures []model.Measure
}

// A Varied is a param of a sweep.
type Varied struct {
	Name   string
	Values []string  // as written
	Base   []float64 // in base units
	Places []float64 // on Axis
	Axis   chart.Axis
}

// A SweepPoint holds the results for one choice of values.
type SweepPoint struct {
	At      []int // which of the Values, for each of Varied
	Results []model.Result
}

// heads of the measures in tables that have no room for their names.
func head(m model.Measure) string {
	switch m {
	case model.Downtime:
		return "DOWN/YEAR"
	case model.Outages:
		return "OUTAGES/YEAR"
	}
	return strings.ToUpper(strings.ReplaceAll(string(m), "_", " "))
}

// Formats that a sweep can be written in.
func (s *Sweep) Formats() []string { return new(Report).Formats() }

// Write writes a sweep in one of its formats.
func (s *Sweep) Write(w io.Writer, format string, look Look) error {
	switch format {
	case "json":
		return s.json(w)
	case "csv":
		return s.csv(w)
	case "markdown":
		return s.markdown(w)
	}
	return s.text(w, look)
}

// text writes a sweep for people.
func (s *Sweep) text(w io.Writer, look Look) error {
	var b strings.Builder
	if title := s.System.Title; title != "" {
		fmt.Fprintln(&b, look.title.Render(clean(title)))
	}
	for _, line := range fill(s.headline(), " · ", look.width) {
		fmt.Fprintln(&b, look.dim.Render(line))
	}
	head, rows := s.table()
	fmt.Fprintf(&b, "\n%s", grid(head, rows, look))
	writeNotes(&b, &s.Report, look)
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown writes a sweep as a table for a pull request.
func (s *Sweep) markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n%s\n", escape(cmp.Or(s.System.Title, s.File)), escape(strings.Join(s.headline(), " · ")))
	head, rows := s.table()
	markdownTable(&b, "", head, rows)
	for _, note := range s.remarks() {
		fmt.Fprintf(&b, "\n%s\n", escape(note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table has a row for each point and target.
func (s *Sweep) table() (heads []string, rows [][]string) {
	for _, v := range s.Varied {
		heads = append(heads, clean(v.Name))
	}
	many := len(s.Points[0].Results) > 1
	if many {
		heads = append(heads, "OF")
	}
	for _, m := range s.Measures {
		heads = append(heads, head(m))
	}
	for _, p := range s.Points {
		for i := range p.Results {
			var row []string
			for k, v := range s.Varied {
				row = append(row, clean(v.Values[p.At[k]]))
			}
			if many {
				row = append(row, p.Results[i].Target.Name)
			}
			for _, m := range s.Measures {
				row = append(row, figure(&p.Results[i], m))
			}
			rows = append(rows, row)
		}
	}
	return heads, rows
}

// csv writes one row a point, target and measure, in base units.
func (s *Sweep) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	var head []string
	for _, v := range s.Varied {
		head = append(head, v.Name)
	}
	rows := [][]string{append(head, "name", "kind", "measure", "value", "unit", "method", "low", "high", "at")}
	for _, p := range s.Points {
		var at []string
		for k, v := range s.Varied {
			at = append(at, number(v.Base[p.At[k]]))
		}
		for i := range p.Results {
			r := &p.Results[i]
			for _, v := range s.wanted(r) {
				rows = append(rows, append(slices.Clone(at), r.Target.Name, r.Target.Kind, string(v.Measure), number(v.Value), v.Measure.Unit(),
					string(v.Method), known(v.Low, v.Bounded), known(v.High, v.Bounded), known(v.At, v.Measure.TakesTime())))
			}
		}
	}
	return out.WriteAll(rows)
}

// wanted are the finite values of the measures of the sweep.
func (s *Sweep) wanted(r *model.Result) []model.Value {
	var list []model.Value
	for _, m := range s.Measures {
		if v, ok := r.Find(m); ok && finite(v.Value) {
			list = append(list, v)
		}
	}
	return list
}

// SweepChart draws the first measure of a sweep over its first param: a line
// for each target, or for each value of the second param.
func SweepChart(s *Sweep) *chart.Curves {
	m := s.Measures[0]
	g := &chart.Curves{X: s.Varied[0].Axis, Ordered: len(s.Varied) > 1, Dotted: true}
	g.Y, g.Below = axisOf(m, &s.Points[0].Results[0])
	var values []model.Value
	lines := map[string]int{}
	for _, p := range s.Points {
		for i := range p.Results {
			r := &p.Results[i]
			v, has := r.Find(m)
			if !has {
				continue
			}
			name := s.lineName(p, r)
			at, seen := lines[name]
			if !seen {
				at = len(g.Lines)
				lines[name] = at
				g.Lines = append(g.Lines, chart.Line{Name: name})
			}
			values = append(values, v)
			q := onAxis(v, r)
			g.Lines[at].Points = append(g.Lines[at].Points, chart.Point{X: s.Varied[0].Places[p.At[0]], Y: q.Value, Low: q.Low, High: q.High})
		}
	}
	var names []string
	for _, v := range s.Varied {
		names = append(names, v.Name)
	}
	g.Head = called(m) + ", by " + strings.Join(names, " and ")
	if len(s.Points[0].Results) == 1 {
		g.Head = full(s.Points[0].Results[0].Target) + ": " + g.Head
		g.Marks = s.marks(m)
	}
	g.Source = source([]Variant{{Explained: &Explained{Report: s.Report}}}, method(values))
	return g
}

func (s *Sweep) lineName(p SweepPoint, r *model.Result) string {
	if len(s.Varied) > 1 {
		return s.Varied[1].Name + " = " + s.Varied[1].Values[p.At[1]]
	}
	return r.Target.Name
}

// marks are the requirements on a measure of the one target.
func (s *Sweep) marks(m model.Measure) []chart.Mark {
	var list []chart.Mark
	for _, q := range s.System.Requirements {
		if q.Measure != m || s.System.Targets[q.Target].Name != s.Points[0].Results[0].Target.Name || q.Confidence.P > 0 {
			continue
		}
		bound := model.Value{Measure: m, Value: q.Bound.P}
		if m == model.Downtime {
			bound.Value *= model.Year / cmp.Or(q.Window, model.Year)
		}
		level := onAxis(bound, &model.Result{}).Value
		if nearOne(m) {
			level = q.Bound.Q
		}
		list = append(list, chart.Mark{Name: q.Text, Y: level})
	}
	return list
}

// called is what the head of a picture calls a measure.
func called(m model.Measure) string {
	switch m {
	case model.Served:
		return "requests served"
	case model.WrongShare:
		return "wrong answers"
	case model.Degraded:
		return "time degraded"
	case model.Downtime:
		return "down time a year"
	case model.Outages:
		return "outages a year"
	case model.MTTF:
		return "mean time to the first outage"
	case model.MTBF:
		return "mean time between outages"
	case model.MTTDL:
		return "mean time to data loss"
	case model.Durability:
		return "durability over a year"
	}
	return strings.ReplaceAll(string(m), "_", " ")
}

// axisOf is the axis on which a measure is drawn, and what it says.
func axisOf(m model.Measure, r *model.Result) (chart.Axis, string) {
	name := called(m)
	at := ""
	if v, ok := r.Find(m); ok && m.TakesTime() {
		at = ", " + Period(v.At)
	}
	switch {
	case m == model.Availability:
		return chart.Axis{Of: chart.Down, PerYear: true}, "share of time up in the long run, and the down time a year that it means"
	case m == model.Served:
		return chart.Axis{Of: chart.Down}, "share of requests that get a right answer, in the long run"
	case nearOne(m):
		return chart.Axis{Of: chart.Down}, name + at
	case m == model.Unavailability:
		return chart.Axis{Log: true}, name + " in the long run"
	case m == model.DataLoss:
		return chart.Axis{Log: true}, name + " within a year"
	case m == model.WrongShare || m == model.Degraded:
		return chart.Axis{Of: chart.Share}, "share in the long run"
	case m == model.Downtime:
		return chart.Axis{Of: chart.Time}, "expected down time a year"
	case m == model.Outages:
		return chart.Axis{}, "outages a year"
	case m.Unit() == "s":
		return chart.Axis{Of: chart.Time, Log: true}, name
	}
	return chart.Axis{}, name
}

// onAxis is a value as its axis wants it: what is missing to 1, for those near
// it.
func onAxis(v model.Value, r *model.Result) chart.Dot {
	if nearOne(v.Measure) {
		v = missing(r, v)
		v.Value = math.Max(v.Value, 0)
	}
	return dot(v)
}
