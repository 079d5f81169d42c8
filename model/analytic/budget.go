package analytic

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	"nines/model"
	"nines/model/bdd"
)

const (
	fewestPoints = 4
	mostPoints   = 64
)

// budget divides the unavailability of each target among the blocks by the
// Shapley value (Shapley, A value for n-person games, 1953) of the game in
// which a set of blocks is worth the unavailability if only they ever leave
// their first value. By Owen's multilinear extension (Management Science 18,
// 1972) the share of block i is
//
//	∫ q_i * dU/dq_i dt, t from 0 to 1, all q scaled by t
//
// where q_i is the probability that i is not in its first value. U is a
// polynomial in t: Gauss-Legendre quadrature of n points is exact up to degree
// 2n-1, and good long before where the q are small. A point costs two passes
// over the diagram, however many blocks there are.
func (e *evaluation) budget(reports []*report) {
	for _, r := range e.divide(reports, (*block).longRun) {
		r.lacks(undivided, "down time budget")
	}
}

// divide is budget for probabilities of the values of the blocks with which the
// reports are down as they say. It gives those that it cannot divide.
func (e *evaluation) divide(reports []*report, pi func(*block) []float64) []*report {
	var open []*report
	for _, r := range reports {
		if r.down > 0 {
			open = append(open, r)
		}
	}
	for points := fewestPoints; points <= mostPoints && len(open) > 0; points *= 2 {
		shares := e.shapley(open, pi, points)
		var rest []*report
		for i, r := range open {
			off := math.Abs(total(shares[i])/r.down - 1)
			if off <= 1e-12 || points == mostPoints && off <= 1e-9 {
				r.Budget = e.costs(r, shares[i])
			} else {
				rest = append(rest, r)
			}
		}
		open = rest
	}
	return open
}

// A portion is the share of a block in the unavailability, and of a module that
// of each of its values.
type portion struct {
	share  float64
	values []float64
}

func total(portions []portion) float64 {
	sum := 0.0
	for _, p := range portions {
		sum += p.share
	}
	return sum
}

// shapley gives the share of each block of each report by that many points.
func (e *evaluation) shapley(reports []*report, pi func(*block) []float64, points int) [][]portion {
	times, weights := make([]float64, points), make([]float64, points)
	quad.Legendre{}.FixedLocations(times, weights, 0, 1)
	shares := make([][]portion, len(reports))
	for i, r := range reports {
		shares[i] = make([]portion, len(r.blocks))
		for j, b := range r.blocks {
			shares[i][j].values = make([]float64, len(b.pi))
		}
	}
	at := make([]*bdd.Weights, points)
	for k, t := range times {
		at[k] = e.weigh(func(b *block) []float64 { return harming(pi(b), t) })
	}
	for i, r := range reports {
		if e.ctx.Err() != nil {
			return shares
		}
		for k, slopes := range e.m.Birnbaum(r.up, at...) {
			for j, b := range r.blocks {
				shares[i][j].share += weights[k] * slopes[b.first] * sum(pi(b)[1:])
			}
			e.shareValues(at[k], r, weights[k], shares[i])
		}
	}
	return shares
}

// harming scales the probabilities of all values but the first by t.
func harming(pi []float64, t float64) []float64 {
	p := scaled(pi, t)
	p[0] += 1 - t
	return p
}

// costs lists the shares of the unavailability, largest first.
func (e *evaluation) costs(r *report, portions []portion) []model.Cost {
	var costs []model.Cost
	for i, b := range r.blocks {
		if b.module != nil {
			costs = append(costs, e.moduleCosts(b, portions[i].values, r.Target)...)
			continue
		}
		c := e.cost(b, r.Target)
		c.Share = portions[i].share
		costs = append(costs, c)
	}
	for i := range costs {
		costs[i].Down = costs[i].Share * model.Year
		costs[i].Share /= r.down
	}
	slices.SortStableFunc(costs, func(a, b model.Cost) int {
		return cmp.Or(cmp.Compare(rounded(b.Share), rounded(a.Share)), listed(a.Pos, b.Pos), inArray(a.Name, b.Name))
	})
	return costs
}

// rounded takes away the last digits, by which equal figures may differ that
// were calculated in different ways.
func rounded(x float64) float64 {
	fraction, exponent := math.Frexp(x)
	return math.Ldexp(math.Round(fraction*(1<<30))/(1<<30), exponent)
}

// listed compares where things stand in the file.
func listed(a, b model.Pos) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) }

// inArray puts the second member of an array before the tenth.
func inArray(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) }

var causes = [...]string{model.Component: "component", model.Domain: "domain", model.Itself: "itself", model.CommonCause: "common_cause", model.Wire: "link", model.Partition: "partition"}

// owner is what owns the parts that are a target's own: a service those that
// belong to it, a system, by None, those that belong to no service.
func (e *evaluation) owner(t model.Target) int {
	if e.sys.Nodes[t.Node].Kind == model.Service && t.Kind == "service" {
		return t.Node
	}
	return model.None
}

// cost describes a block as a cause of down time.
func (e *evaluation) cost(b *block, t model.Target) model.Cost {
	switch {
	case b.module != nil:
		return model.Cost{Name: b.module.name(), Cause: "module"}
	case b.part == model.None:
		s := e.sys.Deploys[b.deploys]
		return model.Cost{Name: e.sys.Nodes[s.Service].Name, Cause: "deploys", Own: s.Service == e.owner(t), Pos: s.Pos}
	}
	return e.partCost(b.part, t)
}

func (e *evaluation) partCost(part int, t model.Target) model.Cost {
	p := &e.sys.Parts[part]
	c := model.Cost{Name: p.Name, Cause: causes[p.Kind], Own: p.Owner == e.owner(t), Pos: p.Pos}
	if p.Kind == model.Itself {
		c.Name = e.sys.Nodes[p.Owner].Name
	}
	return c
}
