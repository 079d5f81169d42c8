package analytic

import (
	"cmp"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A step is a move between values of a block for one reason.
type step struct {
	move
	cause cause
}

// steps lists the moves of a block by what makes it move. The recovery from a
// failure counts for the mode that it ends.
func (f *failure) steps(b *block) []step {
	c := cause{model.None, model.None, model.None}
	var list []step
	switch {
	case b.module != nil:
		return b.module.steps()
	case b.part == model.None || len(f.sys.Parts[b.part].Modes) < 2:
		for _, m := range b.moves {
			list = append(list, step{m, c})
		}
		return list
	}
	a := &f.sys.Parts[b.part].Automaton
	for _, m := range longRun(a).moves {
		c.mode = a.States[m.to].Mode
		if m.to == 0 {
			c.mode = a.States[m.from].Mode
		}
		if from, to := b.states[m.from], b.states[m.to]; from != to {
			list = append(list, step{move{from, to, m.rate}, c})
		}
	}
	return list
}

// steps of a module, by one more walk through its states.
func (m *module) steps() []step {
	rates := map[step]float64{}
	w := m.chain.walk
	for i, from := range m.values {
		s := m.chain.state(i)
		running := m.coupled.Running(s, nil)
		for _, clock := range running {
			var c cause
			c.part, c.mode, c.group = m.coupled.Cause(s, clock.Clock)
			w.pass(s, running, clock, func(t model.Joint, rate float64) {
				w.sort(t)
				if to := m.known[m.seen(t)]; to != from {
					rates[step{move{from: from, to: to}, c}] += m.steady[i] * rate
				}
			})
		}
	}
	var list []step
	for s, rate := range rates {
		s.rate = rate
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b step) int {
		return cmp.Or(a.from-b.from, a.to-b.to, a.cause.part-b.cause.part, a.cause.mode-b.cause.mode, a.cause.group-b.cause.group)
	})
	return list
}

// A start is how often per second a block takes the target down: how often it
// moves times the probability that the target is up before and down after.
type start struct {
	all float64
	by  map[cause]float64 // the moves of a part of a module count for it and for its mode
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
		index[b], steps[i] = i, f.steps(b)
		list[i].by = map[cause]float64{}
	}
	w := f.weights
	w.Entries(f.up, func(x bdd.Entry) {
		b := f.blockOf[x.Group]
		i := index[b]
		left := f.cases(x.Func, b, nil)
		for _, s := range steps[i] {
			list[i].add(s.cause, x.Reach*s.rate*w.Diff(left[s.from], left[s.to]))
		}
	})
	for i, b := range f.blocks {
		if b.module != nil {
			b.module.levelStart(list[i])
		}
	}
	return list
}

func (s *start) add(c cause, rate float64) {
	s.all += rate
	s.by[c] += rate
	if c.part != model.None && c.mode != model.None {
		c.mode = model.None
		s.by[c] += rate
	}
}

// levelStart gives parts that were lumped the mean of their rates.
func (m *module) levelStart(s start) {
	modes := 0
	for _, part := range m.coupled.Parts {
		modes = max(modes, len(m.coupled.System.Parts[part].Modes))
	}
	rates := make([]float64, len(m.coupled.Parts))
	for mode := model.None; mode < modes; mode++ {
		for i := range rates {
			rates[i] = s.by[cause{i, mode, model.None}]
		}
		for i, rate := range m.level(rates) {
			s.by[cause{i, mode, model.None}] = rate
		}
	}
}
