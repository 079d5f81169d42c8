package graph

// inPieces lays out each connected piece of a graph by itself, and the pieces in
// rows.
func inPieces(nodes []size, links []link) *layout {
	all := &layout{at: make([]point, len(nodes)), sizes: nodes, rank: make([]int, len(nodes)), paths: make([][]point, len(links)), turned: make([]bool, len(links))}
	var pieces []piece
	frames := &layout{}
	var order []int
	for i, p := range split(len(nodes), links) {
		p.lay(nodes, links)
		pieces, order = append(pieces, p), append(order, i)
		frames.sizes = append(frames.sizes, size{p.width + 2*beside - aside, p.height + beside})
	}
	whole := rows(frames, order, best(frames, order, 0), func(i int, to point) { pieces[i].put(all, to) })
	all.width, all.height = max(whole.width-2*beside+aside, 0), max(whole.height-beside, 0)
	return all
}

// A piece is some nodes of a graph, and all links between them.
type piece struct {
	nodes, links []int
	*layout
}

// split lists the connected pieces, in the order of their first nodes.
func split(nodes int, links []link) []piece {
	near := make([][]int, nodes)
	for _, l := range links {
		near[l.from], near[l.to] = append(near[l.from], l.to), append(near[l.to], l.from)
	}
	of := make([]int, nodes) // the piece of each node, from 1
	var list []piece
	for root := range nodes {
		if of[root] > 0 {
			continue
		}
		list = append(list, piece{})
		open := []int{root}
		for of[root] = len(list); len(open) > 0; {
			n := open[len(open)-1]
			open = open[:len(open)-1]
			for _, other := range near[n] {
				if of[other] == 0 {
					of[other] = len(list)
					open = append(open, other)
				}
			}
		}
	}
	for n, p := range of {
		list[p-1].nodes = append(list[p-1].nodes, n)
	}
	for i, l := range links {
		p := of[l.from] - 1
		list[p].links = append(list[p].links, i)
	}
	return list
}

// lay gives a piece its layout.
func (p *piece) lay(nodes []size, links []link) {
	index := map[int]int{}
	var own []size
	for k, n := range p.nodes {
		index[n] = k
		own = append(own, nodes[n])
	}
	var between []link
	for _, i := range p.links {
		l := links[i]
		l.from, l.to = index[l.from], index[l.to]
		between = append(between, l)
	}
	p.layout = layered(own, between)
}

// put makes the layout of a piece part of that of all.
func (p *piece) put(all *layout, at point) {
	for k, n := range p.nodes {
		all.at[n], all.rank[n] = point{p.at[k].x + at.x, p.at[k].y + at.y}, p.rank[k]
	}
	for k, i := range p.links {
		for _, q := range p.paths[k] {
			all.paths[i] = append(all.paths[i], point{q.x + at.x, q.y + at.y})
		}
		all.turned[i] = p.turned[k]
	}
}
