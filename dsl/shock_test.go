package dsl

import (
	"testing"

	"nines/model"
	"nines/model/dist"
)

func TestCommonCause(t *testing.T) {
	sys := load(t, `
component a { fails every 90d repair 4h  fails restart every 9d repair 1m }
component b[2] { unavailability 1% }
pool p { a x 2 }
common cause 10% among a
common cause 25% among p
common cause 10% among b
system s = series(p, any of b)`, Options{})
	if len(sys.Shocks) != 2 {
		t.Fatalf("shocks %+v", sys.Shocks)
	}
	own := sys.Parts[partOf(t, sys, "p.a[1]")].Modes
	means := []float64{90 / 0.65, 9 / 0.65, 900, 90, 360, 36}
	for i, days := range means {
		if got := own[i].Every.Mean() / 86400; !near(got, days) {
			t.Errorf("mode %d every %g d, want %g", i, got, days)
		}
	}
	k := sys.Shocks[1]
	if !k.Common || k.Name != "p" || k.Each != (model.Prob{P: 1}) || len(k.Parts) != 2 || len(k.Strikes) != 2 {
		t.Errorf("shock %+v", k)
	}
	if s := k.Strikes[1]; s.Every != (dist.Exponential{MeanTime: 36 * 86400}) || s.Modes[0] != 5 || s.Modes[1] != 5 || own[5].Kind != model.FailRestart {
		t.Errorf("strike %+v", s)
	}
	b := sys.Parts[partOf(t, sys, "b[2]")]
	if len(b.Causes) != 1 || !near(b.Static.Q, 0.009) || !near(b.Static.P, 0.991) {
		t.Errorf("b %+v", b)
	}
	if c := sys.Parts[b.Causes[0]]; c.Kind != model.CommonCause || !near(c.Static.Q, 0.001) || !near(c.Static.P, 0.999) {
		t.Errorf("cause %+v", c)
	}
}

func TestShock(t *testing.T) {
	sys := load(t, `
domain zone[2] { fails every 2y repair 2h }
component a in zone { never fails }
component b in zone[1] { fails every 90d repair 4h }
pool p { a x 2 }
shock at 2/y hits zone, p, b each 20% repair 1h
shock every fixed(10d) hits b each 100%
shock every 10d hits b each 0% repair 1h
system s = series(p, b)`, Options{})
	if len(sys.Shocks) != 2 {
		t.Fatalf("shocks %+v", sys.Shocks)
	}
	k := sys.Shocks[0]
	if k.Common || k.Name != "zone, p, b" || len(k.Parts) != 5 || k.Each != (model.Prob{P: 0.2, Q: 0.8}) || !near(k.Strikes[0].Every.Mean(), model.Year/2) {
		t.Errorf("shock %+v", k)
	}
	if every := sys.Shocks[1].Strikes[0].Every; every != (dist.Fixed{Time: 10 * 86400}) {
		t.Errorf("every %v", every)
	}
	modes := sys.Parts[partOf(t, sys, "b")].Modes
	if len(modes) != 3 || !near(modes[1].Every.Mean(), 2.5*model.Year) || modes[2].Every != (dist.Exponential{MeanTime: 10 * 86400}) || modes[2].Repair != nil {
		t.Errorf("modes %+v", modes)
	}
	if a := sys.Parts[partOf(t, sys, "p.a[1]")]; len(a.Modes) != 1 || len(a.Automaton.States) != 2 {
		t.Errorf("a %+v", a)
	}
}
