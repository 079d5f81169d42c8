package bdd

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// truth is a function of n variables by its values: bit v of the index is the value of variable v. It is what every operation is
// judged by.
type truth []bool

func tabulate(n int, f func(x int) bool) truth {
	t := make(truth, 1<<n)
	for x := range t {
		t[x] = f(x)
	}
	return t
}

func (m *Manager) truth(f Ref) truth {
	return tabulate(m.Vars(), func(x int) bool {
		return m.eval(f, func(v int) bool { return x>>v&1 != 0 })
	})
}

// eval follows f down to its value.
func (m *Manager) eval(f Ref, assignment func(v int) bool) bool {
	for !f.constant() {
		d := &m.nodes[f.node()]
		if assignment(int(d.v)) {
			f = d.hi ^ f.sign()
		} else {
			f = d.lo ^ f.sign()
		}
	}
	return f == True
}

// cofactor is f with variable v fixed, built again node by node.
func (m *Manager) cofactor(f Ref, v int, value bool) Ref {
	done := map[Ref]Ref{False: False, True: True}
	var fix func(f Ref) Ref
	fix = func(f Ref) Ref {
		if g, ok := done[f]; ok {
			return g
		}
		d, s := m.nodes[f.node()], f.sign()
		lo, hi := fix(d.lo^s), fix(d.hi^s)
		x := m.Literal(int(d.v))
		if int(d.v) == v {
			x = constant(value)
		}
		done[f] = m.Ite(x, hi, lo)
		return done[f]
	}
	return fix(f)
}

func constant(b bool) Ref {
	if b {
		return True
	}
	return False
}

func (m *Manager) exclusive(f, g Ref) Ref { return m.Ite(f, g.Not(), g) }

// prob sums the weights of the assignments that make t true.
func (t truth) prob(vars []Prob) Prob {
	var sum Prob
	for x, holds := range t {
		p := 1.0
		for v, q := range vars {
			if x>>v&1 != 0 {
				p *= q.P
			} else {
				p *= q.Q
			}
		}
		if holds {
			sum.P += p
		} else {
			sum.Q += p
		}
	}
	return sum
}

func (t truth) fixed(v int, value bool) truth {
	u := make(truth, len(t))
	for x := range t {
		if value {
			u[x] = t[x|1<<v]
		} else {
			u[x] = t[x&^(1<<v)]
		}
	}
	return u
}

func (t truth) zip(u truth, op func(a, b bool) bool) truth {
	r := make(truth, len(t))
	for x := range t {
		r[x] = op(t[x], u[x])
	}
	return r
}

// judged is a function in both forms.
type judged struct {
	f Ref
	t truth
}

// bench makes random functions of n variables, each from earlier ones.
type bench struct {
	m    *Manager
	rng  *rand.Rand
	n    int
	made []judged
}

func newBench(m *Manager, n int, seed uint64) *bench {
	b := &bench{m: m, n: n, rng: rand.New(rand.NewPCG(seed, 1))}
	for m.Vars() < n {
		m.Var()
	}
	for v := range n {
		b.made = append(b.made, judged{m.Literal(v), tabulate(n, func(x int) bool { return x>>v&1 != 0 })})
	}
	return b
}

func (b *bench) pick() judged {
	j := b.made[b.rng.IntN(len(b.made))]
	if b.rng.IntN(2) == 0 {
		return judged{j.f.Not(), j.t.zip(j.t, func(a, _ bool) bool { return !a })}
	}
	return j
}

// operations are all that make a new function out of others, each beside its meaning.
var operations = []func(b *bench) judged{
	func(b *bench) judged {
		x, y := b.pick(), b.pick()
		return judged{b.m.And(x.f, y.f), x.t.zip(y.t, func(a, b bool) bool { return a && b })}
	},
	func(b *bench) judged {
		x, y, z := b.pick(), b.pick(), b.pick()
		or := func(a, b bool) bool { return a || b }
		return judged{b.m.Or(x.f, y.f, z.f), x.t.zip(y.t, or).zip(z.t, or)}
	},
	func(b *bench) judged {
		x, y := b.pick(), b.pick()
		return judged{b.m.exclusive(x.f, y.f), x.t.zip(y.t, func(a, b bool) bool { return a != b })}
	},
	func(b *bench) judged {
		x, y := b.pick(), b.pick()
		return judged{b.m.Implies(x.f, y.f), x.t.zip(y.t, func(a, b bool) bool { return !a || b })}
	},
	func(b *bench) judged {
		x, y, z := b.pick(), b.pick(), b.pick()
		return judged{b.m.Ite(x.f, y.f, z.f), tabulate(b.n, func(i int) bool {
			if x.t[i] {
				return y.t[i]
			}
			return z.t[i]
		})}
	},
	func(b *bench) judged {
		xs := make([]judged, b.rng.IntN(6))
		fs := make([]Ref, len(xs))
		for i := range xs {
			xs[i] = b.pick()
			fs[i] = xs[i].f
		}
		k := b.rng.IntN(len(xs)+3) - 1
		return judged{b.m.AtLeast(k, fs), tabulate(b.n, func(i int) bool {
			count := 0
			for _, x := range xs {
				if x.t[i] {
					count++
				}
			}
			return count >= k
		})}
	},
}

func (b *bench) make(op int) judged {
	j := operations[op%len(operations)](b)
	b.made = append(b.made, j)
	return j
}

// check compares every function made with its table, and equality of functions with equality of tables.
func (b *bench) check(t *testing.T) {
	t.Helper()
	seen := map[string]Ref{}
	for i, j := range b.made {
		if !slices.Equal(b.m.truth(j.f), j.t) {
			t.Fatalf("function %d is wrong", i)
		}
		key := j.t.key()
		if f, ok := seen[key]; ok && f != j.f {
			t.Fatalf("function %d has two forms: %d and %d", i, f, j.f)
		}
		seen[key] = j.f
	}
}

func (t truth) key() string {
	b := make([]byte, len(t))
	for i, holds := range t {
		if holds {
			b[i] = 1
		}
	}
	return string(b)
}

// weights draws probabilities from ordinary to extreme.
func (b *bench) weights() []Prob {
	vars := make([]Prob, b.n)
	for v := range vars {
		vars[v] = [...]Prob{{0.5, 0.5}, {0.9, 0.1}, {1e-3, 0.999}, {0.3, 0.7}, {1, 0}, {0, 1}, {1, 1e-30}}[b.rng.IntN(7)]
	}
	return vars
}
