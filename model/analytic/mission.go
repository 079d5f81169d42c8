package analytic

import (
	"fmt"
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
	"nines/model/dist"
)

// mission adds the measures of a system that starts as new, where nothing
// that the target depends on is ever repaired: then the state of each part at
// a time follows from its failure laws alone.
func (e *evaluation) mission(r *report, opts Options) {
	switch {
	case !e.moves(r, fromAsNew[:]):
		return
	case slices.ContainsFunc(r.blocks, e.repaired):
		if !opts.LongRun {
			e.mended(r, opts)
		}
		return
	}
	chance := e.chanceAt(r)
	point := func(t float64) float64 { return chance(t).P }
	breaks := e.breaks(r.blocks)
	if e.onlyFails(r.up) {
		e.lifetime(r, point, breaks)
	} else {
		r.lacks(comesBack, model.MTTF, model.Reliability)
	}
	r.addAt(model.PointAvailability, e.at, point(e.at))
	share, err := dist.Integrate(point, 0, e.at, breaks)
	r.addIntegral(model.IntervalAvailability, e.at, share/e.at, err/e.at)
}

// mended adds the measures of a system that starts as new and is repaired.
func (e *evaluation) mended(r *report, opts Options) {
	for _, b := range r.blocks {
		if c, err := e.componentOf(b); c == nil || err != nil {
			r.lacks(otherLaws, fromAsNew[:]...)
			r.lackOf(otherLaws).subject = e.subject(b).Name
			return
		}
	}
	r.mended = true
	if opts.wants(model.MTTF, model.Reliability) {
		e.firstOutage(r)
	}
}

// chanceAt gives P(up) as a function of time. Parts that behave alike are worked
// out once for each time.
func (e *evaluation) chanceAt(r *report) func(t float64) bdd.Prob {
	first, like := map[string]*block{}, map[*block]*block{}
	for _, b := range r.blocks {
		kind := fmt.Sprintf("%v %#v", b.conditions, e.sys.Parts[b.part].Automaton)
		if first[kind] == nil {
			first[kind] = b
		}
		like[b] = first[kind]
	}
	return func(t float64) bdd.Prob {
		if e.ctx.Err() != nil {
			return bdd.Prob{Q: 1}
		}
		known := map[*block][]float64{}
		w := e.weigh(func(b *block) []float64 {
			kind := like[b]
			switch {
			case kind == nil:
				return b.pi
			case known[kind] == nil:
				known[kind] = e.atTime(kind, t)
			}
			return known[kind]
		})
		return w.Prob(r.up)
	}
}

// lifetime adds the measures of the first outage, which is the only one: being
// up at t is having been up all the time.
func (e *evaluation) lifetime(r *report, reliability func(float64) float64, breaks []float64) {
	r.addAt(model.Reliability, e.at, reliability(e.at))
	if e.weights.Prob(r.up).P > 0 {
		r.lacks(neverEnds, model.MTTF)
		return
	}
	mean, err := dist.Integrate(reliability, 0, math.Inf(1), breaks)
	r.addIntegral(model.MTTF, 0, mean, err)
}

func (r *report) addAt(m model.Measure, at, value float64) {
	r.add(m, value)
	r.Values[len(r.Values)-1].At = at
}

// addIntegral adds what quadrature found; where it did not converge it says so.
func (r *report) addIntegral(m model.Measure, at, value, err float64) {
	r.addAt(m, at, value)
	if err <= 1e-9*value {
		return
	}
	v := &r.Values[len(r.Values)-1]
	v.Method, v.Note = model.Approximate, "the quadrature did not converge"
	v.Bounded, v.Low, v.High = true, value-err, value+err
}

// moves says whether all parts that the target depends on have dynamics, without
// which there are no such measures.
func (e *evaluation) moves(r *report, measures []model.Measure) bool {
	p := e.static(r)
	if p == nil {
		return true
	}
	r.lacks(noDynamics, measures...)
	r.lackOf(noDynamics).subject = p.Name
	return false
}

// static finds a part that the target depends on and that has no dynamics.
func (e *evaluation) static(r *report) *model.Part {
	for _, b := range r.blocks {
		if b.part != model.None && e.sys.Parts[b.part].Static != nil && b.pi[0] > 0 && b.pi[1] > 0 {
			return &e.sys.Parts[b.part]
		}
	}
	return nil
}

// repaired says whether a block can come back to its first value for good
// reason: by a repair, or by a rollback.
func (e *evaluation) repaired(b *block) bool {
	if b.part == model.None {
		return true
	}
	for _, s := range e.sys.Parts[b.part].Automaton.States {
		for _, c := range s.Clocks {
			if c.To == 0 {
				return true
			}
		}
	}
	return false
}

