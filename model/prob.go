package model

// Prob is a probability together with its complement. Both are carried, since
// 1 - P cannot be recovered from P when P is near 1 and vice versa.
type Prob struct {
	P, Q float64 // P + Q = 1
}

// ProbOf pairs p, in [0, 1], with 1 - p. Use it only where p is not near 1 or
// its complement does not matter.
func ProbOf(p float64) Prob { return Prob{P: p, Q: 1 - p} }

// Not swaps the two.
func (p Prob) Not() Prob { return Prob{P: p.Q, Q: p.P} }
