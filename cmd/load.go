package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/encoding/openpsa"
)

const (
	extension = ".nines"
	foreign   = ".xml" // of fault trees in the Open-PSA format
	stdio     = "-"    // the name of standard input and output
	maxModel  = 64 << 20
)

// modelFlags are those of commands that read a model and report on it.
type modelFlags struct {
	set         assignments
	scenario    string
	systems     []string
	at, mission duration
}

func (f *modelFlags) bind(c *cobra.Command) {
	f.bindModel(c)
	flags := c.Flags()
	flags.Var(&f.at, "at", "ask for reliability at time `T` (default the mission)")
	flags.Var(&f.mission, "mission", "let the mission last `T`")
	c.RegisterFlagCompletionFunc("system", completeSystem)
	c.RegisterFlagCompletionFunc("scenario", completeScenario)
}

// bindModel binds the flags that say which model is meant, and what of it.
func (f *modelFlags) bindModel(c *cobra.Command) {
	f.set = assignments{}
	flags := c.Flags()
	flags.Var(f.set, "set", "`NAME=VALUE` for a param of the file (repeatable)")
	flags.StringVar(&f.scenario, "scenario", "", "apply the scenario `NAME` of the file")
	flags.StringArrayVar(&f.systems, "system", nil, "report the system or service `NAME` alone (repeatable)")
}

// timed says whether a time was asked for.
func (f *modelFlags) timed() bool { return f.at.seconds > 0 || f.mission.seconds > 0 }

// load reads a model, in one file or a fault tree in several. Errors are shown
// and end the command, warnings are shown; all that is no error is returned.
func (p *program) load(files []string, f *modelFlags) (*model.System, []model.Diagnostic, error) {
	sys, diagnostics, err := p.open(files, f)
	if err != nil {
		return nil, nil, err
	}
	p.show(diagnostics, model.Warning)
	if sys == nil {
		return nil, nil, &failure{code: exitWrong}
	}
	return sys, diagnostics, known(sys, f.systems)
}

// open reads a model and shows nothing; the system is nil if it is wrong.
func (p *program) open(files []string, f *modelFlags) (*model.System, []model.Diagnostic, error) {
	for _, file := range files {
		if _, err := p.read(file); err != nil {
			return nil, nil, err
		}
	}
	decode := p.decode
	if !p.faultTree(files[0]) {
		decode = p.parse
	} else if len(f.set) > 0 || f.scenario != "" {
		return nil, nil, wrong("nines import openpsa turns it into a model that can have them", "--set and --scenario want a model with params, %s is a fault tree", files[0])
	}
	sys, diagnostics := decode(files, f)
	return sys, diagnostics, nil
}

// parse reads a model in the language of nines. Several may be read at once from
// a file of which one was read before.
func (p *program) parse(files []string, f *modelFlags) (*model.System, []model.Diagnostic) {
	file := files[0]
	opts := dsl.Options{Set: f.set, Scenario: f.scenario}
	opts.Open = func(name string) (io.ReadCloser, error) { return p.beside(file, name) }
	source := p.parsed[file]
	if source == nil {
		source = dsl.Parse(file, p.sources[file])
		p.parsed[file] = source
	}
	sys, diagnostics := source.Load(opts)
	if sys != nil && f.mission.seconds > 0 {
		sys.Mission = f.mission.seconds
	}
	return sys, diagnostics
}

// beside gives the text of a file in the folder of a model, or below it.
func (p *program) beside(file, name string) (io.ReadCloser, error) {
	place := filepath.Join(filepath.Dir(file), name)
	if _, known := p.sources[place]; !known {
		text, err := p.fetch(file, name)
		if err == nil && len(text) > maxModel {
			err = fmt.Errorf("it is larger than %d MiB", maxModel>>20)
		}
		if err != nil {
			return nil, err
		}
		p.sources[place] = text
	}
	return io.NopCloser(bytes.NewReader(p.sources[place])), nil
}

