package montecarlo

import (
	"context"
	"slices"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// TestSeldom looks for the note about first failures that are not met: a part that
// fails once in 1e7 years and stays away for one makes nearly all outages of a pair.
// If nobody asks for them excursions are not made where they would miss some.
func TestSeldom(t *testing.T) {
	for years, noted := range map[float64]bool{10: false, 1e7: true} {
		b := newBuilder()
		often, seldom := b.one(byLaw(exponential(model.Year), dist.Fixed{Time: hour})), b.one(byLaw(sure(dist.NewWeibullMean(2, years*model.Year)), exponential(model.Year/10)))
		sys := b.target("s", b.atLeast(1, often, seldom))
		r, err := Simulate(context.Background(), sys, Options{Runs: 128, Seed: 1, Method: Rare})
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(r.Diagnostics, func(d model.Diagnostic) bool { return d.Code == "N223" })
		if !slices.Equal(r.Methods, []string{"excursions"}) || found != noted {
			t.Errorf("%g years: got %v by %v, want a note: %t", years, r.Diagnostics, r.Methods, noted)
		}
		r, err = Simulate(context.Background(), sys, Options{Runs: 10, Seed: 1})
		if want := map[bool]string{false: "excursions", true: "plain"}[noted]; err != nil || !slices.Equal(r.Methods, []string{want}) {
			t.Errorf("%g years: got %v by %v, want %s", years, err, r.Methods, want)
		}
	}
}
