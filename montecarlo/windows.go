package montecarlo

import (
	"cmp"
	"math"
	"slices"

	"nines/model"
)

// keep lets a study keep records, if they are wanted.
func (s *study) keep(records bool) {
	if records {
		s.records = make([]record, len(s.totals))
	}
}

// budgets are the shares of the time that may be down by the usual targets of
// availability.
var budgets = [...]float64{0.01, 0.005, 0.001, 0.0005, 0.0001}

// planSpreads adds the studies of distributions of the piece of a study.
func (s *simulation) planSpreads(first *study) {
	p := first.program
	if (first.kind == cycles || first.renews) && p.mortal() {
		lives := s.add(life, p, first.engines)
		lives.extra = true
		lives.keep(true)
	}
	for _, length := range s.Windows {
		months := s.add(windows, p, first.engines)
		months.extra, months.each, months.perRun = true, length, p.perRun(length)
		months.keep(true)
		for _, target := range p.targets {
			months.limits = append(months.limits, limits(s.system, target, length))
		}
	}
}

// mostPerRun bounds what a run of windows must remember.
const mostPerRun = 1 << 12

// perRun is the number of windows of this length of one run. Where runs must
// warm up first it is that which makes the run about twice as long.
func (p *program) perRun(length float64) int {
	const meanWarmUp = 1.5
	return int(max(1, min(math.Ceil(meanWarmUp*p.warmUp/length), mostPerRun)))
}

// limits lists what the down time of windows of a target is held against.
func limits(sys *model.System, target int, length float64) []limit {
	var all []limit
	for _, b := range budgets {
		all = append(all, limit{time: b * length})
	}
	for i := range sys.Requirements {
		if r := &sys.Requirements[i]; about(r, target, length) {
			all = append(all, limit{time: r.Bound.P, atLeast: r.AtLeast, from: r})
		}
	}
	return all
}

// about says whether a requirement bounds the down time of a target in windows
// of this length.
func about(r *model.Requirement, target int, length float64) bool {
	return r.Target == target && r.Measure == model.Downtime && r.Confidence.P > 0 && r.Window == length
}

// enter adds what a run was to the records of a chunk.
func (s *study) enter(e *engine, c *chunk) {
	if s.kind == windows && !e.stopped {
		e.aftermath(s.most)
	}
	for t := range e.watches {
		switch {
		case e.stopped:
		case s.kind == windows:
			c.records[t].addWindows(e.journal, t, s.limits[t])
			c.records[t].addOutages(e.journal, t)
		case e.watches[t].mortal:
			c.records[t].addLife(&e.watches[t])
		}
	}
}

// width is half of the widest interval of the shares of windows within limits,
// and no less than that of a median.
func (r *record) width(confidence float64) float64 {
	widest := halfWidth(r.down.count, confidence)
	for i := range r.met {
		widest = max(widest, r.within(i, confidence).width())
	}
	return widest
}

// within estimates the share of the windows that are within a limit.
func (r *record) within(i int, confidence float64) estimate {
	return r.down.chance(&r.met[i], confidence)
}

// chance estimates the share of the numbers that a sum counts.
func (d *digest) chance(sum *bin, confidence float64) estimate {
	n := d.trials(sum, d.worth(confidence))
	return chance(d.share(sum.count)*n, n, confidence)
}

// halfWidth of the interval of a median, in shares of a sample of n.
func halfWidth(n int64, confidence float64) float64 {
	return chance(float64(n)/2, float64(n), confidence).width()
}

// spread tells of the windows of target t.
func (s *study) spread(t int, confidence float64) model.Windows {
	r, found := &s.records[t], s.sample(t, confidence)
	down := found.odds(downTime).rising(shareOfOdds).rising(func(p float64) float64 { return p * s.each })
	falls := found.rate(outages, length).rising(func(r float64) float64 { return r * s.each })
	w := model.Windows{
		Length:   s.each,
		Downtime: r.down.spread(down, confidence, s.each),
		Outages:  r.falls.spread(falls, confidence, math.Inf(1)),
	}
	for i, l := range s.limits[t] {
		met := r.within(i, confidence)
		to := model.Limit{Requirement: l.from, Downtime: l.time, Met: met.public(), Missed: met.falling(complement).public()}
		if l.from == nil {
			to.Availability = 1 - budgets[i]
		}
		w.Limits = append(w.Limits, to)
	}
	return w
}

// spread describes the numbers of a digest, that are most at the most.
func (d *digest) spread(mean estimate, confidence, most float64) model.Spread {
	c := d.curve(confidence)
	return model.Spread{Count: int(d.count), Mean: mean.public(), Quantiles: c.quantiles(confidence, most), Curve: c.drawn(confidence, most)}
}

func (e estimate) public() model.Estimate {
	return model.Estimate{Value: e.value, Low: e.low, High: e.high}
}

// spread adds the distributions that a study tells of its target t.
func (f *finding) spread(s *study, t int, confidence float64) {
	switch r := &s.records[t]; {
	case s.kind == windows:
		f.Spread.Windows = append(f.Spread.Windows, s.spread(t, confidence))
		if s.program.scopes[t].history {
			f.outages(s, t, confidence)
		}
	case s.program.scopes[t].history && r.ended.count > 0 && !r.cut.endless():
		spread := model.Spread{Count: int(r.ended.count + r.cut.count), Cut: int(r.cut.count), Mean: s.sample(t, confidence).life().public()}
		c := survivors(&r.ended, &r.cut)
		spread.Quantiles, spread.Curve = c.quantiles(confidence, math.Inf(1)), c.drawn(confidence, math.Inf(1))
		f.Spread.FirstFailure = &spread
	}
}

// outages describes the outages of a target, of the study that saw most.
func (f *finding) outages(s *study, t int, confidence float64) {
	r, found := &s.records[t], s.sample(t, confidence)
	n := r.outage.count
	if n == 0 || found.hits[downTime] == 0 || f.Spread.Outage != nil && int64(f.Spread.Outage.Count) >= n {
		return
	}
	mean := found.ratio(only(downTime), only(outages), found.count(outages), 1)
	spread := r.outage.spread(mean, confidence, math.Inf(1))
	f.Spread.Outage, f.Spread.Causes = &spread, nil
	part := func(k int64) model.Estimate { return chance(float64(k), float64(n), confidence).public() }
	for thing, b := range r.blame {
		if thing == model.None {
			continue
		}
		c := model.Cause{Begins: part(b.begins), Ends: part(b.ends)}
		c.Name, c.Kind = s.program.name(thing)
		f.Spread.Causes = append(f.Spread.Causes, c)
	}
	slices.SortFunc(f.Spread.Causes, func(a, b model.Cause) int {
		return cmp.Or(cmp.Compare(b.Begins.Value, a.Begins.Value), cmp.Compare(b.Ends.Value, a.Ends.Value), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
}
