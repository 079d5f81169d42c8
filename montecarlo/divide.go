package montecarlo

import (
	"slices"

	"nines/model"
)

// A piece is what some targets of a system depend on, as a system of its own.
type piece struct {
	*model.System
	targets []int // in the whole, of each of its own
	data    bool  // it is that of the data of a store
}

// divide cuts out of sys what the chosen targets depend on, in pieces that
// share no part that can fail and hence can be simulated apart.
func divide(sys *model.System, targets []int) []*piece {
	c := newCoupling(sys)
	for _, t := range targets {
		c.reach(sys.Targets[t].Node)
	}
	var pieces []*piece
	group := map[int]int{}
	for _, t := range targets {
		root := c.find(sys.Targets[t].Node)
		if _, known := group[root]; !known {
			group[root] = len(pieces)
			pieces = append(pieces, &piece{System: c.extract(root)})
		}
		p := pieces[group[root]]
		target := sys.Targets[t]
		target.Node = c.place[target.Node]
		p.Targets, p.targets = append(p.Targets, target), append(p.targets, t)
	}
	return pieces
}

// together cuts out of sys what the chosen targets depend on, as one piece.
func together(sys *model.System, targets []int) *piece {
	c := newCoupling(sys)
	for _, t := range targets {
		c.reach(sys.Targets[t].Node)
		c.join(sys.Targets[targets[0]].Node, sys.Targets[t].Node)
	}
	p := &piece{System: c.extract(c.find(sys.Targets[targets[0]].Node))}
	for _, t := range targets {
		target := sys.Targets[t]
		target.Node = c.place[target.Node]
		p.Targets, p.targets = append(p.Targets, target), append(p.targets, t)
	}
	return p
}

// A coupling joins nodes, parts and deploys that belong to one simulation
// (union-find over the three, numbered one after the other).
type coupling struct {
	sys    *model.System
	parent []int
	seen   []bool // reached from a target
	todo   []int  // nodes that are and have not been looked at
	sets   []*model.Coupled
	setOf  []int // of each part, index of sets or model.None
	place  []int // index in the system that it is cut out into
}

func newCoupling(sys *model.System) *coupling {
	n := len(sys.Nodes) + len(sys.Parts) + len(sys.Deploys)
	c := &coupling{
		sys: sys, parent: make([]int, n), seen: make([]bool, n), place: make([]int, n),
		sets: model.Couplings(sys, sys.Targets), setOf: slices.Repeat([]int{model.None}, len(sys.Parts)),
	}
	for i := range c.parent {
		c.parent[i] = i
	}
	for s, set := range c.sets {
		for _, part := range set.Parts {
			c.setOf[part] = s
		}
	}
	return c
}

func (c *coupling) part(i int) int    { return len(c.sys.Nodes) + i }
func (c *coupling) deploys(i int) int { return len(c.sys.Nodes) + len(c.sys.Parts) + i }

func (c *coupling) find(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *coupling) join(i, j int) { c.parent[c.find(i)] = c.find(j) }

// reach marks all that a node depends on and joins it with the node. A part
// that never fails joins nobody.
func (c *coupling) reach(root int) {
	c.todo = append(c.todo, root)
	for len(c.todo) > 0 {
		i := c.todo[len(c.todo)-1]
		c.todo = c.todo[:len(c.todo)-1]
		if c.seen[i] {
			continue
		}
		c.seen[i] = true
		n := &c.sys.Nodes[i]
		for _, children := range [][]int{n.Children, n.Uses, n.Caches(), c.wires(n)} {
			for _, child := range children {
				c.join(i, child)
				c.todo = append(c.todo, child)
			}
		}
		switch {
		case n.Kind == model.Leaf:
			c.reachPart(i, n.Part)
		case n.Kind == model.Service && n.Deploys != model.None:
			c.seen[c.deploys(n.Deploys)] = true
			c.join(i, c.deploys(n.Deploys))
		}
	}
}

func (c *coupling) reachPart(node, part int) {
	for ; part != model.None; part = c.sys.Parts[part].Place {
		first := !c.seen[c.part(part)]
		c.seen[c.part(part)] = true
		if c.fails(part) {
			c.join(node, c.part(part))
		}
		if set := c.setOf[part]; first && set != model.None {
			c.reachSet(node, c.sets[set])
		}
		for _, cause := range c.sys.Parts[part].Causes {
			c.reachPart(node, cause)
		}
	}
}

// reachSet goes on to all that interacts in time with a part.
func (c *coupling) reachSet(node int, set *model.Coupled) {
	for _, part := range set.Parts {
		c.reachPart(node, part)
	}
	for _, group := range set.Groups {
		c.join(node, group)
		c.todo = append(c.todo, group)
	}
}

