package analytic

import (
	"cmp"
	"context"

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
	opts.Budget = true
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
	list := make([]model.Explanation, len(reports))
	for i, r := range reports {
		list[i] = e.explain(ctx, r, strikes, opts)
	}
	for i, r := range reports {
		f := e.failure(r)
		if opts.Paths > 0 {
			f.paths(&list[i].Cuts, opts)
		}
		f.primes(&list[i].Cuts)
	}
	if err := cmp.Or(e.m.Err(), ctx.Err()); err != nil {
		return nil, nil, err
	}
	return list, diagnostics(reports), nil
}

func (e *evaluation) explain(ctx context.Context, r *report, strikes *strikes, opts ExplainOptions) model.Explanation {
	f := e.failure(r)
	starts := f.starts()
	x := model.Explanation{Result: r.Result, Down: f.total, Importance: f.importance(starts), Singles: f.singles(starts), Cuts: f.cuts(opts)}
	x.Losses = strikes.losses(f, x.Singles)
	if f.once {
		x.At, x.Budget = e.at, nil
	}
	if opts.Advise {
		x.Improvements = f.improvements(ctx, opts.Options, x.Importance)
	}
	return x
}

// examine works out the measures of the targets that opts names.
func examine(ctx context.Context, sys *model.System, opts Options) (*evaluation, []*report, error) {
	if err := sys.Evaluable(); err != nil {
		return nil, nil, err
	}
	targets, err := choose(sys, opts.Targets)
	if err != nil {
		return nil, nil, err
	}
	e, err := build(ctx, sys, targets, opts)
	if err != nil {
		return nil, nil, err
	}
	if err := e.fill(); err != nil {
		return nil, nil, err
	}
	reports := make([]*report, len(targets))
	for i, t := range targets {
		reports[i] = e.target(t)
	}
	if opts.Budget {
		e.budget(reports)
	}
	return e, reports, cmp.Or(e.m.Err(), ctx.Err())
}

// build makes the diagram of some targets.
func build(ctx context.Context, sys *model.System, targets []model.Target, opts Options) (*evaluation, error) {
	d, err := newDiagram(ctx, model.NewStructure(sys), targets, opts)
	if err != nil {
		return nil, err
	}
	return newEvaluation(d, opts.At), d.m.Err()
}
