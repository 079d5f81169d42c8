package analytic

import (
	"math"
	"slices"

	"nines/model"
)

// A stageKind is what a stage of a sweep looks at.
type stageKind uint8

const (
	meetNode stageKind = iota
	meetMember
	meetLink
	leaveNode // all links of it have been looked at
)

// A stage is one step of a sweep through a network.
type stage struct {
	kind  stageKind
	node  int // of the network: that is met or left, the later end of a link
	other int // the earlier end of a link
	part  int // that decides
}

// stages list the steps of a sweep: the nodes in an order, each followed by the
// members in it, by the links to earlier nodes, and by the leave of those that
// have no links to come.
func (d *diagram) stages(n *model.Node) []stage {
	sys, net := d.sys, &d.sys.Networks[n.Over.Network]
	if d.orders[n.Over.Network] == nil {
		d.orders[n.Over.Network] = narrowest(net)
	}
	order := d.orders[n.Over.Network]
	place := make([]int, len(order))
	for i, v := range order {
		place[v] = i
	}
	last := slices.Clone(place) // the place of the last neighbour
	links := make([][]model.Link, len(order))
	for _, l := range net.Links {
		if place[l.From] < place[l.To] {
			l.From, l.To = l.To, l.From
		}
		links[l.From] = append(links[l.From], l)
		last[l.To] = max(last[l.To], place[l.From])
	}
	var all []stage
	for i, v := range order {
		all = append(all, stage{kind: meetNode, node: v, part: sys.Nodes[net.Nodes[v]].Part})
		for k, child := range n.Children {
			if n.Over.At[k] == v {
				all = append(all, stage{kind: meetMember, node: v, part: sys.Nodes[child].Part})
			}
		}
		for _, l := range links[v] {
			all = append(all, stage{kind: meetLink, node: v, other: l.To, part: sys.Nodes[l.Leaf].Part})
		}
		for _, w := range order[:i+1] {
			if last[w] == i {
				all = append(all, stage{kind: leaveNode, node: w})
			}
		}
	}
	return all
}

// narrowest is an order of the nodes of a network in which few of them have
// neighbours both before and after, at any time. From each node on in turn the
// next is the neighbour that leaves the fewest such; the order is taken whose
// sum of 3^number is the least.
func narrowest(net *model.Network) []int {
	neighbours := make([][]int, len(net.Nodes))
	for _, l := range net.Links {
		neighbours[l.From] = append(neighbours[l.From], l.To)
		neighbours[l.To] = append(neighbours[l.To], l.From)
	}
	var best []int
	least := math.Inf(1)
	for start := range net.Nodes {
		if order, cost := greedy(neighbours, start, least); cost < least {
			best, least = order, cost
		}
	}
	return best
}

// greedy gives up where the cost reaches a limit.
func greedy(neighbours [][]int, start int, limit float64) (order []int, cost float64) {
	n := len(neighbours)
	met, open := make([]bool, n), make([]int, n) // open: neighbours not met yet
	for v := range neighbours {
		open[v] = len(neighbours[v])
	}
	var edge []int // not met, with a neighbour that is, in the order in which they were found
	found := make([]bool, n)
	width := 0
	for v := start; ; {
		met[v], found[v] = true, true
		order = append(order, v)
		width++
		for _, w := range neighbours[v] {
			if open[w]--; !found[w] {
				found[w] = true
				edge = append(edge, w)
			}
			if met[w] && open[w] == 0 && w != v {
				width--
			}
		}
		if cost += math.Pow(3, float64(width)); cost >= limit {
			return nil, cost
		}
		if open[v] == 0 {
			width--
		}
		if v = next(neighbours, open, met, &edge); v == model.None {
			if v = slices.Index(met, false); v < 0 {
				return order, cost
			}
		}
	}
}

// next takes from the edge the node after which the fewest are open.
func next(neighbours [][]int, open []int, met []bool, edge *[]int) int {
	best, least := model.None, math.MaxInt
	for i, v := range *edge {
		opens := 0
		if open[v] > 0 {
			opens = 1
		}
		for _, w := range neighbours[v] {
			if met[w] && open[w] == 1 {
				opens--
			}
		}
		if opens < least {
			best, least = i, opens
		}
	}
	if best == model.None {
		return model.None
	}
	v := (*edge)[best]
	*edge = slices.Delete(*edge, best, best+1)
	return v
}
