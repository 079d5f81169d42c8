package dist

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// samples of every law, with bulk and shape of many kinds.
var someLaws = []string{
	"exponential 3600", "exponential 1e-6", "exponential 1e12",
	"fixed 30", "fixed 0",
	"uniform 0 60", "uniform 100 101",
	"triangular 0 10 60", "triangular 5 5 9", "triangular 5 9 9",
	"weibull 0.5 1000", "weibull 1 50", "weibull 2 1000", "weibull 20 1e7",
	"lognormal 0.02 0.5", "lognormal 3600 2", "lognormal 100 1e-3",
	"gamma 0.3 100", "gamma 2.5 60", "gamma 400 1",
	"erlang 1 60", "erlang 8 86400",
	"hyperexponential 0.9 60 0.1 3600", "hyperexponential 0.001 1e-6 0.999 1",
	"empirical 5 1 2 2 9.5", "empirical 3",
}

// everyLaw runs a check on each law of someLaws.
func everyLaw(t *testing.T, check func(t *testing.T, l Law)) {
	for _, text := range someLaws {
		t.Run(text, func(t *testing.T) { check(t, parseLaw(t, text)) })
	}
}

// bulk returns times through the body and both tails of l, ascending.
func bulk(l Law) []float64 {
	var times []float64
	for _, p := range []float64{0, 1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5} {
		times = append(times, l.Quantile(p), l.SurvivalQuantile(p))
	}
	times = slices.DeleteFunc(times, func(x float64) bool { return math.IsInf(x, 1) })
	slices.Sort(times)
	return times
}

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if d := off(got, want); d > tolerance {
		t.Errorf("%s: got %.17g, want %.17g, off by %.2g", what, got, want, d)
	}
}

func TestFunctionsAgree(t *testing.T) {
	everyLaw(t, func(t *testing.T, l Law) {
		for _, at := range bulk(l) {
			within(t, "CDF + Survival", l.CDF(at)+l.Survival(at), 1, 1e-14)
			within(t, "exp(LogSurvival)", math.Exp(l.LogSurvival(at)), l.Survival(at), 1e-13)
			if l.Survival(at) > 0 {
				within(t, "Hazard", l.Hazard(at), l.Density(at)/l.Survival(at), 1e-12)
			}
		}
	})
}

func TestMonotone(t *testing.T) {
	everyLaw(t, func(t *testing.T, l Law) {
		times := bulk(l)
		for i, at := range times[1:] {
			before := times[i]
			if l.CDF(at) < l.CDF(before) || l.Survival(at) > l.Survival(before) || l.LogSurvival(at) > l.LogSurvival(before) {
				t.Errorf("not monotone from %g to %g", before, at)
			}
		}
	})
}

// A quantile is the inverse where the law is continuous, and by definition
// the first time at which the level is reached.
func TestQuantileInverts(t *testing.T) {
	everyLaw(t, func(t *testing.T, l Law) {
		for _, p := range []float64{1e-9, 0.01, 0.2, 0.5, 0.8, 0.99} {
			at := l.Quantile(p)
			if atoms(l) != nil {
				if below := math.Nextafter(at, -1); l.CDF(at) < p || l.CDF(below) >= p {
					t.Errorf("Quantile(%g) = %g is not the first", p, at)
				}
				if at := l.SurvivalQuantile(p); l.Survival(at) > p || l.Survival(math.Nextafter(at, -1)) <= p {
					t.Errorf("SurvivalQuantile(%g) = %g is not the first", p, at)
				}
				continue
			}
			// The rounding of at itself shows in CDF by t f(t)/p.
			tolerance := 1e-13 + 1e-15*at*l.Density(at)/p
			within(t, "CDF(Quantile)", l.CDF(at), p, tolerance)
			at = l.SurvivalQuantile(p)
			tolerance = 1e-13 + 1e-15*at*l.Hazard(at)
			within(t, "Survival(SurvivalQuantile)", l.Survival(at), p, tolerance)
			within(t, "SurvivalQuantile(1-p)", l.SurvivalQuantile(1-p), l.Quantile(p), 1e-7)
		}
	})
}

