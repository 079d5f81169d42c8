package openpsa

import (
	"math"
	"slices"
)

// A number is carried with its complement, so that 1 - exp(-x) and products of
// such keep all their digits.
type number struct {
	v, c float64 // c = 1 - v
}

func plain(v float64) number { return number{v, 1 - v} }

func truth(b bool) number {
	if b {
		return number{1, 0}
	}
	return number{0, 1}
}

// none is the value of an operation outside of its domain.
func none() number { return plain(math.NaN()) }

func (x number) finite() bool { return !math.IsNaN(x.v) && !math.IsInf(x.v, 0) }

func (x number) not() number { return number{x.c, x.v} }

// exp gives e^x and 1 - e^x.
func exp(x float64) number { return number{math.Exp(x), -math.Expm1(x)} }

// times: 1 - ab = (1-a) + a (1-b).
func (x number) times(y number) number { return number{x.v * y.v, x.c + x.v*y.c} }

func (x number) minus(y number) number {
	if x.v == 1 {
		return y.not()
	}
	return plain(x.v - y.v)
}

// An operation of the format: how many arguments it takes, most -1 for any
// number, and its value.
type operation struct {
	least, most int
	apply       func(x []number) number
}

var operations = map[string]operation{
	"neg":   unary(func(x float64) float64 { return -x }),
	"abs":   unary(math.Abs),
	"acos":  unary(math.Acos),
	"asin":  unary(math.Asin),
	"atan":  unary(math.Atan),
	"cos":   unary(math.Cos),
	"cosh":  unary(math.Cosh),
	"sin":   unary(math.Sin),
	"sinh":  unary(math.Sinh),
	"tan":   unary(math.Tan),
	"tanh":  unary(math.Tanh),
	"log":   unary(math.Log),
	"log10": unary(math.Log10),
	"sqrt":  unary(math.Sqrt),
	"ceil":  unary(math.Ceil),
	"floor": unary(math.Floor),
	"exp":   {1, 1, func(x []number) number { return exp(x[0].v) }},
	"mod":   binary(math.Mod),
	"pow":   binary(math.Pow),
	"pi":    {0, 0, func([]number) number { return plain(math.Pi) }},
	"add":   {1, -1, func(x []number) number { return plain(sum(x)) }},
	"mean":  {1, -1, func(x []number) number { return plain(sum(x) / float64(len(x))) }},
	"sub":   {2, -1, fold(number.minus)},
	"mul":   {1, -1, fold(number.times)},
	"div":   {2, -1, fold(func(x, y number) number { return plain(x.v / y.v) })},
	"min":   {1, -1, func(x []number) number { return slices.MinFunc(x, ascending) }},
	"max":   {1, -1, func(x []number) number { return slices.MaxFunc(x, ascending) }},

	"not": {1, 1, func(x []number) number { return truth(x[0].v == 0) }},
	"and": {1, -1, func(x []number) number { return truth(!slices.ContainsFunc(x, isFalse)) }},
	"or":  {1, -1, func(x []number) number { return truth(slices.ContainsFunc(x, isTrue)) }},
	"eq":  comparison(func(x, y float64) bool { return x == y }),
	"df":  comparison(func(x, y float64) bool { return x != y }),
	"lt":  comparison(func(x, y float64) bool { return x < y }),
	"gt":  comparison(func(x, y float64) bool { return x > y }),
	"leq": comparison(func(x, y float64) bool { return x <= y }),
	"geq": comparison(func(x, y float64) bool { return x >= y }),

	"exponential":   {2, 2, exponential},
	"GLM":           {4, 4, generalized},
	"Weibull":       {4, 4, weibull},
	"periodic-test": {4, 5, periodicTest},

	"uniform-deviate":   {2, 2, func(x []number) number { return plain(x[0].v/2 + x[1].v/2) }},
	"normal-deviate":    {2, 2, func(x []number) number { return x[0] }},
	"lognormal-deviate": {2, 3, lognormalMean},
	"gamma-deviate":     {2, 2, func(x []number) number { return plain(x[0].v * x[1].v) }},
	"beta-deviate":      {2, 2, betaMean},
}

func unary(f func(float64) float64) operation {
	return operation{1, 1, func(x []number) number { return plain(f(x[0].v)) }}
}

func binary(f func(x, y float64) float64) operation {
	return operation{2, 2, func(x []number) number { return plain(f(x[0].v, x[1].v)) }}
}

func comparison(f func(x, y float64) bool) operation {
	return operation{2, 2, func(x []number) number { return truth(f(x[0].v, x[1].v)) }}
}

func fold(f func(x, y number) number) func([]number) number {
	return func(x []number) number {
		total := x[0]
		for _, y := range x[1:] {
			total = f(total, y)
		}
		return total
	}
}

