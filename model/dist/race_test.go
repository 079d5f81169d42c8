package dist

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

func parseLaws(t *testing.T, texts ...string) []Law {
	var laws []Law
	for _, text := range texts {
		laws = append(laws, parseLaw(t, text))
	}
	return laws
}

func sum(xs []float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += x
	}
	return s
}

// Races whose outcome has a closed form; a mean of NaN is not checked.
func TestRace(t *testing.T) {
	nan := math.NaN()
	// gammaWin is P(X < Y) of gamma laws: I_{s_y/(s_x+s_y)}(k_x, k_y).
	gammaWin := func(kx, sx, ky, sy float64) float64 {
		return mathext.RegIncBeta(kx, ky, sy/(sx+sy))
	}
	// normalWin is P(X < Y) of lognormal laws.
	normalWin := func(mx, sx, my, sy float64) float64 {
		return math.Erfc(-math.Log(my/mx)/math.Hypot(sx, sy)/math.Sqrt2) / 2
	}
	// erlangWin is P(Erlang(n) of the given mean < exponential).
	erlangWin := func(n, mean, other float64) float64 {
		return math.Exp(-n * math.Log1p(mean/n/other))
	}
	e := math.Exp
	tests := []struct {
		laws []string
		win  []float64
		mean float64
	}{
		{nil, nil, math.Inf(1)},
		{[]string{"weibull 2 1000"}, []float64{1}, 886.226925452758},
		{[]string{"exponential 2", "exponential 2e12"}, []float64{1 / (1 + 1e-12), 1e-12 / (1 + 1e-12)}, 2 / (1 + 1e-12)},
		{[]string{"exponential 1", "exponential 2", "exponential 4"}, []float64{4.0 / 7, 2.0 / 7, 1.0 / 7}, 4.0 / 7},
		// Equal shapes have proportional hazards: wins as s^-k.
		{[]string{"weibull 2 1", "weibull 2 1e9"}, []float64{1 / (1 + 1e-18), 1e-18}, math.Sqrt(math.Pi) / 2},
		{[]string{"weibull 0.5 1", "weibull 0.5 1e30"}, []float64{1, 1e-15 / (1 + 1e-15)}, 2},
		{[]string{"weibull 0.1 1", "weibull 0.1 1"}, []float64{0.5, 0.5}, 3628800.0 / 1024},
		{[]string{"weibull 1 3", "weibull 1 6", "exponential 2"}, []float64{1.0 / 3, 1.0 / 6, 0.5}, 1},
		{[]string{"weibull 500 1", "weibull 500 1"}, []float64{0.5, 0.5}, math.Gamma(1.002) * math.Exp2(-0.002)},
		{[]string{"uniform 0 1", "uniform 0 1"}, []float64{0.5, 0.5}, 1.0 / 3},
		{[]string{"uniform 0 1", "uniform 0 1e9"}, []float64{1 - 0.5e-9, 0.5e-9}, 0.5 - 1e-9/6},
		{[]string{"uniform 1 2", "uniform 3 4"}, []float64{1, 0}, 1.5},
		{[]string{"triangular 0 1 1", "uniform 0 1"}, []float64{1.0 / 3, 2.0 / 3}, 5.0 / 12},
		{[]string{"fixed 3", "exponential 2"}, []float64{e(-1.5), 1 - e(-1.5)}, 2 * (1 - e(-1.5))},
		{[]string{"exponential 1", "fixed 600"}, []float64{1, e(-600)}, 1},
		{[]string{"exponential 1e12", "fixed 1"}, []float64{-math.Expm1(-1e-12), e(-1e-12)}, -1e12 * math.Expm1(-1e-12)},
		{[]string{"fixed 5", "uniform 0 10"}, []float64{0.5, 0.5}, 3.75},
		{[]string{"fixed 2", "fixed 2", "fixed 3"}, []float64{1, 0, 0}, 2},
		{[]string{"fixed 0", "exponential 1"}, []float64{1, 0}, 0},
		{[]string{"erlang 3 60", "exponential 60"}, []float64{27.0 / 64, 37.0 / 64}, 60 * 37.0 / 64},
		{[]string{"erlang 4 1e5", "exponential 1"}, []float64{erlangWin(4, 1e5, 1), 1 - erlangWin(4, 1e5, 1)}, 1 - erlangWin(4, 1e5, 1)},
		{[]string{"erlang 60 1e7", "exponential 1"}, []float64{erlangWin(60, 1e7, 1), 1}, 1},
		{[]string{"exponential 1e20", "erlang 2 1"}, []float64{1e-20, 1}, 1},
		{[]string{"gamma 2.5 1", "gamma 0.4 30"}, []float64{gammaWin(2.5, 1, 0.4, 30), gammaWin(0.4, 30, 2.5, 1)}, nan},
		{[]string{"gamma 20 10", "gamma 3.5 1e-3"}, []float64{gammaWin(20, 10, 3.5, 1e-3), gammaWin(3.5, 1e-3, 20, 10)}, nan},
		{[]string{"lognormal 100 0.5", "lognormal 200 1"}, []float64{normalWin(100, 0.5, 200, 1), normalWin(200, 1, 100, 0.5)}, nan},
		{[]string{"lognormal 1 1e-3", "lognormal 1.01 1e-3"}, []float64{1, normalWin(1.01, 1e-3, 1, 1e-3)}, nan},
		{[]string{"lognormal 1 0.1", "lognormal 1000 0.2"}, []float64{1, normalWin(1000, 0.2, 1, 0.1)}, math.Exp(0.005)},
		{[]string{"fixed 0.99", "lognormal 1 1e-3"}, []float64{1, Lognormal{1, 1e-3}.CDF(0.99)}, 0.99},
		{[]string{"hyperexponential 1e-6 1e-9 0.999999 1", "exponential 1"},
			[]float64{1e-6/(1+1e-9) + 0.999999/2, 1e-6*1e-9/(1+1e-9) + 0.999999/2}, 1e-15/(1+1e-9) + 0.999999/2},
		{[]string{"exponential 1e-9", "hyperexponential 0.5 1 0.5 1e9"},
			[]float64{0.5/(1+1e-9) + 0.5/(1+1e-18), 0.5*1e-9/(1+1e-9) + 0.5e-18}, 0.5e-9/(1+1e-9) + 0.5e-9},
	}
	for _, test := range tests {
		laws := parseLaws(t, test.laws...)
		got := Race(laws)
		for i, want := range test.win {
			within(t, fmt.Sprint(test.laws, " win ", i), got.Win[i], want, 1e-12)
		}
		if len(laws) > 0 {
			within(t, fmt.Sprint(test.laws, " sum"), sum(got.Win), 1, 1e-12)
		}
		if !math.IsNaN(test.mean) {
			within(t, fmt.Sprint(test.laws, " mean"), got.Mean, test.mean, 1e-12)
		}
	}
}

