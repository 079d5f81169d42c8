package analytic

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"nines/model"
)

// shock gives parts a failure mode in which they are struck together.
func (s *sketch) shock(every, repair, each float64, parts ...int) {
	k := model.Shock{Name: fmt.Sprint("shock", len(s.Shocks)), Parts: parts, Each: model.ProbOf(each), Strikes: []model.Strike{{Every: exp(every)}}}
	for _, i := range parts {
		p := &s.Parts[i]
		k.Strikes[0].Modes = append(k.Strikes[0].Modes, len(p.Modes))
		p.Modes = append(slices.Clone(p.Modes), model.Mode{Every: exp(every / each), Repair: exp(repair)})
		p.Automaton = model.NewAutomaton(p.Modes)
	}
	s.Shocks = append(s.Shocks, k)
}

// A lattice is the chain of all parts of a system with shocks, state by state:
// each part moves by itself but for the modes of the shocks, and each shock
// takes any set of the parts that are as new.
type lattice struct {
	*model.System
	states int
}

func (p *lattice) at(state int) []int {
	var all []int
	for i := range p.Parts {
		n := len(p.Parts[i].Automaton.States)
		all = append(all, state%n)
		state /= n
	}
	return all
}

func (p *lattice) number(states []int) int {
	number := 0
	for i := len(states) - 1; i >= 0; i-- {
		number = number*len(p.Parts[i].Automaton.States) + states[i]
	}
	return number
}

func (p *lattice) moves(from int, visit func(to int, rate float64)) {
	now := p.at(from)
	struck := map[[2]int]bool{}
	for _, s := range p.Shocks {
		for _, k := range s.Strikes {
			p.strike(s, k, now, visit)
			for n, part := range s.Parts {
				struck[[2]int{part, k.Modes[n]}] = true
			}
		}
	}
	for i, state := range now {
		for k, c := range p.Parts[i].Automaton.States[state].Clocks {
			if state == 0 && struck[[2]int{i, k}] {
				continue
			}
			next := slices.Clone(now)
			next[i] = c.To
			visit(p.number(next), 1/c.Law.Mean())
		}
	}
}

func (p *lattice) strike(s model.Shock, k model.Strike, now []int, visit func(to int, rate float64)) {
	for set := range 1 << len(s.Parts) {
		next, chance := slices.Clone(now), 1.0
		for n, part := range s.Parts {
			if set>>n&1 == 0 {
				chance *= s.Each.Q
				continue
			}
			chance *= s.Each.P
			if now[part] == 0 {
				next[part] = p.Parts[part].Automaton.States[0].Clocks[k.Modes[n]].To
			}
		}
		if to := p.number(next); to != p.number(now) {
			visit(to, chance/k.Every.Mean())
		}
	}
}

// steady solves the balance equations by elimination.
func (p *lattice) steady() []float64 {
	a := make([][]float64, p.states)
	for i := range a {
		a[i] = make([]float64, p.states)
	}
	for i := range a {
		p.moves(i, func(to int, rate float64) { a[i][to] += rate })
	}
	for k := p.states - 1; k > 0; k-- {
		out := sum(a[k][:k])
		for i := range k {
			if a[i][k] /= out; a[i][k] > 0 {
				for j := range k {
					a[i][j] += a[i][k] * a[k][j]
				}
			}
		}
	}
	pi := make([]float64, p.states)
	pi[0] = 1
	for k := 1; k < p.states; k++ {
		for i := range k {
			pi[k] += pi[i] * a[i][k]
		}
	}
	return scaled(pi, 1/sum(pi))
}

// mttf is the mean time to the first state in which target k is not up, by
// elimination of the equations T(i) = (1 + sum of rate(i,j) T(j)) / rate(i).
func (p *lattice) mttf(t *testing.T, k int) float64 {
	st := model.NewStructure(p.System)
	up := make([]bool, p.states)
	for i := range up {
		var err error
		if up[i], err = st.Evaluate(model.Snapshot{Conditions: p.conditions(i)}).Up(p.Targets[k]); err != nil {
			t.Fatal(err)
		}
	}
	rates, out, gain := make([][]float64, p.states), make([]float64, p.states), make([]float64, p.states)
	for i := range rates {
		rates[i], gain[i] = make([]float64, p.states), 1
		p.moves(i, func(to int, rate float64) {
			if up[to] {
				rates[i][to] += rate
			} else {
				out[i] += rate
			}
		})
	}
	for k := p.states - 1; k > 0; k-- {
		total := out[k] + sum(rates[k][:k])
		for i := range k {
			f := rates[i][k] / total
			if !up[k] || f == 0 {
				continue
			}
			for j := range k {
				if i != j {
					rates[i][j] += f * rates[k][j]
				}
			}
			out[i], gain[i] = out[i]+f*out[k], gain[i]+f*gain[k]
		}
	}
	if !up[0] {
		return 0
	}
	return gain[0] / out[0]
}

// figures of all targets, by the reference.
func (p *lattice) figures(t *testing.T) []figures {
	st := model.NewStructure(p.System)
	all := make([]figures, len(p.Targets))
	pi := p.steady()
	up := make([][]bool, p.states)
	for i := range up {
		e := st.Evaluate(model.Snapshot{Conditions: p.conditions(i)})
		for k, target := range p.Targets {
			is, err := all[k].add(e, target, pi[i])
			if err != nil {
				t.Fatal(err)
			}
			up[i] = append(up[i], is)
		}
	}
	for i := range up {
		p.moves(i, func(to int, rate float64) {
			for k := range all {
				if up[i][k] && !up[to][k] {
					all[k].outages += pi[i] * rate * model.Year
				}
			}
		})
	}
	return all
}

