package analytic

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"nines/model"
	"nines/model/dist"
	"nines/model/markov"
)

// mostFollowing bounds the states of a joint chain that is limited to few
// failures at once.
const mostFollowing = 60_000

// jointWithin finds all states of c if the limits allow, else those of few
// failures at once.
func jointWithin(c *model.Coupled, like symmetry, opts markov.Options) (*joint, error) {
	j, err := newJoint(c, like, opts)
	if errors.Is(err, markov.ErrSize) {
		return limited(c, like, opts)
	}
	return j, err
}

// limited finds the states of c in which few parts at once are not as new: as
// many as keep the chain within opts and mostFollowing. What leads out of these
// goes to one more state, nameBeyond, from which everything is as new again
// after a mean time that is no less than the true one. So the probability of
// being beyond is an upper bound, and the true probability of anything differs
// by that at most (METHODS.md, section 12).
func limited(c *model.Coupled, like symmetry, opts markov.Options) (*joint, error) {
	opts.MaxStates = min(opts.MaxStates, mostFollowing)
	var found *joint
	for most := 1; most <= len(c.Parts); most++ {
		w, err := newWalk(c, like, opts.Context)
		if err != nil {
			return nil, err
		}
		w.most, w.absence, w.around = most, w.recovers(most+1), surroundings(c)
		if math.IsInf(w.absence, 1) {
			return nil, fmt.Errorf("%w, and too much is amiss too often to leave out any", markov.ErrSize)
		}
		j, err := w.explore(opts)
		if found != nil && errors.Is(err, markov.ErrSize) {
			break
		}
		if err != nil {
			return nil, err
		}
		found = j
	}
	return found, nil
}

// level is how many parts are not as new, and groups that take over although
// nothing around them is amiss any more.
func (w *walk) level(s model.Joint) int {
	n := 0
	for _, state := range s[:len(w.c.Parts)] {
		if state != 0 {
			n++
		}
	}
	for g, parts := range w.around {
		if w.c.Busy(s, g) && !slices.ContainsFunc(parts, func(i int) bool { return s[i] != 0 }) {
			n++
		}
	}
	return n
}

// surroundings lists, by group, the local indexes of its members and of the
// domains and causes around them.
func surroundings(c *model.Coupled) [][]int {
	all := make([][]int, len(c.Groups))
	for g, node := range c.Groups {
		for _, p := range c.System.Around(node) {
			all[g] = append(all[g], c.Local(p))
		}
	}
	return all
}

// recovers bounds the mean time until all is as new, after so many parts have
// failed. It is no longer than if one repairer did all there is to do, one thing
// after the other: the busy period of a queue (Kleinrock, Queueing Systems 1,
// 1975, section 5.8), in which each failure brings what it takes to mend the
// part and all the groups that it may disturb. Infinite means no bound.
func (w *walk) recovers(failed int) float64 {
	mending, load := make([]float64, len(w.c.Parts)), 0.0
	for i, p := range w.c.Parts {
		mending[i] = w.mending(p)
		load += w.failing(p) * (mending[i] + w.disturbance(p))
	}
	if len(w.c.Shocks) > 0 {
		failed = len(mending)
	}
	for _, k := range w.c.Shocks {
		load += w.strain(&w.c.System.Shocks[k])
	}
	slices.SortFunc(mending, func(a, b float64) int { return cmp.Compare(b, a) })
	total := sum(mending[:min(failed, len(mending))])
	for g, node := range w.c.Groups {
		rate, lasting := w.c.Mistakes(g)
		own := takeover(&w.c.System.Nodes[node]) + lasting
		load += rate * own
		total += own
	}
	if load > mostLoad {
		return math.Inf(1)
	}
	return total / (1 - load)
}

// mostLoad is the load above which nothing is left out.
const mostLoad = 0.5

// strain is the load that a shock brings.
func (w *walk) strain(s *model.Shock) float64 {
	rate, each := 0.0, 0.0
	for _, k := range s.Strikes {
		rate += topRate(k.Every)
	}
	for _, p := range s.Parts {
		each += w.mending(p) + w.disturbance(p) + longestMean(s.Repair)
	}
	return rate * each
}

// mending bounds the mean time that a part is not as new.
func (w *walk) mending(part int) float64 {
	total := 0.0
	for i := range w.c.System.Parts[part].Automaton.States {
		clocks := w.c.System.Parts[part].Automaton.States[i].Clocks
		if i == 0 {
			continue
		}
		stay := math.Inf(1)
		for _, c := range clocks {
			stay = min(stay, longestMean(c.Law))
		}
		total += stay
	}
	return total
}

// failing bounds the rate at which a part fails.
func (w *walk) failing(part int) float64 {
	rate := 0.0
	for _, c := range w.c.System.Parts[part].Automaton.States[0].Clocks {
		rate += topRate(c.Law)
	}
	return rate
}

