package model

import "nines/model/dist"

// Condition is what is visible of a part, to its users and to those who
// repair it.
type Condition uint8

const (
	Up    Condition = iota
	Stale           // restarted, answers, its state is out of date
	Lost            // failed, not noticed
	Wrong           // answers wrongly, not noticed
	Down            // failed, noticed
)

var conditionNames = [...]string{"up", "stale", "lost", "wrong", "down"}

func (c Condition) String() string { return conditionNames[c] }

// Answers says whether a part in this condition answers, right or wrong.
func (c Condition) Answers() bool { return c != Lost && c != Down }

// Outcome of a request that meets a part in this condition.
func (c Condition) Outcome() Outcome {
	switch c {
	case Up, Stale:
		return OK
	case Wrong:
		return WrongAnswer
	}
	return NoAnswer
}

// An Automaton is the behaviour of a part: a semi-Markov process that starts
// in state 0, as new. All clocks of a state start when it is entered and the
// first that rings decides where to go, the earlier in the list on a tie.
// Clocks lead to a later state or back to state 0.
type Automaton struct {
	States []State
}

// A State of an Automaton. Without clocks it is never left.
type State struct {
	Condition Condition
	Mode      int // the failure mode that led here, None in state 0
	Clocks    []Clock
}

// A Clock runs while its state lasts.
type Clock struct {
	Law dist.Law
	To  int
}

// NewAutomaton unrolls failure modes into states: up, then for each mode what
// follows its failure: unnoticed (lost or wrong), down, stale.
func NewAutomaton(modes []Mode) Automaton {
	a := Automaton{States: []State{{Condition: Up, Mode: None}}}
	for i := range modes {
		first := len(a.States)
		a.States[0].Clocks = append(a.States[0].Clocks, Clock{modes[i].Every, first})
		a.States = append(a.States, failure(&modes[i], i, first)...)
	}
	return a
}

// failure lists the states from the failure of mode m to the recovery, the
// first of which has the index first.
func failure(m *Mode, index, first int) []State {
	var states []State
	next := func(c Condition, law dist.Law) {
		s := State{Condition: c, Mode: index}
		if law != nil {
			s.Clocks = []Clock{{law, first + len(states) + 1}}
		}
		states = append(states, s)
	}
	switch m.Kind {
	case FailSilent:
		next(Lost, m.Detect)
	case FailByzantine:
		next(Wrong, m.Detect)
	}
	next(Down, m.Repair)
	if m.Repair == nil {
		return states
	}
	if m.Resync != nil {
		next(Stale, m.Resync)
	}
	states[len(states)-1].Clocks[0].To = 0
	return states
}

// StaticAutomaton has the two states of a part without dynamics.
func StaticAutomaton() Automaton {
	return Automaton{States: []State{{Condition: Up, Mode: None}, {Condition: Down, Mode: None}}}
}

// Repairable says whether every state can be left, so that the part is up
// again and again.
func (a *Automaton) Repairable() bool {
	for i := range a.States {
		if len(a.States[i].Clocks) == 0 && len(a.States) > 1 {
			return false
		}
	}
	return true
}

// Effective gives the condition of each part as its users see it: while its
// domain is down or lost, so is what is inside, domains within domains too; and
// while one of its causes is down, so is the part. The domain's word goes first,
// the part's own last. dst is reused.
func (s *System) Effective(own, dst []Condition) []Condition {
	dst = append(dst[:0], own...)
	for i := range s.Parts {
		dst[i] = s.effective(own, i)
	}
	return dst
}

func (s *System) effective(own []Condition, part int) Condition {
	if place := s.Parts[part].Place; place != None {
		if c := s.effective(own, place); c == Down || c == Lost {
			return c
		}
	}
	for _, cause := range s.Parts[part].Causes {
		if s.effective(own, cause) == Down {
			return Down
		}
	}
	return own[part]
}
