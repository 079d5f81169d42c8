package montecarlo

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"nines/model"
	"nines/model/dist"
)

// A program is a system laid out for the event loop.
type program struct {
	sys     *model.System
	graph   *graph
	tables  map[dist.Law]*table // of laws that are slow to draw from
	states  []state             // of all parts
	parts   []part
	starts  []*equilibrium // of the parts; nil for one that is static or coupled
	fixes   []fix          // of bad deploys
	scopes  []scope        // of the targets
	targets []int          // in the whole system, of each of its own
	data    bool           // the system is that of the data of a store
	sets    []*model.Coupled
	warmUp  float64 // s, least time until the sets count as in their long run
	stir    float64 // about how often the parts of the sets change their states, per second

	// Clocks that run in the state as new and have no memory need no place in
	// the queue: together they ring at one constant rate, and those that ring
	// out of turn, while their part is away, are passed over.
	sources []source
	owners  rates // of the parts and, after them, of the streams of bad deploys
	pick    alias

	// What fails next on a walk is drawn with a preference, see lure.
	kinds  []int32   // of the parts
	peers  [][]int32 // of each part
	styles []style
	rare   bool // some target stands any failure
	deep   bool // more than two failures are forced in some style

	// Cycles begin with another draw, see lead.
	leads [2]lead // calm and eager
}

// A part is the range of its states; the first is as new. Alike parts share
// their states.
type part struct {
	first   int32
	count   int32
	static  bool
	coupled bool     // with others, in time: an actor moves it
	pooled  bool     // its clocks as new are sources,
	sources [2]int32 // from the one to before the other
}

func newProgram(sys *model.System) (*program, error) {
	g, err := newGraph(sys)
	if err != nil {
		return nil, err
	}
	p := &program{sys: sys, graph: g, tables: map[dist.Law]*table{}}
	if err := p.addParts(); err != nil {
		return nil, err
	}
	p.couple()
	p.classify()
	p.equilibrate()
	p.warm()
	for i := range sys.Deploys {
		p.addFix(&sys.Deploys[i])
	}
	p.pool()
	p.weigh()
	for i := range sys.Targets {
		p.scopes = append(p.scopes, p.scope(&sys.Targets[i]))
	}
	p.befriend()
	sizes, rare := p.sound()
	p.choose(sizes)
	p.rare = rare
	return p, nil
}

// A scope is what can happen to a target at all.
type scope struct {
	history  bool // no part of it is static, so it has moments and not only shares
	lies     bool // it can answer wrongly
	degrades bool // it can be up and not full
	fails    bool // some part of it can be down
}

// mortal says whether some target has a time to failure.
func (p *program) mortal() bool {
	return slices.ContainsFunc(p.scopes, func(s scope) bool { return s.history })
}

func (p *program) scope(t *model.Target) scope {
	s := scope{history: true, degrades: !p.graph.plain(t.Node)}
	for _, i := range p.graph.cone(t.Node).parts {
		for ; i != model.None; i = p.sys.Parts[i].Place {
			s.history = s.history && !p.parts[i].static
			for _, state := range p.statesOf(i) {
				s.lies = s.lies || state.condition == model.Wrong
				s.fails = s.fails || state.condition == model.Down
			}
		}
	}
	for _, set := range p.sets {
		for g, node := range set.Groups {
			_, twice := set.Mistakes(g)
			s.lies = s.lies || twice > 0 && slices.Contains(p.graph.cone(t.Node).timed, node)
		}
	}
	return s
}

func (p *program) addParts() error {
	alike := map[string]int{}
	for i := range p.sys.Parts {
		m := &p.sys.Parts[i]
		at := part{first: int32(len(p.states)), count: int32(len(m.Automaton.States)), static: m.Static != nil}
		if j, known := alike[m.Template]; known && reflect.DeepEqual(m.Automaton, p.sys.Parts[j].Automaton) {
			at.first = p.parts[j].first
		} else if err := p.addStates(m); err != nil {
			return err
		}
		alike[m.Template] = i
		p.parts = append(p.parts, at)
	}
	return nil
}

func (p *program) addStates(m *model.Part) error {
	base := int32(len(p.states))
	for i := range m.Automaton.States {
		from := &m.Automaton.States[i]
		to := state{condition: from.Condition}
		for _, c := range from.Clocks {
			if i == 0 && c.Law.CDF(0) > 0 {
				return fmt.Errorf("%v: %s can fail at the moment it is new; want a time to failure above 0", m.Pos, m.Name)
			}
			clock := newClock(c.Law, base+int32(c.To))
			clock.table = p.table(c.Law)
			to.clocks = append(to.clocks, clock)
		}
		p.states = append(p.states, to)
	}
	return nil
}

// table of a law that is slow to draw from, nil of another.
func (p *program) table(law dist.Law) *table {
	if !smooth(law) {
		return nil
	}
	if p.tables[law] == nil {
		p.tables[law] = &table{law: law}
	}
	return p.tables[law]
}

// equilibrate works out the long run of each part, once for alike ones.
func (p *program) equilibrate() {
	p.starts = make([]*equilibrium, len(p.parts))
	alike := map[int32]*equilibrium{}
	for i := range p.parts {
		at := &p.parts[i]
		if at.static || at.coupled {
			continue
		}
		if alike[at.first] == nil {
			alike[at.first] = newEquilibrium(p.statesOf(i), at.first)
		}
		p.starts[i] = alike[at.first]
	}
}

func (p *program) statesOf(part int) []state {
	at := p.parts[part]
	return p.states[at.first : at.first+at.count]
}

// changes is the long-run mean number of changes of state per second.
func (p *program) changes() float64 {
	total := p.stir
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
// for some changes of state, so that setting up the run costs little beside it,
// and no shorter than the warm-up.
func (p *program) horizon(asked float64) float64 {
	changes := p.changes()
	switch {
	case asked > 0:
		return asked
	case changes == 0:
		return 1
	}
	return max(max(1000, 4*float64(len(p.parts)))/changes, p.warmUp)
}
