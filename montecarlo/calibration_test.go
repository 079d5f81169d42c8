package montecarlo

import (
	"testing"

	"nines/model"
)

// TestCalibration counts how often a 95 % interval holds the true value.
func TestCalibration(t *testing.T) {
	const seeds = 1000
	want := pairMeasures(100*hour, 10*hour, 0.6)
	for name, c := range map[string]Options{
		"cycles":      {Runs: 60},
		"windows":     {Runs: 150, Horizon: 1000 * hour},
		"ten outages": {Runs: 100, Horizon: 60 * hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			held := map[model.Measure]int{}
			for seed := range seeds {
				c.Seed, c.Workers = uint64(seed)+1000, 1
				r := simulate(t, pair(100*hour, 10*hour, 0.6), c)
				for _, v := range r.Results[0].Values {
					if truth := want[v.Measure]; v.Low <= truth && truth <= v.High {
						held[v.Measure]++
					}
				}
			}
			for _, m := range []model.Measure{model.Unavailability, model.Served, model.Degraded, model.Outages, model.MeanOutage, model.MeanUp, model.MTTF, model.Reliability} {
				share := float64(held[m]) / seeds
				t.Logf("%s: %.1f %%", m, 100*share)
				if share < 0.93 || share > 0.97 {
					t.Errorf("%s: the interval holds the value in %.1f %% of %d runs, want 93 to 97", m, 100*share, seeds)
				}
			}
		})
	}
}
