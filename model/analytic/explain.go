package analytic

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"nines/model"
)

// ExplainOptions say what to explain. The zero value counts the cut sets of
// every target and lists none.
type ExplainOptions struct {
	Options
	Cuts   int  // cut sets that are listed
	Joint  int  // cut sets of two events and more that are listed
	Order  int  // only cut sets of up to so many events; 0: all
	Paths  int  // path sets that are listed; 0: they are not looked for
	Advise bool // also work out what to change
}

// Explain says why the targets of sys are down when they are. The diagnostics
// and errors are those of Evaluate. Where cut sets are too many for
// opts.MaxNodes only those of a smaller order are counted, see model.Cuts.
func Explain(ctx context.Context, sys *model.System, opts ExplainOptions) ([]model.Explanation, []model.Diagnostic, error) {
	opts.Budget, opts.LongRun, opts.Measures = true, true, nil
	opts.Kept = cmp.Or(opts.Kept, new(Kept))
	targets, err := choose(sys, opts.Targets)
	if err != nil {
		return nil, nil, err
	}
	list := make([]model.Explanation, len(targets))
	var notes []model.Diagnostic
	for _, c := range studies(sys, targets) {
		part := opts
		part.Options = opts.within(targets, c.targets)
		some, more, err := explainTogether(ctx, c.sys, part)
		if err != nil {
			return nil, nil, err
		}
		for k, i := range c.targets {
			list[i] = some[k]
		}
		notes = append(notes, more...)
	}
	return list, notes, nil
}

// explainTogether explains the targets that opts names by one diagram.
func explainTogether(ctx context.Context, sys *model.System, opts ExplainOptions) ([]model.Explanation, []model.Diagnostic, error) {
	e, reports, err := examine(ctx, sys, opts.Options)
	if err != nil {
		return nil, nil, err
	}
	targets := make([]model.Target, len(reports))
	for i, r := range reports {
		targets[i] = r.Target
	}
	strikes, err := newStrikes(ctx, sys, targets, opts.Options)
	if err != nil {
		return nil, nil, err
	}
	skeleton, err := newSkeleton(ctx, e, targets, opts.Options)
	if err != nil {
		return nil, nil, err
	}
	list := make([]model.Explanation, len(reports))
	notes := diagnostics(reports)
	for i, r := range reports {
		f := e.failure(r)
		list[i] = f.explain(ctx, strikes, skeleton, opts)
		notes = append(notes, f.notes(&list[i], opts)...)
	}
	if err := cmp.Or(e.m.Err(), ctx.Err()); err != nil {
		return nil, nil, err
	}
	return list, notes, nil
}

// explain says all of one target: cut sets by those parts, importance and
// changes by the diagram as it is.
func (f *failure) explain(ctx context.Context, strikes *strikes, skeleton *skeleton, opts ExplainOptions) model.Explanation {
	x := model.Explanation{Result: f.Result, Down: f.total, Importance: f.importance()}
	sets := f
	if skeleton != nil {
		sets = skeleton.failure(f.Target)
	}
	outages, _ := f.Find(model.Outages)
	x.Singles, x.Cuts = sets.singles(x.Importance, outages.Value), sets.cuts(opts)
	x.Losses, x.Overloads = strikes.losses(sets, x.Singles), f.overloads(sets)
	if f.once {
		x.At, x.Budget = f.at, f.missionBudget()
	}
	if opts.Advise {
		x.Improvements = f.improvements(ctx, opts.Options, x.Importance)
	}
	if opts.Paths > 0 {
		sets.paths(&x.Cuts, opts)
	}
	sets.primes(&x.Cuts)
	return x
}

// missionBudget divides the probability of being down at the end of the mission,
// of which no time a year comes.
func (f *failure) missionBudget() []model.Cost {
	r := *f.report
	r.down, r.Budget = f.total, nil
	f.divide([]*report{&r}, func(b *block) []float64 { return f.values[b] })
	for i := range r.Budget {
		r.Budget[i].Down = math.NaN()
	}
	return r.Budget
}

// notes say what an explanation lacks.
func (f *failure) notes(x *model.Explanation, opts ExplainOptions) []model.Diagnostic {
	var all []model.Diagnostic
	note := func(code, format string, args ...any) {
		all = append(all, model.Diagnostic{Severity: model.Note, Code: code, Summary: fmt.Sprintf(format, args...), Pos: f.Target.Pos})
	}
	var only []string
	for _, i := range x.Importance {
		if math.IsInf(i.RRW, 1) {
			only = append(only, i.String())
		}
	}
	if len(only) > 0 {
		note("N211", "no rrw of %s for %s: it would be infinite, nothing else takes it down", list(shortened(only), "or"), f.Target.Name)
	}
	c := &x.Cuts
	switch {
	case c.Count == nil:
		note("N212", "no minimal cut sets of %s: they take more than %d nodes", f.Target.Name, f.nodes(opts))
	case c.Order != opts.Order:
		note("N212", "no minimal cut sets of more than %d events of %s: all take more than %d nodes", c.Order, f.Target.Name, f.nodes(opts))
	}
	if !c.Coherent && c.Primes == nil {
		note("N213", "the prime implicants of %s are not counted: they are too many, or parts have more than two conditions", f.Target.Name)
	}
	return all
}
