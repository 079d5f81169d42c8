package analytic

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// values works out the gates for one setting of the parts, bit i that of part i.
func (c *circuit) values(parts uint) []bool {
	values := make([]bool, len(c.gates))
	for i := 1; i < len(c.gates); i++ {
		g := &c.gates[i]
		count := 0
		for _, a := range g.args {
			if holds(a, values) {
				count++
			}
		}
		switch g.op {
		case input:
			values[i] = parts>>g.part&1 != 0
		case all:
			values[i] = count == len(g.args)
		case most:
			values[i] = count >= g.k
		case either:
			values[i] = holds(g.args[1], values)
			if !holds(g.args[0], values) {
				values[i] = holds(g.args[2], values)
			}
		}
	}
	return values
}

func holds(l literal, values []bool) bool { return values[l.gate()] != l.negated() }

// A drawing is a random circuit twice: built by the constructors and as the
// truth tables of its literals over the settings of the parts.
type drawing struct {
	*circuit
	literals []literal
	tables   [][]bool
}

const drawnParts = 5

func (d *drawing) add(l literal, of func(setting int) bool) {
	table := make([]bool, 1<<drawnParts)
	for s := range table {
		table[s] = of(s)
	}
	d.literals, d.tables = append(d.literals, l), append(d.tables, table)
}

// draw makes parts and then gates of what there is, the latest most often.
func draw(rng *rand.Rand, gates int) *drawing {
	d := &drawing{circuit: newCircuit()}
	d.add(no, func(int) bool { return false })
	for p := range drawnParts {
		d.add(d.input(p), func(s int) bool { return s>>p&1 != 0 })
	}
	for range gates {
		d.gate(rng)
	}
	return d
}

func (d *drawing) gate(rng *rand.Rand) {
	n := 1 + rng.IntN(4)
	args, tables := make([]literal, n), make([]func(int) bool, n)
	for i := range args {
		k := rng.IntN(len(d.literals))
		if rng.IntN(2) == 0 {
			k = max(k, rng.IntN(len(d.literals)))
		}
		flip := rng.IntN(3) == 0
		args[i], tables[i] = d.literals[k], func(s int) bool { return d.tables[k][s] != flip }
		if flip {
			args[i] = args[i].not()
		}
	}
	count := func(s int) int {
		n := 0
		for _, t := range tables {
			if t(s) {
				n++
			}
		}
		return n
	}
	switch k := rng.IntN(n + 2); {
	case n == 3 && rng.IntN(2) == 0:
		d.add(d.ite(args[0], args[1], args[2]), func(s int) bool { return tables[0](s) && tables[1](s) || !tables[0](s) && tables[2](s) })
	case rng.IntN(2) == 0:
		d.add(d.and(args...), func(s int) bool { return count(s) == n })
	default:
		d.add(d.atLeast(k, args), func(s int) bool { return count(s) >= k })
	}
}

// TestRefined compares circuits as built, and refined as often as it helps,
// with truth tables.
func TestRefined(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	smaller := 0
	for round := range 4000 {
		d := draw(rng, 3+rng.IntN(25))
		which := []int{len(d.literals) - 1, rng.IntN(len(d.literals)), rng.IntN(len(d.literals))}
		roots := make([]literal, len(which))
		for i, k := range which {
			roots[i] = d.literals[k]
		}
		c := d.circuit
		for step := range 4 {
			for s := range 1 << drawnParts {
				values := c.values(uint(s))
				for i, k := range which {
					if holds(roots[i], values) != d.tables[k][s] {
						t.Fatalf("circuit %d refined %d times: root %d differs for %05b", round, step, i, s)
					}
				}
			}
			edges := c.edges(roots)
			c, roots = c.refined(roots)
			if c.edges(roots) < edges {
				smaller++
			}
		}
	}
	if smaller < 500 {
		t.Errorf("only %d circuits became smaller", smaller)
	}
}

// TestSimplified holds the rules against what they should leave, on parts a to e.
func TestSimplified(t *testing.T) {
	c := newCircuit()
	var in [drawnParts]literal
	for p := range in {
		in[p] = c.input(p)
	}
	a, b, d, e := in[0], in[1], in[2], in[3]
	or := func(args ...literal) literal { return c.or(args) }
	tests := []struct {
		name      string
		got, want literal
	}{
		{"idempotent", c.and(a, b, a), c.and(a, b)},
		{"commutative", c.and(b, a), c.and(a, b)},
		{"contradiction", c.and(a, b, a.not()), no},
		{"excluded middle", or(a, b, a.not()), yes},
		{"absorption", c.and(a, or(a, b)), a},
		{"resolution", c.and(a, or(a.not(), b)), c.and(a, b)},
		{"constants", c.atLeast(3, []literal{yes, a, no, b, d}), c.atLeast(2, []literal{a, b, d})},
		{"one of", c.atLeast(1, []literal{a, b}), or(a, b)},
		{"choice", or(c.and(a, b), c.and(a.not(), d)), c.ite(a, b, d)},
		{"exclusive", c.and(or(a, b), c.and(a, b).not()), c.ite(a, b.not(), b)},
		{"equivalence", c.ite(a, b, b.not()), c.ite(b, a, a.not())},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %d, want %d", test.name, test.got, test.want)
		}
	}
	// Deep inside what holds only with a, a is known.
	deep := c.and(a, or(b, c.and(d, or(e, c.and(a, in[4])))))
	next, roots := c.refined([]literal{deep})
	inputs := map[int]int{}
	for i, n := range next.parents(roots) {
		if next.gates[i].op == input {
			inputs[next.gates[i].part] += n
		}
	}
	if inputs[0] != 1 {
		t.Errorf("a appears %d times in a and (b or d and (e or a and f))", inputs[0])
	}
}

// TestOrders checks that every order has each part once.
func TestOrders(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	for range 100 {
		d := draw(rng, 20)
		p := d.decomposed(d.literals[len(d.literals)-2:], drawnParts)
		want := p.depthFirst(p.ends(), asListed)
		slices.Sort(want)
		for i, order := range p.orders() {
			got := slices.Clone(order)
			slices.Sort(got)
			if !slices.Equal(slices.Compact(slices.Clone(got)), got) || !containsAll(got, want) {
				t.Fatalf("order %d has parts %v, want %v", i, got, want)
			}
		}
	}
}

func containsAll(got, want []int) bool {
	return !slices.ContainsFunc(want, func(p int) bool { return !slices.Contains(got, p) })
}
