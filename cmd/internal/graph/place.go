package graph

// pulls of links on what they join: those between two nodes least, those that
// pass through ranks most, so that they stay straight.
const (
	loose    = 1.0
	firm     = 2.0
	straight = 8.0
	rounds   = 16
)

// spread gives the vertices their places across: each is drawn to the mean of
// its neighbours, rank after rank, without changing the order.
func (s *sketch) spread() {
	for _, rank := range s.ranks {
		x := 0.0
		for k, i := range rank {
			if k > 0 {
				x += apart(&s.vertices[rank[k-1]], &s.vertices[i])
			}
			s.vertices[i].x = x
		}
	}
	for round := range rounds {
		for r := range s.ranks {
			s.draw(r, true, round >= rounds/2)
		}
		for r := len(s.ranks) - 1; r >= 0; r-- {
			s.draw(r, round >= rounds/2, true)
		}
	}
}

// draw moves the vertices of a rank towards their neighbours above, below, or
// both.
func (s *sketch) draw(r int, up, down bool) {
	rank := s.ranks[r]
	wish, weight, least := make([]float64, len(rank)), make([]float64, len(rank)), make([]float64, len(rank))
	for k, i := range rank {
		v := &s.vertices[i]
		const inert = 1e-3
		sum, total := inert*v.x, inert
		pull := func(near []int) {
			for _, n := range near {
				w := &s.vertices[n]
				p := firm
				switch {
				case v.node && w.node:
					p = loose
				case !v.node && !w.node:
					p = straight
				}
				sum, total = sum+p*w.x, total+p
			}
		}
		if up {
			pull(v.up)
		}
		if down {
			pull(v.down)
		}
		wish[k], weight[k] = sum/total, total
		if k > 0 {
			least[k] = apart(&s.vertices[rank[k-1]], v)
		}
	}
	for k, x := range nearest(wish, weight, least) {
		s.vertices[rank[k]].x = x
	}
}

// nearest finds the places x nearest to the wishes, by weighted squares, with
// x[k] >= x[k-1] + least[k]: isotonic regression by pooling adjacent violators
// (Barlow, Bartholomew, Bremner, Brunk 1972) of the wishes less the distances.
func nearest(wish, weight, least []float64) []float64 {
	type pool struct {
		mean, weight float64
		count        int
	}
	var pools []pool
	offset := make([]float64, len(wish))
	for k := range wish {
		if k > 0 {
			offset[k] = offset[k-1] + least[k]
		}
		p := pool{wish[k] - offset[k], weight[k], 1}
		for len(pools) > 0 && pools[len(pools)-1].mean > p.mean {
			last := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			total := last.weight + p.weight
			p = pool{(last.mean*last.weight + p.mean*p.weight) / total, total, last.count + p.count}
		}
		pools = append(pools, p)
	}
	x := make([]float64, 0, len(wish))
	for _, p := range pools {
		for range p.count {
			x = append(x, p.mean+offset[len(x)])
		}
	}
	return x
}
