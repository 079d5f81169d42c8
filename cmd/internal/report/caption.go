package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// GraphCaption says what a drawing of the architecture shows: what the colours
// are shares of, or what has failed; domains, whether they are in it.
func GraphCaption(r *Report, list []model.Explanation, down []string, domains bool) chart.Caption {
	variants := []Variant{{Explained: &Explained{Report: *r}}}
	k := chart.Caption{Head: cmp.Or(clean(r.System.Title), clean(r.File)), Source: source(variants, method(found(variants, model.Unavailability)))}
	if len(down) > 0 {
		k.Below = "what goes down with " + clean(strings.Join(down, ", "))
		return k
	}
	x := &list[0]
	time, _ := x.Find(model.Downtime)
	switch {
	case x.At > 0:
		k.Below = "probability to be up at the end of the mission of " + Period(x.At) + "; colours: where the rest comes from"
	case len(x.Budget) == 0:
		return k
	case len(list) > 1:
		k.Below = "colours: where the down time of each system comes from"
	default:
		k.Below = fmt.Sprintf("colours: where the %s a year of %s come from", Duration(time.Value), x.Target.Name)
	}
	if len(list) > 1 {
		return k
	}
	share := 0.0
	for _, c := range x.Budget {
		if c.Cause == "domain" && !needed(r.System, c.Name) {
			share += c.Share
		}
	}
	if !domains && share >= leastShare {
		k.Below += fmt.Sprintf("; %s come from failure domains, which are not shown", percent(share))
	}
	return k
}

// needed says whether something needs a part by its name, and not only since it
// stands in it.
func needed(sys *model.System, name string) bool {
	return slices.ContainsFunc(sys.Nodes, func(n model.Node) bool { return n.Kind == model.Leaf && sys.Parts[n.Part].Name == name })
}
