package montecarlo

import (
	"math"

	"nines/model/dist"
)

// A hazard is all that could fail on a walk and has not.
type hazard struct {
	window    window
	segments  []segment
	early     []segment // as far as they lie before that
	keepers   []int32   // parts that are not pooled and interact with no other
	recording bool      // actors add to it
}

// A segment of the hazard of a walk: that of the pool, or of one clock, while
// its rate or speed is the same.
type segment struct {
	law        dist.Law // nil: of the pool, at a constant rate
	thing      int32    // the part, or the actor by its number in the queue
	clock      int32    // its number there
	rate       float64
	start, end float64 // s
	age, speed float64 // s, age at the start; age per time
	integral   float64
}

// expose closes the segments of the clocks of an actor that can break something.
func (x *scout) expose(a *actor) {
	for i := range a.clocks {
		c := &a.clocks[i]
		if x.recording && c.speed > 0 && x.now > c.at && a.breaks(a.state, c.number) {
			x.segments = append(x.segments, segment{law: c.law, thing: a.thing, clock: int32(c.number), start: c.at, end: x.now, age: c.age, speed: c.speed})
		}
		c.grow(x.now)
	}
}

// exposePart adds the segments of a part that is as new at the end of a walk.
func (x *scout) exposePart(part int32) {
	first := x.p.parts[part].first
	start := max(x.window.start, x.born[part])
	if x.states[part] != first || start >= x.now {
		return
	}
	for i := range x.p.states[first].clocks {
		x.segments = append(x.segments, segment{
			law: x.p.states[first].clocks[i].law, thing: part, clock: int32(i), start: start, end: x.now, age: start - x.born[part], speed: 1,
		})
	}
}

// integrate gives the integral of segments.
func integrate(segments []segment) float64 {
	total := 0.0
	for i := range segments {
		s := &segments[i]
		s.integral = s.upTo(s.end)
		total += s.integral
	}
	return total
}

// upTo is the integral up to a time.
func (s *segment) upTo(time float64) float64 {
	switch time = min(time, s.end); {
	case time <= s.start:
		return 0
	case s.law == nil:
		return s.rate * (time - s.start)
	}
	return cumulative(s.law, s.age, s.age+s.speed*(time-s.start))
}

// hazardAt is the integral of all segments up to a time.
func (h *hazard) hazardAt(time float64) float64 {
	total := 0.0
	for i := range h.segments {
		total += h.segments[i].upTo(time)
	}
	return total
}

// cut gives the integral before anything is back.
func (h *hazard) cut() float64 {
	h.early = h.early[:0]
	for _, s := range h.segments {
		if first := h.window.backs[0]; s.start < first {
			s.end = min(s.end, first)
			h.early = append(h.early, s)
		}
	}
	return integrate(h.early)
}

// slight is an integral below which that of the hazard by Simpson's rule is
// better than a difference of logarithms.
const slight = 1e-6

// cumulative is the integral of the hazard of a law between two ages.
func cumulative(l dist.Law, from, to float64) float64 {
	if e, is := l.(dist.Exponential); is {
		return (to - from) / e.MeanTime
	}
	difference := l.LogSurvival(from) - l.LogSurvival(to)
	if difference < slight {
		simpson := (to - from) / 6 * (l.Hazard(from) + 4*l.Hazard((from+to)/2) + l.Hazard(to))
		if simpson > 0 && simpson < 2*slight {
			return simpson
		}
	}
	if math.IsNaN(difference) { // of two ages beyond the end
		return math.Inf(1)
	}
	return max(0, difference)
}

// first draws the first failure of a walk, given that there is one, which has
// the chance met: the segments one after the other are met by a Poisson stream
// of rate 1, of which a first point is drawn that lies in them, and from the end
// of its segment on the stream begins anew; the earliest point in time counts.
func first(segments []segment, met float64, s *stream) (time float64, found *segment) {
	time = math.Inf(1)
	for next, i := -math.Log1p(-met*s.Float64()), 0; i < len(segments); i++ {
		at := &segments[i]
		if next >= at.integral {
			next -= at.integral
			continue
		}
		if t := at.reach(next); t < time || found == nil {
			time, found = t, at
		}
		next = s.ExpFloat64()
	}
	return time, found
}

// reach is the time at which the integral of a segment is x.
func (s *segment) reach(x float64) float64 {
	switch l := s.law.(type) {
	case nil:
		return min(s.start+x/s.rate, s.end)
	case dist.Exponential:
		return min(s.start+x*l.MeanTime/s.speed, s.end)
	}
	age := s.age
	past := -s.law.LogSurvival(s.age)
	switch {
	case s.integral < 1e-9*past || s.integral < 1e-12: // too little for the quantile to tell
		age += s.bend(x)
	case past+x < math.Ln2:
		age = s.law.Quantile(-math.Expm1(-past - x))
	default:
		age = s.law.SurvivalQuantile(math.Exp(-past - x))
	}
	return min(max(s.start+(age-s.age)/s.speed, s.start), s.end)
}

// bend is the age gained at which the integral is x, if the hazard is a straight
// line.
func (s *segment) bend(x float64) float64 {
	gained := s.speed * (s.end - s.start)
	first, last := s.law.Hazard(s.age), s.law.Hazard(s.age+gained)
	share := x / s.integral
	if slope := (last - first) / (last + first); slope != 0 && !math.IsNaN(slope) && !math.IsInf(first+last, 0) {
		// (1-slope) y + slope y² = share, y the share of the time
		return gained * 2 * share / (1 - slope + math.Sqrt((1-slope)*(1-slope)+4*slope*share))
	}
	return gained * share
}
