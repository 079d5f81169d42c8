package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

// labels joins what the ticks of an axis say.
func labels(list []plot.Tick) string {
	var all []string
	for _, t := range list {
		if t.Label != "" {
			all = append(all, t.Label)
		}
	}
	return strings.Join(all, ", ")
}

func TestTicks(t *testing.T) {
	log := math.Log10
	for _, test := range []struct {
		axis      Axis
		low, high float64
		want      string
	}{
		{Axis{Of: Down}, 0.5, 9.2, "90 %, 99 %, 99.9 %, 99.99 %, 99.999 %, 99.9999 %, 99.99999 %, 99.999999 %, 99.9999999 %"},
		{Axis{Of: Down}, 9, 12, "99.9999999 %, 10 nines, 11 nines, 12 nines"},
		{Axis{Of: Down}, 0, 40, "0 %, 99.999 %, 10 nines, 15 nines, 20 nines, 25 nines, 30 nines, 35 nines, 40 nines"},
		{Axis{Of: Down}, 2.9, 4.1, "99.9 %, 99.95 %, 99.98 %, 99.99 %"},
		{Axis{Of: Down}, 3.39, 3.71, "99.96 %, 99.97 %, 99.98 %"},
		{Axis{Of: Down}, 0, 1, "0 %, 50 %, 80 %, 90 %"},
		{Axis{Of: Time}, 0, 365 * 86400, "0, 2, 4, 6, 8, 10, 12"},
		{Axis{Of: Time}, 0, 300, "0, 1, 2, 3, 4, 5"},
		{Axis{Of: Time}, 0, 10 * 365 * 86400, "0, 2, 4, 6, 8, 10"},
		{Axis{Of: Time}, 0, 86400, "0, 3, 6, 9, 12, 15, 18, 21, 24"},
		{Axis{Of: Time}, 0, 2e-9, "0.0, 0.5, 1.0, 1.5, 2.0"},
		{Axis{Of: Time, Log: true}, 0, log(300), "1 s, 2 s, 5 s, 10 s, 20 s, 30 s, 1 min, 2 min, 5 min"},
		{Axis{Of: Time, Log: true}, 0, log(3e9), "1 s, 1 min, 1 h, 1 d, 1 y"},
		{Axis{Of: Time, Log: true}, log(3600), log(3.2e9), "1 h, 10 h, 1 d, 10 d, 100 d, 1 y, 10 y, 100 y"},
		{Axis{Of: Time, Log: true}, log(60), log(90), "1 min, 1.1 min, 1.2 min, 1.2 min, 1.3 min, 1.4 min, 1.5 min"},
		{Axis{Of: Share}, 0, 1, "0 %, 20 %, 40 %, 60 %, 80 %, 100 %"},
		{Axis{Of: Share}, 0.9995, 1, "99.95 %, 99.96 %, 99.97 %, 99.98 %, 99.99 %, 100.00 %"},
		{Axis{}, -1, 1, "-1.0, -0.5, 0.0, 0.5, 1.0"},
		{Axis{}, 0, 12345, "0, 2000, 4000, 6000, 8000, 10 000, 12 000"},
		{Axis{Whole: true}, 3, 8, "3, 4, 5, 6, 7, 8"},
		{Axis{Whole: true}, 0, 1, "0, 1"},
		{Axis{Log: true}, -7, 0, "1e-7, 1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1"},
		{Axis{Log: true}, 0, 1, "1, 2, 5, 10"},
	} {
		list, _ := test.axis.ticks(span{test.low, test.high}, 9)
		if got := labels(list); got != test.want {
			t.Errorf("%+v from %g to %g: %s, want %s", test.axis, test.low, test.high, got, test.want)
		}
	}
}

// Labels stand where they say: each is read back.
func TestTicksStandWhereTheySay(t *testing.T) {
	down := Axis{Of: Down}
	for low := 0.05; low < 8; low *= 1.3 {
		for width := 0.001; width < 9; width *= 1.7 {
			list, _ := down.ticks(span{low, low + width}, 8)
			if n := labelled(list); n < 2 || n > 12 {
				t.Errorf("%d labels from %g nines on, %g wide", n, low, width)
			}
			for _, tick := range list {
				var percent float64
				if _, err := fmt.Sscanf(tick.Label, "%g %%", &percent); err != nil {
					continue // counted nines, or none
				}
				if got := 1 - percent/100; math.Abs(got-math.Pow(10, -tick.Value)) > 1e-12+1e-9*got {
					t.Errorf("%s stands at %g nines", tick.Label, tick.Value)
				}
			}
		}
	}
}

func TestNinesEvenlySpaced(t *testing.T) {
	a := Axis{Of: Down}
	for n := 1; n <= 300; n++ {
		if got := a.place(math.Pow10(-n)); math.Abs(got-float64(n)) > 1e-12*float64(n) {
			t.Errorf("%d nines are at %g", n, got)
		}
	}
	if !math.IsNaN(a.place(0)) || a.place(1) != 0 {
		t.Error("100 % has a place, or 0 % is not at 0")
	}
}

func TestSpan(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0", 31536: "8.8 h", 3153.6: "53 min", 315.36: "5.3 min", 31.536: "32 s", 3.1536: "3.2 s", 0.31536: "315 ms", 315360: "3.6 d",
		3.1536e7: "1 y", 3.1536e11: "10 000 y", 3600: "1 h", 59.9: "1 min", 3.1536e-11: "3.15e-11 s", 1e-9: "1 ns",
	} {
		if got := Span(seconds); got != want {
			t.Errorf("%g s: %s, want %s", seconds, got, want)
		}
	}
}
