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
// GLSVLSI 2003). It gives the places of the gates after the round of the least
// total span.
func (c *circuit) attracted(o order) []float64 {
	at := c.spread(o)
	best, least := at, c.span(at)
	for range attractions {
		at = c.pull(at)
		if span := c.span(at); span < least {
			best, least = at, span
		}
	}
	return best
}

// inputs lists the parts by their places.
func (c *circuit) inputs(at []float64) order {
	var found order
	for _, i := range ranked(at) {
		if g := &c.gates[i]; g.op == input {
			found = append(found, g.part)
		}
	}
	return found
}

// spread puts the parts at their places in an order, and gates amid their arguments.
func (c *circuit) spread(o order) []float64 {
	place := make(map[int]int, len(o))
	for i, p := range o {
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
