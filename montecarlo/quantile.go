package montecarlo

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"nines/model"
)

// A curve is an estimate of a distribution function: what is known of it at
// the numbers of a sample.
type curve []step

// A step of a curve lies between two numbers of the sample.
type step struct {
	low, high float64
	before    float64 // share of the numbers below it
	share     float64 // of those up to and with it
	trials    float64 // independent trials that would tell the share as well
	count     int64
}

// curve of the numbers of a digest. Where runs have several numbers the trials
// are those of which the variance of the share is that between the runs
// (design effect: Kish, Survey Sampling, 1965, section 8.2), made fewer as
// Student's t is wider than the normal law for so many runs (Korn and Graubard
// 1998). They may be more than the numbers: to cut them there would make the
// intervals of numbers that are independent too wide.
func (d *digest) curve(confidence float64) curve {
	d.compact()
	var c curve
	var sum bin
	worth := d.worth(confidence)
	for i := range d.bins {
		b := &d.bins[i]
		before := d.share(sum.count)
		sum.count, sum.square, sum.cross = sum.count+b.count, sum.square+b.square, sum.cross+b.cross
		c = append(c, step{b.low, b.high, before, d.share(sum.count), d.trials(&sum, worth), b.count})
	}
	return c
}

func (d *digest) share(count int64) float64 { return float64(count) / float64(d.count) }

// trials are the independent numbers that would tell the share of a sum as well.
func (d *digest) trials(sum *bin, worth float64) float64 {
	p, all, trials := d.share(sum.count), float64(d.count), float64(d.count)
	between := float64(sum.square) - 2*p*float64(sum.cross) + p*p*float64(d.squares)
	if between > slack*float64(d.squares) {
		trials = p * (1 - p) * all * all / between
	}
	return max(1, trials*worth)
}

// worth is how much less trials count where their variance is only that of the
// runs there were.
func (d *digest) worth(confidence float64) float64 {
	if d.squares == d.count { // one number a run, or none
		return 1
	}
	q := 0.5 + confidence/2
	ratio := distuv.UnitNormal.Quantile(q) / distuv.StudentsT{Sigma: 1, Nu: max(1, float64(d.runs-1))}.Quantile(q)
	return ratio * ratio
}

// survivors is the curve of times that were not all followed to their end
// (Kaplan and Meier 1958). The trials are those that Greenwood's variance
// leaves (Dorey and Korn 1987); without cut times they are the numbers.
func survivors(ended, cut *digest) curve {
	ended.compact()
	cut.compact()
	var c curve
	alive, ones := 1.0, 0.0
	risk, all := float64(ended.count+cut.count), float64(ended.count+cut.count)
	left := cut.bins
	for i := range ended.bins {
		b := &ended.bins[i]
		for len(left) > 0 && left[0].low < b.low {
			risk -= float64(left[0].count)
			left = left[1:]
		}
		before, n := alive, float64(b.count)
		alive *= (risk - n) / risk
		ones += n / risk / (risk - n)
		risk -= n
		trials := all
		switch {
		case cut.count > 0 && alive > 0:
			trials = min(all, (1-alive)/alive/ones)
		case cut.count > 0 && i > 0:
			trials = c[i-1].trials
		}
		c = append(c, step{b.low, b.high, 1 - before, 1 - alive, trials, b.count})
	}
	return c
}

// quantiles that are told of every distribution.
var quantiles = [...]float64{0.5, 0.9, 0.95, 0.99}

func (c curve) quantiles(confidence, most float64) []model.Quantile {
	return c.at(quantiles[:], confidence, most)
}

// drawn are the quantiles of a picture: fifty of equal shares, and the tail.
func (c curve) drawn(confidence, most float64) []model.Quantile {
	const steps = 50
	var shares []float64
	for i := 1; i < steps; i++ {
		shares = append(shares, float64(i)/steps)
	}
	return c.at(append(shares, 0.99, 0.995, 0.999), confidence, most)
}

func (c curve) at(shares []float64, confidence, most float64) []model.Quantile {
	var all []model.Quantile
	for _, p := range shares {
		all = append(all, model.Quantile{P: p, Estimate: c.quantile(p, confidence, most)})
	}
	return all
}

// quantile estimates the number that is not exceeded with the probability p,
// and that is most at the most. Its interval is that of the order statistics:
// between numbers of which the shares below and up to them are not refuted to
// be p (Hahn and Meeker, Statistical Intervals, 1991, section 5.2).
func (c curve) quantile(p, confidence, most float64) model.Estimate {
	tail := (1 - confidence) / 2
	e := model.Estimate{Value: most, High: most}
	if i := c.first(func(s *step) bool { return s.share >= p*(1-rounding) }); i < len(c) {
		e.Value = c[i].within(p)
	}
	if i := c.first(func(s *step) bool { return s.notBelow(p, tail) }); i < len(c) && (i > 0 || !noneBelow(&c[0], p, tail)) {
		e.Low = min(c[i].low, e.Value)
	} else if i == len(c) && len(c) > 0 {
		e.Low = c[i-1].high
	}
	if i := c.first(func(s *step) bool { return s.above(p, tail) }); i < len(c) {
		e.High = max(c[i].high, e.Value)
	}
	return e
}

// first is the first step of which something is true that stays true.
func (c curve) first(is func(*step) bool) int {
	return sort.Search(len(c), func(i int) bool { return is(&c[i]) })
}

// within is the number of the step at which the share is p, as if its numbers
// were at equal distances.
func (s *step) within(p float64) float64 {
	if s.count < 2 {
		return s.low
	}
	rank := math.Ceil((p-s.before)/(s.share-s.before)*float64(s.count)*(1-rounding)) - 1
	return s.low + (s.high-s.low)*min(max(rank, 0)/float64(s.count-1), 1)
}

// notBelow says whether the share may be p or more: as few as seen, or fewer,
// come with the chance tail at least if it is p.
func (s *step) notBelow(p, tail float64) bool {
	k := s.share * s.trials
	return s.share >= 1 || 1-mathext.RegIncBeta(k+1, s.trials-k, p) >= tail
}

// noneBelow says whether p may lie below all numbers.
func noneBelow(s *step, p, tail float64) bool { return s.trials*math.Log1p(-p) >= math.Log(tail) }

// above says whether the share is more than p: as many as seen, or more, come
// with a smaller chance than tail if it is p.
func (s *step) above(p, tail float64) bool {
	k := s.share * s.trials
	return s.share >= 1 && s.trials*math.Log(p) < math.Log(tail) || s.share < 1 && mathext.RegIncBeta(k, s.trials-k+1, p) < tail
}
