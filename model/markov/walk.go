package markov

import (
	"errors"
	"fmt"
	"math"
)

// A stepper moves a distribution through time. It returns the relative error that it may have added.
type stepper interface {
	advance(m *moment, dt float64) (loss float64, err error)
}

// A walk moves a distribution through time by the method that suits the chain and the horizon.
type walk struct {
	stepper
	quality Quality
	closure *closure // what it comes to in the end, nil if not known
	closed  bool     // that is reached
	spread  float64  // how far it was away from that when last looked at
	first   float64  // time after which to look for the first time whether it is, then after twice as much
	elapsed float64
	cost    float64 // multiplications per unit of time
}

// Bounds of the methods for transients.
const (
	maxSmall   = 600  // states of a chain whose matrix is squared
	speedup    = 4    // of the multiplications in a matrix product over the others
	manyJumps  = 5e9  // multiplications for jumps, above which other ways are looked for
	maxJumps   = 3e11 // the same, at most
	firstJumps = 256  // before the distribution is compared with the closure
)

// walk prepares for the horizon, to be reached in the given number of stages from the initial distribution.
func (c *Chain) walk(initial []float64, horizon float64, stages int, opts Options) (*walk, error) {
	u := newUniform(opts.withDefaults().Context, c)
	n, mean, count := float64(c.Len()), u.often*horizon, float64(stages)
	jump := float64(len(c.to)) + 3*n
	jumps := (mean + count*(100+37*math.Sqrt(mean/(count+1)))) * jump
	squares := (2*n + count) * n * n * max(1, math.Log2(mean)+2) / speedup
	switch {
	case n <= maxSmall && mean > 1 && squares < jumps:
		p, err := newPowers(u)
		return &walk{stepper: p, quality: Quality{Method: Squaring}, first: horizon}, err
	case jumps <= manyJumps:
		return &walk{stepper: u, quality: Quality{Method: Uniformisation}, first: horizon}, nil
	}
	w := &walk{closure: c.closure(u.ctx, initial), first: horizon, spread: math.Inf(1)}
	s, err := newImplicit(u, c, horizon/count)
	if err == nil || !errors.Is(err, ErrWork) {
		w.stepper, w.quality.Method = s, Implicit
		return w, err
	}
	w.stepper, w.quality.Method = u, Uniformisation
	w.first, w.cost = firstJumps/u.often, u.often*jump
	return w, nil
}

// advance moves m on by dt, by the closure from when it is reached.
func (w *walk) advance(m *moment, dt float64) error {
	for dt > 0 && !w.closed {
		step := min(dt, max(w.first, w.elapsed))
		if (w.elapsed+step)*w.cost > maxJumps {
			return fmt.Errorf("%w: %d states and more than %.3g multiplications", ErrWork, len(m.prob), maxJumps)
		}
		loss, err := w.stepper.advance(m, step)
		if err != nil {
			return err
		}
		w.quality.Error += loss
		w.elapsed += step
		dt -= step
		w.look(m)
	}
	if dt > 0 {
		w.closure.advance(m, dt)
	}
	return nil
}

// look lets the closure take over if it is reached.
func (w *walk) look(m *moment) {
	if w.closure == nil {
		return
	}
	spread := w.closure.spread(m)
	w.closed = spread < closeEnough || spread < halfway && spread > w.spread/2
	if w.spread = spread; w.closed {
		w.quality.Error += spread + w.closure.loss
	}
}
