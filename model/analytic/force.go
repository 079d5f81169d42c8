package analytic

import (
	"cmp"
	"slices"
)

const attractions = 60 // rounds of attraction

// attracted improves an order of the parts by letting gates draw together what
// has to do with each other: in every round each gate and part moves to the
// mean of the centres of the gates that it is or serves (Aloul, Markov,
// Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic",
// GLSVLSI 2003). The round of the least total span counts, by its places of
// the parts or, depth first, of the gates.
func (p *plain) attracted(order []int, depthFirst bool) []int {
	at := p.spread(order)
	best, least := at, p.span(at)
	for range attractions {
		at = p.pull(at)
		if span := p.span(at); span < least {
			best, least = at, span
		}
	}
	if depthFirst {
		return p.depthFirst(p.roots(), func(a, b int) int { return cmp.Compare(best[a], best[b]) })
	}
	inputs := slices.DeleteFunc(ranked(best), func(i int) bool { return p.gates[i].op != input })
	for k, i := range inputs {
		inputs[k] = p.gates[i].part
	}
	return inputs
}

// spread puts the parts at their places in an order, and gates amid their arguments.
func (c *circuit) spread(order []int) []float64 {
	place := make(map[int]int, len(order))
	for i, p := range order {
		place[p] = i
	}
	at := make([]float64, len(c.gates))
	for i := range c.gates {
		g := &c.gates[i]
		if g.op == input {
			at[i] = float64(place[g.part])
		}
		for _, a := range g.args {
			at[i] += at[a.gate()] / float64(len(g.args))
		}
	}
	return at
}

// pull is one round. Afterwards places are whole numbers again.
func (c *circuit) pull(at []float64) []float64 {
	sum, count := make([]float64, len(at)), make([]float64, len(at))
	for i := range c.gates {
		g := &c.gates[i]
		if len(g.args) == 0 {
			continue
		}
		centre := at[i]
		for _, a := range g.args {
			centre += at[a.gate()]
		}
		centre /= float64(1 + len(g.args))
		sum[i], count[i] = sum[i]+centre, count[i]+1
		for _, a := range g.args {
			sum[a.gate()], count[a.gate()] = sum[a.gate()]+centre, count[a.gate()]+1
		}
	}
	for i := range sum {
		sum[i] /= max(count[i], 1)
	}
	next := make([]float64, len(at))
	for place, i := range ranked(sum) {
		next[i] = float64(place)
	}
	return next
}

// ranked lists the gates by their places.
func ranked(at []float64) []int {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	return order
}

// span is how far gates are from their arguments, in all.
func (c *circuit) span(at []float64) float64 {
	total := 0.0
	for i := range c.gates {
		low, high := at[i], at[i]
		for _, a := range c.gates[i].args {
			low, high = min(low, at[a.gate()]), max(high, at[a.gate()])
		}
		total += high - low
	}
	return total
}
