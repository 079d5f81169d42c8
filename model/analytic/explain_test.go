package analytic

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nines/model"
)

func explain(t *testing.T, s *model.System, opts ExplainOptions) map[string]model.Explanation {
	t.Helper()
	list, _, err := Explain(t.Context(), s, opts)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]model.Explanation{}
	for _, x := range list {
		byName[x.Target.Name] = x
	}
	return byName
}

func importanceOf(t *testing.T, x model.Explanation, event string) model.Importance {
	t.Helper()
	for _, i := range x.Importance {
		if i.String() == event {
			return i
		}
	}
	t.Fatalf("%s: no importance of %s", x.Target.Name, event)
	panic("unreachable")
}

// TestImportanceOfStorm: F = x1 and (x2 or x3) and (x4 or x5 or x6) fails, with
// the values of ImportanceTest of the model checker Storm.
func TestImportanceOfStorm(t *testing.T) {
	s := &sketch{}
	var x []int
	for i, rate := range []float64{math.Ln2, math.Ln2, 0.2, math.Ln2, 0.6, 1} {
		x = append(x, s.leaf(s.static(fmt.Sprint("x", i+1), -math.Expm1(-rate))))
	}
	s.system("f", s.atLeast(1, x[0], s.series(x[1], x[2]), s.series(x[3], x[4], x[5])))
	f := explain(t, &s.System, ExplainOptions{})["f"]
	if u, _ := f.Find(model.Unavailability); !near(u.Value, 0.2655055433, 1e-9) {
		t.Errorf("unavailability: got %v", u.Value)
	}
	tests := []struct{ birnbaum, raw, rrw float64 }{
		{.531011, 2, math.Inf(1)}, {.368041, 1.693094, 3.25833}, {.224763, 1.693094, 1.18127}, {.0596235, 1.112283, 1.126485},
		{.0543206, 1.112283, 1.101698}, {.0810368, 1.112283, 1.239056},
	}
	for i, want := range tests {
		got := importanceOf(t, f, fmt.Sprint("x", i+1))
		if !near(got.Birnbaum, want.birnbaum, 2e-6) || !near(got.RAW, want.raw, 2e-6) || !near(got.RRW, want.rrw, 2e-6) {
			t.Errorf("x%d: got %v, %v, %v, want %v", i+1, got.Birnbaum, got.RAW, got.RRW, want)
		}
		if q := got.Probability; !near(got.DIF, q*got.RAW, 1e-12) || !near(got.FussellVesely, 1-1/got.RRW, 1e-9) || !near(got.Criticality, got.FussellVesely, 1e-12) {
			t.Errorf("x%d: DIF %v, FV %v, criticality %v", i+1, got.DIF, got.FussellVesely, got.Criticality)
		}
	}
}

// Parts that never or always are down have an importance like others.
func TestImportanceOfCertain(t *testing.T) {
	s := &sketch{}
	never, always, some := s.leaf(s.static("never", 0)), s.leaf(s.static("always", 1)), s.leaf(s.static("some", 0.1))
	s.system("f", s.series(never, s.atLeast(1, always, some)))
	f := explain(t, &s.System, ExplainOptions{})["f"]
	want := map[string]model.Importance{
		"never":  {Birnbaum: 0.9, RAW: 10, RRW: 1},
		"always": {Birnbaum: 0.1, Criticality: 1, FussellVesely: 1, RAW: 1, RRW: math.Inf(1), DIF: 1},
		"some":   {Birnbaum: 1, Criticality: 1, FussellVesely: 1, RAW: 10, RRW: math.Inf(1), DIF: 1},
	}
	for name, w := range want {
		got := importanceOf(t, f, name)
		w.Event, w.Outages = got.Event, got.Outages
		if diff := cmp.Diff(w, got, cmpopts.EquateApprox(1e-15, 0), cmpopts.EquateNaNs()); diff != "" {
			t.Error(diff)
		}
	}
}

