package report

import (
	"fmt"
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
	all := []section{
		{"", r.present(longRunColumns[:])}, {"", r.present(requestColumns[:])}, {"", r.present(missionColumns[:])},
		{"", r.present(dataColumns[:])},
	}
	if r.missionFirst() {
		all[0].caption = "in the long run"
		all = []section{all[2], all[3], all[0], all[1]}
	}
	var kept []section
	for _, s := range all {
		if len(s.columns) == 0 {
			continue
		}
		if last := len(kept) - 1; last >= 0 && s.caption == "" {
			both := slices.Concat(kept[last].columns, s.columns)
			if tableWidth(r.table(both)) <= width {
				kept[last].columns = both
				continue
			}
		}
		kept = append(kept, s)
	}
	return kept
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
	dataColumns = [...]column{{"DURABILITY A YEAR", model.Durability}, {"MTTDL", model.MTTDL}}
)

// present keeps the columns that tell something of some result. Those that
// depend on a time get it into their head.
func (r *Report) present(columns []column) []column {
	var kept []column
	for _, c := range columns {
		i := slices.IndexFunc(r.Results, func(res model.Result) bool { return telling(&res, c.measure) })
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

// telling says whether m is known and, of the shares of requests, whether it
// tells more than the availability does.
func telling(r *model.Result, m model.Measure) bool {
	switch m {
	case model.Served:
		return figure(r, m) != "" && figure(r, m) != figure(r, model.Availability)
	case model.WrongShare, model.Degraded:
		v, ok := r.Find(m)
		return ok && (v.Value != 0 || bounded(v))
	}
	return figure(r, m) != ""
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
			row = append(row, figure(res, c.measure))
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

// write shows a section as one table, or as several where the columns do not
// fit side by side; the names are repeated in each.
func (s section) write(b *strings.Builder, r *Report, look Look) {
	head, rows := r.table(s.columns)
	if s.caption != "" {
		fmt.Fprintf(b, "\n %s\n", look.dim.Render(s.caption))
	} else {
		b.WriteString("\n")
	}
	for i, page := range pages(head, rows, look.inner()) {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(grid(page.head, page.rows, look))
	}
}

type page struct {
	head []string
	rows [][]string
}

// pages cuts a table into as few as fit into width columns each.
func pages(head []string, rows [][]string, width int) []page {
	first := columnWidth(head, rows, 0)
	from, used := 1, first
	var cuts []page
	for c := 1; c < len(head); c++ {
		w := gap + columnWidth(head, rows, c)
		if used+w > width && c > from {
			cuts = append(cuts, cut(head, rows, from, c))
			from, used = c, first
		}
		used += w
	}
	return append(cuts, cut(head, rows, from, len(head)))
}

func tableWidth(head []string, rows [][]string) int {
	width := columnWidth(head, rows, 0)
	for c := 1; c < len(head); c++ {
		width += gap + columnWidth(head, rows, c)
	}
	return width
}

func columnWidth(head []string, rows [][]string, c int) int {
	width := lipgloss.Width(head[c])
	for _, row := range rows {
		if c < len(row) {
			width = max(width, lipgloss.Width(row[c]))
		}
	}
	return width
}

// cut takes the first column and those in [from, to).
func cut(head []string, rows [][]string, from, to int) page {
	p := page{head: append(head[:1:1], head[from:to]...)}
	for _, row := range rows {
		if len(row) > 1 {
			row = append(row[:1:1], row[from:to]...)
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// grid lays out a table without lines: names to the left, figures to the
// right. A row of one cell is a heading.
func grid(head []string, rows [][]string, look Look) string {
	t := table.New().Headers(head...).Rows(rows...).BorderTop(false).BorderBottom(false).BorderLeft(false).
		BorderRight(false).BorderColumn(false).BorderHeader(false)
	t.StyleFunc(func(row, col int) lipgloss.Style {
		style := look.text
		if row == table.HeaderRow || len(rows[row]) == 1 {
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
