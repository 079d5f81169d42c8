package montecarlo

import (
	"context"
	"math"

	"nines/model"
)

// An engine runs a program: a discrete-event simulation in which parts change
// their states, the evaluator follows, and the watches look on.
//
// The clock of an engine is what its watches integrate against. In a plain
// run it shows the time. Where a piece of a run stands for what happens with
// a chance w only, the clock runs that much slower and a passage counts w.
type engine struct {
	p       *program
	stream  stream
	ev      *evaluator
	states  []int32   // of each part, an index of program.states
	leads   []int32   // of each part, where its next change leads
	born    []float64 // s, since when each part is as new, if it is
	away    int       // parts that interact with no other and are not as new
	queue   queue     // of parts, and after these of live bad deploys
	now     float64   // s since the start
	pooled  float64   // time of the next ring of a source
	mean    float64   // time between rings of sources, s
	clock   float64
	passed  float64 // what it showed when it was set to 0
	weight  float64 // of passages
	events  int64   // changes of state
	actors  []actor // the sets of parts that interact in time; in the queue after the deploys
	watches []watch
	since   float64  // clock at which the watches began
	alive   int      // watches that are
	walk    *walk    // in cycles
	journal *journal // nil: none is kept
	spare   *journal // one for later
	scout   *scout   // in excursions
	tilting bool     // the next recovery may have to be long,
	gone    int      // with so much not as new before it
	bias    bias     // of a walk
	forced  bool     // nothing fails by itself: the engine is that of a scout
	ctx     context.Context
	check   int64 // events at the next look at ctx
	stopped bool  // by ctx
}

func newEngine(p *program) *engine {
	e := &engine{
		p: p, stream: newStream(), ev: newEvaluator(p.graph), states: make([]int32, len(p.parts)), leads: make([]int32, len(p.parts)), born: make([]float64, len(p.parts)),
		mean: 1 / p.rate(), watches: make([]watch, len(p.sys.Targets)), ctx: context.Background(),
	}
	for t, target := range p.sys.Targets {
		w := &e.watches[t]
		w.node, w.upAt, w.mortal = int32(target.Node), p.sys.UpAt(target), p.scopes[t].history
	}
	for i := range p.parts {
		e.states[i] = p.parts[i].first
	}
	for i, set := range p.sets {
		e.actors = append(e.actors, actor{rule: set, thing: int32(len(p.parts) + len(p.fixes) + i)})
	}
	return e
}

// finish gives the figures of the run to the watches.
func (e *engine) finish() {
	for i := range e.watches {
		w := &e.watches[i]
		w.settle(e.clock)
		w.lapse(e.clock)
		w.sum[length] = e.passed + e.clock - e.since
		if w.up {
			w.sum[ending] = 1
		}
	}
}

// ring is the time of the next ring of a source.
func (e *engine) ring() float64 {
	if len(e.p.sources) == 0 {
		return math.Inf(1)
	}
	return e.now + e.mean*e.stream.ExpFloat64()
}

// put moves a part to a state.
func (e *engine) put(part int, to int32) {
	first := e.p.parts[part].first
	if e.states[part] != first {
		e.away--
	}
	if to == first {
		e.born[part] = e.now
	} else {
		e.away++
	}
	e.states[part] = to
	e.ev.setPart(part, e.p.states[to].condition)
}

// enqueue notes the next change of a part, which may never come.
func (e *engine) enqueue(part int, time float64, to int32) {
	if !math.IsInf(time, 1) {
		e.leads[part] = to
		e.queue.push(entry{time, int32(part)})
	}
}

// step goes to the next moment at which something happens and does all that
// happens then. It is false, and the time is end, if there is none up to and
// with end; false also when ctx is done.
func (e *engine) step(end float64) bool {
	t := min(e.pooled, e.queue.next())
	if t > end || math.IsInf(t, 1) {
		if !math.IsInf(end, 1) {
			e.pass(end)
		}
		return false
	}
	e.pass(t)
	e.happen(t)
	e.observe()
	return e.events < e.check || e.goOn()
}

// patience is how many events pass between two looks at the context.
const patience = 1 << 14

