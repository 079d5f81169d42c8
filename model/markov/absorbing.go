package markov

// An absorbing chain stops when it enters a target: its last two states are the target, and the states from which it is out of reach.
type absorbing struct {
	Chain
	start  []float64
	target Set
}

// absorbing takes from c what happens before the target.
func (c *Chain) absorbing(initial []float64, target Set) *absorbing {
	states := c.before(initial, target)
	hit, lost := int32(len(states)), int32(len(states)+1)
	local := make([]int32, c.Len())
	for i := range local {
		if local[i] = lost; target[i] {
			local[i] = hit
		}
	}
	for k, i := range states {
		local[i] = int32(k)
	}
	b := newBuilder(Options{MaxTransitions: c.Transitions()}) // no rate is new, so none is refused
	for _, i := range states {
		to, rate := c.Row(int(i))
		for e, j := range to {
			b.row = append(b.row, edge{local[j], rate[e]})
		}
		b.end()
	}
	b.end()
	b.end()
	a := &absorbing{Chain: b.chain, start: make([]float64, len(states)+2), target: make(Set, len(states)+2)}
	a.target[hit] = true
	for i, p := range initial {
		a.start[local[i]] += p
	}
	return a
}