// onlyFails says whether every move of a block that is never repaired leaves f
// as it is or takes it from true to false, whatever the others do.
func (e *evaluation) onlyFails(f bdd.Ref) bool {
	back := map[*block][]move{}
	for _, b := range e.support(f) {
		for i, s := range e.sys.Parts[b.part].Automaton.States {
			for _, c := range s.Clocks {
				back[b] = append(back[b], move{from: b.states[c.To], to: b.states[i]})
			}
		}
	}
	return e.preserved(f, back, map[bdd.Ref]bool{})
}

// preserved says whether f, where it holds, still holds after any of some moves
// of blocks, whatever the others do.
func (e *evaluation) preserved(f bdd.Ref, moves map[*block][]move, seen map[bdd.Ref]bool) bool {
	top := e.m.Top(f)
	if top < 0 || seen[f] {
		return true
	}
	seen[f] = true
	b := e.blockOf[top]
	given := e.cases(f, b, nil)
	e.m.Protect(given...)
	defer e.m.Release(given...)
	for _, m := range moves[b] {
		if e.m.Implies(given[m.from], given[m.to]) != bdd.True {
			return false
		}
	}
	for _, rest := range given {
		if !e.preserved(rest, moves, seen) {
			return false
		}
	}
	return true
}

// breaks are times at which the integrals over time should look closely.
func (e *evaluation) breaks(blocks []*block) []float64 {
	var all []float64
	for _, b := range blocks {
		for _, s := range e.sys.Parts[b.part].Automaton.States {
			for _, c := range s.Clocks {
				all = append(all, dist.Breaks(c.Law)...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// atTime gives the probability of each value of a part's block at time t, if
// nothing is repaired: a failure comes first of all by t, and was then noticed
// by t or not.
func (e *evaluation) atTime(b *block, t float64) []float64 {
	if e.sys.Parts[b.part].Static != nil {
		return b.pi
	}
	states := e.sys.Parts[b.part].Automaton.States
	p := make([]float64, len(b.pi))
	if len(states[0].Clocks) == 0 {
		p[0] = 1
		return p
	}
	none, first := dist.RaceAt(laws(states[0].Clocks), t)
	p[0] = none
	for j, c := range states[0].Clocks {
		failed := b.states[c.To]
		next := states[c.To].Clocks
		if len(next) == 0 || b.states[next[0].To] == failed {
			p[failed] += first[j]
			continue
		}
		detect := next[0].Law
		p[failed] += since(states[0].Clocks, j, t, detect, detect.Survival)
		p[b.states[next[0].To]] += since(states[0].Clocks, j, t, detect, detect.CDF)
	}
	return p
}

// since is the mean of f over the time that has passed at t since clock j rang
// first of all, counted as 0 where that is not by t; f is a function of law.
// Each end of the range is integrated from the end on, so that what happens
// within a tiny part of t there is resolved.
func since(clocks []model.Clock, j int, t float64, law dist.Law, f func(float64) float64) float64 {
	race := laws(clocks)
	switch race[j].(type) {
	case dist.Fixed, dist.Empirical:
		return sinceAtom(race, j, t, f)
	}
	var early []float64
	for _, l := range race {
		early = append(early, dist.Breaks(l)...)
	}
	late := dist.Breaks(law)
	begin, _ := dist.Integrate(func(s float64) float64 { return ring(race, j, s) * f(t-s) }, 0, t/2, mirrored(early, late, t))
	end, _ := dist.Integrate(func(u float64) float64 { return ring(race, j, t-u) * f(u) }, 0, t/2, mirrored(late, early, t))
	return begin + end
}

// ring is the density of clock j ringing first of all at time s.
func ring(race []dist.Law, j int, s float64) float64 {
	p := race[j].Density(s)
	for i, l := range race {
		if i != j {
			p *= l.Survival(s)
		}
	}
	return p
}

// mirrored adds to breaks those that are counted backwards from t.
func mirrored(breaks, backwards []float64, t float64) []float64 {
	all := slices.Clone(breaks)
	for _, u := range backwards {
		all = append(all, t-u)
	}
	return all
}

// sinceAtom is since for a clock that rings at certain times only.
func sinceAtom(race []dist.Law, j int, t float64, f func(float64) float64) float64 {
	times := dist.Breaks(race[j])
	slices.Sort(times)
	total, before := 0.0, 0.0
	for _, at := range slices.Compact(times) {
		if at > t {
			break
		}
		_, by := dist.RaceAt(race, at)
		total += (by[j] - before) * f(t-at)
		before = by[j]
	}
	return total
}
