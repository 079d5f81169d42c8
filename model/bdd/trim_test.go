package bdd

import (
	"testing"
)

// TestTrim: what is left implies the function, or is implied by it, is small, and loses little.
func TestTrim(t *testing.T) {
	b := newBench(New(Options{}), 9, 21)
	for op := range 600 {
		j := b.make(op)
		w := b.m.Weigh(b.weights())
		size, last := b.m.Size(j.f), 0.0
		for _, most := range []int{1, 3, 10, size} {
			below, above := w.Below(j.f, most), w.Above(j.f, most)
			if b.m.Implies(below, j.f) != True || b.m.Implies(j.f, above) != True {
				t.Fatalf("function %d, %d nodes: not between its bounds", op, most)
			}
			if n := b.m.Size(below); n > most {
				t.Fatalf("function %d of %d nodes: %d are left, want %d", op, size, n, most)
			}
			p := w.Prob(below).P
			if p < last*(1-1e-12) {
				t.Fatalf("function %d: %v with %d nodes, more with fewer", op, p, most)
			}
			last = p
		}
		if w.Below(j.f, size) != j.f || w.Above(j.f, size) != j.f {
			t.Fatalf("function %d is not left as it is", op)
		}
	}
}
