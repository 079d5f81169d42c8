package report

import (
	"strings"
	"testing"

	"nines/model"
)

func TestVerify(t *testing.T) {
	exact := func(m model.Measure, x float64) model.Value {
		return model.Value{Measure: m, Value: x, Method: model.Exact}
	}
	interval := func(m model.Measure, x, low, high float64) model.Value {
		return model.Value{Measure: m, Value: x, Low: low, High: high, Bounded: true, Method: model.Simulated, Confidence: 0.99}
	}
	bounded := model.Value{Measure: model.MTTF, Value: 90, Low: 80, High: 100, Bounded: true, Method: model.Approximate, Note: "roughly"}
	later := exact(model.Reliability, 0.5)
	later.At = 7
	results := []model.Result{{Target: model.Target{Name: "lost"}}, {Target: model.Target{Name: "s"}, Values: []model.Value{
		exact(model.Availability, 0.3), exact(model.Unavailability, 0.7), exact(model.Served, 0.3), exact(model.Degraded, 1e-9), exact(model.Outages, 4), bounded, later,
	}}}
	simulated := []model.Result{{Target: model.Target{Name: "s"}, Values: []model.Value{
		interval(model.Unavailability, 0.65, 0.6, 0.7*(1-1e-12)), interval(model.Served, 0.25, 0.2, 0.29), interval(model.Degraded, 1e-3, 0, 1e-3),
		{Measure: model.Outages, Value: 4}, interval(model.MTTF, 120, 95, 130), interval(model.Reliability, 0.1, 0.05, 0.2),
	}}}
	v := &Verification{Results: Verify(results, simulated), Error: 0.001}
	r := &Report{Results: results, Verification: v}
	var got []string
	for _, one := range v.Results[1] {
		got = append(got, string(one.Simulated.Measure)+" "+one.word())
	}
	// Outages have no interval, the reliability is of another time.
	if text, want := strings.Join(got, ", "), "unavailability agree, served DISAGREE, degraded not seen, mttf agree"; text != want || len(v.Results[0]) != 0 {
		t.Errorf("got %s, want %s", text, want)
	}
	if n := v.Disagreements(); n != 1 || r.Rough() {
		t.Errorf("got %d disagreements, rough %t, want 1 on an exact figure", n, r.Rough())
	}
	results[1].Values[2].Method = model.Approximate
	if v.Results = Verify(results, simulated); v.Disagreements() != 1 || !r.Rough() {
		t.Errorf("got %d disagreements, rough %t, want 1 on an approximation", v.Disagreements(), r.Rough())
	}
}
