package cmd

import (
	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
)

type evalFlags struct {
	modelFlags
	outputFlags
	method choice
}

func (p *program) evalCommand() *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use:   "eval FILE",
		Short: "Analytic answer, and where the down time comes from",
		Example: `  nines eval shop.nines
  nines eval shop.nines --set pods=6 --system checkout
  nines eval shop.nines --format json -o shop.json`,
		Args:              oneFile,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.eval(args[0], &f) },
	}
	f.modelFlags.bind(c)
	f.outputFlags.bind(c, reportFormats[:]...)
	return c
}

func (p *program) eval(file string, f *evalFlags) error {
	sys, diagnostics, err := p.load(file, &f.modelFlags)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	done := p.watch("evaluating")
	results, notes, err := analytic.Evaluate(ctx, sys, analytic.Options{At: f.at.seconds, Targets: f.systems, Budget: true})
	done()
	if err != nil {
		return p.refused(err)
	}
	p.show(notes, model.Warning)
	return p.publish(&report.Report{
		Command: "eval", File: file, Scenario: f.scenario, System: sys, Results: results,
		Selected: len(f.systems) > 0, Diagnostics: append(diagnostics, notes...),
	}, &f.outputFlags)
}
