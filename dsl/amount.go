package dsl

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// shortest is x in the fewest digits that give it back.
func shortest(x float64) string {
	text := strconv.FormatFloat(x, 'g', -1, 64)
	mantissa, exponent, found := strings.Cut(text, "e")
	if !found {
		return text
	}
	e, _ := strconv.Atoi(exponent)
	return mantissa + "e" + strconv.Itoa(e)
}

// plain writes a number that is not below 0. Beyond the exponents that are
// read it is a product.
func plain(x float64) syntax.Quantity { return inUnits(x, "") }

func inUnits(x float64, unit string) syntax.Quantity {
	text := shortest(x)
	mantissa, exponent, _ := strings.Cut(text, "e")
	if e, _ := strconv.Atoi(exponent); e > maxExponent || e < -maxExponent {
		half := e / 2
		return &syntax.Binary{
			Op: "*", X: &syntax.Number{Text: mantissa + "e" + strconv.Itoa(half)}, Y: &syntax.Number{Text: "1e" + strconv.Itoa(e-half) + unit},
		}
	}
	return &syntax.Number{Text: text + unit}
}

// exact is the value of digits.
func exact(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("dsl: no number: " + text)
	}
	return r
}

// period writes a duration of so many seconds in the unit in which it is
// shortest.
func period(s float64) syntax.Quantity {
	best := ""
	for _, u := range units() {
		if u.dim != duration || u.name == "w" || u.name == "mo" {
			continue
		}
		size, _ := u.value.Float64()
		text := shortest(s / size)
		if text == "0" || strings.Contains(text, "e") {
			continue
		}
		back, _ := new(big.Rat).Mul(exact(text), u.value).Float64()
		if back == s && (best == "" || len(text+u.name) <= len(best)) {
			best = text + u.name
		}
	}
	if best == "" {
		return inUnits(s, "s")
	}
	return &syntax.Number{Text: best}
}

// frequency writes a rate of so many per second.
func frequency(perSecond float64) syntax.Quantity {
	for _, u := range units() {
		size, _ := u.value.Float64()
		text := shortest(perSecond * size)
		if u.dim != duration || strings.Contains(text, "e") || len(text) > 6 {
			continue
		}
		if back, _ := new(big.Rat).Quo(exact(text), u.value).Float64(); back == perSecond {
			return &syntax.Per{X: &syntax.Number{Text: text}, Unit: name(u.name)}
		}
	}
	return &syntax.Per{X: plain(perSecond), Unit: name("s")}
}

// fraction writes a share so that it and its complement are given back: as a
// percentage, a number, or 1 less a number.
func fraction(p model.Prob) syntax.Quantity {
	direct, value := simple(p.P)
	complement, _ := value.Sub(big.NewRat(1, 1), value).Float64()
	if p.P <= p.Q || math.Abs(complement-p.Q) <= 1e-15*p.Q {
		return direct
	}
	return &syntax.Binary{Op: "-", X: count(1), Y: plain(p.Q)}
}

// simple writes a share as a percentage if that gives it back and is no longer
// than the number, and gives the value that is written.
func simple(p float64) (syntax.Quantity, *big.Rat) {
	text, value := shortest(p), exact(shortest(p))
	percent := shortest(100 * p)
	hundredth := exact(percent)
	hundredth.Quo(hundredth, big.NewRat(100, 1))
	if back, _ := hundredth.Float64(); back == p && len(percent) <= len(text) && p >= 0.001 {
		return &syntax.Number{Text: percent + "%"}, hundredth
	}
	return plain(p), value
}

// shares writes shares that add up to 1 exactly: if they do not by themselves,
// the largest is what the others leave.
func shares(list []float64) []syntax.Quantity {
	out := make([]syntax.Quantity, len(list))
	var left syntax.Quantity = count(1)
	sum, largest := new(big.Rat), slices.Index(list, slices.Max(list))
	for i, p := range list {
		q, value := simple(p)
		sum.Add(sum, value)
		if out[i] = q; i != largest {
			left = &syntax.Binary{Op: "-", X: left, Y: q}
		}
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		out[largest] = left
	}
	return out
}

// time writes a law of the thing called host.
func (w *writer) time(law dist.Law, at model.Pos, host string) syntax.Time {
	call := func(law string, args ...*syntax.Arg) syntax.Time { return &syntax.Law{Name: name(law), Args: args} }
	switch l := law.(type) {
	case dist.Exponential:
		return period(l.MeanTime)
	case dist.Fixed:
		if l.Time == 0 {
			return &syntax.Number{Text: "0s"}
		}
		return call("fixed", arg("", period(l.Time)))
	case dist.Uniform:
		return call("uniform", arg("", period(l.Low)), arg("", period(l.High)))
	case dist.Triangular:
		return call("triangular", arg("", period(l.Low)), arg("", period(l.Mode)), arg("", period(l.High)))
	case dist.Weibull:
		return call("weibull", arg("shape", plain(l.Shape)), arg("scale", period(l.Scale)))
	case dist.Lognormal:
		return call("lognormal", arg("median", period(l.Median)), arg("sigma", plain(l.Sigma)))
	case dist.Erlang:
		return call("gamma", arg("shape", plain(l.Shape)), arg("scale", period(l.Scale)))
	case dist.Gamma:
		return call("gamma", arg("shape", plain(l.Shape)), arg("scale", period(l.Scale)))
	case dist.Hyperexponential:
		return call("hyperexponential", branches(l)...)
	}
	w.refuse(at, "a time of %s is a table of values, which lie in a file of their own", host)
	return period(math.MaxInt32)
}

func arg(label string, value syntax.Quantity) *syntax.Arg {
	a := &syntax.Arg{Value: value}
	if label != "" {
		a.Label = name(label)
	}
	return a
}

func branches(l dist.Hyperexponential) []*syntax.Arg {
	var list []float64
	for _, b := range l.Branches {
		list = append(list, b.P)
	}
	args := make([]*syntax.Arg, len(list))
	for i, p := range shares(list) {
		args[i] = &syntax.Arg{Share: p, Value: period(l.Branches[i].MeanTime)}
	}
	return args
}
