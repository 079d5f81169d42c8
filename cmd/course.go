package cmd

import (
	"cmp"
	"context"

	"nines/cmd/internal/chart"
	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
	"nines/montecarlo"
)

// steps in which a measure is followed over time, by a chart and by one of many
// on a page.
const (
	steps    = 60
	fewSteps = 24
)

// course follows a measure of the targets of all variants over the mission.
func (p *program) course(ctx context.Context, variants []report.Variant, f *plotFlags, m model.Measure) (chart.Picture, error) {
	var courses []report.Course
	for i, v := range variants {
		targets := f.systems
		if targets == nil {
			targets = explainable(v.System)
		}
		opts := analytic.Options{At: v.System.Mission, Targets: targets, MaxNodes: f.maxNodes, MaxStates: f.maxStates, Measures: []model.Measure{m}}
		if f.mission.seconds == 0 {
			at, err := telling(ctx, v.System, opts, m)
			if err != nil && !(f.simulate && limit(err)) {
				return nil, err
			}
			opts.At = cmp.Or(at, opts.At)
		}
		found, err := p.courses(ctx, v, opts, m, f)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			c.Variant = i
			courses = append(courses, c)
		}
	}
	return report.CourseChart(variants, m, courses), nil
}

// courses follows a measure exactly, or by simulation where that is wanted or
// there is no other way.
func (p *program) courses(ctx context.Context, v report.Variant, opts analytic.Options, m model.Measure, f *plotFlags) ([]report.Course, error) {
	if !f.simulate {
		found, err := p.follow(ctx, opts, m, cmp.Or(f.steps, steps), exactly(v.System))
		if !unknowable(err) {
			return found, err
		}
	}
	found, err := p.follow(ctx, opts, m, fewSteps, f.drawn(v.System))
	if err == nil {
		last := found[0].Values[fewSteps]
		v.Simulation = &report.Simulation{Seed: f.seed, Runs: last.Runs, Confidence: plotConfidence}
	}
	return found, err
}

// An engine works out what options ask for.
type engine func(ctx context.Context, opts analytic.Options) ([]model.Result, error)

func exactly(sys *model.System) engine {
	return func(ctx context.Context, opts analytic.Options) ([]model.Result, error) {
		results, _, err := analytic.Evaluate(ctx, sys, opts)
		return results, err
	}
}

// drawn simulates the same runs for every time, so that courses are smooth.
func (f *plotFlags) drawn(sys *model.System) engine {
	return func(ctx context.Context, opts analytic.Options) ([]model.Result, error) {
		found, err := montecarlo.Simulate(ctx, sys, montecarlo.Options{
			Runs: f.runs, Seed: f.seed, Confidence: plotConfidence, At: opts.At, Targets: opts.Targets, Workers: 1,
		})
		if err != nil {
			return nil, err
		}
		return found.Results, ctx.Err()
	}
}

// follow asks for a measure of some targets at equal steps up to opts.At, or at
// growing ones for a measure that soon settles. At time 0 everything is up.
func (p *program) follow(ctx context.Context, opts analytic.Options, m model.Measure, steps int, ask engine) ([]report.Course, error) {
	results := make([][]model.Result, steps)
	err := p.each(ctx, steps, func(ctx context.Context, i int) error {
		at, share := opts, float64(i+1)/float64(steps)
		if at.At *= share; m == model.PointAvailability {
			at.At *= share
		}
		var err error
		results[i], err = ask(ctx, at)
		return err
	})
	if err != nil {
		return nil, err
	}
	var courses []report.Course
	for t := range results[0] {
		c := report.Course{Target: results[0][t].Target, Values: []model.Value{{Measure: m, Value: 1, Method: model.Exact}}}
		for i := range results {
			value, ok := results[i][t].Find(m)
			if !ok {
				return nil, absent("no %s of %s", m, c.Target.Name)
			}
			c.Values = append(c.Values, value)
		}
		courses = append(courses, c)
	}
	return courses, nil
}

// lifetime follows the reliability of one target until little is left.
func (p *program) lifetime(ctx context.Context, variants []report.Variant, f *plotFlags) (chart.Picture, error) {
	if len(variants) != 1 {
		return nil, wrong("--kind reliability compares several", "a chart of %s is that of one model, got %d", f.kind.value, len(variants))
	}
	v := variants[0]
	target, err := f.only(v.System)
	if err != nil {
		return nil, err
	}
	opts := analytic.Options{Targets: []string{target}, MaxNodes: f.maxNodes, MaxStates: f.maxStates, At: f.mission.seconds, Measures: []model.Measure{model.Reliability, model.MTTF}}
	results, _, err := analytic.Evaluate(ctx, v.System, opts)
	if err != nil {
		return nil, err
	}
	mttf, known := results[0].Find(model.MTTF)
	if opts.At == 0 && known {
		if opts.At, err = lasting(ctx, v.System, opts, mttf.Value); err != nil {
			return nil, err
		}
	} else if opts.At == 0 {
		opts.At = v.System.Mission
	}
	if _, known := results[0].Find(model.Reliability); !known {
		return p.spread(ctx, variants, f)
	}
	courses, err := p.follow(ctx, opts, model.Reliability, steps, exactly(v.System))
	if err != nil {
		return nil, err
	}
	return report.LifetimeChart(v, courses[0], mttf), nil
}

// telling is the part of the mission in which a measure of one of the targets
// at least still changes: the half of it is taken as long as after that half
// next to nothing is left of what it falls by.
func telling(ctx context.Context, sys *model.System, opts analytic.Options, m model.Measure) (float64, error) {
	const most = 40 // halvings
	end, _, err := analytic.Evaluate(ctx, sys, opts)
	if err != nil {
		return 0, err
	}
	for range most {
		half := opts
		half.At /= 2
		results, _, err := analytic.Evaluate(ctx, sys, half)
		if err != nil {
			return 0, err
		}
		for i := range results {
			last, known := end[i].Find(m)
			if now, ok := results[i].Find(m); !ok || !known || now.Value-last.Value >= little*(1-last.Value) {
				return opts.At, nil
			}
		}
		opts = half
	}
	return opts.At, nil
}

// Until little is left, and how much longer than the mean that may take.
const (
	little  = 0.02
	longest = 32
)

// lasting is a time that few outlast.
func lasting(ctx context.Context, sys *model.System, opts analytic.Options, mean float64) (float64, error) {
	for opts.At = mean; opts.At < longest*mean; opts.At *= 1.25 {
		results, _, err := analytic.Evaluate(ctx, sys, opts)
		if err != nil {
			return 0, err
		}
		if r, ok := results[0].Find(model.Reliability); !ok || r.Value < little {
			break
		}
	}
	return opts.At, nil
}
