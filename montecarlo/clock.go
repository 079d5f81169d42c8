package montecarlo

import (
	"math"

	"nines/model"
	"nines/model/dist"
)

// lawKind tells the laws that the event loop knows by heart from the rest.
type lawKind uint8

const (
	exponentialLaw lawKind = iota
	fixedLaw
	otherLaw
)

// A clock is one way out of a state.
type clock struct {
	kind lawKind
	time float64 // s: the mean of an exponential law, the time of a fixed one
	law  dist.Law
	to   int32 // state, an index of program.states

	table *table // of the law, or nil
}

func newClock(law dist.Law, to int32) clock {
	switch l := law.(type) {
	case dist.Exponential:
		return clock{kind: exponentialLaw, time: l.MeanTime, law: law, to: to}
	case dist.Fixed:
		return clock{kind: fixedLaw, time: l.Time, law: law, to: to}
	}
	return clock{kind: otherLaw, law: law, to: to}
}

// draw is a time from as-new to the ring.
func (c *clock) draw(s *stream) float64 {
	switch c.kind {
	case exponentialLaw:
		return c.time * s.ExpFloat64()
	case fixedLaw:
		return c.time
	}
	if c.table != nil {
		return c.table.draw(s)
	}
	return c.law.Sample(s.Rand)
}

// drawAged is the rest of the time to the ring for a clock that has run for
// the time age and has not rung.
func (c *clock) drawAged(age float64, s *stream) float64 {
	switch c.kind {
	case exponentialLaw:
		return c.time * s.ExpFloat64()
	case fixedLaw:
		return max(0, c.time-age)
	}
	return max(0, c.law.SurvivalQuantile(s.positive()*c.law.Survival(age))-age)
}

// A state of a part, with its place among those of all parts.
type state struct {
	condition model.Condition
	clocks    []clock
}

// draw gives how long a state lasts from its start and where it leads; the
// clock that is earlier in the list wins a tie. It lasts for ever without
// clocks.
func (st *state) draw(s *stream) (float64, int32) {
	if len(st.clocks) == 1 {
		return st.clocks[0].draw(s), st.clocks[0].to
	}
	first, to := math.Inf(1), int32(model.None)
	for i := range st.clocks {
		if t := st.clocks[i].draw(s); t < first {
			first, to = t, st.clocks[i].to
		}
	}
	return first, to
}

// drawAged is draw for a state that has lasted for the time age.
func (st *state) drawAged(age float64, s *stream) (float64, int32) {
	first, to := math.Inf(1), int32(model.None)
	for i := range st.clocks {
		if t := st.clocks[i].drawAged(age, s); t < first {
			first, to = t, st.clocks[i].to
		}
	}
	return first, to
}

func (st *state) exponential() bool {
	for i := range st.clocks {
		if st.clocks[i].kind != exponentialLaw {
			return false
		}
	}
	return true
}

// laws lists the laws of the clocks.
func (st *state) laws() []dist.Law {
	all := make([]dist.Law, len(st.clocks))
	for i := range st.clocks {
		all[i] = st.clocks[i].law
	}
	return all
}
