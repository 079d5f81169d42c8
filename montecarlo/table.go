package montecarlo

import (
	"math"
	"sync/atomic"

	"nines/model/dist"
)

// A table draws from a law by its quantiles: the time that is fallen short of,
// or outlived, with a uniform chance x of (0, 1/2].
//
// A bin holds the chances that share their exponent and the first five bits of
// their mantissa, and there the quantile is a cubic in the rest of the mantissa,
// which agrees with the law at the four Chebyshev points. It is made when it is
// first asked for, by whoever is first: it comes out the same. A bin in which it
// is off by more than tableError somewhere between asks the law, as does the last
// of the tails, one draw in a million.
type table struct {
	law    dist.Law
	short  [tableBins]atomic.Pointer[cubic] // by the chance to fall short
	beyond [tableBins]atomic.Pointer[cubic] // by the chance to outlive
}

// A cubic is its coefficients, the constant first, which is NaN where there is
// none.
type cubic [4]float64

const (
	tableBits    = 5 // of the mantissa
	tableOctaves = 20
	tableBins    = tableOctaves << tableBits
	tableLow     = 1.0 / 2 / (1 << tableOctaves) // the least chance
	tableError   = 1e-8                          // relative
	tableRest    = 52 - tableBits                // bits of the rest of the mantissa
)

// smooth says whether cubics follow the quantiles of a law nearly everywhere,
// and to draw from it in its own way is slow.
func smooth(law dist.Law) bool {
	const steepest = 3
	switch l := law.(type) {
	case dist.Weibull:
		return l.Shape >= 1.0/steepest
	case dist.Lognormal:
		return l.Sigma <= steepest
	case dist.Gamma:
		return l.Shape >= 1.0/steepest
	case dist.Erlang:
		return true
	}
	return false
}

// chanceAt is the chance in a bin at the share s of its width.
func chanceAt(bin int, s float64) float64 {
	at := float64(bin&(1<<tableBits-1)) + s
	return math.Ldexp(tableLow*(1+at/(1<<tableBits)), bin>>tableBits)
}

// fit finds the cubic of a bin.
func fit(bin int, quantile func(float64) float64) *cubic {
	c, at := new(cubic), cubic{} // first of the Newton form, by divided differences
	for i := range c {
		at[i] = (1 - math.Cos((float64(i)+0.5)*math.Pi/4)) / 2
		c[i] = quantile(chanceAt(bin, at[i]))
	}
	for n := 1; n < 4; n++ {
		for i := 3; i >= n; i-- {
			c[i] = (c[i] - c[i-1]) / (at[i] - at[i-n])
		}
	}
	for n := 2; n >= 0; n-- {
		for i := n; i < 3; i++ {
			c[i] -= at[n] * c[i+1]
		}
	}
	for _, s := range [...]float64{0, at[0] / 2, (at[0] + at[1]) / 2, 0.5, (at[2] + at[3]) / 2, 1} {
		want := quantile(chanceAt(bin, s))
		if got := c.at(s); !(math.Abs(got-want) <= tableError*want) {
			c[0] = math.NaN()
		}
	}
	return c
}

func (c *cubic) at(s float64) float64 { return c[0] + s*(c[1]+s*(c[2]+s*c[3])) }

// draw is a time.
func (t *table) draw(s *stream) float64 {
	word := s.pcg.Uint64()
	const top = 1 << 53
	return t.time(float64(word>>11+1)/(2*top), word&1 == 0)
}

// time is the quantile of the chance x to fall short, or to outlive.
func (t *table) time(x float64, short bool) float64 {
	word := math.Float64bits(x)
	bin := word>>tableRest - math.Float64bits(tableLow)>>tableRest
	side := &t.beyond
	if short {
		side = &t.short
	}
	if bin < tableBins {
		c := side[bin].Load()
		if c == nil {
			c = fit(int(bin), t.quantile(short))
			side[bin].Store(c)
		}
		const unit = 1 << tableRest
		if time := c.at(float64(word&(unit-1)) / unit); !math.IsNaN(time) {
			return time
		}
	}
	return t.quantile(short)(x)
}

func (t *table) quantile(short bool) func(float64) float64 {
	if short {
		return t.law.Quantile
	}
	return t.law.SurvivalQuantile
}
