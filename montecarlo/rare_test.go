package montecarlo

import (
	"context"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// sure is a law that can be made.
func sure(l dist.Law, err error) dist.Law {
	if err != nil {
		panic(err)
	}
	return l
}

// alternatives are parts that fail and are repaired independently, of which k are
// needed: with q the share of the time that a part is down and f how often it
// fails, one needed of all is down for the product of all q, and goes down
// sum of f/(1-q) of one part times 1-q of it and the q of all others.
func alternatives(modes ...model.Mode) (sys *model.System, unavailability, rate float64) {
	b := newBuilder()
	var nodes []int
	unavailability = 1
	for _, m := range modes {
		nodes = append(nodes, b.one(m))
		unavailability *= m.Repair.Mean() / (m.Every.Mean() + m.Repair.Mean())
	}
	for _, m := range modes {
		rate += unavailability / m.Repair.Mean()
	}
	return b.target("s", b.atLeast(1, nodes...)), unavailability, rate
}

// crewPair is two parts of which one is enough, and one repairer: with the rates
// a and m and r = a/m the chances of 0, 1 and 2 failed are as 1, 2r, 2r².
func crewPair(every, repair float64) (sys *model.System, unavailability, rate float64) {
	b := newBuilder()
	first, second := b.part(model.None, stop(every, repair)), b.part(model.None, stop(every, repair))
	b.crew(1, first, second)
	r := repair / every
	all := 1 + 2*r + 2*r*r
	return b.target("s", b.atLeast(1, b.leaf(first), b.leaf(second))), 2 * r * r / all, 2 * r / all / every
}

// A rare is a system whose figures are known.
type rare struct {
	name                 string
	kind                 kind
	runs                 int
	sys                  *model.System
	unavailability, rate float64
}

func rares() []rare {
	made := func(name string, kind kind, runs int) func(*model.System, float64, float64) rare {
		return func(sys *model.System, u, rate float64) rare { return rare{name, kind, runs, sys, u, rate} }
	}
	ages := byLaw(sure(dist.NewWeibullMean(2, 1000*hour)), sure(dist.NewLognormalMeanCV(3*hour, 1)))
	young := byLaw(sure(dist.NewWeibullMean(0.7, 3000*hour)), dist.Fixed{Time: 2 * hour})
	clockwork := byLaw(dist.Fixed{Time: 700 * hour}, exponential(hour))
	return []rare{
		made("cycles of three", cycles, 500)(alternatives(stop(1000*hour, hour), stop(500*hour, 2*hour), stop(9000*hour, 5*hour))),
		made("cycles of five", cycles, 1500)(alternatives(stop(1000*hour, hour), stop(1000*hour, hour), stop(1000*hour, hour), stop(500*hour, hour), stop(700*hour, hour))),
		made("ageing pair", excursions, 150)(alternatives(ages, young)),
		made("ageing three", excursions, 200)(alternatives(ages, young, ages)),
		made("clockwork", excursions, 150)(alternatives(clockwork, ages)),
		made("crew", excursions, 150)(crewPair(1000*hour, hour)),
	}
}

// estimates gives those of the long run of one seed: unavailability, unserved,
// rates of outages and of failing cycles or excursions.
func (r *rare) estimates(p *program, engines []*engine, seed uint64, confidence float64) [4]estimate {
	s := &simulation{}
	study := s.add(r.kind, p, engines)
	study.end = p.roaming()
	study.begin(r.runs)
	study.growTo(context.Background(), study.stage.chunks, seed, func() {})
	found := study.sample(0, confidence)
	return [4]estimate{
		found.odds(downTime).rising(shareOfOdds), found.odds(unserved).rising(shareOfOdds), found.rate(outages, length), found.rate(failures, map[kind]int{cycles: span, excursions: length}[r.kind]),
	}
}

// TestRareCalibration counts how often 95 % intervals of rare events hold the
// true value.
func TestRareCalibration(t *testing.T) {
	n := seeds(30)
	for _, r := range rares() {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p, err := newProgram(r.sys)
			if err != nil {
				t.Fatal(err)
			}
			engines, held, worst := make([]*engine, 1), [4]int{}, 0.0
			for seed := range n {
				for i, e := range r.estimates(p, engines, uint64(seed), 0.95) {
					if want := [4]float64{r.unavailability, r.unavailability, r.rate, r.rate}[i]; e.low <= want && want <= e.high {
						held[i]++
					}
					worst = max(worst, e.precision())
				}
			}
			for i, name := range [4]string{"unavailability", "unserved", "outages", "failures"} {
				share := float64(held[i]) / float64(n)
				t.Logf("%s: %.1f %% (worst ± %.0f %%)", name, 100*share, 100*worst)
				if !calibrated(share, n) {
					t.Errorf("%s: the interval holds the value in %.1f %% of %d seeds, want 93 to 97", name, 100*share, n)
				}
			}
		})
	}
}
