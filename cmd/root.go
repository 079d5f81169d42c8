// Package cmd is the command line: one file a command, what they share beside
// them. Results go to standard output, progress and diagnostics to standard
// error.
package cmd

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model/analytic"
)

// Exit codes of every command; 0 is fine.
const (
	exitUnmet       = 1   // something asked of a model that is fine does not hold
	exitWrong       = 2   // the model or the command line is wrong
	exitUndecided   = 3   // not converged, a limit was reached, no method applies
	exitInterrupted = 130 // what is known so far was printed
)

// program is one run of nines.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	noColor        bool
	sources        map[string][]byte // texts of the files read, for diagnostics
	parsed         map[string]*dsl.Source
	kept           analytic.Kept
	revisions      map[string]string // of files read from git, named REVISION:FILE
}

// reserve is bytes that are asked for and never touched, so they take no
// memory. They count when the collector sets its next goal: what a small model
// needs is never collected, which saves a fifth of the time.
const reserve = 64 << 20

// Run is the whole program; args leave out its name. It returns the exit code.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	defer runtime.KeepAlive(make([]byte, reserve))
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, sources: map[string][]byte{}, parsed: map[string]*dsl.Source{}, revisions: map[string]string{}}
	root := p.root()
	root.SetArgs(append([]string{}, spaced(args)...)) // nil would mean os.Args
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	called, err := root.ExecuteC()
	if err == nil {
		return 0
	}
	var f *failure
	if !errors.As(err, &f) {
		f = unknownCommand(called, err)
	}
	if f.err != nil {
		look := p.look(stderr)
		report.Failure(stderr, f.err.Error(), f.hint, look)
	}
	return f.code
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "nines",
		Short: "Availability of distributed systems, from a description of their parts",
		Long: `nines computes the availability of distributed systems from a description of
their parts: how each fails and is repaired, and what needs what.`,
		Example: `  nines eval shop.nines
  nines simulate shop.nines --until 1%
  nines nines 99.95%`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().BoolVar(&p.noColor, "no-color", false, "no colours, on a terminal either")
	root.SetFlagErrorFunc(flagFailure)
	root.SetHelpFunc(help)
	root.SetHelpCommand(helpCommand())
	root.AddCommand(
		p.evalCommand(),
		p.simulateCommand(),
		p.mergeCommand(),
		p.explainCommand(),
		p.sweepCommand(),
		p.plotCommand(),
		p.graphCommand(),
		p.checkCommand(),
		p.diffCommand(),
		p.reportCommand(),
		p.renderCommand(),
		p.explainCodeCommand(),
		p.fmtCommand(),
		p.importCommand(),
		p.exportCommand(),
		p.ninesCommand(),
		p.versionCommand(),
	)
	strictCompletion(root)
	return root
}

// A failure ends a command with a code.
type failure struct {
	code int
	err  error  // nil: all has been said
	hint string // a way out, or ""
}

func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit %d", f.code)
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// wrong is a mistake on the command line.
func wrong(hint, format string, args ...any) *failure {
	return &failure{exitWrong, fmt.Errorf(format, args...), hint}
}
