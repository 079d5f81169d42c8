package model

import "math"

// A Call is what a service asks for over a network, on which messages are lost.
type Call struct {
	Network int // index of System.Networks
	Retry   int // further tries
}

// Lost is the probability that one try of a call over n is lost: the request
// or the answer, 1 - (1-loss)^2.
func (n *Network) Lost() Prob {
	return Prob{P: n.Loss.P * (1 + n.Loss.Q), Q: n.Loss.Q * n.Loss.Q}
}

// Through is the probability that at least one try is not lost, each lost by
// itself.
func (s *System) Through(c *Call) Prob {
	lost, tries := s.Networks[c.Network].Lost(), float64(c.Retry+1)
	if lost.P == 0 {
		return Prob{P: 1}
	}
	log := math.Log(lost.P)
	if lost.P > 0.5 {
		log = math.Log1p(-lost.Q)
	}
	return Prob{P: -math.Expm1(tries * log), Q: math.Exp(tries * log)}
}

// tries is the expected number of tries of a call, while what it asks answers.
func (s *System) tries(c *Call) float64 {
	lost := s.Networks[c.Network].Lost()
	if lost.Q == 0 {
		return float64(c.Retry + 1)
	}
	return s.Through(c).P / lost.Q
}

// Arrivals is the expected number of tries that reach what is called, while it
// answers.
func (s *System) Arrivals(c *Call) float64 {
	return s.tries(c) * s.Networks[c.Network].Loss.Q
}
