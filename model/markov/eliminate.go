package markov

import "fmt"

// An eliminator takes states out of a chain one by one. The states that remain form the chain as seen by one who looks only while it is
// in one of them: from i to j it moves at the old rate plus the rate from i to the state taken out times the probability that this one
// goes on to j. The rate out of a state is added up from what remains instead of being carried along by subtraction, so every number
// is made of sums, products and quotients of positive ones and keeps its relative accuracy (Grassmann, Taksar, Heyman 1985;
// O'Cinneide 1993). The order is that of Markowitz: first the state with the fewest ways in times ways out. When most of what remains
// is filled in, the dense method takes over.
type eliminator struct {
	p      *problem
	row    []line    // rates to the states that remain, by state
	col    [][]int32 // states with a rate to this one; some may be taken out since
	in     []int32   // how many of them remain
	exit   []float64
	done   []bool
	queue  pivots
	remain int
	fill   int // rates between states that remain
	kept   int // rates in the steps
	work   int // rates touched so far
	limit  int
	factor factor

	place []int32 // scratch: by state, 1 + its place in the row of the pivot, or 0
	met   []int32 // scratch: by place, 1 + the last row that has this state too
}

// A line is a sparse row or column.
type line struct {
	at   []int32
	rate []float64
}

func (l *line) add(at int32, rate float64) {
	l.at = append(l.at, at)
	l.rate = append(l.rate, rate)
}

// take removes an entry, which must be there, and returns its rate.
func (l *line) take(at int32) float64 {
	k := 0
	for l.at[k] != at {
		k++
	}
	rate, last := l.rate[k], len(l.at)-1
	l.at[k], l.rate[k] = l.at[last], l.rate[last]
	l.at, l.rate = l.at[:last], l.rate[:last]
	return rate
}

// Bounds of an elimination.
const (
	maxFill = 40_000_000 // rates held at once
	fewest  = 32         // this many states are always dense
)

// eliminate factors the problem unless it has to touch more than limit rates. The error wraps ErrWork, ErrRange or the error of the context.
func eliminate(p *problem, limit int) (*factor, error) {
	e := newEliminator(p)
	e.limit = limit
	for e.remain > fewest && e.fill < e.remain*e.remain/3 {
		if err := e.eliminate(e.queue.pop(e.score)); err != nil {
			return nil, err
		}
	}
	if e.work+e.remain*e.remain/3*e.remain > limit {
		return nil, fmt.Errorf("%w: elimination of %d states", ErrWork, len(p.states))
	}
	return e.finish()
}

func newEliminator(p *problem) *eliminator {
	n := len(p.states)
	e := &eliminator{
		p: p, remain: n,
		row: make([]line, n), col: make([][]int32, n), in: make([]int32, n),
		exit: make([]float64, n), done: make([]bool, n), place: make([]int32, n),
	}
	e.factor.unit = p.unit()
	for i := range e.row {
		e.exit[i] = p.exit[i] * e.factor.unit
		p.each(i, func(j, _ int32, rate float64) {
			if j != outside {
				e.row[i].add(j, rate*e.factor.unit)
				e.col[j] = append(e.col[j], int32(i))
				e.in[j]++
			}
		})
		e.fill += len(e.row[i].at)
	}
	for i := range e.row {
		e.queue.push(int32(i), e.score(int32(i)))
	}
	return e
}

// score is how many rates the elimination of a state may add, or done if there is nothing left to eliminate.
func (e *eliminator) score(i int32) int {
	if e.done[i] {
		return gone
	}
	return int(e.in[i]) * len(e.row[i].at)
}

// eliminate takes out state k.
func (e *eliminator) eliminate(k int32) error {
	s, err := e.pivot(k)
	if err != nil {
		return err
	}
	for place, j := range s.out.at {
		e.place[j] = int32(place) + 1
		e.in[j]--
	}
	e.met = append(e.met[:0], make([]int32, len(s.out.at))...)
	for _, i := range e.col[k] {
		if !e.done[i] {
			rate := e.row[i].take(k)
			s.in.add(i, rate)
			e.spread(i, rate, s)
		}
	}
	for _, j := range s.out.at {
		e.place[j] = 0
	}
	e.account(s)
	return e.bounded()
}

// pivot removes the row of state k and turns it into probabilities.
func (e *eliminator) pivot(k int32) (*step, error) {
	s := step{state: k, out: e.row[k], exit: e.exit[k]}
	s.total = s.exit + sum(s.out.rate)
	if !(s.total > 0) {
		return nil, stuck(k)
	}
	s.exit /= s.total
	for i := range s.out.rate {
		s.out.rate[i] /= s.total
	}
	e.row[k], e.done[k] = line{}, true
	e.factor.steps = append(e.factor.steps, s)
	return &e.factor.steps[len(e.factor.steps)-1], nil
}

// spread lets state i move directly to where it moved through the pivot at the given rate.
func (e *eliminator) spread(i int32, rate float64, s *step) {
	row := &e.row[i]
	e.work += len(row.at) + len(s.out.at)
	e.exit[i] += float64(rate * s.exit)
	for k, j := range row.at {
		if place := e.place[j]; place > 0 {
			row.rate[k] += float64(rate * s.out.rate[place-1])
			e.met[place-1] = i + 1
		}
	}
	for place, j := range s.out.at {
		if e.met[place] != i+1 && j != i {
			row.add(j, rate*s.out.rate[place])
			e.col[j] = append(e.col[j], i)
			e.in[j]++
			e.fill++
		}
	}
}

// account notes what the elimination has changed: counts, and the scores of the states next to the pivot.
func (e *eliminator) account(s *step) {
	e.remain--
	e.fill -= len(s.in.at) + len(s.out.at)
	e.kept += len(s.in.at) + len(s.out.at)
	e.col[s.state] = nil
	for _, i := range s.in.at {
		e.queue.push(i, e.score(i))
	}
	for _, j := range s.out.at {
		e.queue.push(j, e.score(j))
	}
}

func (e *eliminator) bounded() error {
	if e.fill+e.kept > maxFill || e.work > e.limit {
		return fmt.Errorf("%w: elimination of %d states", ErrWork, len(e.p.states))
	}
	if len(e.factor.steps)%256 == 0 {
		return e.p.ctx.Err()
	}
	return nil
}

// finish hands what remains to the dense method.
func (e *eliminator) finish() (*factor, error) {
	f := &e.factor
	for i, done := range e.done {
		if !done {
			e.place[i] = int32(len(f.rest))
			f.rest = append(f.rest, int32(i))
		}
	}
	d := newDense(len(f.rest))
	for k, i := range f.rest {
		d.exit[k] = e.exit[i]
		for t, j := range e.row[i].at {
			d.row(k)[e.place[j]] = e.row[i].rate[t]
		}
	}
	f.dense = d
	err := d.eliminate(e.p.ctx)
	if s, ok := err.(stuck); ok {
		err = stuck(f.rest[s])
	}
	return f, err
}

// stuck is the failure to leave a state: all its rates out are too small for floating point.
type stuck int32

func (s stuck) Error() string { return ErrRange.Error() }

func (s stuck) Unwrap() error { return ErrRange }
