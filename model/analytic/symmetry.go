package analytic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nines/model"
)

// A symmetry lists parts that can change places without a difference to anyone. States that differ by such an exchange are lumped into
// one (Kemeny and Snell, Finite Markov Chains, 1960, sec. 6.3: the exchanges
// are automorphisms of the chain). Inner classes come first.
type symmetry []class

// A class is made of units that are alike: single parts, or domains with all
// that is in them, in corresponding order; local indexes.
type class [][]int

// parents gives for each part the places where the structure below some nodes
// refers to it. A node that treats its children alike is one place for all of
// them. Groups with a state of their own do not count. Soft dependencies count
// if uses says so.
func parents(sys *model.System, roots []int, uses bool) map[int][]string {
	found := map[int][]string{}
	seen := map[int]bool{}
	var visit func(node int, from string)
	visit = func(node int, from string) {
		n := &sys.Nodes[node]
		if n.Kind == model.Leaf {
			found[n.Part] = append(found[n.Part], from)
		}
		if seen[node] || sys.Timed(node) {
			return
		}
		seen[node] = true
		for i, child := range n.Children {
			if ordered(n.Kind) || n.Over != nil {
				visit(child, fmt.Sprintf("%d.%d", node, i))
			} else {
				visit(child, fmt.Sprint(node))
			}
		}
		if n.Over != nil {
			for i, leaf := range sys.Networks[n.Over.Network].Leaves() {
				visit(leaf, fmt.Sprintf("%d.%d", node, i))
			}
		}
		for _, cache := range n.Caches() {
			visit(cache, fmt.Sprintf("%d loads", node))
		}
		for _, child := range n.Uses {
			if uses {
				visit(child, fmt.Sprintf("%d uses", node))
			}
		}
	}
	for i, root := range roots {
		visit(root, fmt.Sprintf("root %d", i))
	}
	for _, from := range found {
		slices.Sort(from)
	}
	return found
}

// ordered says whether the children of such a node differ by their position.
func ordered(k model.NodeKind) bool {
	return k == model.Else || k == model.Mix || k == model.Not || k == model.Cached || k == model.Connected
}

// alike tells which of some parts are alike by their signs: behaviour, ties,
// where the structure refers to them, and the signs of what is inside.
type alike struct {
	sys     *model.System
	local   map[int]int           // the parts in question, with their local indexes
	tie     func(part int) string // what couples a part in time
	parents map[int][]string      // see parents
	inside  [][]int               // parts by their domain
	causes  []bool                // parts that take others down
	signs   map[int]string
	found   symmetry
}

// symmetric finds which of the parts, given with their local indexes, can
// change places.
func symmetric(sys *model.System, local map[int]int, tie func(int) string, parents map[int][]string) symmetry {
	a := &alike{sys: sys, local: local, tie: tie, parents: parents, inside: make([][]int, len(sys.Parts)), causes: make([]bool, len(sys.Parts)), signs: map[int]string{}}
	var outermost []int
	for i := range sys.Parts {
		place := sys.Parts[i].Place
		if place != model.None {
			a.inside[place] = append(a.inside[place], i)
		}
		for _, cause := range sys.Parts[i].Causes {
			a.causes[cause] = true
		}
		if _, ok := local[i]; ok && !a.has(place) {
			outermost = append(outermost, i)
		}
	}
	a.divide(outermost)
	return a.found
}

func (a *alike) has(part int) bool {
	_, ok := a.local[part]
	return ok
}

// divide puts parts, all that are at one place or within none of those in
// question, into classes.
func (a *alike) divide(parts []int) {
	bySign := map[string][]int{}
	var order []string
	for _, p := range parts {
		a.divide(a.within(p))
		s := a.sign(p)
		if len(bySign[s]) == 0 {
			order = append(order, s)
		}
		bySign[s] = append(bySign[s], p)
	}
	for _, s := range order {
		if len(bySign[s]) == 1 {
			continue
		}
		var units class
		for _, p := range bySign[s] {
			units = append(units, a.unit(p))
		}
		a.found = append(a.found, units)
	}
}

// within lists the parts inside a part, those alike side by side.
func (a *alike) within(part int) []int {
	var parts []int
	for _, p := range a.inside[part] {
		if a.has(p) {
			parts = append(parts, p)
		}
	}
	slices.SortStableFunc(parts, func(p, q int) int { return cmp.Compare(a.sign(p), a.sign(q)) })
	return parts
}

// unit lists a part and all that is in it.
func (a *alike) unit(part int) []int {
	all := []int{a.local[part]}
	for _, p := range a.within(part) {
		all = append(all, a.unit(p)...)
	}
	return all
}

func (a *alike) sign(part int) string {
	s, known := a.signs[part]
	if !known {
		s = a.signOf(part)
		a.signs[part] = s
	}
	return s
}

func (a *alike) signOf(part int) string {
	p := &a.sys.Parts[part]
	place := p.Place
	if a.has(place) {
		place = model.None // only parts of one place are compared
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%#v for %v at %d of %v %s from %q", p.Automaton, p.Capacity, place, p.Causes, a.tie(part), a.parents[part])
	if len(p.Risks) > 0 {
		for i := range p.Modes {
			fmt.Fprintf(&b, " loses %v", p.Modes[i].Loses)
		}
	}
	if a.holds(part) || a.causes[part] {
		fmt.Fprintf(&b, " only %d", part)
	}
	for _, inside := range a.within(part) {
		fmt.Fprintf(&b, " {%s}", a.sign(inside))
	}
	return b.String()
}

// holds says whether a part holds others that matter and are not in question.
func (a *alike) holds(part int) bool {
	return slices.ContainsFunc(a.inside[part], func(p int) bool {
		return !a.has(p) && (a.parents[p] != nil || a.holdsAny(p))
	})
}

// holdsAny says whether anything that matters lies within a part.
func (a *alike) holdsAny(part int) bool {
	return slices.ContainsFunc(a.inside[part], func(p int) bool {
		return a.parents[p] != nil || a.has(p) || a.holdsAny(p)
	})
}
