package analytic

import (
	"cmp"
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A start is how often per second a block takes the target down: how often it
// moves times the probability that the target is up before and down after.
type start struct {
	all   float64
	modes []float64 // of each failure mode of a part; a recovery counts for the mode it ends
}

// starts says it of each block of the report, nil where one has no dynamics and
// where all happens once. One pass over the diagram, as rate.
func (f *failure) starts() []start {
	if f.once || f.static(f.report) != nil {
		return nil
	}
	list := make([]start, len(f.blocks))
	index := map[*block]int{}
	steps := make([][]step, len(f.blocks))
	for i, b := range f.blocks {
		index[b] = i
		steps[i] = f.steps(b)
		if b.part != model.None {
			list[i].modes = make([]float64, len(f.sys.Parts[b.part].Modes))
		}
	}
	w := f.weights
	w.Entries(f.up, func(x bdd.Entry) {
		b := f.blockOf[x.Group]
		i := index[b]
		left := f.cases(x.Func, b, nil)
		for _, s := range steps[i] {
			rate := x.Reach * s.rate * w.Diff(left[s.from], left[s.to])
			list[i].all += rate
			if s.mode >= 0 && s.mode < len(list[i].modes) {
				list[i].modes[s.mode] += rate
			}
		}
	})
	return list
}

// A step is a move between values of a block for one reason.
type step struct {
	move
	mode int
}

// steps lists the moves of a block by failure mode.
func (f *failure) steps(b *block) []step {
	var list []step
	if b.part == model.None || len(f.sys.Parts[b.part].Modes) < 2 {
		for _, m := range b.moves {
			list = append(list, step{m, 0})
		}
		return list
	}
	a := &f.sys.Parts[b.part].Automaton
	for _, m := range longRun(a).moves {
		mode := a.States[m.to].Mode
		if m.to == 0 {
			mode = a.States[m.from].Mode
		}
		if from, to := b.states[m.from], b.states[m.to]; from != to {
			list = append(list, step{move{from, to, m.rate}, mode})
		}
	}
	return list
}

// importance of every part and failure mode, in one pass over the diagram for
// the probabilities and one for the passages.
func (f *failure) importance(starts []start) []model.Importance {
	if f.total == 0 {
		return nil
	}
	given, slopes := f.given, f.slopes
	rate := 0.0
	for _, s := range starts {
		rate += s.all
	}
	lists := make([][]model.Importance, len(f.blocks))
	for i, b := range f.blocks {
		r := ranking{f, b, given[b.first], slopes[b.first]}
		lists[i] = append([]model.Importance{r.whole()}, r.details()...)
		if rate > 0 {
			shareOut(lists[i], starts[i], rate)
		}
	}
	slices.SortStableFunc(lists, func(x, y []model.Importance) int {
		return cmp.Or(cmp.Compare(y[0].Criticality, x[0].Criticality), cmp.Compare(y[0].Birnbaum, x[0].Birnbaum))
	})
	return slices.Concat(lists...)
}

// shareOut sets the shares of the outages that begin with a block, and with
// each of its modes.
func shareOut(list []model.Importance, begins start, rate float64) {
	list[0].Outages = begins.all / rate
	for i := range list[1:] {
		if list[i+1].Mode {
			list[i+1].Outages = begins.modes[i] / rate
		}
	}
}

// A ranking finds the importance of events of one block.
type ranking struct {
	*failure
	b            *block
	given, slope []float64 // P(down) under each value, and its rise over the first
}

// whole is the importance of all values but the first.
func (r *ranking) whole() model.Importance {
	in := slices.Clone(r.values[r.b])
	in[0] = 0
	return r.measure(r.subject(r.b), in)
}

// details are the importance of each of several failure modes of a part, and
// of each part of a module.
func (r *ranking) details() []model.Importance {
	var list []model.Importance
	switch {
	case r.b.module != nil:
		for i, in := range r.b.module.failed() {
			list = append(list, r.measure(r.partEvent(r.b.module.coupled.Parts[i]), in))
		}
	case r.b.part != model.None && len(r.sys.Parts[r.b.part].Modes) > 1 && !r.once:
		for i, in := range r.modes(r.b) {
			mode := &r.sys.Parts[r.b.part].Modes[i]
			e := r.subject(r.b)
			e.How, e.Pos = mode.Kind.String(), mode.Pos
			m := r.measure(e, in)
			m.Mode = true
			list = append(list, m)
		}
	}
	return list
}

// failed gives for each part of a module the probability that it is not as
// new, by value of the module.
func (m *module) failed() [][]float64 {
	parts := len(m.coupled.Parts)
	byValue := make([][]float64, len(m.visible))
	for v := range byValue {
		byValue[v] = make([]float64, parts)
	}
	for i, v := range m.values {
		for part, state := range m.chain.state(i)[:parts] {
			if state != 0 {
				byValue[v][part] += m.steady[i]
			}
		}
	}
	list := make([][]float64, parts)
	for i := range list {
		list[i] = make([]float64, len(byValue))
	}
	for v := range byValue {
		for i, p := range m.level(byValue[v]) {
			list[i][v] = p
		}
	}
	return list
}

// modes gives for each failure mode of a part the probability that it is under
// way, by the values that the part is seen with.
func (f *failure) modes(b *block) [][]float64 {
	p := &f.sys.Parts[b.part]
	lists := make([][]float64, len(p.Modes))
	for i := range lists {
		lists[i] = make([]float64, len(b.pi))
	}
	for i, pi := range longRun(&p.Automaton).pi {
		if mode := p.Automaton.States[i].Mode; mode != model.None {
			lists[mode][b.states[i]] += pi
		}
	}
	return lists
}

// measure gives the importance of an event that holds together with each value
// of the block with the probabilities in.
func (r *ranking) measure(e model.Event, in []float64) model.Importance {
	var with, without, rise, fall, rest float64
	for v, p := range in {
		out := max(r.values[r.b][v]-p, 0)
		e.Probability += p
		rest += out
		with += p * r.given[v]
		without += out * r.given[v]
		rise += p * r.slope[v]
		fall += out * r.slope[v]
	}
	m := model.Importance{Event: e, RAW: 1, RRW: 1, Outages: math.NaN()}
	if e.Probability > 0 && rest > 0 {
		m.Birnbaum = rise/e.Probability - fall/rest
		m.RAW, m.RRW = with/e.Probability/r.total, r.total/(without/rest)
	}
	m.Criticality = e.Probability * m.Birnbaum / r.total
	m.FussellVesely, m.DIF = m.Criticality, with/r.total
	return m
}
