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
	c.Sum = f.sum(s, all, weight)
	if f.plain() && f.skeleton == nil && order == 0 {
		if bound, ok := s.AnyOf(all, weight); ok {
			c.Bound = bound
		}
	}
	return c
}

// coherent says whether no failure can bring the target up again. Only a `not`
// does that, and a wrong answer that turns into none.
func (f *failure) coherent() bool {
	wrong := slices.ContainsFunc(f.report.blocks, func(b *block) bool {
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
		c := model.Cut{Probability: f.together(elements)}
		for _, i := range elements {
			c.Events = append(c.Events, f.events[i])
		}
		slices.SortStableFunc(c.Events, func(a, b model.Event) int { return cmp.Or(listed(a.Pos, b.Pos), inArray(a.Name, b.Name)) })
		cuts = append(cuts, c)
	}
	return cuts
}

// together is the probability that all of some events happen.
func (f *failure) together(elements []int) float64 {
	if f.skeleton == nil {
		p := 1.0
		for _, i := range elements {
			p *= f.events[i].Probability
		}
		return p
	}
	values := map[*block][]int{}
	var blocks []*block
	for _, i := range elements {
		blocks = append(blocks, f.places[i].block)
		values[f.places[i].block] = f.places[i].values
	}
	return f.skeleton.together(f, blocks, func(b *block, v int) bool { return slices.Contains(values[b], v) })
}

// mostSummed is how many cut sets of parts that interact are summed one by
// one.
const mostSummed = 1000

// sum adds up the probabilities of all cut sets; NaN where they are too many.
func (f *failure) sum(s *bdd.Families, all bdd.Family, weight []float64) float64 {
	if f.skeleton == nil {
		return s.Sum(all, weight)
	}
	list := s.Best(all, weight, mostSummed+1)
	if len(list) > mostSummed {
		return math.NaN()
	}
	total := 0.0
	for _, elements := range list {
		total += f.together(elements)
	}
	return total
}

// singles are the cut sets of one event, the likeliest first. The outages that
// begin with them are known from the importance of their parts.
func (f *failure) singles(list []model.Importance, outages float64) []model.Single {
	s := bdd.NewFamilies(bdd.Options{Context: f.ctx})
	alone := s.Minimal(f.m, f.down, f.choices, 1)
	var singles []model.Single
	for _, elements := range s.Best(alone, f.probabilities(), len(f.events)) {
		for _, i := range elements {
			single := model.Single{Event: f.events[i], Outages: math.NaN()}
			for _, of := range list {
				if of.Name == single.Name && of.Cause == single.Cause && !of.Mode {
					single.Outages = of.Outages * outages
				}
			}
			singles = append(singles, single)
		}
	}
	return singles
}

// paths counts and lists the minimal path sets.
func (f *failure) paths(c *model.Cuts, opts ExplainOptions) {
	s := bdd.NewFamilies(f.bounds(opts))
	all := s.Paths(f.m, f.up, f.choices)
	if s.Err() != nil {
		return
	}
	c.Paths = s.Count(all)
	weight := make([]float64, len(f.report.blocks))
	for i, b := range f.report.blocks {
		weight[i] = f.values[b][0]
	}
	for _, elements := range s.Best(all, weight, opts.Paths) {
		p := model.Path{Probability: 1}
		var blocks []*block
		for _, i := range elements {
			e := f.subject(f.report.blocks[i])
			e.Probability = sum(f.values[f.report.blocks[i]][1:])
			p.Parts = append(p.Parts, e)
			p.Probability *= weight[i]
			blocks = append(blocks, f.report.blocks[i])
		}
		if f.skeleton != nil {
			p.Probability = f.skeleton.together(f, blocks, func(_ *block, v int) bool { return v == 0 })
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
