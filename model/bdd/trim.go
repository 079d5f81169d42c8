package bdd

import (
	"cmp"
	"slices"
)

// Below returns a function that implies f and has about most nodes at most: f but for the parts of it that are least likely to hold,
// which are False there.
func (w *Weights) Below(f Ref, most int) Ref {
	nodes := w.m.reachable(f)
	if len(nodes) <= most || w.m.err != nil {
		return f
	}
	w.refresh()
	t := trimming{Manager: w.m, worth: w.worth(f, nodes)}
	t.least = leastOf(t.worth, most)
	return w.m.keep(t.trim(f))
}

// Above returns a function that f implies and that has about most nodes at most.
func (w *Weights) Above(f Ref, most int) Ref { return w.Below(f.Not(), most).Not() }

// worth is for each Ref below f the probability that f holds by way of it.
func (w *Weights) worth(f Ref, nodes []uint32) map[Ref]float64 {
	worth := make(map[Ref]float64, len(nodes))
	w.pass(nil, f, 1)
	for _, n := range nodes {
		d, place := w.m.nodes[n], w.flow.at(n)
		flows := *place
		*place = [2]flow{}
		for s, reach := range flows {
			if total := reach.enter + reach.within; total > 0 {
				g := Ref(n<<1) | Ref(s)
				worth[g] = total * w.prob(g).P
				x := w.vars[d.v]
				w.pass(&d, d.lo^Ref(s), total*x.Q)
				w.pass(&d, d.hi^Ref(s), total*x.P)
			}
		}
	}
	return worth
}

// leastOf is the worth that only so many Refs surpass.
func leastOf(worth map[Ref]float64, most int) float64 {
	if len(worth) <= most {
		return 0
	}
	var all []float64
	for _, p := range worth {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
	return all[most]
}

type trimming struct {
	*Manager
	worth map[Ref]float64
	least float64 // what is worth no more goes
	done  memo[Ref]
}

func (t *trimming) trim(f Ref) Ref {
	switch {
	case f.constant():
		return f
	case t.worth[f] <= t.least:
		return False
	}
	if g, ok := t.done.get(uint64(f)); ok {
		return g
	}
	if !t.step() {
		return False
	}
	d, s := t.nodes[f.node()], f.sign()
	lo := t.trim(d.lo ^ s)
	g := t.mk(d.v, lo, t.trim(d.hi^s))
	t.done.put(uint64(f), g)
	return g
}
