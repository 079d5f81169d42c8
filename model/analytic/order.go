package analytic

import (
	"cmp"
	"errors"
	"slices"

	"nines/model/bdd"
)

// Limits on the nodes of an attempt at a diagram. One that fails costs about as
// much as its limit, so limits grow fast enough for the last to cost the most.
const (
	firstLimit = 1 << 15
	raise      = 8
	lastLimit  = 1 << 21 // beyond it variables are reordered as the diagram grows
)

// race builds the diagram with one order of its variables after the other under
// a limit on its nodes, and again with a higher limit until one succeeds: no
// estimate of the size is as good as an attempt. In the end variables are
// reordered as it grows. What is not a circuit alone has one order to try.
func (d *diagram) race(maxNodes int) (*diagram, error) {
	opts := bdd.Options{Context: d.ctx}
	if d.plain.whole {
		orders := d.plain.orders()
		for limit := firstLimit; limit <= lastLimit && limit < maxNodes; limit *= raise {
			opts.MaxNodes = limit
			for _, order := range orders {
				err := d.build(order(), opts)
				if err == nil {
					d.m.Limit(maxNodes)
				}
				if !errors.Is(err, bdd.ErrNodes) {
					return d, err
				}
			}
		}
		opts.Reorder = true
	}
	opts.MaxNodes = maxNodes
	return d, d.build(nil, opts)
}

// orders lists ways to order the parts, quick ones first. None is best: depth
// first as listed (Rauzy, "New algorithms for fault trees analysis", Reliability
// Engineering and System Safety 40, 1993), with what is shared first, with the
// large or, of the shared, the small first, and where gates draw them.
func (p *plain) orders() []func() []int {
	roots := p.roots()
	parents, sizes := p.parents(roots), p.sizes()
	compare := func(sharing, size int) func(a, b int) int {
		return func(a, b int) int {
			return cmp.Or(sharing*cmp.Compare(parents[b], parents[a]), size*cmp.Compare(sizes[a], sizes[b]))
		}
	}
	shared := func() []int { return p.depthFirst(roots, compare(1, 0)) }
	return []func() []int{
		func() []int { return nil },
		shared,
		func() []int { return p.attracted(shared(), false) },
		func() []int { return p.attracted(shared(), true) },
		func() []int { return p.depthFirst(roots, compare(0, -1)) },
		func() []int { return p.depthFirst(roots, compare(1, 1)) },
	}
}

// depthFirst lists the parts below the roots, the arguments of each gate as
// compare says, equal ones as they are listed. What is below a module stays
// together.
func (c *circuit) depthFirst(roots []literal, compare func(a, b int) int) []int {
	var order []int
	seen := make([]bool, len(c.gates))
	var visit func(int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		g := &c.gates[i]
		if g.op == input {
			order = append(order, g.part)
		}
		args := make([]int, len(g.args))
		for k, a := range g.args {
			args[k] = a.gate()
		}
		slices.SortStableFunc(args, compare)
		for _, a := range args {
			visit(a)
		}
	}
	for _, r := range roots {
		visit(r.gate())
	}
	return order
}

// sizes counts the inputs below each gate, once for each way to them.
func (c *circuit) sizes() []float64 {
	sizes := make([]float64, len(c.gates))
	for i := range c.gates {
		if c.gates[i].op == input {
			sizes[i] = 1
		}
		for _, a := range c.gates[i].args {
			sizes[i] += sizes[a.gate()]
		}
	}
	return sizes
}
