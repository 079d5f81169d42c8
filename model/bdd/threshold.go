package bdd

// Threshold replaces every subfunction of f of which all variables lie in the Lower tier by True where keep accepts its probabilities
// and by False elsewhere. The result depends on the Upper tier alone: the states in which the conditional probability of f is kept.
func (w *Weights) Threshold(f Ref, keep func(Prob) bool) Ref {
	w.refresh()
	t := threshold{Weights: w, keep: keep}
	return w.m.keep(t.apply(f))
}

type threshold struct {
	*Weights
	keep func(Prob) bool
	done memo[Ref]
}

func (t *threshold) apply(f Ref) Ref {
	if r, ok := t.done.get(uint64(f) + 1); ok {
		return r
	}
	m := t.m
	r := False
	switch {
	case !m.step():
		return False
	case int(m.depth(f)) < m.lower:
		d, s := m.nodes[f.node()], f.sign()
		lo := t.apply(d.lo ^ s)
		r = m.mk(d.v, lo, t.apply(d.hi^s))
	case t.keep(t.prob(f)):
		r = True
	}
	t.done.put(uint64(f)+1, r)
	return r
}
