package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
	"nines/montecarlo"
)

type evalFlags struct {
	modelFlags
	outputFlags
	limitFlags
	method choice
	verify bool
	seed   uint64
}

func (p *program) evalCommand() *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use:   "eval FILE",
		Short: "Analytic answer, and where the down time comes from",
		Example: `  nines eval shop.nines
  nines eval shop.nines --set pods=6 --system checkout
  nines eval shop.nines --format json -o shop.json
  nines eval shop.nines --verify
  nines eval fault-tree.xml basic-events.xml`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.eval(args, &f) },
	}
	f.modelFlags.bind(c)
	f.method = choice{"auto", []string{"auto", "exact", "approximate"}}
	c.Flags().Var(&f.method, "method", "`METHOD`: auto, exact (nothing less), approximate (will do)")
	c.RegisterFlagCompletionFunc("method", f.method.complete)
	c.Flags().BoolVar(&f.verify, "verify", false, "simulate too, and hold one against the other; exit 1 if they disagree")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers of --verify")
	f.limitFlags.bind(c)
	f.outputFlags.bind(c, new(report.Report).Formats()...)
	return c
}

func (p *program) eval(files []string, f *evalFlags) error {
	start := time.Now()
	if err := cmp.Or(f.check(), f.spares(files)); err != nil {
		return err
	}
	sys, diagnostics, err := p.load(files, &f.modelFlags)
	if err != nil {
		return err
	}
	done := p.watch("evaluating")
	results, notes, err := f.evaluate(sys, start)
	done()
	if err != nil {
		return p.refused(err, f.hint())
	}
	p.show(notes, model.Warning)
	refused := 0
	if f.method.value == "exact" {
		refused = onlyExact(results)
	}
	r := &report.Report{
		Command: "eval", File: strings.Join(files, " "), FaultTree: p.faultTree(files[0]), Scenario: f.scenario, Set: f.set, System: sys, Results: results,
		Selected: len(f.systems) > 0, Timed: f.timed(), Diagnostics: append(diagnostics, notes...),
	}
	if f.verify {
		opts := montecarlo.Options{At: f.at.seconds, Targets: f.systems, Seed: f.seed}
		if r.Verification, err = p.verify(sys, results, opts); err != nil {
			return err
		}
	}
	if err := p.publish(r, &f.outputFlags); err != nil {
		return err
	}
	if err := agreed(r); err != nil {
		return err
	}
	if refused > 0 {
		return &failure{exitUndecided, fmt.Errorf("%d figures have no exact method and are left out", refused), "--method auto gives approximations"}
	}
	return nil
}

// evaluate gives the exact answer, or bounds where a limit was reached and they
// will do.
func (f *evalFlags) evaluate(sys *model.System, start time.Time) ([]model.Result, []model.Diagnostic, error) {
	opts := analytic.Options{At: f.at.seconds, Targets: f.systems, Budget: true, MaxNodes: f.maxNodes, MaxStates: f.maxStates}
	ctx, stop := f.limited(start)
	defer stop()
	if f.method.value == "exact" {
		results, notes, err := analytic.Evaluate(ctx, sys, opts)
		return results, notes, because(ctx, err)
	}
	return bestOf(ctx, sys, opts)
}

// bestOf gives the exact answer, or bounds where a limit was reached and there
// are any; for these it keeps half of the time.
func bestOf(ctx context.Context, sys *model.System, opts analytic.Options) ([]model.Result, []model.Diagnostic, error) {
	if !analytic.HasBounds(sys, opts) {
		results, notes, err := analytic.Evaluate(ctx, sys, opts)
		return results, notes, because(ctx, err)
	}
	first, cancel := halfOf(ctx)
	defer cancel()
	results, notes, err := analytic.Evaluate(first, sys, opts)
	if !limit(err) {
		return results, notes, err
	}
	results, err = analytic.Bounds(ctx, sys, opts)
	return results, nil, because(ctx, err)
}

// onlyExact takes away the values that are not exact and counts them.
func onlyExact(results []model.Result) int {
	refused := 0
	for i := range results {
		all := len(results[i].Values)
		results[i].Values = slices.DeleteFunc(results[i].Values, func(v model.Value) bool { return v.Method != model.Exact })
		refused += all - len(results[i].Values)
	}
	return refused
}