func (e *engine) goOn() bool {
	e.check = e.events + patience
	e.stopped = e.ctx.Err() != nil
	return !e.stopped
}

func (e *engine) pass(t float64) { e.now, e.clock = t, t }

// instant is the relative difference of two times that count as the same one:
// what rounding may part.
const instant = 1e-13

// happen does all that happens at the time t.
func (e *engine) happen(t float64) {
	t += instant * t
	for {
		switch {
		case e.queue.next() <= t:
			e.change()
		case e.pooled <= t:
			e.fail(&e.p.sources[e.p.pick.draw(&e.stream)])
			e.pooled = e.ring()
		default:
			return
		}
	}
}

// change does what the first entry of the queue says and gives the time of the
// entry that takes its place, +Inf if there is none.
func (e *engine) change() float64 {
	e.events++
	what := int(e.queue[0].what)
	next := math.Inf(1)
	switch deploys := what - len(e.states); {
	case deploys < 0:
		next = e.move(what, e.leads[what])
	case deploys < len(e.p.fixes):
		e.noteDeploys(deploys, -1)
		e.ev.addLive(deploys, -1)
	default:
		next = e.act(&e.actors[deploys-len(e.p.fixes)])
	}
	if math.IsInf(next, 1) {
		e.queue.pop()
	} else {
		e.queue.replace(entry{next, int32(what)})
	}
	return next
}

// move puts a part in a state and draws when and where it will go from there.
func (e *engine) move(part int, to int32) float64 {
	if e.journal != nil {
		e.journal.note(part, e.states[part], to)
	}
	e.put(part, to)
	if at := &e.p.parts[part]; to == at.first && (at.pooled || e.forced) {
		return math.Inf(1)
	}
	st := &e.p.states[to]
	if e.tilting && len(st.clocks) == 1 {
		e.tilting = false
		e.leads[part] = st.clocks[0].to
		return e.now + e.bias.recover(&st.clocks[0], e.gone, &e.stream)
	}
	stay, lead := st.draw(&e.stream)
	e.leads[part] = lead
	return e.now + stay
}

// fail does what a source says, unless its part is away.
func (e *engine) fail(s *source) {
	if s.part == model.None {
		e.events++
		f := &e.p.fixes[s.deploys]
		e.noteDeploys(int(s.deploys), 1)
		e.ev.addLive(int(s.deploys), 1)
		e.queue.push(entry{e.now + f.draw(&e.stream), int32(len(e.states)) + s.deploys})
		return
	}
	part := int(s.part)
	if e.states[part] != e.p.parts[part].first {
		return
	}
	e.events++
	if next := e.move(part, s.to); !math.IsInf(next, 1) {
		e.queue.push(entry{next, s.part})
	}
}

func (e *engine) noteDeploys(d, n int) {
	if e.journal != nil {
		live := e.ev.live[d]
		e.journal.note(len(e.states)+d, int32(live), int32(live+n))
	}
}

// observe shows the watches what has changed.
func (e *engine) observe() {
	e.ev.propagate()
	for _, t := range e.ev.touched {
		w := &e.watches[t]
		w.settle(e.clock)
		was := w.up
		w.look(&e.ev.nodes[w.node])
		if was && !w.up {
			w.sum[outages] += e.weight
			if w.alive {
				w.die(e)
				e.alive--
			}
		}
		if e.journal != nil && was != w.up {
			e.journal.pass(t, w.up, e.now)
		}
	}
	e.untouch()
	if e.journal != nil {
		e.journal.close(e.now)
	}
}

func (e *engine) untouch() {
	for _, t := range e.ev.touched {
		e.ev.marked[t] = false
	}
	e.ev.touched = e.ev.touched[:0]
}

// until runs for the time span.
func (e *engine) until(span float64) {
	for end := e.since + span; e.step(end); {
	}
	e.finish()
}

// live runs until no watch is alive, for so many events at most.
func (e *engine) live(most int64) {
	most += e.events
	forever := false
	for e.alive > 0 && e.events < most && !forever {
		forever = !e.step(math.Inf(1))
	}
	e.finish()
	for i := range e.watches {
		if w := &e.watches[i]; w.alive && forever {
			w.sum[endless] = 1
		}
	}
}
