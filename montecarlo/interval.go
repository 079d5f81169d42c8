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
	f := math.Exp(distuv.StudentsT{Mu: 0, Sigma: 1, Nu: max(1, m.runs-1)}.Quantile(p) * math.Sqrt(variance))
	if hits < few {
		rare := least * (1 - float64(hits)/m.runs) / float64(hits)
		if s := max(variance, rare); s > 0 {
			f = max(f, distuv.F{D1: 4 / s, D2: 4 / s}.Quantile(p))
		}
	}
	return f
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
