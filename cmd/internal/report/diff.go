package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/big"
	"slices"
	"strings"

	"nines/model"
)

// A Side is what diff has found out about one version of a model.
type Side struct {
	Checked
	Explanations []model.Explanation // of some targets; their cut sets are compared
}

// A Change is a statement that is not the same in both versions.
type Change struct {
	Kind  string   `json:"kind"` // its first word
	Name  string   `json:"name,omitempty"`
	How   string   `json:"change"` // "added", "removed" or "changed"
	Lines []string `json:"lines"`  // that differ, each after "+ " or "- "
}

// A Diff is the difference between two versions of a model, as all of its
// formats tell it.
type Diff struct {
	FormatVersion string              `json:"format_version"`
	Command       string              `json:"command"`
	Old           diffSide            `json:"old"`
	New           diffSide            `json:"new"`
	Changes       []Change            `json:"changes"`
	Results       []resultChange      `json:"results"`
	Requirements  []requirementChange `json:"requirements"`
	Cuts          []cutChange         `json:"cuts"`
	Failed        []string            `json:"failed"` // conditions that were not to come true, and did
}

type (
	diffSide struct {
		File      string    `json:"file"`
		Model     string    `json:"model"`
		Scenario  string    `json:"scenario,omitempty"`
		Set       []setting `json:"set,omitempty"`
		FaultTree bool      `json:"fault_tree,omitempty"`
	}
	// A resultChange is a target before and after; one of them is missing where
	// it was added or removed.
	resultChange struct {
		Name     string   `json:"name"`
		Title    string   `json:"title,omitempty"`
		Kind     string   `json:"kind"`
		How      string   `json:"change"` // "added", "removed", "changed" or "unchanged"
		Before   *figures `json:"before,omitempty"`
		After    *figures `json:"after,omitempty"`
		Downtime *float64 `json:"downtime_change,omitempty"` // s/y
		Nines    *float64 `json:"nines_change,omitempty"`
	}
	requirementChange struct {
		Text   string     `json:"text"`
		Name   string     `json:"name"`
		How    string     `json:"change"` // "added", "removed", "breaks", "repaired" or "unchanged"
		Before *judgement `json:"before,omitempty"`
		After  *judgement `json:"after,omitempty"`
	}
	cutChange struct {
		Name        string   `json:"name"`
		How         string   `json:"change"` // "appears" or "vanishes"
		Events      []string `json:"events"`
		Probability float64  `json:"probability"`
	}
)

// NewDiff compares two versions.
func NewDiff(before, after *Side, changes []Change) *Diff {
	d := &Diff{
		FormatVersion: FormatVersion, Command: "diff", Old: newDiffSide(before), New: newDiffSide(after),
		Changes: changes, Results: []resultChange{}, Requirements: []requirementChange{}, Cuts: []cutChange{}, Failed: []string{},
	}
	if changes == nil {
		d.Changes = []Change{}
	}
	d.results(before, after)
	d.requirements(before, after)
	for i := range before.Explanations {
		for k := range after.Explanations {
			if was, is := &before.Explanations[i], &after.Explanations[k]; was.Target.Name == is.Target.Name {
				d.cuts(is, was, "appears")
				d.cuts(was, is, "vanishes")
			}
		}
	}
	return d
}

func newDiffSide(s *Side) diffSide {
	return diffSide{s.File, s.System.Title, s.Scenario, s.settings(), s.FaultTree}
}

// Formats that a difference can be written in.
func (d *Diff) Formats() []string { return []string{"text", "json", "markdown"} }

// Write writes the difference in one of the formats of diff.
func (d *Diff) Write(w io.Writer, format string, look Look) error {
	switch format {
	case "json":
		return encode(w, "  ", d)
	case "markdown":
		return d.markdown(w)
	}
	return d.text(w, look)
}

