package markov

import (
	"fmt"
	"math"
)

// A stepper moves a distribution through time. It returns the relative error that it may have added.
type stepper interface {
	advance(m *moment, dt float64) (loss float64, err error)
}

// A walk is a stepper on its way.
type walk struct {
	stepper stepper
	quality Quality
}

func (w *walk) advance(m *moment, dt float64) error {
	loss, err := w.stepper.advance(m, dt)
	w.quality.Error += loss
	return err
}

// Bounds of the methods for transients, in multiplications. Those of a matrix product are several times faster than the others.
const (
	maxSmall = 600 // states
	speedup  = 4
	maxJumps = 1e11
)

// walk chooses the cheapest way to go through the horizon in the given number of steps.
func (c *Chain) walk(horizon float64, steps int, opts Options) (*walk, error) {
	u := newUniform(opts.withDefaults().Context, c)
	n, mean := float64(c.Len()), u.rate*horizon
	jumps := (mean + float64(steps)*(100+37*math.Sqrt(mean/float64(steps+1)))) * (float64(len(c.to)) + 3*n)
	squares := (2*n + float64(steps)) * n * n * max(1, math.Log2(mean)+2) / speedup
	switch {
	case n <= maxSmall && squares < jumps:
		p, err := newPowers(u)
		return &walk{p, Quality{Method: Squaring}}, err
	case jumps <= maxJumps:
		return &walk{u, Quality{Method: Uniformisation}}, nil
	}
	return nil, fmt.Errorf("%w: %d states and %.3g jumps", ErrWork, c.Len(), mean)
}
