package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/montecarlo"
)

type simulateFlags struct {
	modelFlags
	outputFlags
	until, confidence share
	runs, workers     int
	time, horizon     duration
	window            duration
	seed              uint64
	story             choice
	trace             string
}

func (p *program) simulateCommand() *cobra.Command {
	f := simulateFlags{confidence: share{model.ProbOf(0.95), "95%"}}
	c := &cobra.Command{
		Use:   "simulate FILE",
		Short: "Monte Carlo answer, with intervals",
		Example: `  nines simulate shop.nines --until 1%
  nines simulate shop.nines --runs 10000 --seed 7 --format json
  nines simulate shop.nines --window 30d
  nines simulate shop.nines --story worst --system checkout`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.simulate(args, &f) },
	}
	f.modelFlags.bind(c)
	flags := c.Flags()
	flags.Var(&f.until, "until", "stop when intervals are ± the share `P` of the value")
	flags.IntVar(&f.runs, "runs", 0, "stop after `N` runs")
	flags.Var(&f.time, "time", "stop after the time `T`")
	flags.Var(&f.horizon, "horizon", "simulate the time `T` in a long-run replication")
	flags.Var(&f.window, "window", "tell how down time is spread over windows of `T`, and over years")
	flags.Var(&f.confidence, "confidence", "confidence `P` of the intervals")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers")
	flags.IntVar(&f.workers, "workers", 0, "use `N` cores; the result is the same (default all)")
	f.story = choice{among: []string{"first", "worst"}}
	flags.Var(&f.story, "story", "tell what happens in one `RUN` instead: first, or worst of --runs")
	flags.Lookup("story").NoOptDefVal = f.story.among[0]
	c.RegisterFlagCompletionFunc("story", f.story.complete)
	flags.StringVar(&f.trace, "trace", "", "write all that happens in the run of --story to `FILE`, as csv")
	f.outputFlags.bind(c, reportFormats[:]...)
	return c
}

func (p *program) simulate(files []string, f *simulateFlags) error {
	if f.runs < 0 || f.workers < 0 {
		return wrong("leave the flag out for the default", "--runs and --workers want a number above zero")
	}
	if err := cmp.Or(f.spares(files), spares("trace", f.trace, files)); err != nil {
		return err
	}
	sys, diagnostics, err := p.load(files, &f.modelFlags)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	if f.story.value != "" || f.trace != "" {
		if err := p.tell(ctx, sys, files, f); err != nil || f.story.value != "" {
			return err
		}
	}
	goal := goal{until: f.until.p.P, runs: f.runs, time: seconds(f.time.seconds)}
	bar := p.progress()
	opts := f.options(sys)
	opts.Until, opts.Time = goal.until, goal.time
	opts.Progress = func(now montecarlo.Progress) { bar.show(goal.describe(now)) }
	found, err := montecarlo.Simulate(ctx, sys, opts)
	bar.clear()
	if err != nil {
		return p.refused(err, "")
	}
	p.show(found.Diagnostics, model.Warning)
	r := &report.Report{
		Command: "simulate", File: strings.Join(files, " "), FaultTree: p.faultTree(files[0]), Scenario: f.scenario, Set: f.set, System: sys, Results: found.Results,
		Selected: len(f.systems) > 0, Timed: f.timed(), Diagnostics: append(diagnostics, found.Diagnostics...),
		Simulation: &report.Simulation{
			Seed: f.seed, Runs: found.Runs, Events: found.Events, Confidence: f.confidence.p.P, Partial: found.Partial,
		},
	}
	if !found.Converged && !found.Partial {
		r.Simulation.Unfinished = fmt.Sprintf("stopped before --until %s was reached", f.until.text)
	}
	if err := p.publish(r, &f.outputFlags); err != nil {
		return err
	}
	return verdict(r.Simulation)
}

func (f *simulateFlags) options(sys *model.System) montecarlo.Options {
	return montecarlo.Options{
		Runs: f.runs, Horizon: f.horizon.seconds, At: f.at.seconds, Windows: f.windows(sys),
		Confidence: f.confidence.p.P, Seed: f.seed, Workers: f.workers, Targets: f.systems,
	}
}

// windows are the lengths of windows to look at, if any were asked for: that
// one, those of the requirements, and a year.
func (f *simulateFlags) windows(sys *model.System) []float64 {
	if f.window.seconds == 0 {
		return nil
	}
	all := []float64{f.window.seconds}
	for i := range sys.Requirements {
		if r := &sys.Requirements[i]; r.Confidence.P > 0 && !slices.Contains(all, r.Window) {
			all = append(all, r.Window)
		}
	}
	if !slices.Contains(all, model.Year) {
		all = append(all, model.Year)
	}
	return all
}

// verdict is the exit code of a simulation that was not carried through.
func verdict(s *report.Simulation) error {
	switch {
	case s.Partial:
		return &failure{exitInterrupted, fmt.Errorf("interrupted, the result is that of %d runs", s.Runs), ""}
	case s.Unfinished != "":
		return &failure{exitUndecided, fmt.Errorf("%s", s.Unfinished), "give it more --runs or more --time, or ask for less with --until"}
	}
	return nil
}
