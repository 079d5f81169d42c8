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
	pieces := make([]byte, net.nodes) // the lowest node of the piece that each node is in, or gone
	for i := range pieces {
		pieces[i] = byte(i)
	}
	return b.build(0, pieces, slices.Clone(pieces))
}

const gone = 255

// frontier remembers functions by the next link and the pieces of nodes that still have links to come.
type frontier struct {
	network
	m     *Manager
	first int
	done  map[string]Ref
}

// build returns the function from link i on. ends holds the piece of each terminal and other node, whether it has links to come or not.
func (b *frontier) build(i int, pieces, ends []byte) Ref {
	if b.joined(ends) {
		return True
	}
	if i == len(b.links) {
		return False
	}
	key := string(append(append([]byte{byte(i)}, pieces...), b.required(ends)...))
	if f, ok := b.done[key]; ok {
		return f
	}
	x, y := ends[b.links[i][0]], ends[b.links[i][1]]
	merged := slices.Clone(ends)
	for j, piece := range merged {
		if piece == max(x, y) {
			merged[j] = min(x, y)
		}
	}
	lo := b.build(i+1, b.active(i+1, ends), ends)
	hi := b.build(i+1, b.active(i+1, merged), merged)
	f := b.m.mk(uint32(b.first+i), lo, hi)
	b.done[key] = f
	return f
}

func (b *frontier) required(ends []byte) []byte {
	var required []byte
	for _, t := range b.terminals {
		required = append(required, ends[t])
	}
	return required
}

func (b *frontier) joined(ends []byte) bool {
	return len(slices.Compact(b.required(ends))) == 1
}

// active returns the pieces of the nodes with links from i on.
func (b *frontier) active(i int, ends []byte) []byte {
	pieces := slices.Repeat([]byte{gone}, b.nodes)
	for _, link := range b.links[i:] {
		pieces[link[0]], pieces[link[1]] = ends[link[0]], ends[link[1]]
	}
	return pieces
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
	b := m.Weigh(identical(5, Prob{.9, .1})).Birnbaum(f)
	for v, want := range []float64{.1062, .1062, .0162, .1062, .1062} {
		if !near(b[v], want, 1e-14) {
			t.Errorf("link %d: %.17g, want %g", v, b[v], want)
		}
	}
}
