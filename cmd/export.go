package cmd

import (
	"bytes"
	"slices"

	"github.com/spf13/cobra"

	"nines/model"
	"nines/model/analytic"
	"nines/model/encoding/openpsa"
)

func (p *program) exportCommand() *cobra.Command {
	var f modelFlags
	out := outputFlags{}
	c := &cobra.Command{
		Use:   "export FORMAT FILE",
		Short: "A model in another format",
		Long: `export writes a model in another format. The formats: openpsa, fault trees in
the Open-PSA Model Exchange Format, where each part that fails and is repaired
has its long-run unavailability. The top event is that a request gets no answer.`,
		Example: `  nines export openpsa shop.nines -o shop.xml
  nines export openpsa shop.nines --system checkout --set pods=6`,
		Args: func(c *cobra.Command, args []string) error {
			if err := foreignModel(c, args); err != nil {
				return err
			}
			return oneModel(c, args[1:])
		},
		ValidArgsFunction: completeForeign(extension, foreign),
		RunE:              func(_ *cobra.Command, args []string) error { return p.export(args[1:], &f, &out) },
	}
	f.bindModel(c)
	c.RegisterFlagCompletionFunc("system", afterFormat(completeSystem))
	c.RegisterFlagCompletionFunc("scenario", afterFormat(completeScenario))
	out.bindFile(c)
	return c
}

func (p *program) export(files []string, f *modelFlags, out *outputFlags) error {
	if err := out.spares(files); err != nil {
		return err
	}
	sys, _, err := p.load(files, f)
	if err != nil {
		return err
	}
	if len(sys.Crews) > 0 {
		return wrong("give each part repairers of its own", "the parts that crew %s repairs wait for each other, and the events of a fault tree are independent", sys.Crews[0].Name)
	}
	if len(sys.Shocks) > 0 {
		s := &sys.Shocks[0]
		return wrong("describe the parts by `unavailability`, or leave it out", "the parts that fail by the %s fail together, and the events of a fault tree are independent",
			model.Event{Name: s.Name, Cause: s.Kind()})
	}
	if len(f.systems) > 0 {
		sys.Targets = slices.DeleteFunc(sys.Targets, func(t model.Target) bool { return !slices.Contains(f.systems, t.Name) })
	}
	var text bytes.Buffer
	down := func(part int) (float64, bool) { return analytic.Down(&sys.Parts[part]), true }
	if err := openpsa.Encode(&text, sys, down); err != nil {
		return p.unwritable(err)
	}
	return p.deliver(out.file, text.Bytes())
}

// afterFormat completes a flag from the files that follow the format.
func afterFormat(complete cobra.CompletionFunc) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, to string) ([]string, cobra.ShellCompDirective) {
		return complete(c, args[min(1, len(args)):], to)
	}
}
