package markov

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// powers holds the transition matrices over h, 2h, 4h, ... of a small chain, h short enough for a few jumps, each the square of the one
// before. Everything is a sum of products of positive numbers, so small entries keep their relative accuracy, whatever the number of
// jumps in the time that is asked for. What squaring does spoil, the row sums, whose error would double each time, is known and put
// right (Moler and Van Loan 2003, section 9; Shao, Gao, Xue 2014).
type powers struct {
	base *uniform
	h    float64
	prob []blas64.General // prob[k] holds the probabilities of going from i to j in h 2^k
	time []blas64.General // time[k] the expected times spent in j within h 2^k from i
	v    []float64        // scratch
}

// longestDecay is where exp(-x) leaves the range.
const longestDecay = 700

// newPowers prepares the matrices over h.
func newPowers(u *uniform) (*powers, error) {
	n := len(u.leave)
	p := &powers{base: u, v: make([]float64, n)}
	_, exponent := math.Frexp(1 / u.often)
	p.h = math.Ldexp(1, exponent-1)
	prob, time := square(n), square(n)
	for i := range n {
		m := moment{prob: prob.Data[i*n : (i+1)*n], time: time.Data[i*n : (i+1)*n]}
		m.prob[i] = 1
		if _, err := u.advance(&m, p.h); err != nil {
			return nil, err
		}
	}
	p.keep(prob, time)
	return p, nil
}

func square(n int) blas64.General {
	return blas64.General{Rows: n, Cols: n, Stride: n, Data: make([]float64, n*n)}
}

// keep adds the matrices for the next power of two.
func (p *powers) keep(prob, time blas64.General) {
	n, dt := prob.Rows, p.span(len(p.prob))
	for i := range n {
		balance(prob.Data[i*n:(i+1)*n], i)
		row := time.Data[i*n : (i+1)*n]
		clearFaint(row)
		scale(row, dt/sum(row))
	}
	p.prob = append(p.prob, prob)
	p.time = append(p.time, time)
}

// balance makes the sum of row i of a transition matrix 1. A large diagonal entry is what is left by the others.
func balance(row []float64, i int) {
	clearFaint(row)
	others := sum(row[:i]) + sum(row[i+1:])
	if others < 0.5 {
		row[i] = 1 - others
	} else {
		scale(row, 1/(row[i]+others))
	}
}

// clearFaint removes the numbers that floating point holds with fewer digits, and slowly.
func clearFaint(row []float64) {
	for j, v := range row {
		if v < faintest {
			row[j] = 0
		}
	}
}

// span is the time that the matrices number k cover.
func (p *powers) span(k int) float64 { return math.Ldexp(p.h, k) }

// double adds the next matrices.
func (p *powers) double() {
	prob, time := p.prob[len(p.prob)-1], p.time[len(p.time)-1]
	prob2, time2 := square(prob.Rows), square(prob.Rows)
	copy(time2.Data, time.Data)
	blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, prob, prob, 0, prob2)
	blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, prob, time, 1, time2)
	p.keep(prob2, time2)
}

// advance moves m on by dt, by the powers of two that make it up. Each matrix and each product
// may have added a rounding for each of its terms; and what decays as exp(-x) has a relative error of x roundings.
func (p *powers) advance(m *moment, dt float64) (loss float64, err error) {
	for dt >= 2*p.span(len(p.prob)-1) {
		if err := p.base.ctx.Err(); err != nil {
			return 0, err
		}
		p.double()
	}
	loss = min(p.base.often*dt, longestDecay) * roundoff
	for k := len(p.prob) - 1; k >= 0; k-- {
		if span := p.span(k); dt >= span {
			dt -= span
			p.apply(m, k)
			loss += float64(len(p.v)+4*k+8) * roundoff
		}
	}
	rest, err := p.base.advance(m, dt)
	return loss + rest, err
}

// apply moves m on by the time of the matrices number k.
func (p *powers) apply(m *moment, k int) {
	v := blas64.Vector{N: len(p.v), Inc: 1, Data: p.v}
	copy(p.v, m.prob)
	whole := sum(p.v)
	blas64.Gemv(blas.Trans, 1, p.time[k], v, 1, blas64.Vector{N: v.N, Inc: 1, Data: m.time})
	blas64.Gemv(blas.Trans, 1, p.prob[k], v, 0, blas64.Vector{N: v.N, Inc: 1, Data: m.prob})
	scale(m.prob, whole/sum(m.prob))
}
