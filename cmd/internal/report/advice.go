package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"nines/model"
)

// changes says what to change first: what can be done, and beside it what the
// same parts would save if they never failed.
func (v subject) changes() passage {
	p := passage{align: "lrrrr", head: []string{"", "SAVES", "", "NINES", "IF PERFECT"}}
	if v.odds() {
		p.head[1], p.head[3] = "LESS", "FACTOR"
	}
	var harm []string
	second := false
	for _, alike := range v.alike() {
		i := alike[0]
		share := v.saved(i)
		switch {
		case share < -leastGain:
			harm = append(harm, fmt.Sprintf("%s would cost %s", v.action(alike), v.down(-share*v.Down)))
		case share >= leastGain && len(p.rows) < mostChanges:
			p.rows = append(p.rows, []string{v.action(alike), v.down(share * v.Down), percent(share), v.gain(i), v.perfect(i)})
			second = second || i.Change == model.OneMore && i.Parts == 1
		}
	}
	if second {
		p.after = append(p.after, "a second one takes over at once here; `standby` tells what a switch costs")
	}
	if len(harm) > 0 {
		p.after = append(p.after, "not advised: "+strings.Join(few(harm), "; "))
	}
	if len(p.rows)+len(harm) > 0 {
		p.heading = []string{"What to change first"}
	}
	return p
}

// saved is the share of the unavailability that an improvement saves.
func (v subject) saved(i model.Improvement) float64 { return i.Saved / model.Year / v.Down }

// perfect is what the subject of an improvement would save if it never failed.
// In a fault tree that is the improvement.
func (v subject) perfect(i model.Improvement) string {
	if v.FaultTree {
		return ""
	}
	for _, j := range v.Improvements {
		if j.Change == model.Perfect && j.Subject == i.Subject {
			return v.down(j.Saved / model.Year)
		}
	}
	return ""
}

// alike gathers the changes that can be made and that are worth the same.
func (v subject) alike() [][]model.Improvement {
	var lists [][]model.Improvement
	for _, i := range v.Improvements {
		last := len(lists) - 1
		switch {
		case !v.possible(i):
		case last >= 0 && sameWorth(lists[last][0], i):
			lists[last] = append(lists[last], i)
		default:
			lists = append(lists, []model.Improvement{i})
		}
	}
	return lists
}

// possible says whether somebody could make a change. That something never
// fails is only told where nothing else would help, and of the events of a fault
// tree, of which nobody knows if there could be more of them.
func (v subject) possible(i model.Improvement) bool {
	if v.FaultTree || i.Change != model.Perfect {
		return v.FaultTree == (i.Change == model.Perfect)
	}
	return !slices.ContainsFunc(v.Improvements, func(j model.Improvement) bool {
		return j.Subject == i.Subject && j.Change != model.Perfect && v.saved(j) >= leastGain
	})
}

func sameWorth(a, b model.Improvement) bool {
	return a.Change == b.Change && a.Parts == b.Parts && a.Where == b.Where && a.Subject.Cause == b.Subject.Cause && Number(a.Saved) == Number(b.Saved)
}

// gain is what a change is worth: the nines there will be, or how often less
// likely the failure becomes.
func (v subject) gain(i model.Improvement) string {
	switch {
	case math.IsInf(i.Nines, 1):
		return "never down"
	case v.odds():
		return Number(math.Pow(10, i.Nines))
	}
	return Nines(-math.Log10(i.Unavailability))
}

// action is the change as one would tell somebody to make it, and for what else
// it is worth the same.
func (v subject) action(alike []model.Improvement) string {
	text := action(alike[0])
	var others []string
	for _, i := range alike[1:] {
		others = append(others, subjectName(i))
	}
	if more := len(others) - namedAlike; more > 1 {
		others = append(others[:namedAlike:namedAlike], fmt.Sprintf("%d more", more))
	}
	if len(others) > 0 {
		text += "; likewise " + strings.Join(others, ", ")
	}
	return text
}

// namedAlike is how many others are named of which the same is to be said.
const namedAlike = 2

func action(i model.Improvement) string {
	name := subjectName(i)
	switch deploys := i.Subject.Cause == "deploys"; {
	case i.Change == model.OneMore:
		return more(name, i)
	case i.Change == model.Perfect && deploys:
		return fmt.Sprintf("let no bad deploy of %s through", name)
	case i.Change == model.Perfect:
		return fmt.Sprintf("rule out %s", name)
	case i.Change == model.HalfDetect && deploys:
		return fmt.Sprintf("notice bad deploys of %s in half the time", name)
	case i.Change == model.HalfDetect:
		return fmt.Sprintf("notice failures of %s in half the time", name)
	case deploys:
		return fmt.Sprintf("roll %s back in half the time", name)
	case i.Subject.Cause == "takeover":
		return fmt.Sprintf("take over in %s in half the time", name)
	case i.Subject.Cause == "itself":
		return fmt.Sprintf("restore %s itself in half the time", name)
	}
	return fmt.Sprintf("repair %s in half the time", name)
}

// subjectName names the parts of an improvement; the only member of a group
// goes without its index.
func subjectName(i model.Improvement) string {
	name := clean(i.Subject.Name)
	switch {
	case i.Parts > 1 && i.Change == model.OneMore:
		return array(name)
	case i.Parts > 1:
		return fmt.Sprintf("%s x %d", array(name), i.Parts)
	case i.Subject.Cause == "component":
		return strings.TrimSuffix(name, "[1]")
	case slices.Contains([]string{"link", "partition", "shock", "common_cause"}, i.Subject.Cause):
		return clean(i.Subject.String())
	}
	return name
}

func more(name string, i model.Improvement) string {
	text := fmt.Sprintf("one more %s (%d instead of %d)", name, i.Parts+1, i.Parts)
	switch {
	case i.Parts == 1 && i.Where == "":
		return fmt.Sprintf("a second %s beside it", name)
	case i.Parts == 1:
		text = "a second " + name
	}
	if i.Where != "" {
		text += ", in " + clean(i.Where)
	}
	return text
}
