package model

import (
	"slices"

	"nines/model/dist"
)

// Words of a group in a Joint.
const (
	phaseWord  = iota
	memberWord // the active or leading member; while there is none, the last one tried
	candidateWord
	groupWords
)

// Phases of a standby. The first is also the phase of a quorum that is led.
const (
	running   = iota // a member is active
	noticing         // it has visibly stopped answering, the group has not noticed yet
	switching        // a promotion
	manual           // a promotion by a person, after one that failed
	waiting          // every member is known to be down
	doubled          // the active member was taken for dead, and goes on beside the next one
)

// Phases of an electing quorum.
const (
	led = iota
	electing
	noQuorum
)

func (c *Coupled) words(s Joint, g int) Joint {
	at := 2*len(c.Parts) + groupWords*g
	return s[at : at+groupWords]
}

func (c *Coupled) node(g int) *Node { return &c.System.Nodes[c.Groups[g]] }

func (c *Coupled) isActive(s Joint, g, member int) bool {
	w := c.words(s, g)
	if w[phaseWord] == doubled && int(w[candidateWord]) == member {
		return true
	}
	return (w[phaseWord] <= noticing || w[phaseWord] == doubled) && int(w[memberWord]) == member
}

// Outcome of group g in s.
func (c *Coupled) Outcome(s Joint, g int) Outcome {
	w := c.words(s, g)
	if c.node(g).Kind == Standby {
		switch {
		case c.Doubled(s, g):
			return WrongAnswer
		case w[phaseWord] > noticing && w[phaseWord] != doubled:
			return NoAnswer
		}
		return c.Condition(s, c.members[g][w[memberWord]]).Outcome()
	}
	if w[phaseWord] != led {
		return NoAnswer
	}
	counting, wrong := c.counting(s, g)
	return enough(len(counting), wrong, c.node(g).K)
}

// Busy says whether a group takes over or elects, has nobody to do so with, or
// has two active members.
func (c *Coupled) Busy(s Joint, g int) bool { return c.words(s, g)[phaseWord] != running }

// groupClock is the clock of the group's phase, nil if it has none.
func (c *Coupled) groupClock(s Joint, g int) dist.Law {
	n, phase := c.node(g), c.words(s, g)[phaseWord]
	if n.Kind == Quorum {
		if phase == electing {
			return n.Elect
		}
		return nil
	}
	switch phase {
	case running:
		return c.doubtOf(s, g)
	case doubled:
		return c.doubts[g][c.words(s, g)[memberWord]].lasting
	case noticing:
		return n.Waiting.Detect
	case switching:
		return n.Waiting.Switch
	case manual:
		return n.Waiting.Else
	}
	return nil
}

// react lets the groups answer to a change of part i between old and s.
func (c *Coupled) react(old, s Joint, i int) {
	was := c.state(old, i).Condition
	detected := (was == Lost || was == Wrong) && c.state(s, i).Condition == Down
	for g := range c.Groups {
		if c.node(g).Kind == Quorum {
			c.reactQuorum(s, g)
		} else {
			c.reactStandby(s, g, detected && c.concerns(i, g, s))
		}
	}
}

// concerns says whether part i is the active member of g or a domain around it.
func (c *Coupled) concerns(i, g int, s Joint) bool {
	for j := c.members[g][c.words(s, g)[memberWord]]; j != None; j = c.Ties[j].Place {
		if j == i {
			return true
		}
	}
	return false
}

// reactStandby: detected says that the active's hidden failure, or its
// domain's, has just been found.
func (c *Coupled) reactStandby(s Joint, g int, detected bool) {
	w := c.words(s, g)
	switch w[phaseWord] {
	case running, noticing:
		switch active := c.Condition(s, c.members[g][w[memberWord]]); {
		case active.Answers():
			w[phaseWord] = running
		case detected:
			c.promote(s, g)
		case active == Down:
			w[phaseWord] = noticing
		}
	case doubled:
		if !c.Condition(s, c.members[g][w[memberWord]]).Answers() {
			c.promote(s, g)
		}
	case waiting:
		c.promote(s, g)
	}
}

