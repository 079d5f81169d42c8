package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// Limits of the list of causes in a text.
const (
	maxCauses    = 8
	leastShare   = 0.001
	fewTargets   = 3
	maxNameWidth = 32
)

// A cause is one line of a budget: one entry, or alike parts with equal shares.
type cause struct {
	model.Cost
	count int
}

// causes gathers the members of an array that cost the same and cuts the list
// after the largest, if that leaves out more than one; rest is what was cut off.
func causes(budget []model.Cost) (list []cause, rest cause) {
	index := map[string]int{}
	for _, c := range budget {
		key := fmt.Sprint(c.Own, c.Cause, together(c.Name, c.Cause), Number(c.Share))
		i, seen := index[key]
		if !seen {
			i = len(list)
			index[key] = i
			list = append(list, cause{Cost: c})
			list[i].Share, list[i].Down = 0, 0
		}
		list[i].add(cause{c, 1})
	}
	rounded := func(c cause) float64 { return math.Round(1e9 * c.Share) }
	slices.SortStableFunc(list, func(a, b cause) int { return cmp.Compare(rounded(b), rounded(a)) })
	keep := slices.IndexFunc(list, func(c cause) bool { return c.Share < leastShare })
	if keep < 0 || keep > maxCauses {
		keep = maxCauses
	}
	if keep = max(keep, 1); len(list) > keep+1 {
		for _, c := range list[keep:] {
			rest.add(c)
		}
		list = list[:keep]
	}
	return list, rest
}

func (c *cause) add(d cause) {
	c.count += d.count
	c.Share += d.Share
	c.Down += d.Down
}

// array is the name without the index of a member.
func array(name string) string {
	if i := strings.LastIndexByte(name, '['); i > 0 && strings.HasSuffix(name, "]") {
		return name[:i]
	}
	return name
}

// together is what alike causes have in common: members of an array its name,
// links nothing.
func together(name, cause string) string {
	if cause == "link" {
		return name
	}
	return array(name)
}

// label names a cause as it is shown.
func (c cause) label() string {
	name := clean(c.Name)
	if c.count > 1 {
		name = fmt.Sprintf("%s x %d", array(name), c.count)
	}
	if lipgloss.Width(name) > maxNameWidth {
		name = string([]rune(name)[:maxNameWidth-1]) + "…"
	}
	return model.Event{Name: name, Cause: c.Cause}.String()
}

// budgets picks the results whose down time is broken down, and says whether
// services were left out since there are many. Where parts stay down for good,
// or all down time has one cause, there is nothing to tell.
func (r *Report) budgets() (picked []*model.Result, leftOut bool) {
	if r.missionFirst() {
		return nil, false
	}
	for i := range r.Results {
		res := &r.Results[i]
		if list, _ := causes(res.Budget); len(list) < 2 {
			continue
		}
		if r.detailed(res) {
			picked = append(picked, res)
		} else {
			leftOut = true
		}
	}
	return picked, leftOut
}

// detailed says whether a result is shown with all that is known of it: not
// a service among many, unless it was asked for.
func (r *Report) detailed(res *model.Result) bool {
	return res.Target.Kind == "system" || r.Selected || len(r.Results) <= fewTargets
}

// amount writes the down time of a cause in a year, of a fault tree its part of
// the probability.
func (r *Report) amount(c cause) string {
	if r.FaultTree {
		return Number(c.Down / model.Year)
	}
	return Duration(c.Down)
}

// amountHead heads the column of amounts.
func (r *Report) amountHead() string {
	if r.FaultTree {
		return "PROBABILITY"
	}
	return "DOWN/YEAR"
}

// heading says what a budget divides.
func (r *Report) heading(res *model.Result) string {
	if r.FaultTree {
		return "where the unavailability comes from"
	}
	down, _ := res.Find(model.Downtime)
	return fmt.Sprintf("where the %s a year come from", Duration(down.Value))
}

// writeBudget shows where the down time of a result comes from.
func (r *Report) writeBudget(b *strings.Builder, res *model.Result, look Look) {
	list, rest := causes(res.Budget)
	fmt.Fprintf(b, "\n %s: %s\n", look.title.Render(full(res.Target)), r.heading(res))
	names, downs := 0, 0
	for _, c := range list {
		names, downs = max(names, lipgloss.Width(c.label())), max(downs, lipgloss.Width(r.amount(c)))
	}
	for _, c := range list {
		line := fmt.Sprintf("   %s  %s  %s  ", padRight(c.label(), names), padLeft(r.amount(c), downs), padLeft(percent(c.Share), 7))
		style := look.own
		if res.Target.Kind == "service" {
			line += padRight(origin(c), len("inherited")) + "  "
			if !c.Own {
				style = look.inherited
			}
		}
		room := look.width - lipgloss.Width(line) - 1
		b.WriteString(strings.TrimRight(line+style.Render(bar(c.Share/list[0].Share, room)), " ") + "\n")
	}
	if rest.count > 0 {
		fmt.Fprintf(b, "   %s\n", look.dim.Render(fmt.Sprintf("%d more: %s, %s", rest.count, r.amount(rest), percent(rest.Share))))
	}
}

// full is the name of a target with its title.
func full(t model.Target) string {
	if t.Title == "" {
		return clean(t.Name)
	}
	return clean(t.Name + " (" + t.Title + ")")
}

func origin(c cause) string {
	if c.Own {
		return "own"
	}
	return "inherited"
}

// percent writes a share of a whole with one decimal.
func percent(share float64) string {
	if share > 0 && share < 0.0005 {
		return "< 0.1 %"
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

func padRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-lipgloss.Width(s)))
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-lipgloss.Width(s))) + s
}

// bar draws a part of full columns in eighths of a column; what is not zero
// shows.
func bar(part float64, full int) string {
	if !(part > 0) || full <= 0 {
		return ""
	}
	eighths := max(1, int(math.Round(min(part, 1)*float64(8*full))))
	b := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		b += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return b
}
