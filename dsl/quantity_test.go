package dsl

import (
	"io"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// value gives param x of a file.
func value(t *testing.T, text string) float64 {
	t.Helper()
	sys := load(t, text+"\ncomponent any-part { never fails }\nsystem s = series(any-part)", Options{})
	for _, p := range sys.Params {
		if p.Name == "x" {
			return p.Value
		}
	}
	t.Fatalf("%q has no param x", text)
	return 0
}

// load loads a model that has no mistakes.
func load(t *testing.T, text string, opts Options) *model.System {
	t.Helper()
	sys, diagnostics := Load("test.nines", []byte(text), opts)
	for _, d := range diagnostics {
		if d.Severity == model.Error {
			t.Fatalf("%v: %s %s\n%s", d.Pos, d.Code, d.Summary, text)
		}
	}
	return sys
}

func TestQuantities(t *testing.T) {
	const day, year = 86400.0, 365 * 86400.0
	for text, want := range map[string]float64{
		"4": 4, "1e-6": 1e-6, "0.1": 0.1, "12.50": 12.5,
		"1ns": 1e-9, "1us": 1e-6, "1ms": 1e-3, "1s": 1, "1m": 60, "1h": 3600, "1d": day, "1w": 7 * day, "1mo": year / 12, "1y": year,
		"1h30m": 5400, "1mo2m3ms": year/12 + 120.003, "2.5h": 9000, "1e3s": 1000,
		"99.95%": 0.9995, "3 nines": 0.999, "0 nines": 0,
		"3/y": 3 / year, "1e-6/h": 1e-6 / 3600, "500 FIT": 500e-9 / 3600, "200 rps": 200, "4h/y": 4.0 / 8760,
		"1d - 2h": 22 * 3600, "2 * 3h": 6 * 3600, "6h / 4": 5400, "6h / 2h": 3, "-(1 - 3)": 2, "1 - 99.95%": 0.0005,
		"3h * 2/d": 0.25, "2/d * 3d": 6, "(1 + 2) * 3": 9, "10 - 4 - 3": 3, "24 / 4 / 2": 3,
		"min(3, 2, 4)": 2, "max(1h, 90m)": 5400, "ceil(7 / 2)": 4, "floor(7 / 2)": 3, "floor(-7 / 2)": -4, "ceil(-7 / 2)": -3,
		"ceil(0.07 * 100)": 7, "floor(0.1 * 3 * 10)": 3, "floor(1 - 0.9 - 0.1)": 0,
	} {
		if got := value(t, "param x = "+text); got != want {
			t.Errorf("%s = %v, want %v", text, got, want)
		}
	}
}

func TestParams(t *testing.T) {
	for text, want := range map[string]float64{
		"param x = y * 2  param y = z + 1  param z = 3":     8,
		"param m = 2  param x = m / 4":                      0.5,
		"param x = 3m  param m = 5":                         180,
		"param pods-1 = 7  param pods = 2 param x = pods-1": 7,
	} {
		if got := value(t, text); got != want {
			t.Errorf("%s: x = %v, want %v", text, got, want)
		}
	}
}

// both sides of a probability are the float64 nearest to the decimal.
func TestProbabilityPairs(t *testing.T) {
	for text, want := range map[string]model.Prob{
		"99.95%":                     {P: 0.9995, Q: 0.0005},
		"0.9995":                     {P: 0.9995, Q: 0.0005},
		"1 - 0.0005":                 {P: 0.9995, Q: 0.0005},
		"1 - 1e-300":                 {P: 1, Q: 1e-300},
		"99.9999999999999999999999%": {P: 1, Q: 1e-24},
		"1e-18":                      {P: 1e-18, Q: 1},
		"0":                          {P: 0, Q: 1},
		"100%":                       {P: 1, Q: 0},
		"9 nines":                    {P: 0.999999999, Q: 1e-9},
		"1/3":                        {P: 1. / 3, Q: 2. / 3},
	} {
		sys := load(t, "component a { availability "+text+" } system s = all of a x 1", Options{})
		if got := *sys.Parts[0].Static; got != want {
			t.Errorf("availability %s = %v, want %v", text, got, want)
		}
		sys = load(t, "component a { unavailability "+text+" } system s = all of a x 1", Options{})
		if got := *sys.Parts[0].Static; got != want.Not() {
			t.Errorf("unavailability %s = %v, want %v", text, got, want.Not())
		}
	}
}

// powers of ten against the definition: (10^-x)^2 = 10^-2x for x = 3.5, 0.25.
func TestNines(t *testing.T) {
	for text, want := range map[string]*big.Rat{"3.5": rat("1e-7"), "0.5": rat("0.1"), "100.5": rat("1e-201")} {
		x, _ := new(big.Rat).SetString(text)
		q := powerOfTen(x)
		off := new(big.Rat).Quo(q.Mul(q, q), want)
		off.Sub(off, big.NewRat(1, 1))
		if f, _ := off.Float64(); math.Abs(f) > 1e-80 {
			t.Errorf("10^-%s is off by %g", text, f)
		}
	}
	p, err := Probability("3.5 nines")
	if want := (model.Prob{P: 0.9996837722339832, Q: 0.00031622776601683795}); err != nil || p != want {
		t.Errorf("3.5 nines = %v, %v, want %v", p, err, want)
	}
}

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

func TestFlagValues(t *testing.T) {
	if d, err := Duration("1h30m"); d != 5400 || err != nil {
		t.Errorf("1h30m = %v, %v", d, err)
	}
	if p, err := Probability("99.95%"); p != (model.Prob{P: 0.9995, Q: 0.0005}) || err != nil {
		t.Errorf("99.95%% = %v, %v", p, err)
	}
	for _, text := range []string{"", "abc", "30", "99%", "3/y", "30 d d", "1h30", "5x", "1e999s", "-3d"} {
		if d, err := Duration(text); err == nil {
			t.Errorf("duration %q = %v", text, d)
		}
	}
	for _, text := range []string{"", "abc", "30d", "101%", "1.5", "-1", "9 FIT", "1h"} {
		if p, err := Probability(text); err == nil {
			t.Errorf("probability %q = %v", text, p)
		}
	}
}

func TestLaws(t *testing.T) {
	const day = 86400.0
	law := func(l dist.Law, err error) dist.Law {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	opts := Options{Open: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("# minutes\n3m\n\n1h30m # long\n20s\n")), nil
	}}
	for text, want := range map[string]dist.Law{
		"every 30d":                           law(dist.NewExponential(30 * day)),
		"at 4/y":                              law(dist.NewExponential(365 * day / 4)),
		"at 500 FIT":                          law(dist.NewExponential(7.2e9)),
		"every exponential(mean 30d)":         law(dist.NewExponential(30 * day)),
		"every fixed(3d)":                     law(dist.NewFixed(3 * day)),
		"every uniform(1d, 2d)":               law(dist.NewUniform(day, 2*day)),
		"every triangular(1d, 2d, 4d)":        law(dist.NewTriangular(day, 2*day, 4*day)),
		"every weibull(shape 1.5, mean 3d)":   law(dist.NewWeibullMean(1.5, 3*day)),
		"every weibull(shape 1.5, scale 3d)":  law(dist.NewWeibull(1.5, 3*day)),
		"every weibull(scale 3d, shape 1.5)":  law(dist.NewWeibull(1.5, 3*day)),
		"every lognormal(median 2d, sigma 1)": law(dist.NewLognormal(2*day, 1)),
		"every lognormal(median 2d, cv 2)":    law(dist.NewLognormalCV(2*day, 2)),
		"every lognormal(mean 2d, sigma 1)":   law(dist.NewLognormalMean(2*day, 1)),
		"every lognormal(mean 2d, cv 2)":      law(dist.NewLognormalMeanCV(2*day, 2)),
		"every gamma(shape 2.5, mean 2d)":     law(dist.NewGammaMean(2.5, 2*day)),
		"every gamma(shape 2.5, scale 2d)":    law(dist.NewGamma(2.5, 2*day)),
		"every erlang(3, mean 2d)":            law(dist.NewErlang(3, 2*day)),
		"every hyperexponential(30%: 1d, 70%: 2d)": law(dist.NewHyperexponential(
			[]dist.Branch{{P: 0.3, MeanTime: day}, {P: 0.7, MeanTime: 2 * day}})),
		`every empirical("repairs.csv")`: law(dist.NewEmpirical([]float64{20, 180, 5400})),
	} {
		sys := load(t, "component a { fails "+text+" } system s = all of a x 1", opts)
		if got := sys.Parts[0].Modes[0].Every; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
