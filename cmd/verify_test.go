package cmd

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
	"nines/montecarlo"
)

// TestVerify lets a figure be right, wrong, and out of one interval by chance.
func TestVerify(t *testing.T) {
	sys, list := dsl.Load("", []byte("component a { fails every 2y }\nsystem s = any of a x 2"), dsl.Options{})
	if sys == nil {
		t.Fatal(list)
	}
	right, _, err := analytic.Evaluate(t.Context(), sys, analytic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &program{stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	verify := func(mttf float64, seed uint64) *report.Verification {
		results := slices.Clone(right)
		results[0].Values = slices.Clone(right[0].Values)
		for i := range results[0].Values {
			if v := &results[0].Values[i]; v.Measure == model.MTTF && mttf > 0 {
				v.Value = mttf
			}
		}
		v, err := p.verify(sys, results, montecarlo.Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	interval := func(v *report.Verification) (low, high float64) {
		for _, verdict := range v.Results[0] {
			if verdict.Simulated.Measure == model.MTTF {
				return verdict.Simulated.Low, verdict.Simulated.High
			}
		}
		t.Fatal("no mttf was simulated")
		return 0, 0
	}
	first := verify(0, 1)
	if first.Disagreements() > 0 || first.Seed != 1 {
		t.Errorf("%d disagreements with seed %d", first.Disagreements(), first.Seed)
	}
	low, high := interval(first)
	if v := verify(2*high, 1); v.Disagreements() != 1 || v.Seed != 2 {
		t.Errorf("%d disagreements with seed %d where the figure is wrong", v.Disagreements(), v.Seed)
	}
	other, above := interval(verify(0, 2))
	between := (other + low) / 2 // in the one that reaches further down
	if above > high {
		between = (above + high) / 2
	}
	if v := verify(between, 1); v.Disagreements() > 0 || v.Seed != 2 {
		t.Errorf("%d disagreements with seed %d where %g is out of %g to %g by chance", v.Disagreements(), v.Seed, between, low, high)
	}
}
