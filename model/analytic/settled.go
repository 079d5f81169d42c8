package analytic

import (
	"context"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// mostBroken is how many ways to break a requirement are told.
const mostBroken = 6

// settled is a system as survival sees it: the given parts may be down, which
// all know, everything else is up, and detection, promotions and elections have
// ended. So a standby has promoted any member that is not down, and a quorum
// that has its members has a leader.
func settled(sys *model.System, parts []int) *model.System {
	s := *sys
	s.Crews, s.Shocks, s.Deploys = nil, nil, nil
	s.Parts, s.Nodes = slices.Clone(sys.Parts), slices.Clone(sys.Nodes)
	for i := range s.Parts {
		p := &s.Parts[i]
		p.Static, p.Modes, p.Automaton = nil, nil, model.NewAutomaton(nil)
	}
	for _, i := range parts {
		s.Parts[i].Static, s.Parts[i].Automaton = &model.Prob{P: 0.5, Q: 0.5}, model.StaticAutomaton()
	}
	for i := range s.Nodes {
		n := &s.Nodes[i]
		n.Deploys, n.Elect = model.None, nil
		if n.Kind == model.Standby {
			n.Kind, n.K, n.Waiting = model.AtLeast, 1, nil
		}
	}
	return &s
}

// Survives decides a requirement that a target survives the loss of parts: with
// every combination of Count of them down and noticed, everything else up and
// all promotions and elections ended, it is up. The combinations are not
// gone through one by one: those that take the target down are a function.
//
// Errors are those of Evaluate.
func Survives(ctx context.Context, sys *model.System, r *model.Requirement, opts Options) (model.Verdict, error) {
	t := sys.Targets[r.Target]
	e, err := newSettled(ctx, sys, r.Survives.Parts, []model.Target{t}, opts)
	if err != nil {
		return model.Verdict{}, err
	}
	v := model.Verdict{Requirement: r, Status: model.Pass}
	if left := e.breaking(t, r.Survives); left != bdd.False {
		v.Status = model.Fail
		for _, parts := range e.breakers(e.up(t.Node, sys.UpAt(t)).Not(), left, r.Survives) {
			v.Broken = append(v.Broken, e.namesOf(parts))
		}
	}
	return v, e.m.Err()
}

// breakers lists a few sets of parts that break a survival: the smallest that
// take the target down, whatever else makes up the number. Where a part that is
// down can bring it up again they are whole combinations for which left holds.
func (e *evaluation) breakers(down, left bdd.Ref, s *model.Survival) [][]*block {
	var list [][]*block
	blocks := e.support(down)
	choices, weight := make([]bdd.Choice, len(blocks)), make([]float64, len(blocks))
	for i, b := range blocks {
		choices[i], weight[i] = bdd.Choice{Group: b.first, Values: []int{0, 1}}, 0.5
	}
	if e.m.Coherent(down, choices) {
		f := bdd.NewFamilies(bdd.Options{Context: e.ctx})
		for _, set := range f.Best(f.Minimal(e.m, down, choices, s.Count), weight, mostBroken) {
			var parts []*block
			for _, i := range set {
				parts = append(parts, blocks[i])
			}
			list = append(list, parts)
		}
		return list
	}
	for left != bdd.False && len(list) < mostBroken {
		parts := e.down(left)
		list = append(list, parts)
		left = e.m.And(left, e.allDown(parts).Not())
	}
	return list
}

func newSettled(ctx context.Context, sys *model.System, parts []int, targets []model.Target, opts Options) (*evaluation, error) {
	return build(ctx, settled(sys, parts), targets, opts)
}

// breaking says which combinations of Count parts take t down. Parts that t
// does not depend on may make up the number.
func (e *evaluation) breaking(t model.Target, s *model.Survival) bdd.Ref {
	var downs []bdd.Ref
	for _, b := range e.blocks {
		downs = append(downs, e.isDown(b))
	}
	others := len(s.Parts) - len(downs)
	most := e.m.AtLeast(s.Count+1, downs).Not()
	return e.m.And(e.up(t.Node, e.sys.UpAt(t)).Not(), most, e.m.AtLeast(s.Count-others, downs))
}

// isDown is the function that the part of a block, either up or down, is down.
func (e *evaluation) isDown(b *block) bdd.Ref { return e.m.Literal(b.first).Not() }

// down picks blocks that are down in one state for which f holds: as few as
// the order of the variables makes easy to find.
func (e *evaluation) down(f bdd.Ref) []*block {
	var down []*block
	for f != bdd.True {
		b := e.blockOf[e.m.Top(f)]
		left := e.cases(f, b, nil)
		if f = left[0]; f == bdd.False {
			f = left[1]
			down = append(down, b)
		}
	}
	return down
}

func (e *evaluation) allDown(blocks []*block) bdd.Ref {
	var all []bdd.Ref
	for _, b := range blocks {
		all = append(all, e.isDown(b))
	}
	return e.m.And(all...)
}

// namesOf lists the parts of blocks.
func (e *evaluation) namesOf(blocks []*block) []string {
	var parts []int
	for _, b := range blocks {
		parts = append(parts, b.part)
	}
	slices.Sort(parts)
	var names []string
	for _, p := range parts {
		names = append(names, e.sys.Parts[p].Name)
	}
	return names
}

// strikes are what is left of some targets while one domain is down.
type strikes struct {
	*evaluation
	domains []int
	rest    *bdd.Weights // everything is up
}

func newStrikes(ctx context.Context, sys *model.System, targets []model.Target, opts Options) (*strikes, error) {
	s := &strikes{}
	for i := range sys.Parts {
		if sys.Parts[i].Kind == model.Domain {
			s.domains = append(s.domains, i)
		}
	}
	if len(s.domains) == 0 {
		return s, nil
	}
	var err error
	if s.evaluation, err = newSettled(ctx, sys, s.domains, targets, opts); err != nil {
		return nil, err
	}
	s.rest = s.weigh(func(*block) []float64 { return []float64{1, 0} })
	return s, nil
}

// losses takes down each domain in turn that the target of f depends on, in
// two passes over the diagram for all of them.
func (s *strikes) losses(f *failure, singles []model.Single) []model.Loss {
	if len(s.domains) == 0 {
		return nil
	}
	t := f.Target
	up := s.up(t.Node, s.sys.UpAt(t))
	ups, _ := s.rest.Given(up)
	served, _ := s.rest.Given(s.answers[t.Node].ok)
	var list []model.Loss
	blocks := slices.SortedFunc(slices.Values(s.blocks), func(a, b *block) int { return a.part - b.part })
	for _, b := range blocks {
		inside := f.inside(b.part)
		if len(inside) == 0 && ups[b.first] == nil {
			continue
		}
		p := &f.sys.Parts[b.part]
		loss := model.Loss{
			Domain: model.Event{Name: p.Name, Title: p.Title, Cause: causes[p.Kind], Pos: p.Pos},
			Up:     given(ups[b.first], s.rest.Prob(up)) > 0.5,
			Served: given(served[b.first], s.rest.Prob(s.answers[t.Node].ok)),
			Inside: inside,
		}
		for _, single := range singles {
			if slices.Contains(inside, single.Name) {
				loss.Alone = append(loss.Alone, single.Name)
			}
		}
		list = append(list, loss)
	}
	return list
}

// given is the probability while a domain is down, that of all where it does
// not matter.
func given(values []float64, all bdd.Prob) float64 {
	if values == nil {
		return all.P
	}
	return min(values[1], 1)
}

// inside names the parts in a domain, or in one within it, that the target
// depends on.
func (f *failure) inside(domain int) []string {
	var names []string
	for _, b := range f.blocks {
		if b.part == model.None {
			continue
		}
		for p := f.sys.Parts[b.part].Place; p != model.None; p = f.sys.Parts[p].Place {
			if p == domain {
				names = append(names, f.sys.Parts[b.part].Name)
				break
			}
		}
	}
	return names
}
