package analytic

import (
	"context"
	"slices"

	"nines/model"
)

// oneMore is the unavailability with one more part like those of a candidate: a
// further member of their group, or for a part that stands alone another
// beside it, either of which will do. where is the domain that it stands in.
//
// Other systems are only built where it could matter: where perfect parts in
// perfect domains would save some of the down time.
func (f *failure) oneMore(ctx context.Context, c candidate, opts Options) (down float64, where string, ok bool) {
	if len(c.parts) == 0 || f.sys.Parts[c.parts[0]].Kind != model.Component {
		return 0, "", false
	}
	if q, ok := f.doubled(c); ok {
		return q, "", true
	}
	if !c.coupled && f.total-f.reweighed(f.withPlaces(c), (*block).perfect) < leastSaved*f.total {
		return 0, "", false
	}
	sys, added, ok := grown(f.sys, c.parts)
	if !ok {
		return 0, "", false
	}
	if place := sys.Parts[added].Place; place != model.None {
		where = sys.Parts[place].Name
	}
	down, ok = f.unavailability(ctx, sys, opts)
	return down, where, ok
}

// leastSaved is the share of the down time below which savings are not worth
// a system of their own.
const leastSaved = 1e-3

// withPlaces adds the domains around the parts of a candidate.
func (f *failure) withPlaces(c candidate) candidate {
	all := candidate{blocks: slices.Clone(c.blocks)}
	for _, part := range c.parts {
		for place := f.sys.Parts[part].Place; place != model.None; place = f.sys.Parts[place].Place {
			i := slices.IndexFunc(f.blocks, func(b *block) bool { return b.part == place })
			if i >= 0 && !slices.Contains(all.blocks, f.blocks[i]) {
				all.blocks = append(all.blocks, f.blocks[i])
			}
		}
	}
	return all
}

// doubled puts another beside a part that stands alone and in no domain, and is
// seen up or down: both are down with the square of the probability.
func (f *failure) doubled(c candidate) (down float64, ok bool) {
	b := c.blocks[0]
	if c.coupled || len(c.blocks) > 1 || f.sys.Parts[b.part].Place != model.None || len(b.pi) != 2 || b.conditions[1] != model.Down {
		return 0, false
	}
	for i := range f.sys.Nodes {
		if f.reached[i] && takesMembers(f.sys.Nodes[i].Kind) && refersTo(f.sys, i, b.part) {
			return 0, false
		}
	}
	p, q := f.values[b][0], f.values[b][1]
	return f.reweighed(c, func(*block) []float64 { return []float64{p + p*q, q * q} }), true
}

// takesMembers says whether a node is a group that may have any number of
// members.
func takesMembers(k model.NodeKind) bool {
	switch k {
	case model.Pool, model.Quorum, model.Vote, model.BFT, model.Standby:
		return true
	}
	return false
}

func refersTo(sys *model.System, node, part int) bool {
	return slices.ContainsFunc(sys.Nodes[node].Children, func(child int) bool {
		return sys.Nodes[child].Kind == model.Leaf && sys.Nodes[child].Part == part
	})
}

// grown is sys with one more part like the given ones, which are alike, and the
// index of that part. It is false where they are used in a way that more of
// them would not help, as where all are needed.
func grown(sys *model.System, parts []int) (g *model.System, added int, ok bool) {
	copied := *sys
	g = &copied
	g.Parts, g.Nodes = slices.Clone(sys.Parts), slices.Clone(sys.Nodes)
	last := parts[len(parts)-1]
	p := sys.Parts[last]
	p.Name, p.Place = "one more "+p.Template, nextPlace(sys, parts)
	added = len(g.Parts)
	g.Parts = append(g.Parts, p)
	g.Shocks = slices.Clone(sys.Shocks)
	for i := range g.Shocks {
		g.Shocks[i] = g.Shocks[i].With(added, last)
	}
	leaf := len(g.Nodes)
	g.Nodes = append(g.Nodes, model.Node{Kind: model.Leaf, Part: added, Deploys: model.None})
	for i := range sys.Nodes {
		if !takesOneMore(g, i, parts, leaf) {
			return nil, 0, false
		}
	}
	return g, added, true
}

// nextPlace is where one more part would stand: in the next domain of the
// array that the last one's is from, unless all stand in the same.
func nextPlace(sys *model.System, parts []int) int {
	place := sys.Parts[parts[len(parts)-1]].Place
	elsewhere := func(p int) bool { return sys.Parts[p].Place != place }
	if place == model.None || len(parts) > 1 && !slices.ContainsFunc(parts, elsewhere) {
		return place
	}
	var array []int
	for i := range sys.Parts {
		if p := &sys.Parts[i]; p.Kind == model.Domain && p.Template == sys.Parts[place].Template {
			array = append(array, i)
		}
	}
	return array[(slices.Index(array, place)+1)%len(array)]
}

// takesOneMore adds a leaf to a node of g that has the given parts as children.
func takesOneMore(g *model.System, node int, parts []int, leaf int) bool {
	n := &g.Nodes[node]
	if n.Kind == model.Leaf {
		return true
	}
	var at []int
	for i, child := range n.Children {
		if c := &g.Nodes[child]; c.Kind == model.Leaf && slices.Contains(parts, c.Part) {
			at = append(at, i)
		}
	}
	members := len(n.Children)
	switch {
	case len(at) == 0:
		return true
	case n.Over != nil:
		return false
	case takesMembers(n.Kind), n.Kind == model.AtLeast && len(at) == members && members > 1:
		if len(at) < len(parts) {
			return false
		}
		n.Children = append(slices.Clone(n.Children), leaf)
		if most := majority(members); n.Kind == model.Vote || n.Kind == model.Quorum && n.K == most {
			n.K = max(n.K, majority(members+1))
		}
		return true
	case len(parts) > 1:
		return false
	}
	children := slices.Clone(n.Children)
	for _, i := range at {
		pair := model.Node{Kind: model.AtLeast, K: 1, Children: []int{children[i], leaf}, Deploys: model.None}
		children[i] = len(g.Nodes)
		g.Nodes = append(g.Nodes, pair)
	}
	g.Nodes[node].Children = children
	return true
}

func majority(members int) int { return members/2 + 1 }
