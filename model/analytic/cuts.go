package analytic

import (
	"cmp"
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// fewestOrders are the orders that are tried, from the largest on, where all
// cut sets are too many.
var fewestOrders = [...]int{4, 3, 2, 1}

// cuts finds the minimal cut sets of up to opts.Order events, lists the
// likeliest and adds up all of them.
func (f *failure) cuts(opts ExplainOptions) model.Cuts {
	c := model.Cuts{Coherent: f.coherent(), Bound: math.NaN(), Sum: math.NaN()}
	s, all, order := f.minimal(opts)
	c.Order = order
	if s == nil {
		return c
	}
	weight := f.probabilities()
	c.Count = s.Count(all)
	c.Listed = f.list(s.Best(all, weight, opts.Cuts))
	if opts.Joint > 0 {
		c.Joint = f.list(s.Best(s.Minus(all, s.Minimal(f.m, f.down, f.choices, 1)), weight, opts.Joint))
	}
	c.Sum = s.Sum(all, weight)
	if f.plain() && order == 0 {
		if bound, ok := s.AnyOf(all, weight); ok {
			c.Bound = bound
		}
	}
	return c
}

// coherent says whether no failure can bring the target up again. Only a `not`
// does that, and a wrong answer that turns into none.
func (f *failure) coherent() bool {
	wrong := slices.ContainsFunc(f.blocks, func(b *block) bool {
		return b.module != nil || slices.Contains(b.conditions, model.Wrong)
	})
	for i := range f.sys.Nodes {
		wrong = wrong || f.reached[i] && f.sys.Nodes[i].Kind == model.Not
	}
	return !wrong || f.m.Coherent(f.down, f.choices)
}

// minimal finds the minimal cut sets, those of a smaller order where all are
// too many. order is 0 where they are all, and s nil where there is no answer.
func (f *failure) minimal(opts ExplainOptions) (s *bdd.Families, all bdd.Family, order int) {
	try := func(most int) bool {
		s = bdd.NewFamilies(f.bounds(opts))
		all = s.Minimal(f.m, f.down, f.choices, most)
		return s.Err() == nil
	}
	if opts.Order > 0 {
		if try(opts.Order) {
			return s, all, opts.Order
		}
	} else if try(-1) {
		return s, all, 0
	}
	for _, most := range fewestOrders {
		if (opts.Order == 0 || most < opts.Order) && try(most) {
			return s, all, most
		}
	}
	return nil, bdd.Empty, 0
}

func (f *failure) bounds(opts ExplainOptions) bdd.Options {
	return bdd.Options{MaxNodes: f.nodes(opts), Context: f.ctx}
}

func (f *failure) nodes(opts ExplainOptions) int { return cmp.Or(opts.MaxNodes, defaultMaxNodes) }

// list describes the cut sets of some events.
func (f *failure) list(best [][]int) []model.Cut {
	var cuts []model.Cut
	for _, elements := range best {
		c := model.Cut{Probability: 1}
		for _, i := range elements {
			c.Events = append(c.Events, f.events[i])
			c.Probability *= f.events[i].Probability
		}
		cuts = append(cuts, c)
	}
	return cuts
}

// singles are the cut sets of one event, the likeliest first.
func (f *failure) singles(starts []start) []model.Single {
	s := bdd.NewFamilies(bdd.Options{Context: f.ctx})
	alone := s.Minimal(f.m, f.down, f.choices, 1)
	var list []model.Single
	for _, elements := range s.Best(alone, f.probabilities(), len(f.events)) {
		for _, i := range elements {
			outages := math.NaN()
			if starts != nil {
				outages = starts[f.places[i]].all * model.Year
			}
			list = append(list, model.Single{Event: f.events[i], Outages: outages})
		}
	}
	return list
}

// paths counts and lists the minimal path sets.
func (f *failure) paths(c *model.Cuts, opts ExplainOptions) {
	s := bdd.NewFamilies(f.bounds(opts))
	all := s.Paths(f.m, f.up, f.choices)
	if s.Err() != nil {
		return
	}
	c.Paths = s.Count(all)
	weight := make([]float64, len(f.blocks))
	for i, b := range f.blocks {
		weight[i] = f.values[b][0]
	}
	for _, elements := range s.Best(all, weight, opts.Paths) {
		p := model.Path{Probability: 1}
		for _, i := range elements {
			e := f.subject(f.blocks[i])
			e.Probability = sum(f.values[f.blocks[i]][1:])
			p.Parts = append(p.Parts, e)
			p.Probability *= weight[i]
		}
		c.Works = append(c.Works, p)
	}
}

// mostPrimes bounds the nodes that counting prime implicants may take, which
// can be many times as many as those of the function.
const mostPrimes = 5_000_000

// primes counts the prime implicants of a structure that is not coherent.
func (f *failure) primes(c *model.Cuts) {
	if c.Coherent || !f.plain() {
		return
	}
	s := bdd.NewFamilies(bdd.Options{MaxNodes: mostPrimes, Context: f.ctx})
	if all := s.Primes(f.m, f.down, f.choices); s.Err() == nil {
		c.Primes = s.Count(all)
	}
}
