package bdd

import (
	"math/rand/v2"
	"testing"
)

// Groups of one, two and three bits stand for parts of two, three and four states; a chain of bits is 1 at the state's place.
var groupSizes = []int{2, 1, 3, 2}

// TestEntriesGiveTransitionFrequencies compares sums over entries with sums over all states of all parts.
func TestEntriesGiveTransitionFrequencies(t *testing.T) {
	for seed := range uint64(30) {
		m := New(Options{})
		var groups []int
		for _, size := range groupSizes {
			groups = append(groups, m.Vars())
			m.Group(size)
		}
		b := newBench(m, m.Vars(), seed)
		for range 30 {
			b.make(b.rng.IntN(5))
		}
		w := m.Weigh(ordinary(b))
		for _, j := range b.made[len(b.made)-10:] {
			checkEntries(t, w, j, groups)
		}
	}
}

func ordinary(b *bench) []Prob {
	vars := make([]Prob, b.n)
	for v := range vars {
		p := 0.05 + 0.9*b.rng.Float64()
		vars[v] = Prob{p, 1 - p}
	}
	return vars
}

func checkEntries(t *testing.T, w *Weights, j judged, groups []int) {
	t.Helper()
	rates := rand.New(rand.NewPCG(7, 7))
	for i, first := range groups {
		from, to := rates.IntN(1<<groupSizes[i]), rates.IntN(1<<groupSizes[i])
		got := 0.0
		w.Entries(j.f, func(e Entry) {
			if e.Group == first {
				s, t := w.m.follow(e.Func, first, uint64(from)), w.m.follow(e.Func, first, uint64(to))
				got += e.Reach * w.Diff(s, t)
			}
		})
		want := lostBetween(j.t, w.vars, first, groupSizes[i], from, to)
		if !near(got, want, 1e-12) {
			t.Fatalf("group %d from %b to %b: %g, want %g", first, from, to, got, want)
		}
	}
}

// TestCases compares with following one case after the other.
func TestCases(t *testing.T) {
	const size = 5
	m := New(Options{})
	m.Group(size)
	m.Group(2)
	b := newBench(m, m.Vars(), 5)
	for range 60 {
		f := b.make(b.rng.IntN(5)).f
		for i, got := range m.Cases(f, 0, size, nil) {
			bits := uint64(1) << i
			if i == size {
				bits = 0
			}
			if want := m.follow(f, 0, bits); got != want {
				t.Fatalf("case %d: %v, want %v", i, got, want)
			}
		}
	}
}

// lostBetween is the probability, over the other variables, that f holds with the group's bits at from and not at to.
func lostBetween(t truth, vars []Prob, first, size, from, to int) float64 {
	s, u := t, t
	for i := range size {
		s = s.fixed(first+i, from>>i&1 != 0)
		u = u.fixed(first+i, to>>i&1 != 0)
	}
	return s.zip(u, func(a, b bool) bool { return a && !b }).prob(vars).P
}

func TestEntriesAreDistinctAndOrdered(t *testing.T) {
	b := newBench(New(Options{}), 7, 3)
	for range 40 {
		b.make(b.rng.IntN(len(operations)))
	}
	w := b.m.Weigh(ordinary(b))
	for _, j := range b.made {
		seen, last := map[Ref]bool{}, -1
		w.Entries(j.f, func(e Entry) {
			if seen[e.Func] || int(b.m.level[e.Group]) < last || e.Reach <= 0 || e.Reach > 1+1e-15 {
				t.Fatalf("entry %+v out of place", e)
			}
			seen[e.Func], last = true, int(b.m.level[e.Group])
		})
	}
}
