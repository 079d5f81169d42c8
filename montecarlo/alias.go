package montecarlo

// An alias table draws an index with given odds in constant time (Walker
// 1977, in the numerically safe form of Vose 1991).
type alias struct {
	keep  []float64 // P that column i stands for i
	other []int32   // what it stands for otherwise
}

// newAlias makes the table for weights that are finite, not negative, and not
// all zero.
func newAlias(weights []float64) alias {
	n := len(weights)
	a := alias{make([]float64, n), make([]int32, n)}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	var small, large []int32
	for i, w := range weights {
		a.keep[i] = w / total * float64(n)
		if a.keep[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.other[s] = l
		a.keep[l] += a.keep[s] - 1
		if a.keep[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, i := range append(small, large...) {
		a.keep[i], a.other[i] = 1, i
	}
	return a
}

// draw uses one uniform number for the column and for what it stands for.
func (a *alias) draw(s *stream) int32 {
	x := s.Float64() * float64(len(a.keep))
	i := int32(x)
	if x-float64(i) < a.keep[i] {
		return i
	}
	return a.other[i]
}
