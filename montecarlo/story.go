package montecarlo

import (
	"cmp"
	"context"
	"math"
	"sort"
	"sync"
	"sync/atomic"

	"nines/model"
)

// A line of a story: what one thing does.
type line struct {
	time     float64
	thing    int32
	fresh    bool // it is as new after that
	incident bool
	what     string
	effects  []effect
}

// An effect is that a target goes down, or up after an outage.
type effect struct {
	target int32
	up     bool
	after  float64 // s
}

// storyStudy is the number of the study whose runs are told, which no other has.
const storyStudy = 1 << 32

// Tell tells the first run from as-new to opts.At, or the worst of opts.Runs of
// them: that with the most down time of all its targets together. It depends on
// the seed alone, not on the workers.
func Tell(ctx context.Context, sys *model.System, opts Options) (*model.Story, error) {
	chosen, err := check(sys, &opts)
	if err != nil {
		return nil, err
	}
	if len(chosen) == 0 {
		return &model.Story{Runs: 1, Length: opts.At}, nil
	}
	p, err := newProgram(together(sys, chosen).System)
	if err != nil {
		return nil, err
	}
	t := &teller{Options: opts, program: p, runs: max(1, opts.Runs)}
	run, err := t.worst(ctx)
	if err != nil {
		return nil, err
	}
	return t.tell(ctx, run)
}

// A teller looks for a run to tell.
type teller struct {
	Options
	program *program
	runs    int
}

// worst is the run with the most down time, the first one of several.
func (t *teller) worst(ctx context.Context) (int, error) {
	if t.runs == 1 {
		return 0, nil
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	var lock sync.Mutex
	worst, most := -1, math.Inf(-1)
	var failed error
	for range t.Workers {
		workers.Go(func() {
			e := newEngine(t.program)
			e.ctx = ctx
			for run := int(next.Add(1)) - 1; run < t.runs && !e.stopped && e.ev.err == nil; run = int(next.Add(1)) - 1 {
				down := t.run(e, run)
				lock.Lock()
				if down > most || down == most && run < worst {
					worst, most = run, down
				}
				if e.ev.err != nil {
					failed = e.ev.err
				}
				lock.Unlock()
			}
		})
	}
	workers.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	return worst, failed
}

// run does a run and gives its down time.
func (t *teller) run(e *engine, run int) (down float64) {
	e.stream.start(t.Seed, storyStudy, uint64(run))
	e.begin(false)
	e.until(t.At)
	for i := range e.watches {
		down += e.watches[i].sum[downTime]
	}
	return down
}

// tell does a run again and writes it down.
func (t *teller) tell(ctx context.Context, run int) (*model.Story, error) {
	e := newEngine(t.program)
	e.ctx = ctx
	e.keepJournal(true)
	e.journal.story = true
	t.run(e, run)
	if e.stopped || e.ev.err != nil {
		return nil, cmp.Or(e.ev.err, ctx.Err())
	}
	s := &model.Story{Run: run, Runs: t.runs, Length: t.At, Happenings: t.absent(e)}
	e.journal.incidents()
	for i := range e.journal.lines {
		s.Happenings = append(s.Happenings, e.journal.happening(&e.journal.lines[i]))
	}
	for i, target := range t.program.sys.Targets {
		sum := &e.watches[i].sum
		s.Sums = append(s.Sums, model.StorySum{Target: target, Outages: int(sum[outages]), Downtime: sum[downTime]})
	}
	return s, nil
}

// absent lists the parts without dynamics that are down in the run.
func (t *teller) absent(e *engine) (all []model.Happening) {
	for i := range t.program.parts {
		if t.program.parts[i].static && e.ev.own[i] == model.Down {
			name, kind := t.program.name(int32(i))
			all = append(all, model.Happening{Name: name, Kind: kind, What: "is down all the time", Incident: true})
		}
	}
	return all
}

// tell writes down what a thing does at the present moment.
func (j *journal) tell(thing int, fresh bool, what string) {
	j.lines = append(j.lines, line{thing: int32(thing), fresh: fresh, what: what})
}

// tellChange writes down a change of a part or of the deploys.
func (j *journal) tellChange(c *change) {
	thing := int(c.thing)
	switch deploys := thing - len(j.p.parts); {
	case deploys < 0:
		base := j.p.parts[thing].first
		j.tell(thing, c.to == base, j.p.sys.Parts[thing].Tell(int(c.from-base), int(c.to-base)))
	case deploys >= len(j.p.fixes):
	case c.to > c.from:
		j.tell(thing, false, "goes out bad")
	default:
		j.tell(thing, c.to == 0, "is rolled back")
	}
}

// tellActor writes down what the groups and the crews do of themselves.
func (j *journal) tellActor(a *actor, next model.Joint) {
	for g, node := range a.rule.Groups {
		if what := a.rule.Tell(a.state, next, g); what != "" {
			j.tell(len(j.p.parts)+len(j.p.fixes)+node, true, what)
		}
	}
	for i, part := range a.rule.Parts {
		if what := a.rule.TellTurn(a.state, next, i); what != "" {
			j.tell(part, false, what)
		}
	}
}

// affect adds to the line of the thing that is to blame that a target goes down
// or up.
func (j *journal) affect(by int32, e effect) {
	for i := j.told; i < len(j.lines); i++ {
		if l := &j.lines[i]; l.thing == by || i == len(j.lines)-1 {
			l.effects = append(l.effects, e)
			return
		}
	}
}

// incidents marks the lines that have to do with an outage: what becomes of a
// thing from as-new to as-new again, if a target that depends on it is down in
// between.
func (j *journal) incidents() {
	for t := range j.present {
		if j.present[t].begin >= 0 {
			j.done[t] = append(j.done[t], j.present[t])
		}
	}
	course := make(map[int32][]int)
	for i := range j.lines {
		l := &j.lines[i]
		course[l.thing] = append(course[l.thing], i)
		if l.fresh {
			j.mark(course[l.thing], l.time)
			delete(course, l.thing)
		}
	}
	for _, lines := range course {
		j.mark(lines, math.Inf(1))
	}
}

// mark marks the lines of one thing that is away until a time.
func (j *journal) mark(lines []int, end float64) {
	start := j.lines[lines[0]].time
	for t, outages := range j.done {
		first := sort.Search(len(outages), func(i int) bool { return outages[i].end >= start })
		if first == len(outages) || outages[first].begin > end || !j.reach[t][j.lines[lines[0]].thing] {
			continue
		}
		for _, i := range lines {
			j.lines[i].incident = true
		}
		return
	}
}

func (j *journal) happening(l *line) model.Happening {
	h := model.Happening{Time: l.time, What: l.what, Incident: l.incident}
	h.Name, h.Kind = j.p.name(l.thing)
	for _, e := range l.effects {
		target := j.p.sys.Targets[e.target].Name
		if e.up {
			h.Up = append(h.Up, model.Return{Target: target, After: e.after})
		} else {
			h.Down = append(h.Down, target)
		}
	}
	return h
}
