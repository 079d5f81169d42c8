package analytic

import (
	"encoding/binary"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A circuit is the part of a structure that is a plain Boolean function of its
// parts, each of which answers right or not at all: gates over literals, no
// two of them alike. Its constructors simplify as far as a look at a gate and
// its arguments tells.
type circuit struct {
	gates []gate // arguments before their users
	like  map[string]literal
}

// A literal is a gate, negated if the lowest bit is set.
type literal uint32

const (
	no  literal = 0 // the constants, gate 0
	yes literal = 1
)

func (l literal) gate() int     { return int(l >> 1) }
func (l literal) not() literal  { return l ^ 1 }
func (l literal) negated() bool { return l&1 != 0 }

type operator uint8

const (
	truth  operator = iota
	input           // a part answers
	all             // of the arguments
	most            // at least k of the arguments
	either          // the second argument where the first holds, else the third
)

type gate struct {
	op   operator
	k    int // of most
	part int // of input
	args []literal
}

func newCircuit() *circuit {
	return &circuit{gates: make([]gate, 1), like: map[string]literal{}}
}

// add gives the gate like g. The order of arguments tells no gates apart
// unless it matters.
func (c *circuit) add(g gate) literal {
	key := binary.AppendUvarint([]byte{byte(g.op)}, uint64(g.k))
	key = binary.AppendUvarint(key, uint64(g.part))
	args := g.args
	if g.op != either {
		args = slices.Clone(args)
		slices.Sort(args)
	}
	for _, a := range args {
		key = binary.LittleEndian.AppendUint32(key, uint32(a))
	}
	l, known := c.like[string(key)]
	if !known {
		l = literal(len(c.gates) << 1)
		c.gates = append(c.gates, g)
		c.like[string(key)] = l
	}
	return l
}

func (c *circuit) input(part int) literal { return c.add(gate{op: input, part: part}) }

// and is the conjunction: without repetitions, false with an argument and its
// negation, and with what the others imply left out of each (a and (a or b) is
// a; a and (not a or b) is a and b).
func (c *circuit) and(args ...literal) literal {
	kept, clash := distinct(args)
	if clash {
		return no
	}
	holds := map[literal]bool{}
	for _, a := range kept {
		holds[a] = true
	}
	reduced := make([]literal, 0, len(kept))
	changed := false
	for _, a := range kept {
		r := c.under(a, holds)
		changed = changed || r != a
		reduced = append(reduced, r)
	}
	switch {
	case changed:
		return c.and(reduced...)
	case len(kept) == 0:
		return yes
	case len(kept) == 1:
		return kept[0]
	}
	if l, ok := c.choice(kept); ok {
		return l
	}
	return c.add(gate{op: all, args: kept})
}

// distinct leaves out repeated arguments and those that always hold; clash
// says that some can never hold together.
func distinct(args []literal) (kept []literal, clash bool) {
	seen := make(map[literal]bool, len(args))
	for _, a := range args {
		switch {
		case a == no || seen[a.not()]:
			return nil, true
		case a != yes && !seen[a]:
			seen[a] = true
			kept = append(kept, a)
		}
	}
	return kept, false
}

// under gives what is left of a disjunction where other literals hold.
func (c *circuit) under(l literal, holds map[literal]bool) literal {
	g := &c.gates[l.gate()]
	if !l.negated() || g.op != all {
		return l
	}
	var open []literal
	for _, a := range g.args {
		switch {
		case holds[a.not()]:
			return yes
		case !holds[a]:
			open = append(open, a)
		}
	}
	if len(open) == len(g.args) || len(open) > 1 {
		return l
	}
	return c.and(open...).not()
}

// choice recognizes (not x or y) and (x or z): y where x holds, else z. An
// exclusive disjunction is one of them.
func (c *circuit) choice(args []literal) (literal, bool) {
	if len(args) != 2 || !args[0].negated() || !args[1].negated() {
		return no, false
	}
	f, g := &c.gates[args[0].gate()], &c.gates[args[1].gate()]
	if f.op != all || g.op != all || len(f.args) != 2 || len(g.args) != 2 {
		return no, false
	}
	for i, x := range f.args {
		for j, y := range g.args {
			if x == y.not() {
				return c.ite(x, f.args[1-i].not(), g.args[1-j].not()), true
			}
		}
	}
	return no, false
}

// ite is y where x holds and z elsewhere.
func (c *circuit) ite(x, y, z literal) literal {
	if x.negated() {
		x, y, z = x.not(), z, y
	}
	switch {
	case x == no:
		return z
	case y == z:
		return y
	case y == yes || y == x:
		return c.and(x.not(), z.not()).not()
	case y == no || y == x.not():
		return c.and(x.not(), z)
	case z == no || z == x:
		return c.and(x, y)
	case z == yes || z == x.not():
		return c.and(x, y.not()).not()
	}
	sign := y & 1
	y, z = y^sign, z^sign
	if z == y.not() && y < x {
		x, y, z = y, x, x.not()
	}
	return c.add(gate{op: either, args: []literal{x, y, z}}) ^ sign
}

// atLeast is whether k of the arguments hold.
func (c *circuit) atLeast(k int, args []literal) literal {
	var open []literal
	for _, a := range args {
		switch a {
		case yes:
			k--
		case no:
		default:
			open = append(open, a)
		}
	}
	switch n := len(open); {
	case k <= 0:
		return yes
	case k > n:
		return no
	case k == n:
		return c.and(open...)
	case k == 1:
		return c.or(open)
	}
	return c.add(gate{op: most, k: k, args: open})
}

// or is the disjunction.
func (c *circuit) or(args []literal) literal {
	negations := make([]literal, len(args))
	for i, a := range args {
		negations[i] = a.not()
	}
	return c.and(negations...).not()
}

// node translates one node, given its children.
func (c *circuit) node(n *model.Node, children []literal) literal {
	switch n.Kind {
	case model.Leaf:
		return c.input(n.Part)
	case model.AtLeast:
		return c.atLeast(n.K, children)
	case model.Not:
		return children[0].not()
	}
	return c.and(children...)
}

// parents counts the arguments that each gate is, and the roots.
func (c *circuit) parents(roots []literal) []int {
	count := make([]int, len(c.gates))
	for _, r := range roots {
		count[r.gate()]++
	}
	for i := len(c.gates) - 1; i > 0; i-- {
		if count[i] > 0 {
			for _, a := range c.gates[i].args {
				count[a.gate()]++
			}
		}
	}
	return count
}

// edges counts the arguments below the roots.
func (c *circuit) edges(roots []literal) int {
	total := 0
	for _, n := range c.parents(roots) {
		total += n
	}
	return total
}

// refined builds the roots again: literals that are known where they are used
// are replaced, and conjunctions that serve one other alone are taken into it.
func (c *circuit) refined(roots []literal) (*circuit, []literal) {
	parents, facts := c.parents(roots), c.contexts(roots)
	next := newCircuit()
	now := make([]literal, len(c.gates))
	follow := func(l literal) literal { return now[l.gate()] ^ l&1 }
	for i := 1; i < len(c.gates); i++ {
		g := &c.gates[i]
		if parents[i] == 0 {
			continue
		}
		var args []literal
		for _, a := range g.args {
			b := follow(assumed(a, facts[i]))
			if g.op == all && parents[a.gate()] == 1 && !b.negated() && next.gates[b.gate()].op == all {
				args = append(args, next.gates[b.gate()].args...)
			} else {
				args = append(args, b)
			}
		}
		now[i] = next.again(g, args)
	}
	again := make([]literal, len(roots))
	for i, r := range roots {
		again[i] = follow(r)
	}
	return next, again
}

// again makes a gate like g of another circuit.
func (c *circuit) again(g *gate, args []literal) literal {
	switch g.op {
	case input:
		return c.input(g.part)
	case most:
		return c.atLeast(g.k, args)
	case either:
		return c.ite(args[0], args[1], args[2])
	}
	return c.and(args...)
}

// solve builds the functions of literals, where of says what the inputs are. What
// is needed no more is given up on the way, so that it does not count as part
// of the diagram.
func (c *circuit) solve(m *bdd.Manager, wanted []literal, of func(part int) bdd.Ref) []bdd.Ref {
	left := c.parents(wanted)
	functions := make([]bdd.Ref, len(c.gates))
	for i := range c.gates {
		g := &c.gates[i]
		if m.Err() != nil || g.op == truth || left[i] == 0 {
			continue
		}
		if g.op == input {
			functions[i] = of(g.part)
		} else {
			functions[i] = g.apply(m, functions)
		}
		m.Protect(functions[i])
		for _, a := range g.args {
			if left[a.gate()]--; left[a.gate()] == 0 {
				m.Release(functions[a.gate()])
			}
		}
		m.Collect()
	}
	found := make([]bdd.Ref, len(wanted))
	for i, l := range wanted {
		found[i] = valueOf(l, functions)
	}
	return found
}

func valueOf(l literal, functions []bdd.Ref) bdd.Ref {
	if l.negated() {
		return functions[l.gate()].Not()
	}
	return functions[l.gate()]
}

// apply is the function of a gate with arguments, given those of earlier gates.
func (g *gate) apply(m *bdd.Manager, functions []bdd.Ref) bdd.Ref {
	args := make([]bdd.Ref, len(g.args))
	for i, a := range g.args {
		args[i] = valueOf(a, functions)
	}
	switch g.op {
	case most:
		return m.AtLeast(g.k, args)
	case either:
		return m.Ite(args[0], args[1], args[2])
	}
	return m.And(args...)
}
