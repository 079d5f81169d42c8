package analytic_test

import (
	"os"
	"testing"
	"time"

	"nines/dsl"
	"nines/model/analytic"
)

func TestProf(t *testing.T) {
	f := os.Getenv("MODEL")
	if f == "" {
		t.Skip()
	}
	src, _ := os.ReadFile(f)
	sys, d := dsl.Load(f, src, dsl.Options{})
	if sys == nil {
		t.Fatal(d)
	}
	start := time.Now()
	res, notes, err := analytic.Evaluate(t.Context(), sys, analytic.Options{Budget: true})
	t.Log(time.Since(start), len(res), err)
	for _, n := range notes {
		t.Log(n.Summary)
	}
}
