package montecarlo

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// few is the number of runs with an outage below which the variance that was
// seen is not believed to be all.
const few = 30

// A spread is a factor: the interval of a positive figure x is x/f to x·f,
// that of a share the same for its odds.
//
// It is exp(t s) with Student's t for the number of runs and the standard
// deviation s of log x. Of rare events the few that were seen may be too much
// alike; n of them then leave a variance of log x of least/n at the least,
// with 1 for a count and 2 for a time made of that many exponential ones, and
// the factor is the quantile of the F distribution with (4/s², 4/s²) degrees
// of freedom, whose logarithm has that variance. For a share of time with n
// exponential outages that is the classical exact interval with F(2n, 2n)
// (Trivedi and Bobbio, Reliability and Availability Engineering, 2017,
// section 10.2).
func spread(m *moments, variance float64, hits int, least, confidence float64) float64 {
	p := 0.5 + confidence/2
	f := math.Exp(student(m.runs-1, p) * math.Sqrt(variance))
	if hits < few {
		rare := least * (1 - float64(hits)/m.runs) / float64(hits)
		if s := max(variance, rare); s > 0 {
			f = max(f, distuv.F{D1: 4 / s, D2: 4 / s}.Quantile(p))
		}
	}
	return f
}

// manyDegrees of freedom are enough for the expansion of student.
const manyDegrees = 100

// student is the quantile of Student's t. With many degrees of freedom it is
// an expansion around that of the normal distribution (Abramowitz and Stegun
// 26.7.5), within 1e-7 of itself for p up to 1 - 1e-6 and a thousand times as
// fast as inverting the distribution.
func student(degrees, p float64) float64 {
	if degrees < manyDegrees {
		return distuv.StudentsT{Sigma: 1, Nu: max(1, degrees)}.Quantile(p)
	}
	x := distuv.UnitNormal.Quantile(p)
	y := x * x
	return x * (1 + ((y+1)/4+
		((5*y+16)*y+3)/96/degrees+
		(((3*y+19)*y+17)*y-15)/384/(degrees*degrees)+
		((((79*y+776)*y+1482)*y-1920)*y-945)/92160/(degrees*degrees*degrees))/degrees)
}

// proportion is the exact interval of a probability of which k in n trials
// came true (Clopper and Pearson 1934). If none or all did it is one-sided.
func proportion(k, n, confidence float64) (low, high float64) {
	tail := (1 - confidence) / 2
	switch k {
	case 0:
		return 0, unseen(n, confidence)
	case n:
		return math.Pow(1-confidence, 1/n), 1
	}
	return mathext.InvRegIncBeta(k, n-k+1, tail), mathext.InvRegIncBeta(k+1, n-k, 1-tail)
}

// unseen is the upper bound of a probability of which none in n trials came
// true.
func unseen(n, confidence float64) float64 {
	return -math.Expm1(math.Log1p(-confidence) / n)
}
