package chart

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/plot"

	"nines/model"
)

// An axis of nines is linear in -log10 U, U being the unavailability: from
// 90 % to 99 % it is as far as from 99.9 % to 99.99 %.

// mostNines is how many nines are written out; more are counted.
const mostNines = 9

// ninesTicks marks whole nines where there are several within s. Closer up it
// marks what is missing in steps of 1, 2, 5, and closer still in equal steps.
func ninesTicks(s span, wanted int) []plot.Tick {
	whole := math.Floor(s.high) - math.Ceil(s.low) + 1
	if whole >= 3 {
		return wholeNines(s, int(math.Ceil(whole/float64(wanted))))
	}
	for _, mantissas := range [][]float64{{1, 2, 5}, {1, 2, 3, 4, 5, 6, 7, 8, 9}} {
		if list := missing(s, mantissas); len(list) >= 3 && len(list) <= wanted+2 {
			return list
		}
	}
	return equalSteps(s, wanted)
}

// wholeNines labels every so many nines, with marks between them.
func wholeNines(s span, every int) []plot.Tick {
	var list []plot.Tick
	for n := int(math.Floor(s.low)); n <= int(math.Ceil(s.high)); n++ {
		for m := 9; m >= 2 && every == 1; m-- {
			list = append(list, plot.Tick{Value: float64(n) - math.Log10(float64(m))})
		}
		t := plot.Tick{Value: float64(n)}
		if n%every == 0 {
			t.Label = availability(math.Pow10(-n))
		}
		list = append(list, t)
	}
	return within(s, list)
}

// missing labels the availabilities at which a mantissa times a power of ten
// is missing.
func missing(s span, mantissas []float64) []plot.Tick {
	var list []plot.Tick
	for n := int(math.Floor(s.low)); n <= int(math.Ceil(s.high)); n++ {
		for _, m := range mantissas {
			list = append(list, plot.Tick{Value: float64(n) - math.Log10(m) + 0, Label: availability(m * math.Pow10(-n))})
		}
	}
	return within(s, list)
}

// equalSteps labels round availabilities that are equally far from each other.
func equalSteps(s span, wanted int) []plot.Tick {
	u := span{math.Pow(10, -s.high), min(math.Pow(10, -s.low), 1)}
	step, _ := niceStep(u.high-u.low, wanted)
	var list []plot.Tick
	for _, x := range multiples(u, step) {
		if x > 0 {
			list = append(list, plot.Tick{Value: -math.Log10(x) + 0, Label: availability(x)})
		}
	}
	return list
}

// availability writes 1 - u for a round u, with all its digits: "99.95 %". Past
// nine nines it counts them.
func availability(u float64) string {
	n := -math.Log10(u)
	switch {
	case n > mostNines+1e-9 && math.Abs(n-math.Round(n)) < 1e-9:
		return fmt.Sprintf("%.0f nines", n)
	case n > mostNines+1e-9:
		return "1 - " + short(u)
	}
	// As many decimals as 100 u has: 15 digits hold every round one.
	text := strconv.FormatFloat(math.Max(100-100*u, 0), 'f', decimalsOf(100*u), 64)
	return text + " %"
}

// decimalsOf is how many decimals a round number has.
func decimalsOf(x float64) int {
	for d := range 15 {
		scaled := x * math.Pow10(d)
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*math.Max(scaled, 1e-3) && math.Round(scaled) > 0 {
			return d
		}
	}
	return 15
}

// perYear writes what an unavailability means in down time a year.
func perYear(u float64) string { return Span(u * model.Year) }
