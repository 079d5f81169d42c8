package analytic

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"nines/model"
)

// layered is a graph of services: each needs its own failures to be absent, a
// database and a login that all share, and two to four services of lower
// layers. All are reported.
func layered(services int) *sketch {
	s := &sketch{}
	rng := rand.New(rand.NewPCG(11, 12))
	db, auth := s.leaf(s.part("db", stop(90*day, hour))), s.leaf(s.part("auth", stop(40*day, 20*minute)))
	var all []int
	for i := range services {
		needs := []int{db, auth}
		for range min(2+rng.IntN(3), len(all)) {
			needs = append(needs, all[rng.IntN(len(all))])
		}
		service := s.service(fmt.Sprint("s", i), 0, needs...)
		s.own(service, stop(30*day*(1+rng.Float64()), 10*minute))
		all = append(all, service)
		s.report(service)
	}
	return s
}

// shop is a graph of services as they are: pools in three zones with unnoticed
// failures and retries, deploys, fallbacks, soft dependencies, levels.
func shop(services int) *sketch {
	s := &sketch{}
	rng := rand.New(rand.NewPCG(13, 14))
	var zones, all []int
	for i := range 3 {
		zone := s.part(fmt.Sprint("zone", i), stop(3*model.Year, 2*hour))
		s.Parts[zone].Kind = model.Domain
		zones = append(zones, zone)
	}
	for i := range services {
		var pods []int
		for k := range 3 {
			pods = append(pods, s.leaf(s.in(zones[k], fmt.Sprintf("pod%d.%d", i, k), restart(15*day, 40, minute), silent(model.Year, 3*minute, 40))))
		}
		pool := s.group(model.Pool, 1, pods...)
		s.Nodes[pool].Retry = 1
		needs := []int{pool}
		for range min(1+rng.IntN(3), len(all)) {
			needs = append(needs, all[rng.IntN(len(all))])
		}
		if i > 4 && rng.IntN(3) == 0 {
			needs = append(needs, s.fallback(all[rng.IntN(len(all))], all[rng.IntN(len(all))], 0.8))
		}
		service := s.service(fmt.Sprint("s", i), []float64{0, 0.5, 0.95}[rng.IntN(3)], needs...)
		s.own(service, stop(60*day, 12*minute))
		s.deploys(service, model.Deploys{Rate: 3 * 0.02 / (7 * day), Detect: exp(4 * minute), Rollback: exp(6 * minute), Hits: model.ProbOf(0.2)})
		all = append(all, service)
		s.report(service)
	}
	return s
}

func benchmark(b *testing.B, s *sketch, opts Options) {
	for b.Loop() {
		if _, _, err := Evaluate(b.Context(), &s.System, opts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkServices(b *testing.B) {
	for _, n := range []int{500, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmark(b, layered(n), Options{}) })
	}
	b.Run("budget of 2000", func(b *testing.B) { benchmark(b, layered(2000), Options{Budget: true}) })
}

func BenchmarkShop(b *testing.B) {
	for _, n := range []int{10, 20, 30} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmark(b, shop(n), Options{}) })
	}
	b.Run("budget of 30", func(b *testing.B) { benchmark(b, shop(30), Options{Budget: true}) })
}

func BenchmarkAtLeast(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := &sketch{}
			s.system("most", s.atLeast(n*9/10, s.copies(n, "disk", stop(model.Year, day))...))
			benchmark(b, s, Options{})
		})
	}
}

func BenchmarkPool(b *testing.B) {
	modes := map[string]model.Mode{"stop": stop(model.Year, day), "silent": silent(model.Year, hour, day)}
	for _, name := range []string{"stop", "silent"} {
		b.Run(name, func(b *testing.B) {
			s := &sketch{}
			pool := s.group(model.Pool, 80, s.copies(100, "pod", modes[name])...)
			s.Nodes[pool].Retry = 1
			s.system("pool", pool)
			benchmark(b, s, Options{})
		})
	}
}
