package analytic

import (
	"cmp"
	"math"
	"slices"

	"nines/model"
)

// importance of every part and failure mode, in one pass over the diagram for
// the probabilities and one for the passages.
func (f *failure) importance() []model.Importance {
	if f.total == 0 {
		return nil
	}
	starts := f.starts()
	rate := 0.0
	for _, s := range starts {
		rate += s.all
	}
	lists := make([][]model.Importance, len(f.blocks))
	for i, b := range f.blocks {
		r := ranking{f, b, f.given[b.first], f.slopes[b.first]}
		lists[i] = []model.Importance{r.whole()}
		facets := f.facets(b)
		for k := range facets {
			lists[i] = append(lists[i], r.facet(&facets[k]))
		}
		if rate > 0 {
			lists[i][0].Outages = starts[i].all / rate
			for k := range facets {
				lists[i][k+1].Outages = starts[i].by[facets[k].cause] / rate
			}
		}
	}
	slices.SortStableFunc(lists, func(x, y []model.Importance) int {
		a, b := &x[0], &y[0]
		return cmp.Or(
			cmp.Compare(rounded(b.Criticality), rounded(a.Criticality)), cmp.Compare(rounded(b.Birnbaum), rounded(a.Birnbaum)),
			listed(a.Pos, b.Pos), inArray(a.Name, b.Name))
	})
	return slices.Concat(lists...)
}

// A ranking finds the importance of events of one block.
type ranking struct {
	*failure
	b            *block
	given, slope []float64 // P(down) under each value, and its rise over the first
}

// whole is the importance of all values but the first.
func (r *ranking) whole() model.Importance {
	in := slices.Clone(r.values[r.b])
	in[0] = 0
	return r.measure(r.subject(r.b), in)
}

func (r *ranking) facet(f *facet) model.Importance {
	m := r.measure(f.event, f.in)
	m.Mode = f.cause.mode != model.None
	return m
}

// measure gives the importance of an event that holds together with each value
// of the block with the probabilities in.
func (r *ranking) measure(e model.Event, in []float64) model.Importance {
	out := make([]float64, len(in))
	for v, p := range in {
		out[v] = max(r.values[r.b][v]-p, 0)
	}
	var rest, with, without, rise, fall float64
	e.Probability, with, rise = r.mean(in, len(in)-1)
	rest, without, fall = r.mean(out, 0)
	m := model.Importance{Event: e, RAW: 1, RRW: 1, Outages: math.NaN()}
	if e.Probability > 0 || rest > 0 && len(in) == 2 {
		m.Birnbaum = rise - fall
		m.RAW, m.RRW = with/r.total, r.total/without
	}
	m.Criticality = e.Probability * m.Birnbaum / r.total
	m.FussellVesely, m.DIF = m.Criticality, e.Probability*m.RAW
	return m
}

// mean gives the probability that the block has one of some values, and given
// that the mean of P(down) and of its rise; if that never is, those of the value
// certain.
func (r *ranking) mean(in []float64, certain int) (p, given, slope float64) {
	p = sum(in)
	if p == 0 {
		return 0, r.given[certain], r.slope[certain]
	}
	for v, q := range in {
		given += q / p * r.given[v]
		slope += q / p * r.slope[v]
	}
	return p, given, slope
}
