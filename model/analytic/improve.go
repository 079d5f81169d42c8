package analytic

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nines/model"
)

// mostCandidates is how many groups of alike parts are tried for improvement:
// those that, with the domains around them, weigh most by criticality.
const mostCandidates = 24

// A candidate is what is changed together: the members of an array or of a
// group, or one part or stream of deploys.
type candidate struct {
	blocks []*block
	weight float64 // sum of the criticalities
}

// improvements works out what each change would do, the best first. Parts that
// fail less, and are repaired sooner, are other weights of the same diagram;
// one more part is another system.
func (f *failure) improvements(ctx context.Context, opts Options, list []model.Importance) []model.Improvement {
	var all []model.Improvement
	for _, c := range f.candidates(list) {
		all = append(all, f.change(c, model.Perfect, "", f.reweighed(c, (*block).perfect)))
		if f.repaired(c.blocks[0]) {
			all = append(all, f.change(c, model.HalfRepair, "", f.reweighed(c, f.halved)))
		}
		if down, where, ok := f.oneMore(ctx, c, opts); ok {
			all = append(all, f.change(c, model.OneMore, where, down))
		}
	}
	slices.SortStableFunc(all, func(a, b model.Improvement) int { return cmp.Compare(a.Unavailability, b.Unavailability) })
	return all
}

// candidates gathers alike parts and picks those that weigh most.
func (f *failure) candidates(list []model.Importance) []candidate {
	critical := map[string]float64{}
	for _, i := range list {
		if !i.Mode {
			critical[i.String()] = i.Criticality
		}
	}
	type kind struct{ name, group, template string }
	index := map[kind]int{}
	var all []candidate
	for _, b := range f.blocks {
		e := f.subject(b)
		k := kind{name: e.String()}
		weight := critical[k.name]
		if b.part == model.None && b.deploys == model.None {
			continue
		}
		if b.part != model.None {
			p := &f.sys.Parts[b.part]
			if p.Kind != model.Itself {
				k = kind{group: p.Group, template: p.Template}
			}
			for place := p.Place; place != model.None; place = f.sys.Parts[place].Place {
				weight += critical[f.sys.Parts[place].Name]
			}
		}
		i, known := index[k]
		if !known {
			i = len(all)
			index[k], all = i, append(all, candidate{})
		}
		all[i].blocks = append(all[i].blocks, b)
		all[i].weight += weight
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.weight, a.weight) })
	return all[:min(len(all), mostCandidates)]
}

// change describes what a change does that leaves the unavailability down.
func (f *failure) change(c candidate, how model.Change, where string, down float64) model.Improvement {
	slices.SortFunc(c.blocks, func(a, b *block) int { return a.part - b.part })
	return model.Improvement{
		Subject: f.subject(c.blocks[0]), Parts: len(c.blocks), Change: how, Where: where, Unavailability: down,
		Saved: (f.total - down) * model.Year, Nines: math.Log10(f.total / down),
	}
}

// reweighed is the unavailability with other probabilities of the values of
// the candidate's blocks.
func (f *failure) reweighed(c candidate, pi func(*block) []float64) float64 {
	if len(c.blocks) == 1 {
		down := 0.0
		for v, p := range pi(c.blocks[0]) {
			down += p * f.given[c.blocks[0].first][v]
		}
		return down
	}
	w := f.weigh(func(b *block) []float64 {
		if slices.Contains(c.blocks, b) {
			return pi(b)
		}
		return f.values[b]
	})
	return w.Prob(f.down).P
}

// perfect gives the probabilities of a block that never leaves its first
// value.
func (b *block) perfect() []float64 {
	p := make([]float64, len(b.pi))
	p[0] = 1
	return p
}

// repaired says whether a part is repaired, or deploys are rolled back.
func (f *failure) repaired(b *block) bool {
	return b.part == model.None || len(f.sys.Parts[b.part].Modes) > 0 && f.sys.Parts[b.part].Automaton.Repairable()
}

// halved gives the probabilities of a block whose repair, or rollback, takes
// half as long. The visits to the states of a part stay as frequent, relative
// to each other, and only the stays in those of repair are halved.
func (f *failure) halved(b *block) []float64 {
	if b.part == model.None {
		d := &f.sys.Deploys[b.deploys]
		return upTo(d.Rate*(d.Detect.Mean()+d.Rollback.Mean()/2), len(b.pi))
	}
	a := &f.sys.Parts[b.part].Automaton
	pi := longRun(a).pi
	for i, s := range a.States {
		if s.Condition == model.Down {
			pi[i] /= 2
		}
	}
	return b.merge(scaled(pi, 1/sum(pi)))
}

// upTo gives the probabilities of so many values of a Poisson variable, all
// larger ones counted with the last.
func upTo(mean float64, values int) []float64 {
	p := make([]float64, values)
	weight := 1.0
	for n := range p {
		p[n] = weight
		weight *= mean / float64(n+1)
	}
	tail, _ := poissonTail(mean, values-1, model.Prob{P: 1}, model.Prob{Q: 1})
	p[values-1] *= tail
	return scaled(p, 1/sum(p))
}
