package analytic

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

func measure(t *testing.T, r model.Result, m model.Measure, want, tolerance float64) {
	t.Helper()
	got, ok := r.Find(m)
	if !ok || !near(got.Value, want, tolerance) {
		t.Errorf("%s.%s: got %v, want %v", r.Target.Name, m, got.Value, want)
	}
}

// believed is a part that lies until it is noticed, with a spare that only
// steps in for a part that gives no answer.
func believed(every, detect dist.Law) *sketch {
	s := &sketch{}
	liar := s.part("liar", model.Mode{Kind: model.FailByzantine, Every: every, Detect: detect})
	spare := s.part("spare", model.Mode{Every: exp(1000)})
	s.system("believed", s.fallback(s.leaf(liar), s.leaf(spare), 1))
	return s
}

// TestNoticedLate compares with closed forms for a failure that is noticed
// later: P(up at t) = S(t) + P(noticed by t) e^(-t/1000).
func TestNoticedLate(t *testing.T) {
	const a, b = 1 / 300.0, 1 / 20.0 // rates of failure and notice
	twoStage := func(t float64) float64 {
		return 1 - math.Exp(-a*t) - a/(b-a)*(math.Exp(-a*t)-math.Exp(-b*t))
	}
	empirical, err := dist.NewEmpirical([]float64{10, 20, 20, 30})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name          string
		every, detect dist.Law
		noticed       func(t float64) float64
	}{
		{"exponential", exp(1 / a), exp(1 / b), twoStage},
		{"fixed detection", exp(1 / a), dist.Fixed{Time: 7}, func(t float64) float64 { return -math.Expm1(-a * max(t-7, 0)) }},
		{"at once", exp(1 / a), dist.Fixed{}, func(t float64) float64 { return -math.Expm1(-a * t) }},
		{"fixed life", dist.Fixed{Time: 12}, exp(1 / b), func(t float64) float64 { return -math.Expm1(-b * max(t-12, 0)) }},
		{"samples", empirical, dist.Fixed{Time: 5}, func(t float64) float64 { return empirical.CDF(t - 5) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, at := range []float64{1, 12.5, 22, 24, 40, 500} {
				s := believed(c.every, c.detect)
				r := evaluate(t, &s.System, Options{At: at})["believed"]
				want := c.every.Survival(at) + c.noticed(at)*math.Exp(-at/1000)
				measure(t, r, model.PointAvailability, want, 1e-11)
				if _, ok := r.Find(model.Reliability); ok && c.name != "at once" {
					t.Errorf("reliability is given though the spare steps in after an outage")
				}
			}
		})
	}
}

