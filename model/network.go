package model

import (
	"slices"

	"nines/model/dist"
)

// A Network joins parts by links that fail by themselves.
type Network struct {
	Name       string
	Nodes      []int // leaves
	Links      []Link
	Partitions []Cutoff
	Delay      dist.Law // of a message; nil: none
	Loss       Prob     // share of the messages that are lost
	Timing     Timing
	Bound      float64 // of the delay, s; 0: none is known
	Pos        Pos
}

// Timing is what is known of the delays of a network.
type Timing uint8

const (
	Asynchronous Timing = iota // their law alone
	Synchronous                // never above the bound
	Partial                    // never above a bound that is not known to those who send
)

var timingNames = [...]string{"asynchronous", "synchronous", "partial"}

func (t Timing) String() string { return timingNames[t] }

// A Cutoff is a part that takes down all links between a node and the rest.
type Cutoff struct {
	Part int
	Node int // index of Nodes
}

// A Link joins two nodes of a Network while it answers.
type Link struct {
	Leaf     int
	From, To int // indexes of Nodes
}

// Over says that a node counts only what a network joins: K of its children at
// least, in one connected piece.
type Over struct {
	Network int   // index of System.Networks
	At      []int // the node of the network, an index of its Nodes, that each child is, or is in
}

// Pieces gives each node of a network the number of the connected piece that it
// is in, None if it does not work. works says it of a leaf.
func (n *Network) Pieces(works func(leaf int) bool) []int {
	u := newForest(len(n.Nodes))
	up := make([]bool, len(n.Nodes))
	for i, leaf := range n.Nodes {
		up[i] = works(leaf)
	}
	for _, l := range n.Links {
		if up[l.From] && up[l.To] && works(l.Leaf) {
			u.join(l.From, l.To)
		}
	}
	pieces := make([]int, len(n.Nodes))
	for i := range pieces {
		if pieces[i] = None; up[i] {
			pieces[i] = u.find(i)
		}
	}
	return pieces
}

// joined lists the children of n, by number, that a network joins with each
// other: those that count in the piece of the network with most of them, the
// first of several.
func (s *System) joined(n *Node, condition func(part int) Condition) []int {
	net := &s.Networks[n.Over.Network]
	pieces := net.Pieces(func(leaf int) bool { return condition(s.Nodes[leaf].Part).Answers() })
	most := None
	members := map[int][]int{}
	for i, child := range n.Children {
		piece := pieces[n.Over.At[i]]
		if piece == None || !n.counts(condition(s.Nodes[child].Part)) {
			continue
		}
		members[piece] = append(members[piece], i)
		if most == None || len(members[piece]) > len(members[most]) {
			most = piece
		}
	}
	return members[most]
}

// counts says whether a child in that condition counts for a node over a
// network: of a quorum its members with a fresh state, else all that answer.
func (n *Node) counts(c Condition) bool {
	return c.Answers() && (n.Kind != Quorum || c != Stale)
}

// Tally counts the members of a group by their conditions. Of a node over a
// network only those count that it joins, the others as down.
func (s *System) Tally(n *Node, condition func(part int) Condition) Tally {
	var t Tally
	if n.Over == nil {
		for _, child := range n.Children {
			t.Add(condition(s.Nodes[child].Part), 1)
		}
		return t
	}
	joined := s.joined(n, condition)
	for _, i := range joined {
		t.Add(condition(s.Nodes[n.Children[i]].Part), 1)
	}
	t.Add(Down, len(n.Children)-len(joined))
	return t
}

// dependencies are all nodes that must be known before a node: hard, soft, the
// caches before it, and the network that it is over.
func (s *System) dependencies(node int) []int {
	n := &s.Nodes[node]
	all := n.Children
	if len(n.Uses) > 0 || len(n.Loads) > 0 {
		all = slices.Concat(all, n.Uses, n.Caches())
	}
	if n.Over != nil {
		all = slices.Concat(all, s.Networks[n.Over.Network].Leaves())
	}
	return all
}

// Leaves lists those of the nodes and links.
func (n *Network) Leaves() []int {
	all := slices.Clone(n.Nodes)
	for _, l := range n.Links {
		all = append(all, l.Leaf)
	}
	return all
}
