package analytic

import (
	"fmt"
	"testing"

	"nines/model"
)

// A gallery has one target for each structure, over the same parts.
type gallery struct {
	sketch
	texts []string
}

func (g *gallery) show(node int, text string, args ...any) int {
	g.system(fmt.Sprint(len(g.Targets)), node)
	g.texts = append(g.texts, fmt.Sprintf(text, args...))
	return node
}

// four has one part of each behaviour.
func four() *gallery {
	g := &gallery{}
	g.part("stop", stop(100, 7))
	g.part("silent", silent(90, 5, 3))
	g.part("byzantine", byzantine(80, 4, 6))
	g.part("restart", restart(70, 2, 5))
	return g
}

// subsets lists the sets of at least two of n things.
func subsets(n int) [][]int {
	var all [][]int
	for bits := range 1 << n {
		var set []int
		for i := range n {
			if bits>>i&1 != 0 {
				set = append(set, i)
			}
		}
		if len(set) > 1 {
			all = append(all, set)
		}
	}
	return all
}

// TestEveryGate takes every gate over every set of four unlike parts.
func TestEveryGate(t *testing.T) {
	g := four()
	for _, set := range subsets(4) {
		leaves := g.leaves(set...)
		g.show(g.series(leaves...), "series%v", set)
		g.show(g.group(model.BFT, 0, leaves...), "bft%v", set)
		for k := 1; k <= len(set); k++ {
			g.show(g.atLeast(k, leaves...), "%d of %v", k, set)
			g.show(g.group(model.Quorum, k, leaves...), "quorum %d of %v", k, set)
			if 2*k > len(set) {
				g.show(g.group(model.Vote, k, leaves...), "vote %d of %v", k, set)
			}
			for retry := range 3 {
				pool := g.group(model.Pool, k, leaves...)
				g.Nodes[pool].Retry = retry
				g.show(pool, "pool %d of %v retry %d", k, set, retry)
			}
		}
		for _, upAt := range []float64{0, 0.4, 0.7, 0.95} {
			pool := g.group(model.Pool, 1, leaves...)
			g.showService(upAt, []int{pool}, nil, "service of a pool of %v up at %v", set, upAt)
			g.showService(upAt, leaves[:1], leaves[1:], "service needs the first, uses the rest of %v", set)
		}
	}
	judge(t, &g.sketch, func(i int) string { return g.texts[i] })
}

func (g *gallery) showService(upAt float64, needs, uses []int, text string, args ...any) {
	node := g.service(fmt.Sprintf("service %d", len(g.Nodes)), upAt, needs...)
	g.Nodes[node].Uses = uses
	g.report(node)
	g.texts = append(g.texts, fmt.Sprintf(text, args...))
}

// TestEveryPair takes the gates of two branches over all pairs of a choice of
// structures, most of them with coins, so that branches share parts and coins.
func TestEveryPair(t *testing.T) {
	g := four()
	l := g.leaves(0, 1, 2, 3)
	pool := g.group(model.Pool, 1, l[0], l[1], l[2])
	branches := map[string]int{}
	names := []string{}
	name := func(text string, node int) {
		names = append(names, text)
		branches[text] = node
	}
	for i, leaf := range l {
		name(fmt.Sprint("part", i), leaf)
	}
	name("series12", g.series(l[1], l[2]))
	name("2of123", g.atLeast(2, l[1], l[2], l[3]))
	name("1of02", g.atLeast(1, l[0], l[2]))
	name("0else2", g.fallback(l[0], l[2], 0.8))
	name("2else1", g.fallback(l[2], l[1], 0.6))
	name("mix03", g.add(model.Node{Kind: model.Mix, Children: []int{l[0], l[3]}, Shares: halves(0.7)}))
	name("pool012", pool)
	name("pool13", g.group(model.Pool, 1, l[1], l[3]))
	name("quorum023", g.group(model.Quorum, 2, l[0], l[2], l[3]))
	name("vote012", g.group(model.Vote, 2, l[0], l[1], l[2]))
	name("not1", g.add(model.Node{Kind: model.Not, Children: []int{l[1]}}))
	name("service", g.service("s", 0.5, pool, l[3]))
	for _, a := range names {
		for _, b := range names {
			x, y := branches[a], branches[b]
			g.show(g.series(x, y), "series(%s, %s)", a, b)
			g.show(g.atLeast(1, x, y), "parallel(%s, %s)", a, b)
			g.show(g.fallback(x, y, 0.9), "%s else %s", a, b)
			g.show(g.add(model.Node{Kind: model.Mix, Children: []int{x, y}, Shares: halves(0.2)}), "mix(%s, %s)", a, b)
			for _, upAt := range []float64{0, 0.6, 0.75} {
				g.showService(upAt, []int{x}, []int{y}, "service up at %g needs %s uses %s", upAt, a, b)
				g.showService(upAt, []int{g.atLeast(1, x, y)}, nil, "service up at %g needs 1 of (%s, %s)", upAt, a, b)
			}
		}
	}
	judge(t, &g.sketch, func(i int) string { return g.texts[i] })
}

func halves(p float64) []model.Prob { return []model.Prob{model.ProbOf(p), model.ProbOf(p).Not()} }
