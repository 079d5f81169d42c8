package report

import (
	"cmp"
	"fmt"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// GraphCaption says what a drawing of the architecture shows: what the colours
// are shares of, or what has failed.
func GraphCaption(r *Report, x *model.Explanation, down []string) chart.Caption {
	list := []Variant{{Explained: &Explained{Report: *r}}}
	k := chart.Caption{Head: cmp.Or(clean(r.System.Title), clean(r.File)), Source: source(list, method(found(list, model.Unavailability)))}
	if len(down) > 0 {
		k.Below = "what goes down with " + clean(strings.Join(down, ", "))
		return k
	}
	if x == nil || len(x.Budget) == 0 {
		return k
	}
	time, _ := x.Find(model.Downtime)
	k.Below = fmt.Sprintf("colours: where the %s a year of %s come from", Duration(time.Value), x.Target.Name)
	domains := 0.0
	for _, c := range x.Budget {
		if c.Cause == "domain" {
			domains += c.Share
		}
	}
	if domains >= leastShare {
		k.Below += fmt.Sprintf("; %s come from failure domains", percent(domains))
	}
	return k
}
