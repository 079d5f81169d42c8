package graph

import (
	"math"
	"math/rand/v2"
	"testing"
)

// random draws a graph; without cycles links lead to later nodes.
func random(rng *rand.Rand, cycles bool) ([]size, []link) {
	n := 1 + rng.IntN(30)
	nodes := make([]size, n)
	for i := range nodes {
		nodes[i] = size{20 + 150*rng.Float64(), 20 + 50*rng.Float64()}
	}
	var links []link
	for range rng.IntN(3 * n) {
		l := link{from: rng.IntN(n), to: rng.IntN(n)}
		if !cycles && l.from == l.to {
			continue
		}
		if !cycles && l.from > l.to {
			l.from, l.to = l.to, l.from
		}
		links = append(links, l)
	}
	return nodes, links
}

func TestLayout(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		cycles := seed%2 == 1
		nodes, links := random(rng, cycles)
		l := layered(nodes, links)
		for i := range nodes {
			a := l.at[i]
			if a.x < -1e-9 || a.y < -1e-9 || a.x+nodes[i].width > l.width+1e-9 || a.y+nodes[i].height > l.height+1e-9 {
				t.Fatalf("seed %d: node %d is outside", seed, i)
			}
			for j := range i {
				if overlap(a, nodes[i], l.at[j], nodes[j]) {
					t.Fatalf("seed %d: nodes %d and %d overlap", seed, i, j)
				}
			}
		}
		for i, k := range links {
			if k.from == k.to {
				continue
			}
			if l.turned[i] && !cycles {
				t.Fatalf("seed %d: link %d is turned without a cycle", seed, i)
			}
			top, bottom := k.ends(l.turned[i])
			if l.rank[top] >= l.rank[bottom] {
				t.Fatalf("seed %d: link %d does not point down", seed, i)
			}
			descends(t, l.paths[i], l.at[top].y+nodes[top].height, l.at[bottom].y)
			for n := range nodes {
				if n != top && n != bottom && touches(l.paths[i], l.at[n], nodes[n]) {
					t.Fatalf("seed %d: link %d runs through node %d", seed, i, n)
				}
			}
		}
	}
}

func overlap(a point, as size, b point, bs size) bool {
	return a.x < b.x+bs.width && b.x < a.x+as.width && a.y < b.y+bs.height && b.y < a.y+as.height
}

// descends checks that a path leads from one height to another, never up.
func descends(t *testing.T, path []point, from, to float64) {
	t.Helper()
	last := len(path) - 1
	if math.Abs(path[0].y-from) > 1e-9 || math.Abs(path[last].y-to) > 1e-9 {
		t.Fatalf("a path leads from %g to %g, want %g to %g", path[0].y, path[last].y, from, to)
	}
	for i := range last {
		if path[i].y > path[i+1].y {
			t.Fatal("a path leads up")
		}
	}
}

// touches says whether an upright piece of a path runs through a node; all
// others are between ranks.
func touches(path []point, at point, of size) bool {
	for i := range len(path) - 1 {
		a, b := path[i], path[i+1]
		if a.x == b.x && a.x > at.x && a.x < at.x+of.width && a.y < at.y+of.height && b.y > at.y {
			return true
		}
	}
	return false
}

// crossings agrees with looking at every pair of links.
func TestCrossings(t *testing.T) {
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 2))
		nodes, links := random(rng, true)
		s := &sketch{nodes: len(nodes), turned: turn(len(nodes), links)}
		ranks := ranked(len(nodes), links, s.turned)
		for i, n := range nodes {
			s.vertices = append(s.vertices, vertex{size: n, node: true, rank: ranks[i]})
		}
		for i, l := range links {
			s.chain(l, s.turned[i])
		}
		s.start()
		before := pairs(s)
		if got := s.crossings(); got != before {
			t.Fatalf("seed %d: %d crossings, want %d", seed, got, before)
		}
		s.untangle()
		if after := pairs(s); after > before {
			t.Fatalf("seed %d: %d crossings became %d", seed, before, after)
		}
	}
}

func pairs(s *sketch) int {
	type ends struct{ rank, top, bottom int }
	var all []ends
	for i := range s.vertices {
		for _, d := range s.vertices[i].down {
			all = append(all, ends{s.vertices[i].rank, s.vertices[i].place, s.vertices[d].place})
		}
	}
	n := 0
	for i, a := range all {
		for _, b := range all[:i] {
			if a.rank == b.rank && (a.top-b.top)*(a.bottom-b.bottom) < 0 {
				n++
			}
		}
	}
	return n
}

// A chain and a ladder can be drawn without crossings, straight.
func TestStraight(t *testing.T) {
	nodes := make([]size, 6)
	for i := range nodes {
		nodes[i] = size{80, 30}
	}
	l := layered(nodes, []link{{0, 1, 0}, {1, 2, 0}, {2, 3, 0}, {3, 4, 0}, {4, 5, 0}})
	for i := range nodes {
		if math.Abs(l.at[i].x-l.at[0].x) > 1e-6 || l.rank[i] != i {
			t.Errorf("node %d of a chain is at %v, rank %d", i, l.at[i], l.rank[i])
		}
	}
}

func TestNearest(t *testing.T) {
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 3))
		n := 1 + rng.IntN(8)
		wish, weight, least := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range n {
			wish[i], weight[i], least[i] = 10*rng.Float64(), 0.1+rng.Float64(), 2*rng.Float64()
		}
		x := nearest(wish, weight, least)
		cost := func(x []float64) float64 {
			sum := 0.0
			for i := range x {
				sum += weight[i] * (x[i] - wish[i]) * (x[i] - wish[i])
				if i > 0 && x[i] < x[i-1]+least[i]-1e-12 {
					return math.Inf(1)
				}
			}
			return sum
		}
		best := cost(x)
		if math.IsInf(best, 1) {
			t.Fatalf("seed %d: too near to each other", seed)
		}
		for range 2000 { // no step nearby is better
			y := make([]float64, n)
			for i := range y {
				y[i] = x[i] + 0.02*(rng.Float64()-0.5)
			}
			if cost(y) < best-1e-12 {
				t.Fatalf("seed %d: %v is nearer than %v", seed, y, x)
			}
		}
	}
}
