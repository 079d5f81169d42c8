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
	parts   []int32 // of those
	lure    lure
	window  window
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
	e.bias.start(e.p.styles, &e.stream)
	first := e.lead()
	e.strikeTilted(&e.p.sources[first])
	for failed, chance := 1, 1.0; ; failed++ {
		hazard := e.goAlone(chance * e.bias.weight())
		met := -math.Expm1(-hazard)
		if met == 0 || !e.bias.follow(failed, met, &e.stream) {
			return
		}
		next := e.walk.tempt(e, met)
		e.goBack(next.time)
		if next.source == nil {
			next.source = e.another()
		}
		e.bias.weigh(func(like style) float64 { return next.density(e, like) })
		e.strikeTilted(next.source)
		chance *= met
	}
}

// lead draws what a cycle begins with.
func (e *engine) lead() int32 {
	own := &e.p.leads[min(e.bias.own, 1)]
	first := own.alias.draw(&e.stream)
	for i := range e.bias.styles {
		e.bias.density[i] /= e.p.leads[min(i, 1)].scale[first]
	}
	return first
}

// strikeTilted lets a source ring, with a recovery that may have to be long.
func (e *engine) strikeTilted(s *source) {
	e.tilting, e.gone = e.p.deep, e.away
	e.strike(s)
	e.tilting = false
}

// A choice of what fails next on a walk, see lure.
type choice struct {
	time   float64 // s
	source *source // nil: any that can, by its rate
	shares [ways]float64
	met    float64 // the chance that something fails
	early  float64 // and before anything is back
}

// tempt chooses the next failure of a walk, which there is with the chance met.
func (w *walk) tempt(e *engine, met float64) choice {
	w.gather(e.p)
	w.findBacks()
	c := choice{met: met, early: -math.Expm1(-w.hazardAt(w.window.backs[0]))}
	c.shares = mixture(c.early > 0, len(w.lure.peers) > 0)
	switch e.bias.way(c.shares, &e.stream) {
	case plainly:
		c.time = w.timeOf(-math.Log1p(-met * e.stream.Float64()))
	case soon:
		c.time = w.timeOf(-math.Log1p(-c.early * e.stream.Float64()))
	case alike:
		own := e.bias.styles[e.bias.own]
		c.time = w.window.draw(own, own.left(len(w.start)), &e.stream)
		c.source = e.harmTo(w.lure.draw(e.p, &e.stream))
	}
	return c
}

// density of the choice to its true one, as an eager style draws it.
func (c *choice) density(e *engine, like style) float64 {
	w, density := e.walk, c.shares[plainly]
	if c.time < w.window.backs[0] {
		density += c.shares[soon] * c.met / c.early
	}
	if part := c.source.part; part != model.None && c.source.harms && w.lure.has(part) {
		nature := e.p.harmOf(part) * math.Exp(-w.hazardAt(c.time)) / c.met
		density += c.shares[alike] * w.window.density(like, c.time, like.left(len(w.start))) * w.lure.share(e.p, part) / nature
	}
	return density
}

// findBacks lists when things are back on a walk.
func (w *walk) findBacks() {
	w.window.start, w.window.backs = w.legs[0].start, w.window.backs[:0]
	for i := range w.changes {
		if c := &w.changes[i]; math.IsInf(c.time, 1) && c.at > w.window.start {
			w.window.backs = append(w.window.backs, c.at)
		}
	}
}

// hazardAt is the hazard up to a time.
func (w *walk) hazardAt(time float64) float64 {
	i := len(w.legs) - 1
	for i > 0 && w.legs[i].start > time {
		i--
	}
	return w.legs[i].hazard + w.legs[i].rate*(time-w.legs[i].start)
}

// gather collects the peers of what was away at the start.
func (w *walk) gather(p *program) {
	w.parts = w.parts[:0]
	for i := range w.start {
		if int(w.start[i].what) < len(p.parts) {
			w.parts = append(w.parts, w.start[i].what)
		}
	}
	w.lure.gather(p, w.parts)
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
	return e.sourceOf(owner)
}

// harmTo draws a source of a part among those that do harm.
func (e *engine) harmTo(part int32) (found *source) {
	own := e.p.sourcesOf(part)
	x := e.stream.Float64() * e.p.harmOf(part)
	for i := range own {
		if !own[i].harms {
			continue
		}
		if found = &own[i]; x < found.rate {
			break
		}
		x -= found.rate
	}
	return found
}

// sourceOf draws a source of a part.
func (e *engine) sourceOf(part int32) *source {
	own := e.p.sourcesOf(part)
	x := e.stream.Float64() * e.p.owners.of(part)
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
	e.restart()
	e.weight = weight
	for {
		e.observe()
		if len(e.queue) == 0 {
			return hazard
		}
		rate, next := w.going.total(), e.queue.next()
		stay := next - e.now
		w.legs = append(w.legs, leg{e.now, hazard, rate})
		e.linger(rate, stay)
		e.now, hazard = next, hazard+rate*stay
		for e.queue.next() <= e.now+instant*e.now {
			at := e.queue.next()
			p := e.changeAlone()
			p.at = at
			w.changes = append(w.changes, p)
		}
	}
}

// restart sets the clock to 0, so that it can tell the small steps of a walk of
// little weight.
func (e *engine) restart() {
	for i := range e.watches {
		w := &e.watches[i]
		w.settle(e.clock)
		w.lapse(e.clock)
		w.since, w.born = 0, 0
	}
	e.passed += e.clock
	e.clock = 0
}

// linger lets the clock go on for the time stay, in which others may fail at the
// given rate.
func (e *engine) linger(rate, stay float64) {
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

// restore lets what was away be so again.
func (e *engine) restore(p pending) {
	e.queue.push(p.entry)
	if int(p.what) >= len(e.states) {
		e.ev.addLive(int(p.what)-len(e.states), 1)
		return
	}
	e.put(int(p.what), p.state)
	e.leads[p.what] = p.lead
	e.walk.going.set(p.what, 0)
}

// goBack returns to a time of the walk. That is no passage. A target that has
// died on the walk since then lives.
func (e *engine) goBack(time float64) {
	e.now = time
	for _, p := range e.walk.awayAt(e.now) {
		e.restore(p)
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
