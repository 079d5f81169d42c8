package cmd

import (
	"context"
	"math"
	"slices"
	"time"

	"nines/model"
	"nines/model/analytic"
)

// mostAdvised is for how many requirements a remedy is looked for.
const mostAdvised = 20

// advise finds for the first requirements that fail the first change that
// helps. It is left out where it would take too much.
func (d *decision) advise(ctx context.Context) {
	var failed []*model.Verdict
	for i := range d.verdicts {
		if v := &d.verdicts[i]; v.Status == model.Fail && len(failed) < mostAdvised {
			failed = append(failed, v)
		}
	}
	if failed == nil || ctx.Err() != nil {
		return
	}
	ctx, stop := d.within(ctx, time.Now())
	defer stop()
	opts := d.options(failed)
	opts.At = 0
	list, _, err := analytic.Explain(ctx, d.sys, analytic.ExplainOptions{Options: opts, Advise: true})
	if err != nil {
		return
	}
	for _, v := range failed {
		name := d.sys.Targets[v.Requirement.Target].Name
		x := &list[slices.IndexFunc(list, func(x model.Explanation) bool { return x.Target.Name == name })]
		if v.Requirement.Survives != nil {
			v.Remedy = copyOf(v.Broken, x)
		} else {
			v.Remedy, v.Enough = best(v, x)
		}
	}
}

// helps says whether a change does good to a measure. Quicker repair makes no
// outage less, and another copy none shorter.
func helps(i model.Improvement, m model.Measure) bool {
	switch m {
	case model.Outages, model.MTBF, model.MeanUp, model.MTTF, model.Reliability:
		return i.Change == model.OneMore && i.Saved > 0
	case model.Durability, model.DataLoss, model.MTTDL:
		return false
	case model.MeanOutage:
		return (i.Change == model.HalfRepair || i.Change == model.HalfDetect) && i.Saved > 0
	}
	return i.Change != model.Perfect && i.Saved > 0
}

// best is the change that saves most, and whether it is enough.
func best(v *model.Verdict, x *model.Explanation) (*model.Improvement, bool) {
	i := slices.IndexFunc(x.Improvements, func(i model.Improvement) bool { return helps(i, v.Requirement.Measure) })
	if i < 0 {
		return nil, false
	}
	c := &x.Improvements[i]
	changed := model.Result{}
	for m, value := range map[model.Measure]float64{
		model.Availability: 1 - c.Unavailability, model.Unavailability: c.Unavailability,
		model.Nines: -math.Log10(c.Unavailability), model.Downtime: c.Unavailability * model.Year,
	} {
		changed.Values = append(changed.Values, model.Value{Measure: m, Value: value, Method: model.Exact})
	}
	return c, v.Requirement.Judge(&changed).Status == model.Pass
}

// copyOf is one more of a part without which the target is down: of one that is
// named, or that stands in a domain that is.
func copyOf(broken [][]string, x *model.Explanation) *model.Improvement {
	var down []string
	for _, names := range broken {
		down = append(down, names...)
	}
	for _, l := range x.Losses {
		if slices.Contains(down, l.Domain.Name) {
			down = append(down, l.Alone...)
		}
	}
	i := slices.IndexFunc(x.Improvements, func(i model.Improvement) bool {
		return i.Change == model.OneMore && slices.Contains(down, i.Subject.Name)
	})
	if i < 0 {
		return nil
	}
	return &x.Improvements[i]
}
