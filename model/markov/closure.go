package markov

import (
	"context"
	"math"
)

// A closure is the form that the distribution of a chain takes in the end and then keeps: on the states that are left again, all of
// which reach each other, it is proportional to shape and fades at a constant rate, the rest having been absorbed. Without absorbing
// states the rate is 0 and the shape is the stationary distribution; with them it is the quasi-stationary one (Darroch and Seneta
// 1967).
//
// When a distribution lies between a shape and b shape, it does so for ever, because time moves all three by the same matrix that is
// not negative. So b/a - 1 bounds the relative error, state by state, of letting the closure take over, and no chain is so stiff as to
// feign that it has settled.
type closure struct {
	shape  []float64 // 0 for the absorbing states
	fade   float64   // rate at which its total is absorbed
	absorb []float64 // share of what is absorbed that each state gets
	loss   float64   // relative error of shape and fade
}

const (
	closeEnough = 1e-12 // b/a - 1
	halfway     = 1e-8  // b/a - 1 that does when it no longer falls, for roundings
	maxPowers   = 12    // steps of inverse iteration
	settledTo   = 1e-13 // relative change in one of them
)

// closure returns nil where the chain does not have this form, or it cannot be found with little work.
func (c *Chain) closure(ctx context.Context, initial []float64) *closure {
	stop := make(Set, c.Len())
	var inner []int32
	for i := range stop {
		if stop[i] = c.start[i] == c.start[i+1]; !stop[i] {
			inner = append(inner, int32(i))
		}
	}
	k := c.components(initial, stop)
	if len(inner) == 0 || k.of[inner[0]] == unreached || len(k.states(int(k.of[inner[0]]))) != len(inner) {
		return nil
	}
	if len(inner) == c.Len() {
		st, err := c.Steady(initial, Options{Context: ctx})
		if err != nil {
			return nil
		}
		return &closure{shape: st.Prob, absorb: make([]float64, c.Len()), loss: st.Error}
	}
	return c.fading(ctx, inner)
}

// fading finds the quasi-stationary distribution of the inner states: the one that is proportional to the times in the states before
// absorption when it is what the chain starts from.
func (c *Chain) fading(ctx context.Context, inner []int32) *closure {
	p := newProblem(ctx, c)
	p.choose(inner)
	s, err := p.solver()
	if err != nil {
		return nil
	}
	for k := range p.start {
		p.start[k] = 1 / float64(len(inner))
	}
	for range maxPowers {
		x, exponent, q, err := p.answer(s)
		if err != nil || exponent != 0 {
			return nil
		}
		scale(x, 1/sum(x))
		change := 0.0
		for k, v := range x {
			change = max(change, math.Abs(v-p.start[k])/v)
		}
		p.start = x
		if change < settledTo {
			return p.closure(q)
		}
	}
	return nil
}

// closure takes the start of the problem for the shape.
func (p *problem) closure(q Quality) *closure {
	n := p.chain.Len()
	c := &closure{shape: make([]float64, n), absorb: make([]float64, n), loss: q.Error}
	for k, v := range p.start {
		c.shape[p.states[k]] = v
		p.each(k, func(local, state int32, rate float64) {
			if local == outside {
				c.absorb[state] += float64(v * rate)
			}
		})
	}
	c.fade = sum(c.absorb)
	scale(c.absorb, 1/c.fade)
	return c
}

// spread returns b/a - 1, +Inf if there is no such b.
func (c *closure) spread(m *moment) float64 {
	least, most := math.Inf(1), 0.0
	for i, v := range c.shape {
		if v > smallest {
			least, most = min(least, m.prob[i]/v), max(most, m.prob[i]/v)
		}
	}
	return most/least - 1
}

// advance moves a moment that has taken the shape on by dt.
func (c *closure) advance(m *moment, dt float64) {
	if c.fade == 0 {
		m.stay(dt)
		return
	}
	x := c.fade * dt
	inner, left, gone := 0.0, math.Exp(-x), -math.Expm1(-x)
	for i, v := range c.shape {
		if v > 0 {
			inner += m.prob[i]
			m.time[i] += m.prob[i] * (gone / c.fade)
			m.prob[i] *= left
		}
	}
	for i, share := range c.absorb {
		if c.shape[i] == 0 {
			m.time[i] += m.prob[i]*dt + inner*share*(ramp(x)/c.fade)
			m.prob[i] += inner * share * gone
		}
	}
}

// ramp returns x - (1 - exp(-x)), for small x from its series.
func ramp(x float64) float64 {
	if x > 0.5 {
		return x + math.Expm1(-x)
	}
	term, all := x*x/2, 0.0
	for k := 3.; math.Abs(term) > roundoff*all; k++ {
		all += term
		term *= -x / k
	}
	return all
}
