package montecarlo

import (
	"math"

	"nines/model"
)

// A prospect is what a mission is to expect.
type prospect struct {
	failure estimate // the chance of a moment not up
	down    estimate // the chance of not being up at the end
	odds    estimate // of the time not up to the time up
}

// patient is how many mean recoveries a mission must last for the long run to tell
// of it, and late is how many its first failure may be late.
const (
	patient = 40
	late    = 4
)

// prospect estimates what a mission of a target is to expect. Where no mission has
// failed, but the long run is known from rare events, failures come as a Poisson
// stream of their rate there (Keilson, Markov Chain Models, 1979, chapter 8),
// which holds where nothing as new has a memory. The mission begins as new, so
// they are a little late: by a few recoveries at most.
func (s *study) prospect(t int, confidence float64) prospect {
	seen := s.sample(t, confidence)
	delay := s.program.recovery() / s.end
	if s.long != nil && s.long.kind.weighted() && seen.hits[failures] == 0 && patient*delay <= 1 && !s.program.ages() {
		if far := s.long.sample(t, confidence); far.runs > 1 && far.hits[failures] > 0 && far.hits[downTime] > 0 {
			return far.prospect(s.end, delay)
		}
	}
	return prospect{seen.chance(failures), seen.chance(ending).falling(complement), seen.odds(downTime)}
}

// prospect of a mission to the end, of a sample of the long run.
func (s sample) prospect(end, delay float64) prospect {
	time := length
	if s.kind == cycles {
		time = span
	}
	p := prospect{odds: s.odds(downTime)}
	p.failure = s.rate(failures, time).rising(func(r float64) float64 { return -math.Expm1(-r * end) })
	p.down = p.odds.rising(shareOfOdds)
	p.failure.low *= 1 - late*delay
	p.odds.low *= 1 - late*delay
	return p
}

func complement(p float64) float64 { return 1 - p }

// recovery is the longest mean time in which something is as new again, s; for
// sets of parts that interact the sum of those of all.
func (p *program) recovery() float64 {
	longest := 0.0
	for _, e := range p.starts {
		if e != nil {
			for _, back := range e.back {
				longest = max(longest, back)
			}
		}
	}
	for _, set := range p.sets {
		queue := 0.0
		for _, part := range set.Parts {
			queue += newRound(p.statesOf(part), p.parts[part].first).away
		}
		longest = max(longest, queue)
	}
	for i := range p.fixes {
		longest = max(longest, p.fixes[i].stay)
	}
	return longest
}

// ages says whether something as new has a memory.
func (p *program) ages() bool {
	for i := range p.parts {
		if at := &p.parts[i]; !at.static && !p.states[at.first].exponential() {
			return true
		}
	}
	for i := range p.sys.Shocks {
		for _, strike := range p.sys.Shocks[i].Strikes {
			if c := newClock(strike.Every, model.None); c.kind != exponentialLaw {
				return true
			}
		}
	}
	return false
}
