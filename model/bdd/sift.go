package bdd

import (
	"cmp"
	"slices"
)

const siftGrowth = 1.1 // a direction is given up when the diagrams are this much larger than at the best place

// sifter is the state of one reordering: each group in turn, the largest first, tries all places and stays at the best one (Rudell,
// "Dynamic variable ordering for ordered binary decision diagrams", ICCAD 1993). All functions keep their Ref. While it lasts all nodes
// are alive and carry counts of their parents, so that nodes die as soon as a swap takes their last parent.
type sifter struct {
	*Manager
	refs  []uint32 // by node: edges from nodes, plus 1 for a root
	order []group  // from top to bottom
	moved []uint32 // scratch of swap
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
	m.limit = mostNodes
	s.siftAll()
	m.limit = m.maxNodes
	clear(m.cache.entries)
	m.kept = m.live
}

func (s *sifter) siftAll() {
	bySize := slices.Clone(s.order)
	slices.SortStableFunc(bySize, func(a, b group) int { return cmp.Compare(s.size(b), s.size(a)) })
	for _, g := range bySize {
		if err := s.ctx.Err(); err != nil {
			s.fail(err)
			return
		}
		if !s.unused(g) {
			s.siftGroup(g)
		}
	}
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
