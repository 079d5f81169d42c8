package analytic

import (
	"slices"

	"nines/model"
)

// A facet is something by itself that can be wrong with a block: one failure
// mode of a part that has several, and of what interacts in time each part,
// each of its modes, the takeovers of each group, and each shock.
type facet struct {
	event model.Event
	cause cause
	in    []float64 // probability that it is so, together with each value of the block
}

// A cause is what makes a block move, or what a facet is about: a part of a
// module by its local index, a failure mode, a group of a module or behind the
// groups a shock. The others are model.None; without a mode all those of the
// part are meant.
type cause struct{ part, mode, group int }

func (f *failure) facets(b *block) []facet {
	switch {
	case b.module != nil:
		return b.module.facets(f)
	case b.part != model.None && len(f.sys.Parts[b.part].Modes) > 1 && !f.once:
		return f.modes(b)
	}
	return nil
}

// modes are the failure modes of a part that is a block.
func (f *failure) modes(b *block) []facet {
	p := &f.sys.Parts[b.part]
	list := f.modesOf(b.part, cause{model.None, model.None, model.None}, len(b.pi))
	for i, pi := range longRun(&p.Automaton).pi {
		if mode := p.Automaton.States[i].Mode; mode != model.None {
			list[mode].in[b.states[i]] += pi
		}
	}
	return list
}

func (f *failure) modesOf(part int, c cause, values int) []facet {
	var list []facet
	for i := range f.sys.Parts[part].Modes {
		mode := &f.sys.Parts[part].Modes[i]
		e := f.partEvent(part)
		e.How, e.Pos, c.mode = mode.Kind.String(), mode.Pos, i
		if k := f.sys.ShockOf(part, i); k != model.None {
			e.How = "by " + f.shockEvent(k).String()
		}
		list = append(list, facet{e, c, make([]float64, values)})
	}
	return list
}

// facets of a module: each part, followed by its modes, each takeover and each
// shock.
func (m *module) facets(f *failure) []facet {
	values := len(m.visible)
	lists := make([][]facet, len(m.coupled.Parts))
	for i, part := range m.coupled.Parts {
		c := cause{i, model.None, model.None}
		lists[i] = []facet{{f.partEvent(part), c, make([]float64, values)}}
		if len(f.sys.Parts[part].Modes) > 1 {
			lists[i] = append(lists[i], f.modesOf(part, c, values)...)
		}
	}
	groups := len(m.coupled.Groups)
	var others []facet
	for g, node := range m.coupled.Groups {
		others = append(others, facet{f.takeover(node), cause{model.None, model.None, g}, make([]float64, values)})
	}
	for k, shock := range m.coupled.Shocks {
		others = append(others, facet{f.shockEvent(shock), cause{model.None, model.None, groups + k}, make([]float64, values)})
	}
	for i, v := range m.values {
		s := m.chain.state(i)
		for part, list := range lists {
			m.occur(list, s[part], part, v, m.steady[i])
		}
		for g := range m.coupled.Groups {
			if takesOver(m.coupled, s, g) {
				others[g].in[v] += m.steady[i]
			}
		}
		for _, k := range m.struck(s) {
			others[groups+k].in[v] += m.steady[i]
		}
	}
	m.levelFacets(lists)
	return append(slices.Concat(lists...), others...)
}

// struck lists the shocks that some part is down by in a state.
func (m *module) struck(s model.Joint) []int {
	var list []int
	for i := range m.coupled.Parts {
		if k := m.coupled.ShockOf(s, i); k != model.None && !slices.Contains(list, k) {
			list = append(list, k)
		}
	}
	return list
}

// occur adds p to what is true of a part in one of its states.
func (m *module) occur(list []facet, state uint16, part, value int, p float64) {
	if state == 0 {
		return
	}
	list[0].in[value] += p
	if mode := m.coupled.System.Parts[m.coupled.Parts[part]].Automaton.States[state].Mode; len(list) > 1 {
		list[1+mode].in[value] += p
	}
}

// levelFacets gives parts that were lumped the same probabilities.
func (m *module) levelFacets(lists [][]facet) {
	shares := make([]float64, len(lists))
	for v := range m.visible {
		for k := range slices.MaxFunc(lists, func(a, b []facet) int { return len(a) - len(b) }) {
			for i, list := range lists {
				shares[i] = 0
				if k < len(list) {
					shares[i] = list[k].in[v]
				}
			}
			m.level(shares)
			for i, list := range lists {
				if k < len(list) {
					list[k].in[v] = shares[i]
				}
			}
		}
	}
}

func (e *evaluation) takeover(node int) model.Event {
	n := &e.sys.Nodes[node]
	return model.Event{Name: n.Name, Title: n.Title, Cause: "takeover", Pos: n.Pos}
}
