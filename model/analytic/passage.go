package analytic

import (
	"math"

	"nines/model"
	"nines/model/bdd"
	"nines/model/markov"
)

// Bounds of the work on first outages, in transitions looked at.
const (
	allTargets = 4_000_000
	oneTarget  = 1_000_000
	perNode    = 20 // the price of a node of the structure or the diagram
)

// An outage works out when a target is first not up, from the product of what
// it depends on. Where that is too large only states with few things amiss at
// once are followed, more and more of them; the bounds are METHODS.md's.
type outage struct {
	*product
	opts markov.Options
	at   float64
}

// A bracket is what is found out about the first outage.
type bracket struct {
	known             bool
	why               reason // where it is not
	never             bool   // it may stay up for ever
	mttf, reliability between
	curved            bool // reliability is known
}

// between says that a number lies between two.
type between struct{ low, best, high float64 }

func exactly(x float64) between { return between{x, x, x} }

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
	switch {
	case !b.known:
		r.lacks(b.why, model.MTTF, model.Reliability)
		return
	case b.never:
		r.lacks(neverEnds, model.MTTF)
	case math.IsInf(b.mttf.best, 1):
		r.lacks(tooMany, model.MTTF)
	default:
		r.addBetween(model.MTTF, 0, b.mttf)
	}
	if b.curved {
		r.addBetween(model.Reliability, e.at, b.reliability)
	} else {
		r.lacks(tooMany, model.Reliability)
	}
}

// addBetween adds a value with its bounds where they differ.
func (r *report) addBetween(m model.Measure, at float64, b between) {
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
	allowance := min(oneTarget, e.work/max(e.waiting, 1))
	price := perNode * (len(r.blocks) + e.m.Size(r.up))
	if price > allowance {
		return bracket{why: tooMany}
	}
	e.work -= price
	p, err := e.newProduct(r)
	if err != nil || p == nil {
		return bracket{why: repaired}
	}
	o := &outage{product: p, opts: markov.Options{MaxStates: e.maxStates, Context: e.ctx}, at: e.at}
	o.allowance = allowance
	b := o.search()
	e.work -= min(p.spent, allowance)
	return b
}

// search allows more and more to be amiss until the bounds agree, nothing more
// can be, or the next step would take too much work.
func (o *outage) search() bracket {
	best := bracket{why: tooMany}
	last := 1
	for limit := 1; ; limit++ {
		before := o.spent
		b, complete := o.step(limit)
		if !b.known {
			return best
		}
		best = b
		took := o.spent - before
		if complete || b.tight() || float64(o.spent)+float64(took)*float64(took)/float64(last) > float64(o.allowance) {
			return best
		}
		last = took
	}
}

func (b *bracket) tight() bool {
	return b.mttf.high-b.mttf.low <= closeTime*b.mttf.low && b.reliability.high-b.reliability.low <= closeChance
}

// step bounds the first outage by the states with at most limit amiss; complete
// says that there are no others.
func (o *outage) step(limit int) (b bracket, complete bool) {
	space, err := o.explore(limit, o.opts)
	if err != nil || o.spent > o.allowance {
		return bracket{}, false
	}
	b.known = true
	end := space.Where(func(name string) bool { return name == nameDown || name == nameBeyond })
	beyond := space.Where(func(name string) bool { return name == nameBeyond })
	p, err := space.Passage(nil, end, o.opts)
	if err != nil {
		return bracket{}, false
	}
	_, _ = beyond, p
	away, _ := beyond.Split(p.Hit)
	complete = away == 0
	b.never = complete && p.Miss > 0
	b.mttf = between{p.Mean, p.Mean / (1 - away), math.Inf(1)}
	if complete {
		b.mttf = exactly(p.Mean)
	}
	if curve, err := space.PassageCurve(nil, end, []float64{o.at}, o.opts); err == nil {
		s := curve.Out[0]
		b.curved, b.reliability = true, between{s, math.Pow(s, 1-away), min(1, s+away)}
	}
	return b, complete
}

var _ bdd.Ref
