package montecarlo

// Rates are numbers that change and whose sum is asked for, and from which one
// is drawn in proportion: a binary tree of sums. No number is ever subtracted,
// so small ones keep their accuracy beside large ones.
type rates struct {
	size int       // of the lowest level, a power of 2
	sums []float64 // of each node; the children of i are 2i and 2i+1
}

func newRates(n int) rates {
	size := 1
	for size < n {
		size *= 2
	}
	return rates{size, make([]float64, 2*size)}
}

func (r *rates) total() float64 { return r.sums[1] }

func (r *rates) set(i int32, rate float64) {
	node := r.size + int(i)
	r.sums[node] = rate
	for node /= 2; node > 0; node /= 2 {
		r.sums[node] = r.sums[2*node] + r.sums[2*node+1]
	}
}

// draw picks an index; the total must not be 0.
func (r *rates) draw(s *stream) int32 {
	x := s.Float64() * r.total()
	node := 1
	for node < r.size {
		node *= 2
		if left := r.sums[node]; x >= left && r.sums[node+1] > 0 || left == 0 {
			x -= left
			node++
		}
	}
	return int32(node - r.size)
}

func (r *rates) of(i int32) float64 { return r.sums[r.size+int(i)] }
