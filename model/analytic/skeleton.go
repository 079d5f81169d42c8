package analytic

import (
	"context"
	"slices"

	"nines/model"
	"nines/model/markov"
)

// mostSplit bounds the states of a module that is solved without lumping.
const mostSplit = 50_000

// A skeleton is a system without what makes its parts interact in time, so
// that cut sets are sets of parts. A group with a state of its own is up while
// enough of its members are, in series with a part of its own: its takeovers,
// while it has none that is active though it could have. A shock is a part that
// takes all of its parts down, while it has; less than all count as parts that
// fail together by chance. What the parts of a module do together is known from
// its chain.
type skeleton struct {
	*evaluation
	sys       *model.System        // the one with the modules
	takeovers map[int]*int         // node of the group, by the part that stands for its takeovers
	shocks    map[int]*model.Shock // by the part that stands for it
	modules   []*split
}

// A split is the chain of a module in which every part is itself.
type split struct {
	*joint
	steady []float64
}

// newSkeleton gives nil if no parts interact, or if a module has too many
// states to tell all of its parts apart.
func newSkeleton(ctx context.Context, e *evaluation, targets []model.Target, opts Options) (*skeleton, error) {
	s := &skeleton{sys: e.sys, takeovers: map[int]*int{}, shocks: map[int]*model.Shock{}}
	for _, b := range e.blocks {
		if b.module == nil {
			continue
		}
		limits := markov.Options{MaxStates: mostSplit, Context: ctx}
		build := newJoint
		if b.module.beyond > 0 {
			build = limited
		}
		chain, err := build(b.module.coupled, nil, limits)
		if err != nil {
			return nil, ctx.Err()
		}
		steady, err := e.kept.longRun(chain.Chain, limits)
		if err != nil {
			return nil, ctx.Err()
		}
		s.modules = append(s.modules, &split{chain, steady})
	}
	if s.modules == nil {
		return nil, nil
	}
	var err error
	s.evaluation, err = build(ctx, s.bare(), targets, opts)
	return s, err
}

// bare is the system of the skeleton.
func (s *skeleton) bare() *model.System {
	sys := *s.sys
	sys.Crews, sys.Shocks = nil, nil
	sys.Parts, sys.Nodes = slices.Clone(sys.Parts), slices.Clone(sys.Nodes)
	for _, m := range s.modules {
		for _, k := range m.walk.c.Shocks {
			s.bareShock(&sys, &s.sys.Shocks[k])
		}
	}
	for i := range s.sys.Nodes {
		if !s.sys.Timed(i) {
			continue
		}
		group := sys.Nodes[i]
		s.takeovers[len(sys.Parts)] = &i
		leaf := model.Node{Kind: model.Leaf, Part: len(sys.Parts), Deploys: model.None}
		sys.Parts = append(sys.Parts, standIn(model.Part{Name: group.Name, Title: group.Title, Pos: group.Pos}))
		members := group
		members.Elect, members.Waiting, members.Loads = nil, nil, nil
		if group.Kind == model.Standby {
			members.Kind, members.K = model.AtLeast, 1
		}
		group.Kind, group.Children = model.Series, []int{len(sys.Nodes), len(sys.Nodes) + 1}
		sys.Nodes[i] = group
		sys.Nodes = append(sys.Nodes, members, leaf)
	}
	return &sys
}

// bareShock puts a part in the place of a shock.
func (s *skeleton) bareShock(sys *model.System, shock *model.Shock) {
	s.shocks[len(sys.Parts)] = shock
	for _, part := range shock.Parts {
		sys.Parts[part].Causes = append(slices.Clone(sys.Parts[part].Causes), len(sys.Parts))
	}
	sys.Parts = append(sys.Parts, standIn(model.Part{Name: shock.Name, Kind: model.CommonCause, Pos: shock.Pos}))
}

// standIn is a part that is up or down, with probabilities to be filled in.
func standIn(p model.Part) model.Part {
	p.Owner, p.Place = model.None, model.None
	p.Static, p.Automaton = &model.Prob{P: 0.5, Q: 0.5}, model.StaticAutomaton()
	return p
}

// failure of a target, with the probabilities that its blocks have in the
// modules.
func (s *skeleton) failure(t model.Target) *failure {
	r := &report{Result: model.Result{Target: t}, up: s.up(t.Node, s.evaluation.sys.UpAt(t))}
	r.blocks = s.support(r.up)
	f := &failure{evaluation: s.evaluation, report: r, down: r.up.Not(), values: map[*block][]float64{}, skeleton: s}
	for _, b := range r.blocks {
		f.values[b] = s.valuesOf(b)
	}
	f.classify()
	return f
}

