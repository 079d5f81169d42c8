package dist

import (
	"math"
	"testing"
)

func TestIntegrate(t *testing.T) {
	inf := math.Inf(1)
	pair := func(t float64) float64 { // two equal Weibull units in parallel
		s := Weibull{2, 1000}.Survival(t)
		return s * (2 - s)
	}
	tests := []struct {
		name   string
		f      func(float64) float64
		a, b   float64
		breaks []float64
		want   float64
	}{
		{"empty", math.Exp, 2, 2, nil, 0},
		{"constant", func(float64) float64 { return 3 }, 1, 5, nil, 12},
		{"polynomial", func(t float64) float64 { return math.Pow(t, 9) }, 0, 2, nil, 102.4},
		{"from below 0", func(t float64) float64 { return t * t }, -1, 2, nil, 3},
		{"negative", func(t float64) float64 { return -t }, 0, 3, nil, -4.5},
		{"exponential", func(t float64) float64 { return math.Exp(-t) }, 0, inf, nil, 1},
		{"exponential from 680 on", func(t float64) float64 { return math.Exp(-t) }, 680, inf, nil, math.Exp(-680)},
		{"no hint of a scale of 1e7", func(t float64) float64 { return math.Exp(-t / 1e7) }, 0, inf, nil, 1e7},
		{"no hint of a scale of 1e-7", func(t float64) float64 { return math.Exp(-t * 1e7) }, 0, inf, nil, 1e-7},
		{"square root singularity", func(t float64) float64 { return math.Exp(-t) / math.Sqrt(t) }, 0, inf, nil, math.Sqrt(math.Pi)},
		{"strong singularity", func(t float64) float64 { return math.Pow(t, -0.9) }, 0, 1, nil, 10},
		{"heavy tail", func(t float64) float64 { return 1 / (1 + t) / (1 + t) }, 0, inf, nil, 1},
		{"heavier tail", func(t float64) float64 { return math.Pow(1+t, -1.1) }, 0, inf, nil, 10},
		{"hinted jump", Fixed{3}.Survival, 0, inf, []float64{3}, 3},
		{"hidden jump", Fixed{math.Pi}.Survival, 0, 10, nil, math.Pi},
		{"hidden kink", func(t float64) float64 { return math.Abs(t - 0.3) }, 0, 1, nil, 0.29},
		{"oscillation", func(t float64) float64 { return 1 + math.Sin(1000*t) }, 0, math.Pi, nil, math.Pi},
		// MTTF of published cases: triple modular redundancy 5/(6λ), and two
		// Weibull units, E max = 2 E T - E min.
		{"triple modular redundancy", func(t float64) float64 {
			return math.Exp(-2*t/1000) * (3 - 2*math.Exp(-t/1000))
		}, 0, inf, []float64{1000}, 2500.0 / 3},
		{"Weibull pair", pair, 0, inf, Breaks(Weibull{2, 1000}), 1145.796782247770},
	}
	for _, test := range tests {
		got, estimate := Integrate(test.f, test.a, test.b, test.breaks)
		within(t, test.name, got, test.want, 1e-12)
		if d := math.Abs(got - test.want); d > estimate+1e-15*math.Abs(test.want) || estimate > 1e-12*math.Abs(test.want) {
			t.Errorf("%s: off by %g, estimated %g", test.name, d, estimate)
		}
	}
}

// Scales 1e24 apart in one integrand, as in a system of unlike parts.
func TestIntegrateScales(t *testing.T) {
	laws := []Law{Exponential{1e-9}, Weibull{3, 10}, Exponential{1e15}}
	f := func(t float64) float64 {
		return 1e20*laws[0].Survival(t) + 1e10*laws[1].Survival(t) + laws[2].Survival(t)/1e4
	}
	want := 1e20*laws[0].Mean() + 1e10*laws[1].Mean() + laws[2].Mean()/1e4
	got, _ := Integrate(f, 0, math.Inf(1), allBreaks(laws))
	within(t, "sum of scales", got, want, 1e-12)
}

func TestIntegrateFails(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, bounds := range [][2]float64{{2, 1}, {nan, 1}, {0, nan}, {-inf, 0}, {inf, inf}} {
		got, estimate := Integrate(math.Exp, bounds[0], bounds[1], nil)
		if !math.IsNaN(got) || !math.IsNaN(estimate) {
			t.Errorf("over %g: got %g ± %g, want NaN", bounds, got, estimate)
		}
	}
	if got, _ := Integrate(func(float64) float64 { return nan }, 0, 1, nil); !math.IsNaN(got) {
		t.Errorf("of NaN: got %g", got)
	}
	rough := func(t float64) float64 { return math.Mod(t*1e8, 1) }
	if got, estimate := Integrate(rough, 0, 1, nil); !(estimate > 1e-12*got) {
		t.Errorf("of a rough function: got %g ± %g, want a larger estimate", got, estimate)
	}
}

// What underflows must not be chased.
func TestIntegrateUnderflow(t *testing.T) {
	calls := 0
	f := func(t float64) float64 {
		calls++
		return 1e-310 * math.Exp(-t)
	}
	if got, _ := Integrate(f, 0, math.Inf(1), nil); !(got > 0.9e-310 && got < 1.1e-310) || calls > 1000 {
		t.Errorf("got %g after %d calls", got, calls)
	}
}

// The rule of 21 points is exact up to degree 31, the 10 of Gauss to 19.
func TestKronrod(t *testing.T) {
	for degree := 0.0; degree <= 31; degree++ {
		f := func(u float64) float64 { return math.Pow(u/2, degree) }
		got, _, err := kronrod(f, 2)
		within(t, "monomial", got, 2/(degree+1), 1e-14)
		if degree <= 19 && err > 2e-14*got {
			t.Errorf("degree %g: estimate %g of %g", degree, err, got)
		}
		if degree == 31 && err < 2e-14*got {
			t.Errorf("degree %g: estimate %g says that Gauss is exact", degree, err)
		}
	}
}
