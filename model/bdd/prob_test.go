package bdd

import (
	"math"
	"math/big"
	"testing"
)

// near reports whether two numbers agree to a relative tolerance; zero only agrees with zero.
func near(a, b, tol float64) bool {
	return a == b || math.Abs(a-b) <= tol*max(math.Abs(a), math.Abs(b))
}

func TestProbabilitiesOfRandomFunctions(t *testing.T) {
	for seed := range uint64(30) {
		b := newBench(New(Options{}), 2+int(seed)%6, seed)
		vars := b.weights()
		w := b.m.Weigh(vars)
		for range 40 {
			j := b.make(b.rng.IntN(len(operations)))
			checkProb(t, w, j, vars)
			other := b.pick()
			diff := j.t.zip(other.t, func(a, b bool) bool { return a && !b })
			if got, want := w.Diff(j.f, other.f), diff.prob(vars).P; !near(got, want, 1e-13) {
				t.Fatalf("seed %d: difference %g, want %g", seed, got, want)
			}
		}
	}
}

func checkProb(t *testing.T, w *Weights, j judged, vars []Prob) {
	t.Helper()
	got, want := w.Prob(j.f), j.t.prob(vars)
	if !near(got.P, want.P, 1e-13) || !near(got.Q, want.Q, 1e-13) {
		t.Fatalf("probability %v, want %v", got, want)
	}
	for v, got := range w.m.Birnbaum(j.f, w)[0] {
		want := j.t.fixed(v, true).prob(vars).P - j.t.fixed(v, false).prob(vars).P
		if math.Abs(got-want) > 1e-13 {
			t.Fatalf("derivative by variable %d: %g, want %g", v, got, want)
		}
	}
}

func identical(n int, p Prob) []Prob {
	vars := make([]Prob, n)
	for v := range vars {
		vars[v] = p
	}
	return vars
}

// exactTail is P(at least k of n fail) at q = num/den, by exact fractions.
func exactTail(k, n int, q *big.Rat) float64 {
	p, sum := new(big.Rat).Sub(big.NewRat(1, 1), q), new(big.Rat)
	for j := k; j <= n; j++ {
		term := new(big.Rat).SetInt(new(big.Int).Binomial(int64(n), int64(j)))
		for i := range n {
			if i < j {
				term.Mul(term, q)
			} else {
				term.Mul(term, p)
			}
		}
		sum.Add(sum, term)
	}
	f, _ := sum.Float64()
	return f
}

func TestSmallProbabilityKeepsItsDigits(t *testing.T) {
	m := New(Options{})
	up := m.AtLeast(5, m.Group(9))
	got := m.Weigh(identical(9, Prob{1 - 1e-6, 1e-6})).Prob(up).Q
	if want := exactTail(5, 9, big.NewRat(1, 1_000_000)); !near(got, want, 1e-14) || !near(got, 1.2599958000054e-28, 1e-13) {
		t.Errorf("got %.16g, want %.16g", got, want)
	}
}

// One part of nine decides where exactly four of the others have failed.
func TestSmallDerivativeKeepsItsDigits(t *testing.T) {
	m := New(Options{})
	up := m.AtLeast(5, m.Group(9))
	w := m.Weigh(identical(9, Prob{1 - 1e-6, 1e-6}))
	want := 70 * math.Pow(1e-6, 4) * math.Pow(1-1e-6, 4)
	for v, b := range m.Birnbaum(up, w)[0] {
		if !near(b, want, 1e-14) {
			t.Errorf("variable %d: derivative %.16g, want %.16g", v, b, want)
		}
		if d := w.Diff(m.cofactor(up, v, true), m.cofactor(up, v, false)); !near(d, want, 1e-14) {
			t.Errorf("variable %d: difference %.16g, want %.16g", v, d, want)
		}
	}
}

// The table of k of n with identical parts: reliability textbooks, recomputed by exact fractions.
func TestKOfN(t *testing.T) {
	tests := []struct {
		k, n int
		p, a float64
	}{
		{2, 3, .9, .972}, {3, 5, .9, .99144}, {2, 4, .9, .9963}, {3, 5, .95, .998841875}, {2, 3, .99, .999702},
		{3, 5, .99, .9999901494}, {4, 7, .99, .9999996583302}, {5, 9, .99, .99999998781463143}, {3, 4, .99, .99940797},
		{5, 7, .99, .99996603746985}, {2, 3, .999, .999997002}, {3, 5, .999, .999999990014994}, {4, 7, .999, .99999999996508393},
	}
	for _, tt := range tests {
		m := New(Options{})
		up := m.AtLeast(tt.k, m.Group(tt.n))
		got := m.Weigh(identical(tt.n, Prob{tt.p, 1 - tt.p})).Prob(up).P
		if !near(got, tt.a, 2e-15) {
			t.Errorf("%d of %d at %g: %.17g, want %.17g", tt.k, tt.n, tt.p, got, tt.a)
		}
	}
}

// storm 1.9, ImportanceTest: F = x1 and (x2 or x3) and (x4 or x5 or x6), exponential, at t = 1; x7 is not used.
func TestImportance(t *testing.T) {
	m := New(Options{})
	x := m.Group(7)
	f := m.And(x[0], m.Or(x[1], x[2]), m.Or(x[3], x[4], x[5]))
	vars := []Prob{{0.5, 0.5}}
	for _, rate := range []float64{math.Ln2, 0.2, math.Ln2, 0.6, 1, 0} {
		vars = append(vars, Prob{-math.Expm1(-rate), math.Exp(-rate)})
	}
	w := m.Weigh(vars)
	if got := w.Prob(f).P; !near(got, 0.2655055433, 1e-9) {
		t.Errorf("P(F) = %.10g", got)
	}
	want := []float64{0.531011, 0.368041, 0.224763, 0.0596235, 0.0543206, 0.0810368, 0}
	for v, b := range m.Birnbaum(f, w)[0] {
		if !near(b, want[v], 2e-6) {
			t.Errorf("Birnbaum of x%d: %g, want %g", v+1, b, want[v])
		}
	}
	if b := m.Birnbaum(f.Not(), w)[0][0]; !near(b, -0.531011, 2e-6) {
		t.Errorf("Birnbaum of the negation: %g", b)
	}
}

func TestWeighRefusesWhatIsNoProbability(t *testing.T) {
	for _, p := range []Prob{{}, {0.5, 0.4}, {-0.5, 1.5}, {math.NaN(), 1}, {math.Inf(1), math.Inf(-1)}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v accepted", p)
				}
			}()
			New(Options{}).Weigh([]Prob{p})
		}()
	}
}
