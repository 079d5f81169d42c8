package analytic

import (
	"slices"

	"nines/model/bdd"
)

// Pieces are a circuit taken apart at its modules, the gates below which
// nothing else looks (Dutuit, Rauzy, "A linear-time algorithm to find modules
// of fault trees", IEEE Transactions on Reliability 45, 1996). Where a module
// is used stands an input in place of it.
type pieces struct {
	*circuit
	parts int       // inputs from this number on stand for modules
	roots []literal // what is asked for
	cut   []literal // the modules; each looks at earlier ones only
}

// decomposed takes a circuit apart. Arguments of a conjunction that nothing else
// has become a module as well.
func (c *circuit) decomposed(roots []literal, parts int) *pieces {
	p := &pieces{circuit: newCircuit(), parts: parts}
	parents, modules := c.parents(roots), c.modules(roots)
	for _, r := range roots {
		modules[r.gate()] = false
	}
	now := make([]literal, len(c.gates))
	follow := func(l literal) literal { return now[l.gate()] ^ l&1 }
	for i := 1; i < len(c.gates); i++ {
		g := &c.gates[i]
		if parents[i] == 0 {
			continue
		}
		var own, args []literal
		for _, a := range g.args {
			if b := a.gate(); g.op == all && parents[b] == 1 && (modules[b] || c.gates[b].op == input) {
				own = append(own, follow(a))
			} else {
				args = append(args, follow(a))
			}
		}
		if len(own) > 1 && len(args) > 0 {
			own = []literal{p.module(p.add(gate{op: all, args: own}))}
		}
		now[i] = p.add(gate{op: g.op, k: g.k, part: g.part, args: append(own, args...)})
		if modules[i] {
			now[i] = p.module(now[i])
		}
	}
	for _, r := range roots {
		p.roots = append(p.roots, follow(r))
	}
	return p
}

// module cuts a gate off and gives the input that stands for it.
func (p *pieces) module(l literal) literal {
	p.cut = append(p.cut, l)
	return p.input(p.parts + len(p.cut) - 1)
}

// ends are the gates at which pieces begin.
func (p *pieces) ends() []literal { return slices.Concat(p.roots, p.cut) }

// modules says of each gate with arguments whether all that is below it is used
// below it only. In a walk from the roots, depth first, all of that is met for
// the first and for the last time between entering the gate and leaving it.
func (c *circuit) modules(roots []literal) []bool {
	w := tour{circuit: c, first: make([]int, len(c.gates)), last: make([]int, len(c.gates)), left: make([]int, len(c.gates))}
	for _, r := range roots {
		w.meet(r.gate())
	}
	found := make([]bool, len(c.gates))
	low, high := make([]int, len(c.gates)), make([]int, len(c.gates)) // steps at which what is below is met
	for i := range c.gates {
		low[i] = w.steps
		for _, a := range c.gates[i].args {
			b := a.gate()
			low[i], high[i] = min(low[i], low[b], w.first[b]), max(high[i], high[b], w.last[b])
		}
		found[i] = len(c.gates[i].args) > 0 && low[i] > w.first[i] && high[i] < w.left[i]
	}
	return found
}

// tour numbers the steps of a walk through a circuit.
type tour struct {
	*circuit
	steps             int
	first, last, left []int // by gate: when it is met, and left for the first time
}

func (w *tour) meet(i int) {
	w.steps++
	w.last[i] = w.steps
	if w.first[i] > 0 {
		return
	}
	w.first[i] = w.steps
	for _, a := range w.gates[i].args {
		w.meet(a.gate())
	}
	w.steps++
	w.left[i] = w.steps
}

// homes gives for each input the piece it is in: 0 for what is asked for, then
// the modules.
func (p *pieces) homes() []int {
	home := make([]int, p.parts+len(p.cut))
	for i, l := range p.cut {
		for _, part := range p.depthFirst([]literal{l}, asListed) {
			home[part] = i + 1
		}
	}
	return home
}

// An attempt is a diagram of all pieces in some order of the inputs, each of
// them a variable.
type attempt struct {
	*pieces
	m       *bdd.Manager
	order   order // variables are numbered in it
	roots   []bdd.Ref
	modules []bdd.Ref
}

func (p *pieces) attempt(o order, opts bdd.Options) (*attempt, error) {
	a := &attempt{pieces: p, m: bdd.New(opts), order: o}
	inputs := make([]bdd.Ref, p.parts+len(p.cut))
	for _, i := range o {
		inputs[i] = a.m.Var()
	}
	a.m.Keep()
	functions := p.solve(a.m, p.ends(), func(i int) bdd.Ref { return inputs[i] })
	a.roots, a.modules = functions[:len(p.roots)], functions[len(p.roots):]
	return a, a.m.Err()
}

func (a *attempt) functions() []bdd.Ref { return slices.Concat(a.roots, a.modules) }

// weight is about how many nodes the diagram will have when all pieces are put
// together.
func (a *attempt) weight() int {
	of := make([]int, a.parts+len(a.cut)) // inputs
	for i := range a.parts {
		of[i] = 1
	}
	sum := func(functions ...bdd.Ref) int {
		total := 0
		for v, nodes := range a.m.Widths(functions...) {
			total += nodes * of[a.order[v]]
		}
		return total
	}
	for i, f := range a.modules {
		of[a.parts+i] = sum(f)
	}
	return sum(a.roots...)
}

// list gives the parts in the order of the variables, those of a module where it
// stands.
func (a *attempt) list() order {
	var found order
	var expand func(functions ...bdd.Ref)
	expand = func(functions ...bdd.Ref) {
		for _, v := range a.m.Support(functions...) {
			if i := a.order[v]; i < a.parts {
				found = append(found, i)
			} else {
				expand(a.modules[i-a.parts])
			}
		}
	}
	expand(a.roots...)
	return found
}

// compose gives what is asked for as functions of m, where of says what the
// parts are.
func (a *attempt) compose(m *bdd.Manager, of func(part int) bdd.Ref) []bdd.Ref {
	vars := make([]bdd.Ref, len(a.order))
	place := make([]int, a.parts+len(a.cut))
	for v, i := range a.order {
		place[i] = v
		if i < a.parts {
			vars[v] = of(i)
		}
	}
	for i, f := range a.modules {
		vars[place[a.parts+i]] = m.Compose(a.m, f, vars)
	}
	found := make([]bdd.Ref, len(a.roots))
	for i, f := range a.roots {
		found[i] = m.Compose(a.m, f, vars)
	}
	return found
}
