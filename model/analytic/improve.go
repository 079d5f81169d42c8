package analytic

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nines/model"
	"nines/model/dist"
)

// mostCandidates is how many groups of alike parts are tried for improvement:
// those that, with the domains around them, weigh most by criticality.
const mostCandidates = 24

// A candidate is what is changed together: the members of an array or of a
// group, one part or stream of deploys, the takeovers of a group, or a shock.
type candidate struct {
	parts   []int    // none for deploys, takeovers and shocks
	blocks  []*block // that stand for it
	coupled bool     // it interacts with others in time
	group   *int     // node whose takeovers it is
	shock   *int     // of the system
	weight  float64  // sum of the criticalities
}

// improvements works out what each change would do, the best first. Parts that
// fail less, and are repaired sooner, are other weights of the same diagram,
// unless they interact with others in time; one more part is another system.
func (f *failure) improvements(ctx context.Context, opts Options, list []model.Importance) []model.Improvement {
	var all []model.Improvement
	for _, c := range f.candidates(list) {
		for _, how := range [...]model.Change{model.Perfect, model.HalfRepair, model.HalfDetect} {
			if !f.applies(c, how) {
				continue
			}
			if down, ok := f.improved(ctx, c, opts, how); ok {
				all = append(all, f.change(c, how, "", down))
			}
		}
		if down, where, ok := f.oneMore(ctx, c, opts); ok {
			all = append(all, f.change(c, model.OneMore, where, down))
		}
	}
	slices.SortStableFunc(all, func(a, b model.Improvement) int {
		return cmp.Or(
			cmp.Compare(rounded(a.Unavailability), rounded(b.Unavailability)),
			listed(a.Subject.Pos, b.Subject.Pos), inArray(a.Subject.Name, b.Subject.Name))
	})
	return all
}

// candidates gathers alike parts and picks those that weigh most.
func (f *failure) candidates(list []model.Importance) []candidate {
	g := gathering{f, map[string]float64{}, map[kind]int{}, nil}
	for _, i := range list {
		if !i.Mode {
			g.critical[i.String()] = i.Criticality
		}
	}
	for _, b := range f.blocks {
		g.add(b)
	}
	for _, c := range g.all {
		slices.Sort(c.parts)
	}
	slices.SortStableFunc(g.all, func(a, b candidate) int { return cmp.Compare(rounded(b.weight), rounded(a.weight)) })
	return g.all[:min(len(g.all), mostCandidates)]
}

// A gathering puts what is alike together.
type gathering struct {
	*failure
	critical map[string]float64 // by event
	index    map[kind]int
	all      []candidate
}

// A kind is what alike parts have in common, or the name of what stands alone.
type kind struct{ name, group, template string }

// candidate is the one of a kind.
func (g *gathering) candidate(k kind) *candidate {
	i, known := g.index[k]
	if !known {
		i = len(g.all)
		g.index[k], g.all = i, append(g.all, candidate{})
	}
	return &g.all[i]
}

// add gathers what a block stands for.
func (g *gathering) add(b *block) {
	if b.deploys != model.None {
		name := g.subject(b).String()
		*g.candidate(kind{name: name}) = candidate{blocks: []*block{b}, weight: g.critical[name]}
		return
	}
	for _, part := range partsOf(b) {
		p := &g.sys.Parts[part]
		name := g.partEvent(part).String()
		k := kind{group: p.Group, template: p.Template}
		if p.Kind == model.Itself || p.Kind == model.CommonCause || p.Kind == model.Wire || p.Kind == model.Partition {
			k = kind{name: name}
		}
		c := g.candidate(k)
		c.parts, c.blocks, c.coupled = append(c.parts, part), append(c.blocks, b), c.coupled || b.module != nil
		c.weight += g.critical[name]
		for place := p.Place; place != model.None; place = g.sys.Parts[place].Place {
			c.weight += g.critical[g.sys.Parts[place].Name]
		}
	}
	if b.module != nil {
		weight := g.critical[g.subject(b).String()]
		for i := range b.module.coupled.Groups {
			node := &b.module.coupled.Groups[i]
			g.all = append(g.all, candidate{blocks: []*block{b}, coupled: true, group: node, weight: weight})
		}
		for i := range b.module.coupled.Shocks {
			shock := &b.module.coupled.Shocks[i]
			weight := g.critical[g.shockEvent(*shock).String()]
			g.all = append(g.all, candidate{blocks: []*block{b}, coupled: true, shock: shock, weight: weight})
		}
	}
}