// valuesOf gives the probabilities of the values of a block.
func (s *skeleton) valuesOf(b *block) []float64 {
	if m := s.module(b); m != nil {
		return s.marginal(m, b)
	}
	return b.pi
}

// module is the one that a block is about, or nil.
func (s *skeleton) module(b *block) *split {
	part := b.part
	if shock := s.shocks[part]; shock != nil {
		part = shock.Parts[slices.IndexFunc(shock.Parts, func(p int) bool { return s.coupled(p) })]
	}
	for _, m := range s.modules {
		if node := s.takeovers[part]; node != nil && slices.Contains(m.walk.c.Groups, *node) || node == nil && m.walk.c.Local(part) != model.None {
			return m
		}
	}
	return nil
}

// coupled says whether a part belongs to a module.
func (s *skeleton) coupled(part int) bool {
	return slices.ContainsFunc(s.modules, func(m *split) bool { return m.walk.c.Local(part) != model.None })
}

// marginal gives the probabilities of the values of a block.
func (s *skeleton) marginal(m *split, b *block) []float64 {
	values := make([]float64, len(b.pi))
	for i, p := range m.steady {
		values[s.value(m, b, m.state(i))] += p
	}
	return values
}

// value of a block in a state of its module. A part that is down by a shock
// that has taken all counts as up.
func (s *skeleton) value(m *split, b *block, state model.Joint) int {
	if shock := s.shocks[b.part]; shock != nil {
		if s.all(m, shock, state) {
			return 1
		}
		return 0
	}
	node := s.takeovers[b.part]
	if node == nil {
		i := m.walk.c.Local(b.part)
		if k := m.walk.c.ShockOf(state, i); k != model.None && s.all(m, &s.sys.Shocks[m.walk.c.Shocks[k]], state) {
			return 0
		}
		return b.states[state[i]]
	}
	if takesOver(m.walk.c, state, slices.Index(m.walk.c.Groups, *node)) {
		return 1
	}
	return 0
}

// all says whether all parts of a shock that matter are down by it.
func (s *skeleton) all(m *split, shock *model.Shock, state model.Joint) bool {
	return !slices.ContainsFunc(shock.Parts, func(part int) bool {
		i := m.walk.c.Local(part)
		if i == model.None {
			return false
		}
		k := m.walk.c.ShockOf(state, i)
		return k == model.None || &s.sys.Shocks[m.walk.c.Shocks[k]] != shock
	})
}

// takesOver says whether a group gives no answer although enough of its members
// could, or two that do not agree.
func takesOver(c *model.Coupled, s model.Joint, group int) bool {
	n := &c.System.Nodes[c.Groups[group]]
	t := c.System.Tally(n, func(part int) model.Condition { return c.Condition(s, c.Local(part)) })
	members := t.Up + t.Wrong
	if n.Kind == model.Standby {
		members = t.Answering()
	}
	return c.Doubled(s, group) || members >= max(n.K, 1) && c.Outcome(s, group) == model.NoAnswer
}

// together is the probability that blocks have values for which in holds.
func (s *skeleton) together(f *failure, blocks []*block, in func(b *block, value int) bool) float64 {
	p := 1.0
	for _, m := range append([]*split{nil}, s.modules...) {
		var inside []*block
		for _, b := range blocks {
			if s.module(b) == m {
				inside = append(inside, b)
			}
		}
		switch {
		case m == nil || m.walk.most > 0 && len(inside) > m.walk.most: // more than are followed
			p *= apart(f, inside, in)
		case len(inside) > 0:
			p *= s.joint(m, inside, in)
		}
	}
	return p
}

// apart is together for blocks that are independent.
func apart(f *failure, blocks []*block, in func(b *block, value int) bool) float64 {
	p := 1.0
	for _, b := range blocks {
		sum := 0.0
		for v, q := range f.values[b] {
			if in(b, v) {
				sum += q
			}
		}
		p *= sum
	}
	return p
}

// joint is together for blocks of one module.
func (s *skeleton) joint(m *split, blocks []*block, in func(b *block, value int) bool) float64 {
	sum := 0.0
	for i, p := range m.steady {
		state := m.state(i)
		if !slices.ContainsFunc(blocks, func(b *block) bool { return !in(b, s.value(m, b, state)) }) {
			sum += p
		}
	}
	return sum
}
