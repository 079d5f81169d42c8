package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// A Variant is one of the reports that a picture compares: a file, or one of
// its scenarios.
type Variant struct {
	Name string
	*Explained
}

// names of the variants, for a legend.
func names(list []Variant) []string {
	all := make([]string, len(list))
	for i := range list {
		all[i] = list[i].Name
	}
	return all
}

// source says where a picture comes from, and how its figures were come by.
func source(list []Variant, method string) string {
	if len(list) == 1 {
		r := list[0].Report
		r.Simulation = nil
		words := r.headline()
		words[len(words)-1] = method
		if title := list[0].System.Title; title != "" {
			words = append([]string{clean(title)}, words...)
		}
		return strings.Join(words, " · ")
	}
	var files []string
	for _, v := range list {
		if !slices.Contains(files, v.File) {
			files = append(files, v.File)
		}
	}
	return strings.Join(append(files, method), " · ")
}

// method says how some figures were come by.
func method(values []model.Value) string {
	said := string(model.Exact)
	for _, v := range values {
		switch {
		case v.Method == model.Simulated:
			return fmt.Sprintf("simulated, intervals at %g %%", 100*v.Confidence)
		case v.Method == model.Approximate && v.Bounded:
			said = "approximate, bounds as a band"
		case v.Method == model.Approximate && said == string(model.Exact):
			said = string(model.Approximate)
		}
	}
	return said
}

// found lists the values of a measure in all variants.
func found(list []Variant, m model.Measure) []model.Value {
	var values []model.Value
	for _, v := range list {
		for i := range v.Results {
			if value, ok := v.Results[i].Find(m); ok {
				values = append(values, value)
			}
		}
	}
	return values
}

// NinesChart shows the availability of every system and service.
func NinesChart(list []Variant) *chart.Dots {
	g := &chart.Dots{X: chart.Axis{Of: chart.Down, PerYear: true}, Groups: names(list)}
	g.Head, g.Below, g.Source = "Availability", "in the long run, and what it means in expected down time a year", source(list, method(found(list, model.Unavailability)))
	if title := list[0].System.Title; title != "" {
		g.Head = title
		g.Below = "availability " + g.Below
	}
	rows := map[string]int{}
	for k, v := range list {
		for i := range v.Results {
			r := &v.Results[i]
			at, seen := rows[r.Target.Name]
			if !seen {
				at = len(g.Rows)
				rows[r.Target.Name] = at
				g.Rows = append(g.Rows, chart.DotRow{Name: r.Target.Name, Dots: unknown(len(list))})
			}
			if u, ok := r.Find(model.Unavailability); ok {
				g.Rows[at].Dots[k] = dot(u)
			}
		}
	}
	return g
}

func unknown(n int) []chart.Dot {
	dots := make([]chart.Dot, n)
	for i := range dots {
		dots[i].Value = math.NaN()
	}
	return dots
}

func dot(v model.Value) chart.Dot {
	d := chart.Dot{Value: v.Value}
	if bounded(v) {
		d.Low, d.High = v.Low, v.High
	}
	return d
}

// BudgetChart shows where the down time of one target comes from: the first of
// every variant.
func BudgetChart(list []Variant) *chart.Bars {
	first := subject{list[0].Explained, &list[0].Explanations[0]}
	b := &chart.Bars{Groups: names(list), Alarm: "takes it down by itself", Calm: "only together with others"}
	b.Head, b.Below, b.Source = full(first.Target)+": where the "+first.down(first.Down)+" a year come from", "expected down time a year, share of all", source(list, method(found(list, model.Unavailability)))
	switch {
	case first.At > 0:
		b.Head, b.Below = full(first.Target)+": where its failures come from", "probability to have failed by "+Period(first.At)+", share of all"
	case first.FaultTree:
		b.Head, b.Below = full(first.Target)+": where its failures come from", "probability, share of all"
	case len(list) > 1:
		b.Head = full(first.Target) + ": where the down time comes from"
	}
	if len(list) > 1 {
		b.Below = strings.TrimSuffix(b.Below, ", share of all")
	}
	rows := rowsOf{b, map[string]int{}}
	for k, v := range list {
		s := subject{v.Explained, &v.Explanations[0]}
		some, rest := causes(s.Budget)
		times := map[string]int{} // causes may look the same: alike parts that cost different times
		for _, c := range some {
			text := s.down(c.Share * s.Down)
			if len(list) == 1 {
				text += " · " + percent(c.Share)
			}
			name := c.label()
			times[name]++
			row := rows.row(name, times[name])
			row.Bars[k], row.Alarm = chart.Bar{Length: c.Share * s.Down, Text: text}, s.single(c.Name, c.Cause)
		}
		if rest.count > 0 && len(list) == 1 {
			rows.row(fmt.Sprintf("%d more", rest.count), 1).Bars[k] = chart.Bar{Length: rest.Share * s.Down, Text: s.down(rest.Share*s.Down) + " · " + percent(rest.Share)}
		}
	}
	return b
}

// rowsOf finds the rows of bars by their names, and by which of that name they
// are.
type rowsOf struct {
	*chart.Bars
	index map[string]int
}

func (r rowsOf) row(name string, which int) *chart.Row {
	key := fmt.Sprint(name, which)
	i, seen := r.index[key]
	if !seen {
		i = len(r.Rows)
		r.index[key] = i
		r.Rows = append(r.Rows, chart.Row{Name: name, Bars: make([]chart.Bar, len(r.Groups))})
	}
	return &r.Rows[i]
}

// mostBars is how many parts a chart of importance shows.
const mostBars = 15

