package markov

import "slices"

// columns lists the transitions between states by where they lead: those into state j stand from start[j] up to start[j+1].
type columns struct {
	start []int
	from  []int32
	rate  []float64
}

// newColumns takes the transitions between n states from each, which visits them all, twice.
func newColumns(n int, each func(visit func(from, to int32, rate float64))) columns {
	c := columns{start: make([]int, n+1)}
	each(func(_, to int32, _ float64) { c.start[to+1]++ })
	for j := range n {
		c.start[j+1] += c.start[j]
	}
	free := slices.Clone(c.start)
	c.from, c.rate = make([]int32, c.start[n]), make([]float64, c.start[n])
	each(func(from, to int32, rate float64) {
		c.from[free[to]], c.rate[free[to]] = from, rate
		free[to]++
	})
	return c
}