// TestRareStates: the chance that a failure is not yet noticed keeps its
// relative accuracy where it is tiny, here 1e-12 of the failures in 1e-12.
func TestRareStates(t *testing.T) {
	s := &sketch{}
	part := s.part("liar", model.Mode{Kind: model.FailByzantine, Every: exp(1e12), Detect: exp(1e-12)})
	s.system("s", s.leaf(part))
	d, err := newDiagram(t.Context(), model.NewStructure(&s.System), s.Targets, Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := newEvaluation(d, Options{At: 1})
	p := e.atTime(d.blocks[0], 1)
	if !near(p[1], 1e-24, 1e-11) || !near(p[2], 1e-12, 1e-11) {
		t.Errorf("got %v, want 1e-24 wrong and 1e-12 down", p)
	}
}

// TestMTTFOfMany integrates a reliability that falls within a narrow range of
// time: the k-th failure of n comes after the mean of sum 1/(i lambda).
func TestMTTFOfMany(t *testing.T) {
	s := &sketch{}
	s.system("s", s.atLeast(100, s.copies(200, "part", model.Mode{Every: exp(1)})...))
	want := 0.0
	for i := 100; i <= 200; i++ {
		want += 1 / float64(i)
	}
	measure(t, evaluate(t, &s.System, Options{})["s"], model.MTTF, want, 1e-11)
}

// TestNotes checks that each absent measure has a note, and that what is left
// is right.
func TestNotes(t *testing.T) {
	s := &sketch{}
	perfect := s.part("perfect")
	brittle := s.part("brittle", model.Mode{Every: exp(day)})
	sound := s.part("sound", stop(day, hour))
	bought := s.static("bought", 0.1)
	l := s.leaves(perfect, brittle, sound, bought)
	s.system("perfect", l[0])
	s.system("brittle", l[1])
	s.system("sound", l[2])
	s.system("bought", l[3])
	s.system("safe", s.atLeast(1, l[1], l[0]))
	s.system("rare", s.atLeast(1, s.copies(300, "copy", stop(day, hour))...))
	s.system("inverted", s.add(model.Node{Kind: model.Not, Children: []int{l[2]}}))
	s.system("again", s.fallback(s.leaf(s.part("liar", model.Mode{Kind: model.FailByzantine, Every: exp(day), Detect: exp(day)})), l[1], 1))
	results, notes, err := Evaluate(t.Context(), &s.System, Options{Budget: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"N202: no nines for perfect and safe: nothing can take it down",
		"N208: no nines, mtbf, mean_outage or mean_up for rare: its unavailability is below 1e-308, the least that is told from 0",
		"N203: no mtbf, mean_outage or mean_up for perfect, brittle, safe and again: there are no passages from up to down in the long run",
		"N205: no mttf for perfect and safe: it may stay up for ever",
		"N210: no mttf for rare: it is above 1e308 s",
		"N201: no outages, mtbf, mean_outage, mean_up, mttf, reliability, point_availability or interval_availability for bought: bought has a probability and no dynamics",
		"N207: no down time budget for inverted: not all of the down time is due to parts that fail",
		"N206: no mttf or reliability for again: it may come up again though nothing is repaired; `nines simulate` gives it",
	}
	said := map[string]bool{}
	for _, n := range notes {
		said[n.Code+": "+n.Summary] = true
	}
	for _, w := range want {
		if !said[w] {
			t.Errorf("missing note %q", w)
		}
		delete(said, w)
	}
	for n := range said {
		t.Errorf("surplus note %q", n)
	}
	long := map[string]float64{"perfect": 1, "brittle": 0, "sound": 24.0 / 25, "bought": 0.9, "safe": 1, "inverted": 1.0 / 25, "rare": 1, "again": 0}
	for _, r := range results {
		measure(t, r, model.Availability, long[r.Target.Name], 1e-14)
	}
}

func TestTargets(t *testing.T) {
	s := &sketch{}
	l := s.copies(3, "p", stop(day, hour))
	s.system("a", l[0])
	s.system("b", l[1])
	s.system("c", l[2])
	results := evaluate(t, &s.System, Options{Targets: []string{"c", "a"}})
	if len(results) != 2 || results["b"].Values != nil {
		t.Errorf("got %d results", len(results))
	}
	if _, _, err := Evaluate(t.Context(), &s.System, Options{Targets: []string{"d"}}); err == nil {
		t.Error("an unknown target is accepted")
	}
}

// TestNeverUp mixes a part that is never up with one that fails for good.
func TestNeverUp(t *testing.T) {
	s := &sketch{}
	dead, mortal := s.static("dead", 1), s.part("mortal", model.Mode{Every: exp(100)})
	s.system("alone", s.leaf(dead))
	s.system("both", s.series(s.leaf(dead), s.leaf(mortal)))
	s.system("either", s.atLeast(1, s.leaf(dead), s.leaf(mortal)))
	results := evaluate(t, &s.System, Options{At: 50})
	for _, m := range []model.Measure{model.Reliability, model.PointAvailability} {
		measure(t, results["alone"], m, 0, 0)
		measure(t, results["both"], m, 0, 0)
		measure(t, results["either"], m, math.Exp(-0.5), 1e-12)
	}
	measure(t, results["either"], model.MTTF, 100, 1e-9)
}

// TestWanted asks for one measure after the other: each is what it is among all.
func TestWanted(t *testing.T) {
	for _, name := range []string{"05-pool.nines", "07-standby.nines", "09-mission.nines"} {
		s := load(t, name)
		all := evaluate(t, s, Options{})
		for _, m := range model.Measures() {
			for target, r := range evaluate(t, s, Options{Measures: []model.Measure{m}}) {
				beside := all[target]
				want, known := beside.Find(m)
				if got, found := r.Find(m); got != want || found != known {
					t.Errorf("%s: %s of %s alone is %v, among all %v", name, m, target, got, want)
				}
			}
		}
	}
}
