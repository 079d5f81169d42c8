package bdd

// Cofactor returns f with variable v fixed.
func (m *Manager) Cofactor(f Ref, v int, value bool) Ref {
	return m.Restrict(f, map[int]bool{v: value})
}

// Restrict returns f with the given variables fixed.
func (m *Manager) Restrict(f Ref, values map[int]bool) Ref {
	r := restriction{removal: m.newRemoval(), value: make([]bool, m.Vars())}
	for v, value := range values {
		r.remove(v)
		r.value[v] = value
	}
	return m.keep(r.restrict(f))
}

// Exists returns whether some values of the given variables make f hold; it no longer depends on them.
func (m *Manager) Exists(f Ref, vars ...int) Ref {
	r := m.newRemoval()
	for _, v := range vars {
		r.remove(v)
	}
	return m.keep(r.exists(f))
}

// removal is the state of one operation that takes variables out of a function.
type removal struct {
	*Manager
	gone []bool // by variable
	last int32  // deepest level among them
	done memo[Ref]
}

func (m *Manager) newRemoval() removal {
	return removal{Manager: m, gone: make([]bool, m.Vars()), last: -1}
}

func (r *removal) remove(v int) {
	r.gone[v] = true
	r.last = max(r.last, r.level[v])
}

type restriction struct {
	removal
	value []bool // by variable
}

func (r *restriction) restrict(f Ref) Ref {
	if r.depth(f) > r.last {
		return f
	}
	s := f.sign()
	if g, ok := r.done.get(uint64(f.node())); ok {
		return g ^ s
	}
	if !r.step() {
		return False
	}
	d := r.nodes[f.node()]
	var g Ref
	switch {
	case !r.gone[d.v]:
		lo := r.restrict(d.lo)
		g = r.mk(d.v, lo, r.restrict(d.hi))
	case r.value[d.v]:
		g = r.restrict(d.hi)
	default:
		g = r.restrict(d.lo)
	}
	r.done.put(uint64(f.node()), g)
	return g ^ s
}

func (r *removal) exists(f Ref) Ref {
	if r.depth(f) > r.last {
		return f
	}
	if g, ok := r.done.get(uint64(f)); ok {
		return g
	}
	if !r.step() {
		return False
	}
	d, s := r.nodes[f.node()], f.sign()
	lo, hi := r.exists(d.lo^s), r.exists(d.hi^s)
	var g Ref
	if r.gone[d.v] {
		g = r.and(lo^1, hi^1) ^ 1
	} else {
		g = r.mk(d.v, lo, hi)
	}
	r.done.put(uint64(f), g)
	return g
}
