package analytic

import (
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
	"nines/model/markov"
)

// A schedule is at which times to look for a mean over [0, end].
type schedule struct {
	times  []float64 // increasing, the last is the end
	shares []float64 // weight of each in the mean; of the end 0
}

// Panels of the quadrature over time.
const (
	panelPoints = 14
	panelRatio  = 10.0 // of the end of a panel to its begin, for sums of exponentials
	wavyRatio   = 3.0  // the same where phases let probabilities oscillate
)

// newSchedule suits functions that are sums of exponentials with rates from 0
// to fastest between some breaks: Gauss-Legendre quadrature in the time up to
// 1/fastest and then in its logarithm, which with panelRatio finds the integral
// of any one of them to 2e-13.
func newSchedule(end, fastest, ratio float64, breaks []float64) schedule {
	x, w := legendre(panelPoints)
	if fastest > 0 {
		breaks = append(breaks, 1/fastest)
	}
	ends := panels(end, ratio, math.Inf(1), breaks)
	var s schedule
	for p, to := range ends[1:] {
		from := ends[p]
		span := math.Log(to / from)
		for i := range x {
			if p == 0 {
				s.add(to*x[i], to/end*w[i])
				continue
			}
			t := from * math.Exp(span*x[i])
			s.add(t, t/end*span*w[i])
		}
	}
	s.add(end, 0)
	return s
}

func (s *schedule) add(t, share float64) {
	s.times, s.shares = append(s.times, t), append(s.shares, share)
}

// overTime adds the point and interval availabilities of targets whose parts
// are repaired: each component is followed by itself, and at each time the
// diagram tells what that comes to.
func (e *evaluation) overTime(reports []*report) {
	open := keep(reports, func(r *report) bool { return r.mended })
	if len(open) == 0 {
		return
	}
	kinks, ratio := e.bends(open)
	s := newSchedule(e.at, e.fastest(open), ratio, kinks)
	courses := map[*component]course{}
	open = keep(open, func(r *report) bool { return e.followed(r, s.times, courses) })
	last := len(s.times) - 1
	end := e.weighAt(courses, last)
	mean, rest := make([]float64, len(open)), 1.0
	for k := 0; k < last && !steady(courses, k); k++ {
		now := e.weighAt(courses, k)
		for i, r := range open {
			mean[i] += s.shares[k] * now.Prob(r.up).P
		}
		rest -= s.shares[k]
	}
	for i, r := range open {
		up := end.Prob(r.up).P
		r.addAt(model.PointAvailability, e.at, up)
		r.addAt(model.IntervalAvailability, e.at, mean[i]+max(rest, 0)*up)
	}
}

// weighAt gives each block the probabilities of the k-th time.
func (e *evaluation) weighAt(courses map[*component]course, k int) *bdd.Weights {
	return e.weigh(func(b *block) []float64 {
		if c := courses[e.components[b]]; c != nil {
			return c[k]
		}
		return b.pi
	})
}

// steady says whether from the k-th time on nothing changes.
func steady(courses map[*component]course, k int) bool {
	for _, c := range courses {
		for v, p := range c[len(c)-1] {
			if math.Abs(c[k][v]-p) > 0x1p-53 {
				return false
			}
		}
	}
	return true
}

func keep(reports []*report, good func(*report) bool) []*report {
	return slices.DeleteFunc(slices.Clone(reports), func(r *report) bool { return !good(r) })
}

// followed adds the courses of the components of a target; it is false if one of
// them takes too much work.
func (e *evaluation) followed(r *report, times []float64, courses map[*component]course) bool {
	for _, b := range r.blocks {
		c := e.components[b]
		if courses[c] != nil {
			continue
		}
		course, err := c.follow(len(b.pi), times, markov.Options{Context: e.ctx})
		if err != nil {
			r.lacks(tooLarge, model.PointAvailability, model.IntervalAvailability)
			return false
		}
		courses[c] = course
	}
	return true
}

