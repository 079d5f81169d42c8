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

// gather puts every state into a group with the state that it mostly comes from, if there is room, and returns the number of groups.
func (l *level) gather() int {
	l.group = make([]int32, len(l.x))
	for i := range l.group {
		l.group[i] = alone
	}
	var size []int8
	for j := range l.x {
		if l.group[j] != alone {
			continue
		}
		if i := l.source(j, size); i < 0 {
			l.group[j] = int32(len(size))
			size = append(size, 1)
		} else if l.group[i] == alone {
			l.group[i], l.group[j] = int32(len(size)), int32(len(size))
			size = append(size, 2)
		} else {
			l.group[j] = l.group[i]
			size[l.group[i]]++
		}
	}
	return len(size)
}

// source returns the state from which state j is entered most often, of those whose group is not full, or -1.
func (l *level) source(j int, size []int8) int {
	best, most := -1, 0.0
	for e := l.start[j]; e < l.start[j+1]; e++ {
		i := int(l.from[e])
		full := l.group[i] != alone && size[l.group[i]] >= groupSize
		if flow := l.x[i] * l.rate[e]; flow > most && !full {
			best, most = i, flow
		}
	}
	return best
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
