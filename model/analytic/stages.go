package analytic

import (
	"math"

	"nines/model/dist"
)

// Stages stand for a law in a Markov chain: a row of exponential phases, each
// of which is the last with some probability (Cox, "A use of complex
// probabilities in the theory of stochastic processes", Proc. Cambridge Phil.
// Soc. 51, 1955).
type stages struct {
	rate  []float64 // of each phase
	on    []float64 // probability that another follows
	exact bool      // this is the law
}

// mostStages bounds the phases of a law that varies little.
const mostStages = 10

// newStages gives phases of the same mean, and of the same variance unless it
// is below that of mostStages equal ones. Erlang laws of up to so many phases
// and hyperexponential ones of two branches are what they are.
//
// With c the coefficient of variation: for c < 1 k-1 or k equal phases, where
// 1/k <= c^2 <= 1/(k-1) (Tijms, Stochastic Models, 1994, app. B); for c > 1 two
// phases of the rates 2/mean and 1/(mean c^2) (Marie, SIGMETRICS 1980).
func newStages(l dist.Law) *stages {
	switch l := l.(type) {
	case dist.Hyperexponential:
		if len(l.Branches) == 2 {
			return twoBranches(l.Branches[0], l.Branches[1])
		}
	case dist.Erlang:
		if l.Stages <= mostStages {
			return equalStages(l.Stages, l.Mean(), 0, true)
		}
	}
	mean := l.Mean()
	square := l.Variance() / (mean * mean)
	if square > 1 {
		return &stages{rate: []float64{2 / mean, 1 / (mean * square)}, on: []float64{1 / (2 * square), 0}}
	}
	k := min(math.Ceil(1/square), mostStages)
	less := max(0, (k*square-math.Sqrt(max(0, k*(1+square)-k*k*square)))/(1+square))
	return equalStages(int(k), mean, less, false)
}

// equalStages are k phases, or k-1 with the probability less.
func equalStages(k int, mean, less float64, exact bool) *stages {
	s := &stages{exact: exact}
	for i := range k {
		s.rate, s.on = append(s.rate, (float64(k)-less)/mean), append(s.on, 1)
		switch {
		case i == k-1:
			s.on[i] = 0
		case i == k-2:
			s.on[i] = 1 - less
		}
	}
	return s
}

// twoBranches is the row of phases that has the law of a choice between two:
// the faster one, and with some probability the slower one after it. Its
// transform is that of p a/(s+a) + q b/(s+b), a > b, if another phase follows
// with the probability q (a-b)/a.
func twoBranches(x, y dist.Branch) *stages {
	if x.MeanTime > y.MeanTime {
		x, y = y, x
	}
	return &stages{
		rate:  []float64{1 / x.MeanTime, 1 / y.MeanTime},
		on:    []float64{y.P * (y.MeanTime - x.MeanTime) / y.MeanTime, 0},
		exact: true,
	}
}
