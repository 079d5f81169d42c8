package analytic

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"nines/model"
)

// A dice makes random systems: parts in nested domains, groups, expressions
// that share nodes, services with own failures, deploys and soft dependencies
// that may need each other in circles.
type dice struct {
	sketch
	*rand.Rand
	places   []int
	services []int
	shared   []int // nodes that are used in several places
	states   int
}

func roll(seed uint64) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 7)), places: []int{model.None, model.None}, states: 1}
	for i := range d.IntN(3) {
		place := d.in(d.pick(d.places), fmt.Sprint("domain", i), d.modes(false)...)
		d.Parts[place].Kind = model.Domain
		d.places = append(d.places, place)
	}
	for i := range 1 + d.IntN(3) {
		d.services = append(d.services, d.service(fmt.Sprint("service", i), d.level()))
	}
	for _, s := range d.services {
		d.Nodes[s].Children = append(d.Nodes[s].Children, d.expression(2, true))
		if d.IntN(2) == 0 {
			d.Nodes[s].Uses = []int{d.expression(1, true)}
		}
		if d.IntN(3) == 0 && d.fits(2) {
			d.own(s, stop(d.time(50), d.time(5)))
		}
		if d.IntN(2) == 0 && d.fits(8) {
			d.deploys(s, model.Deploys{Rate: 0.002, Detect: exp(d.time(1)), Rollback: exp(d.time(2)), Hits: model.ProbOf(d.Float64())})
		}
		d.report(s)
	}
	for i := range 3 {
		d.system(fmt.Sprint("system", i), d.expression(3, true))
	}
	d.system("with not", d.expression(3, false))
	return d
}

func (d *dice) pick(from []int) int { return from[d.IntN(len(from))] }

func (d *dice) time(scale float64) float64 { return scale * (0.5 + d.Float64()) }

func (d *dice) level() float64 { return []float64{0, 0, 0.3, 0.5, 0.8, 0.95, 1}[d.IntN(7)] }

// fits keeps the number of states within what can be enumerated.
func (d *dice) fits(states int) bool {
	if d.states*states > 3000 {
		return false
	}
	d.states *= states
	return true
}

// modes are one or two ways to fail, or none if there are too many states.
func (d *dice) modes(byzantineToo bool) []model.Mode {
	kinds := []model.Mode{
		stop(d.time(50), d.time(5)), silent(d.time(60), d.time(4), d.time(3)), restart(d.time(40), d.time(2), d.time(6)),
		byzantine(d.time(70), d.time(5), d.time(4)),
	}
	if !byzantineToo {
		kinds = kinds[:3]
	}
	var modes []model.Mode
	for range 1 + d.IntN(2) {
		if m := kinds[d.IntN(len(kinds))]; d.fits(3) {
			modes = append(modes, m)
		}
	}
	return modes
}

// member is a leaf of an old part or a new one.
func (d *dice) member() int {
	if parts := len(d.Parts); parts > 0 && d.IntN(3) > 0 {
		return d.leaf(d.IntN(parts))
	}
	return d.leaf(d.in(d.pick(d.places), fmt.Sprint("part", len(d.Parts)), d.modes(true)...))
}

func (d *dice) members(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = d.member()
	}
	return all
}

// expression is a random tree. One that may need services has no `not`.
func (d *dice) expression(depth int, services bool) int {
	if depth == 0 || d.IntN(5) == 0 {
		switch {
		case services && d.IntN(3) == 0:
			return d.pick(d.services)
		case len(d.shared) > 0 && d.IntN(3) == 0:
			return d.pick(d.shared)
		}
		return d.member()
	}
	node := d.gate(depth, services)
	if !services {
		d.shared = append(d.shared, node)
	}
	return node
}

func (d *dice) gate(depth int, services bool) int {
	n := 2 + d.IntN(2)
	of := func(n int) []int {
		all := make([]int, n)
		for i := range all {
			all[i] = d.expression(depth-1, services)
		}
		return all
	}
	switch d.IntN(10) {
	case 9:
		d.Networks = []model.Network{{Loss: model.ProbOf(0.2)}}
		return d.add(model.Node{Kind: model.Called, Children: of(1), Call: &model.Call{Retry: d.IntN(3)}})
	case 0, 1:
		return d.series(of(n)...)
	case 2:
		return d.atLeast(1+d.IntN(n), of(n)...)
	case 3:
		two := of(2)
		return d.fallback(two[0], two[1], []float64{0.3, 0.8, 1}[d.IntN(3)])
	case 4:
		return d.add(model.Node{Kind: model.Mix, Children: of(2), Shares: halves(d.Float64())})
	case 5:
		if !services {
			return d.add(model.Node{Kind: model.Not, Children: of(1)})
		}
		pool := d.group(model.Pool, 1+d.IntN(n), d.members(n)...)
		d.Nodes[pool].Retry = d.IntN(3)
		return pool
	case 6:
		return d.group(model.Quorum, n/2+1, d.members(n)...)
	case 7:
		return d.group(model.Vote, n/2+1, d.members(n)...)
	}
	return d.group(model.BFT, 0, d.members(n+1)...)
}

// TestRandomSystems holds larger systems against the sums over all states.
func TestRandomSystems(t *testing.T) {
	for seed := range uint64(300) {
		d := roll(seed)
		judge(t, &d.sketch, func(i int) string { return fmt.Sprintf("seed %d, %s", seed, d.Targets[i].Name) })
		if t.Failed() {
			return
		}
	}
}
