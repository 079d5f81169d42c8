package cmd

import (
	"cmp"
	"context"
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
	method            choice
	window            duration
	seed              uint64
	story             choice
	trace             string
	shard             shard
	checkpoint        string
	resume            string
	progress          choice
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
	f.method = choice{string(montecarlo.Auto), []string{string(montecarlo.Auto), string(montecarlo.Plain), string(montecarlo.Rare)}}
	flags.Var(&f.method, "method", "`METHOD`: auto, plain, rare")
	c.RegisterFlagCompletionFunc("method", f.method.complete)
	flags.Var(&f.window, "window", "tell how down time is spread over windows of `T`, and over years")
	flags.Var(&f.confidence, "confidence", "confidence `P` of the intervals")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers")
	flags.IntVar(&f.workers, "workers", 0, "use `N` cores; the result is the same (default all)")
	f.story = choice{among: []string{"first", "worst"}}
	flags.Var(&f.story, "story", "tell what happens in one `RUN` instead: first, or worst of --runs")
	flags.Lookup("story").NoOptDefVal = f.story.among[0]
	c.RegisterFlagCompletionFunc("story", f.story.complete)
	flags.StringVar(&f.trace, "trace", "", "write all that happens in the run of --story to `FILE`, as csv")
	flags.Var(&f.shard, "shard", "do the share `I/N` of --runs and write a part for nines merge;\nauto or auto/N takes I from the job array that this is one of")
	flags.StringVar(&f.checkpoint, "checkpoint", "", "save to `FILE` every few seconds")
	flags.StringVar(&f.resume, "resume", "", "go on from the checkpoint `FILE`, and save there")
	f.progress = choice{"auto", []string{"auto", "json", "none"}}
	flags.Var(&f.progress, "progress", "`HOW`: auto (on a terminal), json (a line a second), none")
	c.RegisterFlagCompletionFunc("progress", f.progress.complete)
	f.outputFlags.bind(c, new(report.Report).Formats()...)
	return c
}

func (p *program) simulate(files []string, f *simulateFlags) error {
	if err := cmp.Or(f.check(), f.spares(files), spares("trace", f.trace, files), spares("checkpoint", f.checkpoint, files)); err != nil {
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
	switch {
	case f.shard.count > 0:
		return p.shard(ctx, sys, files, f)
	case f.checkpoint != "" || f.resume != "":
		return p.resumable(ctx, &simulated{files, sys, diagnostics, f})
	}
	return p.estimate(ctx, &simulated{files, sys, diagnostics, f}, f.options(sys))
}

// simulated is a model that is simulated.
type simulated struct {
	files       []string
	sys         *model.System
	diagnostics []model.Diagnostic
	*simulateFlags
}

// estimate simulates and shows the result.
func (p *program) estimate(ctx context.Context, s *simulated, opts montecarlo.Options) error {
	told, done := p.attend(s.progress.value, goal{until: opts.Until, time: opts.Time})
	opts.Progress = told
	found, err := montecarlo.Simulate(ctx, s.sys, opts)
	done()
	if err != nil {
		return p.refused(err, "")
	}
	return p.present(s, found)
}

// present shows what was found.
func (p *program) present(s *simulated, found *montecarlo.Report) error {
	p.show(found.Diagnostics, model.Warning)
	r := &report.Report{
		Command: "simulate", File: strings.Join(s.files, " "), FaultTree: p.faultTree(s.files[0]), Scenario: s.scenario, Set: s.set, System: s.sys, Results: found.Results,
		Selected: len(s.systems) > 0, Timed: s.timed(), Diagnostics: append(s.diagnostics, found.Diagnostics...),
		Simulation: &report.Simulation{
			Seed: s.seed, Runs: found.Runs, Events: found.Events, Confidence: s.confidence.p.P, Partial: found.Partial, Methods: found.Methods,
		},
	}
	if !found.Converged && !found.Partial {
		r.Simulation.Unfinished = fmt.Sprintf("stopped before --until %s was reached", s.until.text)
	}
	if err := p.publish(r, &s.outputFlags); err != nil {
		return err
	}
	return verdict(r.Simulation)
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
