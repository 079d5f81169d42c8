package analytic

import (
	"context"
	"fmt"

	"nines/model"
	"nines/model/bdd"
)

// A diagram holds what some targets need of a system as Boolean functions of
// independent variables: blocks, which make up the state, and coins, which are
// drawn for each request.
type diagram struct {
	ctx  context.Context
	sys  *model.System
	st   *model.Structure
	m    *bdd.Manager
	upAt float64 // the smallest `up at` of a node here, 0 without

	blocks  []*block   // in the order of their variables
	parts   []*block   // by part; nil where nothing here needs it
	streams []*block   // by index of Deploys
	coins   []bdd.Prob // by variable; of those in blocks the zero Prob

	sights  []sight     // by part: which conditions somebody tells apart
	views   []view      // by part: what its users see, domains included
	reached []bool      // by node: is here
	drawn   [][]bdd.Ref // by node: its coins
	answers []answer    // by node
}

// An answer is what requests to a node get, as functions of the state and the
// coins. What is neither ok nor wrong is none.
type answer struct{ ok, wrong bdd.Ref }

// newDiagram builds the answers of all that the targets need. What is found
// first, going down from the targets in their order, comes first in the order
// of the variables.
func newDiagram(ctx context.Context, st *model.Structure, targets []model.Target, maxNodes int) (*diagram, error) {
	if maxNodes == 0 {
		maxNodes = defaultMaxNodes
	}
	sys := st.System
	d := &diagram{
		ctx: ctx, sys: sys, st: st, m: bdd.New(bdd.Options{MaxNodes: maxNodes, Context: ctx}),
		parts: make([]*block, len(sys.Parts)), streams: make([]*block, len(sys.Deploys)),
		sights: make([]sight, len(sys.Parts)), views: make([]view, len(sys.Parts)),
		reached: make([]bool, len(sys.Nodes)), drawn: make([][]bdd.Ref, len(sys.Nodes)), answers: make([]answer, len(sys.Nodes)),
	}
	for _, t := range targets {
		d.reach(t.Node)
	}
	placed := make([]bool, len(sys.Nodes))
	for _, t := range targets {
		if err := d.place(t.Node, placed); err != nil {
			return nil, err
		}
	}
	return d, d.compose()
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
	if n.Kind == model.Mix {
		d.drawn[node] = d.draw(chain(shares(n))...)
	}
	for _, child := range n.Children {
		if c := &d.sys.Nodes[child]; c.Kind == model.Leaf {
			d.placePart(d.sys.Parts[c.Part].Place)
		}
	}
	for i, child := range n.Children {
		if i == 1 && n.Kind == model.Else {
			d.drawn[node] = d.draw(bdd.Prob(n.Covers))
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
		d.placePart(n.Part)
	case model.Pool, model.Quorum, model.Vote, model.BFT:
		d.answers[node] = d.group(n)
	case model.Service:
		return d.placeDeploys(node)
	}
	return nil
}

// placePart makes the block of a part, below those of the domains it is in.
func (d *diagram) placePart(part int) {
	if part == model.None || d.parts[part] != nil {
		return
	}
	p := &d.sys.Parts[part]
	here, lost := bdd.True, bdd.False
	if p.Place != model.None {
		d.placePart(p.Place)
		v := d.views[p.Place]
		here, lost = d.m.Or(v.up, v.stale, v.wrong), v.lost
	}
	b := newBlock(p, d.sights[part])
	b.part, d.parts[part] = part, b
	d.add(b)
	d.views[part] = view{
		up:    d.m.And(here, b.when(model.Up)),
		stale: d.m.And(here, b.when(model.Stale)),
		wrong: d.m.And(here, b.when(model.Wrong)),
		lost:  d.m.Or(lost, d.m.And(here, b.when(model.Lost))),
	}
}

// placeDeploys makes the block of the bad deploys of a service, and the coins
// that say whether a request is spared by however many are live.
func (d *diagram) placeDeploys(node int) error {
	spared := bdd.True
	if i := d.sys.Nodes[node].Deploys; i != model.None && d.sys.Deploys[i].MeanLive() > 0 {
		s, err := newStream(&d.sys.Deploys[i], d.upAt)
		if err != nil {
			return fmt.Errorf("service %s: %w", d.sys.Nodes[node].Name, err)
		}
		b := &block{part: model.None, deploys: i, process: s.process}
		d.streams[i] = b
		d.add(b)
		spared = bdd.False
		for live, p := range s.spared {
			spared = d.m.Or(spared, d.m.And(append(d.draw(bdd.Prob(p)), b.is[live])...))
		}
	}
	d.drawn[node] = []bdd.Ref{spared}
	return nil
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
