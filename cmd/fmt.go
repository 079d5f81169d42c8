package cmd

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"nines/dsl"
	"nines/model"
)

type fmtFlags struct{ check, diff, write bool }

func (p *program) fmtCommand() *cobra.Command {
	var f fmtFlags
	c := &cobra.Command{
		Use:   "fmt FILE...",
		Short: "Canonical form of model files, comments kept",
		Long: `fmt prints the canonical form of a model file. There are no options of style.
Folders are searched for *.nines files.`,
		Example: `  nines fmt shop.nines
  nines fmt -w .
  nines fmt --check --diff models`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrong("write nines fmt FILE, - for standard input", "nines fmt wants files or folders, got none")
			}
			return nil
		},
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.fmt(args, f) },
	}
	c.Flags().BoolVar(&f.check, "check", false, "name the files that are not in canonical form, exit 1 if there are any")
	c.Flags().BoolVar(&f.diff, "diff", false, "show what would change")
	c.Flags().BoolVarP(&f.write, "write", "w", false, "write the files instead of printing them")
	return c
}

// fmt goes on after a file that does not parse, so that all errors are seen.
func (p *program) fmt(args []string, f fmtFlags) error {
	files, err := modelFiles(args)
	switch {
	case err != nil:
		return err
	case f.write && f.check:
		return wrong("", "--write and --check exclude each other")
	case len(files) != 1 && !f.write && !f.check && !f.diff:
		return wrong("give it --check, --diff or --write", "nines fmt prints one file, got %d", len(files))
	}
	code := 0
	for _, file := range files {
		changed, err := p.format(file, f)
		if err != nil {
			return err
		}
		code = max(code, changed)
	}
	if code > 0 {
		return &failure{code: code}
	}
	return nil
}

// format handles one file and gives the exit code that it asks for.
func (p *program) format(file string, f fmtFlags) (int, error) {
	src, err := p.read(file)
	if err != nil {
		return 0, err
	}
	text, diagnostics := dsl.Format(file, src)
	p.show(diagnostics, model.Warning)
	if slices.ContainsFunc(diagnostics, func(d model.Diagnostic) bool { return d.Severity == model.Error }) {
		return exitWrong, nil
	}
	same := bytes.Equal(src, text)
	if f.diff && !same {
		_, change, _ := bytes.Cut(diff.Diff(file, src, file, text), []byte("\n")) // without the line "diff a b"
		p.stdout.Write(change)
	}
	switch {
	case f.write && file == stdio:
		return 0, wrong("leave --write out", "standard input cannot be written back")
	case f.write && !same:
		return 0, replace(file, text)
	case f.check && !same:
		if !f.diff {
			fmt.Fprintln(p.stdout, file)
		}
		return exitUnmet, nil
	case !f.write && !f.check && !f.diff:
		_, err = p.stdout.Write(text)
	}
	return 0, err
}

// modelFiles replaces folders by the model files in them, in the order of
// their names.
func modelFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		if arg == stdio {
			files = append(files, arg)
			continue
		}
		err := filepath.WalkDir(arg, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return unreadable(name, err)
			case d.IsDir() && name != arg && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case !d.IsDir() && (name == arg || strings.HasSuffix(name, extension)):
				files = append(files, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
