package analytic

import (
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// shareValues adds, at one point of the integral, what each value of each
// module costs beyond the first: its probability times the rise of the
// unavailability.
func (e *evaluation) shareValues(w *bdd.Weights, r *report, weight float64, shares []portion) {
	modules := map[*block][]float64{}
	for j, b := range r.blocks {
		if b.module != nil {
			modules[b] = shares[j].values
		}
	}
	if len(modules) == 0 {
		return
	}
	var left []bdd.Ref
	w.Entries(r.up, func(x bdd.Entry) {
		b := e.blockOf[x.Group]
		values := modules[b]
		if values == nil {
			return
		}
		left = e.cases(x.Func, b, left)
		for v := 1; v < len(values); v++ {
			rise := w.Diff(left[0], left[v]) - w.Diff(left[v], left[0])
			values[v] += weight * b.pi[v] * x.Reach * rise
		}
	})
}

// moduleCosts divides what each value of a module costs among its parts, the
// shocks that strike them and its groups.
func (e *evaluation) moduleCosts(b *block, values []float64, t model.Target) []model.Cost {
	c := b.module.coupled
	own := e.owner(t) == model.None
	shares := make([]float64, len(c.Parts)+len(c.Groups)+len(c.Shocks))
	for v, blame := range b.module.blame() {
		for i, share := range blame {
			shares[i] += share * values[v]
		}
	}
	var costs []model.Cost
	for i, p := range c.Parts {
		cost := e.partCost(p, t)
		cost.Share = shares[i]
		costs = append(costs, cost)
	}
	for g, node := range c.Groups {
		n := &e.sys.Nodes[node]
		costs = append(costs, model.Cost{Name: n.Name, Cause: "takeover", Own: own, Share: shares[len(c.Parts)+g], Pos: n.Pos})
	}
	for k, shock := range c.Shocks {
		s := &e.sys.Shocks[shock]
		costs = append(costs, model.Cost{Name: s.Name, Cause: s.Kind(), Own: own, Share: shares[len(c.Parts)+len(c.Groups)+k], Pos: s.Pos})
	}
	return slices.DeleteFunc(costs, func(c model.Cost) bool { return c.Share == 0 })
}

// blame divides each value of the module, all that looks alike, among its
// parts and, behind them, its groups and shocks: each state bears its share of
// the probability, divided equally among its causes.
func (m *module) blame() [][]float64 {
	values := make([][]float64, len(m.visible))
	total := make([]float64, len(m.visible))
	for v := range values {
		values[v] = make([]float64, len(m.coupled.Parts)+len(m.coupled.Groups)+len(m.coupled.Shocks))
	}
	for i, v := range m.values {
		s := m.chain.state(i)
		total[v] += m.steady[i]
		causes := m.causes(s)
		for _, cause := range causes {
			values[v][cause] += m.steady[i] / float64(len(causes))
		}
	}
	for v := range values {
		if total[v] > 0 {
			values[v] = scaled(m.level(values[v]), 1/total[v])
		}
	}
	return values
}

// causes lists who is to blame for a state: the parts that are not as new, and
// groups that take over. What nobody sees but such a group is not to blame,
// since the group could do without. The parts that a shock has struck count as
// one, the shock.
func (m *module) causes(s model.Joint) []int {
	parts, groups := len(m.coupled.Parts), len(m.coupled.Groups)
	blamed := make([]bool, parts+groups+len(m.coupled.Shocks))
	for i := range parts {
		blamed[i] = s[i] != 0
	}
	for g := range m.coupled.Groups {
		if takesOver(m.coupled, s, g) {
			m.excuse(g, blamed)
			blamed[parts+g] = true
		}
	}
	for i := range parts {
		if k := m.coupled.ShockOf(s, i); blamed[i] && k != model.None {
			blamed[i], blamed[parts+groups+k] = false, true
		}
	}
	var causes []int
	for i, is := range blamed {
		if is {
			causes = append(causes, i)
		}
	}
	return causes
}

// excuse takes the blame from the members of a group and the domains around
// them, unless they are seen by themselves.
func (m *module) excuse(group int, blamed []bool) {
	sys := m.coupled.System
	for _, child := range sys.Nodes[m.coupled.Groups[group]].Children {
		for p := sys.Nodes[child].Part; p != model.None; p = sys.Parts[p].Place {
			if i := m.coupled.Local(p); !slices.Contains(m.parts, i) {
				blamed[i] = false
			}
		}
	}
}

// level gives parts that were lumped the mean of their shares.
func (m *module) level(shares []float64) []float64 {
	for _, units := range m.chain.walk.like {
		for k := range units[0] {
			mean := 0.0
			for _, u := range units {
				mean += shares[u[k]] / float64(len(units))
			}
			for _, u := range units {
				shares[u[k]] = mean
			}
		}
	}
	return shares
}
