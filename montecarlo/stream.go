package montecarlo

import "math/rand/v2"

// A stream is the source of random numbers of one run. It depends on the seed,
// the study and the number of the run alone, so it does not matter which
// worker does which run.
type stream struct {
	*rand.Rand
	pcg *rand.PCG
}

func newStream() stream {
	pcg := rand.NewPCG(0, 0)
	return stream{rand.New(pcg), pcg}
}

// start begins the stream of a run.
func (s *stream) start(seed, study, run uint64) {
	high := mix(seed ^ mix(study))
	s.pcg.Seed(high, mix(high+run))
}

// mix is the output function of splitmix64 after one step from x: a bijection
// that scatters neighbouring numbers (Steele, Lea, Flood, Fast splittable
// pseudorandom number generators, OOPSLA 2014; constants of Stafford's
// variant 13).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// positive is a uniform number of (0, 1].
func (s *stream) positive() float64 { return 1 - s.Float64() }

// fine is a uniform number of [0, 1) that is as fine near 0 as a float64 can
// hold, for chances far below 2^-53.
func (s *stream) fine() float64 {
	for scale := 1.0; ; scale /= 1 << 20 {
		if x := s.Float64(); x >= 1.0/(1<<20) || scale < 1e-300 {
			return x * scale
		}
	}
}
