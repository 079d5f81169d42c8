package analytic

import (
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A block is a variable of several values: the conditions of a part, the
// number of live bad deploys of a service, or what is seen of a module. Value 0
// is that of the start, which does no harm. It is coded by a chain of bits, see
// chain.
type block struct {
	part, deploys int // what it stands for; the others are model.None and nil
	module        *module
	process           // of the values, in the long run
	first         int // its first variable
	bits          []bdd.Ref
	conditions    []model.Condition // of a part: what each value looks like
	states        []int             // of a part: the value of each state of its automaton
}

// A sight says which conditions of a part the nodes above it tell apart beyond
// its outcome for a single request.
type sight uint8

const (
	seesStale sight = 1 << iota // from up
	seesLost                    // from down
)

func (s sight) of(c model.Condition) model.Condition {
	switch {
	case c == model.Stale && s&seesStale == 0:
		return model.Up
	case c == model.Lost && s&seesLost == 0:
		return model.Down
	}
	return c
}

// A view is what the users of a part see, its domains included. What is none
// of it is down.
type view struct{ up, stale, wrong, lost bdd.Ref }

// newBlock of a part merges the states of its automaton that look alike.
func newBlock(p *model.Part, s sight) *block {
	b := &block{part: model.None, deploys: model.None, conditions: []model.Condition{model.Up}}
	for i := range p.Automaton.States {
		if c := s.of(p.Automaton.States[i].Condition); !slices.Contains(b.conditions, c) {
			b.conditions = append(b.conditions, c)
		}
	}
	for i := range p.Automaton.States {
		b.states = append(b.states, slices.Index(b.conditions, s.of(p.Automaton.States[i].Condition)))
	}
	if p.Static != nil {
		b.pi = []float64{p.Static.P, p.Static.Q}
		return b
	}
	of := longRun(&p.Automaton)
	b.pi = b.merge(of.pi)
	for _, m := range of.moves {
		b.move(b.states[m.from], b.states[m.to], m.rate)
	}
	return b
}

// move adds to the rate between two values.
func (b *block) move(from, to int, rate float64) {
	if from == to {
		return
	}
	for i := range b.moves {
		if m := &b.moves[i]; m.from == from && m.to == to {
			m.rate += rate
			return
		}
	}
	b.moves = append(b.moves, move{from, to, rate})
}

// merge adds up the probabilities of states that look alike.
func (b *block) merge(states []float64) []float64 {
	values := make([]float64, len(b.conditions))
	for i, p := range states {
		values[b.states[i]] += p
	}
	return values
}

// add gives a block its variables. One of a single value needs none.
func (d *diagram) add(b *block) {
	if len(b.pi) == 1 {
		return
	}
	b.first = d.m.Vars()
	b.bits = d.m.Group(len(b.pi) - 1)
	for range b.bits {
		d.coins = append(d.coins, bdd.Prob{})
	}
	d.blocks = append(d.blocks, b)
}

// when is the function that a block has one of the values for which in holds.
func (d *diagram) when(b *block, in func(value int) bool) bdd.Ref {
	f := constant(in(len(b.bits)))
	for i := len(b.bits) - 1; i >= 0; i-- {
		f = d.m.Ite(b.bits[i], constant(in(i)), f)
	}
	return f
}

func constant(b bool) bdd.Ref {
	if b {
		return bdd.True
	}
	return bdd.False
}

// cases gives what is left of f for each value of a block.
func (d *diagram) cases(f bdd.Ref, b *block, dst []bdd.Ref) []bdd.Ref {
	return d.m.Cases(f, b.first, len(b.bits), dst)
}

// chain codes a choice by independent bits: bit i says that it is the i-th,
// given that it is none before; after the last bit only the last is left.
func chain(weights []float64) []bdd.Prob {
	pairs := make([]bdd.Prob, len(weights)-1)
	rest := weights[len(pairs)]
	for i := len(pairs) - 1; i >= 0; i-- {
		pairs[i] = bdd.Prob{P: 1}
		if all := weights[i] + rest; all > 0 {
			pairs[i] = bdd.Prob{P: weights[i] / all, Q: rest / all}
			rest = all
		}
	}
	return pairs
}

// weigh gives each block the probabilities of its values that of says.
func (d *diagram) weigh(of func(*block) []float64) *bdd.Weights {
	vars := slices.Clone(d.coins)
	for _, b := range d.blocks {
		copy(vars[b.first:], chain(of(b)))
	}
	return d.m.Weigh(vars)
}

// longRun are the long-run probabilities.
func (b *block) longRun() []float64 { return b.pi }
