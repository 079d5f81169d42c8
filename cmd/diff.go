package cmd

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
)

type diffFlags struct {
	modelFlags
	outputsFlags
	decideFlags
	against string
	failIf  conditions
}

func (p *program) diffCommand() *cobra.Command {
	var f diffFlags
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "What a change of the model does to each measure",
		Long: `diff compares two versions of a model: what it says, what that does to each measure,
which requirements break, which cut sets appear or vanish. With --against REF the old
version is that of FILE in the git revision REF.

A condition of --fail-if is one of
  MEASURE drops|rises|worsens [AMOUNT]   by more than 10m/y of down time, or 5% of itself
  requirement breaks                     one that held does not any more
  single point appears                   something takes a system down by itself`,
		Example: `  nines diff old.nines new.nines
  nines diff --against main shop.nines
  nines diff --against main shop.nines --fail-if 'requirement breaks' --format markdown
  nines diff old.nines new.nines --fail-if 'availability drops 10m/y'`,
		Args: func(c *cobra.Command, args []string) error {
			if want := 2; f.against == "" && len(args) != want || f.against != "" && len(args) != 1 {
				return wrong("write nines diff OLD NEW, or nines diff --against REF FILE", "nines diff wants two models, got %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.diff(args, &f) },
	}
	f.modelFlags.bindModel(c)
	flags := c.Flags()
	flags.Var(&f.mission, "mission", "let the mission last `T`")
	flags.StringVar(&f.against, "against", "", "compare with the file in the revision `REF` of git")
	flags.Var(&f.failIf, "fail-if", "exit with 1 if the `CONDITION` comes true (repeatable)")
	c.RegisterFlagCompletionFunc("system", completeSystem)
	c.RegisterFlagCompletionFunc("scenario", completeScenario)
	f.decideFlags.bind(c)
	f.outputsFlags.bind(c, new(report.Diff).Formats()...)
	return c
}

func (p *program) diff(args []string, f *diffFlags) error {
	outputs, err := f.outputs(args)
	if err := cmp.Or(err, f.decideFlags.check()); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	before, after := args[0], args[len(args)-1]
	if f.against != "" {
		if before, err = p.revision(f.against, after); err != nil {
			return err
		}
	}
	was, err := p.side(ctx, before, f)
	if err != nil {
		return err
	}
	is, err := p.side(ctx, after, f)
	if err != nil {
		return err
	}
	d := report.NewDiff(was, is, changes(p.declarations(before), p.declarations(after)))
	d.Failed = f.failIf.true(d, was, is)
	if err := p.publishAll(outputs, d.Write); err != nil {
		return err
	}
	switch {
	case was.Partial || is.Partial:
		return &failure{exitInterrupted, errors.New("interrupted"), ""}
	case len(d.Failed) > 0:
		return &failure{code: exitUnmet}
	}
	return nil
}

// revision reads a file as it is in a revision of git, and gives the name under
// which its text is kept.
func (p *program) revision(ref, file string) (string, error) {
	text, err := gitShow(ref, file)
	name := ref + ":" + file
	p.sources[name], p.revisions[name] = text, ref
	return name, err
}

// gitShow runs git for the text of a file.
func gitShow(ref, file string) ([]byte, error) {
	git := exec.Command("git", "show", "--end-of-options", ref+":./"+filepath.Base(file))
	git.Dir = filepath.Dir(file)
	var said bytes.Buffer
	git.Stderr = &said
	text, err := git.Output()
	if err != nil {
		why, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		why = cmp.Or(strings.TrimPrefix(why, "fatal: "), err.Error())
		return nil, wrong("--against wants a revision as git knows it, such as main or HEAD~1", "cannot read %s of %s: %s", file, ref, why)
	}
	return text, nil
}

// side finds out about one version.
func (p *program) side(ctx context.Context, file string, f *diffFlags) (*report.Side, error) {
	sys, diagnostics, err := p.load([]string{file}, &f.modelFlags)
	if err != nil {
		return nil, err
	}
	s := &report.Side{}
	s.Command, s.File, s.FaultTree, s.Scenario, s.Set = "diff", file, p.faultTree(file), f.scenario, f.set
	s.System, s.Diagnostics = sys, diagnostics
	if err := p.decide(ctx, &s.Checked, f.systems, &f.decideFlags); err != nil {
		return nil, err
	}
	if s.Wrong {
		p.show(s.Diagnostics[len(diagnostics):], model.Error)
		return nil, &failure{code: exitWrong}
	}
	done := p.watch("comparing")
	defer done()
	opts := analytic.Options{Targets: f.systems, MaxNodes: f.maxNodes, MaxStates: f.maxStates, Kept: &p.kept}
	if s.Results, _, err = bestOf(ctx, sys, opts); err != nil {
		return nil, p.refused(because(ctx, err), f.hint())
	}
	if opts.Targets == nil {
		opts.Targets = explainable(sys)
	}
	opts.LongRun = true
	const listed = 1000
	s.Explanations, _, err = analytic.Explain(ctx, sys, analytic.ExplainOptions{Options: opts, Cuts: listed})
	if err != nil && !limit(err) {
		return nil, p.refused(because(ctx, err), f.hint())
	}
	return s, nil
}

// declarations are the statements of a file; a fault tree has none.
func (p *program) declarations(file string) []dsl.Declaration {
	if p.faultTree(file) {
		return nil
	}
	return dsl.Declarations(file, p.sources[file])
}

// changes pairs statements by what they name, others by all that they say.
func changes(before, after []dsl.Declaration) []report.Change {
	old := map[string][]dsl.Declaration{}
	for _, d := range before {
		old[identity(d)] = append(old[identity(d)], d)
	}
	var list []report.Change
	for _, d := range after {
		was := old[identity(d)]
		if len(was) == 0 {
			list = append(list, report.Change{Kind: d.Kind, Name: d.Name, How: "added", Lines: lines("", d.Text)})
			continue
		}
		old[identity(d)] = was[1:]
		if was[0].Text != d.Text {
			list = append(list, report.Change{Kind: d.Kind, Name: d.Name, How: "changed", Lines: lines(was[0].Text, d.Text)})
		}
	}
	for _, d := range before {
		if gone := old[identity(d)]; len(gone) > 0 {
			old[identity(d)] = gone[1:]
			list = append(list, report.Change{Kind: d.Kind, Name: d.Name, How: "removed", Lines: lines(d.Text, "")})
		}
	}
	return list
}

// identity is what a statement has in common with its other version.
func identity(d dsl.Declaration) string {
	if d.Name != "" || d.Kind == "model" || d.Kind == "mission" {
		return d.Kind + " " + d.Name
	}
	return d.Text
}

// lines lists those that differ between two texts.
func lines(before, after string) []string {
	whole := func(text string) []byte {
		if text == "" {
			return nil
		}
		return []byte(text + "\n")
	}
	var list []string
	change := strings.Split(string(diff.Diff("old", whole(before), "new", whole(after))), "\n")
	for _, line := range change[min(3, len(change)):] { // after the names
		if strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") {
			list = append(list, line[:1]+" "+line[1:])
		}
	}
	return slices.Clip(list)
}
