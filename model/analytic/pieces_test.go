package analytic

import (
	"math/rand/v2"
	"slices"
	"testing"

	"nines/model/bdd"
)

// bush is a random circuit of parts and of gates most of which serve one other
// gate alone, so that many are modules; some of its literals are asked for.
func bush(rng *rand.Rand, parts int) (*circuit, []literal) {
	c := newCircuit()
	var open, used []literal
	for p := range parts {
		open = append(open, c.input(p))
	}
	for len(open) > 1 {
		rng.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
		n := min(len(open), 2+rng.IntN(3))
		args := slices.Clone(open[:n])
		if len(used) > 0 && rng.IntN(3) == 0 {
			args = append(args, used[rng.IntN(len(used))])
		}
		for i := range args {
			args[i] ^= literal(rng.IntN(2))
		}
		l := c.atLeast(1+rng.IntN(len(args)), args)
		if len(args) == 3 && rng.IntN(2) == 0 {
			l = c.ite(args[0], args[1], args[2])
		}
		used = append(used, open[:n]...)
		open = append(open[n:], l)
	}
	roots := []literal{open[0]}
	for range rng.IntN(3) {
		roots = append(roots, used[rng.IntN(len(used))].not())
	}
	return c, roots
}

// TestModules goes by the definition: nothing outside of a module is an
// argument of a gate or asked for that is below it, but itself.
func TestModules(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	found := 0
	for round := range 2000 {
		c, roots := bush(rng, 4+rng.IntN(20))
		got := c.modules(roots)
		parents := c.parents(roots)
		for i := range c.gates {
			if parents[i] == 0 {
				continue
			}
			want := len(c.gates[i].args) > 0 && c.closed(i, parents)
			if got[i] != want {
				t.Fatalf("circuit %d, gate %d: module %v, want %v", round, i, got[i], want)
			}
			if want {
				found++
			}
		}
	}
	if found < 3000 {
		t.Errorf("only %d modules", found)
	}
}

// closed says whether all uses of the gates below gate i are in gates below it or
// in it.
func (c *circuit) closed(i int, parents []int) bool {
	inside := map[int]int{} // uses
	var visit func(i int)
	visit = func(i int) {
		for _, a := range c.gates[i].args {
			if inside[a.gate()]++; inside[a.gate()] == 1 {
				visit(a.gate())
			}
		}
	}
	visit(i)
	for j, uses := range inside {
		if uses != parents[j] {
			return false
		}
	}
	return true
}

// TestDecomposed composes the diagrams of the pieces and compares them with the
// circuit for settings of the parts.
func TestDecomposed(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	cut := 0
	for round := range 300 {
		parts := 3 + rng.IntN(20)
		c, roots := bush(rng, parts)
		p := c.decomposed(roots, parts)
		cut += len(p.cut)
		for _, o := range p.orders()[:2] {
			a, err := p.attempt(o, bdd.Options{Reorder: rng.IntN(2) == 0})
			if err != nil {
				t.Fatal(err)
			}
			m := bdd.New(bdd.Options{})
			inputs := make([]bdd.Ref, parts)
			for _, part := range a.list() {
				inputs[part] = m.Var()
			}
			functions := a.compose(m, func(part int) bdd.Ref { return inputs[part] })
			for range 30 {
				setting := uint(rng.Uint64())
				values := c.values(setting)
				for i, r := range roots {
					if got := at(m, functions[i], a.list(), setting); got != holds(r, values) {
						t.Fatalf("circuit %d, root %d: %v, want %v", round, i, got, !got)
					}
				}
			}
		}
	}
	if cut < 500 {
		t.Errorf("only %d modules", cut)
	}
}

// at gives the value of a function of variables that stand for parts.
func at(m *bdd.Manager, f bdd.Ref, parts []int, setting uint) bool {
	vars := make([]bdd.Prob, len(parts))
	for v, p := range parts {
		on := float64(setting >> p & 1)
		vars[v] = bdd.Prob{P: on, Q: 1 - on}
	}
	return m.Weigh(vars).Prob(f).P == 1
}
