package montecarlo_test

import (
	"os"
	"path/filepath"
	"testing"

	"nines/dsl"
	"nines/model/analytic"
	"nines/montecarlo"
)

// TestAgreement holds two engines against each other that have only the model
// in common: on every example and on every system with figures by brute force
// the exact value lies in the 99.9 % interval, but for one in a thousand.
func TestAgreement(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../examples/*.nines", "../model/analytic/testdata/*.nines"} {
		found, err := filepath.Glob(pattern)
		if err != nil || found == nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	compared, missed := 0, 0
	for _, file := range files {
		runs := 200
		if filepath.Base(file) == "raft.nines" {
			runs = 20 // of a century each
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, outside := agreement(t, file, text, montecarlo.Options{Runs: runs, Confidence: 0.999, Seed: 4})
		compared += all
		missed += outside
	}
	t.Logf("some of %d values of %d targets outside", compared, missed)
	if compared < 1000 || missed > 2+compared/1000 {
		t.Errorf("of %d exact values some of %d targets lie outside of their 99.9 %% intervals", compared, missed)
	}
}

// rare is what plain simulation does not see in centuries: unavailabilities from
// 1e-7 down to 1e-28, with and without a memory, alone and with shared repairers
// and standbys.
const rare = `
component p1 { unavailability 0.001 repair 1h }
component p2 { unavailability 0.0005 repair 1h }
component p3 { unavailability 0.003 repair 1h }
component p4 { unavailability 0.002 repair 1h }
component p5 { unavailability 0.00025 repair 1h }
component p6 { unavailability 0.0007 repair 1h }
component q  { unavailability 1e-6 repair 1h }
component disk { fails every 500000h repair 10h }
component old { fails every erlang(3, mean 90d) repair erlang(2, mean 2h) }
component new { fails every 60d repair 1h }
component mill { fails every erlang(2, mean 200d) repair 3h }
component lathe { fails every 300d repair erlang(2, mean 2h) }
component node { fails every erlang(2, mean 60d) repair 1h }
standby spares { node x 3 hot detect 10s switch 20s }
crew ops x 1 { repairs mill, lathe }
system six = parallel(p1, p2, p3, p4, p5, p6)
system nine = 5 of q x 9
system copies = 1 of disk x 3
system mixed = parallel(old, new)
system shop = parallel(mill, lathe)
system backed = spares
system trio   = parallel(old, mill, lathe)
`

// TestRare holds rare events against exact values.
func TestRare(t *testing.T) {
	compared, missed := agreement(t, "rare.nines", []byte(rare), montecarlo.Options{Until: 0.1, Confidence: 0.999, Seed: 4, Method: montecarlo.Rare})
	if compared < 60 || missed > 0 {
		t.Errorf("of %d exact values some of %d targets lie outside of their 99.9 %% intervals", compared, missed)
	}
}

// agreement counts the exact values of a model that are simulated too, and the
// targets of which some lie outside of their intervals: the figures of a target
// are off together.
func agreement(t *testing.T, file string, text []byte, opts montecarlo.Options) (compared, missed int) {
	t.Helper()
	sys, diagnostics := dsl.Load(file, text, dsl.Options{})
	if sys == nil {
		t.Fatal(diagnostics)
	}
	exact, _, err := analytic.Evaluate(t.Context(), sys, analytic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	simulated, err := montecarlo.Simulate(t.Context(), sys, opts)
	if err != nil {
		t.Fatal(err)
	}
	if !simulated.Converged {
		t.Errorf("%s: the goal was not reached", file)
	}
	for i, r := range simulated.Results {
		before := missed
		for _, v := range r.Values {
			want, ok := exact[i].Find(v.Measure)
			if !ok || !v.Bounded {
				continue
			}
			low, high := want.Value, want.Value
			if want.Bounded {
				low, high = want.Low, want.High
			}
			compared++
			const rounding = 1e-12
			if high < v.Low*(1-rounding) || low > v.High*(1+rounding) {
				missed = before + 1
				t.Logf("%s: %s.%s: [%v, %v] without %v", filepath.Base(file), r.Target.Name, v.Measure, v.Low, v.High, want.Value)
			}
		}
	}
	return compared, missed
}
