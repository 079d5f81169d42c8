package bdd

import "slices"

const (
	siftGrowth = 1.1 // a direction is given up when the diagrams are this much larger than at the best place
	siftEffort = 100 // nodes gone through for each one alive, about as many as groups are tried, until a reordering ends
	siftFirst  = 20  // of these before it has to have shown that it pays
	siftPays   = 0.99
)

// Reorder looks for a smaller order of the variables. Functions that are not protected, nor made since the last Collect, become invalid.
func (m *Manager) Reorder() {
	if m.err == nil {
		m.reclaim(nil)
		m.sift(nil)
	}
}

// sifter is the state of one reordering: each group in turn tries all places and stays at the best one (Rudell,
// "Dynamic variable ordering for ordered binary decision diagrams", ICCAD 1993). All functions keep their Ref. While it lasts all nodes
// are alive and carry counts of their parents, so that nodes die as soon as a swap takes their last parent.
type sifter struct {
	*Manager
	refs  []uint32 // by node: edges from nodes, plus 1 for a root
	order []group  // from top to bottom
	among []int32  // by variable: the same for those that a function may depend on together
	moved []uint32 // scratch of swap
	work  int      // nodes gone through
}

// sift must follow reclaim at once: it expects that every node is below a root, and that no results are remembered by node.
func (m *Manager) sift(more []Ref) {
	s := sifter{Manager: m, refs: make([]uint32, len(m.nodes), cap(m.nodes))}
	for _, d := range m.nodes[1:] {
		if d.v != noVar {
			s.refs[d.lo.node()]++
			s.refs[d.hi.node()]++
		}
	}
	m.eachRoot(more, func(n uint32) {
		if m.mark(n) {
			s.refs[n]++
		}
	})
	clear(m.marks)
	for l := 0; l < len(m.varAt); {
		g := m.groups[m.varAt[l]]
		s.order = append(s.order, g)
		l += int(g.size)
	}
	s.meet()
	m.limit = mostNodes
	s.siftAll()
	m.limit = m.maxNodes
	clear(m.cache.entries)
	m.kept = m.live
}

// siftAll begins at the bottom, where static orders leave what decides late.
func (s *sifter) siftAll() {
	start := s.live
	for _, g := range slices.Backward(slices.Clone(s.order)) {
		if err := s.ctx.Err(); err != nil {
			s.fail(err)
			return
		}
		idle := s.work > siftFirst*start && float64(s.live) > siftPays*float64(start)
		if s.work > siftEffort*start || idle {
			return
		}
		if !s.unused(g) {
			s.siftGroup(g)
		}
	}
}

// meet finds which variables have to do with each other: those of neighbouring nodes, and so on.
func (s *sifter) meet() {
	s.among = make([]int32, s.Vars())
	for v, g := range s.groups {
		s.among[v] = g.first
	}
	for _, d := range s.nodes[1:] {
		if d.v == noVar {
			continue
		}
		for _, child := range [...]Ref{d.lo, d.hi} {
			if !child.constant() {
				s.among[s.circle(d.v)] = int32(s.circle(s.nodes[child.node()].v))
			}
		}
	}
	for v := range s.among {
		s.among[v] = int32(s.circle(uint32(v)))
	}
}

// circle returns the variable that stands for those that v has to do with.
func (s *sifter) circle(v uint32) uint32 {
	for s.among[v] != int32(v) {
		s.among[v] = s.among[s.among[v]]
		v = uint32(s.among[v])
	}
	return v
}

// unused reports whether no function depends on a group but its variables themselves.
func (s *sifter) unused(g group) bool {
	for v := g.first; v < g.first+g.size; v++ {
		if !s.idle(uint32(v)) {
			return false
		}
	}
	return true
}

// size returns the number of nodes of a group's variables.
func (s *sifter) size(g group) int {
	n := 0
	for v := g.first; v < g.first+g.size; v++ {
		n += s.tables[v].count
	}
	return n
}

// siftGroup tries the nearer end of the order first, then the other, and returns to the best place.
func (s *sifter) siftGroup(g group) {
	at := slices.Index(s.order, g)
	best := place{at, s.live}
	if at < len(s.order)/2 {
		at = s.up(at, &best)
		at = s.down(at, &best)
	} else {
		at = s.down(at, &best)
		at = s.up(at, &best)
	}
	for ; at < best.at; at++ {
		s.swapGroups(at)
	}
	for ; at > best.at; at-- {
		s.swapGroups(at - 1)
	}
}

type place struct{ at, size int }

func (b *place) offer(at, size int) {
	if size < b.size {
		*b = place{at, size}
	}
}

// down moves the group at a place downwards, unless no further place can be better than the best: only nodes of groups that it
// has yet to pass can vanish.
func (s *sifter) down(at int, best *place) int {
	bottom, gain := len(s.order)-1, 0
	for _, g := range s.order[at+1:] {
		gain += s.size(g)
	}
	for at < bottom && s.live-gain < best.size && s.tolerable(best) {
		gain -= s.size(s.order[at+1])
		s.swapGroups(at)
		at++
		best.offer(at, s.live)
	}
	return at
}

// up is down upwards; here nodes of the group itself can vanish as well.
func (s *sifter) up(at int, best *place) int {
	gain := 0
	for _, g := range s.order[:at+1] {
		gain += s.size(g)
	}
	for at > 0 && s.live-gain < best.size && s.tolerable(best) {
		passed, own := s.size(s.order[at-1]), s.size(s.order[at])
		s.swapGroups(at - 1)
		at--
		gain += s.size(s.order[at]) - passed - own
		best.offer(at, s.live)
	}
	return at
}

func (s *sifter) tolerable(best *place) bool {
	return s.ctx.Err() == nil && float64(s.live) <= siftGrowth*float64(best.size)
}

// swapGroups exchanges the groups at places at and at+1.
func (s *sifter) swapGroups(at int) {
	a, b := s.order[at], s.order[at+1]
	s.order[at], s.order[at+1] = b, a
	base := s.level[a.first]
	for i := a.size - 1; i >= 0; i-- {
		for j := range b.size {
			s.swap(base + i + j)
		}
	}
}
