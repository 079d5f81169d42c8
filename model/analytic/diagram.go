package analytic

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A diagram holds what some targets need of a system as Boolean functions of
// independent variables: blocks, which make up the state, and coins, which are
// drawn for each request.
type diagram struct {
	ctx     context.Context
	sys     *model.System
	st      *model.Structure
	m       *bdd.Manager
	targets []model.Target
	plain   *plain
	apart   *attempt // of the plain region where it has all targets
	upAt    float64  // the smallest `up at` of a node here, 0 without

	kept          *Kept
	maxStates     int       // of the chains for first outages
	maxJoint      int       // of the chain of a module
	moduleOf      []*module // by part; nil where it interacts with no other
	blockOfModule map[*module]*block
	parents       map[int][]string // where the structure refers to parts, see parents
	blocks        []*block         // in the order of their variables
	placed        []bool           // by part: is here
	streams       []*block         // by index of Deploys
	coins         []bdd.Prob       // by variable; of those in blocks the zero Prob

	sights  []sight     // by part: which conditions somebody tells apart
	views   []view      // by part: what its users see, domains included
	reached []bool      // by node: the targets need it
	drawn   [][]bdd.Ref // by node: its coins
	answers []answer    // by node
	orders  [][]int     // of the nodes of each network
	factors [][]factor  // by node: those of which its answer is the conjunction, from the bottom up; nil: unknown
	gates   []bdd.Ref   // by node: what it answers by itself, as a function of the state and the coins
	short   []bdd.Ref   // by node: it sheds requests
}

// An answer is what requests to a node get, as functions of the state and the
// coins. What is neither ok nor wrong is none.
type answer struct{ ok, wrong bdd.Ref }

// newDiagram builds the answers of all that the targets need. Where these are a
// circuit its pieces are built first, in the first order of the variables in
// which they stay small.
func newDiagram(ctx context.Context, st *model.Structure, targets []model.Target, opts Options) (*diagram, error) {
	sys := st.System
	d := &diagram{
		ctx: ctx, sys: sys, st: st, targets: targets, kept: cmp.Or(opts.Kept, new(Kept)), maxStates: cmp.Or(opts.MaxStates, defaultMaxStates), maxJoint: cmp.Or(opts.MaxStates, defaultMaxJoint),
		orders: make([][]int, len(sys.Networks)), sights: make([]sight, len(sys.Parts)), reached: make([]bool, len(sys.Nodes)),
	}
	for _, t := range targets {
		d.reach(t.Node)
	}
	d.findModules(targets)
	d.plain = newPlain(st, targets, d.reached)
	most := bdd.Options{MaxNodes: cmp.Or(opts.MaxNodes, defaultMaxNodes), Context: ctx}
	if !d.plain.whole {
		return d, d.build(nil, most)
	}
	var err error
	d.apart, err = d.plain.decomposed(d.plain.roots(), len(sys.Parts)).race(ctx, most.MaxNodes)
	if err != nil {
		return nil, err
	}
	err = d.build(d.apart.list(), most)
	d.apart = nil
	return d, err
}

// build makes the variables and all functions anew, with the given parts first
// and what is found going down from the targets after them.
func (d *diagram) build(parts []int, opts bdd.Options) error {
	sys := d.sys
	d.m = bdd.New(opts)
	d.blocks, d.blockOfModule, d.coins = nil, map[*module]*block{}, nil
	d.placed, d.streams = make([]bool, len(sys.Parts)), make([]*block, len(sys.Deploys))
	d.views, d.drawn, d.answers = make([]view, len(sys.Parts)), make([][]bdd.Ref, len(sys.Nodes)), make([]answer, len(sys.Nodes))
	d.short, d.gates = slices.Repeat([]bdd.Ref{bdd.False}, len(sys.Nodes)), slices.Repeat([]bdd.Ref{bdd.True}, len(sys.Nodes))
	for _, p := range parts {
		if err := d.placePart(p); err != nil {
			return err
		}
	}
	d.factors = make([][]factor, len(sys.Nodes))
	placed := make([]bool, len(sys.Nodes))
	for _, t := range d.targets {
		if err := d.place(t.Node, placed); err != nil {
			return err
		}
	}
	return d.compose()
}

