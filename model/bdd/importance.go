package bdd

// Birnbaum returns for each of some weights and every variable the derivative of P(f) by the variable's probability: P(f | v) -
// P(f | not v), negative where v speaks against f (Birnbaum 1969). One pass upwards and one downwards over the nodes of f for every
// four weights, whatever the number of variables.
//
// The error of each value is about 1e-16 times its largest possible share of P(f) or of P(not f), whichever is smaller: digits are lost
// only by a variable that is 1e-10 times less important than the others.
func (m *Manager) Birnbaum(f Ref, weights ...*Weights) [][]float64 {
	l := m.flatten(f)
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
		vars := abreast(weights[first:last])
		l.slopes(vars, l.probs(vars), slopes[first:last])
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

// probs are the probabilities of the nodes.
func (l *flat) probs(vars []row) []row {
	p := make([]row, len(l.nodes))
	for k := range lanes {
		p[0][k] = Prob{0, 1}
	}
	for i := 1; i < len(l.nodes); i++ {
		d := &l.nodes[i]
		x, lo, hi, to := &vars[d.v], &p[d.lo.node()], &p[d.hi.node()], &p[i]
		for k := range lanes {
			to[k] = mix(x[k], lo[k], hi[k].signed(d.hi.sign()))
		}
	}
	return p
}

// slopes adds the derivatives of P(f), by variable, to sums.
func (l *flat) slopes(vars, p []row, sums [][]float64) {
	down := make([][lanes]float64, len(l.nodes)) // derivative by the probability of a node
	for k := range lanes {
		down[l.root.node()][k] = 1 - 2*float64(l.root.sign())
	}
	for i := len(l.nodes) - 1; i > 0; i-- {
		d, from := &l.nodes[i], down[i]
		x, lo, hi := &vars[d.v], d.lo.node(), d.hi.node()
		sign := 1 - 2*float64(d.hi.sign())
		for k := range sums {
			sums[k][d.v] += float64(from[k] * rise(p[lo][k], p[hi][k].signed(d.hi.sign())))
			down[lo][k] += float64(from[k] * x[k].Q)
			down[hi][k] += float64(sign * from[k] * x[k].P)
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