func (p *lattice) conditions(state int) []model.Condition {
	var all []model.Condition
	for i, s := range p.at(state) {
		all = append(all, p.Parts[i].Automaton.States[s].Condition)
	}
	return all
}

// TestShocks holds random systems with shocks against the chain of all states.
func TestShocks(t *testing.T) {
	first := 0
	for seed := range uint64(60) {
		d := &dice{Rand: rand.New(rand.NewPCG(seed, 11)), places: []int{model.None, model.None}, states: 12}
		place := d.in(model.None, "domain", stop(d.time(90), d.time(3)))
		d.Parts[place].Kind, d.places = model.Domain, append(d.places, place)
		like := []model.Mode{stop(d.time(50), d.time(5))}
		for i := range 2 + d.IntN(2) {
			d.in(d.pick(d.places), fmt.Sprint("part", i), like...)
			d.states *= 2
		}
		d.in(d.pick(d.places), "other", byzantine(d.time(60), d.time(4), d.time(4)))
		d.shock(d.time(70), d.time(6), []float64{0.3, 0.7, 1}[d.IntN(3)], d.Perm(len(d.Parts))[:2+d.IntN(2)]...)
		if seed%3 == 0 {
			d.shock(d.time(70), d.time(6), 1, d.Perm(len(d.Parts))[:2]...)
		}
		for i := range 3 {
			d.states = 3000 // no new parts that fail
			d.system(fmt.Sprint("system", i), d.expression(2, false))
		}
		p := &lattice{&d.System, 1}
		for i := range d.Parts {
			p.states *= len(d.Parts[i].Automaton.States)
		}
		results, _, err := Evaluate(t.Context(), &d.System, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range p.figures(t) {
			for m, want := range map[model.Measure]float64{
				model.Availability: want.up, model.Unavailability: want.down, model.Served: want.served,
				model.WrongShare: want.wrong, model.Degraded: want.degraded, model.Outages: want.outages,
			} {
				if got, ok := results[i].Find(m); !ok || !near(got.Value, want, 1e-10) {
					t.Errorf("seed %d, system %d: %s: got %v, want %v", seed, i, m, got.Value, want)
				}
			}
			if got, ok := results[i].Find(model.MTTF); ok && seed < 15 && got.Method == model.Exact {
				if want := p.mttf(t, i); !near(got.Value, want, 1e-9) {
					t.Errorf("seed %d, system %d: mttf: got %v, want %v", seed, i, got.Value, want)
				}
				first++
			}
		}
	}
	if first < 20 {
		t.Errorf("only %d first outages were looked at", first)
	}
}

// TestStaticCommonCause compares with the closed form: of an unavailability of
// 1 % a tenth is common to both of a pair.
func TestStaticCommonCause(t *testing.T) {
	s := &sketch{}
	a, b := s.static("a", 0.009), s.static("b", 0.009)
	cause := s.static("a, b", 0.001)
	s.Parts[cause].Kind = model.CommonCause
	s.Parts[a].Causes, s.Parts[b].Causes = []int{cause}, []int{cause}
	s.system("pair", s.atLeast(1, s.leaves(a, b)...))
	results, _, err := Evaluate(t.Context(), &s.System, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := results[0].Find(model.Unavailability); !near(got.Value, .001080919, 1e-14) {
		t.Errorf("got %v, want .001080919", got.Value)
	}
}

// TestExplainShock: the shock is a cause, a cut set and an event of its own.
// With all failures of a pair common, at the rate l, both are down together for
// 1/2m: P(both) = (1/2m) / (1/l + 1/2m + 1/m).
func TestExplainShock(t *testing.T) {
	s := &sketch{}
	pair := []int{s.part("a", stop(1000, 5)), s.part("b", stop(1000, 5))}
	s.shock(200, 10, 1, pair...)
	s.system("pair", s.atLeast(1, s.leaves(pair...)...))
	list, _, err := Explain(t.Context(), &s.System, ExplainOptions{Cuts: 10, Advise: true})
	if err != nil {
		t.Fatal(err)
	}
	x := list[0]
	if len(x.Singles) != 1 || x.Singles[0].String() != "shock of shock0" {
		t.Errorf("single points of failure %v", x.Singles)
	}
	total := 0.0
	for _, c := range x.Cuts.Listed {
		total += c.Probability
	}
	if len(x.Cuts.Listed) != 2 || !near(total, x.Down, 1e-12) {
		t.Errorf("cut sets %+v add up to %v, want %v", x.Cuts.Listed, total, x.Down)
	}
	if c := x.Budget[0]; c.Cause != "shock" || c.Share < 0.5 {
		t.Errorf("the first cause is %+v", c)
	}
	without := &sketch{}
	without.system("pair", without.atLeast(1, without.copies(2, "a", stop(1000, 5))...))
	want := unavailability(t, &without.System)
	found := false
	for _, i := range x.Improvements {
		if i.Subject.Cause == "shock" && i.Change == model.Perfect {
			found = true
			if !near(i.Unavailability, want, 1e-12) {
				t.Errorf("without the shock %v, want %v", i.Unavailability, want)
			}
		}
	}
	if !found {
		t.Errorf("no improvement of the shock in %+v", x.Improvements)
	}
}

func unavailability(t *testing.T, sys *model.System) float64 {
	t.Helper()
	results, _, err := Evaluate(t.Context(), sys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	u, _ := results[0].Find(model.Unavailability)
	return u.Value
}
