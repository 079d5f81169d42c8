package analytic

import (
	"fmt"
	"testing"

	"nines/model"
)

// loaded gives a random system capacities, loads, and caches before some of
// its nodes.
func loaded(seed uint64) *dice {
	d := roll(seed)
	d.states = 3000 // no new parts that fail
	for i := range d.Parts {
		if d.IntN(4) > 0 {
			d.Parts[i].Capacity = 50 + 100*d.Float64()
		}
	}
	n := len(d.Nodes)
	caches := []int{d.group(model.Pool, 1, d.members(1+d.IntN(2))...), d.group(model.Pool, 1, d.members(2)...)}
	d.Nodes[caches[1]].Loads = d.loads(nil)
	for i := range n {
		switch node := &d.Nodes[i]; node.Kind {
		case model.Pool:
			node.Loads = d.loads(caches)
		case model.Quorum, model.Vote, model.BFT, model.Service:
			if d.IntN(2) == 0 {
				node.Loads, node.Capacity = d.loads(caches), 150*d.Float64()+1
			}
		}
	}
	for i := range 2 {
		hit := []float64{0, 0.5, 0.9, 1}[d.IntN(4)]
		cached := d.add(model.Node{Kind: model.Cached, Children: []int{caches[i], d.IntN(n)}, Hit: model.ProbOf(hit)})
		d.system(fmt.Sprint("cached", i), cached)
		d.report(d.service(fmt.Sprint("cached service", i), d.level(), cached, d.IntN(n)))
	}
	return d
}

// loads are one or two, behind some of the caches.
func (d *dice) loads(caches []int) []model.Load {
	var list []model.Load
	for range 1 + d.IntN(2) {
		l := model.Load{Demand: 120 * d.Float64()}
		for _, c := range caches {
			if d.IntN(3) == 0 {
				l.Fronts = append(l.Fronts, model.Front{Cache: c, Hit: model.ProbOf(d.Float64())})
			}
		}
		list = append(list, l)
	}
	return list
}

// TestLoads holds systems with capacities against the sums over all states.
func TestLoads(t *testing.T) {
	for seed := range uint64(150) {
		d := loaded(seed)
		judge(t, &d.sketch, func(i int) string { return fmt.Sprintf("seed %d, %s", seed, d.Targets[i].Name) })
		if t.Failed() {
			return
		}
	}
}

// TestExplainOverload: a cache before a part that cannot carry the full load is
// what alone overloads it. It is up 9 of 10, the part 19 of 20.
func TestExplainOverload(t *testing.T) {
	s := &sketch{}
	cache := s.group(model.Pool, 1, s.leaf(s.part("redis", stop(90, 10))))
	db := s.part("db", stop(95, 5))
	s.Parts[db].Capacity = 400
	behind := s.group(model.Pool, 1, s.leaf(db))
	s.Nodes[behind].Loads = []model.Load{{Demand: 1000, Fronts: []model.Front{{Cache: cache, Hit: model.ProbOf(0.9)}}}}
	s.report(s.service("site", 0, s.add(model.Node{Kind: model.Cached, Children: []int{cache, behind}, Hit: model.ProbOf(0.9)})))
	list, _, err := Explain(t.Context(), &s.System, ExplainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	o := list[0].Overloads
	if len(o) != 1 || o[0].Name != "db" || !near(o[0].Probability, 0.1*0.95, 1e-12) || len(o[0].Alone) != 1 || o[0].Alone[0].Name != "redis" {
		t.Errorf("overloads %+v", o)
	}
	served, _ := list[0].Find(model.Served)
	if want := 0.9*(0.9+0.1*0.95) + 0.1*0.95*0.4; !near(served.Value, want, 1e-12) {
		t.Errorf("served %v, want %v", served.Value, want)
	}
}
