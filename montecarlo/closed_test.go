package montecarlo

import (
	"context"
	"math"
	"testing"

	"nines/model"
)

// pair is two parts of which one is enough; the second answers the share
// covers of what the first does not.
func pair(every, repair, covers float64) *model.System {
	b := newBuilder()
	b.sys.Mission = every
	first, second := b.one(stop(every, repair)), b.one(stop(every, repair))
	return b.target("pair", b.fallback(first, second, covers))
}

// pairMeasures are those of pair in closed form. With the rates a = 1/every
// and m = 1/repair and q = a/(a+m):
//
//	mttf (3a + m)/(2a²), outages per second 2a(1-q)q, and the reliability by
//	the two negative roots of s² + (3a+m)s + 2a²
func pairMeasures(every, repair, covers float64) map[model.Measure]float64 {
	a, m := 1/every, 1/repair
	q := a / (a + m)
	root := math.Sqrt(a*a + 6*a*m + m*m)
	fast := -(3*a + m + root) / 2
	slow := 2 * a * a / fast
	rate := 2 * a * (1 - q) * q
	return map[model.Measure]float64{
		model.Availability: 1 - q*q, model.Unavailability: q * q, model.Nines: -2 * math.Log10(q),
		model.Served: 1 - q + q*(1-q)*covers, model.WrongShare: 0, model.Degraded: q * (1 - q),
		model.Downtime: q * q * model.Year, model.Outages: rate * model.Year, model.MTBF: 1 / rate,
		model.MeanOutage: q * q / rate, model.MeanUp: (1 - q*q) / rate,
		model.MTTF:        (3*a + m) / (2 * a * a),
		model.Reliability: (slow*math.Exp(fast*every) - fast*math.Exp(slow*every)) / (slow - fast),
	}
}

func simulate(t *testing.T, sys *model.System, o Options) *Report {
	t.Helper()
	r, err := Simulate(context.Background(), sys, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPair holds both long-run methods against the closed form.
func TestPair(t *testing.T) {
	want := pairMeasures(100*hour, 10*hour, 0.6)
	for name, horizon := range map[string]float64{"cycles": 0, "windows": 300 * hour, "short windows": hour} {
		t.Run(name, func(t *testing.T) {
			r := simulate(t, pair(100*hour, 10*hour, 0.6), Options{Runs: 20000, Confidence: 0.999, Seed: 5, Horizon: horizon})
			holds(t, &r.Results[0], want)
		})
	}
}

// TestPublished compares with published values; parts have the rates 0.001 and
// 0.1 per hour and a crew each.
func TestPublished(t *testing.T) {
	for _, c := range []struct {
		name         string
		k, n         int
		availability float64
	}{
		{"1 of 2", 1, 2, .999901970395059308},
		{"2 of 3", 2, 3, .999707852365473779},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBuilder()
			sys := b.target("s", b.atLeast(c.k, b.fresh(c.n, stop(1000*hour, 10*hour))...))
			r := simulate(t, sys, Options{Until: 0.02, Confidence: 0.999, Seed: 3})
			holds(t, &r.Results[0], map[model.Measure]float64{model.Availability: c.availability})
		})
	}
}

// TestPointAvailability compares with the closed form m/(a+m) + a/(a+m)
// exp(-(a+m)t) and its mean, for a = 0.1 and m = 1 per hour.
func TestPointAvailability(t *testing.T) {
	for _, c := range []struct{ at, point, interval float64 }{
		{.5, .961540891852772, .979016560267688},
		{1, .939351916699825, .964225530272886},
		{2, .919163923487485, .945834580232961},
		{5, .909462433767133, .925552284769612},
	} {
		b := newBuilder()
		sys := b.target("s", b.one(stop(10*hour, hour)))
		r := simulate(t, sys, Options{Runs: 50000, Confidence: 0.999, Seed: 3, At: c.at * hour})
		holds(t, &r.Results[0], map[model.Measure]float64{
			model.PointAvailability: c.point, model.IntervalAvailability: c.interval, model.Reliability: math.Exp(-c.at / 10),
		})
	}
}

// TestNeverRepaired compares missions without repair with their closed forms.
func TestNeverRepaired(t *testing.T) {
	b := newBuilder()
	b.sys.Mission = 500 * hour
	never := model.Mode{Kind: model.FailStop, Every: exponential(1000 * hour)}
	sys := b.target("tmr", b.atLeast(2, b.fresh(3, never)...))
	r := simulate(t, sys, Options{Runs: 20000, Confidence: 0.999, Seed: 3})
	holds(t, &r.Results[0], map[model.Measure]float64{
		model.MTTF: 833.3333333333333 * hour, model.Reliability: .657378003217467, model.PointAvailability: .657378003217467,
		model.Availability: 0, model.Unavailability: 1,
	})
}

// TestFirstOfCrews compares mean times to the first failure of two and of three
// parts with the rates 0.001 and 0.1 per hour that share one repairer with
// published values.
func TestFirstOfCrews(t *testing.T) {
	for n, want := range map[int]float64{2: 51500, 3: 17500} {
		b := newBuilder()
		sys := b.target("s", b.atLeast(n-1, b.fresh(n, stop(1000*hour, 10*hour))...))
		b.crew(1, []int{0, 1, 2}[:n]...)
		for seed := range uint64(seeds(2)) {
			r := simulate(t, sys, Options{Until: 0.05, Confidence: 0.999, Seed: seed})
			holds(t, &r.Results[0], map[model.Measure]float64{model.MTTF: want * hour})
		}
	}
}
