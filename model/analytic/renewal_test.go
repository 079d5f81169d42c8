package analytic

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// TestRenewal compares with closed forms: exponential laws; lives of mean 1 and
// repairs of a fixed time d, when n of them have ended in t with probability
// (t-nd)^n e^-(t-nd) / n!.
func TestRenewal(t *testing.T) {
	for _, c := range []struct {
		every, repair dist.Law
		up            func(t float64) float64
	}{
		{exp(1), exp(0.1), func(t float64) float64 { return (10 + math.Exp(-11*t)) / 11 }},
		{exp(1), dist.Fixed{Time: 0.25}, fixedRepairs(0.25)},
		{exp(1), dist.Fixed{Time: 1e-4}, fixedRepairs(1e-4)},
	} {
		a := model.NewAutomaton([]model.Mode{{Every: c.every, Repair: c.repair}})
		for _, end := range []float64{0.01, 1, 3} {
			r := newRenewal(&a, end)
			if r == nil {
				t.Errorf("%v %v: none", c.every, c.repair)
				continue
			}
			if p := r.at(end); p == nil || !near(p[0], c.up(end), 1e-11) {
				t.Errorf("%v %v at %v: got %v, want %v", c.every, c.repair, end, p, c.up(end))
			}
		}
		if p, want := newRenewal(&a, 1e6).at(1e6), 1/(1+c.repair.Mean()); p == nil || !near(p[0], want, 1e-15) {
			t.Errorf("%v %v in the end: got %v, want %v", c.every, c.repair, p, want)
		}
	}
}

func fixedRepairs(d float64) func(t float64) float64 {
	return func(t float64) float64 {
		sum := 0.0
		for n := 0.0; n*d <= t && n < 100; n++ {
			rest := t - n*d
			log, _ := math.Lgamma(n + 1)
			if rest > 0 {
				sum += math.Exp(n*math.Log(rest) - rest - log)
			}
		}
		return sum
	}
}

// TestRenewalsOverTime: the mean of the same over time, and what phases give
// where a law is one of phases but not known to be.
func TestRenewalsOverTime(t *testing.T) {
	const end = 400 * hour
	s := &sketch{}
	fixed := model.Mode{Every: exp(100 * hour), Repair: dist.Fixed{Time: 10 * hour}}
	gamma := model.Mode{Every: law(t)(dist.NewGamma(2, 50*hour)), Repair: exp(10 * hour)}
	staged := model.Mode{Every: law(t)(dist.NewErlang(2, 100*hour)), Repair: exp(10 * hour)}
	leaves := s.leaves(s.part("fixed", fixed), s.part("gamma", gamma), s.part("staged", staged))
	for i, name := range []string{"fixed", "gamma", "staged"} {
		s.system(name, leaves[i])
	}
	results := evaluate(t, &s.System, Options{At: end})
	up := func(at float64) float64 { return fixedRepairs(0.1)(at / (100 * hour)) }
	var kinks []float64
	for n := range 40 {
		kinks = append(kinks, float64(n)*10*hour)
	}
	mean, _ := dist.Integrate(up, 0, end, kinks)
	measure(t, results["fixed"], model.PointAvailability, up(end), 1e-11)
	measure(t, results["fixed"], model.IntervalAvailability, mean/end, 1e-10)
	for _, m := range []model.Measure{model.PointAvailability, model.IntervalAvailability} {
		r := results["staged"]
		want, _ := r.Find(m)
		measure(t, results["gamma"], m, want.Value, 1e-11)
	}
	for name, r := range results {
		if v, _ := r.Find(model.IntervalAvailability); v.Method != model.Exact {
			t.Errorf("%s: got %s: %s", name, v.Method, v.Note)
		}
	}
	r := results["fixed"]
	if v, _ := r.Find(model.MTTF); v.Method != model.Approximate || v.Note != "exponential phases stand for fixed repair of fixed" {
		t.Errorf("got %s: %s", v.Method, v.Note)
	}
}