// fails says whether a part, a domain around it or a cause can fail.
func (c *coupling) fails(part int) bool {
	for ; part != model.None; part = c.sys.Parts[part].Place {
		if p := &c.sys.Parts[part]; p.Static != nil || len(p.Automaton.States) > 1 || slices.ContainsFunc(p.Causes, c.fails) {
			return true
		}
	}
	return false
}

// extract copies what belongs to the group of root. A part that never fails
// belongs to every group.
func (c *coupling) extract(root int) *model.System {
	from := c.sys
	to := &model.System{Title: from.Title, Mission: from.Mission, Detectors: from.Detectors}
	inside := func(i int) bool { return c.seen[i] && c.find(i) == root }
	for i := range from.Parts {
		if id := c.part(i); inside(id) || c.seen[id] && !c.fails(i) {
			c.place[id] = len(to.Parts)
			to.Parts = append(to.Parts, from.Parts[i])
			if from.Acting != nil {
				to.Acting = append(to.Acting, from.Acting[i])
			}
		}
	}
	for i := range from.Deploys {
		if id := c.deploys(i); inside(id) {
			c.place[id] = len(to.Deploys)
			to.Deploys = append(to.Deploys, from.Deploys[i])
		}
	}
	for i := range from.Crews {
		if queue := from.Queue(i); slices.ContainsFunc(queue, func(part int) bool { return inside(c.part(part)) }) {
			crew := from.Crews[i]
			crew.Parts = queue
			to.Crews = append(to.Crews, crew)
		}
	}
	outside := func(part int) bool { return !inside(c.part(part)) }
	for i := range from.Shocks {
		if s := from.Shocks[i].Without(outside); len(s.Parts) > 0 {
			to.Shocks = append(to.Shocks, s)
		}
	}
	for i := range from.Nodes {
		if inside(i) {
			c.place[i] = len(to.Nodes)
			to.Nodes = append(to.Nodes, from.Nodes[i])
		}
	}
	to.Networks = slices.Clone(from.Networks)
	c.renumber(to)
	return to
}

// wires are the leaves of the network that a node is over.
func (c *coupling) wires(n *model.Node) []int {
	if n.Over == nil {
		return nil
	}
	return c.sys.Networks[n.Over.Network].Leaves()
}

// renumber turns the references of the copies into indices of to.
func (c *coupling) renumber(to *model.System) {
	for _, parts := range [][]model.Part{to.Parts, to.Acting} {
		for i := range parts {
			p := &parts[i]
			p.Owner = model.None
			if p.Place != model.None {
				p.Place = c.place[c.part(p.Place)]
			}
			p.Causes, p.Risks = c.parts(p.Causes), c.parts(p.Risks)
		}
	}
	for i := range to.Shocks {
		to.Shocks[i].Parts = c.parts(to.Shocks[i].Parts)
	}
	for i := range to.Networks {
		net := &to.Networks[i]
		net.Nodes, net.Links, net.Partitions = c.places(net.Nodes), slices.Clone(net.Links), nil
		for k := range net.Links {
			net.Links[k].Leaf = c.place[net.Links[k].Leaf]
		}
	}
	for i := range to.Crews {
		to.Crews[i].Parts = c.parts(to.Crews[i].Parts)
	}
	for i := range to.Deploys {
		to.Deploys[i].Service = c.place[to.Deploys[i].Service]
	}
	for i := range to.Nodes {
		n := &to.Nodes[i]
		n.Children, n.Uses, n.Loads = c.places(n.Children), c.places(n.Uses), c.loads(n.Loads)
		switch {
		case n.Kind == model.Leaf:
			n.Part = c.place[c.part(n.Part)]
		case n.Kind == model.Service && n.Deploys != model.None:
			n.Deploys = c.place[c.deploys(n.Deploys)]
		}
	}
}

// loads are the same with the places of the caches.
func (c *coupling) loads(loads []model.Load) []model.Load {
	loads = slices.Clone(loads)
	for i := range loads {
		loads[i].Fronts = slices.Clone(loads[i].Fronts)
		for k := range loads[i].Fronts {
			loads[i].Fronts[k].Cache = c.place[loads[i].Fronts[k].Cache]
		}
	}
	return loads
}

func (c *coupling) parts(parts []int) []int {
	out := make([]int, len(parts))
	for i, part := range parts {
		out[i] = c.place[c.part(part)]
	}
	return out
}

func (c *coupling) places(nodes []int) []int {
	out := make([]int, len(nodes))
	for i, node := range nodes {
		out[i] = c.place[node]
	}
	return out
}
