package analytic

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"nines/dsl"
	"nines/model"
)

// TestPublished holds the engine against values from elsewhere.
func TestPublished(t *testing.T) {
	text, err := os.ReadFile("testdata/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(text), "\n\n") {
		source, rest, _ := strings.Cut(block, "\n")
		t.Run(strings.TrimPrefix(source, "# "), func(t *testing.T) { published(t, rest) })
	}
}

func published(t *testing.T, block string) {
	var lines, values []string
	for line := range strings.Lines(block) {
		if want, ok := strings.CutPrefix(line, "= "); ok {
			values = append(values, want)
		} else {
			lines = append(lines, line)
		}
	}
	sys, diagnostics := dsl.Load("case", []byte(strings.Join(lines, "")), dsl.Options{})
	if sys == nil {
		t.Fatal(diagnostics)
	}
	results := evaluate(t, sys, Options{})
	for _, line := range values {
		f := strings.Fields(line)
		r := results[f[0]]
		got, ok := r.Find(model.Measure(f[1]))
		scale := 1.0
		if len(f) > 3 {
			scale = hour
		}
		if !ok || got.Method != model.Exact || !agrees(t, got.Value/scale, f[2]) {
			t.Errorf("%s.%s: got %.18g, want %s", f[0], f[1], got.Value/scale, f[2])
		}
	}
}

// agrees compares to the digits that are written, or to 1e-13 if there are
// more.
func agrees(t *testing.T, got float64, written string) bool {
	want, err := strconv.ParseFloat(written, 64)
	if err != nil {
		t.Fatal(err)
	}
	unit := 1.0
	if _, fraction, ok := strings.Cut(written, "."); ok {
		unit = math.Pow(10, -float64(len(fraction)))
	}
	return math.Abs(got-want) <= max(0.51*unit, 1e-13*math.Abs(want))
}