// disturbance bounds the mean time that takeovers last after a part, or a domain
// around members, has failed.
func (w *walk) disturbance(part int) float64 {
	total := 0.0
	for _, node := range w.c.Groups {
		if slices.Contains(w.c.System.Around(node), part) {
			total += takeover(&w.c.System.Nodes[node])
		}
	}
	return total
}

// takeover bounds the mean time that a group takes to be as before, whichever of
// its members are tried in vain.
func takeover(group *model.Node) float64 {
	total := longestMean(group.Elect)
	if t := group.Waiting; t != nil {
		total += longestMean(t.Detect) + float64(len(group.Children))*(longestMean(t.Switch)+longestMean(t.Else))
	}
	return total
}

// longestMean bounds the mean time that is left of a law, by its phases; 0 for nil.
func longestMean(l dist.Law) float64 {
	switch {
	case l == nil:
		return 0
	case exponential(l):
		return l.Mean()
	}
	total := 0.0
	for _, rate := range newStages(l).rate {
		total += 1 / rate
	}
	return total
}

// topRate bounds the rate of a law, by its phases.
func topRate(l dist.Law) float64 {
	if exponential(l) {
		return 1 / l.Mean()
	}
	return slices.Max(newStages(l).rate)
}

// beyond is the state nameBeyond of a chain that is limited, or model.None.
func (j *joint) beyond() int {
	if j.walk.most == 0 {
		return model.None
	}
	return slices.Index(j.States, nameBeyond)
}

// leftOut is the probability that what a target depends on is beyond, at most,
// and the rate at which it gets there.
func (e *evaluation) leftOut(t model.Target) (p, rate float64) {
	var relevant []int
	for _, b := range e.blocks {
		if b.module == nil || b.module.beyond == 0 {
			continue
		}
		if relevant == nil {
			relevant = e.sys.Relevant([]model.Target{t})
		}
		if _, is := slices.BinarySearch(relevant, b.module.coupled.Parts[0]); is {
			p += b.module.beyond
			rate += b.module.beyond / b.module.chain.walk.absence
		}
	}
	return p, rate
}

// tolerable says whether little enough is left out: the target goes down in the
// states that are followed, and where phases stand for laws, so that there are no
// bounds which would show how much it is, it is next to nothing.
func (e *evaluation) tolerable(r *report) bool {
	p, _ := e.leftOut(r.Target)
	return p == 0 || r.down > 0 && (p <= mostLeftOut*r.down || len(e.phased(r)) == 0)
}

const mostLeftOut = 0.01

// widen gives the values of a target bounds where states were left out.
func (e *evaluation) widen(r *report) {
	p, rate := e.leftOut(r.Target)
	if p == 0 {
		return
	}
	wrong := p
	if !e.errs() {
		wrong = 0
	}
	for i := range r.Values {
		switch v := &r.Values[i]; v.Measure {
		case model.Availability:
			widened(v, max(0, v.Value-p), v.Value)
		case model.Unavailability:
			widened(v, v.Value, min(1, v.Value+p))
		case model.Nines:
			widened(v, v.Value-math.Log10(1+p/r.down), v.Value)
		case model.Downtime:
			widened(v, v.Value, v.Value+p*model.Year)
		case model.Served:
			widened(v, max(0, v.Value-p), v.Value)
		case model.WrongShare:
			widened(v, v.Value, min(1, v.Value+wrong))
		case model.Degraded:
			widened(v, v.Value, min(1, v.Value+p))
		case model.MTTF, model.MTTDL:
			widened(v, v.Value/(1+rate*v.Value), v.Value)
		case model.DataLoss:
			widened(v, v.Value, min(1, v.Value-math.Expm1(-rate*e.at)))
		case model.Reliability, model.Durability:
			widened(v, v.Value*math.Exp(-rate*e.at), v.Value)
		default:
			v.Method, v.Note = model.Approximate, fewFailures
		}
	}
}

// errs says whether anything may answer wrongly.
func (e *evaluation) errs() bool {
	wrong := func(s model.State) bool { return s.Condition == model.Wrong }
	return len(e.sys.Detectors) > 0 || slices.ContainsFunc(e.sys.Parts, func(p model.Part) bool { return slices.ContainsFunc(p.Automaton.States, wrong) })
}

const fewFailures = "states with many failures at once are left out"

// widened makes a value approximate unless its bounds are one.
func widened(v *model.Value, low, high float64) {
	if low == high {
		return
	}
	if v.Bounded {
		low, high = min(low, v.Low), max(high, v.High)
	}
	v.Method, v.Note, v.Bounded, v.Low, v.High = model.Approximate, fewFailures, true, low, high
}
