package montecarlo

import (
	"fmt"
	"slices"

	"nines/model"
)

// A graph is the structure of a system with its edges turned round, so that a
// change can be followed upwards.
type graph struct {
	st     *model.Structure
	nodes  []node
	places []place // of the parts
	soles  []int32 // of the parts: the only thing that changes with it, a node, or model.None
	heads  []int32 // the first node of each component
	loops  []*loop // of each component; nil if it is no dependency cycle
}

// A node repeats what is used most of its rule.
type node struct {
	kind      model.NodeKind
	timed     bool // it has a state of its own
	apart     bool // no two of its children can depend on the same coin
	loaded    bool // requests may be more than it carries
	component int32
	k         int32
	children  int32
	uses      int32
	parents   []edge
	targets   []int32    // indices of System.Targets
	through   model.Prob // of a call
	rule      *model.Node
}

// A place is where a part stands.
type place struct {
	in     int32   // the domain it is in, or model.None
	causes []int32 // parts that take it down with them
	leaves []int32 // nodes that stand for it
	inside []int32 // parts that go down with it
}

// An edge leads from a node to one that depends on it.
type edge struct {
	node      int32
	component int32 // of the node
	link      link
}

type link uint8

const (
	hard   link = iota // its outcome and whether it is full count
	soft               // only whether it is full
	member             // of a group, which goes by the condition of the part
	front              // a cache whose answers decide on the load, or what decides on who is joined
)

// A loop is a dependency cycle.
type loop struct {
	nodes    []int
	services []int
	rest     []int // the others, each after what it needs but for services
	coin     bool  // some node has a share of its own between 0 and 1, whatever the state
}

// newGraph can fail where a dependency cycle passes through no service.
func newGraph(sys *model.System) (*graph, error) {
	st := model.NewStructure(sys)
	g := &graph{st: st, nodes: make([]node, len(sys.Nodes)), loops: make([]*loop, len(st.Components))}
	for i := range sys.Nodes {
		n := &sys.Nodes[i]
		g.nodes[i] = node{
			kind: n.Kind, timed: sys.Timed(i), loaded: n.Loads != nil, component: int32(st.Component[i]),
			k: int32(n.K), children: int32(len(n.Children)), uses: int32(len(n.Uses)), rule: n,
		}
	}
	for i := range sys.Nodes {
		if call := sys.Nodes[i].Call; call != nil {
			g.nodes[i].through = sys.Through(call)
		}
		g.link(i)
	}
	for i := range sys.Parts {
		at := place{int32(sys.Parts[i].Place), narrow(sys.Parts[i].Causes), narrow(st.Places[i]), narrow(st.Inside[i])}
		g.places, g.soles = append(g.places, at), append(g.soles, at.sole())
	}
	for t, target := range sys.Targets {
		g.nodes[target.Node].targets = append(g.nodes[target.Node].targets, int32(t))
	}
	for c, nodes := range st.Components {
		g.heads = append(g.heads, int32(nodes[0]))
		if st.Cyclic(c) {
			l, err := g.newLoop(nodes)
			if err != nil {
				return nil, err
			}
			g.loops[c] = l
		}
	}
	g.separate()
	g.pack()
	return g, nil
}

// sole is the one node that stands for a part which nothing else depends on and
// which depends on nothing else.
func (p *place) sole() int32 {
	if p.in != model.None || len(p.causes) > 0 || len(p.inside) > 0 || len(p.leaves) != 1 {
		return model.None
	}
	return p.leaves[0]
}

// pack puts all edges side by side, which spares a large graph the memory.
func (g *graph) pack() {
	var all []edge
	for i := range g.nodes {
		all = append(all, g.nodes[i].parents...)
	}
	for i := range g.nodes {
		n := len(g.nodes[i].parents)
		g.nodes[i].parents, all = all[:n:n], all[n:]
	}
}

func narrow(xs []int) []int32 {
	out := make([]int32, len(xs))
	for i, x := range xs {
		out[i] = int32(x)
	}
	return out
}

// link adds node i to the parents of its children. What a node with a state of
// its own answers is told by its actor.
func (g *graph) link(i int) {
	n := g.nodes[i].rule
	for _, cache := range n.Caches() {
		g.nodes[cache].parents = append(g.nodes[cache].parents, edge{int32(i), g.nodes[i].component, front})
	}
	if g.nodes[i].timed {
		return
	}
	kind := hard
	if n.Over != nil {
		kind = front
		for _, leaf := range g.st.System.Networks[n.Over.Network].Leaves() {
			g.nodes[leaf].parents = append(g.nodes[leaf].parents, edge{int32(i), g.nodes[i].component, front})
		}
	}
	switch n.Kind {
	case model.Pool, model.Quorum, model.Vote, model.BFT:
		if n.Over == nil {
			kind = member
		}
	}
	for _, child := range n.Children {
		g.nodes[child].parents = append(g.nodes[child].parents, edge{int32(i), g.nodes[i].component, kind})
	}
	for _, child := range n.Uses {
		g.nodes[child].parents = append(g.nodes[child].parents, edge{int32(i), g.nodes[i].component, soft})
	}
}