// Any laws: the wins and the survival share out all probability, at any time,
// and by the end the wins are those of the race without end.
func TestRaceSums(t *testing.T) {
	for i, a := range someLaws {
		laws := parseLaws(t, a, someLaws[(i+7)%len(someLaws)], someLaws[(i+12)%len(someLaws)])
		whole := Race(laws)
		within(t, a+" all", sum(whole.Win), 1, 1e-12)
		for _, at := range bulk(laws[0]) {
			survive, win := RaceAt(laws, at)
			within(t, fmt.Sprintf("%s by %g", a, at), survive+sum(win), 1, 1e-12)
			for k := range win {
				if win[k] > whole.Win[k]*(1+1e-12) {
					t.Errorf("%s: clock %d wins %g by %g, %g in all", a, k, win[k], at, whole.Win[k])
				}
			}
		}
		rest, win := RaceAt(laws, math.Inf(1))
		if rest != 0 || !slices.Equal(win, whole.Win) {
			t.Errorf("%s: by +Inf %g and %g, want 0 and %g", a, rest, win, whole.Win)
		}
	}
}

func TestRaceAt(t *testing.T) {
	e, em1 := math.Exp, math.Expm1
	tests := []struct {
		laws    []string
		at      float64
		survive float64
		win     []float64
	}{
		{[]string{"exponential 1", "exponential 1e12"}, 1e-9, e(-1e-9), []float64{-em1(-1e-9), 1e-21 * (1 - 0.5e-9)}},
		{[]string{"weibull 2 1", "weibull 2 2"}, 1e-8, 1, []float64{1e-16, 0.25e-16}},
		{[]string{"weibull 2 1", "weibull 2 2"}, 3, e(-11.25), []float64{-0.8 * em1(-11.25), -0.2 * em1(-11.25)}},
		{[]string{"weibull 0.5 1", "weibull 0.5 4"}, 1e-20, e(-1.5e-10), []float64{-em1(-1.5e-10) / 1.5, -em1(-1.5e-10) / 3}},
		{[]string{"fixed 5", "exponential 1"}, 4.9, e(-4.9), []float64{0, -em1(-4.9)}},
		{[]string{"fixed 5", "exponential 1"}, 5, 0, []float64{e(-5), -em1(-5)}},
		{[]string{"uniform 0 10", "uniform 5 6"}, 5.5, 0.225, []float64{0.5 + 0.0375, 0.2375}},
		{[]string{"lognormal 1 1", "lognormal 1 1"}, 1, 0.25, []float64{0.375, 0.375}},
		{[]string{"erlang 2 2", "exponential 1"}, 2, 3 * e(-4), []float64{0.25 - 1.25*e(-4), 0.75 - 1.75*e(-4)}},
		{[]string{"gamma 2.5 1"}, 1, Gamma{2.5, 1}.Survival(1), []float64{Gamma{2.5, 1}.CDF(1)}},
		{[]string{"exponential 1", "weibull 2 1"}, 0, 1, []float64{0, 0}},
		{[]string{"exponential 1", "exponential 2", "fixed 0"}, -1, 1, []float64{0, 0, 0}},
		{nil, 5, 1, nil},
	}
	for _, test := range tests {
		survive, win := RaceAt(parseLaws(t, test.laws...), test.at)
		what := fmt.Sprint(test.laws, " at ", test.at)
		within(t, what+" survive", survive, test.survive, 1e-12)
		for i, want := range test.win {
			within(t, fmt.Sprint(what, " win ", i), win[i], want, 1e-12)
		}
	}
}

