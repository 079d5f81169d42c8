package montecarlo

import (
	"math"

	"nines/model"
)

// Where the clocks of everything as new have no memory, that state is a point
// of regeneration, and what happens between two visits is a cycle. Most cycles
// see one failure and its recovery and nothing else, and fewer and fewer see
// more failures at a time. A cycle is therefore taken in walks, each exact in
// the mean:
//
// A walk goes on from a failure until everything is as new, as if nothing else
// could fail. With the rate r(t) of all that could, what it meets at the time
// t counts exp(-H(t)), H the integral of r: the chance that nothing else has
// failed by then.
//
// The next walk starts from the next failure, at a time drawn from its law
// given that it comes before the end of this walk, and counts by the chance
// 1 - exp(-H) that it does. So on, as long as it is worth while: the first
// walk is always followed by a second, and then each by another with the
// chance max(1/4, 1 - exp(-H)), which the weight makes up for.
//
// So no time goes into failures that meet no other, and several at a time are
// reached in steps (conditional expectation; forced transitions, Lewis and
// Böhm, Nuclear Engineering and Design 77, 1984; Russian roulette, Kahn 1956).
// Cycles that begin with a long recovery are drawn more often than they occur,
// and count less, see program.lead.

// A walk remembers what it met, so that one can go back to any time of it.
type walk struct {
	going   rates     // of what has not failed
	start   []pending // what was away at the start
	changes []pending // what came after, in order of time
	legs    []leg
	back    []pending // scratch
}

// pending is something that is away and its next change, +Inf when it is back.
// For a change it also tells when it came about.
type pending struct {
	entry
	at    float64
	state int32
	lead  int32
}

// A leg is a piece of a walk in which nothing changes.
type leg struct{ start, hazard, rate float64 }

// regenerate does a run of n cycles.
func (e *engine) regenerate(n int) {
	if e.walk == nil {
		e.walk = &walk{going: newRates(len(e.p.parts) + len(e.p.fixes))}
		copy(e.walk.going.sums, e.p.owners.sums)
	}
	e.begin(false)
	for i := 0; i < n && (e.events < e.check || e.goOn()); i++ {
		e.cycle()
	}
	e.finish()
}

// follow is the least chance that a walk is followed by another. The product
// of several bounds how much a deep state can count for more than its share.
const follow = 0.25

// cycle starts and ends with everything as new. The time until the first
// failure counts with its mean.
func (e *engine) cycle() {
	for i := range e.watches {
		w := &e.watches[i]
		w.lapse(e.clock)
		w.begin(e.clock, 1)
	}
	e.now = 0
	e.clock += e.mean
	first := e.p.first.draw(&e.stream)
	weight := e.p.scale[first]
	e.strike(&e.p.sources[first])
	for keep := 1.0; ; keep = follow {
		hazard := e.goAlone(weight)
		met := -math.Expm1(-hazard)
		keep = max(keep, met)
		if met == 0 || keep < 1 && e.stream.Float64() >= keep {
			return
		}
		weight *= met / keep
		e.goBack(min(hazard, -math.Log1p(-met*e.stream.Float64())))
		e.strike(e.another())
	}
}

// strike lets a source ring, and what follows at the same moment happen.
func (e *engine) strike(s *source) {
	e.fail(s)
	if s.part != model.None {
		e.walk.going.set(s.part, 0)
	}
	for e.queue.next() <= e.now+instant*e.now {
		e.changeAlone()
	}
}

// another draws a source of what has not failed.
func (e *engine) another() *source {
	owner := e.walk.going.draw(&e.stream)
	if int(owner) >= len(e.p.parts) {
		return &e.p.sources[e.p.fixes[int(owner)-len(e.p.parts)].source]
	}
	own := e.p.sourcesOf(owner)
	x := e.stream.Float64() * e.walk.going.of(owner)
	for i := range own[:len(own)-1] {
		if x < own[i].rate {
			return &own[i]
		}
		x -= own[i].rate
	}
	return &own[len(own)-1]
}

// goAlone walks until everything is as new and gives H.
func (e *engine) goAlone(weight float64) float64 {
	w := e.walk
	w.start, w.changes, w.legs = w.start[:0], w.changes[:0], w.legs[:0]
	for _, q := range e.queue {
		w.start = append(w.start, e.pending(q))
	}
	hazard := 0.0
	e.weight = weight
	for {
		e.observe()
		if len(e.queue) == 0 {
			return hazard
		}
		rate, stay := w.going.total(), e.queue.next()-e.now
		w.legs = append(w.legs, leg{e.now, hazard, rate})
		e.linger(rate, stay)
		hazard += rate * stay
		for e.queue.next() <= e.now+instant*e.now {
			at := e.queue.next()
			p := e.changeAlone()
			p.at = at
			w.changes = append(w.changes, p)
		}
	}
}

// linger lets the time stay pass while others may fail at the given rate.
func (e *engine) linger(rate, stay float64) {
	e.now += stay
	if rate > 0 {
		lost := math.Expm1(-rate * stay)
		stay = -lost / rate
		e.clock += e.weight * stay
		e.weight += e.weight * lost
	} else {
		e.clock += e.weight * stay
	}
}

// changeAlone does the next change and tells of it.
func (e *engine) changeAlone() pending {
	what := e.queue[0].what
	p := e.pending(entry{e.change(), what})
	if int(what) < len(e.states) && e.states[what] == e.p.parts[what].first {
		e.walk.going.set(what, e.p.owners.of(what))
	}
	return p
}

func (e *engine) pending(q entry) pending {
	p := pending{entry: q}
	if int(q.what) < len(e.states) {
		p.state, p.lead = e.states[q.what], e.leads[q.what]
	}
	return p
}

// goBack returns to the moment of the walk at which its hazard was this. That
// is no passage. A target that has died on the walk since then lives.
func (e *engine) goBack(hazard float64) {
	e.now = e.walk.timeOf(hazard)
	for _, p := range e.walk.awayAt(e.now) {
		e.queue.push(p.entry)
		if int(p.what) >= len(e.states) {
			e.ev.addLive(int(p.what)-len(e.states), 1)
			continue
		}
		e.put(int(p.what), p.state)
		e.leads[p.what] = p.lead
		e.walk.going.set(p.what, 0)
	}
	e.weight = 0
	e.observe()
	for i := range e.watches {
		if w := &e.watches[i]; !w.alive && w.died > e.now {
			w.alive, w.born, w.died = true, e.clock, math.Inf(1)
		}
	}
}

func (w *walk) timeOf(hazard float64) float64 {
	i := len(w.legs) - 1
	for i > 0 && w.legs[i].hazard > hazard {
		i--
	}
	l := &w.legs[i]
	if l.rate == 0 {
		return l.start
	}
	return l.start + (hazard-l.hazard)/l.rate
}

// awayAt lists what was away at a time of the walk.
func (w *walk) awayAt(time float64) []pending {
	away := append(w.back[:0], w.start...)
	for _, c := range w.changes {
		if c.at > time {
			break
		}
		for i := range away {
			if away[i].what != c.what || away[i].time != c.at {
				continue
			}
			away[i] = c
			if math.IsInf(c.time, 1) {
				away[i] = away[len(away)-1]
				away = away[:len(away)-1]
			}
			break
		}
	}
	w.back = away
	return away
}
