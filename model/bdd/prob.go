package bdd

import (
	"fmt"
	"math"
)

// Prob is the probability P that something is true and Q that it is false, both kept because 1-P forgets a small Q.
type Prob struct{ P, Q float64 }

// Not returns the pair of the negation.
func (p Prob) Not() Prob { return Prob{p.Q, p.P} }

func (p Prob) signed(s Ref) Prob {
	if s != 0 {
		return p.Not()
	}
	return p
}

// Weights computes probabilities under one assignment of probabilities to independent variables. What it has found for one function
// serves the next; it stays valid when the manager makes, frees or reorders nodes.
type Weights struct {
	m     *Manager
	epoch uint // of the manager when the results were found
	vars  []Prob
	node  pages[Prob]    // the zero Prob where not known
	both  memo[float64]  // probability of two functions together, by pair
	flow  pages[[2]flow] // scratch: of each node and its negation, all zero between operations
}

// Weigh gives each variable its probabilities, and keeps vars. It panics unless each pair is two numbers from 0 to 1 that add up to 1 within 1e-9.
func (m *Manager) Weigh(vars []Prob) *Weights {
	for v, p := range vars {
		if !(p.P >= 0 && p.Q >= 0 && math.Abs(p.P+p.Q-1) <= 1e-9) {
			panic(fmt.Sprintf("bdd: variable %d: %v is not a pair of probabilities", v, p))
		}
	}
	return &Weights{m: m, epoch: m.epoch, vars: vars}
}

// Prob returns the probabilities of f and of its negation. Each is a sum of products of the given numbers and has a relative error of
// about one rounding per level of the diagram, however small it is.
func (w *Weights) Prob(f Ref) Prob {
	w.refresh()
	return w.prob(f)
}

// refresh forgets what was found for nodes that may be others by now.
func (w *Weights) refresh() {
	if w.epoch != w.m.epoch {
		w.epoch, w.node, w.both = w.m.epoch, nil, memo[float64]{}
	}
}

func (w *Weights) prob(f Ref) Prob {
	if f.constant() {
		return Prob{0, 1}.signed(f)
	}
	p := w.node.at(f.node())
	if *p == (Prob{}) {
		d := &w.m.nodes[f.node()]
		*p = mix(w.vars[d.v], w.prob(d.lo), w.prob(d.hi))
	}
	return p.signed(f.sign())
}

// mix is the law of total probability over one variable. The conversions keep the products from being fused into the sums on some
// machines only.
func mix(x, lo, hi Prob) Prob {
	return Prob{
		P: float64(x.P*hi.P) + float64(x.Q*lo.P),
		Q: float64(x.P*hi.Q) + float64(x.Q*lo.Q),
	}
}

// Diff returns the probability that f holds and g does not, as a sum of products of the given numbers: accurate also where the
// probabilities of f and g nearly agree. The cost is the number of pairs of nodes met, at most the product of the sizes; past
// Options.MaxNodes pairs the manager fails with ErrNodes.
func (w *Weights) Diff(f, g Ref) float64 {
	if w.m.err != nil {
		return 0
	}
	w.refresh()
	return w.joint(f, g.Not())
}

// joint returns the probability that f and g hold together.
func (w *Weights) joint(f, g Ref) float64 {
	if f > g {
		f, g = g, f
	}
	switch {
	case f == False, f^1 == g:
		return 0
	case f == True, f == g:
		return w.prob(g).P
	}
	key := uint64(f)<<32 | uint64(g)
	if p, ok := w.both.get(key); ok {
		return p
	}
	if !w.m.step() {
		return 0
	}
	v, f0, f1, g0, g1 := w.m.split(f, g)
	x := w.vars[v]
	lo := w.joint(f0, g0)
	hi := w.joint(f1, g1)
	p := float64(x.P*hi) + float64(x.Q*lo)
	w.both.put(key, p)
	if w.both.count > w.m.maxNodes {
		w.m.failNodes()
	}
	return p
}
