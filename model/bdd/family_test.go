package bdd

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// sets is a family by its members, each a bit set. It is what operations on families are judged by.
type sets map[uint]bool

func (s *Families) sets(f Family) sets {
	all := sets{}
	var walk func(f Family, set uint)
	walk = func(f Family, set uint) {
		switch f {
		case Empty:
		case Unit:
			all[set] = true
		default:
			walk(s.nodes[f].lo, set)
			walk(s.nodes[f].hi, set|1<<s.nodes[f].v)
		}
	}
	walk(f, 0)
	return all
}

func (a sets) filter(keep func(set uint) bool) sets {
	kept := sets{}
	for set := range a {
		if keep(set) {
			kept[set] = true
		}
	}
	return kept
}

// minimal keeps the sets that contain no other.
func (a sets) minimal() sets {
	return a.filter(func(set uint) bool {
		for other := range a {
			if other != set && other&^set == 0 {
				return false
			}
		}
		return true
	})
}

func (a sets) String() string {
	var list []uint
	for set := range a {
		list = append(list, set)
	}
	slices.Sort(list)
	return fmt.Sprintf("%b", list)
}

func equal(t *testing.T, what string, got, want sets) {
	t.Helper()
	if got.String() != want.String() {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// of makes a family from its members.
func (s *Families) of(a sets, elements int) Family {
	var build func(a sets, v int) Family
	build = func(a sets, v int) Family {
		if v == elements {
			return Family(len(a))
		}
		has := func(set uint) bool { return set>>v&1 != 0 }
		hi := build(a.filter(has), v+1)
		return s.mk(uint32(v), build(a.filter(func(set uint) bool { return !has(set) }), v+1), hi)
	}
	return build(a, 0)
}

func randomSets(rng *rand.Rand, elements int) sets {
	a := sets{}
	for range rng.IntN(12) {
		a[uint(rng.IntN(1<<elements))] = true
	}
	return a
}

// checkFamilies compares the operations on two families with their meaning.
func checkFamilies(t *testing.T, a, b sets, elements int) {
	s := NewFamilies(Options{})
	f, g := s.of(a, elements), s.of(b, elements)
	equal(t, "sets", s.sets(f), a)
	equal(t, "without", s.sets(s.Without(f, g)), a.filter(func(set uint) bool {
		for other := range b {
			if other&^set == 0 {
				return false
			}
		}
		return true
	}))
	equal(t, "minus", s.sets(s.Minus(f, g)), a.filter(func(set uint) bool { return !b[set] }))
	if got := s.Count(f); got.Cmp(big.NewInt(int64(len(a)))) != 0 {
		t.Fatalf("count: got %v, want %d", got, len(a))
	}
	checkSums(t, s, f, a, elements)
}

func checkSums(t *testing.T, s *Families, f Family, a sets, elements int) {
	weight := make([]float64, elements)
	for i := range weight {
		weight[i] = []float64{0.25, 1e-3, 0.5, 1e-200, 0.25, 0, 0.75}[i%7]
	}
	product := func(set uint) float64 {
		p := 1.0
		for v, w := range weight {
			if set>>v&1 != 0 {
				p *= w
			}
		}
		return p
	}
	sum, none := 0.0, 1.0
	var order []uint
	for set := range a {
		sum += product(set)
		none *= 1 - product(set)
		order = append(order, set)
	}
	if got := s.Sum(f, weight); math.Abs(got-sum) > 1e-12*sum {
		t.Fatalf("sum: got %v, want %v", got, sum)
	}
	if got, ok := s.AnyOf(f, weight); !ok || math.Abs(got-(1-none)) > 1e-12 {
		t.Fatalf("any of: got %v, want %v", got, 1-none)
	}
	for _, n := range []int{0, 1, 3, len(a) + 1} {
		best := s.Best(f, weight, n)
		if len(best) != min(n, len(a)) {
			t.Fatalf("best: got %d of %d, want %d", len(best), len(a), n)
		}
		slices.SortFunc(order, func(x, y uint) int { return compareProducts(product(x), product(y)) })
		for i, elements := range best {
			set := uint(0)
			for _, v := range elements {
				set |= 1 << v
			}
			if !a[set] || compareProducts(product(set), product(order[i])) != 0 {
				t.Fatalf("best: got %b with %v at place %d, want %v", set, product(set), i, product(order[i]))
			}
		}
	}
}

// compareProducts puts the larger first.
func compareProducts(a, b float64) int {
	switch {
	case math.Abs(a-b) <= 1e-12*max(a, b):
		return 0
	case a > b:
		return -1
	}
	return 1
}

func TestFamilies(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		checkFamilies(t, randomSets(rng, 7), randomSets(rng, 7), 7)
	}
}

func FuzzFamilies(f *testing.F) {
	f.Add([]byte{3, 5, 6}, []byte{1, 0})
	f.Fuzz(func(t *testing.T, x, y []byte) {
		a, b := sets{}, sets{}
		for _, set := range x[:min(len(x), 20)] {
			a[uint(set)] = true
		}
		for _, set := range y[:min(len(y), 20)] {
			b[uint(set)] = true
		}
		checkFamilies(t, a, b, 8)
	})
}

// Equal sets come by their size and elements, and what is below any float64 still has an order.
func TestBestOrder(t *testing.T) {
	s := NewFamilies(Options{})
	f := s.of(sets{0b0011: true, 0b0110: true, 0b0101: true, 0b1000: true, 0b10000: true}, 5)
	best := s.Best(f, []float64{1e-200, 1e-200, 1e-200, 1e-400, 1e-300}, 5)
	if got, want := fmt.Sprint(best), "[[4] [0 1] [0 2] [1 2] [3]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A room is a function of many-valued groups, judged by its value for every choice of values: digit i of a state is the value of group i.
type room struct {
	m       *Manager
	f       Ref
	choices []Choice
	values  []int
	holds   []bool
}

// furnish makes a random function of groups with two to four values, coded as a chain: bit i says that the value is i, given that it is none
// before.
func furnish(rng *rand.Rand, groups int, monotone bool) room {
	r := room{m: New(Options{})}
	states := 1
	var is [][]Ref
	for range groups {
		n := 2 + rng.IntN(3)
		bit := r.m.Group(n - 1)
		choice := Choice{Group: r.m.Vars() - len(bit)}
		rest, values := True, []Ref(nil)
		for i := range n {
			choice.Values = append(choice.Values, i)
			if i < n-1 {
				values = append(values, r.m.And(rest, bit[i]))
				rest = r.m.And(rest, bit[i].Not())
			}
		}
		r.choices, r.values, is = append(r.choices, choice), append(r.values, n), append(is, append(values, rest))
		states *= n
	}
	r.holds = make([]bool, states)
	r.f = False
	for range 1 + rng.IntN(5) {
		term := True
		hits := make([]int, groups)
		for g := range hits {
			hits[g] = -1
			if rng.IntN(2) == 0 {
				hits[g] = rng.IntN(r.values[g])
				if monotone && hits[g] == 0 {
					hits[g] = -1
				}
			}
			if hits[g] >= 0 {
				term = r.m.And(term, is[g][hits[g]])
			}
		}
		r.f = r.m.Or(r.f, term)
		for state := range r.holds {
			r.holds[state] = r.holds[state] || r.meets(state, hits)
		}
	}
	return r
}

func (r *room) digits(state int) []int {
	d := make([]int, len(r.values))
	for g, n := range r.values {
		d[g], state = state%n, state/n
	}
	return d
}

func (r *room) meets(state int, hits []int) bool {
	for g, digit := range r.digits(state) {
		if hits[g] >= 0 && hits[g] != digit {
			return false
		}
	}
	return true
}

// elements is the set of a state.
func (r *room) elements(state int) uint {
	set, first := uint(0), 0
	for g, digit := range r.digits(state) {
		if digit > 0 {
			set |= 1 << (first + digit - 1)
		}
		first += r.values[g] - 1
	}
	return set
}

func (r *room) solutions() sets {
	all := sets{}
	for state, holds := range r.holds {
		if holds {
			all[r.elements(state)] = true
		}
	}
	return all
}

func TestMinimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	coherent := 0
	for i := range 1500 {
		r := furnish(rng, 4, i%2 == 0)
		s := NewFamilies(Options{})
		want := r.solutions().minimal()
		equal(t, "minimal", s.sets(s.Minimal(r.m, r.f, r.choices, -1)), want)
		for most := range 4 {
			equal(t, "some", s.sets(s.Minimal(r.m, r.f, r.choices, most)), want.filter(func(set uint) bool { return bits.OnesCount(set) <= most }))
		}
		if is := r.m.Coherent(r.f, r.choices); is != r.coherent() {
			t.Fatalf("coherent: got %v", is)
		} else if is {
			coherent++
		}
		equal(t, "paths", s.sets(s.Paths(r.m, r.f.Not(), r.choices)), r.paths())
	}
	if coherent < 100 || coherent > 1400 {
		t.Errorf("%d of 1500 functions are coherent", coherent)
	}
}

// coherent takes every group from rest to every value in every state.
func (r *room) coherent() bool {
	for state, holds := range r.holds {
		place := 1
		for g, digit := range r.digits(state) {
			for value := 1; value < r.values[g] && digit == 0; value++ {
				if holds && !r.holds[state+value*place] {
					return false
				}
			}
			place *= r.values[g]
		}
	}
	return true
}

// paths looks at all sets of groups: does f fail in all states in which they are at rest?
func (r *room) paths() sets {
	all := sets{}
	for set := range uint(1 << len(r.values)) {
		safe := true
		for state, holds := range r.holds {
			at := true
			for g, digit := range r.digits(state) {
				at = at && (set>>g&1 == 0 || digit == 0)
			}
			safe = safe && !(at && holds)
		}
		if safe {
			all[set] = true
		}
	}
	return all.minimal()
}

// TestPrimes compares with all products of literals.
func TestPrimes(t *testing.T) {
	b := newBench(New(Options{}), 5, 9)
	var choices []Choice
	for v := range 5 {
		choices = append(choices, Choice{Group: v, Values: []int{1, 0}})
	}
	for op := range 400 {
		j := b.make(op)
		s := NewFamilies(Options{})
		equal(t, "primes", s.sets(s.Primes(b.m, j.f, choices)), j.t.primes(5))
	}
}

func (t truth) primes(n int) sets {
	implicants := sets{}
	for set := range uint(1 << (2 * n)) {
		implied := true
		for x, holds := range t {
			in := true
			for v := range n {
				in = in && (set>>(2*v)&1 == 0 || x>>v&1 == 1) && (set>>(2*v+1)&1 == 0 || x>>v&1 == 0)
			}
			implied = implied && (!in || holds)
		}
		if contradictory := set&(set>>1)&0b0101010101 != 0; implied && !contradictory {
			implicants[set] = true
		}
	}
	return implicants.minimal()
}

// TestGiven compares with sums over all states, and with values so small that a difference would lose them.
func TestGiven(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		r := furnish(rng, 4, false)
		weights, prob := r.weigh(rng)
		got, rise := weights.Given(r.f)
		alike := r.m.Alike(r.f)
		for g, c := range r.choices {
			if got[c.Group] == nil {
				if alike[c.Group] != nil {
					t.Fatalf("group %d has classes and no probabilities", g)
				}
				continue
			}
			for value, p := range got[c.Group] {
				if want := r.given(prob, g, value); math.Abs(p-want) > 1e-13*want {
					t.Fatalf("group %d, value %d: got %v, want %v", g, value, p, want)
				} else if want -= r.given(prob, g, 0); math.Abs(rise[c.Group][value]-want) > 1e-14 {
					t.Fatalf("group %d, value %d: got the rise %v, want %v", g, value, rise[c.Group][value], want)
				}
			}
			if want := r.alike(g); !slices.Equal(alike[c.Group], want) {
				t.Fatalf("group %d: got the classes %v, want %v", g, alike[c.Group], want)
			}
		}
	}
}