// results pairs the targets: those of the new version in its order, then those
// that are gone.
func (d *Diff) results(before, after *Side) {
	for i := range after.Results {
		is := &after.Results[i]
		c := resultChange{Name: is.Target.Name, Title: is.Target.Title, Kind: is.Target.Kind, How: "added", After: (*figures)(&is.Values)}
		if was := find(before.Results, is.Target.Name); was != nil {
			c.Before = (*figures)(&was.Values)
			c.compare(was, is)
		}
		d.Results = append(d.Results, c)
	}
	for i := range before.Results {
		if was := &before.Results[i]; find(after.Results, was.Target.Name) == nil {
			d.Results = append(d.Results, resultChange{Name: was.Target.Name, Title: was.Target.Title, Kind: was.Target.Kind, How: "removed", Before: (*figures)(&was.Values)})
		}
	}
}

func find(results []model.Result, name string) *model.Result {
	i := slices.IndexFunc(results, func(r model.Result) bool { return r.Target.Name == name })
	if i < 0 {
		return nil
	}
	return &results[i]
}

func (c *resultChange) compare(was, is *model.Result) {
	c.How = "unchanged"
	for _, m := range model.Measures() {
		if Moved(was, is, m) {
			c.How = "changed"
		}
	}
	u, known := was.Find(model.Unavailability)
	v, both := is.Find(model.Unavailability)
	if known && both {
		down := (v.Value - u.Value) * model.Year
		c.Downtime, c.Nines = &down, number64(math.Log10(u.Value)-math.Log10(v.Value))
	}
}

// alike is the relative difference up to which figures are the same.
const alike = 1e-9

// Moved says whether a measure differs by more than its error, which is told from
// what is missing to 1 where that is a measure by itself.
func Moved(was, is *model.Result, m model.Measure) bool {
	if _, known := was.Find(m.Missing()); known {
		m = m.Missing()
	}
	a, before := was.Find(m)
	b, after := is.Find(m)
	switch {
	case !before || !after:
		return before != after
	case bounded(a) && bounded(b):
		return a.Low > b.High || b.Low > a.High
	}
	return math.Abs(a.Value-b.Value) > alike*max(math.Abs(a.Value), math.Abs(b.Value))
}

// requirements pairs them by their texts.
func (d *Diff) requirements(before, after *Side) {
	old := map[string]*judgement{}
	var gone []*judgement
	for i := range before.Verdicts {
		j := newJudgement(&before.Verdicts[i], before.System)
		if old[j.Text] == nil { // what is required twice is required once
			old[j.Text] = &j
			gone = append(gone, &j)
		}
	}
	for i := range after.Verdicts {
		is := newJudgement(&after.Verdicts[i], after.System)
		c := requirementChange{Text: is.Text, Name: is.Name, How: "added", After: &is}
		if was := old[is.Text]; was != nil {
			c.Before, c.How = was, turn(was.Status, is.Status)
			gone = slices.DeleteFunc(gone, func(j *judgement) bool { return j == was })
		}
		d.Requirements = append(d.Requirements, c)
	}
	for _, was := range gone {
		d.Requirements = append(d.Requirements, requirementChange{Text: was.Text, Name: was.Name, How: "removed", Before: was})
	}
}

func turn(was, is model.Status) string {
	switch {
	case was == model.Pass && is != model.Pass:
		return "breaks"
	case was != model.Pass && is == model.Pass:
		return "repaired"
	}
	return "unchanged"
}

// cuts adds the cut sets of one explanation that the other lacks. Where the
// other is too long to be listed, those that would be listed first.
func (d *Diff) cuts(of, other *model.Explanation, how string) {
	known := map[string]bool{}
	for _, c := range other.Cuts.Listed {
		known[cutKey(c)] = true
	}
	least := 0.0
	listed := big.NewInt(int64(len(other.Cuts.Listed)))
	if n := len(other.Cuts.Listed); n > 0 && (other.Cuts.Count == nil || other.Cuts.Count.Cmp(listed) != 0) {
		least = other.Cuts.Listed[n-1].Probability
	}
	for _, c := range of.Cuts.Listed {
		if !known[cutKey(c)] && c.Probability > least {
			d.Cuts = append(d.Cuts, cutChange{of.Target.Name, how, eventNames(c.Events), c.Probability})
		}
	}
}

func cutKey(c model.Cut) string {
	names := eventNames(c.Events)
	slices.Sort(names)
	return strings.Join(names, "\x00")
}

