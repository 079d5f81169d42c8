package analytic

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"nines/model"
	"nines/model/dist"
)

// A renewal follows a part by itself through time, whatever its laws. It is as
// new at 0 and again at the rate h(t), the solution of the renewal equation
//
//	h(t) = f(t) + ∫ h(u) f(t-u) du, u from 0 to t,
//
// f the density of the time from as new to as new; the probability of a state i
// is then c_i(t) + ∫ h(u) c_i(t-u) du, where c_i(x) is that of being in state i
// at the age x and not yet as new again (Cox, Renewal Theory, 1962, ch. 4 and
// 7). The equations are solved panel by panel by collocation.
type renewal struct {
	*mesh
	part   *model.Automaton
	kinks  []float64                   // where probabilities are not smooth
	values []int                       // of the block, by state
	states []func(age float64) float64 // c
	cycle  *table                      // f
	again  *table                      // h
}

const (
	mostKinks    = 24
	mostCycles   = 40    // that are followed
	mostRenewals = 8     // parts of different kinds that are followed
	offBalance   = 1e-11 // of the sum of all probabilities from 1: then the solution is not trusted
)

// newRenewal gives nil for a part that is not followed this way: a failure at
// certain times, too many kinks, or a horizon of very many cycles.
func newRenewal(a *model.Automaton, end float64) *renewal {
	race := laws(a.States[0].Clocks)
	kinks := []float64{0}
	var breaks []float64
	mean := dist.Race(race).Mean
	for _, l := range race {
		if lumpy(l) {
			return nil
		}
		breaks = append(breaks, dist.Breaks(l)...)
	}
	for _, s := range a.States[1:] {
		for _, clock := range s.Clocks {
			mean += clock.Law.Mean()
			breaks = append(breaks, dist.Breaks(clock.Law)...)
			if lumpy(clock.Law) || angular(clock.Law) {
				kinks = sums(kinks, dist.Breaks(clock.Law), end)
			}
		}
	}
	end = min(end, mostCycles*mean)
	for range 3 { // what follows the second recovery, the third
		kinks = sums(kinks, kinks, end)
	}
	m := newMesh(end, mean/2, append(breaks, kinks...))
	if m == nil {
		return nil
	}
	r := &renewal{mesh: m, part: a, kinks: kinks}
	r.age(race)
	r.solve()
	return r
}

// lumpy says whether a law has no density.
func lumpy(l dist.Law) bool {
	switch l.(type) {
	case dist.Fixed, dist.Empirical:
		return true
	}
	return false
}

// angular says whether a law has a density that jumps or bends.
func angular(l dist.Law) bool {
	switch l.(type) {
	case dist.Uniform, dist.Triangular:
		return true
	}
	return false
}

// sums adds to some times their sums with others, the shortest up to end.
func sums(some, others []float64, end float64) []float64 {
	all := slices.Clone(some)
	for _, x := range some {
		for _, y := range others {
			if x+y < end {
				all = append(all, x+y)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), mostKinks)]
}

// age finds what is known of the ages up to the next renewal: each mode is a
// row of states, entered one from the other.
func (r *renewal) age(race []dist.Law) {
	r.states = make([]func(float64) float64, len(r.part.States))
	r.states[0] = func(x float64) float64 {
		p := 1.0
		for _, l := range race {
			p *= l.Survival(x)
		}
		return p
	}
	total := r.tabulate(func(float64) float64 { return 0 })
	for j, clock := range r.part.States[0].Clocks {
		entered := func(x float64) float64 { return ring(race, j, x) }
		at := clock.To
		for at != 0 && len(r.part.States[at].Clocks) > 0 {
			next := r.part.States[at].Clocks[0]
			from := entered
			r.states[at] = r.tabulate(func(x float64) float64 { return r.convolve(x, from, next.Law.Survival) }).at
			entered = r.tabulate(func(x float64) float64 { return r.leave(x, from, next.Law) }).at
			at = next.To
		}
		if at != 0 { // for good
			from := entered
			r.states[at] = r.tabulate(func(x float64) float64 { return r.convolve(x, from, func(float64) float64 { return 1 }) }).at
			continue
		}
		for p := range total.values {
			for k, x := range r.nodes {
				total.values[p][k] += entered(r.time(p, x))
			}
		}
	}
	r.cycle = total
}

// leave is the density at age x of leaving a state that is entered with a
// density.
func (r *renewal) leave(x float64, entered func(float64) float64, l dist.Law) float64 {
	if !lumpy(l) {
		return r.convolve(x, entered, l.Density)
	}
	sum := 0.0
	times := dist.Breaks(l)
	for _, d := range times {
		if d < x {
			sum += entered(x - d)
		}
	}
	return sum / float64(len(times))
}

// solve finds h, from panel to panel: what it is on earlier ones is known, on
// the panel at hand its values at the nodes are the solution of linear
// equations.
func (r *renewal) solve() {
	r.again = r.tabulate(func(float64) float64 { return 0 })
	for p := range r.again.values {
		equations := mat.NewDense(meshNodes, meshNodes, nil)
		right := mat.NewVecDense(meshNodes, nil)
		for k, x := range r.nodes {
			t := r.time(p, x)
			row := [meshNodes]float64{}
			known := r.cycle.at(t)
			r.fold(t, func(u, rest, share float64) {
				kernel := share * r.cycle.at(rest)
				if u <= r.ends[p] {
					known += kernel * r.again.at(u)
					return
				}
				var w [meshNodes]float64
				_, place := r.locate(u)
				r.weigh(place, &w)
				for j := range w {
					row[j] += kernel * w[j]
				}
			})
			for j := range row {
				row[j] = -row[j]
			}
			row[k]++
			equations.SetRow(k, row[:])
			right.SetVec(k, known)
		}
		var solution mat.VecDense
		if err := solution.SolveVec(equations, right); err != nil {
			solution.ReuseAsVec(meshNodes) // the balance shows it
		}
		for k := range meshNodes {
			r.again.values[p][k] = solution.AtVec(k)
		}
	}
}

// at gives the probabilities of the states at a time, nil where they are not
// known: they do not add up to 1, or have not come to rest by the last cycle that
// was followed.
func (r *renewal) at(t float64) []float64 {
	if end := r.ends[len(r.ends)-1]; t > end {
		rest, last := longRun(r.part).pi, r.at(end)
		for i, p := range last {
			if math.Abs(p-rest[i]) > offBalance {
				return nil
			}
		}
		if last == nil {
			return nil
		}
		return rest
	}
	p := make([]float64, len(r.states))
	for i, c := range r.states {
		if c != nil {
			p[i] = max(0, c(t)+r.convolve(t, r.again.at, c))
		}
	}
	all := sum(p)
	if !(math.Abs(all-1) <= offBalance) {
		return nil
	}
	return scaled(p, 1/all)
}

// follow gives the course of a part whose block has so many values, nil where
// it is not to be trusted.
func (r *renewal) follow(values int, times []float64) course {
	all := make(course, len(times))
	for k, t := range times {
		states := r.at(t)
		if states == nil {
			return nil
		}
		all[k] = make([]float64, values)
		for i, p := range states {
			all[k][r.values[i]] += p
		}
	}
	return all
}
