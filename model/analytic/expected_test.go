package analytic

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"nines/model"
)

// near compares with a relative tolerance.
func near(got, want, tolerance float64) bool {
	return got == want || math.Abs(got-want) <= tolerance*math.Abs(want)
}

func evaluate(t *testing.T, s *sketch, opts Options) map[string]model.Result {
	t.Helper()
	results, _, err := Evaluate(t.Context(), &s.System, opts)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]model.Result{}
	for _, r := range results {
		byName[r.Target.Name] = r
	}
	return byName
}

var spec = map[string]func(s *sketch){
	"01-series-parallel.nines": func(s *sketch) {
		lb, db := s.copies(1, "lb", stop(180*day, 30*minute)), s.copies(1, "db", stop(model.Year, 4*hour))
		web := s.atLeast(1, s.copies(2, "web", stop(30*day, hour))...)
		s.system("site", s.series(lb[0], web, db[0]))
	},
	"02-bridge.nines": func(s *sketch) {
		a, b := s.part("a", stop(20*day, 3*hour)), s.part("b", stop(35*day, 5*hour))
		c, d := s.part("c", stop(10*day, 2*hour)), s.part("d", stop(50*day, 8*hour))
		e := s.part("e", stop(15*day, hour))
		s.system("bridge", s.atLeast(1, s.series(s.leaves(a, d)...), s.series(s.leaves(b, e)...),
			s.series(s.leaves(a, c, e)...), s.series(s.leaves(b, c, d)...)))
	},
	"03-microservices.nines": func(s *sketch) {
		auth, db := s.leaf(s.part("auth", stop(40*day, 20*minute))), s.leaf(s.part("db", stop(90*day, 45*minute)))
		queue := s.leaf(s.part("queue", stop(60*day, 30*minute)))
		psp := s.leaf(s.part("psp", stop(hour*0.9995/0.0005, hour)))
		recs := s.leaf(s.part("recs", stop(15*day, 2*hour)))
		catalog := s.service("catalog", 0, auth, db)
		s.Nodes[catalog].Uses = []int{recs}
		s.own(catalog, stop(30*day, 10*minute))
		checkout := s.service("checkout", 0, auth, catalog, s.fallback(psp, queue, 0.8))
		s.own(checkout, stop(45*day, 15*minute))
		s.report(catalog)
		s.report(checkout)
		s.system("shop", s.series(catalog, checkout))
	},
	"04-zones.nines": func(s *sketch) {
		var nodes []int
		for _, name := range []string{"1", "2", "3"} {
			zone := s.part("zone "+name, stop(2*model.Year, 2*hour))
			s.Parts[zone].Kind = model.Domain
			nodes = append(nodes, s.leaf(s.in(zone, "node "+name, stop(60*day, 20*minute))))
		}
		s.report(s.service("web", 0, s.group(model.Pool, 2, nodes...)))
	},
	"05-pool.nines": func(s *sketch) {
		pod := []model.Mode{
			restart(20*day, 30, 2*minute), silent(120*day, 15*minute, 5*minute), byzantine(400*day, 4*hour, 30*minute),
		}
		s.system("api", s.group(model.Pool, 2, s.copies(3, "plain", pod...)...))
		retried := s.group(model.Pool, 2, s.copies(3, "retried", pod...)...)
		s.Nodes[retried].Retry = 1
		s.system("api-retry", retried)
	},
	"06-voting.nines": func(s *sketch) {
		cpu := []model.Mode{stop(50*day, 6*hour), byzantine(200*day, hour, 3*hour)}
		s.system("tmr", s.group(model.Vote, 2, s.copies(3, "three", cpu...)...))
		s.system("ledger", s.group(model.BFT, 0, s.copies(4, "four", cpu...)...))
		s.system("believed", s.atLeast(1, s.copies(3, "cpu", cpu...)...))
	},
	"09-mission.nines": func(s *sketch) {
		s.Mission = 100 * hour
		s.system("tmr", s.atLeast(2, s.copies(3, "cpu", model.Mode{Every: exp(1000 * hour)})...))
		s.system("pair", s.series(s.copies(2, "pump", model.Mode{Every: weibull(1.5, 2000*hour)})...))
	},
	"10-extreme.nines": func(s *sketch) {
		var six, nine []int
		for _, q := range []float64{0.001, 0.0005, 0.003, 0.002, 0.00025, 0.0007} {
			six = append(six, s.leaf(s.static("p", q)))
		}
		for range 9 {
			nine = append(nine, s.leaf(s.static("q", 1e-6)))
		}
		s.system("six", s.atLeast(1, six...))
		s.system("nine", s.atLeast(5, nine...))
	},
	"11-deploys.nines": func(s *sketch) {
		checkout := s.service("checkout", 0)
		s.own(checkout, stop(60*day, 12*minute))
		s.deploys(checkout, model.Deploys{
			Rate: 5 * 0.02 / (7 * day), Detect: exp(4 * minute), Rollback: exp(6 * minute), Hits: model.ProbOf(0.1),
		})
		s.report(checkout)
	},
	"12-cycle.nines": func(s *sketch) {
		a, b, c := s.service("a", 0), s.service("b", 0), s.service("c", 0)
		s.Nodes[a].Children, s.Nodes[b].Children, s.Nodes[c].Children = []int{b}, []int{c}, []int{a}
		s.own(a, stop(30*day, 10*minute))
		s.own(b, stop(40*day, 12*minute))
		s.own(c, stop(50*day, 8*minute))
		s.report(a)
		s.report(b)
		s.report(c)
	},
}

// TestExpected holds the engine against figures that were computed by brute
// force over every state. Those of repairable systems that need first passages
// are left out.
func TestExpected(t *testing.T) {
	var want struct {
		Expected map[string]map[string]map[model.Measure]float64
	}
	text, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for file, targets := range want.Expected {
		build, ok := spec[file]
		if !ok {
			continue
		}
		s := &sketch{}
		build(s)
		results := evaluate(t, s, Options{})
		for name, measures := range targets {
			r := results[name]
			for m, v := range measures {
				got, ok := r.Find(m)
				switch {
				case !ok && file != "09-mission.nines" && (m == model.MTTF || m == model.Reliability):
				case !ok:
					t.Errorf("%s: %s has no %s", file, name, m)
				case !near(got.Value, v, tolerance(file)):
					t.Errorf("%s: %s.%s: got %v, want %v", file, name, m, got.Value, v)
				}
			}
		}
	}
}

func tolerance(file string) float64 {
	if file == "10-extreme.nines" {
		return 1e-12
	}
	return 1e-9
}
