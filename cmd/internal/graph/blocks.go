package graph

import (
	"fmt"
	"strings"

	"nines/model"
)

// Blocks shows what is in series and what in parallel for one target: a
// reliability block diagram, from left to right. What the target needs is one
// block each, its own groups are opened.
func Blocks(s *Subject, target model.Target) (*Graph, error) {
	b, err := newBuilder(s)
	if err != nil {
		return nil, err
	}
	b.g.Caption, b.g.sideway = s.Caption, true
	d := diagram{builder: b, drawn: map[string]int{}}
	start := d.joint("")
	ends := d.open(target.Node, []exit{{node: start}})
	d.join(ends, d.joint(""))
	again := false
	for id, times := range d.drawn {
		if times > 1 {
			d.repeated(id)
			again = true
		}
	}
	if again {
		b.g.Below = strings.TrimPrefix(b.g.Below+"; * one thing, drawn more than once", "; ")
	}
	return b.g, nil
}

// A diagram is a block diagram in the making.
type diagram struct {
	*builder
	drawn map[string]int // how often a thing was drawn, by its name
}

// An exit is where a way leaves what was drawn so far.
type exit struct {
	node int
	how  Edge // of the edge that goes on from there
}

// most members of a group that are drawn one by one.
const mostMembers = 4

// joint adds a place where ways meet.
func (d *diagram) joint(name string) int {
	i, _ := d.node(fmt.Sprintf("joint %d", len(d.g.Nodes)), Joint)
	d.g.Nodes[i].Name = name
	return i
}

// join leads all ways to a node.
func (d *diagram) join(from []exit, to int) []exit {
	for _, e := range from {
		e.how.From, e.how.To = e.node, to
		d.g.Edges = append(d.g.Edges, e.how)
	}
	return []exit{{node: to}}
}

// open draws a node of the structure that is more than one block.
func (d *diagram) open(node int, from []exit) []exit {
	n := &d.System.Nodes[node]
	switch {
	case n.Kind == model.Series || n.Kind == model.Service:
		for _, c := range n.Children {
			from = d.block(c, from)
		}
		return from
	case n.Kind == model.Connected:
		return d.connected(n, from)
	case n.Kind == model.Called:
		for i := range from {
			from[i].how = through(n, 0, from[i].how)
		}
		return d.block(n.Children[0], from)
	case n.Kind == model.Leaf || group(n.Kind) && len(n.Children) > mostMembers:
		return d.across(n, d.single(node, from))
	case n.Kind == model.Else || n.Kind == model.Mix || n.Kind == model.Cached || n.Kind == model.Not:
		return d.ways(n, from, d.block, "")
	}
	ends := d.ways(n, from, d.block, fmt.Sprintf("%d of %d", max(1, n.K), len(n.Children)))
	return d.across(n, ends)
}

// connected draws what must be up, and the network that must join it.
func (d *diagram) connected(n *model.Node, from []exit) []exit {
	for _, c := range n.Children {
		if len(n.Children) <= mostMembers || !d.joined(n, c) {
			from = d.block(c, from)
		}
	}
	return d.across(n, from)
}

// across draws the network that n is over, if there is one.
func (d *diagram) across(n *model.Node, from []exit) []exit {
	if n.Over == nil {
		return from
	}
	plain := d.plain()
	return d.add(plain.g.Nodes[plain.network(n.Over.Network)], from)
}

// plain is a builder of blocks that are drawn by themselves.
func (d *diagram) plain() *builder {
	return &builder{Subject: d.Subject, g: &Graph{}, index: map[string]int{}, before: d.before, after: d.after, effects: d.effects, edges: map[Edge]bool{}}
}

// block draws a node of the structure: one with a name of its own as one block.
func (d *diagram) block(node int, from []exit) []exit {
	n := &d.System.Nodes[node]
	if n.Kind == model.Service || n.Name != "" && !group(n.Kind) {
		return d.single(node, from)
	}
	return d.open(node, from)
}

// ways draws the children of n beside each other, and where they meet again.
func (d *diagram) ways(n *model.Node, from []exit, draw func(int, []exit) []exit, meet string) []exit {
	if len(from) > 1 || d.g.Nodes[from[0].node].Kind != Joint {
		from = d.join(from, d.joint(""))
	}
	var ends []exit
	for i, c := range n.Children {
		how := through(n, i, Edge{})
		if n.Kind == model.AtLeast {
			how = Edge{}
		}
		ends = append(ends, draw(c, []exit{{from[0].node, how}})...)
	}
	if meet == "1 of "+fmt.Sprint(len(n.Children)) {
		meet = ""
	}
	return d.join(ends, d.joint(meet))
}

// single draws one block.
func (d *diagram) single(node int, from []exit) []exit {
	n := &d.System.Nodes[node]
	plain := d.plain()
	var i int
	if n.Kind == model.Leaf {
		i = plain.one(n.Part)
	} else {
		i = plain.visit(node)
	}
	return d.add(plain.g.Nodes[i], from)
}

// add draws a block, which may have been drawn before.
func (d *diagram) add(block Node, from []exit) []exit {
	d.drawn[block.ID]++
	if times := d.drawn[block.ID]; times > 1 {
		block.ID = fmt.Sprintf("%s, %d", block.ID, times)
	}
	at, _ := d.node(block.ID, block.Kind)
	d.g.Nodes[at] = block
	return d.join(from, at)
}

// one adds a part by itself.
func (b *builder) one(part int) int {
	p := &b.System.Parts[part]
	name := p.Name
	if p.Kind == model.Itself {
		name += " itself"
	}
	i, _ := b.node(name, Part)
	g := &b.g.Nodes[i]
	if down, known := b.Own(part); known {
		g.Lines = append(g.Lines, availability(down))
	}
	up := b.effects[part] == model.Up
	g.State = state(up, up)
	b.blame(i, func(c *model.Cost) bool {
		return c.Name == p.Name && (c.Cause == "itself") == (p.Kind == model.Itself) && c.Cause != "deploys" && c.Cause != "takeover"
	})
	return i
}

// repeated marks the blocks of a thing that is drawn more than once.
func (d *diagram) repeated(id string) {
	for times := 1; times <= d.drawn[id]; times++ {
		key := id
		if times > 1 {
			key = fmt.Sprintf("%s, %d", id, times)
		}
		d.g.Nodes[d.index[key]].Name += " *"
	}
}
