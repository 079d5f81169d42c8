package graph

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// Nodes stand in their parents, below its texts, and beside each other.
func TestNest(t *testing.T) {
	const slack = 1e-9
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 4))
		g := &Graph{nested: true}
		for i := range 1 + rng.IntN(25) {
			n := Node{ID: fmt.Sprint(i), Name: fmt.Sprintf("node %d of %d", i, seed), Parent: rng.IntN(i+1) - 1}
			for range rng.IntN(3) {
				n.Lines = append(n.Lines, "99.9 %, and a line of some length")
			}
			g.Nodes = append(g.Nodes, n)
		}
		l := g.nest()
		for i := range g.Nodes {
			a, as := l.at[i], l.sizes[i]
			if p := g.Nodes[i].Parent; p >= 0 {
				b, bs := l.at[p], l.sizes[p]
				if a.x < b.x || a.y < b.y+g.Nodes[p].extent().height-slack || a.x+as.width > b.x+bs.width+slack || a.y+as.height > b.y+bs.height+slack {
					t.Fatalf("seed %d: node %d is not in node %d", seed, i, p)
				}
			} else if a.x < 0 || a.y < 0 || a.x+as.width > l.width+slack || a.y+as.height > l.height+slack {
				t.Fatalf("seed %d: node %d is outside", seed, i)
			}
			for j := range i {
				if g.Nodes[i].Parent == g.Nodes[j].Parent && overlap(a, as, l.at[j], l.sizes[j]) {
					t.Fatalf("seed %d: nodes %d and %d overlap", seed, i, j)
				}
			}
		}
	}
}

// A graph that would take very long is refused.
func TestLarge(t *testing.T) {
	const n = 600
	g := &Graph{}
	for i := range n {
		g.Nodes = append(g.Nodes, Node{ID: fmt.Sprint(i), Parent: -1})
		if i > 0 {
			g.Edges = append(g.Edges, Edge{From: i - 1, To: i}, Edge{From: 0, To: i})
		}
	}
	if _, err := g.Picture(); !errors.Is(err, ErrLarge) {
		t.Errorf("got %v", err)
	}
}
