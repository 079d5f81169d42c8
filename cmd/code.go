package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"nines/dsl"
)

func (p *program) explainCodeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain-code [CODE]",
		Short: "What an error, a warning or a note means",
		Example: `  nines explain-code W103
  nines explain-code`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return wrong("write nines explain-code W103", "nines explain-code wants one code, got %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return codeIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listCodes()
			}
			code := dsl.Explain(args[0])
			if code == nil {
				hint := "nines explain-code lists them"
				if near := dsl.Nearest(args[0], codeIDs()); near != "" {
					hint = fmt.Sprintf("did you mean %s?", near)
				}
				return wrong(hint, "there is no code %s", args[0])
			}
			_, err := fmt.Fprintf(p.stdout, "%s: %s\n\n%s\n", code.ID, code.Title, code.Text)
			return err
		},
	}
}

func (p *program) listCodes() error {
	for _, c := range dsl.Codes() {
		if _, err := fmt.Fprintf(p.stdout, "%s  %s\n", c.ID, c.Title); err != nil {
			return err
		}
	}
	return nil
}

func codeIDs() []string {
	var ids []string
	for _, c := range dsl.Codes() {
		ids = append(ids, c.ID)
	}
	return ids
}