func sum(x []number) float64 {
	total := 0.0
	for _, y := range x {
		total += y.v
	}
	return total
}

func ascending(x, y number) int {
	switch {
	case x.v < y.v:
		return -1
	case x.v > y.v:
		return 1
	}
	return 0
}

func isTrue(x number) bool  { return x.v != 0 }
func isFalse(x number) bool { return x.v == 0 }

// exponential is the probability of failure by time t at rate lambda,
// 1 - e^(-lambda t). Arguments: lambda, t.
func exponential(x []number) number {
	if x[0].v < 0 || x[1].v < 0 {
		return none()
	}
	return exp(-x[0].v * x[1].v).not()
}

// generalized is the "generalized life model" of a part with probability gamma
// of failure on demand, failure rate lambda and repair rate mu:
// lambda/(lambda+mu) - (lambda - gamma (lambda+mu))/(lambda+mu) e^(-(lambda+mu) t),
// here as a sum of positive terms. Arguments: gamma, lambda, mu, t.
func generalized(x []number) number {
	gamma, lambda, mu, t := x[0], x[1].v, x[2].v, x[3].v
	if gamma.v < 0 || gamma.v > 1 || lambda < 0 || mu < 0 || t < 0 {
		return none()
	}
	rate := lambda + mu
	if rate == 0 {
		return gamma
	}
	stays := exp(-rate * t)
	return number{
		v: gamma.v*stays.v + lambda/rate*stays.c,
		c: gamma.c*stays.v + mu/rate*stays.c,
	}
}

// weibull is 1 - exp(-((t-t0)/alpha)^beta), 0 before t0. Arguments: alpha
// (scale), beta (shape), t0, t.
func weibull(x []number) number {
	alpha, beta, t := x[0].v, x[1].v, x[3].v-x[2].v
	if alpha <= 0 || beta <= 0 || x[2].v < 0 || x[3].v < 0 {
		return none()
	}
	return exp(-math.Pow(max(t, 0)/alpha, beta)).not()
}

// periodicTest is the probability that a part which fails at rate lambda is
// down at time t, when it is tested every tau from theta on and a failure that
// a test finds is repaired at rate mu, at once with four arguments. At the
// moment of a test it is the value just before. Arguments: lambda, [mu,] tau,
// theta, t.
func periodicTest(x []number) number {
	n := len(x)
	lambda, tau, theta, t := x[0].v, x[n-3].v, x[n-2].v, x[n-1].v
	if lambda < 0 || tau <= 0 || theta < 0 || t < 0 || x[1].v < 0 {
		return none()
	}
	if t <= theta {
		return exp(-lambda * t).not()
	}
	tests := math.Ceil((t - theta) / tau)
	since := t - theta - (tests-1)*tau
	if n == 4 {
		return exp(-lambda * since).not()
	}
	mu := x[1].v
	repair := inRepair(lambda, mu, tau, theta, tests)
	fails := exp(-lambda * since)
	up := repairedAndUp(lambda, mu, since)
	return number{
		v: (1-repair)*fails.c + repair*(1-up),
		c: (1-repair)*fails.v + repair*up,
	}
}

// repairedAndUp is the probability that a part whose repair begins at 0 is up
// at s: mu (e^(-mu s) - e^(-lambda s)) / (lambda - mu), also where the rates
// are equal or nearly so.
func repairedAndUp(lambda, mu, s float64) float64 {
	x := math.Abs(lambda-mu) * s
	if x == 0 {
		return mu * s * math.Exp(-mu*s)
	}
	return mu * s * math.Exp(-min(lambda, mu)*s) * -math.Expm1(-x) / x
}

// inRepair is the probability that a part is in repair after so many tests.
// From one test to the next r becomes (1-r) f + r (1-g), with f the chance to
// fail in between and g to be repaired and up, a geometric series in 1-f-g.
func inRepair(lambda, mu, tau, theta, tests float64) float64 {
	first, f, g := -math.Expm1(-lambda*theta), -math.Expm1(-lambda*tau), repairedAndUp(lambda, mu, tau)
	if f+g == 0 {
		return first
	}
	decayed, converged := math.Pow(1-f-g, tests-1), 0.0
	if f+g < 1 {
		converged = -math.Expm1((tests - 1) * math.Log1p(-f-g))
	} else {
		converged = 1 - decayed
	}
	return first*decayed + f*converged/(f+g)
}

// lognormalMean takes mean, error factor and its level, or mu and sigma of the
// logarithm.
func lognormalMean(x []number) number {
	if len(x) == 3 {
		return x[0]
	}
	return plain(math.Exp(x[0].v + x[1].v*x[1].v/2))
}

func betaMean(x []number) number {
	if x[0].v <= 0 || x[1].v <= 0 {
		return none()
	}
	total := x[0].v + x[1].v
	return number{x[0].v / total, x[1].v / total}
}
