package dsl

import (
	"fmt"
	"slices"
	"strings"

	"nines/model"
)

// critical collects for each node the parts that alone take it down, as far as
// its form shows: those of a series, those that too many members of a group
// have in common, those that both sides of a fallback have in common.
type critical struct {
	*builder
	sets  [][]int // sorted; of each node
	known []bool
	spent int
}

// fallbacks warns of a fallback that goes down with what it backs up.
func (b *builder) fallbacks() {
	if !slices.ContainsFunc(b.sys.Nodes, func(n model.Node) bool { return n.Kind == model.Else }) {
		return
	}
	c := &critical{builder: b, sets: make([][]int, len(b.sys.Nodes)), known: make([]bool, len(b.sys.Nodes))}
	for _, nodes := range model.NewStructure(b.sys).Components {
		for _, node := range nodes {
			if c.spent < maxLooked {
				c.visit(node)
			}
		}
	}
}

func (c *critical) visit(node int) {
	n := &c.sys.Nodes[node]
	set := c.of(n)
	c.sets[node], c.known[node] = set, true
	c.spent += len(set)
	if n.Kind != model.Else || len(set) == 0 || !c.known[n.Children[0]] || !c.known[n.Children[1]] {
		return
	}
	names := make([]string, min(len(set), 3))
	for i := range names {
		names[i] = fmt.Sprintf("`%s`", c.sys.Parts[set[i]].Name)
	}
	if len(set) > len(names) {
		names = append(names, "...")
	}
	c.report.atPos("W108", n.Pos, "the fallback goes down with what it backs up: both need %s", strings.Join(names, ", ")).
		help("fall back to something that does not depend on it")
}

// of applies the rule of one node to the sets of its children.
func (c *critical) of(n *model.Node) []int {
	switch n.Kind {
	case model.Leaf:
		return c.around(n.Part)
	case model.Else:
		return c.common(n.Children, 2)
	case model.Not:
		return nil
	}
	if k, grouped := c.needed(n); grouped {
		return c.common(n.Children, len(n.Children)-k+1)
	}
	return c.common(n.Children, 1)
}

// around is a part and the domains that take it down, without those that
// everything of their kind shares by design: single domains around domains.
func (c *critical) around(part int) []int {
	var set []int
	for at, direct := part, true; at != model.None; at = c.sys.Parts[at].Place {
		p := &c.sys.Parts[at]
		domain := p.Kind == model.Domain
		if (len(p.Modes) > 0 || p.Static != nil) && (!domain || direct || c.symbols[p.Template].array) {
			set = append(set, at)
		}
		direct = !domain
	}
	slices.Sort(set)
	return set
}

// common lists the parts that stand in at least so many of the sets.
func (c *critical) common(nodes []int, least int) []int {
	if len(nodes) == 1 {
		return c.sets[nodes[0]]
	}
	count := map[int]int{}
	for _, node := range nodes {
		for _, part := range c.sets[node] {
			count[part]++
			c.spent++
		}
	}
	var set []int
	for part, n := range count {
		if n >= least {
			set = append(set, part)
		}
	}
	slices.Sort(set)
	return set
}
