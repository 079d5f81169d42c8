package montecarlo

import "math"

// An entry of the queue is a moment at which something happens to one of the
// things that have a schedule of their own.
type entry struct {
	time float64 // s
	what int32
}

// A queue holds entries, the earliest first: a heap of four children a node,
// which is one level deep for most of the few parts that are failed at a time.
// Its order among entries of the same time depends on nothing but the calls.
type queue []entry

// next is the time of the first entry, +Inf if there is none.
func (q queue) next() float64 {
	if len(q) == 0 {
		return math.Inf(1)
	}
	return q[0].time
}

func (q *queue) push(e entry) {
	*q = append(*q, e)
	h := *q
	i := len(h) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if h[parent].time <= e.time {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = e
}

// pop takes the first entry out.
func (q *queue) pop() {
	h := *q
	last := len(h) - 1
	e := h[last]
	*q = h[:last]
	if last > 0 {
		q.replace(e)
	}
}

// replace puts e in the place of the first entry, which saves half of a pop
// and a push.
func (q *queue) replace(e entry) {
	h := *q
	i := 0
	for {
		child := 4*i + 1
		if child >= len(h) {
			break
		}
		first := child
		for c := child + 1; c < min(child+4, len(h)); c++ {
			if h[c].time < h[first].time {
				first = c
			}
		}
		if e.time <= h[first].time {
			break
		}
		h[i] = h[first]
		i = first
	}
	h[i] = e
}

// drop takes out the entry of a thing, if it has one.
func (q *queue) drop(what int32) {
	old := *q
	*q = old[:0]
	for _, e := range old {
		if e.what != what {
			q.push(e)
		}
	}
}
