package montecarlo

import (
	"math"

	"nines/model"
)

// A venture is what fails next on a walk of a scout, see lure.
type venture struct {
	time   float64 // s
	way    int
	thing  int32   // a part, or an actor by its number in the queue
	clock  int32   // its number there
	source *source // of the pool
	part   int32   // whose clock it is, or model.None
	rate   float64 // hazard of the clock at the time, 1/s
	share  float64 // chance of the clock among those of the part
	odds   float64 // of what way soon draws from, to met
	met    float64 // chance that anything fails on the walk
	shares [ways]float64
}

// tempt chooses the next failure of a walk, which there is with the chance met.
func (x *scout) tempt(met float64) venture {
	v := venture{met: met, part: model.None}
	early := -math.Expm1(-x.cut())
	x.gather()
	v.shares, v.odds = mixture(early > 0, len(x.lure.peers) > 0), met/early
	var s *segment
	switch v.way = x.bias.way(v.shares, &x.stream); v.way {
	case plainly:
		v.time, s = first(x.segments, met, &x.stream)
	case soon:
		v.time, s = first(x.early, early, &x.stream)
	case alike:
		v.part = x.lure.draw(x.p, &x.stream)
		own := x.bias.styles[x.bias.own]
		v.time = x.window.draw(own, own.left(x.mark.absent), &x.stream)
		return v
	}
	v.thing, v.clock = s.thing, s.clock
	if s.law == nil {
		v.thing = model.None
	}
	return v
}

// gather collects the peers of what is away at the mark.
func (x *scout) gather() {
	m := &x.mark
	m.parts = m.parts[:0]
	for i := range m.away {
		if what := m.away[i].what; int(what) < len(x.states) {
			m.parts = append(m.parts, what)
		}
	}
	for i := range m.actors {
		for k, part := range x.actors[i].rule.Parts {
			if m.actors[i].state[k] != 0 {
				m.parts = append(m.parts, int32(part))
			}
		}
	}
	x.lure.gather(x.p, m.parts)
}

// identify finds the clock of a venture, at its time, and weighs it. It is false
// if that cannot ring.
func (x *scout) identify(v *venture) bool {
	switch {
	case v.way == alike:
		x.anyClock(v)
	case v.thing == model.None:
		v.source = x.another()
		x.ofPool(v)
	case int(v.thing) < len(x.states):
		v.part = v.thing
		x.ofPart(v)
	default:
		x.ofActor(v)
	}
	nature := v.rate * math.Exp(-x.hazardAt(v.time)) / v.met
	possible := nature > 0 && !math.IsInf(nature, 1)
	if v.way == alike && !possible {
		return false
	}
	x.bias.weigh(func(like style) float64 {
		density := v.shares[plainly]
		if v.time < x.window.backs[0] {
			density += v.shares[soon] * v.odds
		}
		if possible && v.part != model.None && x.lure.has(v.part) {
			density += v.shares[alike] * v.share * x.lure.share(x.p, v.part) * x.window.density(like, v.time, like.left(x.mark.absent)) / nature
		}
		return density
	})
	return true
}

// anyClock draws one of the clocks of the part of a venture.
func (x *scout) anyClock(v *venture) {
	at := &x.p.parts[v.part]
	switch {
	case at.coupled:
		x.anyOfActor(v)
	case at.pooled:
		v.source = x.harmTo(v.part)
		x.ofPool(v)
	default:
		v.thing, v.clock = v.part, int32(x.stream.IntN(len(x.p.states[at.first].clocks)))
		x.ofPart(v)
	}
}

func (x *scout) ofPool(v *venture) {
	v.part, v.rate, v.share = v.source.part, v.source.rate, 1
	switch {
	case v.part == model.None:
	case v.source.harms:
		v.share = v.rate / x.p.harmOf(v.part)
	default:
		v.share = 0
	}
}

func (x *scout) ofPart(v *venture) {
	clocks := x.p.states[x.p.parts[v.part].first].clocks
	v.rate = clocks[v.clock].law.Hazard(x.now - x.born[v.part])
	v.share = 1 / float64(len(clocks))
}

// ofActor finds the clock of a venture among those of its actor.
func (x *scout) ofActor(v *venture) {
	a, n := x.actor(v.thing), 0
	part, _, _ := a.rule.Owner(int(v.clock))
	for i := range a.clocks {
		c := &a.clocks[i]
		if c.number == int(v.clock) {
			v.rate = c.speed * c.law.Hazard(c.age+c.speed*(x.now-c.at))
		}
		if own, _, _ := a.rule.Owner(c.number); own == part {
			n++
		}
	}
	if part != model.None {
		v.part, v.share = int32(a.rule.Parts[part]), 1/float64(n)
	}
}

// anyOfActor draws one of the clocks that run of a part that interacts with
// others. If none does, the venture has no rate.
func (x *scout) anyOfActor(v *venture) {
	for i := range x.actors {
		a := &x.actors[i]
		local := a.rule.Local(int(v.part))
		if local == model.None {
			continue
		}
		v.thing = a.thing
		var own []int32
		for k := range a.clocks {
			if part, _, _ := a.rule.Owner(a.clocks[k].number); part == local {
				own = append(own, int32(a.clocks[k].number))
			}
		}
		if len(own) > 0 {
			v.clock = own[x.stream.IntN(len(own))]
			x.ofActor(v)
		}
	}
}
