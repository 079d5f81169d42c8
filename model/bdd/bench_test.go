package bdd

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkAtLeast(b *testing.B) {
	for _, n := range []int{100, 500, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				m := New(Options{})
				m.AtLeast(n/2, m.Group(n))
			}
		})
	}
}

// cuts is a disjunction of random conjunctions of three of the variables: wide diagrams, about 1.4 million nodes for 70 over 46.
func cuts(m *Manager, count int, xs []Ref) Ref {
	rng := rand.New(rand.NewPCG(1, 2))
	f := False
	for range count {
		p := rng.Perm(len(xs))
		f = m.Or(f, m.And(xs[p[0]], xs[p[1]], xs[p[2]]))
	}
	return f
}

func BenchmarkCuts(b *testing.B) {
	for b.Loop() {
		m := New(Options{})
		f := cuts(m, 70, variables(m, 46))
		b.ReportMetric(float64(m.Size(f)), "nodes")
		b.ReportMetric(float64(m.live), "made")
	}
}

func variables(m *Manager, n int) []Ref {
	xs := make([]Ref, n)
	for i := range xs {
		xs[i] = m.Var()
	}
	return xs
}

// tree is a random coherent fault tree of gates over basic events, each gate over nearby earlier functions so that parts are shared.
func tree(m *Manager, events, gates int) Ref {
	rng := rand.New(rand.NewPCG(5, 8))
	all := variables(m, events)
	used := 0
	for g := range gates {
		inputs := make([]Ref, 2+rng.IntN(3))
		for i := range inputs {
			if used < events && rng.IntN(2) == 0 {
				inputs[i] = all[used]
				used++
			} else {
				inputs[i] = all[len(all)-1-rng.IntN(min(len(all), 12+g/20))]
			}
		}
		if rng.IntN(5) < 2 {
			all = append(all, m.And(inputs...))
		} else {
			all = append(all, m.Or(inputs...))
		}
	}
	return m.Or(all[len(all)-12:]...)
}

func BenchmarkFaultTree(b *testing.B) {
	for b.Loop() {
		m := New(Options{})
		f := tree(m, 300, 600)
		b.ReportMetric(float64(m.Size(f)), "nodes")
		b.ReportMetric(float64(m.live), "made")
	}
}

func BenchmarkWeights(b *testing.B) {
	m := New(Options{})
	f := cuts(m, 70, variables(m, 46))
	vars := identical(46, Prob{1e-3, 1 - 1e-3})
	nodes := float64(m.Size(f))
	run := func(name string, do func(w *Weights)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				do(m.Weigh(vars))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/nodes, "ns/node")
		})
	}
	run("Prob", func(w *Weights) { w.Prob(f) })
	run("Birnbaum", func(w *Weights) { m.Birnbaum(f, w) })
	run("Entries", func(w *Weights) { w.Entries(f, func(Entry) {}) })
	run("Diff", func(w *Weights) { w.Diff(m.cofactor(f, 0, true), m.cofactor(f, 0, false)) })
}

func BenchmarkSift(b *testing.B) {
	for b.Loop() {
		m := New(Options{})
		f := pairs(m, 14)
		m.Reorder()
		b.ReportMetric(float64(m.Size(f)), "nodes")
	}
}
