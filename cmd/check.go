package cmd

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
)

type checkFlags struct {
	modelFlags
	outputsFlags
	decideFlags
	scenarios        []string
	strict, exitZero bool
	shown            map[model.Diagnostic]bool // diagnostics that were shown
}

func (p *program) checkCommand() *cobra.Command {
	f := checkFlags{shown: map[model.Diagnostic]bool{}}
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Decide every requirement; for CI",
		Long: `check decides every "require" of model files: exactly where there is a method, else
by simulation until the answer is certain enough. Folders are searched for *.nines
files.

It exits with 0 if all requirements hold, 1 if one fails (or with --strict there is a
warning), 2 if a model is wrong, 3 if one could not be decided.`,
		Example: `  nines check shop.nines
  nines check models --scenario all --strict
  nines check shop.nines -o junit:report.xml -o sarif:nines.sarif
  nines check shop.nines --format markdown -o comment.md`,
		Args:              someModels,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.check(args, &f) },
	}
	flags := c.Flags()
	f.set = assignments{}
	flags.Var(f.set, "set", "`NAME=VALUE` for a param of the file (repeatable)")
	flags.StringArrayVar(&f.scenarios, "scenario", nil, "apply the scenario `NAME` (repeatable); all: as written and in every scenario")
	flags.StringArrayVar(&f.systems, "system", nil, "decide what is required of the system or service `NAME` alone (repeatable)")
	flags.Var(&f.mission, "mission", "let the mission last `T`")
	flags.BoolVar(&f.strict, "strict", false, "warnings fail")
	flags.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 also if requirements fail or are undecided")
	c.RegisterFlagCompletionFunc("system", completeSystem)
	c.RegisterFlagCompletionFunc("scenario", completeScenario)
	f.decideFlags.bind(c)
	f.outputsFlags.bind(c, new(report.Checks).Formats()...)
	return c
}

func (p *program) check(args []string, f *checkFlags) error {
	if err := f.decideFlags.check(); err != nil {
		return err
	}
	files, err := chosenFiles(args)
	if err != nil {
		return err
	}
	outputs, err := f.outputs(files)
	if err != nil {
		return err
	}
	c, err := p.checkAll(files, f)
	if err != nil {
		return err
	}
	err = p.publishAll(outputs, c.Write)
	if err != nil {
		return err
	}
	return f.outcome(c)
}

// outcome is the exit code. What is known to fail comes before what is not
// known.
func (f *checkFlags) outcome(c *report.Checks) error {
	switch {
	case c.Wrong():
		return &failure{code: exitWrong}
	case c.Partial():
		return &failure{exitInterrupted, errors.New("interrupted"), ""}
	case f.exitZero:
	case c.Unmet():
		return &failure{code: exitUnmet}
	case c.Undecided():
		return &failure{code: exitUndecided}
	}
	return nil
}

// chosenFiles replaces patterns that the shell has left alone and folders by
// the model files they stand for.
func chosenFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		names, err := filepath.Glob(arg)
		if err != nil || names == nil {
			names = []string{arg}
		}
		found, err := modelFiles(names)
		switch {
		case err != nil:
			return nil, err
		case len(found) == 0:
			return nil, wrong("model files end in "+extension, "%s holds no model files", arg)
		}
		files = append(files, found...)
	}
	return files, nil
}

// checkAll checks every file in every scenario that is wanted.
func (p *program) checkAll(files []string, f *checkFlags) (*report.Checks, error) {
	ctx, stop := interruptible()
	defer stop()
	var list []report.Checked
	for _, file := range models(files) {
		scenarios, err := p.scenarios(file[0], f.scenarios)
		if err != nil {
			return nil, err
		}
		for _, scenario := range scenarios {
			m, err := p.checkOne(ctx, file, scenario, f)
			if err != nil {
				return nil, err
			}
			if list = append(list, m); m.Partial {
				return report.NewChecks(list, f.strict, rules()), nil
			}
		}
	}
	return report.NewChecks(list, f.strict, rules()), nil
}

// rules say what the kinds of diagnostics mean.
func rules() []report.Rule {
	var list []report.Rule
	for _, code := range dsl.Codes() {
		list = append(list, report.Rule{ID: code.ID, Title: code.Title, Text: code.Text})
	}
	return list
}

// checkOne checks one model in one scenario. That the model is wrong is a result.
func (p *program) checkOne(ctx context.Context, file []string, scenario string, f *checkFlags) (report.Checked, error) {
	m := report.Checked{Report: report.Report{
		Command: "check", File: strings.Join(file, " "), Scenario: scenario, Set: f.set, System: &model.System{},
	}}
	flags := f.modelFlags
	flags.scenario = scenario
	sys, diagnostics, err := p.open(file, &flags)
	if err != nil {
		return m, err
	}
	m.FaultTree, m.Diagnostics, m.Wrong = p.faultTree(file[0]), diagnostics, sys == nil
	if sys != nil {
		if err := known(sys, f.systems); err != nil {
			return m, err
		}
		m.System = sys
		err = p.decide(ctx, &m, f.systems, &f.decideFlags)
	}
	p.show(f.fresh(m.Diagnostics), model.Warning)
	return m, err
}

// fresh lists the diagnostics that were not shown before, as those of another
// scenario.
func (f *checkFlags) fresh(list []model.Diagnostic) []model.Diagnostic {
	var some []model.Diagnostic
	for _, d := range list {
		if !f.shown[d] {
			f.shown[d] = true
			some = append(some, d)
		}
	}
	return some
}
