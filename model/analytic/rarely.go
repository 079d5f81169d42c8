package analytic

import (
	"math"
	"slices"

	"nines/model/markov"
)

// An ending is how the states that are followed have been left by a time, with
// which probabilities.
type ending struct {
	down, beyond, back float64
	off                float64 // relative error of them
}

// Where endings are looked for.
const (
	manySteps   = 10 * mostSteps // what it may take if nothing else is as good
	settledOff  = 1e-9           // error of one that is told from the decay
	mostOff     = 0.5            // error of one that is worth telling
	oscillation = 10             // allowance for what is beside the slowest decay
	rareChance  = 3e-7           // above it 1 - survival has digits enough
)

// failure is the probability that the target is down by the time at. What comes
// home, if there is one home only, starts anew; what is beyond may be down at
// once.
func (o *outage) failure(space *markov.Space[string], end markov.Set, first trip) (interval, bool) {
	e, ok := o.ending(space, end, first)
	if !ok {
		return interval{}, false
	}
	b := interval{e.down * (1 - e.off), e.down, min(1, (e.down+e.beyond+e.back)*(1+e.off))}
	if homes, ok := o.homes(space); ok && len(homes) == 1 {
		b.high = min(b.high, (e.down+e.beyond)*(1+e.off)/(1-e.back))
	}
	return b, true
}

// ending follows the chain step by step where that is not too much, or tells it
// from the slowest decay.
func (o *outage) ending(space *markov.Space[string], end markov.Set, first trip) (ending, bool) {
	work := steps(space.Chain, o.at)
	if work <= mostSteps {
		return o.followed(space)
	}
	e, ok := o.settled(space, end, first)
	if (!ok || e.off > settledOff) && o.rare && work <= manySteps {
		return o.followed(space)
	}
	return e, ok && e.off <= mostOff
}

func (o *outage) followed(space *markov.Space[string]) (e ending, ok bool) {
	_, err := space.Transient(nil, []float64{o.at}, o.opts, func(m markov.Moment) {
		for i, name := range space.States {
			switch p := m.Prob[i]; name {
			case nameDown:
				e.down += p
			case nameBeyond:
				e.beyond += p
			case nameBack:
				e.back += p
			}
		}
	})
	return e, err == nil
}

// settled tells how the states are left once what the chain has forgotten of its
// start makes no difference any more. The survival is then w exp(-r t), see
// weight, and of what ends later the shares are those that it has from the
// settled distribution.
func (o *outage) settled(space *markov.Space[string], end markov.Set, first trip) (ending, bool) {
	d, err := space.Decay(nil, end, o.opts)
	if err != nil {
		return ending{}, false
	}
	log, ok := o.weight(space, end, d)
	if !ok {
		return ending{}, false
	}
	later, err := o.tripFrom(space, end, d.Settled)
	if err != nil {
		return ending{}, false
	}
	left := -math.Expm1(log - d.Rate*o.at)
	e := ending{down: left, off: oscillation * math.Abs(math.Expm1(log)) * math.Exp(-o.forgetting(d)*o.at) / left}
	if first.left() > 0 {
		e.down = later.down*left + first.down - later.down
		e.beyond = max(0, later.beyond*left+first.beyond-later.beyond)
		e.back = max(0, later.back*left+first.back-later.back)
		e.off += 0x1p-50 / left
	}
	return e, e.down > 0
}

// weight is the logarithm of the weight w of the slowest decay, of the rate r. As
// its eigenvector v is 1 in the mean over the settled distribution, and from any
// state v is that of the start times E(exp(r T)), T the time until the chain is
// at the start, or nothing where it has ended by then,
//
//	1/w = 1 - P(ends before T) + r E(T) + r² E(T²)/2 + ...
//
// over the settled distribution: all small, and each known with its digits.
func (o *outage) weight(space *markov.Space[string], end markov.Set, d *markov.Decay) (log float64, ok bool) {
	if d.Rate*o.at > rareChance {
		return math.Log(d.Weight), true
	}
	home := slices.Clone(end)
	home[0] = true
	p, err := space.Passage(d.Settled, home, o.opts)
	if err != nil || p.Miss > 0 {
		return 0, false
	}
	ends, _ := end.Split(p.Hit)
	first := d.Rate * p.Mean
	second := d.Rate * d.Rate * (p.Variance + p.Mean*p.Mean) / 2
	return -math.Log1p(first + second - ends), math.Sqrt(second) <= d.Rate*o.at
}

// forgetting is the rate at which the chain forgets its start, as the powers of
// its inverse tell, or the slowest recovery of what is independent of all else.
func (o *outage) forgetting(d *markov.Decay) float64 {
	if o.recoveries == nil {
		return d.Next
	}
	longest := 0.0
	for _, r := range o.recoveries {
		longest = max(longest, slices.Max(r.due))
	}
	return max(d.Next, 1/longest)
}
