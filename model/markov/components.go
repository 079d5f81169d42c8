package markov

import "slices"

const unreached = -1

// components are the strongly connected ones of the states that can be reached. No transition leads to a component of a higher number.
type components struct {
	of    []int32 // component of each state, or unreached
	first []int32 // component k is list[first[k]:first[k+1]]
	list  []int32
}

func (k *components) len() int             { return len(k.first) - 1 }
func (k *components) states(n int) []int32 { return k.list[k.first[n]:k.first[n+1]] }

// components finds the strongly connected components of what can be reached from the given distribution, where states in stop are
// not left (Tarjan 1972, with a stack of its own).
func (c *Chain) components(from []float64, stop Set) *components {
	t := &tarjan{chain: c, stop: stop, number: make([]int32, c.Len())}
	t.found.of = make([]int32, c.Len())
	for i := range t.found.of {
		t.found.of[i] = unreached
	}
	t.found.first = []int32{0}
	for i, p := range from {
		if p > 0 && t.number[i] == 0 {
			t.search(int32(i))
		}
	}
	return &t.found
}

type tarjan struct {
	chain  *Chain
	stop   Set
	number []int32 // order of discovery from 1, lowered to the lowest that is reached; 0 for unseen
	seen   int32
	path   []visit // the walk from its root
	open   []int32 // seen, component not known yet
	found  components
}

// A visit is a state on the current path, and the next transition to follow.
type visit struct {
	state  int32
	number int32
	open   int // where it stands among the open states
	next   int
}

func (t *tarjan) search(root int32) {
	t.enter(root)
	for len(t.path) > 0 {
		v := &t.path[len(t.path)-1]
		if v.next < t.end(v.state) {
			to := t.chain.to[v.next]
			v.next++
			t.follow(v.state, to)
		} else {
			t.leave()
		}
	}
}

// end is where the transitions that are followed end.
func (t *tarjan) end(i int32) int {
	if t.stop != nil && t.stop[i] {
		return t.chain.start[i]
	}
	return t.chain.start[i+1]
}

func (t *tarjan) enter(i int32) {
	t.seen++
	t.number[i] = t.seen
	t.path = append(t.path, visit{i, t.seen, len(t.open), t.chain.start[i]})
	t.open = append(t.open, i)
}

func (t *tarjan) follow(from, to int32) {
	switch {
	case t.number[to] == 0:
		t.enter(to)
	case t.found.of[to] == unreached:
		t.number[from] = min(t.number[from], t.number[to])
	}
}

// leave steps back from a state all of whose transitions are followed; if it reaches nothing older, it closes a component.
func (t *tarjan) leave() {
	v := t.path[len(t.path)-1]
	t.path = t.path[:len(t.path)-1]
	if low := t.number[v.state]; low < v.number {
		parent := t.path[len(t.path)-1].state
		t.number[parent] = min(t.number[parent], low)
		return
	}
	states := t.open[v.open:]
	t.open = t.open[:v.open]
	slices.Sort(states)
	for _, i := range states {
		t.found.of[i] = int32(t.found.len())
	}
	t.found.list = append(t.found.list, states...)
	t.found.first = append(t.found.first, int32(len(t.found.list)))
}

// closed says of each component whether it is never left.
func (c *Chain) closed(k *components) []bool {
	closed := make([]bool, k.len())
	for n := range closed {
		closed[n] = !slices.ContainsFunc(k.states(n), func(i int32) bool {
			to, _ := c.Row(int(i))
			return slices.ContainsFunc(to, func(j int32) bool { return k.of[j] != int32(n) })
		})
	}
	return closed
}

// leading says of each component whether target can be reached from it.
func (c *Chain) leading(k *components, target Set) []bool {
	leads := make([]bool, k.len())
	for n := range leads {
		leads[n] = slices.ContainsFunc(k.states(n), func(i int32) bool {
			to, _ := c.Row(int(i))
			return target[i] || slices.ContainsFunc(to, func(j int32) bool { return leads[k.of[j]] })
		})
	}
	return leads
}