func TestEnds(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	everyLaw(t, func(t *testing.T, l Law) {
		functions := map[string]func(float64) float64{
			"CDF": l.CDF, "Survival": l.Survival, "LogSurvival": l.LogSurvival,
			"Density": l.Density, "Hazard": l.Hazard,
			"Quantile": l.Quantile, "SurvivalQuantile": l.SurvivalQuantile,
		}
		for name, f := range functions {
			if got := f(nan); !math.IsNaN(got) {
				t.Errorf("%s(NaN) = %g", name, got)
			}
		}
		for _, p := range []float64{-1e-9, 1.0000001, inf, -inf} {
			if got := l.Quantile(p) + l.SurvivalQuantile(p); !math.IsNaN(got) {
				t.Errorf("quantile of %g is a number", p)
			}
		}
		for _, at := range []float64{-inf, -1, -1e-300} {
			got := []float64{l.CDF(at), l.Survival(at), l.LogSurvival(at), l.Density(at), l.Hazard(at)}
			if !slices.Equal(got, []float64{0, 1, 0, 0, 0}) {
				t.Errorf("at %g: got %g", at, got)
			}
		}
		got := []float64{l.CDF(inf), l.Survival(inf), l.LogSurvival(inf), l.Density(inf)}
		if !slices.Equal(got, []float64{1, 0, -inf, 0}) {
			t.Errorf("at +Inf: got %g", got)
		}
		if h := l.Hazard(inf); !(h >= 0) {
			t.Errorf("Hazard(+Inf) = %g", h)
		}
		if l.Quantile(0) != l.SurvivalQuantile(1) || l.Quantile(1) != l.SurvivalQuantile(0) {
			t.Errorf("support by Quantile [%g, %g], by SurvivalQuantile [%g, %g]",
				l.Quantile(0), l.Quantile(1), l.SurvivalQuantile(1), l.SurvivalQuantile(0))
		}
		if l.CDF(l.Quantile(1)) != 1 || l.Survival(l.SurvivalQuantile(0)) != 0 {
			t.Error("the law goes on after its end")
		}
	})
}

// The integrals of density and survival, by quadrature, are CDF and moments.
func TestIntegrals(t *testing.T) {
	everyLaw(t, func(t *testing.T, l Law) {
		inf, breaks := math.Inf(1), Breaks(l)
		mean, _ := Integrate(l.Survival, 0, inf, breaks)
		within(t, "∫ S", mean, l.Mean(), 1e-12)
		square, _ := Integrate(func(t float64) float64 { return 2 * t * l.Survival(t) }, 0, inf, breaks)
		within(t, "∫ 2tS", square, l.Variance()+l.Mean()*l.Mean(), 1e-12)
		if atoms(l) != nil {
			return
		}
		spread := func(t float64) float64 { return (t - l.Mean()) * (t - l.Mean()) * l.Density(t) }
		variance, _ := Integrate(spread, 0, l.SurvivalQuantile(1e-300), breaks)
		within(t, "∫ (t-m)² f", variance, l.Variance(), 1e-11)
		for _, at := range bulk(l) {
			cdf, _ := Integrate(l.Density, 0, at, breaks)
			if f := l.CDF(at); f > 0 {
				within(t, "∫ f", cdf, f, 1e-12+2e-16*at*l.Density(at)/f)
			}
			if s := l.Survival(at); s > 0 {
				// The float nearest to at decides how much is left.
				rest, _ := Integrate(l.Density, at, inf, breaks)
				within(t, "∫ f from t", rest, s, 1e-12+2e-16*at*l.Hazard(at))
			}
		}
	})
}

// Sample mean and variance within five standard errors, and the distance of
// Kolmogorov and Smirnov below its 1e-6 quantile. Seeds are fixed.
func TestSample(t *testing.T) {
	const n = 40000
	everyLaw(t, func(t *testing.T, l Law) {
		r := rand.New(rand.NewPCG(1, 2))
		draws := make([]float64, n)
		sum := 0.0
		for i := range draws {
			draws[i] = l.Sample(r)
			sum += draws[i]
		}
		limit := 5 * math.Sqrt(l.Variance()/n)
		if d := math.Abs(sum/n - l.Mean()); d > limit+1e-12*l.Mean() {
			t.Errorf("mean off by %g, limit %g", d, limit)
		}
		slices.Sort(draws)
		if d := maxDistance(l, draws); d > 2.7/math.Sqrt(n) {
			t.Errorf("Kolmogorov-Smirnov distance %g", d)
		}
	})
}

