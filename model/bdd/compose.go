package bdd

// Compose returns f, a function of another manager, with functions of m in place of the variables. Where these share no variables and
// lie in the order of from, that takes as many steps as the result has nodes.
func (m *Manager) Compose(from *Manager, f Ref, vars []Ref) Ref {
	c := composition{Manager: m, from: from, vars: vars}
	return m.keep(c.apply(f))
}

type composition struct {
	*Manager
	from *Manager
	vars []Ref
	done pages[uint32] // by node: the result plus one
}

func (c *composition) apply(f Ref) Ref {
	switch {
	case f.constant():
		return f
	case c.err != nil:
		return False
	}
	s, place := f.sign(), c.done.at(f.node())
	if *place == 0 {
		d := &c.from.nodes[f.node()]
		lo := c.apply(d.lo)
		*place = uint32(c.choose(c.vars[d.v], c.apply(d.hi), lo)) + 1
	}
	return Ref(*place-1) ^ s
}

// choose is "if f then g else h" and makes the node at once if f is a variable above both.
func (c *composition) choose(f, g, h Ref) Ref {
	if d := c.nodes[f.node()]; d.lo == False && d.hi == True && c.level[d.v] < min(c.depth(g), c.depth(h)) && c.step() {
		if f.sign() != 0 {
			g, h = h, g
		}
		return c.keep(c.mk(d.v, h, g))
	}
	return c.Ite(f, g, h)
}
