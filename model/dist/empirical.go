package dist

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Empirical is the law that draws one of Samples, each equally likely; a
// value that occurs m times is an atom of m/n. It has no density.
//
// Range: samples in ascending order. Error: eps; the moments n eps. CDF and
// Survival take O(log n), the moments O(n).
type Empirical struct{ Samples []float64 }

// NewEmpirical returns the law of the given durations in seconds, finite, not
// negative and not all 0. It keeps a sorted copy.
func NewEmpirical(samples []float64) (Law, error) {
	for i, s := range samples {
		if !(s >= 0) || math.IsInf(s, 1) {
			return nil, fmt.Errorf("empirical sample %d: got %g, want a finite number of at least 0", i+1, s)
		}
	}
	sorted := slices.Sorted(slices.Values(samples))
	if len(sorted) == 0 || sorted[len(sorted)-1] == 0 {
		return nil, fmt.Errorf("empirical: got %d samples, want at least one above 0", len(samples))
	}
	return representable(Empirical{sorted})
}

func (l Empirical) CDF(t float64) float64 { return float64(l.until(t))/l.size() + zero(t) }

func (l Empirical) Survival(t float64) float64 {
	return (l.size()-float64(l.until(t)))/l.size() + zero(t)
}

func (l Empirical) LogSurvival(t float64) float64 { return logOf(l.CDF(t), l.Survival(t)) }

// Density is 0: the law consists of atoms.
func (l Empirical) Density(t float64) float64 { return zero(t) }

func (l Empirical) Hazard(t float64) float64 {
	if l.Survival(t) == 0 {
		return math.Inf(1)
	}
	return zero(t)
}

func (l Empirical) Quantile(p float64) float64 {
	return l.first(func(i int) bool { return float64(i+1)/l.size() >= p }) + zero(unit(p))
}

func (l Empirical) SurvivalQuantile(q float64) float64 {
	return l.first(func(i int) bool { return (l.size()-float64(i+1))/l.size() <= q }) + zero(unit(q))
}

func (l Empirical) Mean() float64 {
	sum := 0.0
	for _, s := range l.Samples {
		sum += s
	}
	return sum / l.size()
}

func (l Empirical) Variance() float64 {
	mean, sum := l.Mean(), 0.0
	for _, s := range l.Samples {
		sum += (s - mean) * (s - mean)
	}
	return sum / l.size()
}

func (l Empirical) Sample(r *rand.Rand) float64 { return l.Samples[r.IntN(len(l.Samples))] }

func (l Empirical) size() float64 { return float64(len(l.Samples)) }

// until counts the samples <= t.
func (l Empirical) until(t float64) int {
	return sort.Search(len(l.Samples), func(i int) bool { return l.Samples[i] > t })
}

// first returns the first sample whose index satisfies the monotone ok, or
// the last sample.
func (l Empirical) first(ok func(i int) bool) float64 {
	i := sort.Search(len(l.Samples)-1, ok)
	return l.Samples[i]
}