// reach marks what lies below a node and notes who looks closely at parts:
// quorums tell stale members from others, pools lost ones from those down.
func (d *diagram) reach(node int) {
	if d.reached[node] {
		return
	}
	d.reached[node] = true
	n := &d.sys.Nodes[node]
	if n.UpAt > 0 && (d.upAt == 0 || n.UpAt < d.upAt) {
		d.upAt = n.UpAt
	}
	for _, cache := range n.Caches() {
		d.reach(cache)
	}
	if n.Over != nil {
		for _, leaf := range d.sys.Networks[n.Over.Network].Leaves() {
			d.reach(leaf)
		}
	}
	if d.sys.Timed(node) {
		return
	}
	for _, child := range n.Children {
		switch n.Kind {
		case model.Quorum:
			d.sights[d.sys.Nodes[child].Part] |= seesStale
		case model.Pool:
			for p := d.sys.Nodes[child].Part; p != model.None; p = d.sys.Parts[p].Place {
				d.sights[p] |= seesLost
			}
		}
		d.reach(child)
	}
	for _, child := range n.Uses {
		d.reach(child)
	}
}

// place makes the variables below a node, depth first: the domains of several
// members above all of them, coins right below what they are drawn for.
func (d *diagram) place(node int, placed []bool) error {
	if placed[node] {
		return nil
	}
	placed[node] = true
	n := &d.sys.Nodes[node]
	for _, cache := range n.Caches() {
		if err := d.place(cache, placed); err != nil {
			return err
		}
	}
	if d.sys.Timed(node) {
		var err error
		if d.answers[node], err = d.outcome(node); n.Loads != nil {
			d.gates[node] = d.carried(node, whole)
		}
		return err
	}
	if n.Over != nil {
		for _, s := range d.stages(n) {
			if s.kind == leaveNode {
				continue
			}
			if err := d.placePart(s.part); err != nil {
				return err
			}
		}
	}
	if n.Kind == model.Mix {
		d.drawn[node] = d.draw(chain(shares(n))...)
	}
	for _, child := range n.Children {
		if c := &d.sys.Nodes[child]; c.Kind == model.Leaf {
			if err := d.placePart(d.sys.Parts[c.Part].Place); err != nil {
				return err
			}
		}
	}
	for i, child := range n.Children {
		switch {
		case i == 1 && n.Kind == model.Else:
			d.drawn[node] = d.draw(bdd.Prob(n.Covers))
		case i == 1 && n.Kind == model.Cached:
			d.drawn[node] = d.draw(bdd.Prob(n.Hit))
		}
		if err := d.place(child, placed); err != nil {
			return err
		}
	}
	for _, child := range n.Uses {
		if err := d.place(child, placed); err != nil {
			return err
		}
	}
	return d.placeOwn(node)
}

// placeOwn makes the variables that are a node's own, after its children's.
func (d *diagram) placeOwn(node int) error {
	switch n := &d.sys.Nodes[node]; n.Kind {
	case model.Leaf:
		return d.placePart(n.Part)
	case model.Pool, model.Quorum, model.Vote, model.BFT, model.Connected:
		if n.Kind == model.Pool && n.Loads != nil {
			d.answers[node] = d.loadedPool(node)
			return nil
		}
		if n.Over == nil {
			d.answers[node] = d.group(n)
			break
		}
		var err error
		if d.answers[node], err = d.connect(n); err != nil {
			return err
		}
	case model.Called:
		d.drawn[node] = d.draw(bdd.Prob(d.sys.Through(n.Call)))
	case model.Service:
		own, err := d.placeDeploys(node)
		d.gates[node] = d.carried(node, own)
		return err
	}
	if d.sys.Nodes[node].Loads != nil {
		d.gates[node] = d.carried(node, whole)
	}
	return nil
}

