package montecarlo

import (
	"math"
	"slices"

	"nines/model"
)

// A journal notes what happens in a run of the long run and follows the outages
// that begin in it.
type journal struct {
	p       *program
	changes []change    // of the present moment
	present []outage    // of each target: the one that it is in
	done    [][]outage  // of each target: those that are over
	open    int         // of the present ones that began in the run
	closed  bool        // no more are begun
	reach   [][]bool    // of each target: the things that it depends on
	down    [][]float64 // of each target and window: s down
	falls   [][]float64 // and the outages that began
	lengths []float64   // scratch
	story   bool        // it is also told
	lines   []line
	told    int // lines of moments before the present one
}

// A change is what has become of one thing. Things are the parts, after them
// the streams of bad deploys, after these the nodes, and then the shocks.
type change struct {
	thing    int32
	from, to int32 // states of a part; bad deploys that are live
}

// An outage of a target in the course of a run.
type outage struct {
	begin, end float64 // s; begin is NaN where it did not begin in the run, end +Inf where it was not seen
	by, to     int32   // the things that began and ended it, or model.None
}

var noOutage = outage{math.NaN(), math.Inf(1), model.None, model.None}

func newJournal(p *program) *journal {
	n := len(p.sys.Targets)
	j := &journal{p: p, present: make([]outage, n), done: make([][]outage, n), down: make([][]float64, n), falls: make([][]float64, n)}
	for _, t := range p.sys.Targets {
		j.reach = append(j.reach, p.reach(t.Node))
	}
	return j
}

// reach marks the things that a node depends on.
func (p *program) reach(node int) []bool {
	reached := make([]bool, p.shockThing(len(p.sys.Shocks)))
	c := p.graph.cone(node)
	for _, part := range c.parts {
		for ; part != model.None; part = p.sys.Parts[part].Place {
			reached[part] = true
			for _, cause := range p.sys.Parts[part].Causes {
				reached[cause] = true
			}
		}
	}
	for k := range p.sys.Shocks {
		reached[p.shockThing(k)] = slices.ContainsFunc(p.sys.Shocks[k].Parts, func(part int) bool { return reached[part] })
	}
	for _, d := range c.deploys {
		reached[len(p.parts)+d] = true
	}
	for _, n := range c.nodes {
		reached[p.nodeThing(n)] = true
	}
	return reached
}

func (p *program) nodeThing(node int) int { return len(p.parts) + len(p.fixes) + node }

func (p *program) shockThing(shock int) int { return p.nodeThing(len(p.graph.nodes)) + shock }

// keepJournal says whether a journal is kept from the next run on.
func (e *engine) keepJournal(keep bool) {
	if e.journal = nil; !keep {
		return
	}
	if e.spare == nil {
		e.spare = newJournal(e.p)
	}
	e.journal = e.spare
}

// start forgets all that has been.
func (j *journal) start() {
	j.changes, j.open, j.closed = j.changes[:0], 0, false
	j.lines, j.told = j.lines[:0], 0
	for t := range j.present {
		j.present[t] = noOutage
		j.done[t], j.down[t], j.falls[t] = j.done[t][:0], j.down[t][:0], j.falls[t][:0]
	}
}

func (j *journal) note(thing int, from, to int32) {
	j.changes = append(j.changes, change{int32(thing), from, to})
	if j.story {
		j.tellChange(&j.changes[len(j.changes)-1])
	}
}

// close ends the present moment.
func (j *journal) close(now float64) {
	j.changes = j.changes[:0]
	for ; j.told < len(j.lines); j.told++ {
		j.lines[j.told].time = now
	}
}

// pass notes that a target has gone down or up.
func (j *journal) pass(target int32, up bool, now float64) {
	o := &j.present[target]
	switch {
	case !up && !j.closed:
		*o = outage{now, math.Inf(1), j.blame(target, true), model.None}
		j.affect(o.by, effect{target, false, 0})
		j.open++
	case up && o.begin >= 0:
		o.end, o.to = now, j.blame(target, false)
		j.affect(o.to, effect{target, true, now - o.begin})
		j.done[target] = append(j.done[target], *o)
		*o = noOutage
		j.open--
	}
}

// blame finds the thing that took a target down, or up: of several changes at
// the same moment the first that it depends on, one for the worse if it went
// down, for the better if it went up, before the others.
func (j *journal) blame(target int32, worse bool) int32 {
	found := int32(model.None)
	for i := range j.changes {
		c := &j.changes[i]
		if !j.reach[target][c.thing] {
			continue
		}
		if j.worse(c) == worse {
			return c.thing
		}
		if found == model.None {
			found = c.thing
		}
	}
	return found
}

// worse says whether a change was for the worse. What a group does by itself
// never is.
func (j *journal) worse(c *change) bool {
	if int(c.thing) < len(j.p.parts) {
		return c.to != j.p.parts[c.thing].first
	}
	return c.to > c.from
}

// name of a thing and what kind of cause it is.
func (p *program) name(thing int32) (name, kind string) {
	i := int(thing)
	if i < len(p.parts) {
		kinds := [...]string{model.Component: "component", model.Domain: "domain", model.Itself: "itself", model.CommonCause: "common_cause", model.Wire: "link", model.Partition: "partition"}
		return p.sys.Parts[i].Name, kinds[p.sys.Parts[i].Kind]
	}
	if k := i - p.shockThing(0); k >= 0 {
		return p.sys.Shocks[k].Name, p.sys.Shocks[k].Kind()
	}
	if i -= len(p.parts); i < len(p.fixes) {
		return p.sys.Nodes[p.sys.Deploys[i].Service].Name, "deploys"
	}
	return p.sys.Nodes[i-len(p.fixes)].Name, "takeover"
}
