package analytic_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
)

// A shelf is a store by itself, as plainly as can be: things that fail, some of
// which are copies, and what each failure loses. Times are in days.
type shelf struct {
	things []item
	copies []int
	need   int
	crew   bool // one repairer for the copies, first come first served
}

type item struct {
	name  string
	in    int // the domain around it, or -1
	fails []failing
}

type failing struct {
	kind                          string
	every, detect, repair, resync float64
	loses                         float64
}

// Phases of a failure.
const (
	unnoticed = iota
	repaired
	resynced
)

// A standing is one state of a shelf, compared by its text.
type standing struct {
	mode, phase []int
	gone        [][]bool // by copy and thing: that has lost it
	queue       []int
}

func (s standing) clone() standing {
	c := standing{slices.Clone(s.mode), slices.Clone(s.phase), nil, slices.Clone(s.queue)}
	for _, g := range s.gone {
		c.gone = append(c.gone, slices.Clone(g))
	}
	return c
}

// holds says whether copy lies in thing, or is it.
func (f *shelf) holds(thing, copy int) bool {
	for i := f.copies[copy]; i >= 0; i = f.things[i].in {
		if i == thing {
			return true
		}
	}
	return false
}

func (f *shelf) lost(s standing) bool {
	left := 0
	for _, g := range s.gone {
		if !slices.Contains(g, true) {
			left++
		}
	}
	return left < f.need
}

// fail lets a thing fail; what it loses by chance is drawn copy by copy.
func (f *shelf) fail(s standing, thing, mode, copy int, p float64, emit func(standing, float64)) {
	m := f.things[thing].fails[mode]
	if copy == len(f.copies) {
		s = s.clone()
		s.mode[thing], s.phase[thing] = mode, repaired
		if m.kind == "silent" {
			s.phase[thing] = unnoticed
		}
		f.enqueue(&s, thing)
		emit(s, p)
		return
	}
	if m.loses > 0 && f.holds(thing, copy) {
		with := s.clone()
		with.gone[copy][thing] = true
		f.fail(with, thing, mode, copy+1, p*m.loses, emit)
		p *= 1 - m.loses
	}
	if p > 0 {
		f.fail(s, thing, mode, copy+1, p, emit)
	}
}

func (f *shelf) enqueue(s *standing, thing int) {
	if f.crewed(thing) && s.phase[thing] == repaired && f.things[thing].fails[s.mode[thing]].kind != "restart" {
		s.queue = append(s.queue, thing)
	}
}

func (f *shelf) crewed(thing int) bool { return f.crew && slices.Contains(f.copies, thing) }

// recover ends the phase that a thing is in.
func (f *shelf) recover(s standing, thing int) standing {
	s = s.clone()
	s.queue = slices.DeleteFunc(s.queue, func(i int) bool { return i == thing })
	m := f.things[thing].fails[s.mode[thing]]
	switch {
	case s.phase[thing] == unnoticed:
		s.phase[thing] = repaired
		f.enqueue(&s, thing)
	case s.phase[thing] == repaired && m.resync > 0:
		s.phase[thing] = resynced
	default:
		s.mode[thing], s.phase[thing] = -1, 0
		for _, g := range s.gone {
			g[thing] = false
		}
	}
	return s
}

func (f *shelf) next(s standing, emit func(standing, float64)) {
	for i, it := range f.things {
		if s.mode[i] < 0 {
			for m, fails := range it.fails {
				f.fail(s, i, m, 0, 1/fails.every, emit)
			}
			continue
		}
		m := it.fails[s.mode[i]]
		stay := [...]float64{unnoticed: m.detect, repaired: m.repair, resynced: m.resync}[s.phase[i]]
		if k := slices.Index(s.queue, i); k <= 0 {
			emit(f.recover(s, i), 1/stay)
		}
	}
}

// A full chain: the last state is that data is lost.
type fullChain struct {
	rates []map[int]float64
}