// fetch reads what lies beside a model, no more of it than may be.
func (p *program) fetch(file, name string) ([]byte, error) {
	if ref, old := p.revisions[file]; old {
		return gitShow(ref, filepath.Join(filepath.Dir(strings.TrimPrefix(file, ref+":")), name))
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxModel+1))
}

// decode reads a fault tree.
func (p *program) decode(files []string, f *modelFlags) (*model.System, []model.Diagnostic) {
	var texts []openpsa.File
	for _, file := range files {
		texts = append(texts, openpsa.File{Name: file, Data: p.sources[file]})
	}
	return openpsa.Decode(openpsa.Options{Mission: f.mission.seconds}, texts...)
}

// faultTree says whether a file that was read holds a fault tree: XML, by its
// name or by how it starts, which no model in the language of nines does.
func (p *program) faultTree(file string) bool {
	text := bytes.TrimPrefix(p.sources[file], []byte("\ufeff"))
	return filepath.Ext(file) == foreign || bytes.HasPrefix(bytes.TrimSpace(text), []byte("<"))
}

// known checks the names that are to be reported.
func known(sys *model.System, names []string) error {
	var all []string
	for _, t := range sys.Targets {
		all = append(all, t.Name)
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			return wrong(didYouMean(name, all), "--system %s is neither a system nor a service of the model", name)
		}
	}
	return nil
}

// read gives the text of a file, of standard input for "-". It reads each once.
func (p *program) read(file string) ([]byte, error) {
	if text, known := p.sources[file]; known {
		return text, nil
	}
	in := p.stdin
	if file != stdio {
		f, err := os.Open(file)
		if err != nil {
			return nil, unreadable(file, err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxModel+1))
	switch {
	case err != nil:
		return nil, unreadable(file, err)
	case len(text) > maxModel:
		return nil, wrong("", "%s is larger than %d MiB", file, maxModel>>20)
	}
	p.sources[file] = text
	return text, nil
}

// unreadable explains why a file cannot be read and offers a name like it.
func unreadable(file string, err error) error {
	err = cause(err)
	hint := ""
	if errors.Is(err, fs.ErrNotExist) {
		beside, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*"+extension))
		trees, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*"+foreign))
		if near := dsl.Nearest(filepath.Clean(file), append(beside, trees...)); near != "" {
			hint = fmt.Sprintf("did you mean %s?", near)
		}
	}
	return wrong(hint, "cannot read %s: %v", file, err)
}

// show writes the diagnostics that are at least so severe to standard error.
func (p *program) show(list []model.Diagnostic, least model.Severity) {
	list = slices.DeleteFunc(slices.Clone(list), func(d model.Diagnostic) bool { return d.Severity > least })
	report.Diagnostics(p.stderr, list, func(file string) []byte { return p.sources[file] }, p.look(p.stderr))
}

// refused turns the error of an engine into what the user is told; hint is for
// limits.
func (p *program) refused(err error, hint string) error {
	var said *failure
	switch {
	case errors.As(err, &said):
		return said
	case errors.Is(err, model.ErrUnsettled):
		return &failure{exitWrong, err, unsettledHint}
	case errors.Is(err, context.Canceled):
		return &failure{exitInterrupted, errors.New("interrupted"), ""}
	}
	return &failure{exitUndecided, err, hint}
}

const unsettledHint = "a service must not do better when what it needs does worse"

// interruptible gives a context that ends at the first Ctrl-C, or when the
// program is asked to end; the second time ends it.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// completeSystem offers the targets of the model on the command line.
func completeSystem(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	p := &program{stdin: strings.NewReader(""), stderr: io.Discard, sources: map[string][]byte{}, parsed: map[string]*dsl.Source{}}
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if sys, _, _ := p.load(args, &modelFlags{}); sys != nil {
		for _, t := range sys.Targets {
			names = append(names, t.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeScenario offers the scenarios of the model on the command line.
func completeScenario(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if src, err := os.ReadFile(firstOf(args)); err == nil {
		names = dsl.Scenarios(args[0], src)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func firstOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
