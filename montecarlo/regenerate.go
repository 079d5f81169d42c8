package montecarlo

import (
	"math"
	"sort"

	"nines/model"
)

// Where the clocks of everything as new have no memory, that state is a point
// of regeneration and what happens between two visits is a cycle. Most cycles
// see one failure and its recovery, R later, and nothing else. A cycle is
// therefore taken in two pieces, both exact in the mean:
//
// The walk follows the first failure to its recovery as if nothing else could
// happen. With the rate r of all else, what it meets at the time t counts
// exp(-r t), the chance that nothing else has happened by then.
//
// The branch starts from the first thing else to happen, at a time drawn from
// its law given that it comes before R, and goes on to the end of the cycle as
// it may; all of it counts 1 - exp(-r R).
//
// So no time goes into failures that meet no other (conditional expectation;
// forcing, Lewis and Böhm, Nuclear Engineering and Design 77, 1984). Cycles
// that begin with a long recovery are drawn more often than they occur, and
// count less, see program.lead.

// A leg of a walk is a state of the part that failed first.
type leg struct {
	end   float64 // s since the failure
	state int32
	to    int32
}

// A path is the walk of a cycle.
type path struct {
	source *source
	scale  float64 // what the cycle counts
	others float64 // r, per second
	legs   []leg
}

// length of the path is R, s.
func (p *path) length() float64 {
	if len(p.legs) == 0 {
		return 0
	}
	return p.legs[len(p.legs)-1].end
}

// regenerate does a run of n cycles.
func (e *engine) regenerate(n int) {
	e.begin(false)
	for i := 0; i < n && !e.stopped; i++ {
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
	i := e.p.first.draw(&e.stream)
	s := &e.p.sources[i]
	e.path = path{s, e.p.scale[i], e.p.others(s), e.path.legs[:0]}
	e.walk()
	if met := -math.Expm1(-e.path.others * e.path.length()); met > 0 {
		e.branch(met)
	} else {
		e.recover()
	}
}

func (e *engine) walk() {
	s := e.path.source
	if s.part == model.None {
		e.ev.addLive(int(s.deploys), 1)
		e.away++
		e.walkLeg(leg{end: e.p.fixes[s.deploys].draw(&e.stream)})
		return
	}
	first := e.p.parts[s.part].first
	for state := s.to; state != first; {
		stay, to := e.p.states[state].draw(&e.stream)
		if stay > 0 {
			e.put(int(s.part), state)
			e.walkLeg(leg{e.now + stay, state, to})
		}
		state = to
	}
}

func (e *engine) walkLeg(l leg) {
	e.events++
	r, stay := e.path.others, l.end-e.now
	e.weight = e.path.scale * math.Exp(-r*e.now)
	e.observe()
	if r > 0 {
		stay = -math.Expm1(-r*stay) / r
	}
	e.clock += e.weight * stay
	e.now = l.end
	e.path.legs = append(e.path.legs, l)
}

// recover ends a cycle in which nothing else can happen.
func (e *engine) recover() {
	if s := e.path.source; s.part == model.None {
		e.ev.addLive(int(s.deploys), -1)
		e.away--
	} else {
		e.put(int(s.part), e.p.parts[s.part].first)
	}
	e.observe()
}

// branch goes back to the walk at the time of the second failure.
func (e *engine) branch(met float64) {
	r := e.path.others
	e.now = min(-math.Log1p(-met*e.stream.Float64())/r, math.Nextafter(e.path.length(), 0))
	e.rejoin()
	e.weight = e.path.scale * met
	e.pace = e.weight
	e.fail(e.p.other(e.path.source, &e.stream))
	e.observe()
	e.pooled = e.ring()
	for e.away > 0 && e.step(math.Inf(1)) {
	}
}

// rejoin puts what failed first in the state of the walk at the present time.
// That is no passage. A target that has died on the walk since then lives.
func (e *engine) rejoin() {
	legs := e.path.legs
	l := legs[sort.Search(len(legs)-1, func(i int) bool { return legs[i].end > e.now })]
	if s := e.path.source; s.part == model.None {
		e.queue.push(entry{l.end, int32(len(e.states)) + s.deploys})
	} else {
		e.put(int(s.part), l.state)
		e.enqueue(int(s.part), l.end, l.to)
	}
	e.weight = 0
	e.observe()
	for i := range e.watches {
		if w := &e.watches[i]; !w.alive && w.died > e.now {
			w.alive, w.born, w.died = true, e.clock, math.Inf(1)
		}
	}
}
