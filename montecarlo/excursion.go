package montecarlo

import (
	"math"
	"math/rand/v2"

	"nines/model"
)

// Where clocks have a memory, or parts interact in time, there is no moment at
// which all begins anew. But most of the time everything is as new but for its
// age, and what matters happens in excursions from there. What the long run
// meets in a second is the rate at which excursions begin times what one meets
// in the mean, over the ages with which they begin (Palm calculus: Baccelli and
// Brémaud, Elements of Queueing Theory, 2003, section 1.2).
//
// A run is a time of the long run, simulated plainly: one failure alone is
// nothing rare. At the beginning of each excursion a scout is sent out, with all
// ages as they are then, and what it meets is counted.

// roam is a run of excursions, for the time span.
func (e *engine) roam(time float64) {
	e.begin(true)
	if e.scout == nil {
		e.scout = newScout(e.p)
	}
	x := e.scout
	x.prepare(e)
	resting, idle, end := 0.0, e.idle(), e.since+time
	for more := true; more; {
		from, was := e.now, idle
		more = e.step(end)
		if was {
			resting += e.now - from
		}
		if idle = e.idle(); more && was && !idle {
			x.explore(e)
		}
	}
	for t := range e.watches {
		w := &e.watches[t]
		w.sum = x.total[t]
		for i := downTime; i <= degraded; i++ {
			w.sum[i] += x.base[t][i] * resting
		}
		w.sum[length], w.sum[asNew] = time, resting
		if w.sum[span] += resting; x.base[t][downTime] > 0 { // from the start
			w.sum[span] = 0
		}
	}
}

// renews says whether excursions all begin from the same state, in which nothing
// has a memory. Then what happens from one to the next is a cycle of its own.
func (p *program) renews() bool {
	for i := range p.parts {
		if at := &p.parts[i]; at.coupled && !p.states[at.first].exponential() || !at.coupled && !at.static && at.count > 1 && !at.pooled {
			return false
		}
	}
	for _, set := range p.sets {
		if len(set.Groups) > 0 || len(set.Shocks) > 0 {
			return false
		}
	}
	return true
}

// idle says whether everything is as new and no group has anything to do.
func (e *engine) idle() bool {
	if e.away > 0 {
		return false
	}
	for _, live := range e.ev.live {
		if live > 0 {
			return false
		}
	}
	for i := range e.actors {
		if !e.actors[i].idle() {
			return false
		}
	}
	return true
}

// wanders says whether excursions tell the long run: everything is repaired, and
// as new at least half of the time, and some failure comes at random.
func (p *program) wanders() bool {
	crowd, random := 0.0, false
	for i := range p.parts {
		at := &p.parts[i]
		switch {
		case at.static || at.count == 1:
			continue
		case at.coupled:
			r := newRound(p.statesOf(i), at.first)
			if r.ends {
				return false
			}
			crowd -= math.Log1p(-r.away / r.cycle)
		case p.starts[i].moves == 0:
			return false
		default:
			crowd -= math.Log(p.starts[i].share[0])
		}
		for _, c := range p.states[at.first].clocks {
			random = random || c.kind != fixedLaw
		}
	}
	for i := range p.fixes {
		crowd += p.fixes[i].live
	}
	for _, set := range p.sets {
		for g, node := range set.Groups {
			rate, lasting := set.Mistakes(g)
			if rate > 0 && lasting == 0 {
				lasting = p.sys.Nodes[node].Waiting.Switch.Mean()
			}
			crowd += rate * lasting
		}
	}
	return random && crowd <= maxCrowd
}

// seldom says whether something that may fail first, or a shock that strikes as many
// at once as a minimal cut set has, has such a long mean time between two of them that
// none is to be expected in a time in s, with a confidence. Then what begins with it may
// not be in the figures.
func (p *program) seldom(time, confidence float64) bool {
	longest := 0.0
	for i := range p.parts {
		if at := &p.parts[i]; !at.static && at.count > 1 {
			for _, c := range p.states[at.first].clocks {
				longest = max(longest, c.law.Mean())
			}
		}
	}
	for i := range p.sys.Shocks {
		shock := &p.sys.Shocks[i]
		struck := min(len(shock.Parts), p.styles[len(p.styles)-1].depth)
		for _, strike := range shock.Strikes {
			longest = max(longest, strike.Every.Mean()/math.Pow(shock.Each.P, float64(struck)))
		}
	}
	return time < -math.Log1p(-confidence)*longest
}

// excursionsPerRun is about how many begin in a run, at least.
const excursionsPerRun = 64

// roaming is how long a run of excursions is.
func (p *program) roaming() float64 {
	return max(excursionsPerRun*4/p.changes(), 2*p.warmUp)
}

