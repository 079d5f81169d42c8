package analytic

import (
	"nines/model"
	"nines/model/bdd"
)

// states sees what holds of nodes in a state, whatever the coins show: whether
// they are up and whether they are full.
type states struct {
	*diagram
	chance *bdd.Chance
	ups    map[upKey]bdd.Ref
	fulls  []bdd.Ref // by node
}

type upKey struct {
	node int
	upAt float64
}

func newStates(d *diagram, w *bdd.Weights) *states {
	var coins []int
	for v, p := range d.coins {
		if p.P > 0 {
			coins = append(coins, v)
		}
	}
	return &states{d, w.Chance(coins), map[upKey]bdd.Ref{}, make([]bdd.Ref, len(d.sys.Nodes))}
}

// up says in which states a node serves upAt of its requests, or any at all if
// upAt is 0.
func (s *states) up(node int, upAt float64) bdd.Ref {
	key := upKey{node, upAt}
	f, ok := s.ups[key]
	if !ok {
		if upAt == 0 {
			f = s.chance.Possible(s.answers[node].ok)
		} else {
			f = s.chance.Likely(s.answers[node].ok, upAt-model.UpTolerance)
		}
		s.ups[key] = f
	}
	return f
}

// fill works out when each node is full: its own rule and everything it needs
// and uses. On a cycle it is the greatest fixed point; the rule is monotone.
func (s *states) fill() error {
	for _, node := range s.plain.nodes {
		s.fulls[node] = s.answers[node].ok
	}
	for c, nodes := range s.st.Components {
		if !s.reached[nodes[0]] || s.plain.inside[nodes[0]] {
			continue
		}
		for _, node := range nodes {
			s.fulls[node] = bdd.True
		}
		for changed := true; changed; {
			changed = false
			for _, node := range nodes {
				f := s.full(node)
				changed = changed || f != s.fulls[node]
				s.fulls[node] = f
			}
			changed = changed && s.st.Cyclic(c)
		}
		if err := s.m.Err(); err != nil {
			return err
		}
	}
	return nil
}

// full applies the rule of one node.
func (s *states) full(node int) bdd.Ref {
	n := &s.sys.Nodes[node]
	switch n.Kind {
	case model.Series, model.Mix, model.Cached, model.Called:
		return s.m.And(s.fullsOf(n.Children)...)
	case model.AtLeast:
		return s.m.AtLeast(n.K, s.fullsOf(n.Children))
	case model.Else:
		return s.fulls[n.Children[0]]
	case model.Service:
		return s.m.And(s.up(node, n.UpAt), s.noneLive(n), s.short[node].Not(), s.m.And(s.fullsOf(n.Children)...), s.m.And(s.fullsOf(n.Uses)...))
	}
	return s.m.And(s.up(node, 0), s.short[node].Not())
}

func (s *states) fullsOf(nodes []int) []bdd.Ref {
	all := make([]bdd.Ref, len(nodes))
	for i, node := range nodes {
		all[i] = s.fulls[node]
	}
	return all
}

// noneLive is whether no bad deploy of a service is live.
func (s *states) noneLive(n *model.Node) bdd.Ref {
	if n.Deploys == model.None || s.streams[n.Deploys] == nil {
		return bdd.True
	}
	return s.when(s.streams[n.Deploys], func(live int) bool { return live == 0 })
}
