package markov

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
)

// Exact arithmetic, slow and independent of the package: what it computes is judged by it.

func rat(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }

// resolvent returns the exact a (s I - Q)^-1 for s = 10^-600, by Gauss-Jordan. Times s it is the long-run distribution, without s the
// time in each state that is left for good, both up to a relative error far below 1e-100.
func resolvent(q [][]float64, a []*big.Rat) ([]*big.Rat, *big.Rat) {
	n := len(q)
	s := new(big.Rat).Inv(new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(600), nil)))
	m := make([][]*big.Rat, n) // columns of the chain are rows of the system
	for j := range m {
		m[j] = make([]*big.Rat, n+1)
		for i := range n {
			m[j][i] = new(big.Rat)
			if i != j {
				m[j][i].Neg(rat(q[i][j]))
			}
		}
		m[j][n] = new(big.Rat).Set(a[j])
	}
	for i := range n {
		m[i][i].Set(s)
		for j := range n {
			if i != j {
				m[i][i].Add(m[i][i], rat(q[i][j]))
			}
		}
	}
	for k := range n {
		for i := range n {
			if i == k || m[i][k].Sign() == 0 {
				continue
			}
			f := new(big.Rat).Quo(m[i][k], m[k][k])
			for j := k; j <= n; j++ {
				m[i][j].Sub(m[i][j], new(big.Rat).Mul(f, m[k][j]))
			}
		}
	}
	x := make([]*big.Rat, n)
	for k := range x {
		x[k] = new(big.Rat).Quo(m[k][n], m[k][k])
	}
	return x, s
}

func rats(v []float64) []*big.Rat {
	r := make([]*big.Rat, len(v))
	for i := range v {
		r[i] = rat(v[i])
	}
	return r
}

func exactSteady(q [][]float64, a []float64) []float64 {
	x, s := resolvent(q, rats(a))
	p := make([]float64, len(x))
	for i := range x {
		p[i], _ = new(big.Rat).Mul(x[i], s).Float64()
		if p[i] < 1e-300 {
			p[i] = 0
		}
	}
	return p
}

// exactPassage returns what Passage does, without Hit, and without the times if the target may be missed.
func exactPassage(q [][]float64, a []float64, target Set) *Passage {
	stopped, rest := slices.Clone(q), rats(a)
	for i := range q {
		if target[i] {
			stopped[i] = make([]float64, len(q))
		}
	}
	x, s := resolvent(stopped, rest)
	var reach, miss, mean, half big.Rat
	for i := range x {
		end := new(big.Rat).Mul(x[i], s)
		if target[i] {
			reach.Add(&reach, end)
			rest[i] = new(big.Rat)
		} else {
			miss.Add(&miss, end)
			mean.Add(&mean, x[i])
			rest[i] = x[i]
		}
	}
	p := &Passage{Reach: float(&reach), Miss: float(&miss)}
	if p.Miss > 1e-200 {
		p.Mean, p.Variance = math.Inf(1), math.Inf(1)
		return p
	}
	y, _ := resolvent(stopped, rest)
	for i := range y {
		p.Time = append(p.Time, float(rest[i]))
		if !target[i] {
			half.Add(&half, y[i])
		}
	}
	p.Miss, p.Mean = 0, float(&mean)
	half.Add(&half, &half)
	p.Variance = float(half.Sub(&half, mean.Mul(&mean, &mean)))
	return p
}

// randomChain draws a chain of 1 to 6 states with rates up to the given number of decades apart, in which a transition is there with
// a random probability, and a start.
func randomChain(rng *rand.Rand, decades float64) (q [][]float64, start []float64) {
	n := 1 + rng.IntN(6)
	density := rng.Float64()
	q = make([][]float64, n)
	for i := range q {
		q[i] = make([]float64, n)
		for j := range q[i] {
			if i != j && rng.Float64() < density {
				q[i][j] = math.Pow(10, decades*(rng.Float64()-0.5))
			}
		}
	}
	start = make([]float64, n)
	if rng.IntN(2) == 0 {
		start[rng.IntN(n)] = 1
		return q, start
	}
	for range 4 {
		start[rng.IntN(n)] += 0.25
	}
	return q, start
}