// A scout explores excursions, by walks like those of cycles: one goes on until
// everything is as new as if nothing else could fail, which it does with the
// chance exp(-H), H the integral of the hazards of all that could, each at its
// age and speed. The next starts from the first failure, given that there is
// one.
type scout struct {
	*engine
	base  [][5]float64 // of each watch: its state while everything is as new
	total []vector     // of each watch: what was met
	mark  mark
	lure  lure
	hazard
}

// A mark is a moment to go back to.
type mark struct {
	now    float64
	away   []pending
	parts  []int32 // that are away
	absent int
	actors []actor // states and clocks
	alive  []bool  // of each watch
	random rand.PCG
}

func newScout(p *program) *scout {
	x := &scout{engine: newEngine(p)}
	x.engine.scout, x.forced = x, true
	x.walk = &walk{going: newRates(len(p.parts) + len(p.fixes))}
	x.base, x.total = make([][5]float64, len(x.watches)), make([]vector, len(x.watches))
	x.mark.actors, x.mark.alive = make([]actor, len(x.actors)), make([]bool, len(x.watches))
	for i := range p.parts {
		if p.keeps(i) {
			x.keepers = append(x.keepers, int32(i))
		}
	}
	return x
}

// keeps says whether a part interacts with no other and its age matters.
func (p *program) keeps(part int) bool {
	at := &p.parts[part]
	return !at.static && !at.coupled && !at.pooled && at.count > 1
}

// ageing counts the parts whose age matters, those that interact included.
func (p *program) ageing() int {
	n := 0
	for i := range p.parts {
		if p.keeps(i) || p.parts[i].coupled {
			n++
		}
	}
	return n
}

// prepare makes everything as new, in a run of e.
func (x *scout) prepare(e *engine) {
	x.stream.pcg.Seed(e.stream.Uint64(), e.stream.Uint64())
	x.queue, x.pooled, x.weight, x.now, x.clock = x.queue[:0], math.Inf(1), 1, 0, 0
	copy(x.walk.going.sums, x.p.owners.sums)
	for d, n := range x.ev.live {
		x.ev.addLive(d, -n)
	}
	for i := range x.p.parts {
		switch at := &x.p.parts[i]; {
		case at.static:
			x.ev.setPart(i, e.ev.own[i])
		case !at.coupled:
			x.put(i, at.first)
		}
	}
	for i := range x.actors {
		x.rouse(i)
	}
	x.ev.propagate()
	x.untouch()
	for t := range x.watches {
		w := &x.watches[t]
		w.look(&x.ev.nodes[w.node])
		x.base[t], x.total[t] = w.state, vector{}
	}
}

// explore counts what the excursion that has just begun in e may meet.
func (x *scout) explore(e *engine) {
	before := x.events
	x.bias.start(x.p.styles, &x.stream)
	x.tilting, x.gone = x.p.deep, 0
	x.depart(e)
	x.tilting = false
	for failed, chance := 1, 1.0; ; failed++ {
		x.remember()
		h := x.wander()
		x.count(chance * x.bias.weight() * math.Exp(-h))
		met := -math.Expm1(-h)
		if met == 0 || !x.bias.follow(failed, met, &x.stream) {
			break
		}
		chance *= met
		next := x.tempt(met)
		x.goBack()
		x.advance(next.time)
		if !x.identify(&next) {
			x.wander()
			x.count(0)
			break
		}
		x.count(chance * x.bias.weight())
		x.tilting, x.gone = x.p.deep, x.absent()
		x.breakDown(&next)
		x.tilting = false
		x.count(chance * x.bias.weight())
	}
	e.events += x.events - before
}

// depart lets the scout begin the excursion of e, with times of its own to all
// recoveries.
func (x *scout) depart(e *engine) {
	x.now, x.clock, x.queue = e.now, e.now, x.queue[:0]
	copy(x.born, e.born)
	for t := range x.watches {
		w := &x.watches[t]
		w.since, w.born, w.sum, w.alive = x.clock, x.clock, vector{}, w.up && w.mortal
		if x.base[t][downTime] > 0 && w.mortal {
			w.sum[failures] = 1
		}
	}
	for _, q := range e.queue {
		switch what, deploys := int(q.what), int(q.what)-len(e.states); {
		case deploys < 0 && e.states[what] != e.p.parts[what].first:
			x.walk.going.set(q.what, 0)
			x.queue.push(entry{x.move(what, e.states[what]), q.what})
		case deploys >= 0 && deploys < len(e.p.fixes):
			x.ev.addLive(deploys, 1)
			x.queue.push(entry{x.now + e.p.fixes[deploys].draw(&x.stream), q.what})
		}
	}
	for i := range e.actors {
		a := &x.actors[i]
		a.state, a.clocks = e.actors[i].state, append(a.clocks[:0], e.actors[i].clocks...)
		for k := range a.clocks {
			c := &a.clocks[k]
			c.grow(x.now)
			if a.breaks(a.state, c.number) {
				c.ring, c.rest = math.Inf(1), math.Inf(1)
			} else {
				fresh := newClock(c.law, model.None)
				c.ring = x.now + fresh.draw(&x.stream)/c.speed
			}
		}
		x.publish(a)
		x.wait(a)
	}
	x.settleMoment()
	x.count(x.bias.weight())
}

