package montecarlo

import (
	"fmt"
	"math"
	"reflect"

	"nines/model"
)

// A program is a system laid out for the event loop.
type program struct {
	sys    *model.System
	graph  *graph
	states []state // of all parts
	parts  []part
	starts []*equilibrium // of the parts; nil for one that is static
	fixes  []fix          // of bad deploys
	scopes []scope        // of the targets

	// Clocks that run in the state as new and have no memory need no place in
	// the queue: together they ring at one constant rate, and those that ring
	// out of turn, while their part is away, are passed over.
	sources []source
	owners  rates // of the parts and, after them, of the streams of bad deploys
	pick    alias

	// Cycles begin with another draw, see lead.
	first alias
	scale []float64
}

// A part is the range of its states; the first is as new.
type part struct {
	first   int32
	count   int32
	static  bool
	pooled  bool     // its clocks as new are sources,
	sources [2]int32 // from the one to before the other
}

// A source is a clock without memory: of a part, or the arrival of bad deploys.
type source struct {
	part    int32 // or model.None
	deploys int32 // or model.None
	to      int32 // state of the part
	rate    float64
}

// A fix is how long a bad deploy stays: detection, then rollback.
type fix struct {
	clocks [2]clock
	ages   [2]*ageLaw
	share  float64 // of the time that goes to detection
	live   float64 // mean number that are live
	stay   float64 // mean stay, s
	source int32   // where they come from
}

func newProgram(sys *model.System) (*program, error) {
	g, err := newGraph(sys)
	if err != nil {
		return nil, err
	}
	p := &program{sys: sys, graph: g}
	for i := range sys.Parts {
		if err := p.addPart(&sys.Parts[i]); err != nil {
			return nil, err
		}
	}
	p.equilibrate()
	for i := range sys.Deploys {
		p.addFix(&sys.Deploys[i])
	}
	p.pool()
	p.weigh()
	for i := range sys.Targets {
		p.scopes = append(p.scopes, p.scope(&sys.Targets[i]))
	}
	return p, nil
}

// A scope is what can happen to a target at all.
type scope struct {
	history  bool // no part of it is static, so it has moments and not only shares
	lies     bool // it can answer wrongly
	degrades bool // it can be up and not full
}

func (p *program) scope(t *model.Target) scope {
	s := scope{history: true, degrades: !p.graph.plain(t.Node)}
	for _, i := range p.graph.cone(t.Node).parts {
		for ; i != model.None; i = p.sys.Parts[i].Place {
			s.history = s.history && !p.parts[i].static
			for _, state := range p.statesOf(i) {
				s.lies = s.lies || state.condition == model.Wrong
			}
		}
	}
	return s
}

func (p *program) addPart(m *model.Part) error {
	base := int32(len(p.states))
	p.parts = append(p.parts, part{first: base, count: int32(len(m.Automaton.States)), static: m.Static != nil})
	for i := range m.Automaton.States {
		from := &m.Automaton.States[i]
		to := state{condition: from.Condition}
		for _, c := range from.Clocks {
			if i == 0 && c.Law.CDF(0) > 0 {
				return fmt.Errorf("%v: %s can fail at the moment it is new; want a time to failure above 0", m.Pos, m.Name)
			}
			to.clocks = append(to.clocks, newClock(c.Law, base+int32(c.To)))
		}
		p.states = append(p.states, to)
	}
	return nil
}

// equilibrate works out the long run of each part, once for alike ones.
func (p *program) equilibrate() {
	p.starts = make([]*equilibrium, len(p.parts))
	alike := map[string]int{}
	for i := range p.parts {
		if p.parts[i].static {
			continue
		}
		m := &p.sys.Parts[i]
		if j, known := alike[m.Template]; known && reflect.DeepEqual(m.Automaton, p.sys.Parts[j].Automaton) {
			p.starts[i] = p.starts[j]
			continue
		}
		p.starts[i] = newEquilibrium(p.statesOf(i), p.parts[i].first)
		alike[m.Template] = i
	}
}

func (p *program) statesOf(part int) []state {
	at := p.parts[part]
	return p.states[at.first : at.first+at.count]
}

func (p *program) addFix(d *model.Deploys) {
	detect, rollback := d.Detect.Mean(), d.Rollback.Mean()
	f := fix{clocks: [2]clock{newClock(d.Detect, 0), newClock(d.Rollback, 0)}, live: d.MeanLive(), stay: detect + rollback}
	if detect > 0 {
		f.share = detect / (detect + rollback)
	}
	for i := range f.clocks {
		f.ages[i] = newAgeLaw(&state{clocks: f.clocks[i : i+1]})
	}
	p.fixes = append(p.fixes, f)
}

// draw is how long a new bad deploy stays.
func (f *fix) draw(s *stream) float64 { return f.clocks[0].draw(s) + f.clocks[1].draw(s) }

