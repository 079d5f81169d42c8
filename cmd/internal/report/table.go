package report

import (
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"nines/model"
)

// A column of a table of results: a head and a measure.
type column struct {
	head    string
	measure model.Measure
}

// A section is a table of results that belong together.
type section struct {
	caption string
	columns []column
}

// sections lists the tables of a report, without what no result has. They are
// laid side by side as far as they fit.
func (r *Report) sections(width int) []section {
	if r.FaultTree {
		return r.split(section{"", r.present(faultTreeColumns[:])}, width)
	}
	all := []section{
		{"", r.present(longRunColumns[:])}, {"", r.present(requestColumns[:])}, {"", r.present(missionColumns[:])},
		{"", r.present(dataColumns[:])},
	}
	if r.missionFirst() {
		all[0].caption = "in the long run"
		all = []section{all[2], all[3], all[0], all[1]}
	}
	var laid []section
	for _, s := range all {
		for _, part := range r.split(s, width) {
			last := len(laid) - 1
			if last >= 0 && part.caption == "" && r.fits(slices.Concat(laid[last].columns, part.columns), width) {
				laid[last].columns = slices.Concat(laid[last].columns, part.columns)
			} else {
				laid = append(laid, part)
			}
		}
	}
	return laid
}

// split cuts a section that is too wide by itself into as few as fit.
func (r *Report) split(s section, width int) []section {
	var parts []section
	for len(s.columns) > 0 {
		n := len(s.columns)
		for n > 1 && !r.fits(s.columns[:n], width) {
			n--
		}
		parts = append(parts, section{s.caption, s.columns[:n]})
		s = section{"", s.columns[n:]}
	}
	return parts
}

func (r *Report) fits(columns []column, width int) bool {
	return tableWidth(r.table(columns)) <= width
}

var (
	longRunColumns = [...]column{
		{"AVAILABILITY", model.Availability}, {"NINES", model.Nines}, {"DOWN/YEAR", model.Downtime},
		{"OUTAGES/YEAR", model.Outages}, {"MEAN OUTAGE", model.MeanOutage},
	}
	requestColumns = [...]column{{"SERVED", model.Served}, {"WRONG", model.WrongShare}, {"DEGRADED", model.Degraded}}
	missionColumns = [...]column{
		{"MTTF", model.MTTF}, {"RELIABILITY", model.Reliability}, {"UP AT", model.PointAvailability},
		{"UP OVER", model.IntervalAvailability},
	}
	faultTreeColumns = [...]column{{"UNAVAILABILITY", model.Unavailability}, {"NINES", model.Nines}}
	dataColumns      = [...]column{{"DURABILITY A YEAR", model.Durability}, {ninesOfData, model.DataLoss}, {"MTTDL", model.MTTDL}}
)

// ninesOfData heads what is lost as nines.
const ninesOfData = "ITS NINES"

// cell writes a figure as its column has it.
func (c column) cell(r *model.Result) string {
	if v, ok := r.Find(c.measure); ok && c.head == ninesOfData {
		return ninesOf(v)
	}
	return figure(r, c.measure)
}

// present keeps the columns that tell something of some result. Those that
// depend on a time get it into their head.
func (r *Report) present(columns []column) []column {
	var kept []column
	for _, c := range columns {
		i := slices.IndexFunc(r.Results, func(res model.Result) bool { return r.telling(&res, c.measure) })
		if i < 0 {
			continue
		}
		if v, _ := r.Results[i].Find(c.measure); c.measure.TakesTime() {
			c.head += " " + Period(v.At)
		}
		kept = append(kept, c)
	}
	return kept
}

// telling says whether m is known and tells more than the availability does.
func (r *Report) telling(res *model.Result, m model.Measure) bool {
	if figure(res, m) == "" {
		return false
	}
	v, _ := res.Find(m)
	switch m {
	case model.Served:
		return differs(v, res, model.Availability)
	case model.PointAvailability:
		return differs(v, res, model.Reliability) && (r.Timed || differs(v, res, model.Availability))
	case model.IntervalAvailability:
		return r.Timed || differs(v, res, model.Availability)
	case model.WrongShare, model.Degraded:
		return v.Value != 0 || bounded(v)
	}
	return true
}

// differs says whether the share v is another than that of m, as far as what
// is missing to 1 and their intervals tell.
func differs(v model.Value, res *model.Result, m model.Measure) bool {
	w, ok := res.Find(m)
	switch {
	case !ok:
		return true
	case bounded(v) && bounded(w):
		return v.Low > w.High || w.Low > v.High
	}
	return math.Abs(v.Value-w.Value) > 0.001*(1-min(v.Value, w.Value))+resolution
}

// table lists the results that have any of the columns, each with a first cell
// for its name. The head starts with the kind of the results; where that
// changes a row of one cell says so.
func (r *Report) table(columns []column) (head []string, rows [][]string) {
	kind := ""
	for i := range r.Results {
		res := &r.Results[i]
		row := []string{clean(res.Target.Name)}
		for _, c := range columns {
			row = append(row, c.cell(res))
		}
		if strings.Join(row[1:], "") == "" {
			continue
		}
		if k := strings.ToUpper(res.Target.Kind); k != kind {
			if kind = k; head == nil {
				head = []string{kind}
			} else {
				rows = append(rows, []string{kind})
			}
		}
		rows = append(rows, row)
	}
	for _, c := range columns {
		head = append(head, c.head)
	}
	return head, rows
}

// gap is the space between columns.
const gap = 2

// tableWidth is the number of columns of the terminal that a table takes.
func tableWidth(head []string, rows [][]string) int {
	widths := make([]int, len(head))
	for _, row := range append([][]string{head}, rows...) {
		for c, cell := range row {
			widths[c] = max(widths[c], lipgloss.Width(cell))
		}
	}
	sum := gap * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// grid lays out a table without lines: names to the left, figures to the
// right. A row of one cell is a heading.
func grid(head []string, rows [][]string, look Look) string {
	t := table.New().Headers(head...).Rows(rows...).BorderTop(false).BorderBottom(false).BorderLeft(false).
		BorderRight(false).BorderColumn(false).BorderHeader(false)
	t.StyleFunc(func(row, col int) lipgloss.Style {
		style := look.text
		if row == table.HeaderRow || col == 0 && len(rows[row]) == 1 {
			style = look.head
		} else if col == 0 {
			style = look.title
		}
		if col == 0 {
			return style.PaddingLeft(1)
		}
		return style.PaddingLeft(gap).Align(lipgloss.Right)
	})
	return trimLines(t.String()) + "\n"
}

// trimLines takes away the spaces before line ends.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
