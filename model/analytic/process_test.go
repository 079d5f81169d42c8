package analytic

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

func law(t *testing.T) func(l dist.Law, err error) dist.Law {
	return func(l dist.Law, err error) dist.Law {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
}

// TestLongRun compares with the renewal theorem: the share of time in a state
// is its mean time per cycle over the mean cycle, and depends on the laws by
// their means alone, but for who wins a race.
func TestLongRun(t *testing.T) {
	must := law(t)
	wear := must(dist.NewWeibull(2, 100))
	repair := must(dist.NewLognormal(5, 1.5))
	sometimes := must(dist.NewEmpirical([]float64{0, 0, 0, 40}))
	life := 100 * math.Sqrt(math.Pi) / 2
	cycle := life + 5*math.Exp(1.5*1.5/2)
	cases := []struct {
		name  string
		modes []model.Mode
		pi    []float64
		rates map[[2]int]float64 // per second
	}{
		{"never fails", nil, []float64{1}, nil},
		{"any laws", []model.Mode{{Every: wear, Repair: repair}}, []float64{life / cycle, 1 - life/cycle},
			map[[2]int]float64{{0, 1}: 1 / cycle, {1, 0}: 1 / cycle}},
		{"tiny", []model.Mode{stop(1e15, 1e-15)}, []float64{1, 1e-30}, map[[2]int]float64{{0, 1}: 1e-15, {1, 0}: 1e-15}},
		{"two modes", []model.Mode{stop(20, 3), silent(80, 5, 7)}, []float64{16 / 20.8, 2.4 / 20.8, 1 / 20.8, 1.4 / 20.8},
			map[[2]int]float64{{0, 1}: .8 / 20.8, {1, 0}: .8 / 20.8, {0, 2}: .2 / 20.8, {2, 3}: .2 / 20.8, {3, 0}: .2 / 20.8}},
		{"restart", []model.Mode{restart(30, 2, 8)}, []float64{.75, .05, .2},
			map[[2]int]float64{{0, 1}: 1 / 40.0, {1, 2}: 1 / 40.0, {2, 0}: 1 / 40.0}},
		{"fixed beats later", []model.Mode{{Every: dist.Fixed{Time: 10}, Repair: exp(1)}, {Every: dist.Fixed{Time: 12}, Repair: exp(5)}},
			[]float64{10.0 / 11, 1.0 / 11, 0}, map[[2]int]float64{{0, 1}: 1 / 11.0, {1, 0}: 1 / 11.0}},
		{"repaired at once", []model.Mode{{Every: exp(10), Repair: dist.Fixed{}}}, []float64{1, 0}, nil},
		{"noticed at once", []model.Mode{{Kind: model.FailSilent, Every: exp(9), Detect: dist.Fixed{}, Repair: exp(1)}},
			[]float64{.9, 0, .1}, map[[2]int]float64{{0, 2}: .1, {2, 0}: .1}},
		{"one repair of four takes time", []model.Mode{{Every: exp(90), Repair: sometimes}}, []float64{.9, .1},
			map[[2]int]float64{{0, 1}: .0025, {1, 0}: .0025}},
		{"no repair", []model.Mode{{Every: wear}}, []float64{0, 1}, nil},
		{"repaired twice, then not", []model.Mode{stop(1, 5), {Every: exp(2)}, {Kind: model.FailByzantine, Every: exp(3), Detect: exp(1)}},
			[]float64{0, 0, .6, 0, .4}, nil},
	}
	for _, c := range cases {
		a := model.NewAutomaton(c.modes)
		got := longRun(&a)
		for i, want := range c.pi {
			if !near(got.pi[i], want, 1e-13) {
				t.Errorf("%s: state %d has probability %v, want %v", c.name, i, got.pi[i], want)
			}
		}
		rates := map[[2]int]float64{}
		for _, m := range got.moves {
			rates[[2]int{m.from, m.to}] += m.rate
		}
		for k, want := range c.rates {
			if !near(rates[k], want, 1e-13) {
				t.Errorf("%s: moves %v at %v, want %v", c.name, k, rates[k], want)
			}
			delete(rates, k)
		}
		if len(rates) > 0 {
			t.Errorf("%s: surplus moves %v", c.name, rates)
		}
	}
}

// poisson is P(N >= n) for a small mean.
func poisson(mean float64, n int) float64 {
	total, term := 0.0, math.Exp(-mean)
	for i := range n + 60 {
		if i >= n {
			total += term
		}
		term *= mean / float64(i+1)
	}
	return total
}

// TestDeploys: a service with n bad deploys live serves 0.9^n of its requests.
func TestDeploys(t *testing.T) {
	cases := []struct {
		mean, upAt float64
		down       int // the number of live ones from which it is down
	}{
		{0.01, 0.95, 1}, {0.01, 0.9, 2}, {1e-4, 0.5, 7}, {1e-40, 0.5, 7}, {3, 0.5, 7}, {7.9, 0.01, 44}, {0.5, 1, 1},
	}
	for _, c := range cases {
		s := &sketch{}
		shop := s.service("shop", c.upAt)
		s.deploys(shop, model.Deploys{Rate: c.mean / 100, Detect: exp(40), Rollback: dist.Fixed{Time: 60}, Hits: model.Prob{P: 0.1, Q: 0.9}})
		s.report(shop)
		r := evaluate(t, &s.System, Options{})["shop"]
		measure(t, r, model.Unavailability, poisson(c.mean, c.down), 1e-12)
		measure(t, r, model.Served, math.Exp(-0.1*c.mean), 1e-13)
		degraded := poisson(c.mean, 1) - poisson(c.mean, c.down)
		measure(t, r, model.Degraded, degraded, 1e-12)
		crossings := (poisson(c.mean, c.down-1) - poisson(c.mean, c.down)) * c.mean / 100 * model.Year
		measure(t, r, model.Outages, crossings, 1e-9)
	}
}

// Without a level only none and some are told apart, for means of any size.
func TestAnyDeploys(t *testing.T) {
	for _, mean := range []float64{1e-300, 1e-9, 1, 50, 1e6} {
		for _, hits := range []model.Prob{{P: 1}, {P: 0.3, Q: 0.7}, {P: 1e-7, Q: 1 - 1e-7}, {Q: 1}} {
			s := &sketch{}
			shop := s.service("shop", 0)
			s.deploys(shop, model.Deploys{Rate: mean, Detect: dist.Fixed{Time: 1}, Rollback: dist.Fixed{}, Hits: hits})
			s.report(shop)
			r := evaluate(t, &s.System, Options{})["shop"]
			measure(t, r, model.Served, math.Exp(-mean*hits.P), 1e-13)
			switch {
			case hits.Q == 0:
				measure(t, r, model.Unavailability, -math.Expm1(-mean), 1e-13)
			case mean*hits.P < 700: // any request is served, as far as a float64 can tell
				measure(t, r, model.Degraded, -math.Expm1(-mean), 1e-13)
			}
		}
	}
}
