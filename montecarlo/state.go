package montecarlo

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// A coder writes numbers one after the other, or reads them back: the same
// walk over the data does both, so they cannot differ.
type coder struct {
	data []byte
	read bool
	err  error
}

// ErrState tells of a state that does not belong to the simulation that it is
// to be part of, or that is damaged.
var ErrState = errors.New("the state is damaged or of another simulation")

func (c *coder) word(x *uint64) {
	switch {
	case !c.read:
		c.data = binary.LittleEndian.AppendUint64(c.data, *x)
	case len(c.data) < 8:
		c.fail()
		*x = 0
	default:
		*x = binary.LittleEndian.Uint64(c.data)
		c.data = c.data[8:]
	}
}

func (c *coder) fail() { c.err, c.data = ErrState, nil }

func (c *coder) real(x *float64) {
	word := math.Float64bits(*x)
	if c.word(&word); c.read {
		*x = math.Float64frombits(word)
	}
}

func (c *coder) long(x *int64) {
	word := uint64(*x)
	if c.word(&word); c.read {
		*x = int64(word)
	}
}

func (c *coder) whole(x *int) {
	long := int64(*x)
	if c.long(&long); c.read {
		*x = int(long)
	}
}

func (c *coder) flag(x *bool) {
	word := uint64(0)
	if *x {
		word = 1
	}
	if c.word(&word); c.read {
		*x = word == 1
	}
}

// same fails unless what is read is x.
func (c *coder) same(x uint64) {
	if got := x; c.err == nil {
		if c.word(&got); got != x {
			c.fail()
		}
	}
}

// list walks over the items of a slice, each of at least so many words.
func list[T any](c *coder, items *[]T, words int, item func(*T)) {
	n := len(*items)
	if c.whole(&n); n < 0 || c.read && n > len(c.data)/8/words {
		c.fail()
		n = 0
	}
	if c.read {
		*items = make([]T, n)
	}
	for i := range *items {
		item(&(*items)[i])
	}
}

func (m *moments) code(c *coder) {
	c.real(&m.runs)
	for i := range m.mean {
		c.real(&m.mean[i])
		c.real(&m.peak[i])
		c.whole(&m.hits[i])
		c.whole(&m.less[i])
		for j := i; j < figures; j++ {
			c.real(&m.co[i][j])
		}
	}
}

func (d *digest) code(c *coder) {
	d.compact()
	c.long(&d.runs)
	c.long(&d.count)
	c.long(&d.squares)
	list(c, &d.bins, 5, func(b *bin) { b.code(c) })
}

func (b *bin) code(c *coder) {
	c.real(&b.low)
	c.real(&b.high)
	c.long(&b.count)
	c.long(&b.square)
	c.long(&b.cross)
}

func (r *record) code(c *coder) {
	for _, d := range []*digest{&r.down, &r.falls, &r.outage, &r.ended, &r.cut} {
		d.code(c)
	}
	list(c, &r.met, 5, func(b *bin) { b.code(c) })
	things := slices.Sorted(maps.Keys(r.blame))
	list(c, &things, 3, func(thing *int32) {
		number, b := int64(*thing), r.blame[*thing]
		c.long(&number)
		c.long(&b.begins)
		c.long(&b.ends)
		if c.read {
			r.add(int32(number), b)
		}
	})
}

func (g *stage) code(c *coder) {
	for _, x := range []*int{&g.first, &g.runs, &g.base, &g.chunks, &g.next} {
		c.whole(x)
	}
}

// momentsWords is a lower bound of the words of moments.
const momentsWords = 4 * figures

// code walks over what a study has found. What it is must be known.
func (s *study) code(c *coder) {
	for _, x := range []uint64{uint64(s.kind), s.number, uint64(len(s.totals)), math.Float64bits(s.end), math.Float64bits(s.each), uint64(s.perRun)} {
		c.same(x)
	}
	c.whole(&s.runs)
	c.long(&s.events)
	c.whole(&s.looks)
	c.flag(&s.done)
	s.stage.code(c)
	for t := range s.given {
		c.flag(&s.given[t])
	}
	list(c, (*[]block)(&s.pile), 2+momentsWords*len(s.totals), func(b *block) {
		c.whole(&b.first)
		c.whole(&b.level)
		if c.read {
			b.sums = make([]moments, len(s.totals))
		}
		for t := range b.sums {
			b.sums[t].code(c)
		}
	})
	for t := range s.records {
		s.records[t].code(c)
	}
	if c.read && !s.sound() {
		c.fail()
	}
}

// mostLevels is more than any pile has.
const mostLevels = 48

// sound says whether what was read can have been written.
func (s *study) sound() bool {
	g := &s.stage
	ok := g.first >= 0 && g.base >= 0 && 0 <= g.next && g.next <= g.chunks && g.chunks <= g.runs && s.runs >= 0
	for _, b := range s.pile {
		ok = ok && b.first >= 0 && 0 <= b.level && b.level < mostLevels
	}
	things := len(s.program.parts) + len(s.program.fixes) + len(s.program.graph.nodes)
	for t := range s.records {
		r := &s.records[t]
		ok = ok && (len(r.met) == 0 && r.down.count == 0 || len(r.met) == len(s.limits[t]))
		for thing := range r.blame {
			ok = ok && -1 <= thing && int(thing) < things
		}
	}
	return ok
}

// state is all that the studies have found.
func (s *simulation) state() []byte {
	c := &coder{}
	s.code(c)
	return c.data
}

func (s *simulation) code(c *coder) {
	c.same(uint64(len(s.studies)))
	for _, study := range s.studies {
		study.code(c)
	}
}

// restore goes back to a state.
func (s *simulation) restore(state []byte) error {
	c := &coder{data: state, read: true}
	s.code(c)
	if c.err == nil && len(c.data) > 0 {
		return ErrState
	}
	for _, study := range s.studies {
		study.sum()
		s.before.Runs += study.runs
		s.before.Events += study.events
		s.spent += study.effort()
	}
	if s.Runs > 0 {
		s.before.Done = float64(s.before.Runs) / float64(s.Runs*len(s.studies))
	}
	return c.err
}