func (g *graph) newLoop(nodes []int) (*loop, error) {
	l := &loop{nodes: nodes}
	for _, i := range nodes {
		n := g.nodes[i].rule
		if n.Kind == model.Service {
			l.services = append(l.services, i)
		}
		l.coin = l.coin || n.Kind != model.Service && hasCoin(n)
	}
	state := map[int]int{}
	for _, i := range nodes {
		if g.nodes[i].rule.Kind != model.Service && !g.order(l, i, state) {
			return nil, fmt.Errorf("%v: a dependency cycle passes through no service", g.nodes[i].rule.Pos)
		}
	}
	return l, nil
}

// order appends node i of l after what it needs. It is false if i needs itself
// with no service between.
func (g *graph) order(l *loop, i int, state map[int]int) bool {
	const open, done = 1, 2
	if state[i] != 0 {
		return state[i] == done
	}
	state[i] = open
	for _, child := range g.nodes[i].rule.Children {
		inside := g.nodes[child].component == g.nodes[i].component
		if inside && g.nodes[child].rule.Kind != model.Service && !g.order(l, child, state) {
			return false
		}
	}
	state[i] = done
	l.rest = append(l.rest, i)
	return true
}

// hasCoin says whether a node can leave something to chance by itself.
func hasCoin(n *model.Node) bool {
	switch n.Kind {
	case model.Pool, model.Mix:
		return true
	case model.Else:
		return n.Covers.P > 0 && n.Covers.Q > 0
	case model.Cached:
		return n.Hit.P > 0 && n.Hit.Q > 0
	case model.Called:
		return true
	case model.Service:
		return n.Deploys != model.None || n.Loads != nil
	}
	return n.Loads != nil
}

// cone is what the shares of a node can depend on.
type cone struct {
	nodes, timed, parts, deploys []int // timed are those of nodes with a state of their own; domains around the parts are not listed
}

func (g *graph) cone(n int) *cone {
	c := &cone{}
	nodes, parts := map[int]bool{n: true}, map[int]bool{}
	for stack := []int{n}; len(stack) > 0; {
		c.nodes = append(c.nodes, stack[len(stack)-1])
		rule := g.nodes[stack[len(stack)-1]].rule
		stack = stack[:len(stack)-1]
		if g.st.System.Timed(c.nodes[len(c.nodes)-1]) {
			c.timed = append(c.timed, c.nodes[len(c.nodes)-1])
		}
		if rule.Kind == model.Leaf && !parts[rule.Part] {
			parts[rule.Part] = true
			c.parts = append(c.parts, rule.Part)
		}
		if rule.Kind == model.Service && rule.Deploys != model.None {
			c.deploys = append(c.deploys, rule.Deploys)
		}
		for _, child := range g.below(rule) {
			if !nodes[child] {
				nodes[child] = true
				stack = append(stack, child)
			}
		}
	}
	return c
}

// below lists what the shares of a node depend on.
func (g *graph) below(rule *model.Node) []int {
	all := slices.Concat(rule.Children, rule.Caches())
	if rule.Over != nil {
		all = append(all, g.st.System.Networks[rule.Over.Network].Leaves()...)
	}
	return all
}

// plain says whether a node is full whenever any request gets ok: nothing that
// it depends on has a fallback, a cache, a choice, a soft dependency, deploys, a
// load or a bar to being up.
func (g *graph) plain(n int) bool {
	for _, i := range g.cone(n).nodes {
		rule := g.nodes[i].rule
		if rule.Loads != nil {
			return false
		}
		switch rule.Kind {
		case model.Else, model.Mix, model.Cached:
			return false
		case model.Service:
			if len(rule.Uses) > 0 || rule.Deploys != model.None || rule.UpAt > 0 {
				return false
			}
		}
	}
	return true
}

// maxCoins bounds the memory of separate. Past it nodes count as not apart,
// which costs time but is never wrong.
const maxCoins = 1 << 22

// separate finds the nodes whose children depend on no coin in common, by the
// set of coins that each node depends on.
func (g *graph) separate() {
	sets, size := make([][]int32, len(g.nodes)), 0
	for c, nodes := range g.st.Components {
		var all []int32
		for _, i := range nodes {
			met := 0
			for _, child := range g.nodes[i].rule.Children {
				met += len(sets[child])
				all = append(all, sets[child]...)
			}
			all = distinct(all)
			g.nodes[i].apart = len(all) == met && g.loops[c] == nil
			if hasCoin(g.nodes[i].rule) {
				all = append(all, int32(i))
			}
		}
		if size += len(all); size >= maxCoins {
			return
		}
		for _, i := range nodes {
			sets[i] = all
		}
	}
}

func distinct(set []int32) []int32 {
	slices.Sort(set)
	return slices.Compact(set)
}
