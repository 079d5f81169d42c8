package dsl

import (
	"slices"

	"nines/dsl/syntax"
	"nines/model"
)

// An edge leads from a service to what it asks.
type edge struct{ service, asked int }

// demands is what a file says of requests per second: what services and needs
// bring, and what services carry.
type demands struct {
	services map[int]float64    // of the nodes
	needs    map[edge][]float64 // of each time that it is asked; 0: what the service brings
	carries  map[int]float64    // of the nodes of services
	inflow   [][]model.Load     // of each node
	first    syntax.Node        // the first demand of the file
}

// capacity reads the capacity among the clauses of a component or service, 0
// for none.
func (b *builder) capacity(h host, clauses []syntax.Clause) float64 {
	c := clause[*syntax.Capacity](clauses)
	if c == nil {
		return 0
	}
	if h.kind == domainKind {
		b.report.report("E043", c.Span, "a domain answers no requests, got `capacity` in `%s`", h.name).help("say it of what is inside")
		return 0
	}
	rate, _ := b.positive(c.Rate, "capacity", requestRate)
	return rate
}

// demand reads a demand, 0 for none.
func (b *builder) demand(q syntax.Quantity) (float64, bool) {
	if q == nil {
		return 0, true
	}
	if b.demands.first == nil {
		b.demands.first = q
	}
	return b.positive(q, "demand", requestRate)
}

// bears reads what a service brings and carries.
func (b *builder) bears(sym *symbol, s *syntax.Service) {
	if c := clause[*syntax.Demand](s.Clauses); c != nil {
		if rate, ok := b.demand(c.Rate); ok {
			b.demands.services[sym.node] = rate
		}
	}
	if rate := b.capacity(host{serviceKind, s.Name.Text, s.Name.Span, s.Span}, s.Clauses); rate > 0 {
		b.demands.carries[sym.node] = rate
	}
}

// load follows the demands down to what has a capacity. Every request to a
// service makes one to each thing that it asks, and every request to a structure
// one to each of its branches; what a service says itself of its demand goes
// before what its users bring. On a cycle each service counts once.
func (b *builder) load() {
	st := model.NewStructure(b.sys)
	b.demands.inflow = make([][]model.Load, len(b.sys.Nodes))
	for _, nodes := range slices.Backward(st.Components) {
		for _, node := range nodes {
			b.pass(node)
		}
	}
	pools := map[int]int{}
	for node := range b.demands.inflow {
		b.bear(node, pools)
	}
	for i := range b.sys.Nodes {
		if n := &b.sys.Nodes[i]; !isGroup(n.Kind) {
			behind(n.Children, pools)
			behind(n.Uses, pools)
		}
	}
	b.idleCapacities()
}

// behind puts pools of one in the place of parts.
func behind(nodes []int, pools map[int]int) {
	for i, node := range nodes {
		if pool, ok := pools[node]; ok {
			nodes[i] = pool
		}
	}
}

// pass brings the requests to a node to those below it.
func (b *builder) pass(node int) {
	n, loads := &b.sys.Nodes[node], b.demands.inflow[node]
	if rate, ok := b.demands.services[node]; ok {
		loads = []model.Load{{Demand: rate}}
	}
	for i, child := range slices.Concat(n.Children, n.Uses) {
		switch n.Kind {
		case model.Service:
			b.ask(edge{node, child}, loads)
		case model.Mix:
			b.bring(child, scaledLoads(loads, n.Shares[i].P))
		case model.Cached:
			if i == 1 {
				loads = behindCache(loads, model.Front{Cache: n.Children[0], Hit: n.Hit})
			}
			b.bring(child, loads)
		case model.Called:
			b.bring(child, scaledLoads(loads, b.sys.Arrivals(n.Call)))
		case model.Series, model.AtLeast, model.Else, model.Not:
			b.bring(child, loads)
		}
	}
}

