package analytic

import (
	"fmt"

	"nines/model"
	"nines/model/markov"
)

// A component is the Markov chain of a block by itself. Components are
// independent of each other.
type component struct {
	*markov.Chain
	values  []int    // of the block, by state
	matched []string // times that are not exponential, for which phases stand
	levels  []int    // how many parts are not as new, or bad deploys live, by state

	lone    bool           // of a part
	phased  bool           // some times are not exponential
	renewal *renewal       // of a part with such times, if there is one
	exact   bool           // over time, whatever the laws
	stream  *model.Deploys // of a stream of deploys
	live    []live         // of its states
}

// componentOf gives the chain of a block, nil if it has none: its laws are not
// exponential, or it has no dynamics.
func (e *evaluation) componentOf(b *block) (*component, error) {
	c, known := e.components[b]
	if known {
		return c, nil
	}
	c, err := e.newComponent(b)
	if err != nil {
		return nil, err
	}
	e.components[b] = c
	return c, nil
}

func (e *evaluation) newComponent(b *block) (*component, error) {
	switch {
	case b.module != nil:
		return b.module.component(), nil
	case b.deploys != model.None:
		return e.streamComponent(b)
	}
	p := &e.sys.Parts[b.part]
	if p.Static != nil {
		return e.constant(b)
	}
	kind := fmt.Sprintf("%v %#v", b.conditions, p.Automaton)
	if c, ok := e.alike[kind]; ok {
		return c, nil
	}
	j, err := newJoint(model.Alone(e.sys, b.part), nil, markov.Options{Context: e.ctx})
	if err != nil {
		return nil, err
	}
	c := &component{Chain: j.Chain, lone: true, phased: j.walk.memory.words > 0, matched: j.walk.memory.matched()}
	for i := range j.States {
		s := j.state(i)
		c.values = append(c.values, b.states[s[0]])
		c.levels = append(c.levels, min(int(s[0]), 1))
	}
	e.alike[kind] = c
	return c, nil
}

// constant is the component of a part that is always up, or never.
func (e *evaluation) constant(b *block) (*component, error) {
	s, err := markov.Explore(0, func(int, func(int, float64)) {}, markov.Options{})
	if err != nil {
		return nil, err
	}
	value := 0
	if b.pi[0] == 0 {
		value = 1
	}
	return &component{Chain: s.Chain, values: []int{value}, levels: []int{0}}, nil
}

// component is the chain by which the module was solved.
func (m *module) component() *component {
	c := &component{Chain: m.chain.Chain, values: m.values, phased: m.chain.walk.memory.words > 0, matched: m.chain.walk.memory.matched()}
	for i := range m.values {
		level := 0
		for _, state := range m.chain.state(i)[:len(m.coupled.Parts)] {
			if state != 0 {
				level++
			}
		}
		c.levels = append(c.levels, level)
	}
	if i := m.chain.beyond(); i != model.None {
		c.levels[i] = m.chain.walk.most + 1
	}
	return c
}

// live is how many bad deploys are live, not detected yet and detected.
type live struct{ undetected, detected int }

// streamComponent lets bad deploys pass through detection and rollback, each by
// itself. As many are live at most that more have less than 1e-17 of the
// probability of the last value that the block tells apart.
func (e *evaluation) streamComponent(b *block) (*component, error) {
	d, last := &e.sys.Deploys[b.deploys], len(b.pi)-1
	most := mostAtOnce(d.MeanLive(), last)
	if !exponential(d.Detect) || !exponential(d.Rollback) || d.MeanLive() > mostMean {
		return nil, nil
	}
	detect, rollback := d.Detect.Mean(), d.Rollback.Mean()
	detected := func(n live) live { // what one deploy more is from the start, and after its detection
		if rollback > 0 {
			n.detected++
		}
		return n
	}
	s, err := markov.Explore(live{}, func(n live, emit func(live, float64)) {
		switch {
		case n.undetected+n.detected == most:
		case detect > 0:
			emit(live{n.undetected + 1, n.detected}, d.Rate)
		default:
			emit(detected(n), d.Rate)
		}
		if n.undetected > 0 {
			emit(detected(live{n.undetected - 1, n.detected}), float64(n.undetected)/detect)
		}
		if n.detected > 0 {
			emit(live{n.undetected, n.detected - 1}, float64(n.detected)/rollback)
		}
	}, markov.Options{Context: e.ctx})
	if err != nil {
		return nil, err
	}
	c := &component{Chain: s.Chain, stream: d, live: s.States}
	for _, n := range s.States {
		c.values = append(c.values, min(n.undetected+n.detected, last))
		c.levels = append(c.levels, n.undetected+n.detected)
	}
	return c, nil
}

// mostAtOnce is a number that a Poisson variable of that mean reaches with less
// than 1e-17 of the probability of last, or mostLive.
func mostAtOnce(mean float64, last int) int {
	n := last
	for weight := 1.0; weight > 1e-17 && n < mostLive; n++ {
		weight *= mean / float64(n+1)
	}
	return n
}
