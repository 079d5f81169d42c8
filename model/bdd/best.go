package bdd

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// Best lists n sets of f by the product of their elements' weights, from 0 to 1, the largest first; equal ones by size, then by their
// elements. It looks at no more sets than it lists: the largest product below each node bounds what a path to it can become, and paths are
// followed in the order of these bounds.
func (s *Families) Best(f Family, weight []float64, n int) [][]int {
	b := s.bounds(f, weight)
	open := frontierHeap{{bound: b.below[f], size: b.size[f], at: f}}
	var found [][]int
	for len(open) > 0 && len(found) < n && s.step() {
		p := heap.Pop(&open).(path)
		switch p.at {
		case Empty:
		case Unit:
			found = append(found, p.elements())
		default:
			d := &s.nodes[p.at]
			with := path{log: p.log + b.log[d.v], at: d.hi, last: &link{int(d.v), p.last}, length: p.length + 1}
			with.bound, with.size = with.log+b.below[d.hi], with.length+b.size[d.hi]
			p.at, p.bound, p.size = d.lo, p.log+b.below[d.lo], p.length+b.size[d.lo]
			heap.Push(&open, with)
			if p.at != Empty {
				heap.Push(&open, p)
			}
		}
	}
	return found
}

// bounds holds logarithms to base e, since products may be smaller than any float64.
type bounds struct {
	log   []float64 // of the weight of each element
	below []float64 // of the largest product of a set, by node
	size  []int     // of the smallest set with that product
}

func (s *Families) bounds(f Family, weight []float64) bounds {
	b := bounds{make([]float64, len(weight)), make([]float64, max(f+1, 2)), make([]int, max(f+1, 2))}
	for i, w := range weight {
		b.log[i] = max(math.Log(w), -math.MaxFloat32)
	}
	b.below[Empty] = math.Inf(-1)
	for _, n := range s.below(f) {
		d := &s.nodes[n]
		b.below[n], b.size[n] = b.below[d.lo], b.size[d.lo]
		with, size := b.log[d.v]+b.below[d.hi], b.size[d.hi]+1
		if c := cmp.Compare(rank(with), rank(b.below[n])); c > 0 || c == 0 && size < b.size[n] {
			b.below[n], b.size[n] = with, size
		}
	}
	return b
}

// path leads from the root to a node.
type path struct {
	log    float64 // of the weights of its elements
	bound  float64 // of the best set that it can become
	size   int     // of the smallest of these
	at     Family
	last   *link // its elements, the last first
	length int   // how many they are
}

type link struct {
	element int
	before  *link
}

func (p *path) elements() []int {
	elements := make([]int, 0, p.length)
	for l := p.last; l != nil; l = l.before {
		elements = append(elements, l.element)
	}
	slices.Reverse(elements)
	return elements
}

// compare orders paths by what to follow first. Bounds that differ by rounding only count as equal. Of equal ones a path is followed to
// its end before others are begun, so that their number does not matter.
func (p *path) compare(q *path) int {
	if a, b := rank(p.bound), rank(q.bound); a != b {
		return cmp.Compare(b, a)
	}
	if p.size != q.size {
		return cmp.Compare(p.size, q.size)
	}
	return slices.Compare(p.elements(), q.elements())
}

// rank drops the digits of a sum of logarithms that hang on the order of its terms.
func rank(log float64) float64 { return math.Round(log * 1e9) }

type frontierHeap []path

func (h frontierHeap) Len() int           { return len(h) }
func (h frontierHeap) Less(i, j int) bool { return h[i].compare(&h[j]) < 0 }
func (h frontierHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *frontierHeap) Push(x any)        { *h = append(*h, x.(path)) }
func (h *frontierHeap) Pop() any {
	last := len(*h) - 1
	p := (*h)[last]
	*h = (*h)[:last]
	return p
}
