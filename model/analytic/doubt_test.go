package analytic

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// doubted is a standby of two whose active member is taken for dead at the rate
// r while it is up, for a mean of l.
func doubted(r, l, change float64, fenced bool, modes ...model.Mode) *sketch {
	s := &sketch{}
	s.Detectors = []model.Detector{{Name: "other"}, {Name: "hb", Quality: model.Quality{Rate: r, Lasting: l}}}
	node := s.group(model.Standby, 0, s.copies(2, "pg", modes...)...)
	s.Nodes[node].Name = "db"
	s.Nodes[node].Waiting = &model.Waiting{Rate: 1, Detect: dist.Fixed{}, By: "hb", Switch: exp(change), Succeeds: model.Prob{P: 1}, Fenced: fenced}
	s.system("db", node)
	return s
}

// TestMistakes: of members that never fail all that is missing are mistakes,
// a time up of 1/r before each.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		fenced bool
		down   float64
	}{{false, 50 + 20}, {true, 20}} {
		s := doubted(1e-6, 50, 20, c.fenced)
		list, _, err := Evaluate(t.Context(), &s.System, Options{})
		if err != nil {
			t.Fatal(err)
		}
		down := 1e-6 * c.down / (1 + 1e-6*c.down)
		for m, want := range map[model.Measure]float64{
			model.Unavailability: down, model.Outages: model.Year / (1e6 + c.down), model.MTTF: 1e6, model.WrongShare: down,
		} {
			if m == model.WrongShare && c.fenced {
				want = 0
			}
			if got, ok := list[0].Find(m); !ok || !near(got.Value, want, 1e-11) {
				t.Errorf("fenced %v: %s %v, want %v", c.fenced, m, got.Value, want)
			}
		}
	}
}

// TestMistakesAndFailures holds a pair that also fails against its chain, written
// by hand: who is active, who is promoted, who of the two is down.
func TestMistakesAndFailures(t *testing.T) {
	const (
		fails, repair, change, r, l = 1 / 100.0, 1 / 7.0, 1 / 2.0, 1 / 30.0, 5.0
		ends                        = 1 / (l + 1/change)
	)
	chain := map[string]map[string]float64{
		"both":            {"active only": fails, "promoting one": fails, "doubled": r},
		"active only":     {"both": repair, "none": fails},
		"none":            {"promoting one": 2 * repair},
		"promoting one":   {"active only": change, "promoting": repair, "promoting none": fails},
		"promoting":       {"both": change, "promoting lost": fails, "promoting one": fails},
		"promoting none":  {"none": change, "promoting one": repair, "promoting lost": repair},
		"promoting lost":  {"promoting one": change, "promoting": repair, "promoting none": fails},
		"doubled":         {"both": ends, "promoting one": fails, "doubled in vain": fails},
		"doubled in vain": {"active only": ends, "doubled": repair, "none": fails},
	}
	p := stationary(chain)
	ok := map[string]bool{"both": true, "active only": true, "doubled in vain": true}
	down, outages := 0.0, 0.0
	for from, to := range chain {
		if !ok[from] {
			down += p[from]
			continue
		}
		for state, rate := range to {
			if !ok[state] {
				outages += p[from] * rate * model.Year
			}
		}
	}
	s := doubted(r, l, 1/change, false, stop(1/fails, 1/repair))
	list, _, err := Evaluate(t.Context(), &s.System, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for m, want := range map[model.Measure]float64{model.Unavailability: down, model.Outages: outages, model.WrongShare: p["doubled"]} {
		if got, _ := list[0].Find(m); !near(got.Value, want, 1e-10) {
			t.Errorf("%s %v, want %v", m, got.Value, want)
		}
	}
}

// stationary solves a small chain by jumping, with half of all steps standing
// still, until nothing changes.
func stationary(chain map[string]map[string]float64) map[string]float64 {
	p, fastest := map[string]float64{}, 0.0
	for from, to := range chain {
		p[from] = 1 / float64(len(chain))
		sum := 0.0
		for _, rate := range to {
			sum += rate
		}
		fastest = max(fastest, 2*sum)
	}
	for moved := 1.0; moved > 1e-15; {
		next := map[string]float64{}
		for from, to := range chain {
			next[from] += p[from]
			for state, rate := range to {
				next[state] += p[from] * rate / fastest
				next[from] -= p[from] * rate / fastest
			}
		}
		moved = 0
		for state := range p {
			moved = max(moved, math.Abs(next[state]-p[state]))
		}
		p = next
	}
	return p
}