// maxDistance is the largest gap between the CDF of l and that of sorted
// draws, taken after and before each run of equal draws.
func maxDistance(l Law, draws []float64) float64 {
	d, n := 0.0, float64(len(draws))
	for i, x := range draws {
		if i+1 == len(draws) || draws[i+1] > x {
			d = max(d, math.Abs(l.CDF(x)-float64(i+1)/n))
		}
		if i == 0 || draws[i-1] < x {
			d = max(d, math.Abs(l.CDF(math.Nextafter(x, -1))-float64(i)/n))
		}
	}
	return d
}

func TestMomentsByHand(t *testing.T) {
	tests := []struct {
		law            string
		mean, variance float64
	}{
		{"fixed 7", 7, 0},
		{"uniform 2 5", 3.5, 0.75},
		{"triangular 0 3 6", 3, 1.5},
		{"exponential 5", 5, 25},
		{"weibull 2 1000", 886.226925452758013649, 1e6 * (1 - math.Pi/4)},
		{"weibull 0.5 1", 2, 20},
		// mpmath, 30 digits; Γ(1+2/k) - Γ(1+1/k)² cancels here.
		{"weibull 1000 1", 0.99942377248459546615, 1.64064268148499107370e-6},
		{"lognormal 1 2", math.Exp(2), math.Exp(8) - math.Exp(4)},
		{"gamma 2.5 4", 10, 40},
		{"erlang 4 20", 20, 100},
		{"hyperexponential 0.5 1 0.5 3", 2, 6},
		{"empirical 1 2 3 6", 3, 3.5},
	}
	for _, test := range tests {
		l := parseLaw(t, test.law)
		within(t, test.law+" mean", l.Mean(), test.mean, 1e-14)
		within(t, test.law+" variance", l.Variance(), test.variance, 1e-13)
	}
}