// bridge has five links that work with probability .9: Birnbaum importance .1062
// and .0162 (Hardy, Lucet, Limnios 2007), four minimal cut sets and path sets.
func TestImportanceOfBridge(t *testing.T) {
	s := &sketch{}
	leaf := map[string]int{}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		leaf[name] = s.leaf(s.static(name, 0.1))
	}
	way := func(links ...string) int {
		var all []int
		for _, l := range links {
			all = append(all, leaf[l])
		}
		return s.series(all...)
	}
	s.system("bridge", s.atLeast(1, way("a", "c"), way("b", "d"), way("a", "e", "d"), way("b", "e", "c")))
	x := explain(t, &s.System, ExplainOptions{Cuts: 10, Paths: 10})["bridge"]
	for name := range leaf {
		want := .1062
		if name == "e" {
			want = .0162
		}
		if got := importanceOf(t, x, name); !near(got.Birnbaum, want, 1e-12) {
			t.Errorf("%s: got %v, want %v", name, got.Birnbaum, want)
		}
	}
	var cuts []string
	for _, c := range x.Cuts.Listed {
		cuts = append(cuts, fmt.Sprintf("%v %.3g", names(c.Events), c.Probability))
	}
	slices.Sort(cuts)
	if got, want := fmt.Sprint(cuts), "[[a b] 0.01 [a d e] 0.001 [b c e] 0.001 [c d] 0.01]"; got != want {
		t.Errorf("got the cut sets %s, want %s", got, want)
	}
	if x.Cuts.Paths.Int64() != 4 || len(x.Cuts.Works) != 4 || !near(x.Cuts.Works[0].Probability, .81, 1e-12) {
		t.Errorf("got %v path sets, %+v", x.Cuts.Paths, x.Cuts.Works)
	}
	if !near(x.Cuts.Sum, .022, 1e-12) || !near(x.Cuts.Bound, 1-.99*.99*.999*.999, 1e-12) || !x.Cuts.Coherent {
		t.Errorf("got the sum %v and the bound %v, want .022 and %v", x.Cuts.Sum, x.Cuts.Bound, 1-.99*.99*.999*.999)
	}
}

func names(events []model.Event) []string {
	var all []string
	for _, e := range events {
		all = append(all, e.String())
	}
	slices.Sort(all)
	return all
}

// cutsOf finds the minimal cut sets of a target in all its states: the
// smallest sets of values other than the first in which it is down, values that
// it does not tell apart taken as one. It gives the sorted probabilities.
func (c *census) cutsOf(target int) []float64 {
	class := make([][]int, len(c.wheels))
	for i := range c.wheels {
		class[i] = c.alike(target, i)
	}
	type cut struct {
		values []int
		p      float64
	}
	var cuts []cut
	for state := range c.up {
		values, p, rest, first := make([]int, len(c.wheels)), 1.0, state, true
		for i, w := range c.wheels {
			values[i] = rest % len(w.pi)
			rest /= len(w.pi)
			first = first && class[i][values[i]] == values[i]
			if values[i] > 0 {
				p *= w.classProbability(class[i], values[i])
			}
		}
		if first && !c.up[state][target] {
			cuts = append(cuts, cut{values, p})
		}
	}
	var minimal []float64
	for _, x := range cuts {
		smaller := func(y cut) bool {
			less := false
			for i := range y.values {
				if y.values[i] != 0 && y.values[i] != x.values[i] {
					return false
				}
				less = less || y.values[i] != x.values[i]
			}
			return less
		}
		if !slices.ContainsFunc(cuts, smaller) {
			minimal = append(minimal, x.p)
		}
	}
	slices.Sort(minimal)
	return minimal
}

// alike gives for each value of a wheel the first one that makes no difference
// to the target, whatever the others.
func (c *census) alike(target, wheel int) []int {
	place := 1
	for _, w := range c.wheels[:wheel] {
		place *= len(w.pi)
	}
	n := len(c.wheels[wheel].pi)
	rows := make([]string, n)
	for state := range c.up {
		row := &rows[state/place%n]
		if c.up[state][target] {
			*row += "1"
		} else {
			*row += "0"
		}
	}
	first := make([]int, n)
	for i, row := range rows {
		first[i] = slices.Index(rows, row)
	}
	return first
}

func (w *wheel) classProbability(class []int, value int) float64 {
	p := 0.0
	for v := range w.pi {
		if class[v] == value {
			p += w.pi[v]
		}
	}
	return p
}

