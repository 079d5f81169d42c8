package montecarlo

import (
	"math"

	"nines/model"
	"nines/model/dist"
)

// An actor is a set of parts that interact in time, in the course of a run.
// What may follow what is told by the next-state rule of the model; an actor
// keeps the state and the time. It has one entry in the queue: the first of
// its clocks.
type actor struct {
	rule    *model.Coupled
	thing   int32 // its number in the queue
	state   model.Joint
	clocks  []ticking // those that run, by number
	old     []ticking // scratch
	running []model.Running
}

// A ticking clock of an actor.
type ticking struct {
	number int
	law    dist.Law
	age    float64 // s, that it had at a time
	at     float64 // s, that time
	speed  float64 // age per time; 0 while it is held
	ring   float64 // s, a time; +Inf while it is held
	rest   float64 // s of age to the ring, while it is held
}

// pace lets the clock go on at another speed.
func (c *ticking) pace(speed, now float64) {
	if speed == c.speed {
		return
	}
	c.grow(now)
	if c.speed > 0 {
		c.rest = (c.ring - now) * c.speed
	}
	c.speed, c.ring = speed, math.Inf(1)
	if speed > 0 {
		c.ring = now + c.rest/speed
	}
}

// grow brings the age of a clock up to date.
func (c *ticking) grow(now float64) {
	c.age += c.speed * (now - c.at)
	c.at = now
}

// rouse starts an actor as new.
func (e *engine) rouse(i int) {
	a := &e.actors[i]
	a.state, a.clocks = a.rule.Start(), a.clocks[:0]
	e.wind(a, a.state, model.None)
	e.publish(a)
	if first := a.first(); first != model.None && !math.IsInf(a.clocks[first].ring, 1) {
		e.queue.push(entry{a.clocks[first].ring, a.thing})
	}
}

// act lets the first clock of an actor ring and gives the time of the next
// ring, +Inf if there is none.
func (e *engine) act(a *actor) float64 {
	rung := a.clocks[a.first()].number
	next := a.rule.Draw(a.state, rung, e.stream.fine)
	if e.journal != nil {
		e.noteRing(a, next, rung)
	}
	e.wind(a, next, rung)
	e.publish(a)
	if first := a.first(); first != model.None {
		return a.clocks[first].ring
	}
	return math.Inf(1)
}

// noteRing notes whose clock rings, and then which other parts change.
func (e *engine) noteRing(a *actor, next model.Joint, rung int) {
	first, group, shock := a.rule.Owner(rung)
	switch {
	case group != model.None:
		e.journal.note(e.p.nodeThing(a.rule.Groups[group]), 0, 0)
	case shock != model.None:
		e.journal.note(e.p.shockThing(a.rule.Shocks[shock]), 0, 1)
	default:
		e.noteMember(a, next, first)
	}
	for i := range a.rule.Parts {
		if i != first && a.state[i] != next[i] {
			e.noteMember(a, next, i)
		}
	}
	if e.journal.story {
		e.journal.tellActor(a, next)
	}
}

func (e *engine) noteMember(a *actor, next model.Joint, i int) {
	part := a.rule.Parts[i]
	base := e.p.parts[part].first
	e.journal.note(part, base+int32(a.state[i]), base+int32(next[i]))
}

// breaks says whether a clock that runs in a state lets something fail: that of
// a part that is as new, of a shock, or of mistakes about an active member.
func (a *actor) breaks(state model.Joint, clock int) bool {
	part, group, shock := a.rule.Owner(clock)
	if group != model.None {
		return a.rule.Settled(state, group)
	}
	return shock != model.None || state[part] == 0
}

// idle says whether nothing runs but what lets something fail.
func (a *actor) idle() bool {
	for i := range a.clocks {
		if !a.breaks(a.state, a.clocks[i].number) {
			return false
		}
	}
	return true
}

// first is the index of the clock that rings first, the earlier in the list on
// a tie; None without clocks.
func (a *actor) first() int {
	first := model.None
	for i := range a.clocks {
		if first == model.None || a.clocks[i].ring < a.clocks[first].ring {
			first = i
		}
	}
	return first
}

// wind brings an actor to its next state. Clocks that ran before and have not
// rung go on, at their speed there; the others start.
func (e *engine) wind(a *actor, next model.Joint, rung int) {
	a.running = a.rule.Running(next, a.running)
	if e.forced {
		e.scout.expose(a)
	}
	a.old, a.clocks = a.clocks, a.old[:0]
	before := a.old
	for _, r := range a.running {
		for len(before) > 0 && before[0].number < r.Clock {
			before = before[1:]
		}
		c := ticking{number: r.Clock, law: r.Law, at: e.now, ring: math.Inf(1), rest: math.Inf(1)}
		if len(before) > 0 && before[0].number == r.Clock && r.Clock != rung && a.rule.Continues(a.state, next, r.Clock) {
			c = before[0]
		} else if !e.forced || !a.breaks(next, r.Clock) {
			fresh := newClock(r.Law, model.None)
			if e.tilting {
				e.tilting = false
				c.rest = e.bias.recover(&fresh, e.gone, &e.stream)
			} else {
				c.rest = fresh.draw(&e.stream)
			}
		}
		c.pace(r.Speed, e.now)
		a.clocks = append(a.clocks, c)
	}
	a.state = next
}

// publish tells the evaluator what has become of the parts and the groups.
func (e *engine) publish(a *actor) {
	for i, part := range a.rule.Parts {
		if own := a.rule.Own(a.state, i); e.ev.own[part] != own {
			e.ev.setPart(part, own)
		}
	}
	for g, node := range a.rule.Groups {
		e.ev.setGroup(node, a.rule.Outcome(a.state, g))
	}
}
