package montecarlo

import (
	"testing"

	"nines/model"
)

// TestCurve holds the quantiles of a picture against those that are told.
func TestCurve(t *testing.T) {
	d := spreadOf(t, lonely(100*hour, 20*hour, false), Options{Runs: 1000, Windows: []float64{150 * hour}})
	for name, s := range map[string]*model.Spread{"windows": &d.Windows[0].Downtime, "outages": d.Outage, "lives": d.FirstFailure} {
		drawn := map[float64]model.Quantile{}
		for i, q := range s.Curve {
			drawn[q.P] = q
			if i > 0 && (q.P <= s.Curve[i-1].P || q.Value < s.Curve[i-1].Value) {
				t.Errorf("%s: %+v after %+v", name, q, s.Curve[i-1])
			}
		}
		for _, q := range s.Quantiles {
			if other, ok := drawn[q.P]; q.P != 0.95 && (!ok || other != q) {
				t.Errorf("%s: %+v is drawn as %+v", name, q, other)
			}
		}
	}
}