// wait gives an actor its place in the queue.
func (x *scout) wait(a *actor) {
	if first := a.first(); first != model.None && !math.IsInf(a.clocks[first].ring, 1) {
		x.queue.push(entry{a.clocks[first].ring, a.thing})
	}
}

// settleMoment does all that happens now.
func (x *scout) settleMoment() {
	for x.queue.next() <= x.now+instant*x.now {
		x.changeAlone()
	}
	x.observe()
}

// count adds what was met since the last time, with a weight.
func (x *scout) count(weight float64) {
	for t := range x.watches {
		w := &x.watches[t]
		w.settle(x.clock)
		w.lapse(x.clock)
		for i := range w.sum {
			x.total[t][i] += weight * w.sum[i]
		}
		w.sum = vector{}
	}
}

// remember marks the present moment.
func (x *scout) remember() {
	m := &x.mark
	m.now, m.away, m.absent = x.now, m.away[:0], x.absent()
	for _, q := range x.queue {
		if int(q.what) < len(x.states)+len(x.p.fixes) {
			m.away = append(m.away, x.pending(q))
		}
	}
	for i := range x.actors {
		to, a := &m.actors[i], &x.actors[i]
		for k := range a.clocks {
			a.clocks[k].grow(x.now)
		}
		to.state, to.clocks = a.state, append(to.clocks[:0], a.clocks...)
	}
	for t := range x.watches {
		m.alive[t] = x.watches[t].alive
	}
	m.random = *x.stream.pcg
}

// goBack returns from everything as new to the mark, where the same will happen.
func (x *scout) goBack() {
	m := &x.mark
	x.now, x.clock, x.queue = m.now, m.now, x.queue[:0]
	for _, p := range m.away {
		x.restore(p)
	}
	for i := range x.actors {
		a := &x.actors[i]
		a.state, a.clocks = m.actors[i].state, append(a.clocks[:0], m.actors[i].clocks...)
		x.publish(a)
		x.wait(a)
	}
	x.ev.propagate()
	x.untouch()
	for t := range x.watches {
		w := &x.watches[t]
		w.look(&x.ev.nodes[w.node])
		w.since, w.born, w.alive = x.clock, x.clock, m.alive[t]
	}
}

// wander goes on until everything is as new and gives H.
func (x *scout) wander() float64 {
	x.segments, x.window.start, x.window.backs, x.recording = x.segments[:0], x.now, x.window.backs[:0], true
	away := x.absent()
	for len(x.queue) > 0 {
		t := x.queue.next()
		if rate := x.walk.going.total(); rate > 0 {
			x.segments = append(x.segments, segment{rate: rate, start: x.now, end: t})
		}
		x.pass(t)
		x.settleMoment()
		if before := away; t > x.window.start {
			if away = x.absent(); away < before || len(x.queue) == 0 {
				x.window.backs = append(x.window.backs, t)
			}
		}
	}
	for i := range x.actors {
		x.expose(&x.actors[i])
	}
	x.recording = false
	for _, i := range x.keepers {
		x.exposePart(i)
	}
	return integrate(x.segments)
}

// absent counts what is not as new.
func (x *scout) absent() int {
	n := x.away
	for _, live := range x.ev.live {
		n += live
	}
	for i := range x.actors {
		for k := range x.actors[i].rule.Parts {
			if x.actors[i].state[k] != 0 {
				n++
			}
		}
	}
	return n
}

// advance goes on to a time of the last walk, as the walk did.
func (x *scout) advance(time float64) {
	// What is drawn from here on is what was drawn then; what comes after is new.
	ahead := *x.stream.pcg
	*x.stream.pcg = x.mark.random
	for x.queue.next() <= time {
		x.pass(x.queue.next())
		x.settleMoment()
	}
	x.pass(time)
	*x.stream.pcg = ahead
}

// breakDown lets fail what has been identified.
func (x *scout) breakDown(v *venture) {
	switch thing := int(v.thing); {
	case v.source != nil:
		x.strike(v.source)
	case thing < len(x.states):
		x.queue.push(entry{x.move(thing, x.p.states[x.p.parts[thing].first].clocks[v.clock].to), v.thing})
	default:
		a := x.actor(v.thing)
		next := a.rule.Draw(a.state, int(v.clock), x.stream.fine)
		x.wind(a, next, int(v.clock))
		x.publish(a)
		x.queue.drop(v.thing)
		x.wait(a)
	}
	x.events++
	x.settleMoment()
}

func (x *scout) actor(thing int32) *actor {
	return &x.actors[int(thing)-len(x.states)-len(x.p.fixes)]
}
