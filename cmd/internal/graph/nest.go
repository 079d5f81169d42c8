package graph

import "math"

// Space in a box of nodes.
const (
	inset  = 12.0
	aside  = 10.0
	aspect = 1.5 // of a box with many nodes, width to height
	shape  = 0.3 // how much that matters beside what is wasted
)

// nest lays out nodes that stand in each other, in rows.
func (g *Graph) nest() *layout {
	l := &layout{at: make([]point, len(g.Nodes)), sizes: make([]size, len(g.Nodes))}
	all := g.pack(l, -1, point{})
	l.width, l.height = all.width, all.height
	return l
}

// pack puts the nodes in a parent into rows below its texts and gives the size
// of all; -1 is the parent of those that stand in none.
func (g *Graph) pack(l *layout, parent int, at point) size {
	own, edge := size{}, 0.0
	if parent >= 0 {
		own, edge = g.Nodes[parent].extent(), inset
	}
	var inside []int
	for i := range g.Nodes {
		if g.Nodes[i].Parent == parent {
			inside = append(inside, i)
			l.sizes[i] = g.pack(l, i, point{})
		}
	}
	if inside == nil {
		return own
	}
	g.align(l, inside)
	room := best(l, inside, own.width-2*edge)
	all := rows(l, inside, room, func(i int, to point) {
		g.shift(l, i, point{at.x + edge + to.x, at.y + own.height + to.y})
	})
	return size{max(all.width, own.width-2*edge) + 2*edge, own.height + all.height + edge}
}

// alike is how much wider than another box one is at most that gets its width.
const alike = 1.3

// align makes nodes beside each other that are nearly as wide as the widest as
// wide as that.
func (g *Graph) align(l *layout, nodes []int) {
	widest := 0.0
	for _, i := range nodes {
		widest = max(widest, l.sizes[i].width)
	}
	for _, i := range nodes {
		if !g.parent(i) || l.sizes[i].width*alike >= widest {
			l.sizes[i].width = widest
		}
	}
}

// rows puts nodes side by side as far as there is room, and gives their size.
func rows(l *layout, nodes []int, room float64, put func(node int, at point)) size {
	x, y, height, all := 0.0, 0.0, 0.0, size{}
	for _, i := range nodes {
		s := l.sizes[i]
		if x > 0 && x+s.width > room+1e-9 {
			x, y, height = 0, y+height+aside, 0
		}
		put(i, point{x, y})
		height = max(height, s.height)
		all.width, all.height = max(all.width, x+s.width), y+height
		x += s.width + aside
	}
	return all
}

// best tries to end the first row after every node, and takes the room that
// wastes least for a box of a good shape.
func best(l *layout, nodes []int, least float64) float64 {
	room, cost, width := 0.0, math.Inf(1), 0.0
	for _, i := range nodes {
		width += l.sizes[i].width
		all := rows(l, nodes, max(width, least), func(int, point) {})
		all.width = max(all.width, least)
		if c := all.width * all.height * (1 + shape*math.Abs(math.Log(all.width/all.height/aspect))); c < cost {
			room, cost = max(width, least), c
		}
		width += aside
	}
	return room
}

// shift moves a node with all that stands in it.
func (g *Graph) shift(l *layout, node int, by point) {
	l.at[node].x += by.x
	l.at[node].y += by.y
	for i := range g.Nodes {
		if g.Nodes[i].Parent == node {
			g.shift(l, i, by)
		}
	}
}