// partsOf lists the parts that a block stands for, none for deploys.
func partsOf(b *block) []int {
	switch {
	case b.module != nil:
		return b.module.coupled.Parts
	case b.part != model.None:
		return []int{b.part}
	}
	return nil
}

// change describes what a change does that leaves the unavailability down.
func (f *failure) change(c candidate, how model.Change, where string, down float64) model.Improvement {
	i := model.Improvement{
		Subject: f.subject(c.blocks[0]), Parts: max(len(c.parts), 1), Change: how, Where: where, Unavailability: down,
		Saved: (f.total - down) * model.Year, Nines: math.Log10(f.total / down),
	}
	switch {
	case c.group != nil:
		i.Subject = f.takeover(*c.group)
	case c.shock != nil:
		i.Subject = f.shockEvent(*c.shock)
	case len(c.parts) > 0:
		i.Subject = f.partEvent(c.parts[0])
	}
	return i
}

// applies says whether a change can be made: parts are repaired, or have hidden
// failures, deploys are rolled back. What a shock strikes is repaired by itself.
func (f *failure) applies(c candidate, how model.Change) bool {
	switch {
	case how == model.Perfect:
		return true
	case c.shock != nil:
		return false
	case c.group != nil:
		return how == model.HalfRepair
	case len(c.parts) == 0:
		d := &f.sys.Deploys[c.blocks[0].deploys]
		return how == model.HalfRepair && d.Rollback.Mean() > 0 || how == model.HalfDetect && d.Detect.Mean() > 0
	}
	p := &f.sys.Parts[c.parts[0]]
	hidden := slices.ContainsFunc(p.Modes, func(m model.Mode) bool { return m.Detect != nil })
	return len(p.Modes) > 0 && p.Automaton.Repairable() && (how == model.HalfRepair || hidden)
}

// improved is the unavailability with a candidate that never fails, or that is
// repaired or noticed in half the time.
func (f *failure) improved(ctx context.Context, c candidate, opts Options, how model.Change) (down float64, ok bool) {
	switch {
	case c.coupled:
		return f.rebuilt(ctx, c, opts, how)
	case how == model.Perfect:
		return f.reweighed(c, (*block).perfect), true
	}
	return f.reweighed(c, func(b *block) []float64 { return f.halved(b, how) }), true
}

// rebuilt is the unavailability of the system with changed parts.
func (f *failure) rebuilt(ctx context.Context, c candidate, opts Options, how model.Change) (down float64, ok bool) {
	sys := *f.sys
	sys.Parts, sys.Nodes = slices.Clone(sys.Parts), slices.Clone(sys.Nodes)
	switch {
	case c.group != nil && !sooner(&sys.Nodes[*c.group], how), c.shock != nil && how == model.HalfRepair:
		return 0, false
	case c.shock != nil:
		sys.Shocks = slices.Clone(sys.Shocks)
		sys.Shocks[*c.shock].Each = model.Prob{Q: 1}
	case how == model.Perfect:
		sys.Shocks = slices.Clone(sys.Shocks)
		for i := range sys.Shocks {
			sys.Shocks[i] = sys.Shocks[i].Without(func(p int) bool { return slices.Contains(c.parts, p) })
		}
	}
	for _, i := range c.parts {
		p := &sys.Parts[i]
		modes := slices.Clone(p.Modes)
		for m := range modes {
			if !quicker(&modes[m], how) {
				return 0, false
			}
		}
		if how == model.Perfect {
			modes, p.Static = nil, nil
		}
		p.Modes, p.Automaton = modes, model.NewAutomaton(modes)
	}
	return f.unavailability(ctx, &sys, opts)
}

// quicker makes the repair or the detection of a mode take half of the time. It
// is false where half of a law is not known.
func quicker(m *model.Mode, how model.Change) (ok bool) {
	switch {
	case how == model.HalfRepair:
		m.Repair, ok = half(m.Repair)
	case how == model.HalfDetect && m.Detect != nil:
		m.Detect, ok = half(m.Detect)
	default:
		ok = true
	}
	return ok
}

