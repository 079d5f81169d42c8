package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"nines/model/bdd"
	"nines/model/markov"
)

// limitFlags bound the work of the exact engine.
type limitFlags struct {
	maxNodes  int
	maxStates int
	timeout   duration
}

func (f *limitFlags) bind(c *cobra.Command) {
	flags := c.Flags()
	flags.IntVar(&f.maxNodes, "max-nodes", 0, "let decision diagrams have `N` nodes at most (default ten million)")
	flags.IntVar(&f.maxStates, "max-states", 0, "follow at most `N` joint states of parts that interact (default 300,000)")
	flags.Var(&f.timeout, "timeout", "give up after the time `T`")
}

// check refuses what is no limit.
func (f *limitFlags) check() error {
	switch {
	case f.maxNodes < 0:
		return wrong("leave the flag out for the default", "--max-nodes wants a number above zero")
	case f.maxStates < 0:
		return wrong("leave the flag out for the default", "--max-states wants a number above zero")
	}
	return nil
}

// limited gives a context that ends at the first Ctrl-C, or when the time since
// start is up.
func (f *limitFlags) limited(start time.Time) (context.Context, context.CancelFunc) {
	ctx, stop := interruptible()
	ctx, cancel := f.within(ctx, start)
	return ctx, func() { cancel(); stop() }
}

// within gives a context that ends with ctx, or when the time since start is up.
func (f *limitFlags) within(ctx context.Context, start time.Time) (context.Context, context.CancelFunc) {
	if f.timeout.seconds == 0 {
		return ctx, func() {}
	}
	return context.WithDeadlineCause(ctx, start.Add(seconds(f.timeout.seconds)), fmt.Errorf("not done after %s", f.timeout.text))
}

// halfOf ends when half of the time that is left to ctx is over.
func halfOf(ctx context.Context) (context.Context, context.CancelFunc) {
	end, timed := ctx.Deadline()
	if !timed {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Until(end)/2)
}

// limit says whether an engine stopped at one of the limits.
func limit(err error) bool {
	return errors.Is(err, bdd.ErrNodes) || errors.Is(err, markov.ErrSize) || errors.Is(err, context.DeadlineExceeded)
}

// because is err, in words where ctx ended it.
func because(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return context.Cause(ctx)
	}
	return err
}

// hint is a way out where a limit was reached.
func (f *limitFlags) hint() string {
	return "nines simulate has no such limit; --system NAME asks for less, --max-nodes, --max-states and --timeout allow more"
}
