package cmd

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/chart"
	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
)

// Kinds of charts.
const (
	ninesKind        = "nines"
	reliabilityKind  = "reliability"
	availabilityKind = "availability"
	firstOutageKind  = "first-outage"
	budgetKind       = "budget"
	importanceKind   = "importance"
	downtimeKind     = "downtime"
	outagesKind      = "outages"
)

type plotFlags struct {
	modelFlags
	pictureFlags
	limitFlags
	scenarios  []string
	window     duration
	runs       int
	seed       uint64
	kind       choice
	importance choice
	simulate   bool
	steps      int // over time; 0: the usual number
}

func (p *program) plotCommand() *cobra.Command {
	var f plotFlags
	c := &cobra.Command{
		Use:   "plot FILE...",
		Short: "Charts, as SVG, PNG or PDF",
		Long: `plot draws a chart of one model, or of several files or scenarios side by side.
The kinds:
  nines         availability of every system and service, an axis of nines
  reliability   probability of no outage until a time, up to the mission
  availability  probability of being up at a time, up to the mission
  first-outage  time to the first outage: survival, and when it comes
  budget        where the down time comes from
  importance    what matters most
  downtime      down time in windows of --window, and the budgets that it is held to
  outages       how long outages last
The last two are simulated, and those over time where no method is exact or with
--simulate; bands are intervals at 95 %.`,
		Example: `  nines plot shop.nines -o shop.svg
  nines plot shop.nines --kind budget --theme dark -o budget.png
  nines plot shop.nines --scenario all --kind nines -o scenarios.pdf
  nines plot before.nines after.nines --kind reliability --mission 90d -o both.svg`,
		Args:              someModels,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.plot(args, &f) },
	}
	flags := c.Flags()
	f.kind = choice{ninesKind, []string{ninesKind, reliabilityKind, availabilityKind, firstOutageKind, budgetKind, importanceKind, downtimeKind, outagesKind}}
	flags.Var(&f.kind, "kind", "`KIND`: "+strings.Join(f.kind.among, ", "))
	f.importance = choice{"criticality", report.ImportanceMeasures()}
	flags.Var(&f.importance, "importance", "`MEASURE` of the kind importance: "+strings.Join(f.importance.among, ", "))
	f.set = assignments{}
	flags.Var(f.set, "set", "`NAME=VALUE` for a param of the file (repeatable)")
	flags.StringArrayVar(&f.scenarios, "scenario", nil, "apply the scenario `NAME` (repeatable); all: as written and in every scenario")
	flags.StringArrayVar(&f.systems, "system", nil, "show the system or service `NAME` alone (repeatable)")
	flags.Var(&f.mission, "mission", "let time run to `T`")
	f.window = duration{30 * 86400, "30d"}
	flags.Var(&f.window, "window", "length `T` of the windows of the kind downtime")
	flags.BoolVar(&f.simulate, "simulate", false, "simulate reliability and availability also where there is an exact answer")
	flags.IntVar(&f.runs, "runs", plotRuns, "simulate `N` runs")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers")
	c.RegisterFlagCompletionFunc("kind", f.kind.complete)
	c.RegisterFlagCompletionFunc("importance", f.importance.complete)
	c.RegisterFlagCompletionFunc("system", completeSystem)
	c.RegisterFlagCompletionFunc("scenario", completeScenario)
	f.limitFlags.bind(c)
	f.pictureFlags.bind(c)
	return c
}

// someModels is the argument of commands that read one model or several.
func someModels(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return wrong(fmt.Sprintf("write %s FILE, - for standard input", c.CommandPath()), "%s wants a model file, got none", c.CommandPath())
	}
	return nil
}

func (p *program) plot(files []string, f *plotFlags) error {
	start := time.Now()
	if err := cmp.Or(f.check(), f.spares(files), f.settle()); err != nil {
		return err
	}
	if f.runs < 1 {
		return wrong("leave the flag out for the default", "--runs wants a number above zero")
	}
	variants, err := p.variants(files, f)
	if err != nil {
		return err
	}
	ctx, stop := f.limited(start)
	defer stop()
	picture, err := p.picture(ctx, variants, f)
	if err != nil {
		return p.refused(because(ctx, err), f.hint())
	}
	return p.draw(picture, &f.pictureFlags)
}

func (p *program) picture(ctx context.Context, variants []report.Variant, f *plotFlags) (chart.Picture, error) {
	switch f.kind.value {
	case reliabilityKind:
		return p.course(ctx, variants, f, model.Reliability)
	case availabilityKind:
		return p.course(ctx, variants, f, model.PointAvailability)
	case firstOutageKind:
		return p.lifetime(ctx, variants, f)
	case budgetKind, importanceKind:
		return p.causes(ctx, variants, f)
	case downtimeKind, outagesKind:
		return p.spread(ctx, variants, f)
	}
	return p.ninesPicture(ctx, variants, f)
}

