package bdd

// Entry is where paths from the root of a function first meet a group of variables.
type Entry struct {
	Group int     // the group, by its first variable
	Func  Ref     // the function of the variables from there down
	Reach float64 // probability that the variables above lead there
}

// flow is what reaches a Ref from its parents in a pass downwards: from above its group of variables, and from within it.
type flow struct{ enter, within float64 }

// Entries calls visit once for every pair of a group and a subfunction that paths from the root of f meet first in that group, with
// the probability of meeting it, if that is not 0. An assignment under which f does not depend on the group meets no entry of it.
// Groups come from top to bottom. visit must not make functions, nor call Entries of the same weights.
//
// With Cases it gives sums over the transitions of many-valued parts coded by groups: the frequency at which f is lost because the
// part of a group goes from state s to state t is the sum over its entries e, of cases c, of
//
//	e.Reach * frequency(s, t) * Diff(c[s], c[t])
func (w *Weights) Entries(f Ref, visit func(Entry)) {
	m := w.m
	nodes := m.reachable(f)
	w.pass(nil, f, 1)
	for _, n := range nodes {
		d, place := m.nodes[n], w.flow.at(n)
		flows := *place
		*place = [2]flow{}
		for s, reach := range flows {
			if reach.enter > 0 {
				visit(Entry{int(m.groups[d.v].first), Ref(n<<1) | Ref(s), reach.enter})
			}
			if total := reach.enter + reach.within; total > 0 {
				x := w.vars[d.v]
				w.pass(&d, d.lo^Ref(s), total*x.Q)
				w.pass(&d, d.hi^Ref(s), total*x.P)
			}
		}
	}
}

// pass adds the probability of an edge from a node, or nil for the root, to that of meeting g.
func (w *Weights) pass(from *node, g Ref, p float64) {
	if g.constant() {
		return
	}
	reach := &w.flow.at(g.node())[g.sign()]
	if from != nil && w.m.groups[from.v] == w.m.groups[w.m.nodes[g.node()].v] {
		reach.within += p
	} else {
		reach.enter += p
	}
}

// follow returns what is left of f below a group when the group's variables are fixed: bit i of bits is the value of its i-th
// variable. The group is named by its first variable, and no variable of f lies above it. What is left may be no root: it is valid until
// the next operation that makes functions.
func (m *Manager) follow(f Ref, group int, bits uint64) Ref {
	g := m.groups[group]
	for !f.constant() {
		d := &m.nodes[f.node()]
		i := int32(d.v) - g.first
		if i < 0 || i >= g.size {
			break
		}
		if bits>>uint(i)&1 != 0 {
			f = d.hi ^ f.sign()
		} else {
			f = d.lo ^ f.sign()
		}
	}
	return f
}

// Cases returns what is left of f below a group of n variables in the n+1 cases that at most one of them holds: in case i the i-th
// does, in the last none. The conditions of follow hold for the group and for the results; dst is reused.
func (m *Manager) Cases(f Ref, group, n int, dst []Ref) []Ref {
	dst = dst[:0]
	if d := &m.nodes[f.node()]; n == 1 && int(d.v) == group {
		return append(dst, d.hi^f.sign(), d.lo^f.sign())
	}
	for i := range n {
		one := f
		if d := &m.nodes[f.node()]; !f.constant() && int(d.v) == group+i {
			one, f = d.hi^f.sign(), d.lo^f.sign()
		}
		dst = append(dst, m.follow(one, group, 0))
	}
	return append(dst, f)
}