// The other ways to give the parameters lead to the wanted mean and cv.
func TestParametrisations(t *testing.T) {
	cv := func(l Law) float64 { return math.Sqrt(l.Variance()) / l.Mean() }
	must := func(l Law, err error) Law {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	within(t, "weibull mean", must(NewWeibullMean(0.7, 90)).Mean(), 90, 1e-14)
	within(t, "gamma mean", must(NewGammaMean(0.7, 90)).Mean(), 90, 1e-14)
	within(t, "lognormal mean", must(NewLognormalMean(90, 1.5)).Mean(), 90, 1e-14)
	within(t, "lognormal median", must(NewLognormalCV(90, 1.5)).Quantile(0.5), 90, 1e-14)
	for _, want := range []float64{1e-8, 0.3, 4, 1e12} {
		within(t, "lognormal cv by median", cv(must(NewLognormalCV(90, want))), want, 1e-12)
		within(t, "lognormal cv by mean", cv(must(NewLognormalMeanCV(90, want))), want, 1e-12)
		within(t, "lognormal mean by cv", must(NewLognormalMeanCV(90, want)).Mean(), 90, 1e-13)
	}
}

// An atom takes the place of an interval of no width.
func TestDegenerate(t *testing.T) {
	for _, text := range []string{"uniform 4 4", "triangular 4 4 4"} {
		if l := parseLaw(t, text); l != (Fixed{4}) {
			t.Errorf("%s: got %v", text, l)
		}
	}
}

func TestRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	refuse := func(l Law, err error) func(want string) {
		return func(want string) {
			t.Helper()
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, %v, want an error with %q", l, err, want)
			}
		}
	}
	for _, bad := range []float64{0, -1, nan, inf, -inf} {
		refuse(NewExponential(bad))("exponential mean: got ")
		refuse(NewUniform(0, bad))("uniform upper bound: got ")
		refuse(NewTriangular(0, 0, bad))("triangular upper bound: got ")
		refuse(NewWeibull(bad, 1))("weibull shape: got ")
		refuse(NewWeibull(1, bad))("weibull scale: got ")
		refuse(NewWeibullMean(bad, 1))("weibull shape: got ")
		refuse(NewWeibullMean(1, bad))("weibull mean: got ")
		refuse(NewLognormal(bad, 1))("lognormal median: got ")
		refuse(NewLognormal(1, bad))("lognormal sigma: got ")
		refuse(NewLognormalCV(1, bad))("lognormal cv: got ")
		refuse(NewLognormalMean(bad, 1))("lognormal mean: got ")
		refuse(NewLognormalMeanCV(1, bad))("lognormal cv: got ")
		refuse(NewGamma(bad, 1))("gamma shape: got ")
		refuse(NewGamma(1, bad))("gamma scale: got ")
		refuse(NewGammaMean(1, bad))("gamma mean: got ")
		refuse(NewErlang(3, bad))("erlang mean: got ")
		refuse(NewHyperexponential([]Branch{{bad, 1}}))("hyperexponential branch 1 probability: got ")
		refuse(NewHyperexponential([]Branch{{0.5, 1}, {0.5, bad}}))("hyperexponential branch 2 mean: got ")
	}
	refuse(NewFixed(-1))("fixed time: got -1, want a finite number of at least 0")
	refuse(NewFixed(nan))("fixed time: got NaN")
	refuse(NewFixed(inf))("fixed time: got +Inf")
	refuse(NewUniform(-1, 2))("uniform lower bound: got -1, want between 0 and the upper bound 2")
	refuse(NewUniform(3, 2))("uniform lower bound: got 3, want between 0 and the upper bound 2")
	refuse(NewUniform(nan, 2))("uniform lower bound: got NaN")
	refuse(NewTriangular(3, 3, 2))("triangular lower bound: got 3")
	refuse(NewTriangular(1, 5, 2))("triangular mode: got 5, want between the bounds 1 and 2")
	refuse(NewTriangular(1, nan, 2))("triangular mode: got NaN")
	refuse(NewWeibull(0.001, 1))("cannot hold the mean of the law")
	refuse(NewWeibullMean(0.001, 1))("cannot hold the mean of the law")
	refuse(NewLognormal(1, 50))("cannot hold the mean of the law")
	refuse(NewGamma(1e6, 1))("gamma shape: got 1e+06, want at most 100000")
	refuse(NewErlang(0, 1))("erlang stages: got 0, want 1 to 100000")
	refuse(NewErlang(1<<40, 1))("erlang stages: got 1099511627776, want 1 to 100000")
	refuse(NewHyperexponential(nil))("got a sum of 0, want 1")
	refuse(NewHyperexponential([]Branch{{0.5, 1}, {0.4, 2}}))("got a sum of 0.9, want 1")
	refuse(NewEmpirical(nil))("empirical: got 0 samples, want at least one above 0")
	refuse(NewEmpirical([]float64{0, 0}))("empirical: got 2 samples, want at least one above 0")
	refuse(NewEmpirical([]float64{1, -2}))("empirical sample 2: got -2")
}

// The caller's slices stay the caller's.
func TestCopies(t *testing.T) {
	samples, branches := []float64{3, 1, 2}, []Branch{{0.5, 1}, {0.5, 3}}
	e, err1 := NewEmpirical(samples)
	h, err2 := NewHyperexponential(branches)
	if err1 != nil || err2 != nil || !slices.Equal(samples, []float64{3, 1, 2}) {
		t.Fatal(err1, err2, samples)
	}
	samples[0], branches[0].MeanTime = 100, 100
	within(t, "empirical", e.Mean(), 2, 1e-15)
	within(t, "hyperexponential", h.Mean(), 2, 1e-15)
}

func BenchmarkSample(b *testing.B) {
	laws := []Law{
		Exponential{3600}, Fixed{30}, Uniform{0, 60}, Triangular{0, 10, 60},
		Weibull{1.5, 1000}, Lognormal{3600, 1}, Gamma{0.5, 100}, Gamma{2.5, 100},
		Erlang{8, Gamma{8, 10}}, Hyperexponential{[]Branch{{0.9, 60}, {0.1, 3600}}},
		Empirical{[]float64{1, 2, 3, 4, 5}},
	}
	for _, l := range laws {
		name := fmt.Sprintf("%T", l)
		b.Run(name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			sum := 0.0
			for b.Loop() {
				sum += l.Sample(r)
			}
			_ = sum
		})
	}
}