// tooMany is less likely than any cut set but those of more bad deploys at once
// than the enumeration tells apart.
const tooMany = 1e-15

// TestCuts compares the cut sets of random systems with those found in all of
// their states.
func TestCuts(t *testing.T) {
	incoherent, many := 0, 0
	for seed := range uint64(150) {
		d := roll(seed)
		if d.states > 2000 {
			continue
		}
		c, err := enumerate(&d.System)
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := Explain(t.Context(), &d.System, ExplainOptions{Cuts: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range list {
			want := c.cutsOf(i)
			var got []float64
			sum := 0.0
			for _, cut := range x.Cuts.Listed {
				got = append(got, cut.Probability)
			}
			got = slices.DeleteFunc(got, func(p float64) bool { return p < tooMany })
			want = slices.DeleteFunc(want, func(p float64) bool { return p < tooMany })
			slices.Sort(got)
			for _, p := range want {
				sum += p
			}
			what := fmt.Sprintf("seed %d, %s", seed, x.Target.Name)
			if !slices.EqualFunc(got, want, func(a, b float64) bool { return near(a, b, 1e-8) }) {
				t.Fatalf("%s: got cut sets of %v, want %v", what, got, want)
			}
			if x.Cuts.Count.Cmp(big.NewInt(int64(len(x.Cuts.Listed)))) != 0 || !near(x.Cuts.Sum, sum, 1e-9) {
				t.Fatalf("%s: got %v cut sets of %v, want %d of %v", what, x.Cuts.Count, x.Cuts.Sum, len(want), sum)
			}
			c.compareBounds(t, what, i, x.Cuts)
			if x.Cuts.Coherent != c.coherent(i) {
				t.Fatalf("%s: coherent is %v", what, x.Cuts.Coherent)
			}
			if !x.Cuts.Coherent {
				incoherent++
			}
			if len(want) > 3 {
				many++
			}
		}
	}
	if incoherent < 10 || many < 30 {
		t.Errorf("only %d structures are not coherent, %d have more than three cut sets", incoherent, many)
	}
}

// coherent takes every wheel from its first value to every other in all states.
func (c *census) coherent(target int) bool {
	for state := range c.up {
		place := 1
		for _, w := range c.wheels {
			if state/place%len(w.pi) == 0 {
				for v := 1; v < len(w.pi); v++ {
					if !c.up[state][target] && c.up[state+v*place][target] {
						return false
					}
				}
			}
			place *= len(w.pi)
		}
	}
	return true
}

func (c *census) compareBounds(t *testing.T, what string, target int, cuts model.Cuts) {
	t.Helper()
	down := c.figures[target].down
	if cuts.Sum < down*(1-1e-9) || cuts.Bound < down*(1-1e-9) || cuts.Bound > cuts.Sum*(1+1e-9) {
		t.Errorf("%s: down with %v, bound %v, sum %v", what, down, cuts.Bound, cuts.Sum)
	}
}

// Parts that one person repairs are a module; each of them still has its own
// probability: four machines, one of them repaired at a time, have .991714467813894
// down on average (machine repair model), all alike.
func TestImportanceInModule(t *testing.T) {
	s := &sketch{}
	leaves := s.copies(4, "m", stop(10, 2))
	s.Crews = []model.Crew{{Name: "ops", Size: 1, Parts: []int{0, 1, 2, 3}}}
	s.system("two", s.atLeast(2, leaves...))
	x := explain(t, &s.System, ExplainOptions{Cuts: 5, Advise: true})["two"]
	u, _ := x.Find(model.Unavailability)
	for i := range 4 {
		got := importanceOf(t, x, fmt.Sprintf("m[%d]", i+1))
		if !near(got.Probability, .991714467813894/4, 1e-10) || got.RAW <= 1 || !near(got.DIF, got.Probability*got.RAW, 1e-12) {
			t.Errorf("got %+v", got)
		}
		if without := (u.Value - got.DIF*u.Value) / (1 - got.Probability); !near(got.RRW, u.Value/without, 1e-9) {
			t.Errorf("got the RRW %v, want %v", got.RRW, u.Value/without)
		}
	}
	if whole := importanceOf(t, x, "ops"); !near(whole.Outages, 1, 1e-12) {
		t.Errorf("got %+v", whole)
	}
}
