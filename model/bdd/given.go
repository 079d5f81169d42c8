package bdd

// Given returns the probability of f in each of the Cases of each group of variables that f depends on, the other groups as they are
// weighed, and by how much that rises over the first case. Groups go by their first variable; nil where f does not depend on one.
//
// One pass downwards: the paths to f that meet a group count by what is left of f there, those that pass it by as they are. All terms are
// positive, so that each probability keeps its relative accuracy. A path is added to all the groups that it passes by at once, in
// logarithmic time. The rises are summed by themselves, with the error that Birnbaum has.
func (w *Weights) Given(f Ref) (prob, rise [][]float64) {
	m := w.m
	w.refresh()
	g := given{Weights: w, values: make([][]float64, m.Vars()), rises: make([][]float64, m.Vars()), past: newSpans(m.Vars())}
	nodes := m.reachable(f)
	g.edge(0, f, 1)
	w.pass(nil, f, 1)
	for _, n := range nodes {
		d, place := m.nodes[n], w.flow.at(n)
		flows := *place
		*place = [2]flow{}
		group := m.groups[d.v]
		g.open(group)
		for s, reach := range flows {
			if reach.enter > 0 {
				g.enter(group, Ref(n<<1)|Ref(s), reach.enter)
			}
			if total := reach.enter + reach.within; total > 0 {
				x, end := w.vars[d.v], int(m.level[group.first]+group.size)
				g.edge(end, d.lo^Ref(s), total*x.Q)
				g.edge(end, d.hi^Ref(s), total*x.P)
				w.pass(&d, d.lo^Ref(s), total*x.Q)
				w.pass(&d, d.hi^Ref(s), total*x.P)
			}
		}
	}
	for v, list := range g.values {
		for i := range list {
			list[i] += g.past.at(int(m.level[v]))
		}
	}
	return g.values, g.rises
}

type given struct {
	*Weights
	values [][]float64 // by first variable of the group
	rises  [][]float64
	past   spans // by level: probability of the paths to f that pass it by
	left   []Ref // scratch
}

func (g *given) open(of group) {
	if g.values[of.first] == nil {
		g.values[of.first], g.rises[of.first] = make([]float64, of.size+1), make([]float64, of.size+1)
	}
}

// enter adds what the cases of a group make of a function that it is met in.
func (g *given) enter(of group, f Ref, reach float64) {
	g.left = g.m.Cases(f, int(of.first), int(of.size), g.left)
	first := g.prob(g.left[0])
	for i, h := range g.left {
		p := g.prob(h)
		g.values[of.first][i] += reach * p.P
		g.rises[of.first][i] += reach * rise(first, p)
	}
}

// edge adds a way to f, of probability p, to the groups between a level and that of f.
func (g *given) edge(from int, f Ref, p float64) {
	to := g.m.Vars()
	if !f.constant() {
		to = int(g.m.level[g.m.groups[g.m.nodes[f.node()].v].first])
	}
	if from < to {
		g.past.add(from, to, p*g.prob(f).P)
	}
}

// spans sums numbers that were added to ranges of places: a segment tree, so that nothing is ever subtracted.
type spans []float64

func newSpans(places int) spans { return make(spans, 2*places) }

// add x to the places from, ..., to-1.
func (s spans) add(from, to int, x float64) {
	n := len(s) / 2
	for l, r := from+n, to+n; l < r; l, r = l/2, r/2 {
		if l&1 != 0 {
			s[l] += x
			l++
		}
		if r&1 != 0 {
			r--
			s[r] += x
		}
	}
}

func (s spans) at(place int) float64 {
	sum := 0.0
	for i := place + len(s)/2; i > 0; i /= 2 {
		sum += s[i]
	}
	return sum
}
