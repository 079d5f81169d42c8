package analytic

import "nines/model/bdd"

// hazard is the constant rate at which a function of blocks is first lost, if
// it is that all of them have their first values and each leaves it at a
// constant rate: a series. It is 0 if not.
func (e *evaluation) hazard(f bdd.Ref) float64 {
	h, known := e.hazards[f]
	if known || f == bdd.True {
		return h
	}
	b := e.blockOf[e.m.Top(f)]
	given := e.cases(f, b, nil)
	for _, g := range given[1:] {
		if g != bdd.False {
			e.hazards[f] = 0
			return 0
		}
	}
	h = e.leaving(b)
	if rest := given[0]; h > 0 && rest != bdd.True {
		if r := e.hazard(rest); r > 0 {
			h += r
		} else {
			h = 0
		}
	}
	e.hazards[f] = h
	return h
}

// leaving is the constant rate at which a block leaves its first value, 0 if it
// is none.
func (e *evaluation) leaving(b *block) float64 {
	c, err := e.componentOf(b)
	if c == nil || err != nil {
		return 0
	}
	to, rate := c.Row(0)
	for _, j := range to {
		if c.values[j] == c.values[0] {
			return 0
		}
	}
	return sum(rate)
}

// withoutVital is a ruling without the blocks that take the target down
// whenever they leave their first value, and do so at a constant rate: they
// have it as long as the target is up. It gives their rates together.
func (e *evaluation) withoutVital(up bdd.Ref, blocks []*block) (v *ruling, others []*block, rate float64) {
	v = e.newRuling(up, blocks)
	vital := v.vital()
	for i, b := range blocks {
		if h := e.leaving(b); vital[i] && h > 0 {
			rate += h
		} else {
			vital[i] = false
			others = append(others, b)
		}
	}
	v.remove(vital)
	return v, others, rate
}

// remove takes out blocks that have their first value.
func (v *ruling) remove(gone []bool) {
	number := make([]int, len(gone)) // of those that stay
	stay := 0
	for i := range gone {
		number[i] = stay
		if !gone[i] {
			stay++
		}
	}
	past := func(to int) int {
		for to >= 0 && gone[v.choices[to].block] {
			to = v.choices[to].next[0]
		}
		return to
	}
	v.root = past(v.root)
	for i := range v.choices { // those that are taken out are met by none
		for value, to := range v.choices[i].next {
			v.choices[i].next[value] = past(to)
		}
	}
	for i := range v.choices {
		v.choices[i].block = number[v.choices[i].block]
	}
	v.path = v.path[:stay]
}

// vital says which blocks have their first value wherever the target is up:
// every way there meets them and goes on by that value alone.
func (v *ruling) vital() []bool {
	n := len(v.path)
	all := make([]bool, n)
	for i := range all {
		all[i] = true
	}
	missed := make([]int, n+1) // ways that do not meet a block, as differences from block to block
	way := func(from, to int) {
		end := n
		if to >= 0 {
			end = v.choices[to].block
		}
		missed[from]++
		missed[end]--
	}
	way(0, v.root)
	for _, c := range v.choices {
		for value, to := range c.next {
			if to == isDown {
				continue
			}
			way(c.block+1, to)
			all[c.block] = all[c.block] && value == 0
		}
	}
	sum := 0
	for i := range all {
		sum += missed[i]
		all[i] = all[i] && sum == 0
	}
	return all
}