// sooner makes the takeovers of a group take half of the time, or none. It is
// false where half of a law is not known. A mistake then costs half of a switch, or nothing.
func sooner(n *model.Node, how model.Change) bool {
	all := true
	change := func(l dist.Law) dist.Law {
		if l == nil || how == model.Perfect {
			return dist.Fixed{}
		}
		halved, ok := half(l)
		all = all && ok
		return halved
	}
	if n.Kind == model.Quorum {
		n.Elect = change(n.Elect)
		return all
	}
	w := *n.Waiting
	w.Detect, w.Switch, w.Else = change(w.Detect), change(w.Switch), change(w.Else)
	if how == model.Perfect {
		w.Succeeds, w.Fenced = model.Prob{P: 1}, true
	}
	n.Waiting = &w
	return all
}

// half is a law of half the duration, false where none is known.
func half(l dist.Law) (dist.Law, bool) {
	switch l := l.(type) {
	case dist.Exponential:
		return dist.Exponential{MeanTime: l.MeanTime / 2}, true
	case dist.Fixed:
		return dist.Fixed{Time: l.Time / 2}, true
	}
	return l, false
}

// roughStates bounds the chains of changed systems where few failures at once
// are followed.
const roughStates = 5000

// unavailability of the target in a changed system. Where few failures at once
// are followed, fewer are in the systems before and after the change, and their
// ratio counts.
func (f *failure) unavailability(ctx context.Context, sys *model.System, opts Options) (down float64, ok bool) {
	if p, _ := f.leftOut(f.Target); p == 0 {
		return f.found(ctx, sys, opts)
	}
	opts.MaxStates = roughStates
	if f.rough == 0 {
		if f.rough, ok = f.found(ctx, f.sys, opts); !ok {
			return 0, false
		}
	}
	down, ok = f.found(ctx, sys, opts)
	return f.total * down / f.rough, ok && f.rough > 0
}

// found is the unavailability of the target in a system.
func (f *failure) found(ctx context.Context, sys *model.System, opts Options) (down float64, ok bool) {
	e, err := build(ctx, sys, []model.Target{f.Target}, opts)
	if err != nil {
		return 0, false
	}
	e.at = f.at
	r := &report{Result: model.Result{Target: f.Target}, up: e.up(f.Target.Node, sys.UpAt(f.Target))}
	r.blocks = e.support(r.up)
	down = e.outlook(r).total
	return down, e.m.Err() == nil
}

// reweighed is the unavailability with other probabilities of the values of
// the candidate's blocks.
func (f *failure) reweighed(c candidate, pi func(*block) []float64) float64 {
	if len(c.blocks) == 1 {
		down := 0.0
		for v, p := range pi(c.blocks[0]) {
			down += p * f.given[c.blocks[0].first][v]
		}
		return down
	}
	w := f.weigh(func(b *block) []float64 {
		if slices.Contains(c.blocks, b) {
			return pi(b)
		}
		return f.values[b]
	})
	return w.Prob(f.down).P
}

// perfect gives the probabilities of a block that never leaves its first
// value.
func (b *block) perfect() []float64 {
	p := make([]float64, len(b.pi))
	p[0] = 1
	return p
}

// halved gives the probabilities of a block whose repair or detection takes half
// as long. The visits to the states of a part stay as frequent, relative to each
// other, and only the stays in those that are meant are halved.
func (f *failure) halved(b *block, how model.Change) []float64 {
	if b.part == model.None {
		d := &f.sys.Deploys[b.deploys]
		detect, rollback := d.Detect.Mean(), d.Rollback.Mean()
		if how == model.HalfDetect {
			detect /= 2
		} else {
			rollback /= 2
		}
		return upTo(d.Rate*(detect+rollback), len(b.pi))
	}
	a := &f.sys.Parts[b.part].Automaton
	pi := longRun(a).pi
	for i, s := range a.States {
		hidden := s.Condition == model.Lost || s.Condition == model.Wrong
		if how == model.HalfRepair && s.Condition == model.Down || how == model.HalfDetect && hidden {
			pi[i] /= 2
		}
	}
	return b.merge(scaled(pi, 1/sum(pi)))
}

// upTo gives the probabilities of so many values of a Poisson variable, all
// larger ones counted with the last.
func upTo(mean float64, values int) []float64 {
	p := make([]float64, values)
	weight := 1.0
	for n := range p {
		p[n] = weight
		weight *= mean / float64(n+1)
	}
	tail, _ := poissonTail(mean, values-1, model.Prob{P: 1}, model.Prob{Q: 1})
	p[values-1] *= tail
	return scaled(p, 1/sum(p))
}
