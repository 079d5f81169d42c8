package analytic

import (
	"math"

	"nines/model"
	"nines/model/markov"
)

// The work on first outages is counted in transitions looked at. With the
// default Options.MaxStates it takes about a second for all targets together.
const (
	allTargets = 1.5     // what may be spent in all, times MaxStates
	oneTarget  = 0.5     // on one target
	perNode    = 20      // the price of a node of the structure or the diagram
	perState   = 50      // the price of a state, beside its transitions
	slowGrowth = 3       // of the work, from step to step
	little     = 100_000 // what is spent though the bounds agree
)

// An outage works out when a target is first not up, from the product of what
// it depends on. Where that is too large only states with few things amiss at
// once are followed, more and more of them; the bounds are METHODS.md's.
type outage struct {
	*product
	opts markov.Options
	at   float64
	rare bool // it is the failure by then that counts, however small
}

// A bracket is what is found out about the first outage.
type bracket struct {
	known             bool
	why               reason // where it is not
	never             bool   // it may stay up for ever
	mttf, reliability interval
	failure           interval // 1 - reliability, in its stead
	curved            bool     // one of them is known
}

// An interval holds a number, and the best guess at it.
type interval struct{ low, best, high float64 }

func exactly(x float64) interval { return interval{x, x, x} }

// Gaps of bounds, relative for times and absolute for probabilities.
const (
	oneNumber   = 1e-9 // it makes no difference
	closeTime   = 1e-6 // good enough to look no further
	closeChance = 1e-5
)

// firstOutage adds the measures of the first outage of a target whose parts are
// repaired.
func (e *evaluation) firstOutage(r *report) {
	b, done := e.brackets[r.up]
	if !done {
		b = e.bracket(r)
		e.brackets[r.up] = b
	}
	if !b.known {
		r.lacks(b.why, model.MTTF, model.Reliability)
		return
	}
	r.addLife(model.MTTF, b)
	if b.curved {
		r.addInterval(model.Reliability, e.at, b.reliability)
	} else {
		r.lacks(tooLarge, model.Reliability)
	}
}

// addLife adds the mean time of a bracket.
func (r *report) addLife(m model.Measure, b bracket) {
	switch {
	case b.never:
		r.lacks(neverEnds, m)
	case math.IsInf(b.mttf.low, 1):
		r.lacks(tooLong, m)
	case math.IsInf(b.mttf.high, 1):
		r.lacks(tooLarge, m)
	default:
		r.addInterval(m, 0, b.mttf)
	}
}

// addInterval adds a value with its bounds where they differ.
func (r *report) addInterval(m model.Measure, at float64, b interval) {
	r.addAt(m, at, b.best)
	if b.high-b.low <= oneNumber*b.low {
		return
	}
	v := &r.Values[len(r.Values)-1]
	v.Method, v.Note = model.Approximate, "states with many failures at once are bounded"
	v.Bounded, v.Low, v.High = true, b.low, b.high
}

// bracket bounds the first outage within its share of the work.
func (e *evaluation) bracket(r *report) bracket {
	e.waiting--
	if h := e.hazard(r.up); h > 0 {
		s := math.Exp(-h * e.at)
		return bracket{known: true, mttf: exactly(1 / h), curved: true, reliability: exactly(s), failure: exactly(-math.Expm1(-h * e.at))}
	}
	allowance := min(int(oneTarget*float64(e.maxStates)), e.work/max(e.waiting+1, 1))
	price := perNode * (len(r.blocks) + e.m.Size(r.up))
	if price > allowance {
		return bracket{why: tooLarge}
	}
	e.work -= price
	p, err := e.newProduct(r)
	if err != nil {
		return bracket{why: tooLarge}
	}
	o := &outage{product: p, opts: markov.Options{Context: e.ctx}, at: e.at, rare: e.rare}
	o.allowance = allowance
	b := o.search()
	e.work -= min(p.spent, allowance)
	return b
}

// search allows more and more to be amiss until nothing more can be, the bounds
// agree, or the next step would take too much work. The states with n amiss are
// about as many as the n out of those with one. Where parts are alike they are
// far fewer, and steps become longer.
func (o *outage) search() bracket {
	best := bracket{why: tooLarge}
	singles, last := 0, 0
	for limit := 1; ; {
		before := o.spent
		b, states, complete := o.step(limit)
		if !b.known {
			return best
		}
		best = b
		if limit == 1 {
			singles = states
		}
		cost := o.spent - before
		next := cost * singles / (limit + 1)
		if complete || b.tight() && next > little || o.spent+next > o.allowance {
			return best
		}
		if limit >= 4 && cost <= slowGrowth*last {
			limit *= 2
		} else {
			limit++
		}
		last = cost
	}
}

func (b *bracket) tight() bool {
	return b.mttf.high-b.mttf.low <= closeTime*b.mttf.low && b.reliability.high-b.reliability.low <= closeChance &&
		b.failure.high-b.failure.low <= closeTime*b.failure.low
}

