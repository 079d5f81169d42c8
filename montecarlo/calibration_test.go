package montecarlo

import (
	"math"
	"testing"

	"nines/model"
)

// TestCalibration counts how often a 95 % interval holds the true value.
func TestCalibration(t *testing.T) {
	n := seeds(200)
	want := pairMeasures(100*hour, 10*hour, 0.6)
	for name, c := range map[string]Options{
		"cycles":      {Runs: 60},
		"windows":     {Runs: 150, Horizon: 1000 * hour},
		"ten outages": {Runs: 100, Horizon: 60 * hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			held := map[model.Measure]int{}
			for seed := range n {
				c.Seed, c.Workers = uint64(seed)+1000, 1
				r := simulate(t, pair(100*hour, 10*hour, 0.6), c)
				for _, v := range r.Results[0].Values {
					if truth := want[v.Measure]; v.Low <= truth && truth <= v.High {
						held[v.Measure]++
					}
				}
			}
			for _, m := range []model.Measure{model.Unavailability, model.Served, model.Degraded, model.Outages, model.MeanOutage, model.MeanUp, model.MTTF, model.Reliability} {
				share := float64(held[m]) / float64(n)
				t.Logf("%s: %.1f %%", m, 100*share)
				if !calibrated(share, n) {
					t.Errorf("%s: the interval holds the value in %.1f %% of %d runs, want 93 to 97", m, 100*share, n)
				}
			}
		})
	}
}

// TestUntilCalibration does the same for simulations that stop by themselves, as
// soon as their intervals are narrow enough: looking at them as they go must not
// choose those that happen to be narrow.
func TestUntilCalibration(t *testing.T) {
	n := seeds(60)
	for name, c := range map[string]struct {
		every, repair float64
		o             Options
	}{
		"cycles":      {100 * hour, 10 * hour, Options{Until: 0.05}},
		"rare":        {1000 * hour, hour, Options{Until: 0.05}},
		"windows":     {100 * hour, 10 * hour, Options{Until: 0.05, Horizon: 1000 * hour}},
		"ten outages": {100 * hour, 10 * hour, Options{Until: 0.9, Horizon: 60 * hour}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := pairMeasures(c.every, c.repair, 0.6)
			held, errs := map[model.Measure]int{}, map[model.Measure]*moments{}
			measures := []model.Measure{model.Unavailability, model.Served, model.Outages, model.MTTF}
			for seed := range n {
				c.o.Seed, c.o.Workers = uint64(seed)+6000, 1
				r := simulate(t, pair(c.every, c.repair, 0.6), c.o)
				for _, m := range measures {
					v, _ := r.Results[0].Find(m)
					if truth := want[m]; v.Low <= truth && truth <= v.High {
						held[m]++
					}
					if errs[m] == nil {
						errs[m] = &moments{}
					}
					errs[m].add(&vector{downTime: v.Value/want[m] - 1})
				}
			}
			for _, m := range measures {
				share := float64(held[m]) / float64(n)
				figure := only(downTime)
				bias, dev := errs[m].of(&figure), math.Sqrt(errs[m].variance(&figure))
				t.Logf("%s: %.1f %%, mean error %.2g ± %.2g %%", m, 100*share, 100*bias, 100*dev)
				if !calibrated(share, n) || math.Abs(bias) > 4*dev {
					t.Errorf("%s: the interval holds the value in %.1f %% of %d runs, want 93 to 97; mean error %g ± %g", m, 100*share, n, bias, dev)
				}
			}
		})
	}
}

// calibrated says whether 93 to 97 % is what such a share of so many intervals
// may come from; fewer than a thousand tell less.
func calibrated(share float64, n int) bool {
	slack := max(0, 3*math.Sqrt(0.05*0.95/float64(n))-0.02)
	return share >= 0.93-slack && share <= 0.97+slack
}
