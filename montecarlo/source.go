package montecarlo

import (
	"math"
	"slices"

	"nines/model"
)

// A source is a clock without memory: of a part, or the arrival of bad deploys.
type source struct {
	part    int32 // or model.None
	deploys int32 // or model.None
	to      int32 // state of the part
	rate    float64
	harms   bool // the part is not up before it is as new again
}

// minPooled is the share of the time that a part must be as new, in the long
// run, for its clocks to be worth pooling: else most rings would be out of turn.
const minPooled = 0.5

// pool gathers the sources. Parts that end up somewhere for good would ring
// out of turn for ever, so they are left to the queue.
func (p *program) pool() {
	for i := range p.parts {
		if p.starts[i] == nil || p.starts[i].moves == 0 || p.starts[i].share[0] < minPooled {
			continue
		}
		at := &p.parts[i]
		fresh := &p.states[at.first]
		if at.pooled = fresh.exponential(); !at.pooled {
			continue
		}
		at.sources[0] = int32(len(p.sources))
		for c := range fresh.clocks {
			to := fresh.clocks[c].to
			p.sources = append(p.sources, source{int32(i), model.None, to, 1 / fresh.clocks[c].time, p.harmful(at.first, to)})
		}
		at.sources[1] = int32(len(p.sources))
	}
	for d := range p.sys.Deploys {
		if rate := p.sys.Deploys[d].Rate; rate > 0 {
			p.fixes[d].source = int32(len(p.sources))
			p.sources = append(p.sources, source{model.None, int32(d), 0, rate, true})
		}
	}
}

// harmful says whether a part whose first state is given is ever not up from
// another on. What loses no data does no harm to it.
func (p *program) harmful(first, state int32) bool {
	for state != first {
		s := &p.states[state]
		if s.condition != model.Up || len(s.clocks) == 0 {
			return s.condition != model.Up
		}
		state = s.clocks[0].to
	}
	return false
}

// vulnerable says whether a part can ever be not up.
func (p *program) vulnerable(part int) bool {
	return slices.ContainsFunc(p.statesOf(part), func(s state) bool { return s.condition != model.Up })
}

// weigh makes what the sources are drawn by.
func (p *program) weigh() {
	p.owners = newRates(len(p.parts) + len(p.fixes))
	odds := make([]float64, len(p.sources))
	for i := range p.sources {
		s := &p.sources[i]
		odds[i] = s.rate
		if s.part == model.None {
			p.owners.set(int32(len(p.parts))+s.deploys, s.rate)
		} else {
			p.owners.set(s.part, p.rateOf(s.part))
		}
	}
	if len(odds) > 0 {
		p.pick = newAlias(odds)
		p.lead()
	}
}

// rateOf is the sum of the rates of the sources of a part.
func (p *program) rateOf(part int32) float64 {
	total := 0.0
	for _, s := range p.sourcesOf(part) {
		total += s.rate
	}
	return total
}

// harmOf is the sum of the rates of those that do harm.
func (p *program) harmOf(part int32) float64 {
	total := 0.0
	for _, s := range p.sourcesOf(part) {
		if s.harms {
			total += s.rate
		}
	}
	return total
}

func (p *program) sourcesOf(part int32) []source {
	own := p.parts[part].sources
	return p.sources[own[0]:own[1]]
}

// A lead chooses what a cycle begins with, and how much more that counts.
type lead struct {
	alias alias
	scale []float64 // of the sources
}

// lead chooses how often a cycle begins with each source: half as often as it
// rings, and half in proportion to the time that it then takes to be as new
// again, in which others can fail; a quarter of them all alike in eager cycles.
// Scale makes up for it, with 2 at most.
func (p *program) lead() {
	risks, total := make([]float64, len(p.sources)), 0.0
	for i, s := range p.sources {
		if s.part == model.None {
			risks[i] = s.rate * p.fixes[s.deploys].stay
		} else {
			risks[i] = s.rate * p.starts[s.part].back[s.to-p.parts[s.part].first]
		}
		total += risks[i]
	}
	kinds := p.kindsOfSources()
	for eager, alike := range [...]float64{0, 0.25} {
		odds, scale := make([]float64, len(p.sources)), make([]float64, len(p.sources))
		for i, s := range p.sources {
			share := s.rate / p.rate()
			odds[i] = share
			if total > 0 {
				odds[i] = share/2 + risks[i]/total*(0.5-alike) + alike*kinds[i]
			}
			scale[i] = share / odds[i]
		}
		p.leads[eager] = lead{newAlias(odds), scale}
	}
}

// kindsOfSources are the chances of the sources if each kind of part is as likely
// as the other, and so are all of one kind.
func (p *program) kindsOfSources() []float64 {
	kindOf := func(s source) int32 {
		if s.part == model.None {
			return int32(len(p.parts)) + s.deploys
		}
		return p.kinds[s.part]
	}
	count := map[int32]float64{}
	for _, s := range p.sources {
		count[kindOf(s)]++
	}
	shares := make([]float64, len(p.sources))
	for i, s := range p.sources {
		shares[i] = 1 / count[kindOf(s)] / float64(len(count))
	}
	return shares
}

// rate is the sum of the rates of all sources.
func (p *program) rate() float64 { return p.owners.total() }

// mostDistraction is how much that does no harm may happen during a recovery for
// walks to pay. Paths between which it comes are rare among walks and count much,
// so that few runs would have too narrow an interval.
const mostDistraction = 0.05

// distracted says whether so much that does no harm happens during the longest
// recovery from what does that walks would hardly meet anything else: of data
// alone, to which many failures do none.
func (p *program) distracted() bool {
	harmless, longest := 0.0, 0.0
	for i := range p.parts {
		first := p.parts[i].first
		for _, c := range p.states[first].clocks {
			if p.harmful(first, c.to) {
				longest = max(longest, p.mending(first, c.to))
			} else {
				harmless += 1 / c.law.Mean()
			}
		}
	}
	return p.data && harmless*longest > mostDistraction
}

// mending is the mean time from a state of a part to its first.
func (p *program) mending(first, state int32) float64 {
	total := 0.0
	for state != first && len(p.states[state].clocks) > 0 {
		c := &p.states[state].clocks[0]
		total, state = total+c.law.Mean(), c.to
	}
	return total
}

// maxCrowd bounds -log P(everything is as new) for cycles between two such
// moments: at least half of the time. Beyond, walks cost more than they save.
const maxCrowd = 0.7

// regenerative says whether the clocks of everything as new have no memory and
// everything is as new often enough.
func (p *program) regenerative() bool {
	if len(p.sets) > 0 {
		return false
	}
	crowd := 0.0
	for i, e := range p.starts {
		if e != nil && p.parts[i].count > 1 {
			if !p.parts[i].pooled {
				return false
			}
			crowd -= math.Log(e.share[0])
		}
	}
	for i := range p.fixes {
		crowd += p.fixes[i].live
	}
	return len(p.sources) > 0 && crowd <= maxCrowd
}
