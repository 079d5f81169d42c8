package cmd

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
)

type explainFlags struct {
	modelFlags
	outputFlags
	limitFlags
	cuts, order, paths int
	importance         words
}

// defaultCuts is how many cut sets are listed unless --cuts says so.
const defaultCuts = 5

// alike is how many cut sets that are alike may stand in one row.
const alike = 40

func (p *program) explainCommand() *cobra.Command {
	f := explainFlags{importance: words{among: report.ImportanceMeasures()}}
	c := &cobra.Command{
		Use:   "explain FILE",
		Short: "Why it is down, and what to change first",
		Long: `explain tells why a system is down when it is: single points of failure, minimal cut
sets, where the down time comes from, which domain may go, and what to change first.
It explains every system of the file, or every service if there is no system.`,
		Example: `  nines explain shop.nines
  nines explain shop.nines --system checkout --cuts 20 --order 2
  nines explain shop.nines --importance birnbaum,raw,rrw
  nines explain fault-tree.xml --cuts 0 --format json`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.explain(args, &f) },
	}
	f.modelFlags.bind(c)
	flags := c.Flags()
	flags.IntVar(&f.cuts, "cuts", defaultCuts, "list `N` minimal cut sets, the likeliest first; 0: only their number")
	flags.IntVar(&f.order, "order", 0, "only cut sets of up to `K` events")
	flags.IntVar(&f.paths, "paths", 0, "list `N` minimal path sets, and count them all")
	flags.Var(&f.importance, "importance", "show `MEASURES` of every part: "+strings.Join(f.importance.among, ","))
	f.limitFlags.bind(c)
	f.outputFlags.bind(c, "text", "json", "markdown")
	return c
}

func (p *program) explain(files []string, f *explainFlags) error {
	start := time.Now()
	if f.cuts < 0 || f.order < 0 || f.paths < 0 {
		return wrong("leave the flag out for the default", "--cuts, --order and --paths want a number of at least 0")
	}
	if err := cmp.Or(f.check(), f.spares(files)); err != nil {
		return err
	}
	sys, diagnostics, err := p.load(files, &f.modelFlags)
	if err != nil {
		return err
	}
	ctx, stop := f.limited(start)
	defer stop()
	done := p.watch("explaining")
	r, err := f.explained(ctx, sys)
	done()
	if err != nil {
		return p.refused(because(ctx, err), f.hint())
	}
	p.show(r.Diagnostics, model.Warning)
	r.Command, r.File, r.FaultTree, r.Diagnostics = "explain", strings.Join(files, " "), p.faultTree(files[0]), append(diagnostics, r.Diagnostics...)
	return p.write(f.file, func(w io.Writer, look report.Look) error {
		switch f.format.value {
		case "json":
			return report.ExplainJSON(w, r)
		case "markdown":
			return report.ExplainMarkdown(w, r)
		}
		return report.ExplainText(w, r, look)
	})
}

// explained gathers what is to be reported.
func (f *explainFlags) explained(ctx context.Context, sys *model.System) (*report.Explained, error) {
	opts := analytic.Options{At: f.at.seconds, Targets: f.systems, MaxNodes: f.maxNodes, MaxStates: f.maxStates}
	if opts.Targets == nil {
		opts.Targets = explainable(sys)
	}
	list, notes, err := analytic.Explain(ctx, sys, analytic.ExplainOptions{
		Options: opts, Cuts: f.cuts, Joint: alike * f.cuts, Order: f.order, Paths: f.paths, Advise: true,
	})
	if err != nil {
		return nil, err
	}
	r := &report.Explained{Explanations: list, Columns: f.importance.chosen, Rows: f.cuts, All: f.cuts != defaultCuts}
	for i := range list {
		r.Results = append(r.Results, list[i].Result)
	}
	for i := range sys.Requirements {
		q := &sys.Requirements[i]
		if q.Survives == nil || len(f.systems) > 0 && !slices.Contains(f.systems, sys.Targets[q.Target].Name) {
			continue
		}
		v, err := analytic.Survives(ctx, sys, q, opts)
		if err != nil {
			return nil, err
		}
		r.Verdicts = append(r.Verdicts, v)
	}
	r.System, r.Scenario, r.Set, r.Selected, r.Diagnostics = sys, f.scenario, f.set, len(f.systems) > 0, notes
	return r, nil
}

// explainable names the systems, or the other targets if there is no system.
func explainable(sys *model.System) []string {
	var systems, others []string
	for _, t := range sys.Targets {
		if t.Kind == "system" {
			systems = append(systems, t.Name)
		} else {
			others = append(others, t.Name)
		}
	}
	if systems != nil {
		return systems
	}
	return others
}

// words are some of a list of words, separated by commas.
type words struct {
	chosen, among []string
}

func (l *words) String() string { return strings.Join(l.chosen, ",") }

func (l *words) Type() string { return "words" }

func (l *words) Set(s string) error {
	for _, word := range strings.Split(s, ",") {
		if !slices.Contains(l.among, word) {
			return wrong(didYouMean(word, l.among), "want some of %s", strings.Join(l.among, ", "))
		}
		if !slices.Contains(l.chosen, word) {
			l.chosen = append(l.chosen, word)
		}
	}
	return nil
}