// stationary returns the exact stationary distribution of the machine repair model with floating point parameters.
func (r repair) stationary() []*big.Rat {
	w := []*big.Rat{big.NewRat(1, 1)}
	all := big.NewRat(1, 1)
	for d := range r.n {
		birth := rat(float64(r.n-d) * r.fail)
		death := rat(float64(min(d+1, r.crews)) * r.mend)
		next := new(big.Rat).Mul(w[d], birth)
		w = append(w, next.Quo(next, death))
		all.Add(all, w[d+1])
	}
	for _, v := range w {
		v.Quo(v, all)
	}
	return w
}

// moments returns the exact mean and variance of the time from all up to more than the given number down. From d down, the step to
// d + 1 takes a time T with a mean m and second moment v: m = (1 + death m') / birth, where m' is that of the step to d, and likewise
// for v by conditioning on the first transition.
func (r repair) moments(spare int) (mean, variance *big.Rat) {
	mean, variance = new(big.Rat), new(big.Rat)
	m, v := new(big.Rat), new(big.Rat)
	two := big.NewRat(2, 1)
	for d := 0; d <= spare; d++ {
		birth := rat(float64(r.n-d) * r.fail)
		death := new(big.Rat)
		if d > 0 {
			death = rat(float64(min(d, r.crews)) * r.mend)
		}
		next := new(big.Rat).Mul(death, m)
		next.Add(next, big.NewRat(1, 1))
		next.Quo(next, birth)
		// E T^2 = 2/(b+d) E T + d/(b+d) E (T'+T)^2, solved for E T^2
		second := new(big.Rat).Mul(two, next)
		cross := new(big.Rat).Mul(two, new(big.Rat).Mul(m, next))
		cross.Add(cross, v)
		second.Add(second, cross.Mul(cross, death))
		second.Quo(second, birth)
		m, v = next, second
		mean.Add(mean, m)
		variance.Add(variance, v)
		variance.Sub(variance, new(big.Rat).Mul(m, m))
	}
	return mean, variance
}

func float(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

const bits = 1300

func big0(v float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(v) }

type matrix [][]*big.Float

func newMatrix(n int) matrix {
	m := make(matrix, n)
	for i := range m {
		m[i] = make([]*big.Float, n)
		for j := range m[i] {
			m[i][j] = big0(0)
		}
	}
	return m
}

func (a matrix) times(b matrix) matrix {
	c := newMatrix(len(a))
	for i := range a {
		for j := range a {
			for k := range a {
				c[i][j].Add(c[i][j], big0(0).Mul(a[i][k], b[k][j]))
			}
			if c[i][j].MantExp(nil) < -bits { // far below anything that counts, and slow
				c[i][j].SetInt64(0)
			}
		}
	}
	return c
}

// exponential returns exp(Q t) and its integral from 0 to t to some 400 digits: the Taylor series over a short time in plain signed
// arithmetic, doubled until t.
func exponential(q [][]float64, t float64) (prob, time matrix) {
	n := len(q)
	rates, most := newMatrix(n), 0.
	for i := range q {
		out := big0(0)
		for j := range q {
			if i != j {
				rates[i][j] = big0(q[i][j])
				out.Add(out, rates[i][j])
			}
		}
		rates[i][i].Neg(out)
		f, _ := out.Float64()
		most = max(most, f)
	}
	doublings := 0
	h := big0(t)
	for f := most * t; f > 1e-3; f /= 2 {
		doublings++
		h.Quo(h, big0(2))
	}
	for i := range n {
		for j := range n {
			rates[i][j].Mul(rates[i][j], h)
		}
	}
	prob, time = newMatrix(n), newMatrix(n)
	term := newMatrix(n)
	for i := range n {
		term[i][i].SetInt64(1)
	}
	for k := 1; k < 80; k++ {
		next := term.times(rates)
		for i := range n {
			for j := range n {
				prob[i][j].Add(prob[i][j], term[i][j])
				term[i][j].Mul(term[i][j], h)
				time[i][j].Add(time[i][j], term[i][j].Quo(term[i][j], big0(float64(k))))
				next[i][j].Quo(next[i][j], big0(float64(k)))
			}
		}
		term = next
	}
	for range doublings {
		more := prob.times(time)
		for i := range n {
			for j := range n {
				time[i][j].Add(time[i][j], more[i][j])
			}
		}
		prob = prob.times(prob)
	}
	return prob, time
}

// from returns a M.
func (m matrix) from(a []float64) []float64 {
	v := make([]float64, len(m))
	for j := range m {
		s := big0(0)
		for i := range m {
			s.Add(s, big0(0).Mul(big0(a[i]), m[i][j]))
		}
		v[j], _ = s.Float64()
	}
	return v
}
