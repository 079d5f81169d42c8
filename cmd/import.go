package cmd

import (
	"bytes"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
)

// foreignFormats are those that can be imported and exported.
var foreignFormats = [...]string{"openpsa"}

func (p *program) importCommand() *cobra.Command {
	var f modelFlags
	out := outputFlags{}
	c := &cobra.Command{
		Use:   "import FORMAT FILE...",
		Short: "A model file from one of another format",
		Long: `import turns a model of another format into a model file, to read and to keep.
It gives the same figures. Gates that several others share become systems, too;
--system NAME of the other commands reports one alone. The formats: openpsa,
fault trees in the Open-PSA Model Exchange Format.`,
		Example: `  nines import openpsa fault-tree.xml -o fault-tree.nines
  nines import openpsa gates.xml events.xml`,
		Args:              foreignModel,
		ValidArgsFunction: completeForeign(foreign),
		RunE:              func(_ *cobra.Command, args []string) error { return p.importModel(args[1:], &f, &out) },
	}
	c.Flags().Var(&f.mission, "mission", "let the mission last `T`")
	out.bindFile(c)
	return c
}

func (p *program) importModel(files []string, f *modelFlags, out *outputFlags) error {
	if err := out.spares(files); err != nil {
		return err
	}
	for _, file := range files {
		if _, err := p.read(file); err != nil {
			return err
		}
	}
	sys, diagnostics := p.decode(files, f)
	p.show(diagnostics, model.Note)
	if sys == nil {
		return &failure{code: exitWrong}
	}
	var text bytes.Buffer
	if err := dsl.Write(&text, sys); err != nil {
		return p.unwritable(err)
	}
	return p.deliver(out.file, text.Bytes())
}

// unwritable shows each thing that another format has no words for.
func (p *program) unwritable(err error) error {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	var list []model.Diagnostic
	for _, e := range all {
		list = append(list, model.Diagnostic{Summary: e.Error()})
	}
	report.Diagnostics(p.stderr, list, func(string) []byte { return nil }, p.look(p.stderr))
	return &failure{code: exitWrong}
}

// foreignModel is the argument of commands for other formats.
func foreignModel(c *cobra.Command, args []string) error {
	formats := strings.Join(foreignFormats[:], ", ")
	switch {
	case len(args) == 0:
		return wrong("the formats: "+formats, "%s wants a format and files, got none", c.CommandPath())
	case !slices.Contains(foreignFormats[:], args[0]):
		return wrong(didYouMean(args[0], foreignFormats[:]), "%s knows no format %s", c.CommandPath(), args[0])
	case len(args) == 1:
		return wrong("write "+c.CommandPath()+" "+args[0]+" FILE, - for standard input", "%s wants a file, got none", c.CommandPath())
	}
	return nil
}

// completeForeign offers the formats, then files of the extensions.
func completeForeign(extensions ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return foreignFormats[:], cobra.ShellCompDirectiveNoFileComp
		}
		var names []string
		for _, e := range extensions {
			names = append(names, strings.TrimPrefix(e, "."))
		}
		return names, cobra.ShellCompDirectiveFilterFileExt
	}
}
