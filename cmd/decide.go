package cmd

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
	"nines/montecarlo"
)

// decideFlags say how requirements are decided.
type decideFlags struct {
	limitFlags
	simulate   bool
	confidence share
	time       duration
	seed       uint64
	workers    int
}

func (f *decideFlags) bind(c *cobra.Command) {
	f.confidence = share{model.ProbOf(0.99), "99%"}
	flags := c.Flags()
	flags.BoolVar(&f.simulate, "simulate", false, "decide by simulation also what has an exact answer")
	flags.Var(&f.confidence, "confidence", "confidence `P` of what simulation decides")
	flags.Var(&f.time, "time", "simulate for the time `T` at most (default some seconds a model, counted in events)")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers")
	flags.IntVar(&f.workers, "workers", 0, "use `N` cores; the result is the same (default all)")
	f.limitFlags.bind(c)
}

func (f *decideFlags) check() error {
	if f.workers < 0 {
		return wrong("leave the flag out for the default", "--workers wants a number above zero")
	}
	return f.limitFlags.check()
}

// A decision is on the way to the verdicts on one model.
type decision struct {
	*decideFlags
	sys      *model.System
	kept     *analytic.Kept
	verdicts []model.Verdict // in the order of the file
	results  []model.Result
}

// decide gives the verdicts on a model: exactly where there is a method, else
// by simulation. What it has no answer for stays undecided, with a reason.
// Only what is required of some systems is decided, if they are named.
func (p *program) decide(ctx context.Context, m *report.Checked, systems []string, f *decideFlags) error {
	d := &decision{decideFlags: f, sys: m.System, kept: &p.kept, verdicts: open(m.System, systems)}
	done := p.watch("checking")
	err := d.exactly(ctx)
	done()
	if err != nil {
		m.Wrong, m.Diagnostics = true, append(m.Diagnostics, model.Diagnostic{Summary: err.Error(), Help: unsettledHint, Pos: model.Pos{File: m.File}})
		return nil
	}
	m.Simulation, err = p.simulateOpen(ctx, d)
	d.advise(ctx)
	m.Verdicts, m.Results, m.Partial = d.verdicts, d.results, ctx.Err() != nil
	return err
}

// open lists what is to be decided, in the order of the file.
func open(sys *model.System, systems []string) []model.Verdict {
	var list []model.Verdict
	for i := range sys.Requirements {
		q := &sys.Requirements[i]
		if len(systems) == 0 || slices.Contains(systems, sys.Targets[q.Target].Name) {
			list = append(list, model.Verdict{Requirement: q, Status: model.Undecided, Open: true})
		}
	}
	slices.SortStableFunc(list, func(a, b model.Verdict) int { return a.Requirement.Pos.Line - b.Requirement.Pos.Line })
	return list
}

// options are those of the exact engine for some targets.
func (d *decision) options(of []*model.Verdict) analytic.Options {
	opts := analytic.Options{MaxNodes: d.maxNodes, MaxStates: d.maxStates, Measures: []model.Measure{}, Kept: d.kept}
	for _, v := range of {
		q := v.Requirement
		if name := d.sys.Targets[q.Target].Name; !slices.Contains(opts.Targets, name) {
			opts.Targets = append(opts.Targets, name)
		}
		opts.At = q.At
		if !slices.Contains(opts.Measures, q.Measure) {
			opts.Measures = append(opts.Measures, q.Measure)
		}
	}
	return opts
}

// exactly decides what analysis decides. An error is that of a model that is
// wrong; one of the engine leaves requirements open.
func (d *decision) exactly(ctx context.Context) error {
	ctx, stop := d.within(ctx, time.Now())
	defer stop()
	groups := map[float64][]*model.Verdict{}
	var times []float64
	for i := range d.verdicts {
		v := &d.verdicts[i]
		switch at := v.Requirement.At; {
		case v.Requirement.Survives != nil:
			found, err := analytic.Survives(ctx, d.sys, v.Requirement, d.options(nil))
			if err == nil {
				*v = found
			} else if err = failed(because(ctx, err), v); err != nil {
				return err
			}
		case d.simulate:
		default:
			if groups[at] == nil {
				times = append(times, at)
			}
			groups[at] = append(groups[at], v)
		}
	}
	for _, at := range times {
		if err := d.evaluate(ctx, groups[at]); err != nil {
			return err
		}
	}
	return nil
}

// failed leaves requirements open for the reason err, unless that is a mistake
// in the model.
func failed(err error, open ...*model.Verdict) error {
	if errors.Is(err, model.ErrUnsettled) {
		return err
	}
	for _, v := range open {
		v.Reason = err.Error()
		if errors.Is(err, context.Canceled) {
			v.Reason = "interrupted"
		}
	}
	return nil
}

// evaluate decides requirements on measures at the same time.
func (d *decision) evaluate(ctx context.Context, group []*model.Verdict) error {
	results, _, err := bestOf(ctx, d.sys, d.options(group))
	if err != nil {
		return failed(err, group...)
	}
	for i := range results {
		r := &results[i]
		for _, v := range group {
			if d.sys.Targets[v.Requirement.Target].Name == r.Target.Name {
				*v = v.Requirement.Judge(r)
			}
		}
		d.keep(r)
	}
	return nil
}

// keep adds what is known of a target to what was known before.
func (d *decision) keep(r *model.Result) {
	i := slices.IndexFunc(d.results, func(known model.Result) bool { return known.Target.Name == r.Target.Name })
	if i < 0 {
		d.results = append(d.results, *r)
		return
	}
	for _, v := range r.Values {
		if _, known := d.results[i].Find(v.Measure); !known {
			d.results[i].Values = append(d.results[i].Values, v)
		}
	}
}

// simulateOpen decides by simulation what is still open, and says how much of
// it there was.
func (p *program) simulateOpen(ctx context.Context, d *decision) (*report.Simulation, error) {
	var open []*model.Verdict
	var list []*model.Requirement
	for i := range d.verdicts {
		if v := &d.verdicts[i]; v.Open && v.Requirement.Survives == nil {
			open, list = append(open, v), append(list, v.Requirement)
		}
	}
	if list == nil || ctx.Err() != nil {
		return nil, nil
	}
	goal := goal{time: seconds(d.time.seconds)}
	bar := p.progress()
	found, done, err := montecarlo.Decide(ctx, d.sys, list, montecarlo.Options{
		Time: goal.time, Confidence: d.confidence.p.P, Seed: d.seed, Workers: d.workers,
		Progress: func(now montecarlo.Progress) { bar.show(goal.describe(now)) },
	})
	bar.clear()
	if err != nil {
		return nil, failed(err, open...)
	}
	for i, v := range open {
		switch {
		case found[i].Value != nil || v.Value == nil && v.Reason == "":
			*v = found[i]
		case v.Value != nil:
			v.Reason = found[i].Reason
		}
	}
	return &report.Simulation{Seed: d.seed, Runs: done.Runs, Events: done.Events, Confidence: d.confidence.p.P, Partial: done.Partial}, nil
}
