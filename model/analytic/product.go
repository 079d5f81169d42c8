package analytic

import (
	"encoding/binary"

	"nines/model"
	"nines/model/bdd"
	"nines/model/markov"
)

// A product is the joint chain of independent components while a target is up.
// Its states name the components that are not in their first state: pairs of
// two numbers, four bytes each.
//
// Components move one at a time, so the chain of all is the Kronecker sum of
// theirs (Plateau, ACM SIGMETRICS 1985).
type product struct {
	components []*component
	like       symmetry
	classes    [][]int // of like that each component is in, inner ones first
	ruling     *ruling
	vital      float64 // rate at which what has no component here takes the target down
	limit      int     // how much may be amiss: parts not as new, and bad deploys live
	allowance  int     // transitions that may be looked at

	here  []int   // the state at hand, by component
	level int     // how much of it is away
	spent int     // transitions looked at
	due   float64 // mean time until the state at hand has recovered, at most

	recoveries []*recovery // by component; nil where there are no bounds
	failing    float64     // rate of failures of all together, at most
	home       float64     // mean time until all is as new, at most, from any state; 0: not known yet
	mends      bool        // a recovery never takes the target down
	name       []byte
	before     []int // scratch
}

// Names of states that are not followed any further: the target is down, too
// much is away.
const (
	nameDown   = "down"
	nameBeyond = "beyond"
	nameBack   = "back" // so much is away, and all of it comes home before anything else fails
)

// newProduct is that of what a target depends on.
func (e *evaluation) newProduct(r *report) (*product, error) {
	v, blocks, vital := e.withoutVital(r.up, r.blocks)
	p := &product{vital: vital, ruling: v, here: make([]int, len(blocks)), classes: make([][]int, len(blocks))}
	local := map[int]int{}
	for i, b := range blocks {
		c, err := e.componentOf(b)
		if err != nil {
			return nil, err
		}
		p.components = append(p.components, c)
		if b.part != model.None {
			local[b.part] = i
		}
	}
	if err := p.recover(e, r.up, blocks); err != nil {
		return nil, err
	}
	p.like = symmetric(e.sys, local, func(int) string { return "" }, parents(e.sys, []int{r.Target.Node}, false))
	for k, units := range p.like {
		for _, unit := range units {
			for _, i := range unit {
				p.classes[i] = append(p.classes[i], k)
			}
		}
	}
	return p, nil
}

// recover finds what is known of recoveries.
func (p *product) recover(e *evaluation, up bdd.Ref, blocks []*block) error {
	var err error
	if p.recoveries, err = e.recoveriesOf(p.components); err != nil {
		return err
	}
	mending := map[*block][]move{}
	for i, c := range p.components {
		mending[blocks[i]] = c.mending()
		if p.recoveries != nil {
			p.failing += p.recoveries[i].failing
		}
	}
	p.failing += p.vital
	p.mends = e.preserved(up, mending, map[bdd.Ref]bool{})
	return nil
}

// comesHome bounds from below the probability that all is as new again before
// anything else fails, after component i has gone to another state.
func (p *product) comesHome(i, to int) float64 {
	if p.recoveries == nil || !p.mends {
		return 0
	}
	due := p.recoveries[i].due
	return max(0, 1-p.failing*(p.due+due[to]-due[p.here[i]]))
}

func (p *product) value(i int) int { return p.components[i].values[p.here[i]] }

// explore finds the states with at most limit away from the first.
func (p *product) explore(limit int, opts markov.Options) (*markov.Space[string], error) {
	p.limit = limit
	start := ""
	if p.enter(""); !p.ruling.look(p.value) {
		start = nameDown
	}
	return markov.Explore(start, p.next, opts)
}

// next emits what follows a state.
func (p *product) next(name string, emit func(string, float64)) {
	if name == nameDown || name == nameBeyond || name == nameBack || p.spent > p.allowance {
		return
	}
	p.enter(name)
	p.ruling.look(p.value)
	p.spent += perState
	for i, c := range p.components {
		to, rate := c.Row(p.here[i])
		p.spent += len(to)
		for k, j := range to {
			next := p.move(i, int(j))
			if next == nameBeyond {
				back := p.comesHome(i, int(j))
				emit(nameBack, rate[k]*back)
				emit(next, rate[k]*(1-back))
			} else {
				emit(next, rate[k])
			}
		}
	}
	emit(nameDown, p.vital)
}

// enter takes a state in hand.
func (p *product) enter(name string) {
	clear(p.here)
	p.level, p.due = 0, 0
	for k := 0; k < len(name); k += 8 {
		i, state := int(word(name[k:])), int(word(name[k+4:]))
		p.here[i] = state
		p.level += p.components[i].levels[state]
		if p.recoveries != nil {
			p.due += p.recoveries[i].due[state]
		}
	}
}

func word(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// move names the state after component i has gone to another of its states.
func (p *product) move(i, to int) string {
	c, from := p.components[i], p.here[i]
	switch {
	case c.values[to] != c.values[from] && !p.ruling.after(i, c.values[to], p.value):
		return nameDown
	case p.limit > 0 && p.level+c.levels[to]-c.levels[from] > p.limit:
		return nameBeyond
	case len(p.classes[i]) == 0:
		p.here[i] = to
		p.encode()
		p.here[i] = from
		return string(p.name)
	}
	p.before = append(p.before[:0], p.here...)
	p.here[i] = to
	for _, k := range p.classes[i] {
		p.sort(p.like[k])
	}
	p.encode()
	copy(p.here, p.before)
	return string(p.name)
}

// canonical names the state at hand, which it puts in order.
func (p *product) canonical() string {
	for _, units := range p.like {
		p.sort(units)
	}
	p.encode()
	return string(p.name)
}

// sort puts units that are alike in order. What was lumped has one name.
func (p *product) sort(units class) {
	for a := 1; a < len(units); a++ {
		for b := a; b > 0 && p.less(units[b], units[b-1]); b-- {
			for x := range units[b] {
				y, z := units[b][x], units[b-1][x]
				p.here[y], p.here[z] = p.here[z], p.here[y]
			}
		}
	}
}

func (p *product) less(a, b []int) bool {
	for k := range a {
		if x, y := p.here[a[k]], p.here[b[k]]; x != y {
			return x < y
		}
	}
	return false
}

func (p *product) encode() {
	p.name = p.name[:0]
	for i, state := range p.here {
		if state != 0 {
			p.name = binary.LittleEndian.AppendUint32(p.name, uint32(i))
			p.name = binary.LittleEndian.AppendUint32(p.name, uint32(state))
		}
	}
}
