package cmd

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
)

// conditions are those of --fail-if.
type conditions []condition

// A condition on the difference between two versions of a model.
type condition struct {
	text    string
	event   string        // "requirement breaks" or "single point appears"
	measure model.Measure // or a measure that moves
	way     string        // "drops", "rises" or "worsens"
	down    float64       // by more than so much of the time down, as a share
	part    float64       // by more than this part of itself
}

// The events that a condition may name.
const (
	breaks  = "requirement breaks"
	appears = "single point appears"
)

func (c *conditions) String() string { return "" }

func (c *conditions) Type() string { return "condition" }

func (c *conditions) Set(s string) error {
	one, err := readCondition(s)
	*c = append(*c, one)
	return err
}

const conditionHint = `write it like "availability drops", "availability drops 10m/y", "mttf drops 5%", "requirement breaks" or "single point appears"`

func readCondition(s string) (condition, error) {
	words := strings.Fields(s)
	c := condition{text: strings.Join(words, " ")}
	if c.text == breaks || c.text == appears {
		c.event = c.text
		return c, nil
	}
	if len(words) < 2 || len(words) > 3 {
		return c, wrong(conditionHint, "want a measure and what it does")
	}
	c.measure, c.way = model.Measure(words[0]), words[1]
	var names []string
	for _, m := range model.Measures() {
		names = append(names, string(m))
	}
	if !slices.Contains(names, words[0]) {
		return c, wrong(didYouMean(words[0], names), "unknown measure %s", words[0])
	}
	if ways := []string{"drops", "rises", "worsens"}; !slices.Contains(ways, c.way) {
		return c, wrong(didYouMean(c.way, ways), "want drops, rises or worsens, got %s", c.way)
	}
	if len(words) == 3 {
		return c, c.amount(words[2])
	}
	return c, nil
}

// amount reads by how much a measure may move.
func (c *condition) amount(s string) error {
	if strings.Contains(s, "/") {
		a, err := availability(s)
		if c.measure != model.Availability && c.measure != model.Unavailability && c.measure != model.Downtime {
			return wrong(conditionHint, "only availability and downtime move by a time, got %s with %s", s, c.measure)
		}
		c.down = a.Q
		return err
	}
	p, err := dsl.Probability(s)
	if err != nil {
		return wrong(conditionHint, "%s: %w", s, err)
	}
	c.part = p.P
	return nil
}

// true lists the conditions that came true, and where.
func (c conditions) true(d *report.Diff, was, is *report.Side) []string {
	list := []string{}
	for _, one := range c {
		var where []string
		switch one.event {
		case breaks:
			where = d.Broken()
		case appears:
			where = d.NewSingles()
		default:
			where = one.moved(was.Results, is.Results)
		}
		if len(where) > 0 {
			list = append(list, fmt.Sprintf("%s (%s)", one.text, strings.Join(where, ", ")))
		}
	}
	return list
}

// moved names the targets of which the measure moves too far.
func (c *condition) moved(before, after []model.Result) []string {
	var names []string
	for i := range after {
		is := &after[i]
		for k := range before {
			if was := &before[k]; was.Target.Name == is.Target.Name && report.Moved(was, is, c.measure) && c.tooFar(was, is) {
				names = append(names, is.Target.Name)
			}
		}
	}
	return names
}

// tooFar says whether a measure that moved did so in the wrong direction by
// more than is allowed. The change of an availability is told from what is
// missing to 1, of which it may be a small part.
func (c *condition) tooFar(was, is *model.Result) bool {
	a, before := was.Find(c.measure)
	b, after := is.Find(c.measure)
	if !before || !after {
		return false
	}
	rise := b.Value - a.Value
	if u, known := was.Find(c.measure.Missing()); known {
		v, _ := is.Find(c.measure.Missing())
		rise = u.Value - v.Value
	}
	if c.way == "drops" || c.way == "worsens" && c.measure.MoreIsBetter() {
		rise = -rise
	}
	if c.measure == model.Downtime {
		rise /= model.Year
	}
	if c.part > 0 {
		return rise > c.part*math.Abs(a.Value)
	}
	return rise > c.down
}
