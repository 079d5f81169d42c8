package analytic

import (
	"path/filepath"
	"reflect"
	"testing"

	"nines/model"
)

// TestMeasures asks for one measure after the other and wants each to be as
// among all of them, value, bounds and notes, or absent for the same reason.
func TestMeasures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.nines")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d models, %v", len(files), err)
	}
	systems := map[string]*model.System{"three standbys": &cloud(3, true).System}
	for _, file := range files {
		systems[filepath.Base(file)] = load(t, filepath.Base(file))
	}
	for name, sys := range systems {
		opts := Options{MaxStates: 500}
		all := evaluate(t, sys, opts)
		for _, m := range model.Measures() {
			opts.Measures = []model.Measure{m}
			for target, r := range evaluate(t, sys, opts) {
				among := all[target]
				want, given := among.Find(m)
				if got, ok := r.Find(m); ok != given || !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %s of %s is %+v, among all %+v", name, m, target, got, want)
				}
				q := model.Requirement{Measure: m, At: want.At, Bound: model.ProbOf(0.5)}
				if got, want := q.Judge(&r), q.Judge(&among); got.Reason != want.Reason || got.Open != want.Open {
					t.Errorf("%s: %s of %s: %q, among all %q", name, m, target, got.Reason, want.Reason)
				}
			}
		}
	}
}