// ask brings the requests of a service to what it asks, or as many as the need
// says.
func (b *builder) ask(e edge, loads []model.Load) {
	if rates := b.demands.needs[e]; len(rates) > 0 {
		b.demands.needs[e] = rates[1:]
		if rates[0] > 0 {
			loads = []model.Load{{Demand: rates[0]}}
		}
	}
	b.bring(e.asked, loads)
}

// bring adds loads to a node; those behind the same caches are one.
func (b *builder) bring(node int, loads []model.Load) {
	have := b.demands.inflow[node]
	for _, l := range loads {
		i := slices.IndexFunc(have, func(h model.Load) bool { return slices.Equal(h.Fronts, l.Fronts) })
		if i < 0 {
			have = append(have, l)
		} else {
			have[i].Demand += l.Demand
		}
	}
	b.demands.inflow[node] = have
}

func scaledLoads(loads []model.Load, by float64) []model.Load {
	scaled := slices.Clone(loads)
	for i := range scaled {
		scaled[i].Demand *= by
	}
	return scaled
}

func behindCache(loads []model.Load, f model.Front) []model.Load {
	all := slices.Clone(loads)
	for i := range all {
		all[i].Fronts = append(slices.Clone(all[i].Fronts), f)
	}
	return all
}

// bear gives a node its loads, if it has a capacity; a part that has one is
// asked as a pool of one.
func (b *builder) bear(node int, pools map[int]int) {
	n, loads := &b.sys.Nodes[node], b.demands.inflow[node]
	if len(loads) == 0 {
		return
	}
	least := b.least(n)
	switch n.Kind {
	case model.Pool:
		if least > 0 {
			n.Loads = loads
		}
	case model.Quorum, model.Vote, model.BFT, model.Standby:
		if least > 0 {
			n.Loads, n.Capacity = loads, least
		}
	case model.Service:
		if rate := b.demands.carries[node]; rate > 0 {
			n.Loads, n.Capacity = loads, rate
		}
	case model.Leaf:
		if b.sys.Parts[n.Part].Capacity > 0 {
			pool := blank(model.Pool, node)
			pool.K, pool.Loads, pool.Pos = 1, loads, n.Pos
			pools[node] = len(b.sys.Nodes)
			b.sys.Nodes = append(b.sys.Nodes, pool)
		}
	}
}

// least is the smallest capacity of the members of a group, 0 if none has one.
func (b *builder) least(n *model.Node) float64 {
	least := 0.0
	if !isGroup(n.Kind) {
		return 0
	}
	for _, child := range n.Children {
		if c := b.sys.Parts[b.sys.Nodes[child].Part].Capacity; c > 0 && (least == 0 || c < least) {
			least = c
		}
	}
	return least
}

// idleCapacities warns of what never bounds anything.
func (b *builder) idleCapacities() {
	loaded := map[string]bool{}
	for i := range b.sys.Nodes {
		n := &b.sys.Nodes[i]
		if n.Loads == nil {
			continue
		}
		loaded[n.Name] = true
		for _, child := range n.Children {
			if leaf := &b.sys.Nodes[child]; leaf.Kind == model.Leaf {
				loaded[b.sys.Parts[leaf.Part].Template] = true
			}
		}
	}
	some := false
	for _, sym := range b.order {
		bounded := sym.proto != nil && sym.proto.capacity > 0 || b.demands.carries[sym.node] > 0 && sym.kind == serviceKind
		some = some || bounded
		if bounded && !loaded[sym.name.Text] {
			b.report.report("W128", sym.name.Span, "%s `%s` has a capacity, and no `demand` reaches it", sym.kind, sym.name.Text).
				help("say how many requests come, as in `demand 300 rps` in a service that needs it")
		}
	}
	if b.demands.first != nil && !some {
		b.report.report("W129", b.demands.first.Extent(), "a demand, and nothing has a capacity").help("say what a component can answer, as in `capacity 100 rps`")
	}
}
