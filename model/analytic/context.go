package analytic

import "slices"

// mostFacts bounds the work on one gate.
const mostFacts = 1000

// contexts gives for each gate, sorted, literals that hold wherever its value
// matters to the roots: on every way up some conjunction has the literal as
// another argument, or a choice has it as its condition. Where such a literal
// appears again below, it may be taken to hold (Niemela, "On simplification of
// large fault trees", Reliability Engineering and System Safety 44, 1994,
// applied to the gates of any circuit).
//
// A literal keeps its function by this, although several are used at once: the
// topmost of its appearances on a way stays, so that what lies below the
// literal itself has a way up on which it is no fact.
func (c *circuit) contexts(roots []literal) [][]literal {
	parents := c.parents(roots)
	facts := make([][]literal, len(c.gates))
	met := make([]bool, len(c.gates))
	for _, r := range roots {
		met[r.gate()] = true
	}
	for i := len(c.gates) - 1; i > 0; i-- {
		if parents[i] == 0 {
			continue
		}
		g := &c.gates[i]
		shared := c.shared(g, parents)
		for k, a := range g.args {
			below := a.gate()
			if len(c.gates[below].args) == 0 {
				continue
			}
			here := c.beside(g, k, shared, facts[i])
			if met[below] {
				here = common(facts[below], here)
			}
			facts[below], met[below] = here, true
		}
	}
	return facts
}

// shared lists the arguments of a conjunction that something else has too:
// others appear nowhere below.
func (c *circuit) shared(g *gate, parents []int) []literal {
	if g.op != all {
		return nil
	}
	var shared []literal
	for _, a := range g.args {
		if parents[a.gate()] > 1 && len(shared) < mostFacts {
			shared = append(shared, a)
		}
	}
	return shared
}

// beside adds to the facts of a gate those that its k-th argument finds there.
func (c *circuit) beside(g *gate, k int, shared, facts []literal) []literal {
	here := slices.Clone(facts)
	switch {
	case g.op == all:
		for _, a := range shared {
			if a != g.args[k] {
				here = append(here, a)
			}
		}
	case g.op == either && k == 1:
		here = append(here, g.args[0])
	case g.op == either && k == 2:
		here = append(here, g.args[0].not())
	}
	slices.Sort(here)
	here = slices.Compact(here)
	return here[:min(len(here), mostFacts)]
}

// common is the intersection of sorted lists.
func common(a, b []literal) []literal {
	var both []literal
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			both = append(both, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return both
}

// assumed replaces a literal that is known to hold or not to hold.
func assumed(l literal, facts []literal) literal {
	if _, found := slices.BinarySearch(facts, l); found {
		return yes
	}
	if _, found := slices.BinarySearch(facts, l.not()); found {
		return no
	}
	return l
}
