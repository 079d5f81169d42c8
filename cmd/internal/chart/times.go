package chart

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"

	"nines/model"
)

// A unit of time, with its steps: multiples that divide it well.
type unit struct {
	name, plural string
	seconds      float64
	steps        []float64
}

// timeUnits from the longest.
func timeUnits() []unit {
	sixty, months, hours := []float64{1, 2, 5, 10, 15, 30}, []float64{1, 2, 3, 6, 12}, []float64{1, 2, 3, 6, 12, 24, 48}
	return []unit{
		{"y", "years", model.Year, nil},
		{"mo", "months", model.Year / 12, months},
		{"d", "days", 86400, nil},
		{"h", "hours", 3600, hours},
		{"min", "minutes", 60, sixty},
		{"s", "seconds", 1, sixty},
		{"ms", "milliseconds", 1e-3, nil},
		{"µs", "microseconds", 1e-6, nil},
		{"ns", "nanoseconds", 1e-9, nil},
	}
}

// fewest is of how many units an axis has to be to be labelled in them.
const fewest = 4

// times marks round multiples of the longest unit that the axis is several of.
func times(s span, wanted int) (list []plot.Tick, name string) {
	all := timeUnits()
	u := all[len(all)-1]
	for _, candidate := range all {
		if s.high >= fewest*candidate.seconds {
			u = candidate
			break
		}
	}
	length := (s.high - s.low) / u.seconds
	step, power := niceStep(length, wanted)
	for _, known := range u.steps {
		if length/known <= float64(wanted) {
			step, power = known, 0
			break
		}
	}
	for _, x := range multiples(span{s.low / u.seconds, s.high / u.seconds}, step) {
		list = append(list, plot.Tick{Value: x * u.seconds, Label: plain(x, max(0, -power))})
	}
	return list, u.plural
}

// logTimes marks times that one would say, on a scale of ratios.
func logTimes(s span, wanted int) []plot.Tick {
	if s.high-s.low < 0.5 {
		return linearOnLog(s, wanted, Span)
	}
	for _, pick := range [][]float64{{1, 2, 5, 10, 20, 30, 100}, {1, 10, 30, 100}, {1, 10, 100}, {1}} {
		if list := within(s, spoken(pick)); len(list) <= wanted || len(pick) == 1 {
			return list
		}
	}
	panic("unreachable")
}

// spoken lists multiples of every unit up to the next longer one.
func spoken(pick []float64) []plot.Tick {
	var list []plot.Tick
	limit := math.Inf(1)
	for _, u := range timeUnits() {
		if u.name == "mo" {
			continue // its multiples are too near to those of days
		}
		for power := 1.0; power < 1e18; power *= 1000 {
			for _, m := range pick {
				x := m * power * u.seconds
				if power > 1 && u.name != "y" || x >= 0.9*limit {
					break
				}
				label := plain(m*power, 0)
				if m*power >= 1e9 {
					label = short(m * power)
				}
				list = append(list, plot.Tick{Value: math.Log10(x), Label: label + " " + u.name})
			}
		}
		limit = u.seconds
	}
	return list
}

// Span writes a time with two significant digits in one unit: "53 min".
func Span(seconds float64) string {
	if seconds == 0 {
		return "0"
	}
	for _, u := range timeUnits() {
		if x := seconds / u.seconds; x >= 0.995 && u.name != "mo" {
			return twoDigits(x) + " " + u.name
		}
	}
	return short(seconds) + " s"
}

// twoDigits writes x >= 1 with two significant digits, whole numbers in full.
func twoDigits(x float64) string {
	if x >= 9.95 {
		return plain(x, 0)
	}
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// plain writes x with so many decimals, thousands apart from ten thousand on.
func plain(x float64, decimals int) string {
	text := strconv.FormatFloat(x+0, 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	if len(strings.TrimPrefix(whole, "-")) > 4 {
		for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
			whole = whole[:i] + " " + whole[i:]
		}
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

// short writes a round number, large and small ones as powers of ten.
func short(x float64) string {
	if a := math.Abs(x); a != 0 && (a < 1e-3 || a >= 1e6) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 2, 64), "e")
		e, err := strconv.Atoi(exponent)
		if err != nil {
			panic(err)
		}
		return strings.TrimSuffix(strings.TrimRight(mantissa, "0"), ".") + "e" + strconv.Itoa(e)
	}
	text := strconv.FormatFloat(x, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