// headline tells the worst, or else the best, and what becomes of requirements.
func (d *Diff) headline() (text string, worse, better bool) {
	var parts []string
	if c := d.extreme(1); c != nil {
		worse = c.notable()
		parts = append(parts, d.loss(c, "loses"))
	} else if c := d.extreme(-1); c != nil {
		better = c.notable()
		parts = append(parts, d.loss(c, "gains"))
	} else if slices.ContainsFunc(d.Results, func(c resultChange) bool { return c.How != "unchanged" }) {
		parts = append(parts, "no availability changes")
	} else {
		parts = append(parts, "no measure changes")
	}
	counts := map[string]int{}
	for _, c := range d.Requirements {
		if c.How == "added" && c.After.Status != model.Pass {
			counts["new"]++
		}
		counts[c.How]++
	}
	if n := counts["breaks"]; n > 0 {
		worse = true
		parts = append(parts, plural(n, "%d requirement breaks", "%d requirements break"))
	}
	if n := counts["new"]; n > 0 {
		worse = true
		parts = append(parts, plural(n, "%d new requirement does not hold", "%d new requirements do not hold"))
	}
	if n := counts["repaired"]; n > 0 {
		better = true
		parts = append(parts, plural(n, "%d requirement holds now", "%d requirements hold now"))
	}
	return strings.Join(parts, ", "), worse, better
}

// nearlyMost is the part of the largest change from which one is as large.
const nearlyMost = 0.99

// extreme is the first target with about the largest change of its down time of
// that sign, nil if there is none.
func (d *Diff) extreme(sign float64) *resultChange {
	most := 0.0
	for _, c := range d.Results {
		if c.How == "changed" && c.Downtime != nil {
			most = max(most, *c.Downtime*sign)
		}
	}
	i := slices.IndexFunc(d.Results, func(c resultChange) bool {
		return most > 0 && c.How == "changed" && c.Downtime != nil && *c.Downtime*sign >= nearlyMost*most
	})
	if i < 0 {
		return nil
	}
	return &d.Results[i]
}

// notable says whether a change of the down time shows in three digits.
func (c *resultChange) notable() bool {
	if c.Before == nil || c.After == nil || c.Downtime == nil {
		return true
	}
	was, is := c.both()
	u, _ := was.Find(model.Unavailability)
	v, _ := is.Find(model.Unavailability)
	return math.Abs(u.Value-v.Value) >= 0.0005*max(u.Value, v.Value)
}

// loss tells what becomes of a target.
func (d *Diff) loss(c *resultChange, verb string) string {
	was, is := c.both()
	if !c.notable() {
		return "hardly any change"
	}
	if d.New.FaultTree {
		return fmt.Sprintf("%s %s (%s → %s)", clean(c.Name), map[string]string{"loses": "becomes likelier", "gains": "becomes less likely"}[verb],
			figure(was, model.Unavailability), figure(is, model.Unavailability))
	}
	return fmt.Sprintf("%s %s %s a year (%s → %s)", clean(c.Name), verb, Duration(math.Abs(*c.Downtime)),
		figure(was, model.Availability), figure(is, model.Availability))
}

// both gives what is known of a target that is in both versions.
func (c *resultChange) both() (was, is *model.Result) {
	t := model.Target{Name: c.Name, Title: c.Title, Kind: c.Kind}
	return &model.Result{Target: t, Values: *c.Before}, &model.Result{Target: t, Values: *c.After}
}

// byProbability orders changes of cut sets, single points of failure first.
func byProbability(a, b cutChange) int {
	return cmp.Or(cmp.Compare(min(len(a.Events), 2), min(len(b.Events), 2)), cmp.Compare(b.Probability, a.Probability))
}

// Broken lists the requirements that held and do not any more.
func (d *Diff) Broken() []string {
	var list []string
	for _, c := range d.Requirements {
		if c.How == "breaks" {
			list = append(list, required(c.Text))
		}
	}
	return list
}

// NewSingles lists what takes a target down by itself and did not before.
func (d *Diff) NewSingles() []string {
	var list []string
	for _, c := range d.Cuts {
		if c.How == "appears" && len(c.Events) == 1 {
			list = append(list, clean(c.Events[0]+" of "+c.Name))
		}
	}
	return list
}
