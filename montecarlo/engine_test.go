package montecarlo

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nines/model"
	"nines/model/dist"
)

func fixed(time float64) dist.Law { return dist.Fixed{Time: time} }

// clockwork has two parts of fixed times, of which one is enough:
//
//	a fails every 10 h, back after 10 h: down in [10,20) [30,40) [50,60) [70,80) ...
//	b fails every 20 h, back after 10 h: down in [20,30) [50,60) [80,90) ...
//
// At 20 h one comes back at the moment that the other goes; both are down in
// [50,60), [110,120) and every 60 h on.
func clockwork() *model.System {
	b := newBuilder()
	first := b.one(byLaw(fixed(10*hour), fixed(10*hour)))
	return b.target("clockwork", b.atLeast(1, first, b.one(byLaw(fixed(20*hour), fixed(10*hour)))))
}

// TestLog compares the passages of a run with a log made by hand.
func TestLog(t *testing.T) {
	p, err := newProgram(clockwork())
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(p)
	e.stream.start(1, 2, 3)
	e.begin(false)
	var log []string
	for up := true; e.step(180 * hour); {
		if e.watches[0].up != up {
			up = !up
			log = append(log, fmt.Sprintf("%gh up=%v", e.now/hour, up))
		}
	}
	e.finish()
	want := []string{"50h up=false", "60h up=true", "110h up=false", "120h up=true", "170h up=false", "180h up=true"}
	if !slices.Equal(log, want) {
		t.Errorf("got %v, want %v", log, want)
	}
	sum := e.watches[0].sum
	if sum[downTime] != 30*hour || sum[outages] != 3 || sum[span] != 50*hour || sum[failures] != 1 || sum[length] != 180*hour {
		t.Errorf("got %v", sum)
	}
}

// TestCertain asks for measures of a system in which nothing is random.
func TestCertain(t *testing.T) {
	r := simulate(t, clockwork(), Options{Runs: 200, At: 120 * hour, Horizon: 60 * hour})
	for m, want := range map[model.Measure]float64{
		model.MTTF: 50 * hour, model.IntervalAvailability: 1 - 20.0/120,
	} {
		v, _ := r.Results[0].Find(m)
		if !near(v.Value, want, 1e-15) || !near(v.Low, want, 1e-15) || !near(v.High, want, 1e-15) {
			t.Errorf("%s: got %g in %g to %g, want exactly %g", m, v.Value, v.Low, v.High, want)
		}
	}
	if v, _ := r.Results[0].Find(model.Reliability); v.Low != 0 || v.Value != v.High || v.High > 0.02 || v.Note == "" {
		t.Errorf("reliability: got %+v, want a small upper bound", v)
	}
	b := newBuilder()
	sys := b.target("s", b.one(byLaw(fixed(9*hour), fixed(hour))))
	r = simulate(t, sys, Options{Runs: 200, Horizon: 20 * hour})
	for m, want := range map[model.Measure]float64{
		model.Unavailability: 0.1, model.Outages: model.Year / (10 * hour), model.MeanOutage: hour, model.MeanUp: 9 * hour,
	} {
		if v, _ := r.Results[0].Find(m); !near(v.Low, want, 1e-12) || !near(v.High, want, 1e-12) {
			t.Errorf("%s over two whole cycles: got %g to %g, want %g", m, v.Low, v.High, want)
		}
	}
}

func near(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance*math.Abs(want) }

// TestWorkers compares reports made by different numbers of workers.
func TestWorkers(t *testing.T) {
	for _, horizon := range []float64{0, 10 * day} {
		var want string
		for _, workers := range []int{1, 2, 7} {
			r := simulate(t, microservices(), Options{Until: 0.1, Seed: 9, Workers: workers, Horizon: horizon})
			got := fmt.Sprintf("%+v", *r)
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%d workers: got\n%s\nwant\n%s", workers, got, want)
			}
		}
		if other := simulate(t, microservices(), Options{Until: 0.1, Seed: 10, Horizon: horizon}); fmt.Sprintf("%+v", *other) == want {
			t.Error("another seed gives the same")
		}
	}
}

// TestNoAllocations runs every kind of run on a system with something of
// everything, once what it needs has grown.
func TestNoAllocations(t *testing.T) {
	for _, sys := range []*model.System{inPools(100, silent(30*day, hour, hour)), microservices(), deploys(), circle(), clockwork()} {
		p, err := newProgram(sys)
		if err != nil {
			t.Fatal(err)
		}
		e := newEngine(p)
		run := uint64(0)
		var m moments
		for name, work := range map[string]func(){
			"stretch": func() { e.begin(true); e.until(p.horizon(0)) },
			"windows": func() {
				e.keepJournal(true)
				e.months(30*day, 3)
				e.aftermath(1000)
				e.keepJournal(false)
			},
			"mission": func() { e.begin(false); e.until(30 * day) },
			"life":    func() { e.begin(false); e.live(1000) },
			"cycles": func() {
				if p.regenerative() {
					e.regenerate(cyclesPerRun)
				}
			},
		} {
			once := func() {
				run = (run + 1) % 100
				e.stream.start(1, 1, run)
				work()
				m.add(&e.watches[0].sum)
			}
			for range 300 {
				once()
			}
			if got := testing.AllocsPerRun(100, once); got != 0 {
				t.Errorf("%s of %s: got %g allocations a run, want 0", name, sys.Targets[0].Name, got)
			}
		}
	}
}

// TestNestedDomains: what is in a domain that is lost counts as lost, and goes
// on failing and being repaired by itself.
func TestNestedDomains(t *testing.T) {
	b := newBuilder()
	region := b.part(model.None, silent(100*hour, 5*hour, 5*hour))
	zone := b.part(region, stop(50*hour, 10*hour))
	var members []int
	for range 2 {
		members = append(members, b.leaf(b.part(zone, stop(20*hour, 5*hour))))
	}
	// A pool of one part outside and two inside: a request is lost on one that
	// is lost with its region, so all of it goes by the conditions.
	outside := b.one(stop(20*hour, 5*hour))
	sys := b.target("pool", b.group(model.Pool, 1, 0, append(members, outside)))
	lost, down, zoneUp, up := 5.0/110, 5.0/110, 50.0/60, 20.0/25
	regionUp := 1 - lost - down
	// With the region up and the zone up all three count; with either down only
	// the one outside; with the region lost two of three answers are lost.
	all := 1 - (1-up)*(1-up)*(1-up)
	want := regionUp*(zoneUp*all+(1-zoneUp)*up) + down*up + lost*up/3
	for _, horizon := range []float64{0, 100 * hour} {
		r := simulate(t, sys, Options{Runs: 2000, Seed: 1, Confidence: 0.999, Horizon: horizon})
		holds(t, &r.Results[0], map[model.Measure]float64{model.Served: want})
	}
}
