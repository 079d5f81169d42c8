package analytic

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"nines/model"
)

// A graph is a network with its nodes and links as parts.
type graph struct {
	sketch
	nodes, links []int // parts
}

// newGraph has n perfect nodes and links that are up with probability p.
func newGraph(n int, p float64, links ...[2]int) *graph {
	g := &graph{}
	g.Networks = []model.Network{{Name: "net"}}
	net := &g.Networks[0]
	for i := range n {
		g.nodes = append(g.nodes, g.part(fmt.Sprint("node ", i)))
		net.Nodes = append(net.Nodes, g.leaf(g.nodes[i]))
	}
	for _, l := range links {
		link := g.static(fmt.Sprint(l[0], "-", l[1]), 1-p)
		g.Parts[link].Kind = model.Wire
		g.links = append(g.links, link)
		net.Links = append(net.Links, model.Link{Leaf: g.leaf(link), From: l[0], To: l[1]})
	}
	return g
}

// connected is the node that some nodes of the network are joined.
func (g *graph) connected(ends ...int) int {
	n := model.Node{Kind: model.Connected, Over: &model.Over{At: ends}}
	for _, v := range ends {
		n.Children = append(n.Children, g.Networks[0].Nodes[v])
	}
	return g.add(n)
}

func (g *graph) all() int {
	var ends []int
	for v := range g.nodes {
		ends = append(ends, v)
	}
	return g.connected(ends...)
}

// grid joins the nodes of rows and columns.
func grid(rows, columns int) (n int, links [][2]int) {
	for i := range rows {
		for j := range columns {
			if j+1 < columns {
				links = append(links, [2]int{i*columns + j, i*columns + j + 1})
			}
			if i+1 < rows {
				links = append(links, [2]int{i*columns + j, (i+1)*columns + j})
			}
		}
	}
	return rows * columns, links
}

func complete(n int) [][2]int {
	var links [][2]int
	for i := range n {
		for j := range i {
			links = append(links, [2]int{j, i})
		}
	}
	return links
}

func dodecahedron() [][2]int {
	return [][2]int{
		{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}, {0, 5}, {1, 6}, {2, 7}, {3, 8}, {4, 9},
		{5, 10}, {10, 6}, {6, 11}, {11, 7}, {7, 12}, {12, 8}, {8, 13}, {13, 9}, {9, 14}, {14, 5},
		{10, 15}, {11, 16}, {12, 17}, {13, 18}, {14, 19}, {15, 16}, {16, 17}, {17, 18}, {18, 19}, {19, 15},
	}
}

var bridge = [][2]int{{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 3}}

// TestPublishedNetworks compares with Hardy, Lucet, Limnios, IEEE Transactions
// on Reliability 56 (2007), and Yeh (2002).
func TestPublishedNetworks(t *testing.T) {
	two := func(g *graph) int { return g.connected(0, len(g.nodes)-1) }
	square := func(k int) func(p float64) *graph {
		n, links := grid(k, k)
		return func(p float64) *graph { return newGraph(n, p, links...) }
	}
	of := func(n int, links [][2]int) func(p float64) *graph {
		return func(p float64) *graph { return newGraph(n, p, links...) }
	}
	for _, c := range []struct {
		name string
		of   func(p float64) *graph
		node func(*graph) int
		p    float64
		want float64
	}{
		{"bridge", of(4, bridge), two, .9, .97848},
		{"bridge", of(4, bridge), two, .99, .9997980498},
		{"bridge", of(4, bridge), two, .999, .999997998004998},
		{"grid 2", square(2), two, .9, .9639},
		{"grid 3", square(3), two, .9, .972502171407},
		{"grid 4", square(4), two, .9, .9750463495770658},
		{"all of grid 2", square(2), (*graph).all, .9, .9477},
		{"all of grid 3", square(3), (*graph).all, .9, .946984815279},
		{"all of grid 4", square(4), (*graph).all, .9, .944085044435646},
		{"all of K4", of(4, complete(4)), (*graph).all, .9, .995814},
		{"all of K5", of(5, complete(5)), (*graph).all, .9, .9994922424},
		{"all of K6", of(6, complete(6)), (*graph).all, .9, .99993987108648},
		{"K4", of(4, complete(4)), two, .9, .997848},
		{"K5", of(5, complete(5)), two, .9, .9997948026},
	} {
		g := c.of(c.p)
		g.system(c.name, c.node(g))
		if got := evaluate(t, &g.System, Options{})[c.name]; !near(value(got, model.Availability), c.want, 1e-13) {
			t.Errorf("%s at %g: %v, want %v", c.name, c.p, value(got, model.Availability), c.want)
		}
	}
}

func value(r model.Result, m model.Measure) float64 {
	v, _ := r.Find(m)
	return v.Value
}

// TestLargeNetworks: a ladder of 200 nodes has the two-terminal and all-terminal
// reliability that a walk along it gives, and the others take less than a second
// each where nothing else runs.
func TestLargeNetworks(t *testing.T) {
	n, links := grid(2, 100)
	g := newGraph(n, .99, links...)
	g.system("ends", g.connected(0, n-1))
	g.system("all", g.all())
	results := evaluate(t, &g.System, Options{})
	ends, all := ladder(100, .99)
	if got := value(results["ends"], model.Availability); !near(got, ends, 1e-12) {
		t.Errorf("ends: %v, want %v", got, ends)
	}
	if got := value(results["all"], model.Availability); !near(got, all, 1e-12) {
		t.Errorf("all: %v, want %v", got, all)
	}
	n, links = grid(7, 7)
	for _, c := range []*graph{newGraph(n, .9, links...), newGraph(20, .9, dodecahedron()...)} {
		start := time.Now()
		c.system("corners", c.connected(0, len(c.nodes)-1))
		c.system("all", c.all())
		results := evaluate(t, &c.System, Options{})
		t.Logf("%d nodes: %v, %v in %v", len(c.nodes), value(results["corners"], model.Availability), value(results["all"], model.Availability), time.Since(start))
	}
}