// weigh draws the probabilities of the values, from ordinary to tiny.
func (r *room) weigh(rng *rand.Rand) (*Weights, [][]float64) {
	vars := make([]Prob, r.m.Vars())
	prob := make([][]float64, len(r.values))
	for g, n := range r.values {
		prob[g] = make([]float64, n)
		for i := range n {
			prob[g][i] = [...]float64{1, 0.5, 1e-9, 1e-40}[rng.IntN(4)]
		}
		total := 0.0
		for _, p := range prob[g] {
			total += p
		}
		rest := 0.0
		for i := n - 1; i >= 0; i-- {
			prob[g][i] /= total
			if i < n-1 {
				all := prob[g][i] + rest
				vars[r.choices[g].Group+i] = Prob{prob[g][i] / all, rest / all}
			}
			rest += prob[g][i]
		}
	}
	return r.m.Weigh(vars), prob
}

func (r *room) given(prob [][]float64, group, value int) float64 {
	total := 0.0
	for state, holds := range r.holds {
		p := 1.0
		for g, digit := range r.digits(state) {
			switch {
			case g != group:
				p *= prob[g][digit]
			case digit != value:
				p = 0
			}
		}
		if holds {
			total += p
		}
	}
	return total
}

// alike compares the rows of all other groups' states.
func (r *room) alike(group int) []int {
	rows := make([]string, r.values[group])
	for state, holds := range r.holds {
		rows[r.digits(state)[group]] += fmt.Sprint(holds)
	}
	classes := make([]int, len(rows))
	for i, row := range rows {
		classes[i] = slices.Index(rows, row)
	}
	return classes
}

