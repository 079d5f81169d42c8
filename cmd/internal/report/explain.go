package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"nines/model"
)

// An Explained is what explain has found out.
type Explained struct {
	Report
	Explanations []model.Explanation
	Verdicts     []model.Verdict // of the requirements that something survives
	Columns      []string        // importance measures to show
	Rows         int             // most rows of a list of cut sets
	All          bool            // also list cut sets that hardly matter
}

// A passage is a table under a heading, or lines of text.
type passage struct {
	heading []string // pieces that stay whole as far as they fit
	head    []string
	align   string // of each column: l or r
	rows    [][]string
	bars    []float64 // beside the rows where there is room, nil for none
	after   []string  // lines below
}

// Limits of the lists in a text.
const (
	mostChanges = 8
	leastGain   = 0.001 // of the down time
	leastCut    = 1e-5  // of the down time
	mostNames   = 5
)

// passages explain one target.
func (r *Explained) passages(x *model.Explanation) []passage {
	v := subject{r, x}
	list := []passage{v.summary(), v.causes(), v.joint(), v.paths(), v.losses(), v.overloads(), v.changes(), v.importance()}
	for i := range list {
		list[i].narrow()
	}
	return slices.DeleteFunc(list, func(p passage) bool { return p.heading == nil })
}

// narrow takes away columns without content.
func (p *passage) narrow() {
	for c := len(p.align) - 1; c >= 0; c-- {
		if slices.ContainsFunc(p.rows, func(row []string) bool { return row[c] != "" }) {
			continue
		}
		p.align = p.align[:c] + p.align[c+1:]
		if p.head != nil {
			p.head = slices.Delete(p.head, c, c+1)
		}
		for i := range p.rows {
			p.rows[i] = slices.Delete(p.rows[i], c, c+1)
		}
	}
}

// A subject is one target of a report.
type subject struct {
	*Explained
	*model.Explanation
}

// odds says whether the target is explained by probabilities, not by time: that
// of a fault tree, or of having failed by the end of a mission.
func (v subject) odds() bool { return v.FaultTree || v.At > 0 }

// down writes a probability of being down, as time a year where it is one.
func (v subject) down(p float64) string {
	if v.odds() {
		return Share(model.ProbOf(p))
	}
	return Duration(p * model.Year)
}

func (v subject) downHead() string {
	if v.odds() {
		return "PROBABILITY"
	}
	return "DOWN/YEAR"
}

func (v subject) find(m model.Measure) string { return figure(&v.Result, m) }

// summary says in a sentence how it is.
func (v subject) summary() passage {
	name := full(v.Target)
	var p passage
	switch {
	case v.FaultTree:
		p.heading = []string{name, "has the probability " + Share(model.ProbOf(v.Down))}
	case v.At > 0:
		p.heading = []string{name, "has failed by " + Period(v.At), "with a probability of " + Share(model.ProbOf(v.Down))}
	case v.Down == 0:
		p.heading = []string{name + " is never down"}
	default:
		p.heading = []string{name + ":", v.find(model.Availability) + ",", v.find(model.Nines) + " nines,", "down " + v.find(model.Downtime) + " a year"}
		if outages, ok := v.Find(model.Outages); ok && outages.Value > 0 {
			p.heading = append(p.heading, "in "+v.find(model.Outages)+" outages", "of "+v.find(model.MeanOutage))
		}
	}
	if v.Down > 0 {
		p.after = append(p.after, v.verdict())
	}
	return p
}

// verdict says whether anything takes the target down by itself.
func (v subject) verdict() string {
	if v.dead() {
		return "It takes no failure: as it is described it is never up."
	}
	if len(v.Singles) == 0 {
		return "No single point of failure."
	}
	for _, s := range v.Singles {
		if s.Cause == "module" {
			return "Which parts of " + clean(s.Name) + " take it down is not told: they have too many states."
		}
	}
	text := counted(len(v.Singles), "single point", "single points") + " of failure (●)"
	if v.Budget == nil {
		return text + "."
	}
	share := 0.0
	for _, c := range v.Budget {
		if v.single(c.Name, c.Cause) {
			share += c.Share
		}
	}
	part := percent(share)
	if share > 0.9995 {
		part = "all"
	}
	return fmt.Sprintf("%s, the cause of %s of it.", text, part)
}

// dead says whether the target is down with nothing failed: what it needs can
// never be, such as a way where there is no link.
func (v subject) dead() bool { return len(v.Cuts.Listed) == 1 && len(v.Cuts.Listed[0].Events) == 0 }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (v subject) single(name, cause string) bool {
	return slices.ContainsFunc(v.Singles, func(s model.Single) bool { return s.Name == name && s.Cause == cause })
}

// causes tells where the down time comes from, single points of failure
// marked; without a division of it, the single points alone.
func (v subject) causes() passage {
	p := passage{heading: []string{"Where it comes from"}, align: "lrrrll", head: []string{"", v.downHead(), "SHARE", "OUTAGES/YEAR", "", ""}}
	if v.Budget == nil {
		return v.points()
	}
	list, rest := causes(v.Budget)
	for _, c := range list {
		mark := ""
		if v.single(c.Name, c.Cause) {
			mark = "● "
		} else if len(v.Singles) > 0 {
			mark = "  "
		}
		p.bars = append(p.bars, c.Share/list[0].Share)
		row := []string{mark + c.label(), v.down(c.Share * v.Down), percent(c.Share), v.outages(c), place(c.Pos), ""}
		if v.Target.Kind == "service" {
			row[5] = origin(c)
		}
		p.rows = append(p.rows, row)
	}
	if rest.count > 0 {
		p.after = append(p.after, fmt.Sprintf("%d more: %s, %s", rest.count, v.down(rest.Share*v.Down), percent(rest.Share)))
	}
	return p
}

