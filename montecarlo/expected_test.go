package montecarlo

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"nines/model"
)

// expectations are figures worked out by brute force over all states, apart
// from this project: model, target, measure.
type expectations map[string]map[string]map[model.Measure]float64

func readExpectations(t *testing.T) expectations {
	t.Helper()
	text, err := os.ReadFile("../../shared/spec/expected.json")
	if os.IsNotExist(err) {
		t.Skip("no expectations beside the project")
	}
	var file struct{ Expected expectations }
	if err != nil || json.Unmarshal(text, &file) != nil {
		t.Fatalf("expectations: %v", err)
	}
	return file.Expected
}

func TestExpected(t *testing.T) {
	expected := readExpectations(t)
	for name, sys := range specModels() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r, err := Simulate(context.Background(), sys, Options{Until: 0.05, Confidence: 0.999, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%v, %d runs, %d events", time.Since(start), r.Runs, r.Events)
			if !r.Converged {
				t.Error("not converged")
			}
			for i := range r.Results {
				holds(t, &r.Results[i], expected[name][r.Results[i].Target.Name])
			}
			for _, d := range r.Diagnostics {
				t.Logf("%s %s", d.Code, d.Summary)
			}
		})
	}
}

// holds checks that the intervals of a result hold what is expected.
func holds(t *testing.T, r *model.Result, expected map[model.Measure]float64) {
	t.Helper()
	for _, m := range model.Measures() {
		want, known := expected[m]
		if !known {
			continue
		}
		v, ok := r.Find(m)
		switch {
		case !ok:
			t.Errorf("%s: no %s, want %g", r.Target.Name, m, want)
		case v.Method == model.Exact && v.Value != want, v.Method == model.Simulated && !(v.Low <= want && want <= v.High):
			t.Errorf("%s %s: got %g in %g to %g, want %g", r.Target.Name, m, v.Value, v.Low, v.High, want)
		}
		t.Logf("%s %s: got %g in %g to %g, want %g", r.Target.Name, m, v.Value, v.Low, v.High, want)
	}
}
