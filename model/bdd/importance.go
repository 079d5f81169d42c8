package bdd

// Birnbaum returns for each of some weights and every variable the derivative of P(f) by the variable's probability: P(f | v) -
// P(f | not v), negative where v speaks against f (Birnbaum 1969). One pass upwards and one downwards over the nodes of f for every
// four weights, whatever the number of variables.
//
// The error of each value is about 1e-16 times its largest possible share of P(f) or of P(not f), whichever is smaller: digits are lost
// only by a variable that is 1e-10 times less important than the others.
func (m *Manager) Birnbaum(f Ref, weights ...*Weights) [][]float64 {
	l := m.flatten(f)
	c := climb{flat: l, p: make([]row, len(l.nodes)), down: make([][lanes]float64, len(l.nodes))}
	slopes := make([][]float64, len(weights))
	for i := range slopes {
		slopes[i] = make([]float64, m.Vars())
	}
	for first := 0; first < len(weights); first += lanes {
		if err := m.ctx.Err(); err != nil {
			m.fail(err)
			break
		}
		last := min(first+lanes, len(weights))
		c.vars = abreast(weights[first:last])
		c.upwards()
		c.downwards(slopes[first:last])
	}
	return slopes
}

// lanes is how many weights go through a diagram together: it waits for nodes, not for sums.
const lanes = 4

// row holds the probabilities of a variable or a node under several weights.
type row [lanes]Prob

// abreast puts weights side by side, by variable.
func abreast(weights []*Weights) []row {
	rows := make([]row, len(weights[0].vars))
	for k, w := range weights {
		for v, p := range w.vars {
			rows[v][k] = p
		}
	}
	return rows
}

// climb is the state of a pass upwards and one downwards.
type climb struct {
	flat
	vars []row            // by variable
	p    []row            // by node
	down [][lanes]float64 // derivative of P(f) by that of a node
}

// upwards finds the probabilities of the nodes.
func (c *climb) upwards() {
	for k := range lanes {
		c.p[0][k] = Prob{0, 1}
	}
	for i := 1; i < len(c.nodes); i++ {
		d := &c.nodes[i]
		x, lo, hi, to := &c.vars[d.v], &c.p[d.lo.node()], &c.p[d.hi.node()], &c.p[i]
		for k := range lanes {
			to[k] = mix(x[k], lo[k], hi[k].signed(d.hi.sign()))
		}
	}
}

// downwards adds up the derivatives by variable.
func (c *climb) downwards(slopes [][]float64) {
	clear(c.down)
	for k := range lanes {
		c.down[c.root.node()][k] = 1 - 2*float64(c.root.sign())
	}
	for i := len(c.nodes) - 1; i > 0; i-- {
		d, from := &c.nodes[i], &c.down[i]
		x, lo, hi := &c.vars[d.v], d.lo.node(), d.hi.node()
		toLo, toHi, sign := &c.down[lo], &c.down[hi], 1-2*float64(d.hi.sign())
		for k := range slopes {
			slopes[k][d.v] += float64(from[k] * rise(c.p[lo][k], c.p[hi][k].signed(d.hi.sign())))
			toLo[k] += float64(from[k] * x[k].Q)
			toHi[k] += float64(sign * from[k] * x[k].P)
		}
	}
}

// rise returns hi.P - lo.P from the smaller members of the pairs.
func rise(lo, hi Prob) float64 {
	if hi.P+lo.P <= hi.Q+lo.Q {
		return hi.P - lo.P
	}
	return lo.Q - hi.Q
}