// bends prepares for parts whose laws are not exponential: how they are
// followed, where their probabilities are not smooth, and what ratio suits them.
func (e *evaluation) bends(reports []*report) (kinks []float64, ratio float64) {
	ratio = panelRatio
	done := map[*component]bool{}
	for _, r := range reports {
		for _, b := range r.blocks {
			c := e.components[b]
			if done[c] || !c.phased {
				continue
			}
			done[c], ratio = true, wavyRatio
			if len(c.matched) > 0 && b.part != model.None && len(done) <= mostRenewals {
				if c.renewal = newRenewal(&e.sys.Parts[b.part].Automaton, e.at); c.renewal != nil {
					c.renewal.values = b.states
					kinks = append(kinks, c.renewal.kinks...)
				}
			}
		}
	}
	return kinks, ratio
}

// fastest is a rate that hardly anything in the targets together exceeds: the
// highest of a single component, and those of all when they are as new.
func (e *evaluation) fastest(reports []*report) float64 {
	highest, asNew := 0.0, 0.0
	seen := map[*block]bool{}
	for _, r := range reports {
		for _, b := range r.blocks {
			if c := e.components[b]; !seen[b] {
				seen[b] = true
				highest = max(highest, fastest(c.Chain))
				_, rate := c.Row(0)
				asNew += sum(rate)
			}
		}
	}
	return highest + asNew
}

// fastest is the highest rate at which a state is left.
func fastest(c *markov.Chain) float64 {
	most := 0.0
	for i := range c.Len() {
		_, rate := c.Row(i)
		most = max(most, sum(rate))
	}
	return most
}

// steps is what it takes to follow a chain transition by transition.
func steps(c *markov.Chain, at float64) float64 {
	return fastest(c) * at * float64(c.Transitions())
}

// A course is the probability of each value of a block at each of some times.
type course [][]float64

// follow gives the course of a component whose block has so many values.
func (c *component) follow(values int, times []float64, opts markov.Options) (course, error) {
	last := times[len(times)-1]
	if c.renewal != nil {
		if course := c.renewal.follow(values, times); course != nil {
			c.exact = true
			return course, nil
		}
	}
	switch {
	case c.stream != nil:
		return c.poisson(values, times, opts)
	case c.Len() > mostFollowed && steps(c.Chain, last) > mostSteps:
		return nil, markov.ErrWork
	}
	var all course
	_, err := c.Transient(nil, times, opts, func(m markov.Moment) {
		p := make([]float64, values)
		for i, v := range c.values {
			p[v] += m.Prob[i]
		}
		all = append(all, p)
	})
	return all, err
}

// poisson gives the course of a stream of deploys: the number live at t is
// Poisson, its mean the rate times the mean time that a deploy is live within t
// of its start (Takács, Introduction to the Theory of Queues, 1962, ch. 3).
func (c *component) poisson(values int, times []float64, opts markov.Options) (course, error) {
	phases := [3]float64{c.stream.Detect.Mean(), c.stream.Rollback.Mean(), math.Inf(1)}
	next := func(phase int) int { // of those that take time
		for phases[phase] == 0 {
			phase++
		}
		return phase
	}
	single, err := markov.Explore(next(0), func(phase int, emit func(int, float64)) {
		if phase < 2 {
			emit(next(phase+1), 1/phases[phase])
		}
	}, opts)
	if err != nil {
		return nil, err
	}
	curve, err := single.Curve(nil, single.Where(func(phase int) bool { return phase < 2 }), times, opts)
	if err != nil {
		return nil, err
	}
	all := make(course, len(times))
	for k, t := range curve.TimeIn {
		mean := c.stream.Rate * t
		weight := math.Exp(-mean)
		for n := range values - 1 {
			all[k] = append(all[k], weight)
			weight *= mean / float64(n+1)
		}
		tail, _ := poissonTail(mean, values-1, model.Prob{}, model.Prob{})
		all[k] = append(all[k], weight*tail)
	}
	return all, nil
}