// step bounds the first outage by the states with at most limit amiss; complete
// says that there are no others.
func (o *outage) step(limit int) (b bracket, states int, complete bool) {
	space, err := o.explore(limit, o.opts)
	if err != nil || o.spent > o.allowance {
		return bracket{}, 0, false
	}
	b.known = true
	end := space.Where(func(name string) bool { return name == nameDown || name == nameBeyond || name == nameBack })
	t, err := o.trip(space, end, 0)
	if err != nil {
		return bracket{}, 0, false
	}
	complete = t.left() == 0
	b.never = t.misses
	if complete || math.IsInf(t.mean, 1) {
		b.mttf = exactly(t.mean)
	} else {
		b.mttf = o.restarted(space, end, t)
		b.mttf.high = min(b.mttf.high, 1/o.vital)
	}
	if o.rare {
		b.failure, b.curved = o.failure(space, end, t)
	} else if s, ok := o.survival(space, end); ok {
		b.curved, b.reliability = true, interval{s, math.Pow(s, 1-t.left()), max(s, min(s+t.left(), math.Exp(-o.vital*o.at)))}
	} else if f, ok := o.failure(space, end, t); ok {
		b.curved, b.reliability = true, interval{1 - f.high, 1 - f.best, 1 - f.low}
	}
	return b, space.Len(), complete
}

// restarted bounds the mean where some paths leave the states that are
// followed, from which they come home first or not. Whatever happens, a path is
// home after a bounded mean time or has ended, and is as good as one of those
// that start there.
func (o *outage) restarted(space *markov.Space[string], end markov.Set, first trip) interval {
	b := interval{first.mean, first.mean / first.down, math.Inf(1)}
	homes, ok := o.homes(space)
	if !ok {
		return b
	}
	longest, err := o.within()
	if err != nil {
		return b
	}
	least, most := math.Inf(1), 0.0
	for _, home := range homes {
		t := first
		if home != 0 {
			if t, err = o.trip(space, end, home); err != nil {
				return b
			}
		}
		least = min(least, t.mean/(t.down+t.beyond))
		most = max(most, (t.mean+t.left()*longest)/t.down)
	}
	return interval{first.mean + first.back*least, b.best, first.mean + first.left()*(longest+most)}
}

// A trip goes from a state to the first outage, or to where it is followed no
// further.
type trip struct {
	mean               float64
	down, beyond, back float64 // probabilities of ending so
	misses             bool    // it may go on for ever
}

func (t trip) left() float64 { return t.beyond + t.back }

func (o *outage) trip(space *markov.Space[string], end markov.Set, from int) (trip, error) {
	start := make([]float64, space.Len())
	start[from] = 1
	return o.tripFrom(space, end, start)
}

// tripFrom is a trip from a distribution of states.
func (o *outage) tripFrom(space *markov.Space[string], end markov.Set, start []float64) (trip, error) {
	p, err := space.Passage(start, end, o.opts)
	if err != nil {
		return trip{}, err
	}
	t := trip{mean: p.Mean, misses: p.Miss > 0}
	for i, name := range space.States {
		switch name {
		case nameDown:
			t.down += p.Hit[i]
		case nameBeyond:
			t.beyond += p.Hit[i]
		case nameBack:
			t.back += p.Hit[i]
		}
	}
	return t, nil
}

const mostHomes = 16

// homes lists the states in which nothing is amiss, if they are few, all up and
// known.
func (o *outage) homes(space *markov.Space[string]) ([]int, bool) {
	if o.recoveries == nil {
		return nil, false
	}
	index := map[string]int{}
	for i, name := range space.States {
		index[name] = i
	}
	clear(o.here)
	found := map[int]bool{}
	var all []int
	ok := true
	var choose func(i int)
	choose = func(i int) {
		if i < len(o.components) {
			for _, state := range o.recoveries[i].homes {
				if o.here[i] = state; ok {
					choose(i + 1)
				}
			}
			o.here[i] = 0
			return
		}
		at, known := index[o.canonical()]
		if ok = ok && known && len(all) <= mostHomes; ok && !found[at] {
			found[at] = true
			all = append(all, at)
		}
	}
	choose(0)
	return all, ok
}

// Where the decay does not tell the survival it is followed step by step: chains
// of so many states whatever the horizon, others while the product of their
// transitions and of those that take place is no more than so many.
const (
	mostFollowed = 400
	mostSteps    = 1e8
)

// survival is the probability that the end has not been entered yet.
func (o *outage) survival(space *markov.Space[string], end markov.Set) (float64, bool) {
	if d, err := space.Decay(nil, end, o.opts); err == nil && space.Len() > 20 {
		if s, off := d.Survival(o.at); off <= 1e-12*s {
			return s, true
		}
	}
	if space.Len() > mostFollowed && steps(space.Chain, o.at) > mostSteps {
		return 0, false
	}
	curve, err := space.PassageCurve(nil, end, []float64{o.at}, o.opts)
	if err != nil {
		return 0, false
	}
	return curve.Out[0], true
}
