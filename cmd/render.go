package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
)

func (p *program) renderCommand() *cobra.Command {
	var f outputsFlags
	c := &cobra.Command{
		Use:   "render RESULT.json",
		Short: "A result that was written as JSON, in another format",
		Long: `render writes a result of eval, simulate, check, diff or sweep that was kept as JSON as
these commands would have written it in another format.`,
		Example: `  nines render result.json
  nines render result.json --format markdown -o comment.md`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrong("write nines render RESULT.json, - for standard input", "nines render wants one result, got %d", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.render(args[0], &f) },
	}
	formats := new(report.Report).Formats()
	for _, format := range append(new(report.Checks).Formats(), new(report.Diff).Formats()...) {
		if !slices.Contains(formats, format) {
			formats = append(formats, format)
		}
	}
	f.bind(c, formats...)
	return c
}

func (p *program) render(file string, f *outputsFlags) error {
	text, err := p.read(file)
	if err != nil {
		return err
	}
	outputs, err := f.outputs([]string{file})
	if err != nil {
		return err
	}
	result, err := report.Read(text, rules())
	if err != nil {
		return wrong("it wants what a command wrote with --format json", "cannot render %s: %w", file, err)
	}
	for _, o := range outputs {
		if !slices.Contains(result.Formats(), o.format) {
			return wrong("there are "+strings.Join(result.Formats(), ", "), "%s has no format %s", file, o.format)
		}
	}
	return p.publishAll(outputs, result.Write)
}
