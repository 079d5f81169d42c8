package cmd

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/graph"
	"nines/cmd/internal/report"
	"nines/model"
	"nines/model/analytic"
)

type graphFlags struct {
	modelFlags
	pictureFlags
	limitFlags
	view choice
	down []string
}

// Views of an architecture, and the formats that are text.
const (
	dependsView = "depends"
	blocksView  = "blocks"
	domainsView = "domains"

	dotFormat     = "dot"
	mermaidFormat = "mermaid"
)

func (p *program) graphCommand() *cobra.Command {
	var f graphFlags
	c := &cobra.Command{
		Use:   "graph FILE",
		Short: "The architecture drawn, as SVG, PNG, PDF, DOT or Mermaid",
		Long: `graph draws the architecture. The views:
  depends  who needs whom
  blocks   what is in series and what in parallel, of one system or service
  domains  what stands in which failure domain
Nodes show their nines; those that down time comes from are coloured, and single
points of failure stand out. With --down it shows what a failure takes with it.`,
		Example: `  nines graph shop.nines -o shop.svg
  nines graph shop.nines --down zone[1] -o zone-1.png
  nines graph shop.nines --view blocks --system checkout -o checkout.pdf
  nines graph shop.nines --format mermaid`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.graph(args, &f) },
	}
	f.bindModel(c)
	c.RegisterFlagCompletionFunc("system", completeSystem)
	c.RegisterFlagCompletionFunc("scenario", completeScenario)
	f.view = choice{dependsView, []string{dependsView, blocksView, domainsView}}
	c.Flags().Var(&f.view, "view", "`VIEW`: "+strings.Join(f.view.among, ", "))
	c.RegisterFlagCompletionFunc("view", f.view.complete)
	c.Flags().StringArrayVar(&f.down, "down", nil, "show what goes down with the part or domain `NAME` (repeatable)")
	f.limitFlags.bind(c)
	f.pictureFlags.bind(c, dotFormat, mermaidFormat)
	return c
}

func (p *program) graph(files []string, f *graphFlags) error {
	start := time.Now()
	if err := cmp.Or(f.check(), f.spares(files), f.settle()); err != nil {
		return err
	}
	sys, _, err := p.load(files, &f.modelFlags)
	if err != nil {
		return err
	}
	ctx, stop := f.limited(start)
	defer stop()
	done := p.watch("drawing")
	g, err := f.drawn(ctx, sys, files)
	done()
	if err != nil {
		return p.refused(because(ctx, err), f.hint())
	}
	var text bytes.Buffer
	switch f.format.value {
	case dotFormat:
		err = g.DOT(&text)
	case mermaidFormat:
		err = g.Mermaid(&text)
	default:
		picture, err := g.Picture()
		if err != nil {
			return &failure{exitUndecided, err, "ask for less with --system NAME, or for --format dot"}
		}
		return p.draw(picture, &f.pictureFlags)
	}
	if err != nil {
		return err
	}
	return p.deliver(f.file, text.Bytes())
}

// drawn gathers what is known of the system and shows it in the view.
func (f *graphFlags) drawn(ctx context.Context, sys *model.System, files []string) (*graph.Graph, error) {
	s, err := f.subject(ctx, sys)
	if err != nil {
		return nil, err
	}
	r := report.Report{File: strings.Join(files, " "), Scenario: f.scenario, Set: f.set, System: sys, Results: s.Results}
	s.Caption = report.GraphCaption(&r, s.Explanations, f.down, f.view.value == domainsView)
	switch f.view.value {
	case domainsView:
		return graph.Domains(s)
	case blocksView:
		return graph.Blocks(s, s.Explanations[0].Target)
	}
	return graph.Depends(s)
}

// subject evaluates all targets and explains those of --system, or the systems.
func (f *graphFlags) subject(ctx context.Context, sys *model.System) (*graph.Subject, error) {
	s := &graph.Subject{System: sys, Own: func(part int) (float64, bool) { return analytic.Down(&sys.Parts[part]), true }}
	for _, name := range f.down {
		parts, err := named(sys, name)
		if err != nil {
			return nil, err
		}
		s.Down = append(s.Down, parts...)
	}
	for _, t := range sys.Targets {
		if f.systems == nil || slices.Contains(f.systems, t.Name) {
			s.Targets = append(s.Targets, t)
		}
	}
	choices := f.systems
	if choices == nil {
		choices = explainable(sys)
	}
	if f.view.value == blocksView && len(choices) != 1 {
		return nil, wrong("--system NAME picks one, there are "+strings.Join(choices, ", "), "blocks are those of one system or service, got %d", len(choices))
	}
	opts := analytic.Options{Targets: choices, MaxNodes: f.maxNodes, MaxStates: f.maxStates, LongRun: true}
	var err error
	if s.Explanations, _, err = analytic.Explain(ctx, sys, analytic.ExplainOptions{Options: opts, Order: 1}); err != nil {
		return nil, err
	}
	for i := range s.Explanations {
		s.Results = append(s.Results, s.Explanations[i].Result)
	}
	if opts.Targets = needed(sys, choices, s.Targets); opts.Targets != nil && f.view.value != domainsView {
		rest, _, err := analytic.Evaluate(ctx, sys, opts)
		if err != nil {
			return nil, err
		}
		s.Results = append(s.Results, rest...)
	}
	once := func(x model.Explanation) bool { return x.At > 0 }
	if slices.ContainsFunc(s.Explanations, once) {
		s.Own = ownAt(s)
	}
	return s, nil
}

// needed names the targets that others need, but for those that are known.
func needed(sys *model.System, known []string, others []model.Target) []string {
	seen := make([]bool, len(sys.Nodes))
	var open []int
	for _, t := range others {
		open = append(open, t.Node)
	}
	for len(open) > 0 {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		if !seen[n] {
			seen[n] = true
			open = slices.Concat(open, sys.Nodes[n].Children, sys.Nodes[n].Uses)
		}
	}
	var names []string
	for _, t := range sys.Targets {
		if seen[t.Node] && !slices.Contains(known, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

// ownAt looks up what a part is by the end of the mission, as far as it matters.
func ownAt(s *graph.Subject) func(part int) (float64, bool) {
	down := map[string]float64{}
	for k := range s.Explanations {
		for _, i := range s.Explanations[k].Importance {
			if !i.Mode {
				down[i.Name] = i.Probability
			}
		}
	}
	return func(part int) (float64, bool) {
		q, known := down[s.System.Parts[part].Name]
		return q, known
	}
}

// named finds a part, or the members of an array.
func named(sys *model.System, name string) ([]int, error) {
	var parts []int
	var names []string
	for i := range sys.Parts {
		p := &sys.Parts[i]
		if p.Name == name || strings.HasPrefix(p.Name, name+"[") {
			parts = append(parts, i)
		}
		names = append(names, p.Name)
	}
	if parts == nil {
		return nil, wrong(didYouMean(name, names), "--down %s is no part of the model", name)
	}
	return parts, nil
}
