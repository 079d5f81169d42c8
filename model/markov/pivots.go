package markov

// pivots is a heap of states by score. A state stands in it once for each score it has had; only the newest counts.
type pivots []pivot

type pivot struct {
	score int
	state int32
}

// gone is the score of a state that is no longer to be had.
const gone = -1

func (a pivot) before(b pivot) bool {
	return a.score < b.score || a.score == b.score && a.state < b.state
}

func (q *pivots) push(state int32, score int) {
	*q = append(*q, pivot{score, state})
	h := *q
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if !h[i].before(h[parent]) {
			return
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
}

// pop returns the state with the lowest score, which score tells.
func (q *pivots) pop(score func(int32) int) int32 {
	for {
		h := *q
		top, last := h[0], len(h)-1
		h[0] = h[last]
		*q = h[:last]
		q.sink()
		if score(top.state) == top.score {
			return top.state
		}
	}
}

func (q *pivots) sink() {
	h := *q
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(h) {
			return
		}
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(h[i]) {
			return
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
}
