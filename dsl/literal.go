package dsl

import (
	"cmp"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"nines/dsl/syntax"
)

// unit is what one of it is worth in base units.
type unit struct {
	name  string
	value *big.Rat
	dim   dimension
}

// units lists the units of the language, durations in the order of their
// length. A month is a twelfth of a year and a year has 365 days.
func units() []unit {
	second := func(n, d int64) *big.Rat { return big.NewRat(n, d) }
	const day = 24 * 3600
	return []unit{
		{"ns", second(1, 1e9), duration},
		{"us", second(1, 1e6), duration},
		{"ms", second(1, 1e3), duration},
		{"s", second(1, 1), duration},
		{"m", second(60, 1), duration},
		{"h", second(3600, 1), duration},
		{"d", second(day, 1), duration},
		{"w", second(7*day, 1), duration},
		{"mo", second(365*day, 12), duration},
		{"y", second(365*day, 1), duration},
		{"%", second(1, 100), number},
		{"FIT", second(1, 1e9*3600), rate},
		{"rps", second(1, 1), requestRate},
	}
}

const (
	maxDigits   = 400 // of the text of a number
	maxExponent = 300 // of ten
)

// literalError is a mistake within one number.
type literalError struct {
	message, help string
}

func (e *literalError) Error() string { return e.message }

// literal reads the terms of a number: one term, or durations to be added.
func (v *values) literal(terms []syntax.Term) (quantity, error) {
	total, err := v.term(terms[0])
	for _, t := range terms[1:] {
		if err != nil {
			break
		}
		var q quantity
		if q, err = v.term(t); err == nil && (q.dim != duration || total.dim != duration) {
			err = &literalError{"only durations can be joined", "as in `1h30m`"}
		}
		if err == nil {
			total = total.plus(q)
		}
	}
	return total, err
}

func (v *values) term(t syntax.Term) (quantity, error) {
	value, err := decimal(t.Digits)
	if err != nil {
		return quantity{}, err
	}
	switch t.Unit {
	case "":
		return quantity{value: value}, nil
	case "nines":
		return ninesOf(value)
	}
	u, ok := v.units[t.Unit]
	if !ok {
		return quantity{}, v.unknownUnit(t.Unit)
	}
	return quantity{new(big.Rat).Mul(value, u.value), u.dim, t.Unit == "%"}, nil
}

func (v *values) unknownUnit(name string) *literalError {
	names := []string{"nines"}
	for _, u := range units() {
		names = append(names, u.name)
	}
	help := "durations are ns us ms s m h d w mo y, rates FIT, request rates rps, probabilities % and nines"
	if near := cmp.Or(syntax.Abbreviate(name), Nearest(name, names)); near != "" {
		help = fmt.Sprintf("did you mean `%s`?", near)
	}
	return &literalError{fmt.Sprintf("unknown unit `%s`", name), help}
}

// decimal reads digits with an optional fraction and exponent, exactly.
func decimal(text string) (*big.Rat, error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if len(mantissa) > maxDigits {
		return nil, &literalError{message: fmt.Sprintf("a number of %d digits, at most %d are read", len(mantissa), maxDigits)}
	}
	if exponent != "" {
		if e, err := strconv.Atoi(exponent); err != nil || e > maxExponent || e < -maxExponent {
			return nil, &literalError{message: fmt.Sprintf("exponent %s, want one from -%d to %d", exponent, maxExponent, maxExponent)}
		}
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, &literalError{message: fmt.Sprintf("`%s` is not a number", text)}
	}
	return value, nil
}

// ln10 to 100 digits.
const ln10 = "2.302585092994045684017991454684364207601101488628772976033327900967572609677352480235997205089598298341"

// ninesOf is the probability of so many nines, 1 - 10^-n.
func ninesOf(n *big.Rat) (quantity, error) {
	if n.Cmp(big.NewRat(maxExponent, 1)) > 0 {
		return quantity{}, &literalError{message: fmt.Sprintf("at most %d nines", maxExponent)}
	}
	one := big.NewRat(1, 1)
	return quantity{one.Sub(one, powerOfTen(n)), number, true}, nil
}

// powerOfTen is 10^-x for x >= 0, exact for whole x and to 300 bits otherwise.
func powerOfTen(x *big.Rat) *big.Rat {
	whole := new(big.Int).Div(x.Num(), x.Denom())
	power := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), whole, nil))
	fraction := new(big.Rat).Sub(x, new(big.Rat).SetInt(whole))
	if fraction.Sign() == 0 {
		return power
	}
	root, _ := exp(fraction).Rat(nil)
	return power.Quo(power, root)
}

// exp is 10^x = e^(x ln 10) for 0 <= x < 1 by its series, all terms positive.
func exp(x *big.Rat) *big.Float {
	const precision = 320
	real := func() *big.Float { return new(big.Float).SetPrec(precision) }
	y, _ := real().SetString(ln10)
	y.Mul(y, real().SetRat(x))
	sum, term := real().SetInt64(1), real().SetInt64(1)
	for i := int64(1); term.MantExp(nil) > -precision; i++ {
		term.Mul(term, y)
		term.Quo(term, real().SetInt64(i))
		sum.Add(sum, term)
	}
	return sum
}
