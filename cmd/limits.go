package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// limitFlags bound the work of the exact engine.
type limitFlags struct {
	maxNodes int
	timeout  duration
}

func (f *limitFlags) bind(c *cobra.Command) {
	flags := c.Flags()
	flags.IntVar(&f.maxNodes, "max-nodes", 0, "let a decision diagram have `N` nodes at most (default ten million, about 2 GB)")
	flags.Var(&f.timeout, "timeout", "give up after the time `T`")
}

// limited gives a context that ends at the first Ctrl-C, or when the time is
// up.
func (f *limitFlags) limited() (context.Context, context.CancelFunc) {
	ctx, stop := interruptible()
	if f.timeout.seconds == 0 {
		return ctx, stop
	}
	ctx, cancel := context.WithTimeoutCause(ctx, seconds(f.timeout.seconds), fmt.Errorf("not done after %s", f.timeout.text))
	return ctx, func() { cancel(); stop() }
}

// hint is a way out where a limit was reached.
func (f *limitFlags) hint() string {
	return "nines simulate has no such limit; --system NAME asks for less, --max-nodes and --timeout allow more"
}
