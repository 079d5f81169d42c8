package analytic

import (
	"fmt"
	"slices"
	"strings"

	"nines/model"
	"nines/model/bdd"
	"nines/model/dist"
)

// A memory is what a walk knows beyond a model.Joint: the phases of the clocks
// that run and whose laws are not exponential. A word holds the phase of one;
// 0 is the first, and stands for clocks that do not run too.
type memory struct {
	walk  *walk
	words int
	parts []int // by local index: the first word of a part, and at the end that of the first group
	group []int // by group: its word
	shock []int // by shock: its word
	known map[any]*stages
}

func newMemory(w *walk) *memory {
	m := &memory{walk: w, known: map[any]*stages{}}
	first := len(w.c.Start())
	place := func(times []timing, words int) int {
		if slices.ContainsFunc(times, func(t timing) bool { return !exponential(t.law) }) {
			m.words += words
			return words
		}
		return 0
	}
	at := first
	for _, p := range w.c.Parts {
		m.parts = append(m.parts, at)
		most := 0
		for _, s := range w.c.System.Parts[p].Automaton.States {
			most = max(most, len(s.Clocks))
		}
		at += place(w.times(p), most)
	}
	m.parts = append(m.parts, at)
	for _, node := range w.c.Groups {
		m.group = append(m.group, at)
		at += place(w.groupTimes(node), 1)
	}
	for _, k := range w.c.Shocks {
		m.shock = append(m.shock, at)
		at += place(shockTimes(&w.c.System.Shocks[k]), 1)
	}
	return m
}

// of are the words of a part.
func (m *memory) of(s model.Joint, part int) model.Joint { return s[m.parts[part]:m.parts[part+1]] }

// word is where the phase of a clock is kept.
func (m *memory) word(clock int) int {
	part, group, shock := m.walk.c.Owner(clock)
	switch {
	case group != model.None:
		return m.group[group]
	case shock != model.None:
		return m.shock[shock] // those of several strikes are exponential
	}
	return m.parts[part] + m.walk.c.Rank(clock)
}

// carry puts back to their first phase the clocks that ran in s and that ring,
// or do not go on in next.
func (m *memory) carry(s, next model.Joint, running []model.Running, rung int) {
	if m.words == 0 {
		return
	}
	for _, r := range running {
		if !exponential(r.Law) && (r.Clock == rung || !m.walk.c.Continues(s, next, r.Clock)) {
			next[m.word(r.Clock)] = 0
		}
	}
}

// stages of a law.
func (m *memory) stages(l dist.Law) *stages {
	var key any = l
	switch l := l.(type) { // those that are not comparable
	case dist.Empirical:
		key = &l.Samples[0]
	case dist.Hyperexponential:
		key = &l.Branches[0]
	}
	if m.known[key] == nil {
		m.known[key] = newStages(l)
	}
	return m.known[key]
}

// matched names the times whose laws are not those of their phases.
func (m *memory) matched() []string {
	var all []string
	for _, t := range m.walk.allTimes() {
		if exponential(t.law) || m.stages(t.law).exact {
			continue
		}
		law := strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", t.law), "dist."))
		if name := fmt.Sprintf("%s %s of %s", law, t.what, t.of); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// phased names the times of the long run of a target for which phases stand.
func (e *evaluation) phased(r *report) []string {
	if len(e.blockOfModule) == 0 {
		return nil
	}
	node := r.Target.Node
	var long []string
	for _, f := range []bdd.Ref{r.up, e.answers[node].ok, e.answers[node].wrong, e.fulls[node]} {
		for _, b := range e.support(f) {
			if b != nil && b.module != nil { // nil: a coin
				long = append(long, b.module.chain.walk.memory.matched()...)
			}
		}
	}
	return long
}

// qualify marks the values of a target that rest on phases.
func (e *evaluation) qualify(r *report) {
	long := e.phased(r)
	first, over := slices.Clone(long), slices.Clone(long)
	for _, b := range r.blocks {
		if c := e.components[b]; r.mended && c != nil { // nil: given up before it was asked
			if first = append(first, c.matched...); !c.exact {
				over = append(over, c.matched...)
			}
		}
	}
	for i := range r.Values {
		v := &r.Values[i]
		names := long
		switch v.Measure {
		case model.MTTF, model.Reliability, model.MTTDL, model.Durability, model.DataLoss:
			names = first
		case model.PointAvailability, model.IntervalAvailability:
			names = over
		}
		if len(names) > 0 {
			v.Method, v.Bounded, v.Low, v.High = model.Approximate, false, 0, 0
			v.Note = "exponential phases stand for " + list(shortened(unique(names)), "and")
		}
	}
}

// unique drops repeated names.
func unique(names []string) []string {
	var all []string
	for _, name := range names {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
