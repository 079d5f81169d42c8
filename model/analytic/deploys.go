package analytic

import (
	"errors"
	"fmt"
	"math"

	"nines/model"
)

// ErrDeploys says that too many bad deploys of a service are live at once to
// tell their numbers apart.
var ErrDeploys = errors.New("too many bad deploys live at once")

// A stream is the number of live bad deploys of a service, M/G/infinity: in
// the long run it is Poisson whatever the laws of detection and rollback
// (Takács, Introduction to the Theory of Queues, 1962, ch. 3), and the
// passages between n and n+1 are as frequent in both directions, rate * pi(n).
//
// Numbers from a last one on are taken together. Of their chances to spare a
// request only the mean counts, so served and wrong stay exact.
type stream struct {
	process
	spared []model.Prob // P that a request is hit by none of the live ones
}

// newStream tells numbers apart as far as the smallest `up at` of the system,
// 0 if it has none, can see them.
func newStream(d *model.Deploys, upAt float64) (stream, error) {
	mean := d.MeanLive()
	if upAt == 0 || d.Hits.P == 0 || d.Hits.Q == 0 {
		return anyLive(d.Rate, mean, d.Hits), nil
	}
	last, err := lastLive(mean, d.Hits, upAt)
	if err != nil {
		return stream{}, err
	}
	var s stream
	weight, spared := 1.0, model.Prob{P: 1}
	for n := range last {
		s.pi, s.spared = append(s.pi, weight), append(s.spared, spared)
		weight *= mean / float64(n+1)
		spared = hitOnce(spared, d.Hits)
	}
	tail, rest := poissonTail(mean, last, spared, d.Hits)
	s.pi, s.spared = append(s.pi, weight*tail), append(s.spared, rest)
	s.pi = scaled(s.pi, 1/sum(s.pi))
	s.moves = neighbours(d.Rate, s.pi)
	return s, nil
}

// anyLive tells none from some.
func anyLive(rate, mean float64, hits model.Prob) stream {
	none, some := math.Exp(-mean), -math.Expm1(-mean)
	pi := []float64{none, some}
	spared := model.Prob{P: 1}
	if hits.P > 0 {
		spared.P = math.Exp(-mean*hits.P) * math.Expm1(-mean*hits.Q) / math.Expm1(-mean)
		spared.Q = math.Expm1(-mean*hits.P) / math.Expm1(-mean)
	}
	return stream{process{pi, neighbours(rate, pi)}, []model.Prob{{P: 1}, spared}}
}

func neighbours(rate float64, pi []float64) []move {
	var moves []move
	for n := range len(pi) - 1 {
		moves = append(moves, move{n, n + 1, rate * pi[n]}, move{n + 1, n, rate * pi[n]})
	}
	return moves
}

// hitOnce is the chance to be spared by one more bad deploy.
func hitOnce(spared, hits model.Prob) model.Prob {
	return model.Prob{P: spared.P * hits.Q, Q: spared.Q + spared.P*hits.P}
}

// poissonTail gives the sum of mean^n/n! over n >= from relative to its first
// term, and the mean chance to be spared over them, which is spared at from.
func poissonTail(mean float64, from int, spared, hits model.Prob) (tail float64, rest model.Prob) {
	weight := 1.0
	for n := from; weight > 1e-17*tail; n++ {
		tail += weight
		rest.P += weight * spared.P
		rest.Q += weight * spared.Q
		weight *= mean / float64(n+1)
		spared = hitOnce(spared, hits)
	}
	return tail, model.Prob{P: rest.P / tail, Q: rest.Q / tail}
}

const (
	mostLive = 63  // numbers of live bad deploys that are told apart
	mostMean = 8.0 // more than mostLive then have a probability below 1e-30
)

// lastLive gives the number from which all are taken together. The share of
// spared requests crosses upAt before; what is beyond has less than 1e-17 of
// the probability of the crossing, or less than 1e-30.
func lastLive(mean float64, hits model.Prob, upAt float64) (int, error) {
	if mean > mostMean {
		return 0, fmt.Errorf("%w: %.3g on average, want at most %g beside an `up at`", ErrDeploys, mean, mostMean)
	}
	enough, spared, weight := 0.0, 1.0, 1.0
	for n := 1; n < mostLive; n++ {
		weight *= mean / float64(n)
		spared *= hits.Q
		if float64(n) > mean && (weight <= enough || weight < 1e-300) {
			return n, nil
		}
		if enough == 0 && spared < upAt-model.UpTolerance {
			enough = 1e-17 * weight
		}
	}
	return mostLive, nil
}
