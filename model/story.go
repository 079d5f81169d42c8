package model

import "fmt"

// A Story is what happened in one run from as-new, in order of time.
type Story struct {
	Run        int     // its number, from 0
	Runs       int     // among so many, of which it is the worst; 1: it is just one
	Length     float64 // s
	Happenings []Happening
	Sums       []StorySum // of the targets
}

// A Happening is something that one thing does.
type Happening struct {
	Time     float64 // s
	Name     string  // of the thing
	Kind     string  // of the thing, as of a Cause
	What     string  // what it does: "stops", "is repaired"
	Incident bool    // it has to do with an outage of a target
	Down     []string
	Up       []Return
}

// A Return is the end of an outage of a target.
type Return struct {
	Target string
	After  float64 // s
}

// A StorySum is what a run was for a target.
type StorySum struct {
	Target   Target
	Outages  int
	Downtime float64 // s
}

// Tell says in words what a part does as its automaton goes from one state to
// another.
func (p *Part) Tell(from, to int) string {
	s := &p.Automaton.States[to]
	if to == 0 {
		before := &p.Automaton.States[from]
		switch {
		case before.Condition == Stale:
			return "is in step again"
		case p.Modes[before.Mode].Kind == FailRestart:
			return "is back by itself"
		}
		return "is repaired"
	}
	text := map[Condition]string{Lost: "fails unnoticed", Wrong: "answers wrongly, unnoticed", Stale: "is back, out of step"}[s.Condition]
	switch {
	case s.Condition == Down && from > 0:
		text = "is noticed to have failed"
	case s.Condition == Down && p.Modes[s.Mode].Kind == FailRestart:
		text = "crashes"
	case s.Condition == Down:
		text = "stops"
	}
	if len(s.Clocks) == 0 {
		text += " for good"
	}
	return text
}

// Tell says in words what group g does as the state goes from old to s, "" if
// it does nothing.
func (c *Coupled) Tell(old, s Joint, g int) string {
	before, now := c.words(old, g), c.words(s, g)
	if before[phaseWord] == now[phaseWord] && before[memberWord] == now[memberWord] && before[candidateWord] == now[candidateWord] {
		return ""
	}
	if c.node(g).Kind == Quorum {
		return c.tellQuorum(before, now, g)
	}
	last, next := c.memberName(g, before[memberWord]), c.memberName(g, now[candidateWord])
	switch now[phaseWord] {
	case running:
		if before[phaseWord] == doubled && now[memberWord] == before[memberWord] {
			return fmt.Sprintf("finds %s failed and stays with %s", c.memberName(g, before[candidateWord]), last)
		}
		if before[phaseWord] == noticing {
			return fmt.Sprintf("has %s back before it noticed", last)
		}
		return "runs on " + c.memberName(g, now[memberWord])
	case noticing:
		return "loses " + last
	case manual:
		return fmt.Sprintf("cannot promote %s, a person is called", next)
	case waiting:
		return "has no member left and waits for a repair"
	case doubled:
		return fmt.Sprintf("takes %s for dead and promotes %s beside it", last, next)
	}
	switch before[phaseWord] {
	case waiting:
		return "promotes " + next
	case switching, manual:
		return fmt.Sprintf("finds %s failed and promotes %s", c.memberName(g, before[candidateWord]), next)
	}
	if before[phaseWord] == running && c.Condition(s, c.members[g][before[memberWord]]).Answers() {
		return fmt.Sprintf("takes %s for dead, stops it and promotes %s", last, next)
	}
	return fmt.Sprintf("notices that %s is gone and promotes %s", last, next)
}

func (c *Coupled) tellQuorum(before, now Joint, g int) string {
	switch {
	case now[phaseWord] == led:
		return "elects " + c.memberName(g, now[memberWord])
	case now[phaseWord] == noQuorum:
		return "loses its quorum"
	case before[phaseWord] == noQuorum:
		return "has a quorum again and starts an election"
	}
	return fmt.Sprintf("loses its leader %s and starts an election", c.memberName(g, before[memberWord]))
}

func (c *Coupled) memberName(g int, member uint16) string {
	return c.System.Parts[c.Parts[c.members[g][member]]].Name
}

// TellTurn says in words what becomes of the repair of part i, a local index, as
// the state goes from old to s, "" if nothing does.
func (c *Coupled) TellTurn(old, s Joint, i int) string {
	waited, waits := !c.served(old, i), !c.served(s, i)
	if waited == waits {
		return ""
	}
	crew := c.System.Crews[c.Ties[i].Crew].Name
	if waits {
		return "waits for " + crew
	}
	if c.needsCrew(s, i) {
		return "has its turn with " + crew
	}
	return ""
}
