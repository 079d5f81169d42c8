package bdd

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// hard is a function whose diagram is exponential in this order: the product of two n-bit numbers has its middle bit set.
func hard(m *Manager, n int) Ref {
	a, b := m.Group(n), m.Group(n)
	sum := make([]Ref, 2*n)
	for i, x := range a {
		carry := False
		for j, y := range b {
			p, s := m.And(x, y), sum[i+j]
			sum[i+j] = m.exclusive(m.exclusive(s, p), carry)
			carry = m.AtLeast(2, []Ref{s, p, carry})
		}
		sum[i+n] = carry
	}
	return sum[n-1]
}

func TestNodeLimit(t *testing.T) {
	m := New(Options{MaxNodes: 20_000})
	if f := hard(m, 20); f != False {
		t.Errorf("result %d after failure", f)
	}
	if err := m.Err(); !errors.Is(err, ErrNodes) || !strings.Contains(err.Error(), "20000") {
		t.Errorf("error %v", err)
	}
	if m.live > 20_000 {
		t.Errorf("%d nodes", m.live)
	}
	checkAllReturnFalse(t, m)
}

func checkAllReturnFalse(t *testing.T, m *Manager) {
	t.Helper()
	x, y := Ref(2), Ref(4)
	results := []Ref{
		m.And(), m.And(x, y), m.Or(x, True), m.Ite(x, y, x.Not()), m.Implies(x, y), m.AtLeast(0, nil),
		m.AtLeast(1, []Ref{x, y}),
	}
	for i, f := range results {
		if f != False {
			t.Errorf("operation %d gives %d after failure", i, f)
		}
	}
}

func TestPairLimit(t *testing.T) {
	m := New(Options{MaxNodes: 1500})
	var even []Ref
	all := m.Group(40)
	for v := 0; v < 40; v += 2 {
		even = append(even, all[v])
	}
	f, g := m.AtLeast(20, all), m.AtLeast(10, even)
	if m.Err() != nil {
		t.Fatal(m.Err())
	}
	m.Weigh(identical(40, Prob{0.5, 0.5})).Diff(f, g)
	if !errors.Is(m.Err(), ErrNodes) {
		t.Errorf("error %v", m.Err())
	}
}

func TestContextStopsWork(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	m := New(Options{Context: ctx})
	start := time.Now()
	hard(m, 24)
	if !errors.Is(m.Err(), context.DeadlineExceeded) {
		t.Errorf("error %v", m.Err())
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("stopped after %v", d)
	}
	checkAllReturnFalse(t, m)
}

func TestContextStopsReordering(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	m := New(Options{Context: ctx})
	f := pairs(m, 12)
	cancel()
	m.Reorder()
	if !errors.Is(m.Err(), context.Canceled) || m.Size(f) < 1000 {
		t.Errorf("%d nodes, error %v", m.Size(f), m.Err())
	}
}

// A composition that is cut short leaves nothing of the other manager behind.
func TestComposeLimit(t *testing.T) {
	from := New(Options{})
	net := grid(4, false)
	f := connected(from, net)
	for _, most := range []int{40, 80, 160} {
		m := New(Options{MaxNodes: most})
		var vars []Ref
		for range net.links {
			vars = append(vars, m.Var())
		}
		if m.Compose(from, f, vars); !errors.Is(m.Err(), ErrNodes) {
			t.Errorf("%d nodes: got %v, want %v", most, m.Err(), ErrNodes)
		}
	}
}