// TestNetworkSets counts self-avoiding walks between the corners of a grid (OEIS A007764), and the sets of the bridge.
func TestNetworkSets(t *testing.T) {
	tests := []struct {
		net         network
		paths, cuts int64
	}{{bridge, 4, 4}, {grid(3, false), 12, -1}, {grid(4, false), 184, -1}, {grid(5, false), 8512, -1}, {grid(6, false), 1262816, -1}}
	for i, test := range tests {
		m := New(Options{})
		up := connected(m, test.net)
		var choices []Choice
		for v := range len(test.net.links) {
			choices = append(choices, Choice{Group: v, Values: []int{0, 1}})
		}
		s := NewFamilies(Options{})
		if got := s.Count(s.Paths(m, up, choices)); got.Cmp(big.NewInt(test.paths)) != 0 {
			t.Errorf("network %d has %v paths, want %d", i, got, test.paths)
		}
		if got := s.Count(s.Minimal(m, up.Not(), choices, -1)); test.cuts >= 0 && got.Cmp(big.NewInt(test.cuts)) != 0 {
			t.Errorf("network %d has %v cuts, want %d", i, got, test.cuts)
		}
	}
}

// Counts of any size stay exact.
func TestCountLarge(t *testing.T) {
	m := New(Options{})
	var f []Ref
	var choices []Choice
	want := big.NewInt(1)
	for i := range 30 {
		g := m.And(m.Var(), m.Var())
		f = append(f, m.Or(g, m.And(m.Var(), m.Var()), m.Var(), m.Var(), m.Var(), m.Var()))
		want.Mul(want, big.NewInt(6))
		for v := range 8 {
			choices = append(choices, Choice{Group: 8*i + v, Values: []int{1, 0}})
		}
	}
	s := NewFamilies(Options{})
	if got := s.Count(s.Minimal(m, m.And(f...), choices, -1)); got.Cmp(want) != 0 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Few nodes can take many operations, and equal sets be more than anybody can go through: there are 1e29 of fifty in a hundred.
func TestManyEqual(t *testing.T) {
	const n, k = 100, 50
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	m, s := New(Options{}), NewFamilies(Options{Context: ctx})
	var all []Ref
	var choices []Choice
	weight := make([]float64, n)
	for i := range weight {
		all, weight[i] = append(all, m.Var()), 0.001
		choices = append(choices, Choice{Group: i, Values: []int{1, 0}})
	}
	f := s.Minimal(m, m.AtLeast(k, all), choices, -1)
	if got, want := s.Count(f), new(big.Int).Binomial(n, k); got.Cmp(want) != 0 {
		t.Errorf("got %v, want %v", got, want)
	}
	best := s.Best(f, weight, 3)
	for i, last := range []int{k - 1, k, k + 1} {
		if set := best[i]; len(set) != k || set[k-2] != k-2 || set[k-1] != last {
			t.Errorf("set %d is %v", i, set)
		}
	}
	if s.Err() != nil {
		t.Error(s.Err())
	}
}

func TestFamilyLimits(t *testing.T) {
	m := New(Options{})
	net := grid(5, false)
	up := connected(m, net)
	var choices []Choice
	for v := range len(net.links) {
		choices = append(choices, Choice{Group: v, Values: []int{0, 1}})
	}
	s := NewFamilies(Options{MaxNodes: 1000})
	if f := s.Minimal(m, up.Not(), choices, -1); f != Empty || !errors.Is(s.Err(), ErrNodes) {
		t.Errorf("got family %d and error %v, want none and %v", f, s.Err(), ErrNodes)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s = NewFamilies(Options{Context: ctx})
	s.fuel = 0
	if f := s.Minimal(m, up.Not(), choices, -1); f != Empty || !errors.Is(s.Err(), context.Canceled) {
		t.Errorf("got family %d and error %v, want none and %v", f, s.Err(), context.Canceled)
	}
}
