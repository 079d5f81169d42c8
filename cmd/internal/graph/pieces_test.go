package graph

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Pieces stand beside and below each other, within the size of the whole, and
// their links lead from node to node.
func TestPieces(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var nodes []size
		var links []link
		for range 1 + rng.IntN(12) {
			nodes = append(nodes, size{20 + 100*rng.Float64(), 20 + 50*rng.Float64()})
		}
		for range rng.IntN(len(nodes)) {
			links = append(links, link{from: rng.IntN(len(nodes)), to: rng.IntN(len(nodes))})
		}
		l := inPieces(nodes, links)
		const rounding = 1e-9
		for i := range nodes {
			if a := l.at[i]; a.x < -rounding || a.y < -rounding || a.x+nodes[i].width > l.width+rounding || a.y+nodes[i].height > l.height+rounding {
				t.Fatalf("node %d at %v sticks out of %g x %g", i, a, l.width, l.height)
			}
			for k := range i {
				a, b := l.at[i], l.at[k]
				if a.x < b.x+nodes[k].width && b.x < a.x+nodes[i].width && a.y < b.y+nodes[k].height && b.y < a.y+nodes[i].height {
					t.Fatalf("nodes %d and %d overlap", i, k)
				}
			}
		}
		for i, k := range links {
			if k.from == k.to {
				continue
			}
			from, to := k.ends(l.turned[i])
			first, last := l.paths[i][0], l.paths[i][len(l.paths[i])-1]
			if math.Abs(first.y-l.at[from].y-nodes[from].height) > rounding || math.Abs(last.y-l.at[to].y) > rounding || first.x < l.at[from].x || last.x > l.at[to].x+nodes[to].width {
				t.Fatalf("link %d leads from %v to %v", i, first, last)
			}
		}
	}
	if n := len(split(5, []link{{from: 0, to: 3}, {from: 3, to: 1}})); n != 3 {
		t.Errorf("got %d pieces, want 3", n)
	}
}