// Races of samples against counting every combination.
func TestRaceOfSamples(t *testing.T) {
	data := [][]float64{{3, 1, 2, 2}, {2, 5, 1}, {2, 0, 4, 4, 2}}
	var laws []Law
	for _, d := range data {
		l, err := NewEmpirical(d)
		if err != nil {
			t.Fatal(err)
		}
		laws = append(laws, l)
	}
	for _, at := range []float64{-1, 0, 1, 1.5, 2, 3, 100} {
		win, survive, mean := make([]float64, 3), 0.0, 0.0
		const each = 1.0 / (4 * 3 * 5)
		for _, a := range data[0] {
			for _, b := range data[1] {
				for _, c := range data[2] {
					first := min(a, b, c)
					mean += each * first
					if first > at {
						survive += each
						continue
					}
					win[slices.Index([]float64{a, b, c}, first)] += each
				}
			}
		}
		gotSurvive, gotWin := RaceAt(laws, at)
		within(t, "survive", gotSurvive, survive, 1e-13)
		for i := range win {
			within(t, fmt.Sprintf("win %d by %g", i, at), gotWin[i], win[i], 1e-13)
		}
		within(t, "mean", Race(laws).Mean, mean, 1e-12)
	}
}

// A sampled law against a smooth one is the average over its samples.
func TestRaceOfSampleAndSmooth(t *testing.T) {
	samples := []float64{5, 1, 2, 2, 9.5}
	smooth := parseLaw(t, "weibull 1.5 4")
	got := Race([]Law{parseLaw(t, "empirical 5 1 2 2 9.5"), smooth})
	win := 0.0
	for _, at := range samples {
		win += smooth.Survival(at) / 5
	}
	within(t, "samples win", got.Win[0], win, 1e-13)
	within(t, "smooth wins", got.Win[1], 1-win, 1e-12)
}

func BenchmarkRace(b *testing.B) {
	many := make([]float64, 1000)
	for i := range many {
		many[i] = float64(i + 1)
	}
	races := []struct {
		name string
		laws []Law
	}{
		{"exponential", []Law{Exponential{1}, Exponential{2}, Exponential{3}}},
		{"weibull+exponential", []Law{Weibull{1.5, 100}, Exponential{50}}},
		{"weibull+lognormal+gamma", []Law{Weibull{1.5, 100}, Lognormal{50, 1}, Gamma{2.5, 30}}},
		{"fixed+exponential", []Law{Fixed{100}, Exponential{50}}},
		{"samples+exponential", []Law{Empirical{many}, Exponential{50}}},
	}
	for _, race := range races {
		b.Run(race.name, func(b *testing.B) {
			for b.Loop() {
				Race(race.laws)
			}
		})
	}
}
