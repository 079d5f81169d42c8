package dsl

import (
	"fmt"
	"math"
	"math/big"
)

// quantity is an exact value in base units: seconds, requests, 1. Exact, so
// that 1 - 99.95% is 5e-4 to the last digit and ceil(0.07 * 100) is 7.
type quantity struct {
	value *big.Rat
	dim   dimension
	share bool // written with % or nines, so that a plain number is not meant
}

// dimension holds the powers of the base units.
type dimension struct {
	time, requests int
}

var (
	number      = dimension{}
	duration    = dimension{time: 1}
	rate        = dimension{time: -1}
	requestRate = dimension{time: -1, requests: 1}
)

// String names the dimension with its article.
func (d dimension) String() string {
	switch d {
	case number:
		return "a number"
	case duration:
		return "a duration"
	case rate:
		return "a rate"
	case requestRate:
		return "a request rate"
	case dimension{requests: 1}:
		return "a number of requests"
	}
	return fmt.Sprintf("a quantity in s^%d requests^%d", d.time, d.requests)
}

// hint shows how a quantity of this dimension is written.
func (d dimension) hint() string {
	switch d {
	case duration:
		return "write a unit, as in `30m`, `1h30m` or `20d`"
	case rate:
		return "write a rate as in `3/y`, `1e-6/h` or `500 FIT`"
	case requestRate:
		return "write a request rate as in `200 rps`"
	}
	return "write a number without a unit of time, as in `0.9995`, `99.95%` or `4`"
}

// kind names what the quantity is, as the user wrote it.
func (q quantity) kind() string {
	if q.dim == number && q.share {
		return "a probability"
	}
	return q.dim.String()
}

// maxBits bounds the numerator and the denominator of exact values; a file has
// no use for numbers of two thousand digits.
const maxBits = 8192

// bounded says whether the value is small enough to go on with.
func (q quantity) bounded() bool {
	return q.value.Num().BitLen() <= maxBits && q.value.Denom().BitLen() <= maxBits
}

// float is the nearest float64; ok is false if the value has none, because it
// is too large or so small that it would become 0.
func (q quantity) float() (f float64, ok bool) {
	f, _ = q.value.Float64()
	return f, !math.IsInf(f, 0) && (f != 0) == (q.value.Sign() != 0)
}

// plus and its kin want equal dimensions of their operands where that matters.
func (q quantity) plus(r quantity) quantity {
	return quantity{new(big.Rat).Add(q.value, r.value), q.dim, q.share || r.share}
}

func (q quantity) minus(r quantity) quantity {
	return quantity{new(big.Rat).Sub(q.value, r.value), q.dim, q.share || r.share}
}

func (q quantity) times(r quantity) quantity {
	dim := dimension{q.dim.time + r.dim.time, q.dim.requests + r.dim.requests}
	return quantity{new(big.Rat).Mul(q.value, r.value), dim, q.share && r.share}
}

// over panics if r is 0.
func (q quantity) over(r quantity) quantity {
	dim := dimension{q.dim.time - r.dim.time, q.dim.requests - r.dim.requests}
	return quantity{new(big.Rat).Quo(q.value, r.value), dim, false}
}

// floor is the largest whole number that is not above q.
func (q quantity) floor() quantity {
	// Div rounds to minus infinity for the positive denominators of Rat.
	whole := new(big.Int).Div(q.value.Num(), q.value.Denom())
	return quantity{new(big.Rat).SetInt(whole), q.dim, false}
}

func (q quantity) negative() quantity {
	return quantity{new(big.Rat).Neg(q.value), q.dim, q.share}
}

// ceil is the smallest whole number that is not below q.
func (q quantity) ceil() quantity { return q.negative().floor().negative() }

func (q quantity) less(r quantity) bool { return q.value.Cmp(r.value) < 0 }
