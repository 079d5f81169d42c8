package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
	"nines/montecarlo"
)

type reportFlags struct {
	modelFlags
	outputFlags
	limitFlags
	simulated bool
	runs      int
	seed      uint64
	window    duration
}

func (p *program) reportCommand() *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "report FILE",
		Short: "One self-contained HTML page with all of it",
		Long: `report writes one page that tells all that nines knows of a model: the answer, the
requirements with their verdicts, the architecture, charts, where the down time comes
from, single points of failure and cut sets, what to change first, and what all of it
rests on. The page needs no network and no scripts, and can be printed.

It exits with 0 also if a requirement fails: nines check is for CI.`,
		Example: `  nines report shop.nines -o shop.html
  nines report shop.nines --simulate --window 30d -o shop.html
  nines report shop.nines --scenario "black friday" --system checkout -o checkout.html`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.report(args, &f) },
	}
	f.modelFlags.bind(c)
	flags := c.Flags()
	flags.BoolVar(&f.simulated, "simulate", false, "also simulate how down time and outages are spread")
	flags.IntVar(&f.runs, "runs", plotRuns, "simulate `N` runs")
	flags.Uint64Var(&f.seed, "seed", 1, "seed `N` of the random numbers")
	f.window = duration{30 * 86400, "30d"}
	flags.Var(&f.window, "window", "length `T` of the windows that --simulate looks at")
	f.limitFlags.bind(c)
	f.bindFile(c)
	return c
}

func (p *program) report(files []string, f *reportFlags) error {
	start := time.Now()
	if err := cmp.Or(f.check(), f.spares(files)); err != nil {
		return err
	}
	if f.runs < 1 {
		return wrong("leave the flag out for the default", "--runs wants a number above zero")
	}
	sys, diagnostics, err := p.load(files, &f.modelFlags)
	if err != nil {
		return err
	}
	ctx, stop := f.limited(start)
	defer stop()
	s := &study{p, ctx, f, files, sys, &report.Page{}}
	done := p.watch("working on the report")
	err = s.all(diagnostics)
	done()
	if err != nil {
		return p.refused(because(ctx, err), f.hint())
	}
	return p.write(f.file, func(w io.Writer, _ report.Look) error { return s.page.HTML(w) })
}

// A study gathers what a page tells of a model.
type study struct {
	*program
	ctx context.Context
	*reportFlags
	files []string
	sys   *model.System
	page  *report.Page
}

// all fills the page. A thing that cannot be known is left out, and the page
// says so.
func (s *study) all(diagnostics []model.Diagnostic) error {
	for _, step := range []func() error{s.evaluate, s.decide, s.explain, s.draw, s.compare, s.follow, s.spread} {
		if err := step(); err != nil {
			return err
		}
	}
	s.page.Answer.Diagnostics = append(diagnostics, s.page.Answer.Diagnostics...)
	s.quote()
	return nil
}

// blank is a report of nothing yet.
func (s *study) blank() report.Report {
	return report.Report{
		Command: "report", File: strings.Join(s.files, " "), FaultTree: s.faultTree(s.files[0]), Scenario: s.scenario, Set: s.set, System: s.sys,
		Selected: len(s.systems) > 0, Timed: s.timed(),
	}
}

func (s *study) options() analytic.Options {
	return analytic.Options{At: s.at.seconds, Targets: s.systems, MaxNodes: s.maxNodes, MaxStates: s.maxStates}
}

func (s *study) evaluate() error {
	r := s.blank()
	opts := s.options()
	opts.Budget = true
	var err error
	r.Results, r.Diagnostics, err = bestOf(s.ctx, s.sys, opts)
	s.page.Answer = &r
	return err
}

func (s *study) decide() error {
	m := report.Checked{Report: s.blank()}
	f := &decideFlags{limitFlags: s.limitFlags, confidence: share{model.ProbOf(0.99), "99%"}, seed: s.seed}
	if err := s.program.decide(s.ctx, &m, s.systems, f); err != nil {
		return err
	}
	s.page.Required = report.NewChecks([]report.Checked{m}, false, nil)
	return nil
}

// mostExplained is how many systems or services a page explains in full.
const mostExplained = 8

