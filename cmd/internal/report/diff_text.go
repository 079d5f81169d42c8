package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// text writes the difference for people.
func (d *Diff) text(w io.Writer, look Look) error {
	var b strings.Builder
	for _, line := range wrap(d.names(), look.width) {
		fmt.Fprintln(&b, look.title.Render(line))
	}
	text, worse, better := d.headline()
	style := look.dim
	switch {
	case worse:
		style = look.failure
	case better:
		style = look.success
	}
	for _, line := range wrap(text, look.width) {
		fmt.Fprintln(&b, style.Render(line))
	}
	d.writeChanges(&b, look)
	d.effect().write(&b, look)
	d.writeFlips(&b, look)
	d.others().write(&b, look)
	d.cutSets().write(&b, look)
	for i, text := range d.Failed {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintln(&b, look.failure.Render("failed: "+clean(text)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// names says what is compared.
func (d *Diff) names() string {
	return strings.Join(variant(d.Old.File, d.Old.Scenario, nil), ", ") + " → " + strings.Join(variant(d.New.File, d.New.Scenario, d.New.Set), ", ")
}

// signs of changes of statements.
var signs = map[string]string{"added": "+", "removed": "-", "changed": "~"}

func (l Look) change(sign string) lipgloss.Style {
	switch sign {
	case "+":
		return l.success
	case "-":
		return l.failure
	}
	return l.warning
}

// heading names a changed statement.
func (c Change) heading() string {
	name := c.Kind
	if c.Name != "" {
		name += " " + c.Name
	}
	return clean(name)
}

// writeChanges shows the statements that differ: of one that was added or
// removed what it says, of one that was changed the lines that differ.
func (d *Diff) writeChanges(b *strings.Builder, look Look) {
	if len(d.Changes) > 0 {
		b.WriteString("\n")
	}
	put := func(margin, sign, text string) {
		for i, line := range wrap(clean(text), look.width-len(margin)-2) {
			lead := look.change(sign).Render(sign) + " "
			if i > 0 {
				lead = "    "
			}
			fmt.Fprintf(b, "%s%s%s\n", margin, lead, line)
		}
	}
	for _, c := range d.Changes {
		margin := " "
		if c.How == "changed" {
			put(margin, signs[c.How], c.heading())
			margin = "     "
		}
		for _, line := range c.Lines {
			put(margin, line[:1], line[2:])
		}
	}
}

// effect shows the down time of the targets that changed.
func (d *Diff) effect() passage {
	p := passage{align: "lrrrrr", head: []string{"", "BEFORE", "AFTER", "DOWN/YEAR", "CHANGE", "NINES"}}
	m := model.Availability
	if d.New.FaultTree {
		m = model.Unavailability
		p.head[3], p.head[4] = "", "FACTOR"
	}
	var same, slight []string
	large := d.largest(mostRows)
	for i := range d.Results {
		switch c := &d.Results[i]; {
		case !large[c]:
		case c.How == "removed":
			p.rows = append(p.rows, []string{"- " + clean(c.Name), figure(c.one(c.Before), m), "", "", "", ""})
		case c.How == "added":
			p.rows = append(p.rows, []string{"+ " + clean(c.Name), "", figure(c.one(c.After), m), figure(c.one(c.After), model.Downtime), "", ""})
		default:
			switch was, is := c.both(); {
			case !Moved(was, is, m):
				same = append(same, clean(c.Name))
			case !c.notable():
				slight = append(slight, clean(c.Name))
			default:
				p.rows = append(p.rows, d.row(c, m))
			}
		}
	}
	if len(p.rows)+len(slight) == 0 {
		return passage{}
	}
	p.more(len(d.Results) - len(large))
	if len(slight) > 0 {
		p.after = append(p.after, "hardly changed: "+strings.Join(few(slight), ", "))
	}
	if len(same) > 0 {
		p.after = append(p.after, "as before: "+strings.Join(few(same), ", "))
	}
	p.heading = []string{"What it does"}
	p.narrow()
	return p
}

func (c *resultChange) one(f *figures) *model.Result {
	return &model.Result{Target: model.Target{Name: c.Name}, Values: *f}
}

// Most targets of a table.
const (
	mostRows  = 20
	mostOther = 4
)

// largest picks the targets that are added, removed or change most.
func (d *Diff) largest(n int) map[*resultChange]bool {
	var list []*resultChange
	for i := range d.Results {
		list = append(list, &d.Results[i])
	}
	size := func(c *resultChange) float64 {
		if c.Downtime == nil {
			return math.Inf(1)
		}
		return math.Abs(*c.Downtime)
	}
	slices.SortStableFunc(list, func(a, b *resultChange) int { return cmp.Compare(size(b), size(a)) })
	picked := map[*resultChange]bool{}
	for _, c := range list[:min(n, len(list))] {
		picked[c] = true
	}
	return picked
}

// more says how many targets a table leaves out.
func (p *passage) more(n int) {
	if n > 0 {
		p.after = append(p.after, plural(n, "%d target more, with a smaller change; --format json has all", "%d targets more, with smaller changes; --format json has all"))
	}
}

// row tells the change of a target that is in both versions.
func (d *Diff) row(c *resultChange, m model.Measure) []string {
	was, is := c.both()
	row := []string{clean(c.Name), figure(was, m), figure(is, m), "", "", ""}
	switch {
	case c.Downtime == nil:
	case d.New.FaultTree:
		u, _ := was.Find(m)
		v, _ := is.Find(m)
		row[4] = Number(v.Value / u.Value)
	default:
		row[3], row[4] = figure(is, model.Downtime), signed(*c.Downtime, Duration)
	}
	if c.Nines != nil && Nines(math.Abs(*c.Nines)) != Nines(0) {
		row[5] = signed(*c.Nines, Nines)
	}
	return row
}

// signed writes a change with its sign.
func signed(x float64, write func(float64) string) string {
	if x < 0 {
		return "-" + write(-x)
	}
	return "+" + write(x)
}

// others lists further measures that changed.
func (d *Diff) others() passage {
	p := passage{align: "llrr", head: []string{"", "", "BEFORE", "AFTER"}}
	large, left := d.largest(mostOther), 0
	for i := range d.Results {
		c := &d.Results[i]
		switch {
		case c.Before == nil || c.After == nil:
			continue
		case !large[c]:
			if c.How == "changed" {
				left++
			}
			continue
		}
		was, is := c.both()
		name := clean(c.Name)
		for _, m := range model.Measures() {
			if slices.Contains(implied[:], m) || !Moved(was, is, m) || figure(was, m) == figure(is, m) {
				continue
			}
			p.rows = append(p.rows, []string{name, string(m), orNone(figure(was, m)), orNone(figure(is, m))})
			name = ""
		}
	}
	if len(p.rows) > 0 {
		p.heading = []string{"Other measures"}
		p.more(left)
	}
	return p
}

// implied are the measures that follow from the down time or from others.
var implied = [...]model.Measure{
	model.Availability, model.Unavailability, model.Nines, model.Downtime, model.MTBF, model.MeanUp, model.PointAvailability, model.IntervalAvailability,
	model.DataLoss,
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// A flip is a requirement that is not what it was, in words.
type flip struct {
	sign, text, state string
	details           []string
}

// flips lists the requirements that break or hold again, and those that are
// added or removed.
func (d *Diff) flips() []flip {
	var list []flip
	for _, c := range d.Requirements {
		if c.How == "unchanged" {
			continue
		}
		f := flip{text: required(c.Text)}
		switch {
		case c.How == "removed":
			f.sign, f.state, f.details = "-", "is no longer required", []string{"it was: " + c.Before.Measured}
		case c.How == "added" && c.After.Status == model.Pass:
			f.sign, f.state, f.details = "+", "is new and holds", []string{c.After.Measured}
		case c.How == "added":
			f.sign, f.state, f.details = sign(c.After.Status), "IS NEW AND DOES NOT HOLD", append([]string{c.After.Measured}, c.After.Details...)
		default:
			f.sign, f.state = sign(c.After.Status), map[string]string{"breaks": "BREAKS", "repaired": "holds now"}[c.How]
			f.details = append([]string{c.Before.Measured + " → " + c.After.Measured}, c.After.Details...)
		}
		list = append(list, f)
	}
	return list
}

func (d *Diff) writeFlips(b *strings.Builder, look Look) {
	p := passage{align: "ll"}
	list := d.flips()
	for _, f := range list {
		p.rows = append(p.rows, []string{f.sign + " " + f.text, f.state})
	}
	fails := d.failing()
	if len(list) == 0 && fails == "" {
		return
	}
	fmt.Fprintf(b, "\n %s\n", look.title.Render("Requirements"))
	p, widths := p.fitted(look.width - len(margin))
	for i, row := range p.rows {
		for _, line := range p.lines(row, widths) {
			if rest, first := strings.CutPrefix(line, list[i].sign); first {
				line = look.flip(list[i].sign).Render(list[i].sign) + rest
			}
			fmt.Fprintf(b, "%s%s\n", margin, line)
		}
		for _, text := range list[i].details {
			for _, line := range wrap(clean(text), look.width-len(margin)-len(detail)) {
				fmt.Fprintf(b, "%s%s%s\n", margin, detail, look.dim.Render(line))
			}
		}
	}
	if fails != "" {
		fmt.Fprintf(b, "%s%s\n", margin, look.dim.Render(fails))
	}
}

// failing counts the requirements that fail as before.
func (d *Diff) failing() string {
	n := 0
	for _, c := range d.Requirements {
		if c.How == "unchanged" && c.After.Status == model.Fail {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return plural(n, "%d requirement fails as before", "%d requirements fail as before")
}

// flip is how the sign of a requirement is shown.
func (l Look) flip(sign string) lipgloss.Style {
	switch sign {
	case "✓", "+":
		return l.success
	case "✗":
		return l.failure
	}
	return l.warning
}

// mostCutChanges is how many cut sets that come or go are told of a target.
const mostCutChanges = 6

// cutSets lists those that appear or vanish, the worst first.
func (d *Diff) cutSets() passage {
	p := passage{align: "llrr", head: []string{"", "", "PROBABILITY", "DOWN/YEAR"}}
	list := slices.SortedStableFunc(slices.Values(d.Cuts), byProbability)
	shown := map[string]int{}
	for _, c := range list {
		sign := map[string]string{"appears": "+", "vanishes": "-"}[c.How]
		if shown[c.Name+sign]++; shown[c.Name+sign] > mostCutChanges {
			continue
		}
		text := clean(strings.Join(c.Events, " + "))
		if len(c.Events) == 1 {
			text += ", by itself"
		}
		row := []string{clean(c.Name), sign + " " + text, significant(c.Probability, 2), ""}
		if !d.New.FaultTree {
			row[3] = Duration(c.Probability * model.Year)
		}
		p.rows = append(p.rows, row)
	}
	if more := len(list) - len(p.rows); more > 0 {
		p.after = append(p.after, fmt.Sprintf("and %d more", more))
	}
	if len(p.rows) > 0 {
		p.heading = []string{"Cut sets that appear (+) or vanish (-)"}
		p.narrow()
	}
	return p
}
