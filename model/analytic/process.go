package analytic

import (
	"nines/model"
	"nines/model/dist"
)

// A process is the long-run behaviour of something that passes between states:
// the probability of each and how often it passes from one to another.
type process struct {
	pi    []float64
	moves []move
}

// A move is the passage between two states, so many times per second.
type move struct {
	from, to int
	rate     float64
}

// longRun solves the automaton as a semi-Markov process that is renewed
// whenever it comes back to state 0: the probability of a state is its visits
// per cycle times its mean stay, over the mean cycle (Ross, Stochastic
// Processes, 1996, sec. 4.8). Where a state that is never left can be reached,
// all the probability ends in such states.
//
// Everything is a sum of positive terms: small probabilities keep the relative
// accuracy of dist.Race.
func longRun(a *model.Automaton) process {
	n := len(a.States)
	visits, stays, ends := make([]float64, n), make([]float64, n), make([]float64, n) // per cycle
	visits[0] = 1
	var moves []move
	for i := range a.States {
		clocks := a.States[i].Clocks
		if len(clocks) == 0 {
			ends[i] = visits[i]
			continue
		}
		race := dist.Race(laws(clocks))
		stays[i] = visits[i] * race.Mean
		_, lasting := lasting(a, i)
		for j, c := range clocks {
			if c.To > i {
				visits[c.To] += visits[i] * race.Win[j]
			}
			moves = pass(a, moves, move{i, c.To, visits[i] * lasting * race.Win[j]})
		}
	}
	if total := sum(ends); total > 0 {
		return process{pi: scaled(ends, 1/total)}
	}
	cycle := sum(stays)
	for i := range moves {
		moves[i].rate /= cycle
	}
	return process{scaled(stays, 1/cycle), moves}
}

// pass adds a move, carried on through states that are left the moment they
// are entered, since a passage of zero length is none.
func pass(a *model.Automaton, moves []move, m move) []move {
	for {
		fleeting, lasting := lasting(a, m.to)
		if last := m.rate * lasting; last > 0 && m.from != m.to {
			moves = append(moves, move{m.from, m.to, last})
		}
		if m.rate *= fleeting; m.rate == 0 {
			return moves
		}
		m.to = a.States[m.to].Clocks[0].To
	}
}

// lasting gives the probabilities that a visit to a state takes no time and
// that it takes some. As new, nothing fails at once.
func lasting(a *model.Automaton, state int) (fleeting, lasting float64) {
	clocks := a.States[state].Clocks
	if state == 0 || len(clocks) == 0 {
		return 0, 1
	}
	return clocks[0].Law.CDF(0), clocks[0].Law.Survival(0)
}

func laws(clocks []model.Clock) []dist.Law {
	all := make([]dist.Law, len(clocks))
	for i, c := range clocks {
		all[i] = c.Law
	}
	return all
}

func sum(xs []float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}

func scaled(xs []float64, by float64) []float64 {
	all := make([]float64, len(xs))
	for i, x := range xs {
		all[i] = x * by
	}
	return all
}