// explain explains the systems, as far as there is room.
func (s *study) explain() error {
	f := &explainFlags{modelFlags: s.modelFlags, limitFlags: s.limitFlags, cuts: defaultCuts}
	if names := explainable(s.sys); f.systems == nil {
		f.systems = names[:min(len(names), mostExplained)]
		if more := len(names) - len(f.systems); more > 0 {
			s.leave("%d of %d are explained, --system NAME picks others", len(f.systems), len(names))
		}
	}
	found, err := f.explained(s.ctx, s.sys)
	s.page.Explained = &report.Explained{Report: s.blank(), Rows: f.cuts}
	if limit(err) {
		s.leave("why it is down is not known: %v", because(s.ctx, err))
		return nil
	}
	if err != nil {
		return err
	}
	s.page.Explained.Explanations, s.page.Explained.Results = found.Explanations, found.Results
	return nil
}

// leave says what is not on the page.
func (s *study) leave(format string, args ...any) {
	s.page.Left = append(s.page.Left, fmt.Sprintf(format, args...))
}

// named lists what is explained.
func (s *study) named() []string {
	var names []string
	for i := range s.page.Explained.Explanations {
		names = append(names, s.page.Explained.Explanations[i].Target.Name)
	}
	return names
}

// spread simulates what is explained.
func (s *study) spread() error {
	if !s.simulated || s.named() == nil {
		return nil
	}
	windows := []float64{s.window.seconds}
	if s.window.seconds != model.Year {
		windows = append(windows, model.Year)
	}
	found, err := montecarlo.Simulate(s.ctx, s.sys, montecarlo.Options{
		Runs: s.runs, Seed: s.seed, Confidence: plotConfidence, At: s.at.seconds, Windows: windows, Targets: s.named(),
	})
	if err != nil {
		return err
	}
	if found.Partial {
		return context.Canceled
	}
	r := s.blank()
	r.Results, r.Simulation = found.Results, &report.Simulation{Seed: s.seed, Runs: found.Runs, Events: found.Events, Confidence: plotConfidence}
	s.page.Simulated = &r
	return nil
}

// mostQuoted is how long a model may be to be shown on the page, in bytes.
const mostQuoted = 256 << 10

// quote tells what the model says, and how the page was made.
func (s *study) quote() {
	s.page.Version, s.page.Command = version(), s.command()
	text := s.sources[s.files[0]]
	switch {
	case len(s.files) > 1:
	case len(text) > mostQuoted:
		s.leave("the text of the model, %d KiB, is not shown", len(text)>>10)
	default:
		s.page.Source = text
	}
	if s.page.Answer.FaultTree {
		return
	}
	for _, d := range dsl.Declarations(s.files[0], text) {
		s.page.Declared = append(s.page.Declared, report.Declared{Kind: d.Kind, Name: d.Name, Text: d.Text, Said: d.Said, Alone: s.alone(d), Line: d.Pos.Line})
	}
}

// alone is how much of the time the parts of a declaration are up by themselves,
// "" where it declares none.
func (s *study) alone(d dsl.Declaration) string {
	if d.Kind != "component" && d.Kind != "domain" {
		return ""
	}
	i := slices.IndexFunc(s.sys.Parts, func(p model.Part) bool { return p.Template == d.Name })
	if i < 0 || s.sys.Parts[i].Static == nil && !s.sys.Parts[i].Automaton.Repairable() {
		return ""
	}
	return report.Share(model.ProbOf(analytic.Down(&s.sys.Parts[i])).Not())
}

// command is the command line that makes the page, but for where it goes.
func (s *study) command() string {
	words := append([]string{"nines", "report"}, s.files...)
	add := func(there bool, flag, value string) {
		if there {
			words = append(words, flag, quotedWord(value))
		}
	}
	add(s.scenario != "", "--scenario", s.scenario)
	for _, p := range s.sys.Params {
		value, set := s.set[p.Name]
		add(set, "--set", p.Name+"="+value)
	}
	for _, name := range s.systems {
		add(true, "--system", name)
	}
	add(s.at.seconds > 0, "--at", s.at.text)
	add(s.mission.seconds > 0, "--mission", s.mission.text)
	if s.simulated {
		words = append(words, "--simulate")
		add(true, "--runs", fmt.Sprint(s.runs))
		add(true, "--window", s.window.text)
	}
	add(true, "--seed", fmt.Sprint(s.seed))
	return strings.Join(words, " ")
}

// quotedWord is a word as a shell wants it.
func quotedWord(word string) string {
	if strings.ContainsAny(word, " \t\"'$&|<>;()*?[]#~\\!{}`") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// unknowable says whether err is that of a picture of what is not known.
func unknowable(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.code == exitUndecided
}
