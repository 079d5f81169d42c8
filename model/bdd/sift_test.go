package bdd

import "testing"

// audit checks what must hold of the node table between operations.
func (m *Manager) audit(t *testing.T) {
	t.Helper()
	found := 0
	for v := range m.tables {
		count := 0
		for i := range m.tables[v].buckets {
			for n := m.tables[v].buckets[i]; n != 0; n = m.nodes[n].next {
				count++
				m.auditNode(t, v, n)
			}
		}
		if count != m.tables[v].count {
			t.Fatalf("variable %d: %d nodes, counted %d", v, m.tables[v].count, count)
		}
		found += count
	}
	free := 0
	for n := m.free; n != 0; n = m.nodes[n].next {
		free++
	}
	if found != m.live || m.live+free != len(m.nodes)-1 {
		t.Fatalf("%d nodes found, %d alive, %d free of %d", found, m.live, free, len(m.nodes)-1)
	}
	for l, v := range m.varAt {
		g := m.groups[v]
		if m.level[v] != int32(l) || m.level[v]-m.level[g.first] != v-g.first {
			t.Fatalf("order %v breaks group %v", m.varAt, g)
		}
	}
}

func (m *Manager) auditNode(t *testing.T, v int, n uint32) {
	t.Helper()
	d := m.nodes[n]
	if int(d.v) != v || d.lo == d.hi || d.lo.sign() != 0 || m.find(d.v, d.lo, d.hi) != Ref(n<<1) {
		t.Fatalf("node %d: %+v is not in normal form", n, d)
	}
	if m.depth(d.lo) <= m.level[v] || m.depth(d.hi) <= m.level[v] {
		t.Fatalf("node %d: children above it", n)
	}
}

// TestReorderingKeepsFunctions mixes all operations with collection and reordering.
func TestReorderingKeepsFunctions(t *testing.T) {
	for seed := range uint64(60) {
		m := New(Options{Reorder: seed%2 == 0})
		m.trigger, m.siftAt = 30, 15
		m.Group(2)
		m.Group(3)
		m.Group(1)
		b := newBench(m, 9, seed)
		for range 60 {
			switch b.rng.IntN(12) {
			case 0:
				b.forget()
			case 1:
				m.Reorder()
			default:
				b.make(b.rng.IntN(len(operations)))
			}
		}
		m.audit(t)
		b.check(t)
	}
}

// forget keeps about half of the functions made and collects the rest.
func (b *bench) forget() {
	kept := b.made[:b.n]
	for _, j := range b.made[b.n:] {
		if b.rng.IntN(2) == 0 {
			kept = append(kept, j)
			b.m.Protect(j.f, j.f)
			b.m.Release(j.f)
		}
	}
	b.made = kept
	b.m.Collect()
	b.m.recent = b.m.recent[:0]
	b.m.reclaim(nil)
	for _, j := range kept[b.n:] {
		b.m.Release(j.f)
		b.m.keep(j.f)
	}
}

func TestWeightsOutliveReordering(t *testing.T) {
	for seed := range uint64(10) {
		b := newBench(New(Options{}), 8, seed)
		vars := b.weights()
		w := b.m.Weigh(vars)
		for i := range 40 {
			j := b.make(b.rng.IntN(len(operations)))
			checkProb(t, w, j, vars)
			if i%7 == 6 {
				b.forget()
				b.m.Reorder()
			}
		}
	}
}

// pairs is x1 y1 or x2 y2 or ..., with all x above all y: 2^(n+1) - 2 nodes, where the good order has 2n.
func pairs(m *Manager, n int) Ref {
	x, y := variables(m, n), variables(m, n)
	f := False
	for i := range n {
		f = m.Or(f, m.And(x[i], y[i]))
	}
	return f
}

func TestReorderFindsTheGoodOrder(t *testing.T) {
	const n = 10
	m := New(Options{})
	f := pairs(m, n)
	if got := m.Size(f); got != 1<<(n+1)-2 {
		t.Errorf("%d nodes before", got)
	}
	m.Reorder()
	if got := m.Size(f); got != 2*n {
		t.Errorf("%d nodes after", got)
	}
	m.audit(t)
}

func TestAutomaticReordering(t *testing.T) {
	m := New(Options{Reorder: true, MaxNodes: 50_000})
	f := pairs(m, 24)
	if m.Err() != nil || m.Size(f) > 25_000 { // of 2^25 - 2 in the order at first
		t.Errorf("%d nodes, %v", m.Size(f), m.Err())
	}
	m.audit(t)
}

// TestOperationsOutgrowTheTrigger begins a conjunction again each time it has made too many nodes, with only small functions to keep.
func TestOperationsOutgrowTheTrigger(t *testing.T) {
	const first = 1 << 13
	m := New(Options{Reorder: true})
	m.trigger, m.siftAt = first, first/2
	var even, half []Ref
	for v, x := range variables(m, 120) {
		if v%2 == 0 {
			even = append(even, x)
		}
		if v%4 < 2 {
			half = append(half, x)
		}
	}
	m.And(m.AtLeast(30, even), m.AtLeast(30, half))
	if m.epoch < 2 || m.trigger <= first {
		t.Errorf("begun again %d times: the test is too small", m.epoch)
	}
	m.audit(t)
}

func TestCollectBoundsMemory(t *testing.T) {
	m := New(Options{MaxNodes: 40_000})
	xs := m.Group(60)
	for k := range 2000 {
		m.AtLeast(1+k%30, xs[k%20:])
		m.Collect()
	}
	if m.Err() != nil {
		t.Error(m.Err())
	}
	m.audit(t)
}

// TestGarbageIsReclaimedAtTheLimit makes a large conjunction on the way to each small result.
func TestGarbageIsReclaimedAtTheLimit(t *testing.T) {
	m := New(Options{MaxNodes: 120_000})
	top := m.Var()
	f := pairs(m, 12)
	xs := make([]Ref, 24)
	none := top
	for v := range xs {
		xs[v] = m.Literal(v + 1)
		none = m.And(none, xs[v].Not())
	}
	for k := range 24 {
		if m.And(f.Not(), m.AtLeast(k, xs).Not(), none) != choose(Ref(min(k, 1)), none, False) {
			t.Fatalf("at least %d: wrong, %v", k, m.Err())
		}
	}
	if m.epoch == 0 {
		t.Error("nothing was reclaimed: the test is too small")
	}
}
