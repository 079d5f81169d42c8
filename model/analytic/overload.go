package analytic

import (
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// overloads lists what the target of f depends on that has to shed requests at
// times, and the events that alone bring that about, as sets sees them.
func (f *failure) overloads(sets *failure) []model.Overload {
	var list []model.Overload
	for _, node := range f.below(f.Target.Node) {
		short := f.short[node]
		if short == bdd.False {
			continue
		}
		o := model.Overload{Name: f.bearer(node), Probability: f.weights.Prob(short).P, Pos: f.sys.Nodes[node].Pos}
		for _, single := range sets.about(sets.short[node]).singles(nil, 0) {
			o.Alone = append(o.Alone, single.Event)
		}
		list = append(list, o)
	}
	return list
}

// about is the failure that down holds, in place of that of the target.
func (f *failure) about(down bdd.Ref) *failure {
	r := &report{Result: f.Result, up: down.Not()}
	r.blocks = f.support(r.up)
	g := &failure{evaluation: f.evaluation, report: r, down: down, once: f.once, weights: f.weights, values: map[*block][]float64{}, skeleton: f.skeleton}
	for _, b := range r.blocks {
		g.values[b] = b.pi
		if values, known := f.values[b]; known {
			g.values[b] = values
		} else if f.skeleton != nil {
			g.values[b] = f.skeleton.valuesOf(b)
		}
	}
	g.classify()
	return g
}

// below lists a node and what it depends on, in the order of the system.
func (f *failure) below(root int) []int {
	seen := map[int]bool{}
	var visit func(int)
	visit = func(node int) {
		if seen[node] {
			return
		}
		seen[node] = true
		n := &f.sys.Nodes[node]
		for _, child := range slices.Concat(n.Children, n.Uses, n.Caches()) {
			visit(child)
		}
	}
	visit(root)
	var list []int
	for node := range f.sys.Nodes {
		if seen[node] {
			list = append(list, node)
		}
	}
	return list
}

// bearer names what bears a load: a group or service, a part by itself, or the
// service that runs the instances.
func (f *failure) bearer(node int) string {
	n := &f.sys.Nodes[node]
	if n.Name != "" {
		return n.Name
	}
	first := &f.sys.Parts[f.sys.Nodes[n.Children[0]].Part]
	if first.Group != "" {
		return first.Group
	}
	return first.Name
}
