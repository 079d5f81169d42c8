package graph

import (
	"nines/cmd/internal/chart"
	"nines/model"
)

// A Subject is a system and what is known of it.
type Subject struct {
	chart.Caption
	System       *model.System
	Targets      []model.Target                            // that are shown, with what they need
	Results      []model.Result                            // of all targets
	Explanations []model.Explanation                       // of those whose down time gives the colours
	Down         []int                                     // parts that have failed
	Own          func(part int) (down float64, known bool) // of a part by itself
}

// Kind of a Node.
type Kind uint8

const (
	System Kind = iota
	Service
	Part
	Group
	Domain
	Joint // where ways part and meet again
)

// State of a Node while something has failed.
type State uint8

const (
	Fine  State = iota
	Worse       // it works with less than all it has
	Lost        // it is down
)

// A Node is one thing of a graph.
type Node struct {
	ID     string // unique
	Name   string
	Lines  []string // what is known of it
	Kind   Kind
	Share  float64 // of the down time of what is explained, 0 to 1; the largest where that is several
	Single bool    // it takes one of what is explained down by itself
	State  State
	Parent int // the node that it stands in, or -1
	alike  []int
}

// Bond is how one node needs another.
type Bond uint8

const (
	Needs    Bond = iota
	Some          // one of several, of which some will do
	Fallback      // where another gives no answer
	Uses          // without it, it is only degraded
)

// An Edge leads from a node to one that it needs.
type Edge struct {
	From, To int
	Bond     Bond
	Label    string
}

// A Graph is what is drawn.
type Graph struct {
	chart.Caption
	Nodes   []Node
	Edges   []Edge
	sideway bool // it reads from left to right
	nested  bool // nodes stand in each other
	failed  bool // something has failed: colours show what is down
	heat    bool // colours show shares of the down time
}

// Title of the picture.
func (g *Graph) Title() string { return chart.Clean(g.Head) }
