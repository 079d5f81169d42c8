package analytic

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"nines/model"
	"nines/model/markov"
)

// Options say what to evaluate. The zero value evaluates every target over
// the mission of the system.
type Options struct {
	At       float64  // s; argument of reliability and the point and interval availabilities; 0: the mission
	Targets  []string // names to report; nil: all
	Budget   bool     // also work out where the down time comes from
	MaxNodes int      // of the decision diagram; 0: ten million, which takes about 2 GB

	MaxStates int             // of a Markov chain; 0: 300,000 of parts that interact, two million for first outages
	LongRun   bool            // of what is repaired only the measures of the long run
	Measures  []model.Measure // that are wanted, beside unavailability and what it says at once; nil: all

	Kept *Kept // what this evaluation shares with others; nil: nothing

	among int // how many targets share the work on first outages; 0: those that are evaluated
}

const (
	defaultMaxNodes  = 10_000_000
	defaultMaxStates = 2_000_000
	defaultMaxJoint  = 300_000
)

// wants says whether any of some measures is.
func (o *Options) wants(measures ...model.Measure) bool {
	return o.Measures == nil || slices.ContainsFunc(measures, func(m model.Measure) bool { return slices.Contains(o.Measures, m) })
}

// Evaluate works out the measures of the targets of sys. The diagnostics are
// notes that say which measure is absent for which target, and why.
//
// Errors are model.ErrUnsettled, ErrDeploys, bdd.ErrNodes or the error of ctx,
// possibly wrapped, and a name in opts.Targets that sys does not have.
func Evaluate(ctx context.Context, sys *model.System, opts Options) ([]model.Result, []model.Diagnostic, error) {
	targets, err := choose(sys, opts.Targets)
	if err != nil {
		return nil, nil, err
	}
	opts.Kept = cmp.Or(opts.Kept, new(Kept))
	reports := make([]*report, len(targets))
	for _, c := range studies(sys, targets) {
		_, some, err := examine(ctx, c.sys, opts.within(targets, c.targets))
		if err != nil {
			return nil, nil, err
		}
		for k, i := range c.targets {
			reports[i] = some[k]
			if c.sys != sys && opts.wants(model.Degraded) {
				if err := some[k].degrade(ctx, sys, opts); err != nil {
					return nil, nil, err
				}
			}
		}
	}
	notes := diagnostics(reports)
	results := make([]model.Result, len(reports))
	for i, r := range reports {
		results[i] = r.Result
	}
	return results, notes, nil
}

// within are the options for some of the targets.
func (o Options) within(targets []model.Target, some []int) Options {
	o.Targets, o.among = nil, len(targets)
	for _, i := range some {
		o.Targets = append(o.Targets, targets[i].Name)
	}
	return o
}

// examine works out the measures of the targets that opts names in one diagram.
func examine(ctx context.Context, sys *model.System, opts Options) (*evaluation, []*report, error) {
	targets, err := choose(sys, opts.Targets)
	if err != nil {
		return nil, nil, err
	}
	e, err := build(ctx, sys, targets, opts)
	if err != nil {
		return nil, nil, err
	}
	if opts.wants(model.Degraded) {
		if err := e.fill(); err != nil {
			return nil, nil, err
		}
	}
	e.waiting = len(targets)
	e.work = e.work * len(targets) / cmp.Or(opts.among, len(targets), 1)
	reports := make([]*report, len(targets))
	for i, t := range targets {
		reports[i] = e.target(t, opts)
	}
	if opts.wants(model.PointAvailability, model.IntervalAvailability) {
		e.overTime(reports)
	}
	for _, r := range reports {
		if !e.tolerable(r) {
			return nil, nil, fmt.Errorf("%s: %w", r.Target.Name, markov.ErrSize)
		}
		e.widen(r)
		e.qualify(r)
		if err := e.durability(ctx, r, opts); err != nil {
			return nil, nil, err
		}
		r.sort()
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
	return newEvaluation(d, opts), d.m.Err()
}

// choose gives the targets of those names in the order of the system.
func choose(sys *model.System, names []string) ([]model.Target, error) {
	if names == nil {
		return sys.Targets, nil
	}
	var chosen []model.Target
	for _, t := range sys.Targets {
		if slices.Contains(names, t.Name) {
			chosen = append(chosen, t)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(chosen, func(t model.Target) bool { return t.Name == name }) {
			return nil, fmt.Errorf("no system, service or store is called %q", name)
		}
	}
	return chosen, nil
}