// promote starts to switch to the next member, in cyclic order after the last
// one, that is not known to be down; without one the group waits.
func (c *Coupled) promote(s Joint, g int) {
	w, members := c.words(s, g), c.members[g]
	last := int(w[memberWord])
	for step := 1; step <= len(members); step++ {
		m := (last + step) % len(members)
		if c.eligible(s, g, members[m]) {
			w[phaseWord], w[candidateWord] = switching, uint16(m)
			return
		}
	}
	w[phaseWord], w[candidateWord] = waiting, 0
}

// eligible: not known to be down. A switch that takes no time passes over a
// member in a lost domain, or it would be tried again and again at one moment.
func (c *Coupled) eligible(s Joint, g, i int) bool {
	condition := c.Condition(s, i)
	if condition == Lost && c.state(s, i).Condition != Lost && c.node(g).Waiting.Switch.Mean() == 0 {
		return false
	}
	return condition != Down
}

// fireGroup ends the phase of group g in s, which it may change.
func (c *Coupled) fireGroup(s Joint, g int, visit func(p float64, next Joint)) {
	if c.node(g).Kind == Quorum {
		c.elected(s, g, visit)
		return
	}
	w := c.words(s, g)
	switch w[phaseWord] {
	case running:
		c.mistake(s, g)
		visit(1, s)
		return
	case doubled:
		c.resolve(s, g)
		visit(1, s)
		return
	case noticing:
		c.promote(s, g)
		visit(1, s)
		return
	}
	if candidate := c.members[g][w[candidateWord]]; !c.Condition(s, candidate).Answers() {
		c.reject(s, g, candidate)
		visit(1, s)
		return
	}
	c.take(s, g, visit)
}

// reject passes on to the next candidate. One found to be lost is now known to
// be down.
func (c *Coupled) reject(s Joint, g, candidate int) {
	w := c.words(s, g)
	w[memberWord] = w[candidateWord]
	if c.state(s, candidate).Condition == Lost {
		c.move(s, candidate, c.state(s, candidate).Clocks[0].To)
	}
	c.promote(s, g)
}

// take makes the candidate the active member, if the switch succeeds.
func (c *Coupled) take(s Joint, g int, visit func(p float64, next Joint)) {
	w, how := c.words(s, g), c.node(g).Waiting
	byHand := w[phaseWord] == manual
	if !byHand && how.Succeeds.Q > 0 {
		failed := append(Joint(nil), s...)
		c.words(failed, g)[phaseWord] = manual
		visit(how.Succeeds.Q, failed)
	}
	if byHand || how.Succeeds.P > 0 {
		p := how.Succeeds.P
		if byHand {
			p = 1
		}
		w[phaseWord], w[memberWord], w[candidateWord] = running, w[candidateWord], 0
		visit(p, s)
	}
}

// joined lists the members of a quorum that reach each other.
func (c *Coupled) joined(s Joint, g int) []int {
	if n := c.node(g); n.Over != nil {
		return c.System.joined(n, func(part int) Condition { return c.Condition(s, c.local[part]) })
	}
	return c.everyone[g]
}

// counting lists the members of a quorum that count, and how many are wrong.
func (c *Coupled) counting(s Joint, g int) (members []int, wrong int) {
	for _, m := range c.joined(s, g) {
		switch c.Condition(s, c.members[g][m]) {
		case Wrong:
			wrong++
			members = append(members, m)
		case Up:
			members = append(members, m)
		}
	}
	return members, wrong
}

func (c *Coupled) reactQuorum(s Joint, g int) {
	w := c.words(s, g)
	counting, _ := c.counting(s, g)
	switch {
	case len(counting) < c.node(g).K:
		w[phaseWord], w[memberWord] = noQuorum, 0
	case w[phaseWord] == noQuorum:
		w[phaseWord] = electing
	case w[phaseWord] == led && !slices.Contains(counting, int(w[memberWord])):
		w[phaseWord], w[memberWord] = electing, 0
	}
}

// elected: every member that counts is equally likely to win.
func (c *Coupled) elected(s Joint, g int, visit func(p float64, next Joint)) {
	counting, _ := c.counting(s, g)
	for _, m := range counting {
		next := append(Joint(nil), s...)
		w := c.words(next, g)
		w[phaseWord], w[memberWord] = led, uint16(m)
		visit(1/float64(len(counting)), next)
	}
}
