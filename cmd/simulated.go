package cmd

import (
	"context"
	"fmt"

	"nines/cmd/internal/chart"
	"nines/cmd/internal/report"
	"nines/model"
	"nines/montecarlo"
)

// plotRuns are enough for a smooth picture.
const plotRuns = 2000

// confidence of the bands of a picture.
const plotConfidence = 0.95

// spread simulates one target of every variant and shows a distribution.
func (p *program) spread(ctx context.Context, variants []report.Variant, f *plotFlags) (chart.Picture, error) {
	var charts []*chart.Distribution
	for _, v := range variants {
		target, err := f.only(v.System)
		if err != nil {
			return nil, err
		}
		r, err := p.drawLots(ctx, v, target, f)
		if err != nil {
			return nil, err
		}
		c, err := f.distribution(v, r)
		if err != nil {
			return nil, err
		}
		charts = append(charts, c)
	}
	if len(charts) == 1 && len(charts[0].Above) < 2 {
		return nil, absent("next to no down time was seen in %s", report.Period(f.window.seconds))
	}
	if len(charts) == 1 {
		return charts[0], nil
	}
	return report.SpreadCurves(variants, charts), nil
}

// distribution is the chart of a kind.
func (f *plotFlags) distribution(v report.Variant, r *model.Result) (*chart.Distribution, error) {
	d := r.Spread
	switch {
	case f.kind.value == downtimeKind && len(d.Windows) > 0:
		return report.DowntimeChart(v, r), nil
	case f.kind.value == outagesKind && d.Outage != nil:
		return report.OutageChart(v, r), nil
	case f.kind.value == firstOutageKind && d.FirstFailure != nil:
		return report.SimulatedLifetimeChart(v, r), nil
	}
	return nil, absent("nothing was seen of %s of %s in %d runs", f.kind.value, r.Target.Name, v.Simulation.Runs)
}

// drawLots simulates a target.
func (p *program) drawLots(ctx context.Context, v report.Variant, target string, f *plotFlags) (*model.Result, error) {
	told, done := p.attend("", goal{})
	found, err := montecarlo.Simulate(ctx, v.System, montecarlo.Options{
		Runs: f.runs, Seed: f.seed, Confidence: plotConfidence, Windows: []float64{f.window.seconds}, Targets: []string{target},
		Progress: told,
	})
	done()
	if err != nil {
		return nil, err
	}
	if found.Partial {
		return nil, &failure{exitInterrupted, fmt.Errorf("interrupted after %d runs", found.Runs), ""}
	}
	v.Simulation = &report.Simulation{Seed: f.seed, Runs: found.Runs, Events: found.Events, Confidence: plotConfidence}
	return &found.Results[0], nil
}
