package markov

import "slices"

// coarser groups the states of a level and makes the level of the groups, without rates.
func (l *level) coarser() *level {
	c := newLevel(l.gather())
	c.start = make([]int, len(c.x)+1)
	members := l.members(len(c.x))
	l.slot = make([]int32, len(l.from))
	met := make([]int32, len(c.x)) // 1 + the entry of the present group for each group it is entered from
	for g := range c.x {
		first := len(c.from)
		for _, j := range members.of(g) {
			for e := l.start[j]; e < l.start[j+1]; e++ {
				from := l.group[l.from[e]]
				if int(from) == g {
					l.slot[e] = inside
					continue
				}
				if int(met[from]) <= first {
					c.from = append(c.from, from)
					met[from] = int32(len(c.from))
				}
				l.slot[e] = met[from] - 1
			}
		}
		c.start[g+1] = len(c.from)
	}
	c.rate = make([]float64, len(c.from))
	return c
}

// gather puts every state into a group with the state that it mostly comes from, or where that has no room with others that come
// from there, and returns the number of groups.
func (l *level) gather() int {
	l.group = make([]int32, len(l.x))
	for i := range l.group {
		l.group[i] = alone
	}
	var size []int8
	siblings := map[int]int32{} // the group of those that found no room with a state
	join := func(g int32, j int) {
		l.group[j] = g
		size[g]++
	}
	found := func() int32 {
		size = append(size, 0)
		return int32(len(size) - 1)
	}
	for j := range l.x {
		if l.group[j] != alone {
			continue
		}
		i, open := l.source(j, size)
		switch g, known := siblings[i]; {
		case open >= 0 && l.group[open] == alone:
			l.group[open] = found()
			size[l.group[open]]++
			join(l.group[open], j)
		case open >= 0:
			join(l.group[open], j)
		case known && size[g] < groupSize:
			join(g, j)
		default:
			siblings[i] = found()
			join(siblings[i], j)
		}
	}
	return len(size)
}

// source returns the state from which state j is entered most often, and that of those whose group is not full; -1 for none.
func (l *level) source(j int, size []int8) (best, open int) {
	best, open = -1, -1
	most, mostOpen := 0.0, 0.0
	for e := l.start[j]; e < l.start[j+1]; e++ {
		i := int(l.from[e])
		flow := l.x[i] * l.rate[e]
		if flow > most {
			best, most = i, flow
		}
		if full := l.group[i] != alone && size[l.group[i]] >= groupSize; flow > mostOpen && !full {
			open, mostOpen = i, flow
		}
	}
	return best, open
}

// lists are lists of states one behind the other.
type lists struct {
	first []int32
	state []int32
}

func (s *lists) of(k int) []int32 { return s.state[s.first[k]:s.first[k+1]] }

// members lists the states of each of n groups.
func (l *level) members(n int) *lists {
	s := &lists{first: make([]int32, n+1), state: make([]int32, len(l.x))}
	for _, g := range l.group {
		s.first[g+1]++
	}
	for g := range n {
		s.first[g+1] += s.first[g]
	}
	free := slices.Clone(s.first)
	for i, g := range l.group {
		s.state[free[g]] = int32(i)
		free[g]++
	}
	return s
}
