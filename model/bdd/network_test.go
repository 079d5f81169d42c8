package bdd

import (
	"slices"
	"testing"
)

// network is an undirected graph with perfect nodes; terminals must be joined by working links.
type network struct {
	nodes     int
	links     [][2]int
	terminals []int
}

// grid is n by n nodes, corner to corner, or with all nodes as terminals.
func grid(n int, all bool) network {
	net := network{nodes: n * n, terminals: []int{0, n*n - 1}}
	for i := range n * n {
		if i%n < n-1 {
			net.links = append(net.links, [2]int{i, i + 1})
		}
		if i < n*(n-1) {
			net.links = append(net.links, [2]int{i, i + n})
		}
	}
	return net.joining(all)
}

func complete(n int, all bool) network {
	net := network{nodes: n, terminals: []int{0, n - 1}}
	for i := range n {
		for j := range i {
			net.links = append(net.links, [2]int{j, i})
		}
	}
	return net.joining(all)
}

func (net network) joining(all bool) network {
	if all {
		net.terminals = nil
		for i := range net.nodes {
			net.terminals = append(net.terminals, i)
		}
	}
	return net
}

var bridge = network{4, [][2]int{{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 3}}, []int{0, 3}}

// connected builds the diagram link by link: what matters of the links above is which nodes they join (Hardy, Lucet, Limnios, "K-terminal
// network reliability measures with binary decision diagrams", IEEE Trans. Reliability 56, 2007).
func connected(m *Manager, net network) Ref {
	b := frontier{m: m, network: net, first: m.Vars(), done: map[string]Ref{}}
	variables(m, len(net.links))
	pieces := make([]byte, net.nodes)
	for i := range pieces {
		pieces[i] = byte(i)
	}
	return b.build(0, pieces)
}

// frontier remembers functions by the next link and the pieces into which the links above join the nodes.
type frontier struct {
	network
	m     *Manager
	first int
	done  map[string]Ref
}

// build returns the function from link i on, given the piece of each node, named by one of its nodes.
func (b *frontier) build(i int, pieces []byte) Ref {
	required := b.required(pieces)
	if len(required) == 1 {
		return True
	}
	active := b.active(i, pieces)
	for _, piece := range required {
		if !slices.Contains(active, piece) {
			return False
		}
	}
	key := string(slices.Concat([]byte{byte(i)}, active, required))
	if f, ok := b.done[key]; ok {
		return f
	}
	x, y := pieces[b.links[i][0]], pieces[b.links[i][1]]
	joined := slices.Clone(pieces)
	for j, piece := range joined {
		if piece == x {
			joined[j] = y
		}
	}
	f := b.m.mk(uint32(b.first+i), b.build(i+1, pieces), b.build(i+1, joined))
	b.done[key] = f
	return f
}

// required returns the pieces with terminals.
func (b *frontier) required(pieces []byte) []byte {
	var required []byte
	for _, t := range b.terminals {
		required = append(required, pieces[t])
	}
	slices.Sort(required)
	return slices.Compact(required)
}

// active returns the pieces of the nodes with links from i on; of the others, a byte that names none.
func (b *frontier) active(i int, pieces []byte) []byte {
	active := slices.Repeat([]byte{255}, b.nodes)
	for _, link := range b.links[i:] {
		active[link[0]], active[link[1]] = pieces[link[0]], pieces[link[1]]
	}
	return active
}

// Hardy, Lucet, Limnios 2007; Yeh 2002. Every link works with probability p.
func TestNetworks(t *testing.T) {
	tests := []struct {
		name string
		net  network
		p, a float64
	}{
		{"bridge", bridge, .9, .97848},
		{"bridge", bridge, .99, .9997980498},
		{"bridge", bridge, .999, .999997998004998},
		{"grid 2x2", grid(2, false), .9, .9639},
		{"grid 3x3", grid(3, false), .9, .972502171407},
		{"grid 4x4", grid(4, false), .9, .9750463495770658},
		{"grid 2x2 all", grid(2, true), .9, .9477},
		{"grid 3x3 all", grid(3, true), .9, .946984815279},
		{"grid 4x4 all", grid(4, true), .9, .944085044435646},
		{"K4 all", complete(4, true), .9, .995814},
		{"K5 all", complete(5, true), .9, .9994922424},
		{"K6 all", complete(6, true), .9, .99993987108648},
		{"K4", complete(4, false), .9, .997848},
		{"K5", complete(5, false), .9, .9997948026},
	}
	for _, tt := range tests {
		m := New(Options{})
		f := connected(m, tt.net)
		vars := identical(m.Vars(), Prob{tt.p, 1 - tt.p})
		if got := m.Weigh(vars).Prob(f).P; !near(got, tt.a, 3e-15) {
			t.Errorf("%s at %g: %.17g, want %.17g", tt.name, tt.p, got, tt.a)
		}
		m.Protect(f)
		m.Reorder()
		if got := m.Weigh(vars).Prob(f).P; !near(got, tt.a, 3e-15) {
			t.Errorf("%s at %g, reordered: %.17g, want %.17g", tt.name, tt.p, got, tt.a)
		}
	}
}

func TestBridgeImportance(t *testing.T) {
	m := New(Options{})
	f := connected(m, bridge)
	b := m.Birnbaum(f, m.Weigh(identical(5, Prob{.9, .1})))[0]
	for v, want := range []float64{.1062, .1062, .0162, .1062, .1062} {
		if !near(b[v], want, 1e-14) {
			t.Errorf("link %d: %.17g, want %g", v, b[v], want)
		}
	}
}
