package montecarlo

import (
	"context"
	"sync"
	"sync/atomic"
)

// A stage is a number of runs after which the results are looked at. It is cut
// into chunks, pieces of work for the workers. What it is cut into depends on
// the model and on the runs, not on the workers; and so do the sums.
type stage struct {
	first, runs  int // runs before it and in it
	base, chunks int // chunks before it and in it
	next         int // the chunk of it to be added next
}

// A stage has fewChunks at least, if it has as many runs. A chunk has mostRuns
// at most, fewer if they take more than mostEvents, so that it takes about a
// second.
const (
	fewChunks  = 256
	mostRuns   = 1 << 12
	mostEvents = 1 << 21
)

// underWay says whether a stage has been begun and is not over.
func (s *study) underWay() bool { return s.stage.next < s.stage.chunks }

// begin begins a stage.
func (s *study) begin(runs int) {
	last := &s.stage
	size := min(mostRuns, max(1, int(mostEvents/s.expected())))
	s.stage = stage{first: s.runs, runs: runs, base: last.base + last.chunks, chunks: min(runs, max(fewChunks, (runs+size-1)/size))}
}

// expected is about how many events a run takes, setting it up included.
func (s *study) expected() float64 {
	p := s.program
	time := map[kind]float64{stretch: s.end + 2*p.warmUp, excursions: 8*s.end + 2*p.warmUp, mission: s.end, windows: s.each*float64(s.perRun) + 2*p.warmUp}[s.kind]
	events := float64(1+len(p.parts)) + p.changes()*time
	switch s.kind {
	case cycles:
		events += 4 * cyclesPerRun
	case life:
		events += float64(s.most)
	}
	return events
}

// bound is the first run of a chunk.
func (g *stage) bound(chunk int) int {
	return g.first + int(int64(g.runs)*int64(chunk)/int64(g.chunks))
}

// A chunk is a piece of a stage and what came of it.
type chunk struct {
	index   int // in its stage
	moments []moments
	records []record
	events  int64
	cut     bool // by the context
}

// ahead is how many chunks for each worker may be done before an earlier one is.
const ahead = 16

// grow goes on with the stage to its end, or until ctx is done: then its first
// chunks have been added, without gaps. It calls told after each.
func (s *study) grow(ctx context.Context, seed uint64, told func()) {
	s.growTo(ctx, s.stage.chunks, seed, told)
}

// growTo goes on to before a chunk.
func (s *study) growTo(ctx context.Context, end int, seed uint64, told func()) {
	results, tickets, stop := make(chan *chunk), make(chan struct{}, ahead*len(s.engines)), make(chan struct{})
	var taken atomic.Int64
	taken.Store(int64(s.stage.next))
	var workers sync.WaitGroup
	for w := range s.engines {
		workers.Go(func() {
			for {
				select {
				case tickets <- struct{}{}:
				case <-stop:
					return
				}
				c := &chunk{index: int(taken.Add(1)) - 1}
				if c.index >= end {
					return
				}
				s.do(ctx, w, c, seed)
				results <- c
			}
		})
	}
	go func() {
		workers.Wait()
		close(results)
	}()
	early, cut := map[int]*chunk{}, false
	for c := range results {
		early[c.index] = c
		for c := early[s.stage.next]; c != nil && !cut; c = early[s.stage.next] {
			if cut = c.cut; cut {
				close(stop)
				break
			}
			delete(early, c.index)
			s.take(c)
			<-tickets
			told()
		}
	}
	s.sum()
}

// failure is the error that an engine has met.
func (s *study) failure() error {
	for _, e := range s.engines {
		if e != nil && e.ev.err != nil {
			return e.ev.err
		}
	}
	return nil
}

// do does the runs of a chunk.
func (s *study) do(ctx context.Context, worker int, c *chunk, seed uint64) {
	if s.engines[worker] == nil {
		s.engines[worker] = newEngine(s.program)
	}
	e := s.engines[worker]
	e.keepJournal(s.kind == windows)
	e.ctx, e.check, e.stopped = ctx, 0, ctx.Err() != nil
	for t := range e.watches {
		e.watches[t].mortal = s.program.scopes[t].history && !s.given[t]
	}
	before := e.events
	c.moments = make([]moments, len(e.watches))
	if s.records != nil {
		c.records = make([]record, len(e.watches))
	}
	for run := s.stage.bound(c.index); run < s.stage.bound(c.index+1) && !e.stopped; run++ {
		e.stream.start(seed, s.number, uint64(run))
		s.run(e)
		for t := range e.watches {
			if !e.stopped && !s.given[t] {
				c.moments[t].add(&e.watches[t].sum)
			}
		}
		if s.records != nil {
			s.enter(e, c)
		}
	}
	c.events, c.cut = e.events-before, e.stopped
}

// take adds a chunk, the next one.
func (s *study) take(c *chunk) {
	s.events += c.events
	s.pile.push(block{first: s.stage.base + c.index, sums: c.moments})
	for t := range c.records {
		s.records[t].merge(&c.records[t])
	}
	s.stage.next = c.index + 1
	s.runs = s.stage.bound(s.stage.next)
}

// sum brings the totals up to date.
func (s *study) sum() {
	for t := range s.totals {
		s.totals[t] = s.pile.total(t)
	}
}

// A pile adds the moments of chunks up in pairs, pairs of pairs, and so on, as
// their numbers say. So the same sums come of all of them whichever of them were
// added up before, as long as no chunk is added to others than its neighbours.
type pile []block

// A block is the sum of 2^level chunks, the first of which has a number that
// is divisible by that.
type block struct {
	first, level int
	sums         []moments // of the targets
}

// push adds a block that follows after those that there are.
func (p *pile) push(b block) {
	for n := len(*p); n > 0; n-- {
		last := &(*p)[n-1]
		if last.level != b.level || b.first>>b.level&1 == 0 || last.first+1<<last.level != b.first {
			break
		}
		for t := range b.sums {
			last.sums[t].merge(&b.sums[t])
		}
		b = block{last.first, last.level + 1, last.sums}
		*p = (*p)[:n-1]
	}
	*p = append(*p, b)
}

// total is the sum of a target over all blocks.
func (p pile) total(target int) (sum moments) {
	for i := range p {
		sum.merge(&p[i].sums[target])
	}
	return sum
}
