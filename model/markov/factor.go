package markov

import "math"

// A factor is an eliminated chain, ready to be solved for any start.
type factor struct {
	unit  float64 // all rates were multiplied by it
	steps []step
	rest  []int32 // states left to the dense method, in its order
	dense *dense
}

// A step is the elimination of one state.
type step struct {
	state int32
	total float64 // rate out of it
	exit  float64 // probability that it exits
	out   line    // probabilities of where it goes otherwise
	in    line    // rates into it
}

const (
	large     = 0x1p600
	largeBits = 600
)

// solve scales down as it goes: the times of the long run of a chain can lie further apart than floating point reaches, those that
// matter are in range.
func (f *factor) solve(x []float64) (exponent int, err error) {
	s := &solution{x: x}
	scale(x, f.unit)
	for i := range f.steps {
		f.steps[i].forward(x)
	}
	s.dense(f)
	for i := len(f.steps) - 1; i >= 0; i-- {
		f.steps[i].backward(x)
		s.bound(x[f.steps[i].state])
	}
	return s.exponent, nil
}

func (f *factor) quality() (Method, float64) { return Elimination, 0 }

// size returns the number of rates held.
func (f *factor) size() int {
	n := len(f.dense.a)
	for i := range f.steps {
		n += len(f.steps[i].out.at) + len(f.steps[i].in.at)
	}
	return n
}

// forward sends the start of the state on to where it goes.
func (s *step) forward(x []float64) {
	v := x[s.state]
	if v == 0 {
		return
	}
	for k, j := range s.out.at {
		x[j] += float64(v * s.out.rate[k])
	}
}

// backward adds what comes in from the states that were still there.
func (s *step) backward(x []float64) {
	t := total{sum: x[s.state]}
	for k, i := range s.in.at {
		t.add(float64(x[i] * s.in.rate[k]))
	}
	x[s.state] = t.value() / s.total
}

type solution struct {
	x        []float64
	exponent int
}

// bound scales the solution down when one of its numbers has become large. What is lost then is 2^-largeBits of it.
func (s *solution) bound(v float64) {
	if v > large {
		scale(s.x, 1/large)
		s.exponent += largeBits
	}
}

// dense solves for the states of the dense method.
func (s *solution) dense(f *factor) {
	d := f.dense
	for i := range d.n {
		v := s.x[f.rest[i]]
		for j, p := range d.row(i)[i+1:] {
			s.x[f.rest[i+1+j]] += float64(v * p)
		}
	}
	for i := d.n - 1; i >= 0; i-- {
		s.x[f.rest[i]] /= d.total[i]
		s.bound(s.x[f.rest[i]])
		v := s.x[f.rest[i]]
		for j, rate := range d.row(i)[:i] {
			s.x[f.rest[j]] += float64(v * rate)
		}
	}
}

// finite says whether all numbers are in range.
func finite(x []float64) bool {
	for _, v := range x {
		if !(v <= math.MaxFloat64) {
			return false
		}
	}
	return true
}
