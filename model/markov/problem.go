package markov

import (
	"context"
	"math"
	"slices"
)

// A problem asks how long a chain is expected to stay in each of some states before it leaves all of them for good: the x with
// x (D - Q) = start, where Q has the rates between these states, D on its diagonal the total rates out of them, and start the
// probabilities of starting in them. Everything the package knows of the long run is such an x. No method that finds it subtracts.
type problem struct {
	chain  *Chain
	states []int32   // those of the problem
	local  []int32   // where a state of the chain stands in states, or outside
	exit   []float64 // rate out of all of them, by local number
	start  []float64 // by local number
	ctx    context.Context
}

const outside = -1

func newProblem(ctx context.Context, c *Chain) *problem {
	p := &problem{chain: c, ctx: ctx, local: make([]int32, c.Len())}
	for i := range p.local {
		p.local[i] = outside
	}
	return p
}

// choose makes the problem one about these states. The caller fills in start.
func (p *problem) choose(states []int32) {
	for _, i := range p.states {
		p.local[i] = outside
	}
	p.states = slices.Clone(states)
	for k, i := range states {
		p.local[i] = int32(k)
	}
	p.exit = make([]float64, len(states))
	p.start = make([]float64, len(states))
	for k := range p.exit {
		p.each(k, func(local, _ int32, rate float64) {
			if local == outside {
				p.exit[k] += rate
			}
		})
	}
}

// each visits the transitions of the state with local number k: where they lead by local number, and by number in the chain.
func (p *problem) each(k int, visit func(local, state int32, rate float64)) {
	to, rate := p.chain.Row(int(p.states[k]))
	for e, j := range to {
		visit(p.local[j], j, rate[e])
	}
}

// residual returns the largest relative imbalance of the flows into and out of a state if the times are x times 2^exponent.
func (p *problem) residual(x []float64, exponent int) float64 {
	in, out := make([]total, len(x)), make([]total, len(x))
	for k, v := range x {
		in[k].add(math.Ldexp(p.start[k], -exponent))
		out[k].add(p.exit[k])
		p.each(k, func(local, _ int32, rate float64) {
			if local != outside {
				in[local].add(float64(v * rate))
				out[k].add(rate)
			}
		})
	}
	worst := 0.0
	for k, v := range x {
		if flow := v * out[k].value(); flow > smallest {
			worst = max(worst, math.Abs(in[k].value()-flow)/flow)
		}
	}
	return worst
}

// smallest is where results stop having full accuracy: below it lie the numbers that floating point holds with fewer digits.
const smallest = 1e-290

const unitBits = 300

// unit is the power of two that brings the greatest rate near 2^unitBits: most of the range of floating point is for the small ones.
func (p *problem) unit() float64 {
	greatest := 0.0
	for k, exit := range p.exit {
		greatest = max(greatest, exit)
		p.each(k, func(_, _ int32, rate float64) { greatest = max(greatest, rate) })
	}
	_, exponent := math.Frexp(greatest)
	return math.Ldexp(1, min(unitBits-exponent, 1000))
}
