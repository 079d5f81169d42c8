package analytic

import (
	"context"
	"fmt"
	"slices"

	"nines/model"
	"nines/model/dist"
	"nines/model/markov"
)

// A joint is the Markov chain of a Coupled. The names of its states are the
// words of a model.Joint, and those of a memory, two bytes each. States that
// differ by parts that are alike have one name.
type joint struct {
	*markov.Space[string]
	walk *walk
}

// newJoint finds the states of c.
func newJoint(c *model.Coupled, like symmetry, opts markov.Options) (*joint, error) {
	w, err := newWalk(c, like, opts.Context)
	if err != nil {
		return nil, err
	}
	return w.explore(opts)
}

// state gives the words of state i.
func (j *joint) state(i int) model.Joint {
	if j.States[i] == nameBeyond {
		i = 0
	}
	return decode(j.States[i], nil)
}

// A walk goes from one state to the next. Clocks that take no time ring at
// once, so the states in which they run are passed through and not kept.
type walk struct {
	c       *model.Coupled
	like    symmetry
	instant bool // some clocks take no time
	memory  *memory
	ctx     context.Context // nil means that it never ends
	start   string
	most    int     // parts that are followed while they are not as new; 0: all
	absence float64 // mean time in nameBeyond, s
	around  [][]int // by group, see surroundings; where most > 0

	here    model.Joint
	running []model.Running
	name    []byte
}

func newWalk(c *model.Coupled, like symmetry, ctx context.Context) (*walk, error) {
	w := &walk{c: c, like: like, ctx: ctx}
	w.instant = w.hurries()
	w.memory = newMemory(w)
	if w.outcomes() > mostOutcomes {
		return nil, fmt.Errorf("%w: a shock or a failure can strike %d parts in more than %d ways", markov.ErrSize, len(c.Parts), mostOutcomes)
	}
	w.settle(append(c.Start(), make([]uint16, w.memory.words)...), 1, func(s model.Joint, _ float64) { w.start = w.encode(s) })
	return w, nil
}

func (w *walk) explore(opts markov.Options) (*joint, error) {
	space, err := markov.Explore(w.start, w.next, opts)
	if err != nil {
		return nil, err
	}
	return &joint{space, w}, nil
}

// next emits what follows a state, or part of it where the context ends: a
// state of very many parts takes long.
func (w *walk) next(name string, emit func(string, float64)) {
	if name == nameBeyond {
		emit(w.start, 1/w.absence)
		return
	}
	w.here = decode(name, w.here)
	visit := func(s model.Joint, rate float64) {
		if w.most > 0 && w.level(s) > w.most {
			emit(nameBeyond, rate)
		} else {
			emit(w.encode(s), rate)
		}
	}
	w.running = w.c.Running(w.here, w.running)
	for _, clock := range w.running {
		if w.ctx != nil && w.ctx.Err() != nil {
			return
		}
		w.pass(w.here, w.running, clock, visit)
	}
}

// pass gives what a clock of s, one of those that run there, leads to, and at
// what rate: it rings, or where its law is not exponential a phase of it ends.
func (w *walk) pass(s model.Joint, running []model.Running, clock model.Running, visit func(s model.Joint, rate float64)) {
	switch {
	case clock.Speed == 0:
		return
	case exponential(clock.Law):
		w.ring(s, running, clock.Clock, clock.Speed/clock.Law.Mean(), visit)
		return
	}
	law, word := w.memory.stages(clock.Law), w.memory.word(clock.Clock)
	rate, on := clock.Speed*law.rate[s[word]], law.on[s[word]]
	if on > 0 {
		next := slices.Clone(s)
		next[word]++
		visit(next, rate*on)
	}
	if on < 1 {
		w.ring(s, running, clock.Clock, rate*(1-on), visit)
	}
}

// ring lets a clock of s ring, one of those that run there, and gives the
// states in which time passes next, each with its part of the weight.
func (w *walk) ring(s model.Joint, running []model.Running, clock int, weight float64, visit func(s model.Joint, weight float64)) {
	w.fire(s, clock, func(p float64, next model.Joint) {
		w.memory.carry(s, next, running, clock)
		w.settle(next, weight*p, visit)
	})
}