// ladder gives the two-terminal reliability between opposite corners, and that
// of all nodes, of a ladder of n rungs, rung after rung.
func ladder(n int, p float64) (ends, all float64) {
	q := 1 - p
	both, one := p, q     // ends of the last rung that the first node reaches: both, or the upper
	lower := 0.0          // or the lower
	joined, split := p, q // all nodes so far are in one piece, or in two with an end each
	for range n - 1 {
		both, one, lower = both*(p*p+2*p*p*q)+(one+lower)*p*p, both*p*q*q+one*p*q, both*p*q*q+lower*p*q
		joined, split = joined*(p*p+2*p*q*p)+split*p*p*p, joined*2*p*q*q+split*p*p*q
	}
	return both + lower, joined
}

// TestEveryNetwork takes every graph of up to five nodes and six links, with
// nodes and links that fail: a quorum of members in the nodes, all nodes and two
// of them joined, against the sums over all states.
func TestEveryNetwork(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	graphs := 0
	for n := 2; n <= 5; n++ {
		possible := complete(n)
		for set := range 1 << len(possible) {
			var links [][2]int
			for i, l := range possible {
				if set>>i&1 == 1 {
					links = append(links, l)
				}
			}
			if len(links) > 6 {
				continue
			}
			graphs++
			g := newGraph(n, .8, links...)
			for _, part := range append(g.links, g.nodes...) {
				q := 0.05 + 0.3*r.Float64()
				g.Parts[part].Static, g.Parts[part].Automaton = &model.Prob{P: 1 - q, Q: q}, model.StaticAutomaton()
			}
			q := model.Node{Kind: model.Quorum, K: n/2 + 1, Over: &model.Over{}}
			for v := range n {
				q.Children, q.Over.At = append(q.Children, g.Networks[0].Nodes[v]), append(q.Over.At, v)
			}
			g.system("quorum", g.add(q))
			g.system("all", g.all())
			g.system("two", g.connected(0, n-1))
			want := g.enumerated(t)
			results := evaluate(t, &g.System, Options{})
			for i, target := range g.Targets {
				if got := value(results[target.Name], model.Unavailability); !near(got, want[i], 1e-11) {
					t.Fatalf("%d nodes, links %v, %s: %v, want %v", n, links, target.Name, got, want[i])
				}
			}
		}
	}
	if graphs < 900 {
		t.Errorf("only %d graphs", graphs)
	}
}

// enumerated are the unavailabilities of quorum, all and two of a graph by
// flooding it from each node in each state.
func (g *graph) enumerated(t *testing.T) []float64 {
	t.Helper()
	n := len(g.nodes)
	down := make([]float64, 3)
	parts := append(append([]int(nil), g.nodes...), g.links...)
	for state := range 1 << len(parts) {
		p := 1.0
		works := map[int]bool{}
		for i, part := range parts {
			if works[part] = state>>i&1 == 1; works[part] {
				p *= g.Parts[part].Static.P
			} else {
				p *= g.Parts[part].Static.Q
			}
		}
		size, joined := 0, false
		for v := range n {
			reached := g.flood(v, works)
			size = max(size, len(reached))
			joined = joined || v == 0 && reached[n-1]
		}
		for i, up := range []bool{size > n/2, size == n, joined} {
			if !up {
				down[i] += p
			}
		}
	}
	return down
}

func (g *graph) flood(from int, works map[int]bool) map[int]bool {
	reached := map[int]bool{}
	if works[g.nodes[from]] {
		reached[from] = true
	}
	for range g.nodes {
		for i, l := range g.Networks[0].Links {
			if works[g.links[i]] && works[g.nodes[l.From]] && works[g.nodes[l.To]] && (reached[l.From] || reached[l.To]) {
				reached[l.From], reached[l.To] = true, true
			}
		}
	}
	return reached
}

// TestRandomNetworks puts quorums with members of all kinds, several in a node,
// and paths over a network of random parts.
func TestRandomNetworks(t *testing.T) {
	for seed := range uint64(100) {
		d := roll(seed)
		d.states = 3000 // no new parts that fail
		net := model.Network{Name: "net"}
		n := 2 + d.IntN(3)
		for range n {
			net.Nodes = append(net.Nodes, d.member())
		}
		for range n + d.IntN(2) {
			from := d.IntN(n)
			net.Links = append(net.Links, model.Link{Leaf: d.member(), From: from, To: (from + 1 + d.IntN(n-1)) % n})
		}
		d.Networks = []model.Network{net}
		for i := range 3 {
			members := d.members(1 + d.IntN(4))
			over := &model.Over{}
			for range members {
				over.At = append(over.At, d.IntN(n))
			}
			q := d.group(model.Quorum, len(members)/2+1, members...)
			c := d.add(model.Node{Kind: model.Connected, Children: members})
			d.Nodes[q].Over, d.Nodes[c].Over = over, over
			d.system(fmt.Sprint("quorum", i), q)
			d.system(fmt.Sprint("joined", i), c)
			d.system(fmt.Sprint("both", i), d.series(q, c, d.pick(d.services)))
		}
		judge(t, &d.sketch, func(i int) string { return fmt.Sprintf("seed %d, %s", seed, d.Targets[i].Name) })
		if t.Failed() {
			return
		}
	}
}
