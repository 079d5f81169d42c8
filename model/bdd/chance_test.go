package bdd

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// share is P(f | state x) by summing over the values of the drawn variables.
func (t truth) share(x int, drawn []int, vars []Prob) float64 {
	sum := 0.0
	for pick := range 1 << len(drawn) {
		p, y := 1.0, x
		for i, v := range drawn {
			y &^= 1 << v
			if pick>>i&1 != 0 {
				p, y = p*vars[v].P, y|1<<v
			} else {
				p *= vars[v].Q
			}
		}
		if t[y] {
			sum += p
		}
	}
	return sum
}

// TestChance compares the states that are possible and likely with sums over all values of the drawn variables.
func TestChance(t *testing.T) {
	for seed := range uint64(20) {
		m := New(Options{})
		m.Group(8)
		b := newBench(m, 8, seed)
		vars := make([]Prob, 8)
		for v := range vars {
			vars[v].P = 0.1 + 0.8*b.rng.Float64()
			vars[v].Q = 1 - vars[v].P
		}
		drawn := b.rng.Perm(8)[:4]
		c := m.Weigh(vars).Chance(drawn)
		for i := range 60 {
			level := b.rng.Float64()
			made := b.make(b.rng.IntN(5))
			whole := made.t
			possible := m.truth(c.Possible(made.f))
			likely := m.truth(c.Likely(made.f, level))
			for x := range whole {
				s := whole.share(x, drawn, vars)
				if possible[x] != (s > 0) {
					t.Fatalf("seed %d, function %d, state %b: possible %v at a share of %g", seed, i, x, possible[x], s)
				}
				if likely[x] != (s >= level) {
					t.Fatalf("seed %d, function %d, state %b: likely %v at a share of %g, level %g", seed, i, x, likely[x], s, level)
				}
			}
		}
	}
}

// coinPairs is a conjunction of n pairs of a state variable and one drawn below it, each failing where both are false.
func coinPairs(m *Manager, n int) (f Ref, drawn []int, vars []Prob) {
	f = True
	for range n {
		drawn = append(drawn, m.Vars()+1)
		x := m.Group(2)
		f = m.And(f, m.Or(x[0], x[1]))
		vars = append(vars, Prob{0.99, 0.01}, Prob{0.8, 0.2})
	}
	return f, drawn, vars
}

// Of n equal shares of 80 % four may be taken before less than 40 % are left: "at most 4 of n" has O(n) nodes, and the search must not
// look at the 2^n sets.
func TestLikelyStaysSmall(t *testing.T) {
	m := New(Options{MaxNodes: 100_000})
	f, drawn, vars := coinPairs(m, 200)
	c := m.Weigh(vars).Chance(drawn)
	got := c.Likely(f, 0.4)
	var up []Ref
	for v := range 200 {
		up = append(up, m.Literal(2*v))
	}
	if want := m.AtLeast(196, up); got != want || m.Err() != nil {
		t.Errorf("got %d nodes, want %d; error %v", m.Size(got), m.Size(want), m.Err())
	}
	if got := c.Possible(f); got != True {
		t.Errorf("the states with a chance have %d nodes, want all states", m.Size(got))
	}
}

// Different shares make different prospects: the limit must end the search.
func TestLikelyIsLimited(t *testing.T) {
	m := New(Options{MaxNodes: 20_000})
	f, drawn, vars := coinPairs(m, 60)
	rng := rand.New(rand.NewPCG(1, 1))
	for _, v := range drawn {
		vars[v].P = 0.8 + 0.1*rng.Float64()
		vars[v].Q = 1 - vars[v].P
	}
	c := m.Weigh(vars).Chance(drawn)
	if c.Likely(f, 0.01); !errors.Is(m.Err(), ErrNodes) {
		t.Errorf("got error %v, want %v", m.Err(), ErrNodes)
	}
}
