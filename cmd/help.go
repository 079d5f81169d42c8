package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
)

// flagSlack is what pflag leaves free at the end of a line.
const flagSlack = 5

// help writes what a command is for and how it is used, in 80 columns.
func help(c *cobra.Command, _ []string) {
	about := c.Long
	if about == "" {
		about = c.Short
	}
	var b strings.Builder
	use := c.UseLine()
	if !c.Runnable() {
		use = c.CommandPath() + " COMMAND [flags]"
	}
	fmt.Fprintf(&b, "%s\n\n  %s\n", about, use)
	if c.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", c.Example)
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&b, "  %-*s  %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	fmt.Fprintf(&b, "\nFlags:\n%s", c.Flags().FlagUsagesWrapped(report.DefaultWidth+flagSlack))
	fmt.Fprint(c.OutOrStdout(), b.String())
}

// helpCommand is cobra's, with an error for a command that does not exist.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(c *cobra.Command, args []string) error {
			about, _, err := c.Root().Find(args)
			if err != nil {
				return unknownCommand(c.Root(), err)
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// strictCompletion makes an unknown shell an error instead of a help page.
func strictCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	completion, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic(err)
	}
	completion.Short, completion.Long = "Completions for bash, zsh, fish or powershell", ""
	completion.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		return unknownCommand(c, fmt.Errorf("unknown command %q", args[0]))
	}
}
