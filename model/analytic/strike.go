package analytic

import (
	"slices"

	"nines/model"
)

// fire gives what may follow the ring of a clock in s.
func (w *walk) fire(s model.Joint, clock int, visit func(p float64, next model.Joint)) {
	w.ringing(s, clock, func(p float64, next model.Joint) {
		if hits := w.c.Risks(s, next); len(hits) > 0 {
			w.c.Lose(next, w.twins(next, hits), func(q float64, lost model.Joint) { visit(p*q, lost) })
		} else {
			visit(p, next)
		}
	})
}

// ringing is fire before copies are lost by chance.
func (w *walk) ringing(s model.Joint, clock int, visit func(p float64, next model.Joint)) {
	if hits := w.c.Hits(s, clock); len(hits) > 1 {
		w.c.Strike(s, w.twins(s, hits), visit)
	} else {
		w.c.Fire(s, clock, visit)
	}
}

// twins gathers the hits of parts that can change places and are in the same
// state, so that it only counts how many of them there are.
func (w *walk) twins(s model.Joint, hits []model.Hit) [][]model.Hit {
	class := make([]int, len(w.c.Parts))
	for k, units := range w.like {
		for _, u := range units {
			if len(u) == 1 {
				class[u[0]] = k + 1
			}
		}
	}
	var groups [][]model.Hit
	for _, h := range hits {
		i := slices.IndexFunc(groups, func(g []model.Hit) bool {
			x, y := []int{g[0].Part}, []int{h.Part}
			return class[x[0]] > 0 && class[x[0]] == class[y[0]] && !w.less(s, x, y) && !w.less(s, y, x)
		})
		if i < 0 {
			groups = append(groups, []model.Hit{h})
		} else {
			groups[i] = append(groups[i], h)
		}
	}
	return groups
}

// mostOutcomes bounds what may follow one shock, or one failure that loses
// copies by chance.
const mostOutcomes = 1 << 16

// outcomes is how many states may follow a strike or a failure while everything
// is as new, or a number above mostOutcomes.
func (w *walk) outcomes() int {
	start := append(w.c.Start(), make([]uint16, w.memory.words)...)
	most := 1
	for _, clock := range w.c.Running(start, nil) {
		most = max(most, w.ways(start, w.c.Hits(start, clock.Clock)))
	}
	for i, part := range w.c.Parts {
		for mode := range w.c.System.Parts[part].Modes {
			most = max(most, w.ways(start, w.c.RisksOf(i, mode)))
		}
	}
	return most
}

// ways is how many choices of hits there are, at most mostOutcomes + 1.
func (w *walk) ways(s model.Joint, hits []model.Hit) int {
	ways := 1
	for _, twins := range w.twins(s, hits) {
		if twins[0].Chance.Q > 0 {
			ways = min(ways*(len(twins)+1), mostOutcomes+1)
		}
	}
	return ways
}