// outages is how many outages a year begin with a cause, "" if unknown.
func (v subject) outages(c cause) string {
	rate, ok := v.Find(model.Outages)
	i := slices.IndexFunc(v.Importance, func(i model.Importance) bool { return i.Name == c.Name && i.Cause == c.Cause && !i.Mode })
	if !ok || i < 0 || math.IsNaN(v.Importance[i].Outages) {
		return ""
	}
	return Number(rate.Value * v.Importance[i].Outages * float64(c.count))
}

// points lists the single points of failure.
func (v subject) points() passage {
	p := passage{heading: []string{"Single points of failure"}, align: "lrl", head: []string{"", v.downHead(), ""}}
	for i, s := range v.Singles {
		if i == maxCauses {
			p.after = append(p.after, fmt.Sprintf("%d more", len(v.Singles)-i))
			break
		}
		p.rows = append(p.rows, []string{"● " + clean(s.String()), v.down(s.Probability), place(s.Pos)})
	}
	if len(p.rows) == 0 {
		return passage{}
	}
	return p
}

func place(pos model.Pos) string {
	if pos.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d", pos.Line)
}

// losses tells what happens while one domain is down; members of an array, one
// after the other, that have the same fate share a row.
func (v subject) losses() passage {
	p := passage{align: "ll"}
	from := ""
	for _, l := range v.Losses {
		name, fate, last := clean(l.Domain.Name), clean(v.fate(l)), len(p.rows)-1
		if last >= 0 && p.rows[last][1] == fate && array(from) == array(name) {
			p.rows[last][0] = from + " to " + name
			continue
		}
		from = name
		p.rows = append(p.rows, []string{name, fate})
	}
	if len(p.rows) > 0 {
		p.heading = []string{"If one domain goes, all else up"}
	}
	return p
}

// fate says what a loss does.
func (v subject) fate(l model.Loss) string {
	switch {
	case l.Up && l.Served < 1-1e-9:
		return fmt.Sprintf("stays up, serves %s of its requests", Share(model.ProbOf(l.Served)))
	case l.Up:
		return "stays up"
	case len(l.Inside) == 0:
		return "DOWN"
	case len(l.Alone) > 0:
		return "DOWN, with " + strings.Join(few(l.Alone), ", ")
	}
	return "DOWN, with " + strings.Join(few(l.Inside), ", ")
}

// few counts the rest of a list after the first few.
func few(names []string) []string {
	if more := len(names) - mostNames; more > 1 {
		return append(slices.Clone(names[:mostNames]), fmt.Sprintf("%d more", more))
	}
	return names
}

// importance lists the measures that were asked for.
func (v subject) importance() passage {
	if len(v.Columns) == 0 || len(v.Importance) == 0 {
		return passage{}
	}
	p := passage{heading: []string{"Importance"}, head: []string{""}, align: "l" + strings.Repeat("r", len(v.Columns))}
	for _, c := range v.Columns {
		p.head = append(p.head, strings.ToUpper(c))
	}
	for _, i := range v.Importance {
		name := clean(i.String())
		if i.Mode {
			name = "  " + clean(i.How)
		}
		row := []string{name}
		for _, c := range v.Columns {
			row = append(row, worth(measures[c](&i)))
		}
		p.rows = append(p.rows, row)
	}
	return p
}

func worth(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "∞"
	case math.IsNaN(x):
		return ""
	}
	return Number(x)
}

// measures of importance by the names that --importance knows.
var measures = map[string]func(*model.Importance) float64{
	"birnbaum":    func(i *model.Importance) float64 { return i.Birnbaum },
	"criticality": func(i *model.Importance) float64 { return i.Criticality },
	"fv":          func(i *model.Importance) float64 { return i.FussellVesely },
	"raw":         func(i *model.Importance) float64 { return i.RAW },
	"rrw":         func(i *model.Importance) float64 { return i.RRW },
	"dif":         func(i *model.Importance) float64 { return i.DIF },
	"outages":     func(i *model.Importance) float64 { return i.Outages },
}

// ImportanceMeasures lists the names that Columns may have.
func ImportanceMeasures() []string {
	return []string{"birnbaum", "criticality", "fv", "raw", "rrw", "dif", "outages"}
}

// told is the report without the notes of what is not shown here: measures of
// the first failure and of passages, and what is infinite.
func (r *Explained) told() *Report {
	told := r.Report
	told.Diagnostics = slices.DeleteFunc(slices.Clone(r.Diagnostics), func(d model.Diagnostic) bool {
		return d.Severity == model.Note && (d.Code >= "N203" && d.Code <= "N206" || d.Code == "N211")
	})
	return &told
}

// byPlace orders verdicts as they stand in the file.
func byPlace(a, b model.Verdict) int {
	return cmp.Compare(a.Requirement.Pos.Line, b.Requirement.Pos.Line)
}
