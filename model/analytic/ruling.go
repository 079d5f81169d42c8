package analytic

import "nines/model/bdd"

// A ruling tells from the values of blocks whether a target is up: its
// function as a diagram of many-valued choices, one for each block.
type ruling struct {
	choices []choice
	root    int

	path  []int // by block: the choice that the state at hand meets, or off
	stamp []int // by choice: the last state that met it
	now   int   // number of the state at hand
}

// A choice goes on by the value of a block: to the choice of that number, or to
// the end.
type choice struct {
	block int
	next  []int
}

// Ends of a ruling.
const (
	isUp   = -1
	isDown = -2
)

const off = -1 // the state at hand does not meet the block

// newRuling follows up, a function of the blocks.
func (e *evaluation) newRuling(up bdd.Ref, blocks []*block) *ruling {
	v := &ruling{path: make([]int, len(blocks))}
	index := map[*block]int{}
	for i, b := range blocks {
		index[b] = i
	}
	known := map[bdd.Ref]int{bdd.True: isUp, bdd.False: isDown}
	var number func(f bdd.Ref) int
	number = func(f bdd.Ref) int {
		if n, ok := known[f]; ok {
			return n
		}
		b := e.blockOf[e.m.Top(f)]
		next := make([]int, len(b.pi))
		for v, g := range e.cases(f, b, nil) {
			next[v] = number(g)
		}
		v.choices = append(v.choices, choice{index[b], next})
		known[f] = len(v.choices) - 1
		return known[f]
	}
	v.root = number(up)
	v.stamp = make([]int, len(v.choices))
	return v
}

// look takes a state in hand, given by the values of the blocks, and says
// whether it is up.
func (v *ruling) look(value func(block int) int) bool {
	for i := range v.path {
		v.path[i] = off
	}
	v.now++
	at := v.root
	for at >= 0 {
		c := &v.choices[at]
		v.path[c.block], v.stamp[at] = at, v.now
		at = c.next[value(c.block)]
	}
	return at == isUp
}

// after says whether the state at hand, which is up, stays so if a block takes
// another value. The way is followed until it meets that of the state again.
func (v *ruling) after(block, to int, value func(block int) int) bool {
	if v.path[block] == off {
		return true
	}
	at := v.choices[v.path[block]].next[to]
	for at >= 0 && v.stamp[at] != v.now {
		c := &v.choices[at]
		at = c.next[value(c.block)]
	}
	return at != isDown
}
