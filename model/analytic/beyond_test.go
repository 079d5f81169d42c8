package analytic

import (
	"testing"

	"nines/model"
)

// TestLimited evaluates three standbys in two zones that fail often, following
// few failures at once. The bounds hold what the whole chain gives, and close as
// more are followed.
func TestLimited(t *testing.T) {
	s := cloud(3, true)
	want, _, err := Evaluate(t.Context(), &s.System, Options{Targets: []string{"both"}, At: 50})
	if err != nil {
		t.Fatal(err)
	}
	last := 1.0
	for _, states := range []int{100, 1000, 2600} {
		got, _, err := Evaluate(t.Context(), &s.System, Options{Targets: []string{"both"}, At: 50, MaxStates: states})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range got {
			for _, v := range r.Values {
				exact, ok := want[i].Find(v.Measure)
				if v.Bounded && (!ok || exact.Value < v.Low*(1-1e-9) || exact.Value > v.High*(1+1e-9)) {
					t.Errorf("%d states: %s.%s is %v, not in [%v, %v]", states, r.Target.Name, v.Measure, exact.Value, v.Low, v.High)
				}
			}
		}
		v, _ := got[0].Find(model.Unavailability)
		if v.High-v.Low >= last {
			t.Errorf("%d states: unavailability of %s within %v", states, got[0].Target.Name, v.High-v.Low)
		}
		last = v.High - v.Low
	}
}
