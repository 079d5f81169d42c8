package montecarlo

import (
	"math"

	"nines/model"
)

// Figures of one run of one target, whose sums and products the estimators
// are made of: integrals and counts over the time that the run stands for.
const (
	length   = iota // s
	downTime        // s not up
	unserved        // s, weighted by the share of requests that do not get ok
	wronged         // s, weighted by the share that gets a wrong answer
	degraded        // s up but not full
	outages         // passages from up to not up
	span            // s up to the first moment not up, or to the end
	failures        // first moments not up, 0 or 1 a start
	ending          // 1: up at the end
	endless         // 1: it has not failed and nothing more can happen
	figures

	asNew = ending // of excursions: s with everything as new
)

type vector [figures]float64

// A watch follows one target through a run.
type watch struct {
	node   int32
	upAt   float64
	mortal bool // it has a time to failure

	up    bool
	state [5]float64 // present rates of downTime to degraded, at their indices
	since float64    // clock up to which sum holds
	alive bool       // up without a break since the start
	born  float64    // clock at the start
	died  float64    // time of the first moment not up, +Inf if there was none
	sum   vector
}

// look reads the present state of the target.
func (w *watch) look(s *status) {
	v := &s.value
	w.up = model.Counts(v.OK, w.upAt)
	w.state = [5]float64{unserved: v.Wrong + v.None, wronged: v.Wrong}
	if !w.up {
		w.state[downTime] = 1
	} else if !s.full {
		w.state[degraded] = 1
	}
}

// settle adds what has passed since the last change.
func (w *watch) settle(clock float64) {
	passed := clock - w.since
	w.since = clock
	for i := downTime; i <= degraded; i++ {
		w.sum[i] += w.state[i] * passed
	}
}

// begin starts a life in the present state: everything is as new.
func (w *watch) begin(clock, weight float64) {
	w.alive, w.born, w.died = w.up && w.mortal, clock, math.Inf(1)
	if !w.alive {
		w.died = 0
		w.sum[failures] += weight
	}
}

// lapse counts the life up to now.
func (w *watch) lapse(clock float64) {
	if w.alive {
		w.sum[span] += clock - w.born
		w.born = clock
	}
}

// die ends the life.
func (w *watch) die(e *engine) {
	w.lapse(e.clock)
	w.alive, w.died = false, e.now
	w.sum[failures] += e.weight
}