// meanings of the measures of importance.
var meanings = map[string]string{
	"birnbaum":    "Birnbaum importance: P(down) while it is not as it should be, less P(down) while it is",
	"criticality": "criticality: probability that it is down and decides, given that the system is down",
	"fv":          "Fussell-Vesely importance: the share of P(down) that would go if it never failed",
	"raw":         "risk achievement worth: P(down) is so many times as large while it is not as it should be",
	"rrw":         "risk reduction worth: P(down) would be so many times smaller if it never failed",
	"dif":         "diagnostic importance: probability that it is not as it should be, given that the system is down",
	"outages":     "share of the outages that begin with it",
}

// ImportanceChart shows what matters most for one target, the first of every
// variant. What is infinite or unknown is left out.
func ImportanceChart(list []Variant, measure string) *chart.Bars {
	b := &chart.Bars{Groups: names(list), Alarm: "single point of failure", Calm: "only together with others"}
	b.Head, b.Below, b.Source = full(list[0].Explanations[0].Target)+": what matters most", meanings[measure], source(list, method(found(list, model.Unavailability)))
	rows := rowsOf{b, map[string]int{}}
	for k, v := range list {
		s := subject{v.Explained, &v.Explanations[0]}
		for _, i := range s.Importance {
			worth := measures[measure](&i)
			if i.Mode || !finite(worth) || worth <= 0 {
				continue
			}
			row := rows.row(clean(i.String()), 1)
			row.Bars[k] = chart.Bar{Length: worth, Text: Number(worth)}
			row.Alarm = row.Alarm || s.single(i.Name, i.Cause)
		}
	}
	longest := func(r chart.Row) float64 {
		return slices.MaxFunc(r.Bars, func(a, b chart.Bar) int { return cmp.Compare(a.Length, b.Length) }).Length
	}
	slices.SortStableFunc(b.Rows, func(r, s chart.Row) int { return cmp.Compare(longest(s), longest(r)) })
	small := func(r chart.Row) bool { return longest(r) < leastShare*longest(b.Rows[0]) }
	if cut := slices.IndexFunc(b.Rows, small); cut > 0 {
		b.Rows = b.Rows[:cut]
	}
	b.Rows = b.Rows[:min(len(b.Rows), mostBars)]
	return b
}

// A Course is a measure over time, its values in the order of At.
type Course struct {
	Variant int
	Target  model.Target
	Values  []model.Value
}

// subtitles of the measures that depend on a time.
var subtitles = map[model.Measure]string{
	model.Reliability:          "probability of no outage until then",
	model.PointAvailability:    "probability of being up at that time",
	model.IntervalAvailability: "expected share of the time up until then",
}

// CourseChart shows a measure over time.
func CourseChart(list []Variant, m model.Measure, courses []Course) *chart.Curves {
	g := &chart.Curves{X: chart.Axis{Label: "time", Of: chart.Time}, Y: chart.Axis{Of: chart.Share}}
	var values []model.Value
	for _, c := range courses {
		values = append(values, c.Values...)
	}
	how := method(values)
	if list[0].Simulation != nil {
		how = drawing(list[0])
	}
	g.Head, g.Below, g.Source = courseHead(list, courses)+": "+called(m), subtitles[m], source(list, how)
	for _, c := range courses {
		l := chart.Line{Name: courseName(list, courses, c)}
		for _, v := range c.Values {
			l.Points = append(l.Points, moment(v))
		}
		g.Lines = append(g.Lines, l)
	}
	return g
}

func moment(v model.Value) chart.Point {
	d := dot(v)
	return chart.Point{X: v.At, Y: d.Value, Low: d.Low, High: d.High}
}

// courseHead names the target where there is one, or the model.
func courseHead(list []Variant, courses []Course) string {
	for _, c := range courses {
		if c.Target.Name != courses[0].Target.Name {
			return cmp.Or(clean(list[0].System.Title), clean(list[0].File))
		}
	}
	return full(courses[0].Target)
}

// courseName says what is special about one line.
func courseName(list []Variant, courses []Course, c Course) string {
	switch {
	case len(list) == 1:
		return c.Target.Name
	case len(courses) == len(list):
		return list[c.Variant].Name
	}
	return list[c.Variant].Name + ": " + c.Target.Name
}

// LifetimeChart shows the time to the first outage of one target: its survival
// at equal steps from 0 on, and from it how likely each stretch of time is.
func LifetimeChart(v Variant, c Course, mttf model.Value) *chart.Distribution {
	const stretch = 3 // steps in a bin
	g := lifetime(v, c.Target, method(c.Values))
	for i, value := range c.Values {
		g.Above = append(g.Above, moment(value))
		if from := i - stretch; from >= 0 && i%stretch == 0 {
			before := c.Values[from]
			g.Bins = append(g.Bins, chart.Bin{From: before.At, To: value.At, Share: math.Max(before.Value-value.Value, 0)})
		}
	}
	for i := range c.Values[1:] {
		before, after := c.Values[i], c.Values[i+1]
		if before.Value > 0.5 && after.Value <= 0.5 {
			at := before.At + (after.At-before.At)*(before.Value-0.5)/(before.Value-after.Value)
			g.Marks = append(g.Marks, chart.Moment{Name: "half: " + Duration(at), At: at})
		}
	}
	if finite(mttf.Value) && mttf.Value > 0 {
		g.Marks = append(g.Marks, chart.Moment{Name: "mean: " + Duration(mttf.Value), At: mttf.Value})
	}
	return g
}

// lifetime is the empty chart of the time to the first outage.
func lifetime(v Variant, t model.Target, method string) *chart.Distribution {
	g := &chart.Distribution{X: chart.Axis{Label: "time", Of: chart.Time}, BinNote: "when it comes, share of all in each stretch of time"}
	g.Head, g.Below, g.Source = full(t)+": time to the first outage", subtitles[model.Reliability], source([]Variant{v}, method)
	return g
}
