package analytic

import (
	"fmt"

	"nines/model"
	"nines/model/dist"
	"nines/model/markov"
)

// A joint is the Markov chain of a Coupled. The names of its states are the
// words of a model.Joint, two bytes each. States that differ by parts that are
// alike have one name.
type joint struct {
	*markov.Space[string]
	walk *walk
}

// newJoint finds the states of c.
func newJoint(c *model.Coupled, like symmetry, opts markov.Options) (*joint, error) {
	w := &walk{c: c, like: like}
	w.instant = w.hurries()
	var start string
	w.settle(c.Start(), 1, func(s model.Joint, _ float64) { start = w.encode(s) })
	space, err := markov.Explore(start, w.next, opts)
	if err != nil {
		return nil, err
	}
	return &joint{space, w}, nil
}

// state gives the words of state i.
func (j *joint) state(i int) model.Joint { return decode(j.States[i], nil) }

// A walk goes from one state to the next. Clocks that take no time ring at
// once, so the states in which they run are passed through and not kept.
type walk struct {
	c       *model.Coupled
	like    symmetry
	instant bool // some clocks take no time

	here    model.Joint
	running []model.Running
	name    []byte
}

// next emits what follows a state.
func (w *walk) next(name string, emit func(string, float64)) {
	w.here = decode(name, w.here)
	visit := func(s model.Joint, rate float64) { emit(w.encode(s), rate) }
	w.running = w.c.Running(w.here, w.running)
	for _, clock := range w.running {
		if clock.Speed > 0 {
			rate := clock.Speed / clock.Law.Mean()
			w.c.Fire(w.here, clock.Clock, func(p float64, next model.Joint) { w.settle(next, p*rate, visit) })
		}
	}
}

// settle follows the clocks of s that ring at once and gives the states in
// which time passes, each with its part of the weight.
func (w *walk) settle(s model.Joint, weight float64, visit func(s model.Joint, weight float64)) {
	if w.instant {
		for _, clock := range w.c.Running(s, nil) {
			if clock.Speed > 0 && clock.Law.Mean() == 0 {
				w.c.Fire(s, clock.Clock, func(p float64, next model.Joint) { w.settle(next, weight*p, visit) })
				return
			}
		}
	}
	visit(s, weight)
}

// laws calls visit for each law of a clock.
func (w *walk) laws(visit func(dist.Law)) {
	for _, p := range w.c.Parts {
		for _, s := range w.c.System.Parts[p].Automaton.States {
			for _, clock := range s.Clocks {
				visit(clock.Law)
			}
		}
	}
	for _, node := range w.c.Groups {
		n := &w.c.System.Nodes[node]
		all := []dist.Law{n.Elect}
		if n.Waiting != nil {
			all = append(all, n.Waiting.Detect, n.Waiting.Switch, n.Waiting.Else)
		}
		for _, l := range all {
			if l != nil {
				visit(l)
			}
		}
	}
}

func (w *walk) hurries() bool {
	found := false
	w.laws(func(l dist.Law) { found = found || l.Mean() == 0 })
	return found
}

// memoryless says whether all laws are exponential, or 0.
func (w *walk) memoryless() bool {
	all := true
	w.laws(func(l dist.Law) { all = all && exponential(l) })
	return all
}

func exponential(l dist.Law) bool {
	_, is := l.(dist.Exponential)
	return is || l.Mean() == 0
}

// encode names a state by the one among those lumped with it that is sorted.
func (w *walk) encode(s model.Joint) string {
	w.sort(s)
	w.name = w.name[:0]
	for _, word := range s {
		w.name = append(w.name, byte(word), byte(word>>8))
	}
	return string(w.name)
}

func decode(name string, s model.Joint) model.Joint {
	s = s[:0]
	for i := 0; i < len(name); i += 2 {
		s = append(s, uint16(name[i])|uint16(name[i+1])<<8)
	}
	return s
}

// sort puts the units of each class in order, by insertion since they mostly
// are.
func (w *walk) sort(s model.Joint) {
	for _, units := range w.like {
		for i := 1; i < len(units); i++ {
			for j := i; j > 0 && w.less(s, units[j], units[j-1]); j-- {
				w.swap(s, units[j], units[j-1])
			}
		}
	}
}

func (w *walk) less(s model.Joint, a, b []int) bool {
	parts := len(w.c.Parts)
	for k := range a {
		x, y := a[k], b[k]
		if s[x] != s[y] {
			return s[x] < s[y]
		}
		if s[parts+x] != s[parts+y] {
			return s[parts+x] < s[parts+y]
		}
		if p, q := w.c.Role(s, x), w.c.Role(s, y); p != q {
			return p > q
		}
	}
	return false
}

func (w *walk) swap(s model.Joint, a, b []int) {
	for k := range a {
		w.c.Swap(s, a[k], b[k])
	}
}

// alikeIn finds which parts of c can change places, where the structure refers
// to parts as parents says.
func alikeIn(c *model.Coupled, parents map[int][]string) symmetry {
	local := map[int]int{}
	for i, p := range c.Parts {
		local[p] = i
	}
	return symmetric(c.System, local, func(part int) string { return ties(c, part) }, parents)
}

// ties says what couples a part. In a standby of more than two the order of
// the members counts.
func ties(c *model.Coupled, part int) string {
	t := c.Ties[c.Local(part)]
	member := 0
	if t.Group != model.None {
		if n := &c.System.Nodes[c.Groups[t.Group]]; n.Kind == model.Standby && len(n.Children) > 2 {
			member = t.Member
		}
	}
	return fmt.Sprintf("crew %d group %d.%d", t.Crew, t.Group, member)
}
