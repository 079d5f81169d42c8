package bdd

import (
	"slices"
	"testing"
)

// TestAllSmallFunctions builds each of the 65536 functions of four variables and combines neighbours.
func TestAllSmallFunctions(t *testing.T) {
	const n = 4
	m := New(Options{})
	m.Group(n)
	all := make([]Ref, 1<<(1<<n))
	for bits := range all {
		var f Ref
		for x := range 1 << n {
			if bits>>x&1 != 0 {
				f = m.Or(f, minterm(m, n, x))
			}
		}
		all[bits] = f
	}
	for bits, f := range all {
		for x := range 1 << n {
			if m.eval(f, func(v int) bool { return x>>v&1 != 0 }) != (bits>>x&1 != 0) {
				t.Fatalf("function %x at %x", bits, x)
			}
		}
		other := bits * 40503 % len(all)
		if m.And(f, all[other]) != all[bits&other] || m.exclusive(f, all[other]) != all[bits^other] {
			t.Fatalf("functions %x and %x", bits, other)
		}
		third := bits * 30011 % len(all)
		if m.Chain(f, all[other], all[third]) != all[bits&other&third] {
			t.Fatalf("functions %x, %x and %x in a chain", bits, other, third)
		}
		if m.Ite(f, all[other], all[third]) != all[bits&other|^bits&third] {
			t.Fatalf("functions %x, %x and %x", bits, other, third)
		}
	}
}

func minterm(m *Manager, n, x int) Ref {
	f := True
	for v := range n {
		literal := m.Literal(v)
		if x>>v&1 == 0 {
			literal = literal.Not()
		}
		f = m.And(f, literal)
	}
	return f
}

func TestRandomFunctions(t *testing.T) {
	for seed := range uint64(40) {
		b := newBench(New(Options{}), 3+int(seed)%8, seed)
		for range 60 {
			b.make(b.rng.IntN(len(operations)))
		}
		b.check(t)
	}
}

func FuzzOperations(f *testing.F) {
	f.Add(uint64(1), true, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 4, 10, 5, 5, 0})
	f.Fuzz(func(t *testing.T, seed uint64, reorder bool, ops []byte) {
		m := New(Options{Reorder: reorder})
		m.trigger, m.siftAt = 30, 15
		m.Group(2)
		b := newBench(m, 6, seed)
		for _, op := range ops[:min(len(ops), 100)] {
			switch op %= 16; {
			case int(op) < len(operations):
				b.make(int(op))
			case op%2 == 0:
				m.Reorder()
			default:
				b.forget()
			}
		}
		m.audit(t)
		b.check(t)
	})
}

func TestSupport(t *testing.T) {
	m := New(Options{})
	m.Group(5)
	f := m.Ite(m.Literal(3), m.Literal(0), m.Literal(4))
	if got, want := m.Support(f), []int{0, 3, 4}; !slices.Equal(got, want) {
		t.Errorf("support %v, want %v", got, want)
	}
	if m.Size(f) != 4 || m.Top(f) != 0 || m.Top(True) != -1 {
		t.Errorf("size %d, top %d", m.Size(f), m.Top(f))
	}
}
