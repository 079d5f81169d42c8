package montecarlo

import (
	"math"
	"slices"
)

// A path of walks is drawn in one of several styles: calm, with what fails next
// as it does by itself, or eager for so many failures at a time, with all that
// makes these more likely, see lure. It counts by the ratio of its true density
// to the mean of those by which the styles draw it (defensive mixture:
// Hesterberg, Technometrics 37, 1995). Half of the paths are calm. So nothing
// ever counts more than twice what it would without the others, however wrong
// these are.
const (
	calm       = 0
	mostStyles = 1 + 2*mostSizes
)

// A style is how paths are drawn.
type style struct {
	depth int     // failures that are forced in any case
	share float64 // of the paths
	tight float64 // how often what fails next does so before the first thing is back, and not any
}

// mostSizes bounds the sizes of minimal cut sets that have styles of their own.
const mostSizes = 3

// choose finds the styles from the sizes of minimal cut sets: where it takes more
// than two failures, one for those that must come while all is away, and one for
// those of which some pass while others last.
func (p *program) choose(sizes []int) {
	p.styles = []style{{depth: 2, share: 1}}
	if len(sizes) > mostSizes {
		sizes = append(slices.Clone(sizes[:mostSizes-1]), sizes[len(sizes)-1])
	}
	for _, size := range sizes {
		if size >= 2 {
			p.styles = append(p.styles, style{depth: size, tight: 0.5})
		}
		if size > 2 {
			p.styles = append(p.styles, style{depth: size, tight: 0.95})
			p.deep = true
		}
	}
	if eager := len(p.styles) - 1; eager > 0 {
		p.styles[calm].share = 0.5
		for i := range p.styles[1:] {
			p.styles[1+i].share = 0.5 / float64(eager)
		}
	}
}

// left is how many failures must follow after so many, and the outage, before
// something is back; 0 if it does not matter.
func (s style) left(gone int) float64 {
	if s.depth < 3 {
		return 0
	}
	return max(0, float64(s.depth-gone))
}

// tilt is how much longer a recovery is to last that begins after so many
// failures, if all is to be away at a time: at that moment, of exponential
// recoveries all alike, the longest of n has lasted for 1 + 1/2 + ... + 1/n of
// their mean, the next for 1/2 + ... + 1/n, and so on, and each lasts for the
// mean again.
func (s style) tilt(gone int) float64 {
	tilt := 1.0
	for i := gone + 1; i <= s.depth && s.depth > 2; i++ {
		tilt += 1 / float64(i)
	}
	return tilt
}

// A bias is how far a path is from its true density.
type bias struct {
	styles  []style
	own     int
	density [mostStyles]float64 // by which each style draws the path, to the true one
}

// start begins a path.
func (b *bias) start(styles []style, s *stream) {
	b.styles, b.own = styles, calm
	for i := range styles {
		b.density[i] = 1
	}
	if len(styles) > 1 {
		for u := s.Float64(); b.own < len(styles)-1 && u >= styles[b.own].share; b.own++ {
			u -= styles[b.own].share
		}
	}
}

// weigh goes on with a draw that has this density in each style, to the true one.
func (b *bias) weigh(density func(style) float64) {
	for i := 1; i < len(b.styles); i++ {
		b.density[i] *= density(b.styles[i])
	}
}

// weight is how much the path counts.
func (b *bias) weight() float64 {
	total := 0.0
	for i := range b.styles {
		total += b.styles[i].share * b.density[i]
	}
	return 1 / total
}

// way draws what fails next, by the shares of the ways if eager.
func (b *bias) way(shares [ways]float64, s *stream) int {
	if b.own == calm {
		return plainly
	}
	return way(shares, s)
}

// least is the least chance that a walk is followed by another, once there have
// been as many failures as may be needed. The product of several bounds how much
// a deep state can count for more than its share.
const least = 0.25

// follow decides whether a walk is followed by another, after so many failures;
// met is the chance that there is one more.
func (b *bias) follow(failed int, met float64, s *stream) bool {
	keep := func(i int) float64 {
		if failed < b.styles[i].depth {
			return 1
		}
		return max(least, met)
	}
	for i := range b.styles {
		b.density[i] *= keep(i)
	}
	own := keep(b.own)
	return own == 1 || s.Float64() < own
}

// recover draws the time of a recovery that begins after so many failures.
func (b *bias) recover(c *clock, failed int, s *stream) float64 {
	if c.kind == fixedLaw {
		return c.time
	}
	q, tilt := s.positive(), b.styles[b.own].tilt(failed)
	if b.own != calm && tilt > 1 && s.Float64() < 0.95 {
		q = math.Pow(q, tilt)
	}
	b.weigh(func(like style) float64 { return tilted(q, like.tilt(failed)) })
	if c.kind == exponentialLaw {
		return -c.time * math.Log(q)
	}
	return c.law.SurvivalQuantile(q)
}

// tilted is the density of a survival q that is half of the time the power tilt
// of a uniform number: of a recovery that is tilt times as long if its law is
// exponential.
func tilted(q, tilt float64) float64 {
	if tilt <= 1 {
		return 1
	}
	return 0.05 + 0.95/tilt*math.Pow(q, 1/tilt-1)
}