// drawRest is how long one that is found at a random moment will stay.
func (f *fix) drawRest(s *stream) float64 {
	if s.Float64() < f.share {
		return f.rest(0, s) + f.clocks[1].draw(s)
	}
	return f.rest(1, s)
}

func (f *fix) rest(i int, s *stream) float64 {
	age := 0.0
	if law := f.ages[i]; law != nil {
		age = law.draw(s)
	}
	return f.clocks[i].drawAged(age, s)
}

// minPooled is the share of the time that a part must be as new, in the long
// run, for its clocks to be worth pooling: else most rings would be out of turn.
const minPooled = 0.5

// pool gathers the sources. Parts that end up somewhere for good would ring
// out of turn for ever, so they are left to the queue.
func (p *program) pool() {
	for i := range p.parts {
		if p.starts[i] == nil || p.starts[i].moves == 0 || p.starts[i].share[0] < minPooled {
			continue
		}
		at := &p.parts[i]
		fresh := &p.states[at.first]
		if at.pooled = fresh.exponential(); !at.pooled {
			continue
		}
		at.sources[0] = int32(len(p.sources))
		for c := range fresh.clocks {
			p.sources = append(p.sources, source{int32(i), model.None, fresh.clocks[c].to, 1 / fresh.clocks[c].time})
		}
		at.sources[1] = int32(len(p.sources))
	}
	for d := range p.sys.Deploys {
		if rate := p.sys.Deploys[d].Rate; rate > 0 {
			p.fixes[d].source = int32(len(p.sources))
			p.sources = append(p.sources, source{model.None, int32(d), 0, rate})
		}
	}
}

// weigh makes what the sources are drawn by.
func (p *program) weigh() {
	p.owners = newRates(len(p.parts) + len(p.fixes))
	odds := make([]float64, len(p.sources))
	for i := range p.sources {
		s := &p.sources[i]
		odds[i] = s.rate
		if s.part == model.None {
			p.owners.set(int32(len(p.parts))+s.deploys, s.rate)
		} else {
			p.owners.set(s.part, p.rateOf(s.part))
		}
	}
	if len(odds) > 0 {
		p.pick = newAlias(odds)
		p.lead()
	}
}

// rateOf is the sum of the rates of the sources of a part.
func (p *program) rateOf(part int32) float64 {
	total := 0.0
	for _, s := range p.sourcesOf(part) {
		total += s.rate
	}
	return total
}

func (p *program) sourcesOf(part int32) []source {
	own := p.parts[part].sources
	return p.sources[own[0]:own[1]]
}

// lead chooses how often a cycle begins with each source: half as often as it
// rings, and half in proportion to the time that it then takes to be as new
// again, in which others can fail. Scale makes up for it, with 2 at most.
func (p *program) lead() {
	risks, total := make([]float64, len(p.sources)), 0.0
	for i, s := range p.sources {
		if s.part == model.None {
			risks[i] = s.rate * p.fixes[s.deploys].stay
		} else {
			risks[i] = s.rate * p.starts[s.part].back[s.to-p.parts[s.part].first]
		}
		total += risks[i]
	}
	odds := make([]float64, len(p.sources))
	p.scale = make([]float64, len(p.sources))
	for i, s := range p.sources {
		share := s.rate / p.rate()
		odds[i] = share
		if total > 0 {
			odds[i] = share/2 + risks[i]/total/2
		}
		p.scale[i] = share / odds[i]
	}
	p.first = newAlias(odds)
}

// rate is the sum of the rates of all sources.
func (p *program) rate() float64 { return p.owners.total() }

// maxCrowd bounds -log P(everything is as new) for cycles between two such
// moments: at least half of the time. Beyond, walks cost more than they save.
const maxCrowd = 0.7

// regenerative says whether the clocks of everything as new have no memory and
// everything is as new often enough.
func (p *program) regenerative() bool {
	crowd := 0.0
	for i, e := range p.starts {
		if e != nil && p.parts[i].count > 1 {
			if !p.parts[i].pooled {
				return false
			}
			crowd -= math.Log(e.share[0])
		}
	}
	for i := range p.fixes {
		crowd += p.fixes[i].live
	}
	return len(p.sources) > 0 && crowd <= maxCrowd
}

// changes is the long-run mean number of changes of state per second.
func (p *program) changes() float64 {
	total := 0.0
	for _, e := range p.starts {
		if e != nil && e.moves > 0 && !math.IsInf(e.cycle, 1) {
			total += e.moves / e.cycle
		}
	}
	for i := range p.sys.Deploys {
		total += 2 * p.sys.Deploys[i].Rate
	}
	return total
}

// horizon is how long a window of the long run is: as asked for, or long enough
// for some changes of state, so that setting up the run costs little beside it.
func (p *program) horizon(asked float64) float64 {
	changes := p.changes()
	switch {
	case asked > 0:
		return asked
	case changes == 0:
		return 1
	}
	return max(1000, 4*float64(len(p.parts))) / changes
}
