package markov

import (
	"fmt"
	"math"
	"runtime"
	"testing"
)

// grid is a two-dimensional chain: two machine repair models of n machines each that share one crew, the first before the second.
func grid(t testing.TB, n int) *Space[[2]uint16] {
	t.Helper()
	sp, err := Explore([2]uint16{}, func(s [2]uint16, emit func([2]uint16, float64)) {
		if int(s[0]) < n {
			emit([2]uint16{s[0] + 1, s[1]}, 1e-3*float64(n-int(s[0])))
		}
		if int(s[1]) < n {
			emit([2]uint16{s[0], s[1] + 1}, 2e-3*float64(n-int(s[1])))
		}
		switch {
		case s[0] > 0:
			emit([2]uint16{s[0] - 1, s[1]}, 1)
		case s[1] > 0:
			emit([2]uint16{s[0], s[1] - 1}, .5)
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

func BenchmarkExploreBits(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var sp *Space[uint64]
	for b.Loop() {
		sp = repair{20, 2, 1e-3, 1}.bits(b)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(sp.Len()), "ns/state")
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(sp.Len()), "B/state")
	runtime.KeepAlive(sp)
}

func BenchmarkSteadyBits(b *testing.B) {
	sp := repair{20, 2, 1e-3, 1}.bits(b)
	for b.Loop() {
		st, err := sp.Steady(nil, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(math.Log10(st.Error), "log10(error)")
	}
}

func BenchmarkSteadyGrid(b *testing.B) {
	for _, n := range []int{30, 100, 200, 300} {
		sp := grid(b, n)
		b.Run(sp.name(), func(b *testing.B) {
			for b.Loop() {
				st, err := sp.Steady(nil, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(math.Log10(st.Error), "log10(error)")
			}
		})
	}
}

func (sp *Space[S]) name() string { return fmt.Sprintf("states=%d", sp.Len()) }

// BenchmarkYear computes the point and interval availability of a year in 200 points.
func BenchmarkYear(b *testing.B) {
	const year = 365 * 86400.
	times := make([]float64, 200)
	for k := range times {
		times[k] = year * float64(k+1) / float64(len(times))
	}
	for _, n := range []int{2, 3, 4, 5, 6} {
		sp := modes(b, n, 1)
		up := sp.Where(func(s [10]uint8) bool { return s[0]%3 == 0 || s[1]%3 == 0 })
		b.Run(sp.name(), func(b *testing.B) {
			for b.Loop() {
				c, err := sp.Curve(nil, up, times, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(math.Log10(c.Error), "log10(error)")
			}
		})
	}
}

// BenchmarkStiff has 15 of 20 with one repairer, lumped: unavailability 1e-15, mean time to failure 1e15, a year in 200 points.
func BenchmarkStiff(b *testing.B) {
	sp := repair{20, 1, 1.8e-4, 1}.count(b, never)
	down := sp.Where(func(d uint64) bool { return d > 5 })
	times := make([]float64, 200)
	for k := range times {
		times[k] = 8760 * float64(k+1) / 200
	}
	for name, run := range map[string]func() error{
		"explore":     func() error { repair{20, 1, 1.8e-4, 1}.count(b, never); return nil },
		"steady":      func() error { _, err := sp.Steady(nil, Options{}); return err },
		"mttf":        func() error { _, err := sp.Passage(nil, down, Options{}); return err },
		"reliability": func() error { _, err := sp.PassageCurve(nil, down, times, Options{}); return err },
		"quantile":    func() error { _, err := sp.PassageQuantile(nil, down, .5, Options{}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
