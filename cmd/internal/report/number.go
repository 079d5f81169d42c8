package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"nines/model"
)

// Shares below these are easier to read as a power of ten than with decimals:
// what is missing to 100 %, and by themselves.
const (
	tiny  = 1e-9
	small = 1e-5
)

// Share writes a probability with three significant digits of the smaller of p
// and 1 - p: "99.9426 %", "4.68 %", "1 - 5.25e-19", "5.25e-19".
func Share(p model.Prob) string {
	switch {
	case p.Q == 0:
		return "100 %"
	case p.P == 0:
		return "0 %"
	case p.Q < tiny:
		return "1 - " + Number(p.Q)
	case p.P < small:
		return Number(p.P)
	}
	return strconv.FormatFloat(100*p.P, 'f', decimals(100*min(p.P, p.Q), 3), 64) + " %"
}

// Number writes x with three significant digits: "25.3", "1.2e-7".
func Number(x float64) string { return significant(x, 3) }

// Nines writes a number of nines.
func Nines(x float64) string { return strconv.FormatFloat(x+0, 'f', 2, 64) } // -0 + 0 is 0

// units of time in seconds, from the longest.
var units = [...]struct {
	name    string
	seconds float64
}{
	{"y", model.Year}, {"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}, {"ns", 1e-9},
}

// Duration writes a time in seconds as one says it: "317 y", "5 h 02 m",
// "12.3 s". A second part that is exactly zero is left out.
func Duration(seconds float64) string {
	if math.Abs(seconds) < units[len(units)-1].seconds {
		return Number(seconds) + " s"
	}
	for i, u := range units[:] {
		if math.Abs(seconds) < u.seconds {
			continue
		}
		if u.name == "y" || u.seconds <= 1 {
			return trimExact(seconds/u.seconds) + " " + u.name
		}
		return twoParts(seconds, i)
	}
	panic("unreachable")
}

// Period writes a time as one would give it on the command line: in the largest
// unit in which it is whole.
func Period(seconds float64) string {
	for _, u := range units[:] {
		n := math.Round(seconds / u.seconds)
		if n >= 1 && same(seconds, n*u.seconds) {
			return strconv.FormatFloat(n, 'f', 0, 64) + " " + u.name
		}
	}
	return Duration(seconds)
}

// same allows for rounding errors.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }

// trimExact writes x with three significant digits, a whole one without
// decimals.
func trimExact(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e5 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return Number(x)
}

// twoParts writes seconds in units[i] and the next smaller one. Rounding may
// lift it into a larger unit.
func twoParts(seconds float64, i int) string {
	large, next := units[i], units[i+1]
	steps := math.Round(seconds / next.seconds)
	if i > 0 && steps*next.seconds >= units[i-1].seconds {
		return Duration(steps * next.seconds)
	}
	per := large.seconds / next.seconds
	whole, rest := math.Floor(steps/per), math.Mod(steps, per)
	if rest == 0 && same(seconds, steps*next.seconds) {
		return fmt.Sprintf("%.0f %s", whole, large.name)
	}
	return fmt.Sprintf("%.0f %s %02.0f %s", whole, large.name, rest, next.name)
}

// timeUnit is the unit in which a time is written as one number.
func timeUnit(seconds float64) (string, float64) {
	for _, u := range units[:] {
		if math.Abs(seconds) >= u.seconds {
			return u.name, u.seconds
		}
	}
	return "s", 1
}

// significant writes x with so many significant digits, with an exponent where
// that is shorter to read.
func significant(x float64, digits int) string {
	if x == 0 {
		return "0"
	}
	if e := exponent(x, digits); e < -4 || e > 4 {
		return scientific(x, digits)
	}
	return strconv.FormatFloat(x, 'f', decimals(x, digits), 64)
}

// scientific writes x as 1.23e-7, without the padding of the exponent.
func scientific(x float64, digits int) string {
	mantissa, _, _ := strings.Cut(strconv.FormatFloat(x, 'e', digits-1, 64), "e")
	return mantissa + "e" + strconv.Itoa(exponent(x, digits))
}

// exponent is the power of ten of x, other than 0, after rounding to so many
// significant digits.
func exponent(x float64, digits int) int {
	_, power, _ := strings.Cut(strconv.FormatFloat(x, 'e', digits-1, 64), "e")
	e, err := strconv.Atoi(power)
	if err != nil {
		panic(err)
	}
	return e
}

// decimals is the number of decimals that show so many significant digits of x.
func decimals(x float64, digits int) int {
	if x == 0 {
		return 0
	}
	return max(0, digits-1-exponent(x, digits))
}

// lopsided is how much longer than the other one arm of an interval may be
// before "±" would mislead.
const lopsided = 1.25

// interval writes an estimate x in [low, high]: "5.03 ± 0.19" with two digits
// of the half-width, "4.8 – 6.1" where the arms differ.
func interval(x, low, high float64) string {
	below, above := x-low, high-x
	arm := max(below, above)
	if arm == 0 {
		return Number(x)
	}
	e := exponent(max(math.Abs(x), math.Abs(high)), 2)
	scale, suffix := 1.0, ""
	if e < -4 || e > 5 {
		scale, suffix = math.Pow10(e), "e"+strconv.Itoa(e)
	}
	d := decimals(arm/scale, 2)
	digits := func(v float64) string { return strconv.FormatFloat(v/scale, 'f', d, 64) }
	if max(below, above) > lopsided*min(below, above) {
		return digits(low) + suffix + " – " + digits(high) + suffix
	}
	if suffix != "" {
		return "(" + digits(x) + " ± " + digits(arm) + ")" + suffix
	}
	return digits(x) + " ± " + digits(arm)
}
