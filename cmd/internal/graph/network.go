package graph

import (
	"fmt"
	"slices"

	"nines/model"
)

// network adds a network: its links are a line of it, and it needs its nodes.
func (b *builder) network(index int) int {
	net := &b.System.Networks[index]
	i, fresh := b.node("network "+net.Name, Group)
	if !fresh {
		return i
	}
	g := &b.g.Nodes[i]
	g.Name, g.Lines = net.Name, []string{b.wires(net)}
	if b.lost(net) > 0 {
		g.State = Worse
	}
	b.carry(i, index)
	for _, leaf := range net.Nodes {
		b.need(i, leaf, Edge{})
	}
	return i
}

// wires counts the links of a network, and those that are down.
func (b *builder) wires(net *model.Network) string {
	text := fmt.Sprintf("network, %d links", len(net.Links))
	if len(net.Links) == 1 {
		text = "network, 1 link"
	}
	if down := b.lost(net); down > 0 {
		text += fmt.Sprintf(", %d down", down)
	}
	return text
}

func (b *builder) lost(net *model.Network) int {
	down := 0
	for _, l := range net.Links {
		if b.effects[b.System.Nodes[l.Leaf].Part] != model.Up {
			down++
		}
	}
	return down
}

// carry blames a network for the links and partitions of those targets that are
// over it; other networks may have links of the same names.
func (b *builder) carry(i, index int) {
	g := &b.g.Nodes[i]
	wired := func(cause string) bool { return cause == "link" || cause == "partition" }
	for k := range b.Explanations {
		x, share := &b.Explanations[k], 0.0
		if !b.over(x.Target.Node, index) {
			continue
		}
		for _, c := range x.Budget {
			if wired(c.Cause) {
				share += c.Share
			}
		}
		g.Share = max(g.Share, share)
		g.Single = g.Single || slices.ContainsFunc(x.Singles, func(s model.Single) bool { return wired(s.Cause) })
	}
}

// over says whether a node of the structure, or what it needs, is over a
// network.
func (b *builder) over(node, network int) bool {
	seen := make([]bool, len(b.System.Nodes))
	open := []int{node}
	for len(open) > 0 {
		n := &b.System.Nodes[open[len(open)-1]]
		open = open[:len(open)-1]
		if n.Over != nil && n.Over.Network == network {
			return true
		}
		for _, c := range slices.Concat(n.Children, n.Uses) {
			if !seen[c] {
				seen[c] = true
				open = append(open, c)
			}
		}
	}
	return false
}

// joined says whether a network leads to a child of n, so that n needs it
// through that.
func (b *builder) joined(n *model.Node, child int) bool {
	return n.Kind == model.Connected && slices.Contains(b.System.Networks[n.Over.Network].Nodes, child)
}

// wire draws an edge to the network that n is over.
func (b *builder) wire(from int, n *model.Node, how Edge) {
	if n.Over != nil {
		how.From, how.To = from, b.network(n.Over.Network)
		b.link(how)
	}
}

// link adds an edge that is not there yet.
func (b *builder) link(e Edge) {
	if !b.edges[e] && e.From != e.To {
		b.edges[e] = true
		b.g.Edges = append(b.g.Edges, e)
	}
}
