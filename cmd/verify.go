package cmd

import (
	"fmt"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/montecarlo"
)

// doubt is the chance that a verification finds a disagreement where there is
// none.
const doubt = 0.001

// verify simulates what has been worked out and holds one against the other.
// Each interval is so wide that all hold together but for the doubt. Few rare
// outages of great weight make that more (montecarlo/METHODS.md), so what
// disagrees is simulated once more, with other random numbers, which decide.
func (p *program) verify(sys *model.System, results []model.Result, opts montecarlo.Options) (*report.Verification, error) {
	ctx, stop := interruptible()
	defer stop()
	figures := 0
	for i := range results {
		figures += len(results[i].Values)
	}
	opts.Confidence = 1 - doubt/float64(max(1, figures))
	for first := true; ; first = false {
		told, done := p.attend("auto", goal{})
		opts.Progress = told
		found, err := montecarlo.Simulate(ctx, sys, opts)
		done()
		if err != nil {
			return nil, p.refused(err, "")
		}
		v := &report.Verification{
			Simulation: report.Simulation{Seed: opts.Seed, Runs: found.Runs, Events: found.Events, Confidence: opts.Confidence, Partial: found.Partial},
			Error:      doubt, Results: report.Verify(results, found.Results),
		}
		if !first || v.Partial || v.Disagreements() == 0 {
			return v, nil
		}
		opts.Seed++
	}
}

// agreed is the exit code of a verification, nil if there was none.
func agreed(r *report.Report) error {
	switch v := r.Verification; {
	case v == nil:
		return nil
	case v.Disagreements() > 0:
		hint := "one of the two engines is wrong, please report it"
		if r.Rough() {
			hint = "approximations alone (≈): by how much they are off is seen above, what was assumed in the notes"
		}
		return &failure{exitUnmet, fmt.Errorf("the simulation disagrees with %d figures", v.Disagreements()), hint}
	case v.Partial:
		return &failure{exitInterrupted, fmt.Errorf("interrupted, the simulation is of %d runs", v.Runs), ""}
	}
	return nil
}
