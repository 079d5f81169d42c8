package montecarlo

import (
	"context"
	"testing"

	"nines/model"
)

// shock gives parts a mode in which a shock takes them.
func (b *builder) shock(every, repair, each float64, parts ...int) {
	k := model.Shock{Parts: parts, Each: model.ProbOf(each), Strikes: []model.Strike{{Every: exponential(every)}}}
	for _, i := range parts {
		p := &b.sys.Parts[i]
		k.Strikes[0].Modes = append(k.Strikes[0].Modes, len(p.Modes))
		p.Modes = append(p.Modes, stop(every/each, repair))
		p.Automaton = model.NewAutomaton(p.Modes)
	}
	b.sys.Shocks = append(b.sys.Shocks, k)
}

// TestShock compares with closed forms. A pair that fails only by shocks at the
// rate l, where each is repaired at the rate m = 10 l, has one up for 0.1 and
// none for 0.055 of the time of both up. A part known by a probability that
// fails with another is down as often as both.
func TestShock(t *testing.T) {
	b := newBuilder()
	both := []int{b.part(model.None), b.part(model.None)}
	b.shock(100*hour, 10*hour, 1, both...)
	b.target("pair", b.atLeast(1, b.leaf(both[0]), b.leaf(both[1])))
	alone := b.part(model.None)
	b.shock(100*hour, 10*hour, 0.25, alone)
	b.target("one", b.leaf(alone))
	cause := b.static(model.ProbOf(0.8))
	twins := []int{b.static(model.ProbOf(0.9)), b.static(model.ProbOf(0.9))}
	for _, i := range twins {
		b.sys.Parts[i].Causes = []int{cause}
	}
	sys := b.target("twins", b.atLeast(1, b.leaf(twins[0]), b.leaf(twins[1])))
	r, err := Simulate(context.Background(), sys, Options{Until: 0.02, Confidence: 0.999, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []map[model.Measure]float64{
		{model.Unavailability: 0.055 / 1.155, model.Outages: 1.1 / 1.155 * model.Year / (100 * hour), model.MTTF: 100 * hour},
		{model.Unavailability: 10 / 410.0, model.Outages: model.Year / (410 * hour), model.MTTF: 400 * hour},
		{model.Unavailability: 1 - 0.8*0.99},
	}
	for i := range r.Results {
		holds(t, &r.Results[i], want[i])
	}
}
