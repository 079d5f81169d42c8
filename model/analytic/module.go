package analytic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nines/model"
	"nines/model/bdd"
	"nines/model/markov"
)

// A module is a set of parts that interact in time: one block of the diagram.
// Its values are the different things that the nodes above it can see.
//
// Of states that are lumped one stands for all: its parts are seen as they are
// there, although others may be in their place. Nobody above tells the
// difference, since what was lumped is alike to all.
type module struct {
	coupled *model.Coupled
	groups  []int // of coupled.Groups, whose outcome is seen
	parts   []int // local indexes of those that are seen by themselves
	sights  []sight

	chain   *joint
	known   map[string]int // value of what is seen
	values  []int          // by state of the chain
	steady  []float64      // by state of the chain
	beyond  float64        // probability of more failures at once than are followed, at most
	visible []model.Joint  // a state of each value
}

// findModules finds what interacts in time, and what is seen of it.
func (d *diagram) findModules(targets []model.Target) {
	d.moduleOf = make([]*module, len(d.sys.Parts))
	coupled := model.Couplings(d.sys, targets)
	if len(coupled) == 0 {
		return
	}
	roots := make([]int, len(targets))
	for i, t := range targets {
		roots[i] = t.Node
	}
	d.parents = parents(d.sys, roots, true)
	for _, c := range coupled {
		m := &module{coupled: c}
		for _, p := range c.Parts {
			d.moduleOf[p] = m
		}
		for g, node := range c.Groups {
			if d.reached[node] {
				m.groups = append(m.groups, g)
			}
		}
	}
	for p := range d.parents {
		d.see(p)
	}
	for _, m := range d.moduleOf {
		if m != nil {
			slices.Sort(m.parts)
		}
	}
}

// see notes that the condition of a part is seen from outside of its module,
// and so is that of the domain around it where that is outside.
func (d *diagram) see(part int) {
	if m := d.moduleOf[part]; m != nil {
		i := m.coupled.Local(part)
		if slices.Contains(m.parts, i) {
			return
		}
		m.parts = append(m.parts, i)
	}
	if place := d.around(part); place != model.None {
		d.see(place)
	}
}

// around is the innermost domain around a part that is not of the module.
func (m *module) around(part int) int {
	i := m.coupled.Local(part)
	for m.coupled.Ties[i].Place != model.None {
		i = m.coupled.Ties[i].Place
	}
	return m.coupled.System.Parts[m.coupled.Parts[i]].Place
}

// placeModule makes the block of a module.
func (d *diagram) placeModule(m *module) error {
	if d.blockOfModule[m] != nil {
		return nil
	}
	if m.chain == nil {
		if err := m.solve(d); err != nil {
			return fmt.Errorf("%s: %w", m.name(), err)
		}
	}
	b := &block{part: model.None, deploys: model.None, module: m, process: m.longRun()}
	d.blockOfModule[m] = b
	d.add(b)
	return nil
}

// name lists what makes the parts interact.
func (m *module) name() string {
	var names []string
	sys := m.coupled.System
	for _, node := range m.coupled.Groups {
		names = append(names, sys.Nodes[node].Name)
	}
	for _, c := range m.coupled.Crews {
		names = append(names, sys.Crews[c].Name)
	}
	for _, k := range m.coupled.Shocks {
		names = append(names, model.Event{Name: sys.Shocks[k].Name, Cause: sys.Shocks[k].Kind()}.String())
	}
	return list(shortened(names), "and")
}

// solve finds the long-run probabilities of the states.
func (m *module) solve(d *diagram) error {
	opts := markov.Options{MaxStates: d.maxJoint, Context: d.ctx}
	var err error
	if m.chain, err = jointWithin(m.coupled, alikeIn(m.coupled, d.parents), opts); err != nil {
		return err
	}
	if m.steady, err = d.kept.longRun(m.chain.Chain, opts); err != nil {
		return err
	}
	if i := m.chain.beyond(); i != model.None {
		m.beyond = m.steady[i]
	}
	m.look(d)
	return nil
}

// look tells the values apart; that of the start is 0.
func (m *module) look(d *diagram) {
	for _, i := range m.parts {
		m.sights = append(m.sights, d.sights[m.coupled.Parts[i]])
	}
	m.known = map[string]int{}
	m.values = make([]int, m.chain.Len())
	for i := range m.values {
		s := m.chain.state(i)
		seen := m.seen(s)
		v, old := m.known[seen]
		if !old {
			v = len(m.visible)
			m.known[seen], m.visible = v, append(m.visible, s)
		}
		m.values[i] = v
	}
}

// seen is what is seen in a state.
func (m *module) seen(s model.Joint) string {
	var b strings.Builder
	for _, g := range m.groups {
		b.WriteByte(byte(m.coupled.Outcome(s, g)))
	}
	for k, i := range m.parts {
		b.WriteByte(byte(m.sights[k].of(m.coupled.Seen(s, i))))
	}
	return b.String()
}

// longRun merges the states that look alike.
func (m *module) longRun() process {
	p := process{pi: make([]float64, len(m.visible))}
	flows := map[move]float64{}
	for i, v := range m.values {
		p.pi[v] += m.steady[i]
		to, rate := m.chain.Row(i)
		for k, j := range to {
			if w := m.values[j]; w != v {
				flows[move{from: v, to: w}] += m.steady[i] * rate[k]
			}
		}
	}
	for f, rate := range flows {
		p.moves = append(p.moves, move{f.from, f.to, rate})
	}
	slices.SortFunc(p.moves, func(a, b move) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	return p
}

// inModule is conditions for a part of a module.
func (d *diagram) inModule(m *module, part int) (func(model.Condition) bdd.Ref, error) {
	if err := d.placeModule(m); err != nil {
		return nil, err
	}
	i, sight := m.coupled.Local(part), d.sights[part]
	return func(c model.Condition) bdd.Ref {
		return d.when(d.blockOfModule[m], func(v int) bool { return sight.of(m.coupled.Seen(m.visible[v], i)) == c })
	}, nil
}

// outcome is the answer of a group with a state of its own.
func (d *diagram) outcome(node int) (answer, error) {
	m := d.moduleOf[d.sys.Nodes[d.sys.Nodes[node].Children[0]].Part]
	if err := d.placeModule(m); err != nil {
		return answer{}, err
	}
	g := slices.Index(m.coupled.Groups, node)
	when := func(o model.Outcome) bdd.Ref {
		return d.when(d.blockOfModule[m], func(v int) bool { return m.coupled.Outcome(m.visible[v], g) == o })
	}
	return answer{when(model.OK), when(model.WrongAnswer)}, nil
}
