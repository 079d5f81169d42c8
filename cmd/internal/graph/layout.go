package graph

import (
	"cmp"
	"math"
	"slices"
)

// The layered layout of Sugiyama, Tagawa and Toda ("Methods for visual
// understanding of hierarchical system structures", 1981): break cycles, give
// ranks, order the ranks so that few links cross, and place what is in them so
// that links are straight.

// size of a node.
type size struct{ width, height float64 }

// link leads from one node to another, which it stands above, and takes room
// for a label.
type link struct {
	from, to int
	label    float64
}

// point of the plane, y downwards.
type point struct{ x, y float64 }

// A layout says where everything is.
type layout struct {
	width, height float64
	at            []point   // top left corners of the nodes
	sizes         []size    // of the nodes
	rank          []int     // of the nodes, from 0 at the top
	paths         [][]point // of the links, from the bottom of one node to the top of another, see smooth
	turned        []bool    // links against the others, on a cycle: they end at the bottom of the upper node
}

// Space between things.
const (
	beside   = 22.0 // nodes of a rank
	hair     = 14.0 // links that pass through a rank
	leastGap = 44.0 // ranks
	mostGap  = 120.0
	around   = 24.0 // a label
)

// A vertex is a node, or the place where a link passes through a rank.
type vertex struct {
	size
	node  bool
	rank  int
	x     float64 // of its centre
	place int     // in its rank
	up    []int   // vertices linked from above
	down  []int
}

// A sketch is a layout in the making.
type sketch struct {
	nodes    int // the first vertices are the nodes
	vertices []vertex
	ranks    [][]int
	chains   [][]int // vertices that each link passes, from top to bottom; nil for one from a node to itself
	turned   []bool
	labels   []float64 // the most room that labels take above each rank
}

// vertices counts what a layered layout has to place.
func vertices(nodes int, links []link) int {
	turned := turn(nodes, links)
	ranks := ranked(nodes, links, turned)
	n := nodes
	for i, l := range links {
		if top, bottom := l.ends(turned[i]); top != bottom {
			n += ranks[bottom] - ranks[top] - 1
		}
	}
	return n
}

// layered lays out nodes. Links from a node to itself are left out.
func layered(nodes []size, links []link) *layout {
	s := &sketch{nodes: len(nodes), turned: turn(len(nodes), links)}
	ranks := ranked(len(nodes), links, s.turned)
	for i, n := range nodes {
		s.vertices = append(s.vertices, vertex{size: n, node: true, rank: ranks[i]})
	}
	for i, l := range links {
		s.chain(l, s.turned[i])
	}
	s.start()
	s.labels = make([]float64, len(s.ranks))
	for i, l := range links {
		_, bottom := l.ends(s.turned[i])
		s.labels[ranks[bottom]] = max(s.labels[ranks[bottom]], l.label)
	}
	s.untangle()
	s.spread()
	l := s.finish()
	l.sizes = nodes
	return l
}

// turn picks links so that without them there is no cycle: those that lead
// back to a node on the way to which they were found.
func turn(nodes int, links []link) []bool {
	out := make([][]int, nodes)
	for i, l := range links {
		out[l.from] = append(out[l.from], i)
	}
	const (
		fresh = iota
		open
		done
	)
	state, turned := make([]int, nodes), make([]bool, len(links))
	type step struct{ node, next int }
	for root := range nodes {
		if state[root] != fresh {
			continue
		}
		stack := []step{{node: root}}
		state[root] = open
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(out[top.node]) {
				state[top.node] = done
				stack = stack[:len(stack)-1]
				continue
			}
			i := out[top.node][top.next]
			top.next++
			switch to := links[i].to; state[to] {
			case open:
				turned[i] = to != top.node
			case fresh:
				state[to] = open
				stack = append(stack, step{node: to})
			}
		}
	}
	return turned
}

// ends of a link from top to bottom.
func (l link) ends(turned bool) (top, bottom int) {
	if turned {
		return l.to, l.from
	}
	return l.from, l.to
}

// ranked gives every node the length of the longest way to it, and moves those
// that nothing leads to down to what they need.
func ranked(nodes int, links []link, turned []bool) []int {
	below, waiting := make([][]int, nodes), make([]int, nodes)
	for i, l := range links {
		if top, bottom := l.ends(turned[i]); top != bottom {
			below[top] = append(below[top], bottom)
			waiting[bottom]++
		}
	}
	roots := make([]bool, nodes)
	var queue []int
	for i := range nodes {
		if waiting[i] == 0 {
			roots[i] = true
			queue = append(queue, i)
		}
	}
	ranks := make([]int, nodes)
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, b := range below[node] {
			ranks[b] = max(ranks[b], ranks[node]+1)
			if waiting[b]--; waiting[b] == 0 {
				queue = append(queue, b)
			}
		}
	}
	for i := range nodes {
		if roots[i] && len(below[i]) > 0 {
			nearest := math.MaxInt
			for _, b := range below[i] {
				nearest = min(nearest, ranks[b])
			}
			ranks[i] = nearest - 1
		}
	}
	return ranks
}