// placePart makes the block of a part, below those of the domains it is in.
func (d *diagram) placePart(part int) error {
	if part == model.None || d.placed[part] {
		return nil
	}
	d.placed[part] = true
	place := d.around(part)
	if err := d.placePart(place); err != nil {
		return err
	}
	here, lost := bdd.True, bdd.False
	if place != model.None {
		v := d.views[place]
		here, lost = d.m.Or(v.up, v.stale, v.wrong), v.lost
	}
	here, err := d.spared(part, here)
	if err != nil {
		return err
	}
	when, err := d.conditions(part)
	if err != nil {
		return err
	}
	d.views[part] = view{
		up:    d.m.And(here, when(model.Up)),
		stale: d.m.And(here, when(model.Stale)),
		wrong: d.m.And(here, when(model.Wrong)),
		lost:  d.m.Or(lost, d.m.And(here, when(model.Lost))),
	}
	return nil
}

// spared adds to a condition that none of the causes of a part is down.
func (d *diagram) spared(part int, here bdd.Ref) (bdd.Ref, error) {
	for _, cause := range d.sys.Parts[part].Causes {
		if err := d.placePart(cause); err != nil {
			return here, err
		}
		v := d.views[cause]
		here = d.m.And(here, d.m.Or(v.up, v.stale))
	}
	return here, nil
}

// around is the innermost domain around a part that is not of its module,
// which has its own say on those that are.
func (d *diagram) around(part int) int {
	if m := d.moduleOf[part]; m != nil {
		return m.around(part)
	}
	return d.sys.Parts[part].Place
}

// conditions gives the functions that a part is in a condition, apart from the
// domains around it.
func (d *diagram) conditions(part int) (func(model.Condition) bdd.Ref, error) {
	if m := d.moduleOf[part]; m != nil {
		return d.inModule(m, part)
	}
	b := newBlock(&d.sys.Parts[part], d.sights[part])
	b.part = part
	d.add(b)
	return func(c model.Condition) bdd.Ref {
		return d.when(b, func(v int) bool { return b.conditions[v] == c })
	}, nil
}

// whole is where all requests are answered.
var whole = []level{{model.Shares{OK: 1}, bdd.True}}

// placeDeploys makes the block of the bad deploys of a service, and says which
// share of the requests is spared by however many are live.
func (d *diagram) placeDeploys(node int) ([]level, error) {
	i := d.sys.Nodes[node].Deploys
	if i == model.None || d.sys.Deploys[i].MeanLive() == 0 {
		return whole, nil
	}
	s, err := newStream(&d.sys.Deploys[i], d.upAt)
	if err != nil {
		return nil, fmt.Errorf("service %s: %w", d.sys.Nodes[node].Name, err)
	}
	b := &block{part: model.None, deploys: i, process: s.process}
	d.streams[i] = b
	d.add(b)
	var own []level
	for live, p := range s.spared {
		here := d.when(b, func(n int) bool { return n == live })
		own = append(own, level{model.Shares{OK: p.P, None: p.Q}, here})
	}
	return own, nil
}

// draw makes one coin for each pair of probabilities. One that always falls
// the same way is no variable.
func (d *diagram) draw(pairs ...bdd.Prob) []bdd.Ref {
	coins := make([]bdd.Ref, len(pairs))
	for i, p := range pairs {
		switch {
		case p.P == 0:
			coins[i] = bdd.False
		case p.Q == 0:
			coins[i] = bdd.True
		default:
			coins[i] = d.m.Var()
			d.coins = append(d.coins, p)
		}
	}
	return coins
}

func shares(n *model.Node) []float64 {
	all := make([]float64, len(n.Shares))
	for i, s := range n.Shares {
		all[i] = s.P
	}
	return all
}
