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

// calibrated says whether 93 to 97 % is what such a share of so many intervals
// may come from; fewer than a thousand tell less.
func calibrated(share float64, n int) bool {
	slack := max(0, 3*math.Sqrt(0.05*0.95/float64(n))-0.02)
	return share >= 0.93-slack && share <= 0.97+slack
}
