package markov

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// The reasons why a chain cannot be built or solved, to be told apart by errors.Is.
var (
	ErrSize     = errors.New("chain too large")
	ErrRate     = errors.New("not a rate")
	ErrInitial  = errors.New("not an initial distribution")
	ErrQuantile = errors.New("not a probability to take the quantile of")
	ErrTime     = errors.New("not a time")
	ErrRange    = errors.New("rates so far apart that the result is outside the range of floating point")
	ErrWork     = errors.New("too much work")
)

const (
	defaultMaxStates      = 10_000_000
	defaultMaxTransitions = 300_000_000
	pollEmits             = 1 << 8 // transitions between looks at the context
)

// Options bound the work. The zero value allows 10 million states and 300 million transitions (4 GB) and never gives up otherwise.
type Options struct {
	MaxStates      int             // 0 means 10 million
	MaxTransitions int             // 0 means 300 million
	Context        context.Context // stops long computations; nil means never
}

func (o Options) withDefaults() Options {
	if o.MaxStates <= 0 {
		o.MaxStates = defaultMaxStates
	}
	o.MaxStates = min(o.MaxStates, math.MaxInt32)
	if o.MaxTransitions <= 0 {
		o.MaxTransitions = defaultMaxTransitions
	}
	if o.Context == nil {
		o.Context = context.Background()
	}
	return o
}

// A Chain is a continuous-time Markov chain on the states 0..Len()-1. It does not change once it is built and may be used by several
// goroutines.
type Chain struct {
	start []int // row i is to[start[i]:start[i+1]]
	to    []int32
	rate  []float64
}

// Len returns the number of states.
func (c *Chain) Len() int { return len(c.start) - 1 }

// Transitions returns the number of pairs of different states with a rate between them.
func (c *Chain) Transitions() int { return len(c.to) }

// Row returns where state i leads, in increasing order, and at what rates. The slices belong to the chain.
func (c *Chain) Row(i int) (to []int32, rate []float64) {
	a, b := c.start[i], c.start[i+1]
	return c.to[a:b:b], c.rate[a:b:b]
}

// leave returns the rate at which state i is left.
func (c *Chain) leave(i int) float64 {
	_, rate := c.Row(i)
	return sum(rate)
}

// each visits all transitions.
func (c *Chain) each(visit func(from, to int32, rate float64)) {
	for i := range c.Len() {
		to, rate := c.Row(i)
		for e, j := range to {
			visit(int32(i), j, rate[e])
		}
	}
}

// A Set says of each state whether it belongs.
type Set []bool

// Split returns the sums of p over the states in the set and over the others.
func (s Set) Split(p []float64) (in, out float64) {
	var a, b total
	for i, v := range p {
		if s[i] {
			a.add(v)
		} else {
			b.add(v)
		}
	}
	return a.value(), b.value()
}

// An edge is a transition of the row being built.
type edge struct {
	to   int32
	rate float64
}

// A builder takes the rows of a chain one by one.
type builder struct {
	chain Chain
	row   []edge
	opts  Options
}

func newBuilder(opts Options) *builder {
	return &builder{chain: Chain{start: []int{0}}, opts: opts}
}

// add notes a transition of the current row. A zero rate is none.
func (b *builder) add(to int32, rate float64) error {
	if !(rate >= 0 && rate <= math.MaxFloat64) {
		return fmt.Errorf("%w: got %v, want a finite number that is not negative", ErrRate, rate)
	}
	if rate > 0 {
		b.row = append(b.row, edge{to, rate})
	}
	return nil
}

// end closes the current row: parallel transitions become one, transitions to the state itself have no effect and go.
func (b *builder) end() error {
	c := &b.chain
	self, first := int32(c.Len()), len(c.to)
	slices.SortFunc(b.row, func(x, y edge) int { return int(x.to) - int(y.to) })
	for _, e := range b.row {
		last := len(c.to) - 1
		switch {
		case e.to == self:
		case last >= first && c.to[last] == e.to:
			c.rate[last] += e.rate
		default:
			c.to = append(c.to, e.to)
			c.rate = append(c.rate, e.rate)
		}
	}
	b.row = b.row[:0]
	c.start = append(c.start, len(c.to))
	if math.IsInf(c.leave(int(self)), 0) {
		return fmt.Errorf("%w: a state is left at a total rate beyond %g", ErrRate, math.MaxFloat64)
	}
	if len(c.to) > b.opts.MaxTransitions {
		return fmt.Errorf("%w: more than %d transitions", ErrSize, b.opts.MaxTransitions)
	}
	return nil
}

// initial checks a distribution over the states and makes it add up to 1 exactly; nil means state 0 for certain.
func (c *Chain) initial(p []float64) ([]float64, error) {
	if p == nil {
		p = make([]float64, c.Len())
		p[0] = 1
		return p, nil
	}
	if len(p) != c.Len() {
		return nil, fmt.Errorf("%w: got %d probabilities, want one for each of %d states", ErrInitial, len(p), c.Len())
	}
	for i, v := range p {
		if !(v >= 0) {
			return nil, fmt.Errorf("%w: state %d has probability %v", ErrInitial, i, v)
		}
	}
	s := sum(p)
	if !(math.Abs(s-1) <= 1e-9) {
		return nil, fmt.Errorf("%w: the probabilities add up to %v, want 1", ErrInitial, s)
	}
	p = slices.Clone(p)
	scale(p, 1/s)
	return p, nil
}
