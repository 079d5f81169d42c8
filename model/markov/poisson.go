package markov

import "math"

// weights are the probabilities of a Poisson distribution, all of them that are not below the range of floating point.
type weights struct {
	first int       // number of events that weigh[0] belongs to
	weigh []float64 // probability of first, first+1, ... events
	above []float64 // probability of more than that
}

const faintest = 1e-300

// poisson returns the weights for the given mean. It starts at the mode, where Stirling's series gives the weight to the last digit,
// and multiplies its way outwards; nothing is cut off but what underflows, so sums in which the tails matter stay right.
func poisson(mean float64) *weights {
	mode := math.Floor(mean)
	top := stirling(mode, mean)
	var below []float64
	for k, w := mode, top; k > 0; k-- {
		if w *= k / mean; w < faintest {
			break
		}
		below = append(below, w)
	}
	p := &weights{first: int(mode) - len(below)}
	for i := range below {
		p.weigh = append(p.weigh, below[len(below)-1-i])
	}
	for k, w := mode, top; w >= faintest; k++ {
		p.weigh = append(p.weigh, w)
		w *= mean / (k + 1)
	}
	p.above = make([]float64, len(p.weigh))
	for i := len(p.above) - 2; i >= 0; i-- {
		p.above[i] = p.above[i+1] + p.weigh[i+1]
	}
	return p
}

// at returns the probabilities of k events and of more than k.
func (p *weights) at(k int) (weigh, above float64) {
	if k < p.first {
		return 0, 1
	}
	return p.weigh[k-p.first], p.above[k-p.first]
}

func (p *weights) last() int { return p.first + len(p.weigh) - 1 }

// stirling returns the Poisson probability of k events, k being the whole part of the mean: k^k e^-k / k! by Stirling's series, times
// what the mean differs from k.
func stirling(k, mean float64) float64 {
	if k < 100 {
		w := math.Exp(-mean)
		for i := 1.; i <= k; i++ {
			w *= mean / i
		}
		return w
	}
	series := (1./12 - (1./360-1/(1260*k*k))/(k*k)) / k
	d := mean - k
	return math.Exp(k*(math.Log1p(d/k)-d/k)-series) / math.Sqrt(2*math.Pi*k)
}
