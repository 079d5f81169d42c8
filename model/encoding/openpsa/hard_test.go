package openpsa_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nines/model"
	"nines/model/analytic"
	"nines/model/encoding/openpsa"
)

// A forest is how random fault trees look.
type forest struct {
	events, gates int
	sharing       float64 // of the arguments that something else has too
	window        int     // how far apart what is joined may lie
	not, xor      float64 // shares of the arguments and gates
	atLeast       float64
}

// grow gives the definitions of a random tree: gates join what nothing has
// joined yet, and what was joined not long ago. Its top is the last gate.
func (f forest) grow(rng *rand.Rand) []string {
	open := make([]string, f.events)
	var probabilities []string
	for i := range open {
		open[i] = fmt.Sprintf(`<basic-event name="e%d"/>`, i)
		q := math.Pow(10, -1-2*rng.Float64())
		probabilities = append(probabilities, fmt.Sprintf(`<define-basic-event name="e%d"><float value="%.6g"/></define-basic-event>`, i, q))
	}
	var gates, used []string
	for g := 0; len(open) > 1; g++ {
		var args []string
		for n := 2 + rng.IntN(3); len(args) < n && len(open) > 0; {
			if len(args) > 0 && len(used) > 0 && g < f.gates && rng.Float64() < f.sharing {
				args = append(args, used[max(0, len(used)-1-rng.IntN(4*f.window))])
				continue
			}
			i := rng.IntN(min(f.window, len(open)))
			args = append(args, open[i])
			open = slices.Delete(open, i, i+1)
		}
		slices.Sort(args)
		args = slices.Compact(args)
		gates = append(gates, f.gate(rng, g, args))
		used = append(used, args...)
		name := fmt.Sprintf(`<gate name="g%d"/>`, g)
		open = slices.Insert(open, min(len(open), 2*f.window), name)
	}
	return append(gates, probabilities...)
}

func (f forest) gate(rng *rand.Rand, number int, args []string) string {
	open, end := "<or>", "</or>"
	switch kind := rng.Float64(); {
	case kind < f.xor && len(args) == 2:
		open, end = "<xor>", "</xor>"
	case kind < f.xor+f.atLeast && len(args) > 2:
		open, end = `<atleast min="2">`, "</atleast>"
	case rng.IntN(3) == 0 && len(args) > 1:
		open, end = "<and>", "</and>"
	case len(args) == 1:
		open, end = "", ""
	}
	signed := slices.Clone(args)
	for i, a := range signed {
		if rng.Float64() < f.not {
			signed[i] = "<not>" + a + "</not>"
		}
	}
	return fmt.Sprintf(`<define-gate name="g%d">%s%s%s</define-gate>`, number, open, strings.Join(signed, ""), end)
}

func document(definitions []string) []byte {
	return []byte(`<opsa-mef><define-fault-tree name="t">` + strings.Join(definitions, "\n") + `</define-fault-tree></opsa-mef>`)
}

func top(t *testing.T, data []byte) float64 {
	t.Helper()
	s, list := openpsa.Decode(openpsa.Options{}, openpsa.File{Name: "t.xml", Data: data})
	if len(list) > 0 {
		t.Fatal(list)
	}
	results, _, err := analytic.Evaluate(context.Background(), s, analytic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, _ := results[0].Find(model.Unavailability)
	return v.Value
}

var forests = []forest{
	{events: 60, gates: 80, sharing: 0.5, window: 6},
	{events: 150, gates: 200, sharing: 0.3, window: 4, atLeast: 0.2},
	{events: 100, gates: 150, sharing: 0.35, window: 4, not: 0.2, xor: 0.2},
	{events: 270, gates: 2000, sharing: 0.4, window: 3, not: 0.2, xor: 0.05},
	{events: 1600, gates: 1200, sharing: 0.15, window: 3, atLeast: 0.1},
}

var sum = regexp.MustCompile(`<sum-of-products [^>]* probability="([^"]*)"`)

// TestHard evaluates large random trees twice, the second time with the
// arguments of all gates and their definitions the other way round, which leads
// to other diagrams, and by SCRAM, where it is installed, to six digits.
func TestHard(t *testing.T) {
	scram, _ := exec.LookPath("scram")
	for i, f := range forests {
		for seed := range uint64(4) {
			definitions := f.grow(rand.New(rand.NewPCG(uint64(i), seed)))
			data := document(definitions)
			got := top(t, data)
			if again := top(t, document(reversed(definitions))); math.Abs(again-got) > 1e-12*got {
				t.Errorf("forest %d, seed %d: %v, reversed %v", i, seed, got, again)
			}
			if scram == "" || testing.Short() {
				continue
			}
			file := filepath.Join(t.TempDir(), "t.xml")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command("timeout", "5", scram, "--bdd", "--probability", "1", "--limit-order", "1", file).Output()
			if err != nil {
				continue // too hard for it
			}
			if m := sum.FindSubmatch(out); m != nil {
				if want, _ := strconv.ParseFloat(string(m[1]), 64); math.Abs(got-want) > 6e-6*want {
					t.Errorf("forest %d, seed %d: %v, SCRAM gives %v", i, seed, got, want)
				}
			}
		}
	}
}

var argument = regexp.MustCompile(`(?:<not>)?<(?:gate|basic-event) name="[^"]*"/>(?:</not>)?`)

// reversed lists definitions, and the arguments in each, from the end.
func reversed(definitions []string) []string {
	back := slices.Clone(definitions)
	slices.Reverse(back)
	for i, d := range back {
		args := argument.FindAllString(d, -1)
		slices.Reverse(args)
		k := 0
		back[i] = argument.ReplaceAllStringFunc(d, func(string) string { k++; return args[k-1] })
	}
	return back
}