// settle follows the clocks of s that ring at once and gives the states in
// which time passes, each with its part of the weight.
func (w *walk) settle(s model.Joint, weight float64, visit func(s model.Joint, weight float64)) {
	if w.instant {
		running := w.c.Running(s, nil)
		for _, clock := range running {
			if clock.Speed > 0 && clock.Law.Mean() == 0 {
				w.ring(s, running, clock.Clock, weight, visit)
				return
			}
		}
	}
	visit(s, weight)
}

// A timing is the law of a clock, with words for what it is the time of.
type timing struct {
	law  dist.Law
	what string
	of   string
}

// times of the clocks of a part.
func (w *walk) times(part int) []timing {
	p := &w.c.System.Parts[part]
	var all []timing
	for i, s := range p.Automaton.States {
		what := [...]string{model.Up: "failure", model.Stale: "resync", model.Lost: "detection", model.Wrong: "detection", model.Down: "repair"}[s.Condition]
		if i == 0 {
			what = "failure"
		}
		for _, clock := range s.Clocks {
			all = append(all, timing{clock.Law, what, p.Name})
		}
	}
	return all
}

// groupTimes are those of the clocks of a group.
func (w *walk) groupTimes(node int) []timing {
	n := &w.c.System.Nodes[node]
	all := []timing{{n.Elect, "election", n.Name}}
	if n.Waiting != nil {
		all = append(all, timing{n.Waiting.Detect, "detection", n.Name}, timing{n.Waiting.Switch, "switch", n.Name}, timing{n.Waiting.Else, "else", n.Name})
	}
	return slices.DeleteFunc(all, func(t timing) bool { return t.law == nil })
}

// shockTimes are those between the strikes of a shock.
func shockTimes(s *model.Shock) []timing {
	var all []timing
	for _, k := range s.Strikes {
		all = append(all, timing{k.Every, "time", model.Event{Name: s.Name, Cause: s.Kind()}.String()})
	}
	return all
}

// allTimes of the parts, shocks and groups.
func (w *walk) allTimes() []timing {
	var all []timing
	for _, p := range w.c.Parts {
		all = append(all, w.times(p)...)
	}
	for _, k := range w.c.Shocks {
		all = append(all, shockTimes(&w.c.System.Shocks[k])...)
	}
	for _, node := range w.c.Groups {
		all = append(all, w.groupTimes(node)...)
	}
	return all
}

func (w *walk) hurries() bool {
	return slices.ContainsFunc(w.allTimes(), func(t timing) bool { return t.law.Mean() == 0 })
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
		if p, q := w.c.Gone(s, x), w.c.Gone(s, y); p != q {
			return p < q
		}
		if c := slices.Compare(w.memory.of(s, x), w.memory.of(s, y)); c != 0 {
			return c < 0
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
		for i, word := range w.memory.of(s, a[k]) {
			other := w.memory.of(s, b[k])
			w.memory.of(s, a[k])[i], other[i] = other[i], word
		}
	}
}

// alikeIn finds which parts of c can change places, where the structure refers
// to parts as parents says.
func alikeIn(c *model.Coupled, parents map[int][]string) symmetry {
	local := map[int]int{}
	for i, p := range c.Parts {
		local[p] = i
	}
	wired := wired(c)
	return symmetric(c.System, local, func(part int) string {
		if wired[part] {
			return fmt.Sprintf("%s only %d", ties(c, part), part)
		}
		return ties(c, part)
	}, parents)
}

// wired are the parts of the networks that groups of c are over: each has its
// place.
func wired(c *model.Coupled) map[int]bool {
	parts := map[int]bool{}
	for _, node := range c.Groups {
		if over := c.System.Nodes[node].Over; over != nil {
			for _, leaf := range c.System.Networks[over.Network].Leaves() {
				parts[c.System.Nodes[leaf].Part] = true
			}
		}
	}
	return parts
}

// ties says what couples a part. In a standby of more than two the order of
// the members counts.
func ties(c *model.Coupled, part int) string {
	t := c.Ties[c.Local(part)]
	member := 0
	if t.Group != model.None {
		if n := &c.System.Nodes[c.Groups[t.Group]]; n.Kind == model.Standby && len(n.Children) > 2 || n.Over != nil {
			member = t.Member
		}
	}
	return fmt.Sprintf("crew %d group %d.%d struck by %v as %v doubted %v", t.Crew, t.Group, member, c.StruckBy(c.Local(part)), c.Conditions(c.Local(part)), c.Doubted(c.Local(part)))
}
