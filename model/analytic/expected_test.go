package analytic

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"nines/dsl"
	"nines/model"
)

// near compares with a relative tolerance.
func near(got, want, tolerance float64) bool {
	return got == want || math.Abs(got-want) <= tolerance*math.Abs(want)
}

func evaluate(t *testing.T, s *model.System, opts Options) map[string]model.Result {
	t.Helper()
	results, _, err := Evaluate(t.Context(), s, opts)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]model.Result{}
	for _, r := range results {
		byName[r.Target.Name] = r
	}
	return byName
}

// load reads a model of testdata.
func load(t *testing.T, name string) *model.System {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	sys, diagnostics := dsl.Load(name, text, dsl.Options{})
	if sys == nil {
		t.Fatal(diagnostics)
	}
	return sys
}

// TestExpected holds the engine against figures that were computed by brute
// force over every state. Those of repairable systems that need first passages
// are left out.
func TestExpected(t *testing.T) {
	var want struct {
		Expected map[string]map[string]map[model.Measure]float64
	}
	text, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for file, targets := range want.Expected {
		results := evaluate(t, load(t, file), Options{})
		for name, measures := range targets {
			r := results[name]
			for m, v := range measures {
				got, ok := r.Find(m)
				switch {
				case !ok && file != "09-mission.nines" && (m == model.MTTF || m == model.Reliability):
				case !ok:
					t.Errorf("%s: %s has no %s", file, name, m)
				case !near(got.Value, v, tolerance(file)):
					t.Errorf("%s: %s.%s: got %v, want %v", file, name, m, got.Value, v)
				}
			}
		}
	}
}

func tolerance(file string) float64 {
	if file == "10-extreme.nines" {
		return 1e-12
	}
	return 1e-9
}