func (f *shelf) chain() *fullChain {
	start := standing{mode: slices.Repeat([]int{-1}, len(f.things)), phase: make([]int, len(f.things))}
	for range f.copies {
		start.gone = append(start.gone, make([]bool, len(f.things)))
	}
	index, states := map[string]int{fmt.Sprint(start): 0}, []standing{start}
	c := &fullChain{}
	for i := 0; i < len(states); i++ {
		row := map[int]float64{}
		f.next(states[i], func(s standing, rate float64) {
			if f.lost(s) {
				row[-1] += rate
				return
			}
			name := fmt.Sprint(s)
			if _, known := index[name]; !known {
				index[name] = len(states)
				states = append(states, s)
			}
			row[index[name]] += rate
		})
		c.rates = append(c.rates, row)
	}
	return c
}

// mean time to the loss, by elimination of the states from the last on without
// a subtraction (Grassmann, Taksar, Heyman 1985).
func (c *fullChain) mean() float64 {
	n := len(c.rates)
	q, stay := make([][]float64, n), slices.Repeat([]float64{1}, n)
	for i, row := range c.rates {
		q[i] = make([]float64, n+1)
		for j, rate := range row {
			q[i][(j+n+1)%(n+1)] = rate
		}
	}
	for k := n - 1; k >= 0; k-- {
		out := q[k][n]
		for j := range k {
			out += q[k][j]
		}
		if k == 0 {
			return stay[0] / out
		}
		for i := range k {
			share := q[i][k] / out
			stay[i] += share * stay[k]
			for j := range k {
				if j != i {
					q[i][j] += share * q[k][j]
				}
			}
			q[i][n] += share * q[k][n]
		}
	}
	panic("no state")
}

// within is the probability of the loss by t, by uniformisation, the lost mass
// added up.
func (c *fullChain) within(t float64) float64 {
	fastest := 0.0
	for _, row := range c.rates {
		out := 0.0
		for _, rate := range row {
			out += rate
		}
		fastest = max(fastest, out)
	}
	now, lost, sum := make([]float64, len(c.rates)), 0.0, 0.0
	now[0] = 1
	mean := fastest * t
	for k := 0; float64(k) < mean+40*math.Sqrt(mean)+100; k++ {
		log, _ := math.Lgamma(float64(k + 1))
		sum += math.Exp(float64(k)*math.Log(mean)-mean-log) * lost
		next := make([]float64, len(now))
		for i, p := range now {
			left := 1.0
			for j, rate := range c.rates[i] {
				if left -= rate / fastest; j < 0 {
					lost += p * rate / fastest
				} else {
					next[j] += p * rate / fastest
				}
			}
			next[i] += p * max(left, 0)
		}
		now = next
	}
	return sum
}

func randomShelf(r *rand.Rand) *shelf {
	f := &shelf{crew: r.IntN(4) == 0}
	days := func(least float64) float64 { return least * (1 + math.Floor(9*r.Float64())) }
	modes := func(kinds []string, often float64, most int) (list []failing) {
		for range 1 + r.IntN(most) {
			m := failing{kind: kinds[r.IntN(len(kinds))], every: days(often), repair: days(0.5), loses: []float64{0, 1, 1, 0.25}[r.IntN(4)]}
			switch m.kind {
			case "silent":
				m.detect = days(0.25)
			case "restart":
				if r.IntN(2) == 0 {
					m.resync = days(0.125)
				}
			}
			list = append(list, m)
		}
		return list
	}
	site := -1
	if r.IntN(3) == 0 {
		f.things = append(f.things, item{"site", -1, modes([]string{"stop"}, 60, 1)})
		site = 0
	}
	racks := []int{site}
	if r.IntN(2) == 0 {
		racks = nil
		for i := range 1 + r.IntN(2) {
			racks = append(racks, len(f.things))
			f.things = append(f.things, item{fmt.Sprint("rack", i), site, modes([]string{"stop", "silent"}, 50, 1)})
		}
	}
	same := modes([]string{"stop", "silent", "restart"}, 20, 2)
	for i := range 2 + r.IntN(2) {
		f.copies = append(f.copies, len(f.things))
		if r.IntN(3) == 0 {
			same = modes([]string{"stop", "silent", "restart"}, 20, 2)
		}
		f.things = append(f.things, item{fmt.Sprint("disk", i), racks[i%len(racks)], same})
	}
	f.need = 1 + r.IntN(len(f.copies)-1)
	return f
}