// variants reads every file in every scenario that is wanted.
func (p *program) variants(files []string, f *plotFlags) ([]report.Variant, error) {
	var list []report.Variant
	for _, file := range models(files) {
		scenarios, err := p.scenarios(file[0], f.scenarios)
		if err != nil {
			return nil, err
		}
		for _, scenario := range scenarios {
			flags := f.modelFlags
			flags.scenario = scenario
			sys, diagnostics, err := p.load(file, &flags)
			if err != nil {
				return nil, err
			}
			r := &report.Explained{}
			r.Command, r.File, r.FaultTree, r.Scenario, r.Set = "plot", strings.Join(file, " "), p.faultTree(file[0]), scenario, f.set
			r.System, r.Diagnostics = sys, diagnostics
			list = append(list, report.Variant{Name: variantName(files, file, scenario), Explained: r})
		}
	}
	return list, nil
}

// models tells the files of one fault tree from several models.
func models(files []string) [][]string {
	if !slices.ContainsFunc(files, func(file string) bool { return filepath.Ext(file) != foreign }) {
		return [][]string{files}
	}
	var list [][]string
	for _, file := range files {
		list = append(list, []string{file})
	}
	return list
}

// everyScenario is what --scenario calls all of them.
const everyScenario = "all"

// scenarios lists those to apply to a model, "" for none.
func (p *program) scenarios(file string, names []string) ([]string, error) {
	text, err := p.read(file)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, name := range names {
		all := dsl.Scenarios(file, text)
		if name == everyScenario && !slices.Contains(all, name) {
			list = append(append(list, ""), all...)
		} else {
			list = append(list, name)
		}
	}
	if list == nil {
		return []string{""}, nil
	}
	return list, nil
}

// variantName tells variants apart: by the scenario, the file, or both.
func variantName(files, file []string, scenario string) string {
	if len(models(files)) == 1 {
		return cmp.Or(scenario, "as written")
	}
	name := file[0]
	same := func(other string) bool { return filepath.Base(other) == filepath.Base(name) }
	if i := slices.IndexFunc(files, same); !slices.ContainsFunc(files[i+1:], same) {
		name = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	if scenario != "" {
		name += ", " + scenario
	}
	return name
}

// ninesPicture evaluates every target in the long run.
func (p *program) ninesPicture(ctx context.Context, variants []report.Variant, f *plotFlags) (chart.Picture, error) {
	err := p.each(ctx, len(variants), func(ctx context.Context, i int) error {
		v := &variants[i]
		var err error
		v.Results, _, err = analytic.Evaluate(ctx, v.System, analytic.Options{Targets: f.systems, MaxNodes: f.maxNodes, MaxStates: f.maxStates, LongRun: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	return report.NinesChart(variants), nil
}

// causes explains one target of every variant.
func (p *program) causes(ctx context.Context, variants []report.Variant, f *plotFlags) (chart.Picture, error) {
	for _, v := range variants {
		if _, err := f.only(v.System); err != nil {
			return nil, err
		}
	}
	err := p.each(ctx, len(variants), func(ctx context.Context, i int) error {
		v := &variants[i]
		target, err := f.only(v.System)
		if err != nil {
			return err
		}
		opts := analytic.Options{Targets: []string{target}, MaxNodes: f.maxNodes, MaxStates: f.maxStates, LongRun: true}
		if v.Explanations, _, err = analytic.Explain(ctx, v.System, analytic.ExplainOptions{Options: opts}); err != nil {
			return err
		}
		v.Results = []model.Result{v.Explanations[0].Result}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if f.kind.value == importanceKind {
		return report.ImportanceChart(variants, f.importance.value), nil
	}
	for _, v := range variants {
		if len(v.Explanations[0].Budget) == 0 {
			return nil, absent("no down time of %s to divide", v.Explanations[0].Target.Name)
		}
	}
	return report.BudgetChart(variants), nil
}

// only is the one target of a picture that has room for one.
func (f *plotFlags) only(sys *model.System) (string, error) {
	names := f.systems
	if names == nil {
		names = explainable(sys)
	}
	if len(names) != 1 {
		return "", wrong("--system NAME picks one, there are "+strings.Join(names, ", "), "a chart of %s is that of one system or service, got %d", f.kind.value, len(names))
	}
	return names[0], nil
}

// absent is a picture of what is not known.
func absent(format string, args ...any) error {
	return &failure{exitUndecided, fmt.Errorf(format, args...), "nines eval says why"}
}
