package analytic

import (
	"nines/model"
	"nines/model/markov"
)

// A joint is the Markov chain of a Coupled. The names of its states are the
// words of a model.Joint, two bytes each.
type joint struct {
	*markov.Space[string]
	coupled *model.Coupled
	like    symmetry
}

// newJoint explores the states of c, lumped by what can change places.
func newJoint(c *model.Coupled, like symmetry, opts markov.Options) (*joint, error) {
	w := &walk{c: c, like: like}
	space, err := markov.Explore(w.start(), w.next, opts)
	if err != nil {
		return nil, err
	}
	return &joint{space, c, like}, nil
}

// state gives the meaning of state i.
func (j *joint) state(i int) model.Joint { return decode(j.States[i], nil) }

// A walk goes from one state to the next. Clocks that take no time ring at
// once, so the states in which they run are passed through and not kept.
type walk struct {
	c    *model.Coupled
	like symmetry

	here    model.Joint
	running []model.Running
	name    []byte
}

func (w *walk) start() string {
	var name string
	w.settle(w.c.Start(), 1, func(s model.Joint, _ float64) { name = w.encode(s) })
	return name
}

// next emits what follows a state.
func (w *walk) next(name string, emit func(string, float64)) {
	w.here = decode(name, w.here)
	w.running = w.c.Running(w.here, w.running)
	for _, clock := range w.running {
		if clock.Speed == 0 {
			continue
		}
		rate := clock.Speed / clock.Law.Mean()
		w.c.Fire(w.here, clock.Clock, func(p float64, next model.Joint) {
			w.settle(next, p*rate, func(s model.Joint, rate float64) { emit(w.encode(s), rate) })
		})
	}
}

// settle follows the clocks of s that ring at once and gives the states in
// which time passes, each with its part of the weight.
func (w *walk) settle(s model.Joint, weight float64, visit func(s model.Joint, weight float64)) {
	for _, clock := range w.c.Running(s, nil) {
		if clock.Speed > 0 && clock.Law.Mean() == 0 {
			w.c.Fire(s, clock.Clock, func(p float64, next model.Joint) { w.settle(next, weight*p, visit) })
			return
		}
	}
	visit(s, weight)
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
