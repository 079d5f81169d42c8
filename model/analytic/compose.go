package analytic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nines/model"
	"nines/model/bdd"
)

// compose works out the answers of the nodes that are neither parts nor
// groups, from the bottom up, the plain ones first.
func (d *diagram) compose() error {
	d.solve()
	if err := d.m.Err(); err != nil {
		return err
	}
	for c, nodes := range d.st.Components {
		switch {
		case !d.reached[nodes[0]], d.plain.inside[nodes[0]]:
		case d.st.Cyclic(c):
			if err := d.settle(c); err != nil {
				return err
			}
		default:
			d.answers[nodes[0]] = d.compound(nodes[0])
		}
		if err := d.m.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (d *diagram) known(node int) answer { return d.answers[node] }

// mostFactors bounds the memory for conjunctions.
const mostFactors = 5000

// compound is the answer of a node that needs others. Of services that need
// services most needs are the same by many ways; where nothing is ever wrong
// each of them is taken once, in the order of the variables.
func (d *diagram) compound(node int) answer {
	n := &d.sys.Nodes[node]
	wrong := func(child int) bool { return d.answers[child].wrong != bdd.False }
	if n.Kind != model.Series && n.Kind != model.Service || slices.ContainsFunc(n.Children, wrong) {
		return d.answer(node, d.known)
	}
	all := d.factor(d.gates[node])
	for _, child := range n.Children {
		if d.factors[child] == nil {
			d.factors[child] = d.factor(d.answers[child].ok)
		}
		all = append(all, d.factors[child]...)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) <= mostFactors {
		d.factors[node] = all
	}
	functions := make([]bdd.Ref, len(all))
	for i, f := range all {
		functions[i] = bdd.Ref(f)
	}
	return answer{ok: d.m.Chain(functions...)}
}

// A factor is a function in the lower half, and in the upper half the complement
// of its last variable.
type factor uint64

// factor is a function as a list of factors.
func (d *diagram) factor(f bdd.Ref) []factor {
	if f == bdd.True {
		return []factor{}
	}
	last := 0
	if s := d.m.Support(f); len(s) > 0 {
		last = s[len(s)-1]
	}
	return []factor{factor(^uint32(last))<<32 | factor(f)}
}

// answer is what a node gives by its rule, if it gives anything by itself.
func (d *diagram) answer(node int, of func(int) answer) answer {
	return d.gated(d.gates[node], d.rule(node, of))
}

// rule applies the rule of one node to what of says of its children.
func (d *diagram) rule(node int, of func(int) answer) answer {
	n := &d.sys.Nodes[node]
	children := make([]answer, len(n.Children))
	for i, child := range n.Children {
		children[i] = of(child)
	}
	switch n.Kind {
	case model.Leaf:
		v := d.views[n.Part]
		return answer{d.m.Or(v.up, v.stale), v.wrong}
	case model.Series:
		return d.series(children)
	case model.AtLeast:
		return d.atLeast(n.K, children)
	case model.Else:
		covered := d.gated(d.drawn[node][0], children[1])
		return d.choose(d.some(children[0]), children[0], covered)
	case model.Mix:
		return d.mix(d.drawn[node], children)
	case model.Cached:
		hit := d.m.And(d.drawn[node][0], children[0].ok)
		return d.choose(hit, answer{ok: bdd.True}, children[1])
	case model.Called:
		return d.gated(d.drawn[node][0], children[0])
	case model.Not:
		return answer{d.some(children[0]).Not(), children[0].wrong}
	case model.Service:
		return d.series(children)
	}
	return d.answers[node] // a group, known since it was placed
}

// some is whether there is an answer.
func (d *diagram) some(a answer) bdd.Ref { return d.m.Or(a.ok, a.wrong) }

// choose is a where f holds and b elsewhere.
func (d *diagram) choose(f bdd.Ref, a, b answer) answer {
	return answer{d.m.Ite(f, a.ok, b.ok), d.m.Ite(f, a.wrong, b.wrong)}
}

// gated is a where f holds and none elsewhere.
func (d *diagram) gated(f bdd.Ref, a answer) answer {
	return answer{d.m.And(f, a.ok), d.m.And(f, a.wrong)}
}

func (d *diagram) series(all []answer) answer {
	ok, some := make([]bdd.Ref, len(all)), make([]bdd.Ref, len(all))
	for i, a := range all {
		ok[i], some[i] = a.ok, d.some(a)
	}
	right := d.m.And(ok...)
	if !anyWrong(all) {
		return answer{right, bdd.False}
	}
	return answer{right, d.m.And(d.m.And(some...), right.Not())}
}

func (d *diagram) atLeast(k int, all []answer) answer {
	ok, some := make([]bdd.Ref, len(all)), make([]bdd.Ref, len(all))
	honest := bdd.True
	for i, a := range all {
		ok[i], some[i] = a.ok, d.some(a)
		honest = d.m.And(honest, a.wrong.Not())
	}
	right := d.m.And(d.m.AtLeast(k, ok), honest)
	if !anyWrong(all) {
		return answer{right, bdd.False}
	}
	return answer{right, d.m.And(d.m.AtLeast(k, some), right.Not())}
}

func anyWrong(all []answer) bool {
	for _, a := range all {
		if a.wrong != bdd.False {
			return true
		}
	}
	return false
}

// mix follows the chain of coins to one of the branches.
func (d *diagram) mix(coins []bdd.Ref, branches []answer) answer {
	a := branches[len(coins)]
	for i := len(coins) - 1; i >= 0; i-- {
		a = d.choose(coins[i], branches[i], a)
	}
	return a
}

// settle finds the greatest fixed point of the services of a dependency cycle:
// all start with ok and are evaluated again until nothing changes, in every
// state and for all coins at once.
//
// Where nothing can be wrong the rules are monotone, and any order of
// evaluation leads to the same fixed point: a service then sees what others
// have become in the same round, which takes far fewer of them.
func (d *diagram) settle(component int) error {
	nodes := d.st.Components[component]
	now := map[int]answer{}
	for _, node := range nodes {
		if d.sys.Nodes[node].Kind == model.Service {
			now[node] = answer{ok: bdd.True}
		}
	}
	monotone, seen := d.monotone(nodes), now
	for range d.st.Rounds() {
		if !monotone {
			seen = maps.Clone(now)
		}
		if !d.round(nodes, seen, now) {
			for _, node := range nodes {
				d.answers[node] = d.step(node, now)
			}
			return nil
		}
	}
	return fmt.Errorf("%w: %s", model.ErrUnsettled, strings.Join(d.names(nodes), ", "))
}

func (d *diagram) names(nodes []int) []string {
	var names []string
	for _, node := range nodes {
		if name := d.sys.Nodes[node].Name; name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (d *diagram) monotone(nodes []int) bool {
	for _, node := range nodes {
		n := &d.sys.Nodes[node]
		if n.Kind == model.Not {
			return false
		}
		for _, child := range n.Children {
			if d.answers[child].wrong != bdd.False {
				return false
			}
		}
	}
	return true
}

// round evaluates each service once and reports whether one has changed.
func (d *diagram) round(nodes []int, seen, now map[int]answer) bool {
	changed := false
	for _, node := range nodes {
		if old, service := now[node]; service {
			a := d.step(node, seen)
			now[node] = a
			changed = changed || a != old
		}
	}
	return changed
}

// step evaluates one node of a cycle, given the answers of its services.
func (d *diagram) step(node int, services map[int]answer) answer {
	var of func(int) answer
	of = func(child int) answer {
		a, service := services[child]
		switch {
		case service:
			return a
		case d.st.Component[child] == d.st.Component[node]:
			return d.answer(child, of)
		}
		return d.answers[child]
	}
	return d.answer(node, of)
}
