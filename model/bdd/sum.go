package bdd

import (
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// Count returns the number of sets in f, however large.
func (s *Families) Count(f Family) *big.Int {
	if n, fits := s.countSmall(f); fits {
		return new(big.Int).SetUint64(n)
	}
	counts := make([]*big.Int, f+1)
	counts[Empty], counts[Unit] = big.NewInt(0), big.NewInt(1)
	for _, n := range s.below(f) {
		d := &s.nodes[n]
		counts[n] = new(big.Int).Add(counts[d.lo], counts[d.hi])
	}
	return counts[f]
}

// countSmall counts as far as 64 bits go.
func (s *Families) countSmall(f Family) (n uint64, fits bool) {
	counts := make([]uint64, max(f+1, 2))
	counts[Unit] = 1
	for _, n := range s.below(f) {
		sum, carry := bits.Add64(counts[s.nodes[n].lo], counts[s.nodes[n].hi], 0)
		if carry != 0 {
			return 0, false
		}
		counts[n] = sum
	}
	return counts[f], true
}

// Sum returns the sum over the sets of f of the product of their elements' weights.
func (s *Families) Sum(f Family, weight []float64) float64 {
	sums := make([]float64, max(f+1, 2))
	sums[Unit] = 1
	for _, n := range s.below(f) {
		d := &s.nodes[n]
		sums[n] = sums[d.lo] + float64(weight[d.v]*sums[d.hi])
	}
	return sums[f]
}

const mostPowers = 400 // terms of the series of AnyOf: enough for weights up to 0.9

// AnyOf returns the probability that at least one of independent things happens, one for each set of f with the product of its elements'
// weights as its probability: 1 - prod(1 - P). The logarithm of the product is the sum over k of sum(P^k)/k, a pass over the nodes
// for each k. It is false if a set is so likely that the series does not converge to 1e-14 in time.
func (s *Families) AnyOf(f Family, weight []float64) (float64, bool) {
	largest := s.largest(f, weight)
	if largest >= 1 {
		return 1, true
	}
	powers := slices.Clone(weight)
	total := 0.0
	for k := 1; k <= mostPowers; k++ {
		term := s.Sum(f, powers) / float64(k)
		total += term
		if rest := term * largest / (1 - largest); rest <= 1e-14*total {
			return -math.Expm1(-total), true
		}
		for i, w := range weight {
			powers[i] *= w
		}
	}
	return 0, false
}

// largest returns the largest product of weights of a set of f.
func (s *Families) largest(f Family, weight []float64) float64 {
	most := make([]float64, max(f+1, 2))
	most[Unit] = 1
	for _, n := range s.below(f) {
		d := &s.nodes[n]
		most[n] = max(most[d.lo], weight[d.v]*most[d.hi])
	}
	return most[f]
}