// text is the shelf in the language.
func (f *shelf) text() string {
	var b strings.Builder
	var names []string
	for i, it := range f.things {
		kind, in := "domain", ""
		if slices.Contains(f.copies, i) {
			kind = "component"
			names = append(names, it.name)
		}
		if it.in >= 0 {
			in = " in " + f.things[it.in].name
		}
		fmt.Fprintf(&b, "%s %s%s {", kind, it.name, in)
		for _, m := range it.fails {
			fmt.Fprintf(&b, " fails %s every %gd", m.kind, m.every)
			if m.detect > 0 {
				fmt.Fprintf(&b, " detect %gd", m.detect)
			}
			fmt.Fprintf(&b, " repair %gd", m.repair)
			if m.resync > 0 {
				fmt.Fprintf(&b, " resync %gd", m.resync)
			}
			if m.loses > 0 {
				fmt.Fprintf(&b, " loses %g data", m.loses)
			}
		}
		b.WriteString(" }\n")
	}
	fmt.Fprintf(&b, "store s { fragments %d of (%s) }\n", f.need, strings.Join(names, ", "))
	if f.crew {
		fmt.Fprintf(&b, "crew ops x 1 { repairs %s }\n", strings.Join(names, ", "))
	}
	return b.String()
}

// TestDurability holds random stores against the chain of all their states,
// copies counted one by one.
func TestDurability(t *testing.T) {
	const day, most = 86400, 400
	compared := 0
	for seed := range uint64(90) {
		f := randomShelf(rand.New(rand.NewPCG(seed, 3)))
		text := f.text()
		sys, list := dsl.Load("shelf.nines", []byte(text), dsl.Options{})
		if sys == nil {
			t.Fatalf("%v\n%s", list, text)
		}
		chain := f.chain()
		if len(chain.rates) > most {
			continue
		}
		results, notes, err := analytic.Evaluate(context.Background(), sys, analytic.Options{Targets: []string{"s"}, Measures: []model.Measure{model.MTTDL}})
		if err != nil {
			t.Fatal(err)
		}
		loss, known := results[0].Find(model.DataLoss)
		if !known {
			t.Fatalf("%v\n%s", notes, text)
		}
		want, mean := chain.within(365), chain.mean()
		mttdl, ok := results[0].Find(model.MTTDL)
		if math.IsInf(mean, 1) || math.IsNaN(mean) {
			if ok || loss.Value != 0 {
				t.Errorf("seed %d: got %v and %v of data that nothing loses\n%s", seed, loss.Value, mttdl.Value, text)
			}
			continue
		}
		compared++
		if math.Abs(loss.Value-want) > 1e-9*want || math.Abs(mttdl.Value/day-mean) > 1e-9*mean || loss.Method != model.Exact || mttdl.Method != model.Exact {
			t.Errorf("seed %d, %d states: data loss %v and mttdl %v d, want %v and %v\n%s", seed, len(chain.rates), loss.Value, mttdl.Value/day, want, mean, text)
		}
	}
	if compared < 40 {
		t.Errorf("only %d stores were compared", compared)
	}
}

// A dying context is cancelled after some looks at it.
type dying struct {
	context.Context
	looks atomic.Int64
}

func (d *dying) Err() error {
	if d.looks.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestDurabilityCancelled: wherever it is cancelled, an evaluation ends with an answer or an error.
func TestDurabilityCancelled(t *testing.T) {
	sys, list := dsl.Load("case", []byte(`domain hall[3] { fails every 10y repair 7d loses data }
component disk { fails every 1y repair 1d loses data }
store s { disk x 3 in hall read 2 write 2 }
store o { disk x 2 in hall read 1 write 1 }`), dsl.Options{})
	if sys == nil {
		t.Fatal(list)
	}
	for looks := range int64(60) {
		ctx := &dying{Context: t.Context()}
		ctx.looks.Store(looks)
		if _, _, err := analytic.Evaluate(ctx, sys, analytic.Options{}); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d looks: %v", looks, err)
		}
	}
}
