package montecarlo

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// hundred is a hundred parts in twenty pools behind one another.
func hundred(mode model.Mode) *model.System {
	b := newBuilder()
	var pools []int
	for range 20 {
		pools = append(pools, b.group(model.Pool, 2, 1, b.fresh(5, mode)))
	}
	return b.target("all", b.series(pools...))
}

func benchmarkEvents(b *testing.B, sys *model.System) {
	p, err := newProgram(sys)
	if err != nil {
		b.Fatal(err)
	}
	e := newEngine(p)
	e.stream.start(1, 2, 3)
	e.begin(true)
	e.until(100 * p.horizon(0))
	e.begin(true)
	b.ReportAllocs()
	first := e.events
	for b.Loop() {
		e.step(math.Inf(1))
	}
	b.ReportMetric(float64(e.events-first)/b.Elapsed().Seconds()/1e6, "Mevents/s")
}

func BenchmarkExponential(b *testing.B) { benchmarkEvents(b, hundred(stop(30*day, hour))) }

func BenchmarkSilent(b *testing.B) { benchmarkEvents(b, hundred(silent(30*day, hour, hour))) }

func BenchmarkWeibull(b *testing.B) {
	weibull, _ := dist.NewWeibullMean(2, 30*day)
	benchmarkEvents(b, hundred(byLaw(weibull, exponential(hour))))
}

func BenchmarkCycle(b *testing.B) {
	p, err := newProgram(pool())
	if err != nil {
		b.Fatal(err)
	}
	e := newEngine(p)
	b.ReportAllocs()
	for b.Loop() {
		e.regenerate(cyclesPerRun)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/cyclesPerRun, "ns/cycle")
}
