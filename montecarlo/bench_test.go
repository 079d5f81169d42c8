package montecarlo

import (
	"fmt"
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// inPools is n parts in pools of five, behind one another.
func inPools(n int, modes ...model.Mode) *model.System {
	b := newBuilder()
	var pools []int
	for range n / 5 {
		pools = append(pools, b.group(model.Pool, 2, 1, b.fresh(5, modes...)))
	}
	return b.target("all", b.series(pools...))
}

// inPairs is n parts, two side by side, in series.
func inPairs(n int, mode model.Mode) *model.System {
	b := newBuilder()
	var pairs []int
	for range n / 2 {
		pairs = append(pairs, b.atLeast(1, b.fresh(2, mode)...))
	}
	return b.target("all", b.series(pairs...))
}

// withCrews is n parts, 3 needed of five that share a crew of one, in series.
func withCrews(n int, mode model.Mode) *model.System {
	b := newBuilder()
	var shops []int
	for range n / 5 {
		first := len(b.sys.Parts)
		shops = append(shops, b.atLeast(3, b.fresh(5, mode)...))
		b.crew(1, first, first+1, first+2, first+3, first+4)
	}
	return b.target("all", b.series(shops...))
}

// withStandbys is n parts, one of two a spare, in series.
func withStandbys(n int, mode model.Mode) *model.System {
	b := newBuilder()
	var stores []int
	for range n / 2 {
		stores = append(stores, b.standby(&model.Waiting{
			Rate: 1, Detect: exponential(10), Switch: exponential(20), Succeeds: model.ProbOf(0.98), Else: exponential(30 * minute),
		}, b.fresh(2, mode)))
	}
	return b.target("all", b.series(stores...))
}

// wearing parts fail by a Weibull law and are repaired by a lognormal one.
func wearing() model.Mode {
	weibull, err1 := dist.NewWeibullMean(2, 30*day)
	repair, err2 := dist.NewLognormalMean(hour, 1)
	if err1 != nil || err2 != nil {
		panic("no such laws")
	}
	return byLaw(weibull, repair)
}

// BenchmarkEvents takes one change of state after the other, on models of many
// sizes and kinds.
func BenchmarkEvents(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10000} {
		for _, c := range []struct {
			name string
			sys  func(n int) *model.System
		}{
			{"pairs", func(n int) *model.System { return inPairs(n, stop(30*day, hour)) }},
			{"pools", func(n int) *model.System { return inPools(n, stop(30*day, hour)) }},
			{"silent", func(n int) *model.System { return inPools(n, silent(30*day, hour, hour)) }},
			{"weibull-lognormal", func(n int) *model.System { return inPools(n, wearing()) }},
			{"crews", func(n int) *model.System { return withCrews(n, stop(30*day, hour)) }},
			{"standbys", func(n int) *model.System { return withStandbys(n, stop(30*day, hour)) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) { benchmarkEvents(b, c.sys(n)) })
		}
	}
}

func benchmarkEvents(b *testing.B, sys *model.System) {
	p, err := newProgram(sys)
	if err != nil {
		b.Fatal(err)
	}
	e := newEngine(p)
	e.stream.start(1, 2, 3)
	e.begin(true)
	b.ReportAllocs()
	first := e.events
	for b.Loop() {
		e.step(math.Inf(1))
	}
	n := float64(e.events - first)
	b.ReportMetric(n/b.Elapsed().Seconds()/1e6, "Mevents/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/event")
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

func BenchmarkLaws(b *testing.B) {
	for _, law := range []dist.Law{dist.Weibull{Shape: 2, Scale: 1}, dist.Lognormal{Median: 1, Sigma: 1}, dist.Gamma{Shape: 3, Scale: 1}} {
		s := newStream()
		b.Run(fmt.Sprintf("%T", law), func(b *testing.B) {
			for b.Loop() {
				law.Sample(s.Rand)
			}
		})
		table := &table{law: law}
		b.Run(fmt.Sprintf("%T/table", law), func(b *testing.B) {
			for b.Loop() {
				table.draw(&s)
			}
		})
	}
}
