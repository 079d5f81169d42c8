package analytic

import (
	"fmt"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A failure is how a target goes down, seen as events. An event is that a
// block has one of the values that the target does not tell apart: for most
// parts that it is not as new, in whatever way. Values of which the target
// sees no difference to the first are no events.
//
// Probabilities are those of the long run. Where nothing that the target
// depends on is ever repaired they are those at the end of the mission.
type failure struct {
	*evaluation
	*report
	down     bdd.Ref
	once     bool
	weights  *bdd.Weights
	values   map[*block][]float64 // probabilities
	total    float64              // P(down)
	rough    float64              // the same, following fewer failures at once; 0: not known yet
	given    [][]float64          // P(down) under each value of a block, by its first variable
	slopes   [][]float64          // its rises over the first value
	choices  []bdd.Choice         // of each block of the report, from top to bottom
	events   []model.Event
	places   []place   // of each event
	skeleton *skeleton // where parts interact in time
}

// A place says which block an event is about, and which of its values.
type place struct {
	block  *block
	values []int
}

// outlook gives the probabilities of a target's failure.
func (e *evaluation) outlook(r *report) *failure {
	f := &failure{evaluation: e, report: r, down: r.up.Not(), once: e.onlyOnce(r), values: map[*block][]float64{}}
	for _, b := range e.blocks {
		f.values[b] = b.pi
		if f.once && slices.Contains(r.blocks, b) {
			f.values[b] = e.atTime(b, e.at)
		}
	}
	f.weights = e.weigh(func(b *block) []float64 { return f.values[b] })
	f.total = f.weights.Prob(f.down).P
	return f
}

func (e *evaluation) failure(r *report) *failure {
	f := e.outlook(r)
	f.given, f.slopes = f.weights.Given(f.down)
	f.classify()
	return f
}

// classify finds the events.
func (f *failure) classify() {
	alike := f.m.Alike(f.down)
	for _, b := range f.report.blocks {
		c := bdd.Choice{Group: b.first, Values: []int{0}}
		for _, values := range classes(alike[b.first]) {
			c.Values = append(c.Values, values[0])
			f.events = append(f.events, f.event(b, values))
			f.places = append(f.places, place{b, values})
		}
		f.choices = append(f.choices, c)
	}
}

// onlyOnce says whether nothing that a target depends on is ever repaired.
func (e *evaluation) onlyOnce(r *report) bool {
	return len(r.blocks) > 0 && !slices.ContainsFunc(r.blocks, func(b *block) bool {
		return b.part == model.None || e.sys.Parts[b.part].Static != nil || e.repaired(b)
	})
}

// classes lists the values that are alike, without those that are like 0.
func classes(first []int) [][]int {
	var lists [][]int
	for v, as := range first {
		switch {
		case as == 0:
		case as == v:
			lists = append(lists, []int{v})
		default:
			i := slices.IndexFunc(lists, func(list []int) bool { return list[0] == as })
			lists[i] = append(lists[i], v)
		}
	}
	return lists
}

// event describes that a block has one of some values.
func (f *failure) event(b *block, values []int) model.Event {
	e := f.subject(b)
	for _, v := range values {
		e.Probability += f.values[b][v]
	}
	if len(values) < len(b.pi)-1 {
		e.How = b.how(values)
	}
	return e
}

// subject is what a block stands for.
func (e *evaluation) subject(b *block) model.Event {
	switch {
	case b.module != nil:
		return model.Event{Name: b.module.name(), Cause: "module", Pos: b.module.pos()}
	case b.part != model.None:
		return e.partEvent(b.part)
	}
	c := e.cost(b, model.Target{})
	return model.Event{Name: c.Name, Cause: c.Cause, Pos: c.Pos}
}

func (f *failure) subject(b *block) model.Event {
	s := f.evaluation.subject(b)
	switch {
	case f.skeleton == nil:
	case f.skeleton.takeovers[b.part] != nil:
		s.Cause = "takeover"
	case f.skeleton.shocks[b.part] != nil:
		s.Cause = f.skeleton.shocks[b.part].Kind()
	}
	return s
}

func (e *evaluation) partEvent(part int) model.Event {
	c := e.partCost(part, model.Target{})
	return model.Event{Name: c.Name, Title: e.sys.Parts[part].Title, Cause: c.Cause, Pos: c.Pos}
}

func (e *evaluation) shockEvent(shock int) model.Event {
	s := &e.sys.Shocks[shock]
	return model.Event{Name: s.Name, Cause: s.Kind(), Pos: s.Pos}
}

// pos is where the first thing stands that makes the parts interact.
func (m *module) pos() model.Pos {
	sys := m.coupled.System
	switch {
	case len(m.coupled.Groups) > 0:
		return sys.Nodes[m.coupled.Groups[0]].Pos
	case len(m.coupled.Crews) > 0:
		return sys.Crews[m.coupled.Crews[0]].Pos
	}
	return sys.Shocks[m.coupled.Shocks[0]].Pos
}

// how names some of the values of a block.
func (b *block) how(values []int) string {
	if b.deploys != model.None {
		return howMany(values, len(b.pi)-1)
	}
	var words []string
	for _, v := range values {
		if b.module != nil {
			words = append(words, b.module.describe(v))
		} else {
			words = append(words, b.conditions[v].String())
		}
	}
	return list(shortened(words), "or")
}

// howMany names numbers of bad deploys; last stands for all from it on.
func howMany(values []int, last int) string {
	from, to := values[0], values[len(values)-1]
	switch {
	case to == last:
		return fmt.Sprintf("(%d or more live)", from)
	case from == to:
		return fmt.Sprintf("(%d live)", from)
	}
	return fmt.Sprintf("(%d to %d live)", from, to)
}

// describe says what of a module is not as it was at the start.
func (m *module) describe(value int) string {
	s := m.visible[value]
	var words []string
	for _, g := range m.groups {
		if o := m.coupled.Outcome(s, g); o != model.OK {
			words = append(words, m.coupled.System.Nodes[m.coupled.Groups[g]].Name+" "+o.String())
		}
	}
	for k, i := range m.parts {
		if c := m.sights[k].of(m.coupled.Seen(s, i)); c != model.Up {
			words = append(words, m.coupled.System.Parts[m.coupled.Parts[i]].Name+" "+c.String())
		}
	}
	return "(" + list(words, "and") + ")"
}

// probabilities of the events.
func (f *failure) probabilities() []float64 {
	w := make([]float64, len(f.events))
	for i, e := range f.events {
		w[i] = e.Probability
	}
	return w
}

// plain says whether no block has two events, so that all of them are
// independent.
func (f *failure) plain() bool {
	return !slices.ContainsFunc(f.choices, func(c bdd.Choice) bool { return len(c.Values) > 2 })
}
