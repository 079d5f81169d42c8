package graph

import (
	"cmp"
	"slices"
)

// sweeps down and up that look for fewer crossings.
const sweeps = 24

// start puts the vertices of each rank in the order in which they are met on
// the way down from the top.
func (s *sketch) start() {
	deepest := -1
	for i := range s.vertices {
		deepest = max(deepest, s.vertices[i].rank)
	}
	s.ranks = make([][]int, deepest+1)
	seen := make([]bool, len(s.vertices))
	for root := range s.nodes {
		stack := []int{root}
		for len(stack) > 0 && (root != stack[0] || len(s.vertices[root].up) == 0) {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[i] {
				continue
			}
			seen[i] = true
			s.ranks[s.vertices[i].rank] = append(s.ranks[s.vertices[i].rank], i)
			for _, d := range slices.Backward(s.vertices[i].down) {
				stack = append(stack, d)
			}
		}
	}
	s.number()
}

// number notes the places of the vertices.
func (s *sketch) number() {
	for _, rank := range s.ranks {
		for place, i := range rank {
			s.vertices[i].place = place
		}
	}
}

// untangle orders the ranks by the mean place of their neighbours above, then
// below, again and again, and swaps neighbours where that helps. The best order
// that was met is kept.
func (s *sketch) untangle() {
	best, least := s.copied(), s.crossings()
	for sweep := 0; sweep < sweeps && least > 0; sweep++ {
		s.sweep(sweep%2 == 0)
		s.swap()
		if n := s.crossings(); n < least {
			best, least = s.copied(), n
		}
	}
	s.ranks = best
	s.number()
}

func (s *sketch) copied() [][]int {
	ranks := make([][]int, len(s.ranks))
	for r := range ranks {
		ranks[r] = slices.Clone(s.ranks[r])
	}
	return ranks
}

// sweep sorts the ranks one after the other by the places of their neighbours.
func (s *sketch) sweep(down bool) {
	for k := range s.ranks {
		r := k
		if !down {
			r = len(s.ranks) - 1 - k
		}
		mean := map[int]float64{}
		for place, i := range s.ranks[r] {
			near := s.vertices[i].up
			if !down {
				near = s.vertices[i].down
			}
			mean[i] = float64(place)
			if len(near) > 0 {
				mean[i] = 0
				for _, n := range near {
					mean[i] += float64(s.vertices[n].place) / float64(len(near))
				}
			}
		}
		slices.SortStableFunc(s.ranks[r], func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
		for place, i := range s.ranks[r] {
			s.vertices[i].place = place
		}
	}
}

// swap exchanges neighbours in a rank as long as fewer links cross.
func (s *sketch) swap() {
	const rounds = 8
	for range rounds {
		better := false
		for _, rank := range s.ranks {
			for k := range len(rank) - 1 {
				a, b := &s.vertices[rank[k]], &s.vertices[rank[k+1]]
				now := s.inverted(a.up, b.up) + s.inverted(a.down, b.down)
				then := s.inverted(b.up, a.up) + s.inverted(b.down, a.down)
				if then < now {
					rank[k], rank[k+1] = rank[k+1], rank[k]
					a.place, b.place = b.place, a.place
					better = true
				}
			}
		}
		if !better {
			return
		}
	}
}

// inverted counts the links of a vertex that cross those of one to its right.
func (s *sketch) inverted(left, right []int) int {
	n := 0
	for _, l := range left {
		for _, r := range right {
			if s.vertices[l].place > s.vertices[r].place {
				n++
			}
		}
	}
	return n
}

// crossings counts the pairs of links that cross, rank by rank: the inversions
// of the lower ends, by a binary indexed tree (Barth, Jünger, Mutzel 2002).
func (s *sketch) crossings() int {
	total := 0
	for r := range len(s.ranks) - 1 {
		tree := make([]int, len(s.ranks[r+1])+1)
		links := 0
		for _, i := range s.ranks[r] {
			var ends []int
			for _, d := range s.vertices[i].down {
				ends = append(ends, s.vertices[d].place)
			}
			slices.Sort(ends)
			for _, e := range ends {
				upTo := 0
				for k := e + 1; k > 0; k -= k & -k {
					upTo += tree[k]
				}
				total += links - upTo
				links++
				for k := e + 1; k < len(tree); k += k & -k {
					tree[k]++
				}
			}
		}
	}
	return total
}
