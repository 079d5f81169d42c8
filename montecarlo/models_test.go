package montecarlo

import (
	"nines/model"
	"nines/model/dist"
)

// specModels builds the models of the specification whose answers are known
// by brute force.
func specModels() map[string]*model.System {
	return map[string]*model.System{
		"01-series-parallel.nines": seriesParallel(),
		"02-bridge.nines":          bridge(),
		"03-microservices.nines":   microservices(),
		"04-zones.nines":           zones(),
		"05-pool.nines":            pool(),
		"06-voting.nines":          voting(),
		"07-standby.nines":         standbys(),
		"08-crew.nines":            workshop(),
		"11-deploys.nines":         deploys(),
		"12-cycle.nines":           circle(),
	}
}

func seriesParallel() *model.System {
	b := newBuilder()
	lb, web, db := b.one(stop(180*day, 30*minute)), b.fresh(2, stop(30*day, hour)), b.one(stop(model.Year, 4*hour))
	return b.target("site", b.series(lb, b.atLeast(1, web...), db))
}

func bridge() *model.System {
	m := newBuilder()
	m.sys.Mission = 30 * day
	a, b := m.one(stop(20*day, 3*hour)), m.one(stop(35*day, 5*hour))
	c, d := m.one(stop(10*day, 2*hour)), m.one(stop(50*day, 8*hour))
	e := m.one(stop(15*day, hour))
	return m.target("bridge", m.atLeast(1, m.series(a, d), m.series(b, e), m.series(a, c, e), m.series(b, c, d)))
}

func microservices() *model.System {
	b := newBuilder()
	auth, db, queue := b.one(stop(40*day, 20*minute)), b.one(stop(90*day, 45*minute)), b.one(stop(60*day, 30*minute))
	psp := b.one(stop(hour*0.9995/0.0005, hour))
	recs := b.one(stop(15*day, 2*hour))
	catalog := b.service([]int{b.one(stop(30*day, 10*minute)), auth, db}, recs)
	checkout := b.service([]int{b.one(stop(45*day, 15*minute)), auth, catalog, b.fallback(psp, queue, 0.8)})
	b.target("catalog", catalog)
	b.target("checkout", checkout)
	return b.target("shop", b.series(catalog, checkout))
}

func zones() *model.System {
	b := newBuilder()
	var nodes []int
	for range 3 {
		zone := b.part(model.None, stop(2*model.Year, 2*hour))
		nodes = append(nodes, b.leaf(b.part(zone, stop(60*day, 20*minute))))
	}
	return b.target("web", b.service([]int{b.group(model.Pool, 2, 0, nodes)}))
}

func pool() *model.System {
	b := newBuilder()
	pod := []model.Mode{restart(20*day, 30, 2*minute), silent(120*day, 15*minute, 5*minute), byzantine(400*day, 4*hour, 30*minute)}
	b.target("api", b.group(model.Pool, 2, 0, b.fresh(3, pod...)))
	return b.target("api-retry", b.group(model.Pool, 2, 1, b.fresh(3, pod...)))
}

func voting() *model.System {
	b := newBuilder()
	cpu := []model.Mode{stop(50*day, 6*hour), byzantine(200*day, hour, 3*hour)}
	b.target("tmr", b.group(model.Vote, 2, 0, b.fresh(3, cpu...)))
	b.target("ledger", b.group(model.BFT, 0, 0, b.fresh(4, cpu...)))
	return b.target("believed", b.atLeast(1, b.fresh(3, cpu...)...))
}

func standbys() *model.System {
	b := newBuilder()
	pg := []model.Mode{stop(120*day, 25*minute), silent(2*model.Year, 10*minute, 15*minute)}
	b.target("db", b.standby(&model.Waiting{
		Rate: 1, Detect: exponential(10), Switch: exponential(20), Succeeds: model.ProbOf(0.98), Else: exponential(30 * minute),
	}, b.fresh(2, pg...)))
	return b.target("spare-cold", b.standby(&model.Waiting{
		Detect: exponential(30), Switch: exponential(2 * minute), Succeeds: model.ProbOf(1),
	}, b.fresh(2, stop(30*day, 4*hour))))
}

func workshop() *model.System {
	b := newBuilder()
	b.sys.Mission = 30 * day
	plant := b.atLeast(2, b.one(stop(10*day, 12*hour)), b.one(stop(20*day, 6*hour)), b.one(stop(30*day, day)))
	b.crew(1, 0, 1, 2)
	return b.target("plant", plant)
}

func deploys() *model.System {
	b := newBuilder()
	s := b.service([]int{b.one(stop(60*day, 12*minute))})
	b.deploys(s, 5*0.02/(7*day), exponential(4*minute), exponential(6*minute), 0.1)
	return b.target("checkout", s)
}

func circle() *model.System {
	b := newBuilder()
	x, y, z := b.service(nil), b.service(nil), b.service(nil)
	b.sys.Nodes[x].Children = []int{b.one(stop(30*day, 10*minute)), y}
	b.sys.Nodes[y].Children = []int{b.one(stop(40*day, 12*minute)), z}
	b.sys.Nodes[z].Children = []int{b.one(stop(50*day, 8*minute)), x}
	b.target("a", x)
	b.target("b", y)
	return b.target("c", z)
}

var _ dist.Law
