package analytic

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"nines/model/bdd"
)

// Limits on the nodes of attempts at a diagram.
const (
	fewNodes  = 30      // for each argument of a gate, and
	rootNodes = 200     // for each function wanted: the order as listed is good enough
	someNodes = 1 << 18 // orders are tried one after the other
	manyNodes = 1 << 21 // and two at once; beyond, variables are reordered as the diagram grows
	muchNodes = 1 << 17 // of all pieces together: worth trying the other orders
)

// race builds a diagram in one order of the inputs after the other under a
// limit on its nodes, the most promising first, until one succeeds, and again
// with a higher limit. In the end variables are reordered as it grows. Where the
// pieces together become large the smallest of all orders is looked for.
func (p *pieces) race(ctx context.Context, maxNodes int) (*attempt, error) {
	ends := p.ends()
	few := fewNodes*p.edges(ends) + rootNodes*len(ends)
	listed := p.depthFirst(ends, asListed)
	winner, err := p.heats(ctx, []order{listed}, 1, min(few, maxNodes))
	if err == nil && winner.weight() <= muchNodes || err != nil && !errors.Is(err, bdd.ErrNodes) {
		return winner, err
	}
	orders := p.orders()
	if err != nil {
		winner, err = p.heats(ctx, orders, 1, min(someNodes, maxNodes))
	}
	if errors.Is(err, bdd.ErrNodes) {
		winner, err = p.heats(ctx, orders, 2, min(manyNodes, maxNodes))
	}
	if errors.Is(err, bdd.ErrNodes) {
		winner, err = p.attempt(orders[0], bdd.Options{MaxNodes: maxNodes, Context: ctx, Reorder: true})
	}
	if err != nil {
		return nil, err
	}
	if winner.weight() > muchNodes {
		winner = winner.lightest(ctx, orders)
	}
	if winner.weight() > maxNodes {
		winner.m.Reorder()
	}
	return winner, winner.m.Err()
}

// lightest gives the attempt or that with another order which leads to the
// smallest diagram.
func (a *attempt) lightest(ctx context.Context, orders []order) *attempt {
	best := a
	for _, o := range orders {
		if slices.Equal(o, best.order) {
			continue
		}
		b, err := a.attempt(o, bdd.Options{MaxNodes: 2 * best.m.Size(best.functions()...), Context: ctx})
		if err == nil && b.weight() < best.weight() {
			best = b
		}
	}
	return best
}

// heats tries orders, some at once, under a limit.
func (p *pieces) heats(ctx context.Context, orders []order, abreast, limit int) (*attempt, error) {
	var winner *attempt
	var err error
	for some := range slices.Chunk(orders, abreast) {
		if winner, err = p.heat(ctx, some, limit); !errors.Is(err, bdd.ErrNodes) {
			break
		}
	}
	return winner, err
}

// heat tries orders side by side and gives the diagram of the first in the list
// that succeeds, or how the last failed.
func (p *pieces) heat(ctx context.Context, orders []order, limit int) (*attempt, error) {
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	runners, finished := make([]*attempt, len(orders)), make([]chan error, len(orders))
	for i, order := range orders {
		finished[i] = make(chan error, 1)
		go func() {
			var err error
			runners[i], err = p.attempt(order, bdd.Options{MaxNodes: limit, Context: running})
			finished[i] <- err
		}()
	}
	var err error
	for i := range orders {
		if err = <-finished[i]; !errors.Is(err, bdd.ErrNodes) {
			runners[i].m.Use(ctx)
			return runners[i], err
		}
	}
	return nil, err
}

// An order lists inputs from the top of the diagram to the bottom.
type order []int

// asListed leaves arguments as they come.
func asListed(a, b int) int { return 0 }

// orders gives ways to order the inputs, from the shortest spans to the longest:
// depth first as listed (Rauzy, "New algorithms for fault trees analysis",
// Reliability Engineering and System Safety 40, 1993), with what is shared
// first and gates before parts, where gates draw the parts, and with the small
// first of what is shared alike. Each is far the best for some trees. The
// inputs of a piece stay together.
func (p *pieces) orders() []order {
	ends, home := p.ends(), p.homes()
	parents, sizes := p.parents(ends), p.sizes()
	shared := func(a, b int) int { return parents[b] - parents[a] }
	gatesFirst := func(a, b int) int { return cmp.Or(p.rank(b)-p.rank(a), shared(a, b)) }
	smallFirst := func(a, b int) int { return cmp.Or(shared(a, b), cmp.Compare(sizes[a], sizes[b])) }
	at := p.attracted(p.depthFirst(ends, shared))
	drawn := func(a, b int) int { return cmp.Compare(at[a], at[b]) }
	orders := []order{
		p.depthFirst(ends, gatesFirst), p.inputs(at), p.depthFirst(ends, drawn),
		p.depthFirst(ends, smallFirst), p.depthFirst(ends, asListed),
	}
	for _, o := range orders {
		slices.SortStableFunc(o, func(a, b int) int { return cmp.Compare(home[a], home[b]) })
	}
	slices.SortStableFunc(orders, func(a, b order) int { return cmp.Compare(p.reach(a), p.reach(b)) })
	return orders
}

// rank is 0 for a part and 1 for a gate with arguments.
func (c *circuit) rank(gate int) int { return min(len(c.gates[gate].args), 1) }

// reach adds up over the gates how far the parts below each are from one
// another. Where the gates that are open at each level are many, so are mostly
// the nodes.
func (c *circuit) reach(o order) int {
	place := make(map[int]int, len(o))
	for i, p := range o {
		place[p] = i
	}
	total := 0
	low, high := make([]int, len(c.gates)), make([]int, len(c.gates))
	for i := range c.gates {
		g := &c.gates[i]
		if g.op == input {
			low[i], high[i] = place[g.part], place[g.part]
			continue
		}
		low[i], high[i] = len(o), 0
		for _, a := range g.args {
			low[i], high[i] = min(low[i], low[a.gate()]), max(high[i], high[a.gate()])
		}
		total += max(high[i]-low[i], 0)
	}
	return total
}

// depthFirst lists the parts below the roots, the arguments of each gate as
// compare says, equal ones as they are listed. What is below a module stays
// together.
func (c *circuit) depthFirst(roots []literal, compare func(a, b int) int) order {
	var found order
	seen := make([]bool, len(c.gates))
	var visit func(int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		g := &c.gates[i]
		if g.op == input {
			found = append(found, g.part)
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
	return found
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
