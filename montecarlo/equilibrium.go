package montecarlo

import (
	"math"
	"slices"
	"sort"

	"nines/model/dist"
)

// An equilibrium is the long run of one part: where it is found at a random
// moment, and since when.
//
// The states follow the semi-Markov theorem (Çinlar, Introduction to
// Stochastic Processes, 1975, theorem 10.5.22): P(state) is proportional to
// the visits of the embedded chain times the mean stay. The age of the state
// has the density P(no clock has rung by then)/(mean stay). A part that ends
// up for good somewhere is there.
type equilibrium struct {
	share []float64 // of each state
	ages  []*ageLaw // of each state; nil where the age does not matter
	cycle float64   // mean time from as-new to as-new, s; +Inf if it ends up somewhere
	moves float64   // mean number of changes of state on the way, 0 if it ends up somewhere
	back  []float64 // mean time from the start of each state to as-new, s
}

// newEquilibrium works out the long run of a part with these states, whose
// clocks lead to indices of the same list.
func newEquilibrium(states []state, base int32) *equilibrium {
	chain, stay := embedded(states, base)
	e := &equilibrium{ages: make([]*ageLaw, len(states)), back: returns(chain, stay)}
	e.share = visits(chain)
	if e.settle(states) {
		return e
	}
	e.moves = sum(e.share)
	for i := range states {
		e.share[i] *= stay[i]
		e.ages[i] = newAgeLaw(&states[i])
	}
	e.cycle = sum(e.share)
	normalise(e.share, e.cycle)
	return e
}

// embedded gives the chain of the states and the mean stay in each. From a
// state that is never left the chain goes on as new.
func embedded(states []state, base int32) (chain [][]float64, stay []float64) {
	n := len(states)
	chain, stay = make([][]float64, n), make([]float64, n)
	for i := range states {
		chain[i] = make([]float64, n)
		outcome := dist.Race(states[i].laws())
		stay[i] = outcome.Mean
		if len(states[i].clocks) == 0 {
			chain[i][0] = 1
		}
		for c, p := range outcome.Win {
			chain[i][states[i].clocks[c].to-base] += p
		}
	}
	return chain, stay
}

// settle keeps the states that are never left, if there are any. The chain
// went on from them as new, so its visits to them are in the ratio in which it
// ends there.
func (e *equilibrium) settle(states []state) bool {
	ends := make([]float64, len(states))
	for i := range states {
		if len(states[i].clocks) == 0 {
			ends[i] = e.share[i]
		}
	}
	total := sum(ends)
	if total == 0 {
		return false
	}
	normalise(ends, total)
	e.share, e.cycle = ends, math.Inf(1)
	return true
}

// returns are the mean times to state 0, by as many sweeps as there are states:
// exact unless a part can go round in a circle without being as new, and then
// a little short.
func returns(chain [][]float64, stay []float64) []float64 {
	back := make([]float64, len(stay))
	for range chain {
		for i := 1; i < len(stay); i++ {
			back[i] = stay[i]
			for j := 1; j < len(stay); j++ {
				if chain[i][j] > 0 {
					back[i] += chain[i][j] * back[j]
				}
			}
		}
	}
	return back
}

// visits is the stationary vector of a chain by elimination without
// subtractions (Grassmann, Taksar, Heyman 1985). Every state is reached from
// state 0 and state 0 from every state.
func visits(chain [][]float64) []float64 {
	n := len(chain)
	for k := n - 1; k > 0; k-- {
		out := sum(chain[k][:k])
		for i := range k {
			chain[i][k] /= out
			for j := range k {
				chain[i][j] += chain[i][k] * chain[k][j]
			}
		}
	}
	v := make([]float64, n)
	v[0] = 1
	for k := 1; k < n; k++ {
		for i := range k {
			v[k] += v[i] * chain[i][k]
		}
	}
	return v
}

func sum(xs []float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}

func normalise(xs []float64, total float64) {
	for i := range xs {
		xs[i] /= total
	}
}

// draw picks a state, as an index from 0.
func (e *equilibrium) draw(s *stream) int32 {
	u := s.Float64()
	for i, p := range e.share {
		if u < p {
			return int32(i)
		}
		u -= p
	}
	return int32(slices.Index(e.share, slices.Max(e.share)))
}

// An ageLaw draws the age of a state that is found at a random moment. Its
// density is proportional to S(x), the probability that no clock has rung by
// x, which never rises; so it lies under a staircase, and a draw from the
// staircase is kept with the chance that makes it exact. What lies beyond the
// last step is neglected, less than 1e-15 of the whole.
type ageLaw struct {
	laws  []dist.Law
	steps []float64 // where a step begins, and the end of the last
	tops  []float64 // S at the beginning of each step
	areas []float64 // of the steps up to and with each
}

// newAgeLaw is nil where no clock has a memory.
func newAgeLaw(st *state) *ageLaw {
	if st.exponential() {
		return nil
	}
	a := &ageLaw{laws: st.laws()}
	knots := []float64{0}
	for _, l := range a.laws {
		knots = append(knots, staircase(l)...)
	}
	slices.Sort(knots)
	area := 0.0
	for i, x := range slices.Compact(knots) {
		if i > 0 {
			area += a.tops[i-1] * (x - a.steps[i-1])
			a.areas = append(a.areas, area)
		}
		top := a.survival(x)
		a.steps, a.tops = append(a.steps, x), append(a.tops, top)
		if top == 0 {
			break
		}
	}
	return a
}

// staircase lists times between which the survival of l falls slowly: in equal
// steps through the bulk, by half in the tail, and faster still far out.
func staircase(l dist.Law) []float64 {
	times := dist.Breaks(l)
	for level := 1.0; level < 64; level++ {
		times = append(times, l.SurvivalQuantile(level/64))
	}
	for level := 7.0; level < 990; level += max(1, level/16) {
		times = append(times, l.SurvivalQuantile(math.Exp2(-level)))
	}
	return slices.DeleteFunc(times, func(t float64) bool { return !(t > 0) || math.IsInf(t, 1) })
}

func (a *ageLaw) survival(x float64) float64 {
	s := 1.0
	for _, l := range a.laws {
		s *= l.Survival(x)
	}
	return s
}

func (a *ageLaw) draw(s *stream) float64 {
	total := a.areas[len(a.areas)-1]
	for {
		step := sort.SearchFloat64s(a.areas, s.positive()*total)
		x := a.steps[step] + s.Float64()*(a.steps[step+1]-a.steps[step])
		if s.Float64()*a.tops[step] < a.survival(x) {
			return x
		}
	}
}