// chain puts a vertex into every rank between the ends of a link.
func (s *sketch) chain(l link, turned bool) {
	top, bottom := l.ends(turned)
	if top == bottom {
		s.chains = append(s.chains, nil)
		return
	}
	list := []int{top}
	for r := s.vertices[top].rank + 1; r < s.vertices[bottom].rank; r++ {
		list = append(list, len(s.vertices))
		s.vertices = append(s.vertices, vertex{rank: r})
	}
	list = append(list, bottom)
	for i := range list[1:] {
		above, below := list[i], list[i+1]
		s.vertices[above].down = append(s.vertices[above].down, below)
		s.vertices[below].up = append(s.vertices[below].up, above)
	}
	s.chains = append(s.chains, list)
}

// apart is the least distance between the centres of neighbours in a rank.
func apart(a, b *vertex) float64 {
	gap := beside
	if !a.node && !b.node {
		gap = hair
	}
	return (a.width+b.width)/2 + gap
}

// finish turns a sketch into a layout.
func (s *sketch) finish() *layout {
	l := &layout{at: make([]point, s.nodes), rank: make([]int, s.nodes), turned: s.turned}
	left, right := math.Inf(1), math.Inf(-1)
	for i := range s.vertices {
		v := &s.vertices[i]
		left, right = min(left, v.x-v.width/2), max(right, v.x+v.width/2)
	}
	if len(s.vertices) > 0 {
		l.width = right - left
	}
	tops, heights := s.heights()
	for r := range tops {
		l.height = tops[r] + heights[r]
	}
	for i := range s.vertices {
		v := &s.vertices[i]
		v.x -= left
		if v.node {
			l.at[i], l.rank[i] = point{v.x - v.width/2, tops[v.rank] + (heights[v.rank]-v.height)/2}, v.rank
		}
	}
	leaves, arrives := s.ports()
	for i, chain := range s.chains {
		l.paths = append(l.paths, s.path(chain, leaves[i], arrives[i], tops, heights))
	}
	return l
}

// sideways turns a layout, so that it leads from left to right.
func (l *layout) sideways() *layout {
	l.width, l.height = l.height, l.width
	for i := range l.at {
		l.at[i].x, l.at[i].y = l.at[i].y, l.at[i].x
		l.sizes[i].width, l.sizes[i].height = l.sizes[i].height, l.sizes[i].width
	}
	for _, path := range l.paths {
		for i := range path {
			path[i].x, path[i].y = path[i].y, path[i].x
		}
	}
	return l
}

// heights gives the top of every rank and its height; ranks with long sideways
// links between them are further apart.
func (s *sketch) heights() (tops, heights []float64) {
	y := 0.0
	for r, rank := range s.ranks {
		height, farthest := 0.0, 0.0
		for _, i := range rank {
			v := &s.vertices[i]
			height = max(height, v.height)
			for _, d := range v.down {
				farthest = max(farthest, math.Abs(s.vertices[d].x-v.x))
			}
		}
		tops, heights = append(tops, y), append(heights, height)
		y += height + min(max(leastGap, 0.22*farthest), mostGap)
		if r+1 < len(s.ranks) && s.labels[r+1] > 0 {
			y += max(0, s.labels[r+1]+around-leastGap)
		}
	}
	return tops, heights
}

// ports spreads the ends of links along the edges of nodes, in the order in
// which they lead away.
func (s *sketch) ports() (leaves, arrives []float64) {
	leaves, arrives = make([]float64, len(s.chains)), make([]float64, len(s.chains))
	out, in := make([][]int, s.nodes), make([][]int, s.nodes)
	for i, chain := range s.chains {
		if chain != nil {
			out[chain[0]] = append(out[chain[0]], i)
			last := chain[len(chain)-1]
			in[last] = append(in[last], i)
		}
	}
	for n := range s.nodes {
		s.along(n, out[n], leaves, func(i int) int { return s.chains[i][1] })
		s.along(n, in[n], arrives, func(i int) int { return s.chains[i][len(s.chains[i])-2] })
	}
	return leaves, arrives
}

// along spreads links along one edge of a node.
func (s *sketch) along(node int, links []int, ports []float64, next func(int) int) {
	v := &s.vertices[node]
	slices.SortStableFunc(links, func(a, b int) int { return cmp.Compare(s.vertices[next(a)].x, s.vertices[next(b)].x) })
	step := min(18, 0.7*v.width/float64(max(1, len(links)-1)))
	for k, i := range links {
		ports[i] = v.x + step*(float64(k)-float64(len(links)-1)/2)
	}
}

// path lists the points of a link: straight down through ranks, sideways
// between them.
func (s *sketch) path(chain []int, leave, arrive float64, tops, heights []float64) []point {
	if chain == nil {
		return nil
	}
	var list []point
	for k, i := range chain {
		v := &s.vertices[i]
		top, bottom := tops[v.rank], tops[v.rank]+heights[v.rank]
		margin := (heights[v.rank] - v.height) / 2
		switch {
		case k == 0:
			list = append(list, point{leave, bottom - margin}, point{leave, bottom})
		case k == len(chain)-1:
			list = append(list, point{arrive, top}, point{arrive, top + margin})
		default:
			list = append(list, point{v.x, top}, point{v.x, bottom})
		}
	}
	return list
}
