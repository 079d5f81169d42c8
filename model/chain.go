package model

import (
	"math"
	"slices"
	"strings"
)

// A Chain is a call with the calls before it that make the most of it.
type Chain struct {
	Call     int     // node
	Service  int     // node of the caller
	Before   int     // the chain that leads to the caller, an index of the same list; None without
	Expected float64 // tries of the call for one request to the first service of the chain, while all answer
	Most     int     // the same while what is called gives no answer: the product of 1 + retries
	Retrying int     // calls of the chain with retries
}

// Chains gives for each call of s, in the order of the system, the chain that
// multiplies it most. Within a dependency cycle they begin anew.
func (s *System) Chains() []Chain {
	if !slices.ContainsFunc(s.Nodes, func(n Node) bool { return n.Kind == Called }) {
		return nil
	}
	c := chains{s, NewStructure(s), make([]Chain, len(s.Nodes))}
	for node := range s.Nodes {
		c.into[node] = Chain{Call: None, Service: None, Before: None, Expected: 1, Most: 1}
	}
	for node := range s.Nodes {
		for _, child := range s.Nodes[node].Children {
			if s.Nodes[child].Kind == Called {
				c.into[child].Service = node
			}
		}
	}
	for k := len(c.st.Components) - 1; k >= 0; k-- {
		for _, node := range c.st.Components[k] {
			c.pass(node)
		}
	}
	return c.list()
}

// chains says of each node which call multiplies the requests to it most, and
// which service makes them.
type chains struct {
	*System
	st   *Structure
	into []Chain
}

// pass brings the requests to a node on to what it needs.
func (c *chains) pass(node int) {
	n := &c.Nodes[node]
	on := c.into[node]
	switch n.Kind {
	case Service:
		on.Service = node
	case Called:
		on.Before, on.Call = on.Call, node
		on.Expected *= c.tries(n.Call)
		on.Most = times(on.Most, n.Call.Retry+1)
		if n.Call.Retry > 0 {
			on.Retrying++
		}
		c.into[node] = on
		on.Expected *= c.Networks[n.Call.Network].Loss.Q
	}
	for _, child := range c.dependencies(node) {
		first := c.into[child].Service == None || c.Nodes[child].Kind == Called
		if c.st.Component[child] != c.st.Component[node] && (first || on.Most > c.into[child].Most) {
			c.into[child] = on
		}
	}
}

// list gathers the calls.
func (c *chains) list() []Chain {
	var list []Chain
	at := map[int]int{None: None}
	for node := range c.Nodes {
		if c.Nodes[node].Kind == Called && c.into[node].Call == node {
			at[node] = len(list)
			list = append(list, c.into[node])
		}
	}
	for i := range list {
		list[i].Before = at[list[i].Before]
	}
	return list
}

// times is a product, as large as a number can be at most.
func times(a, b int) int {
	if a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

// Route names the services of chain i of a list and what is called last.
func (s *System) Route(list []Chain, i int) string {
	const most = 12
	names := []string{s.called(s.Nodes[list[i].Call].Children[0])}
	for ; i != None && len(names) <= most; i = list[i].Before {
		names = append(names, s.Nodes[list[i].Service].Name)
	}
	if i != None {
		names = append(names, "...")
	}
	slices.Reverse(names)
	return strings.Join(names, " -> ")
}

// called names a node: by its own name, that of its part, or those of what it
// is made of.
func (s *System) called(node int) string {
	n := &s.Nodes[node]
	switch {
	case n.Name != "":
		return n.Name
	case n.Kind == Leaf:
		return s.Parts[n.Part].Name
	case len(n.Children) == 1:
		return s.called(n.Children[0])
	}
	const most = 4
	var names []string
	for _, child := range n.Children[:min(most, len(n.Children))] {
		names = append(names, s.called(child))
	}
	if len(n.Children) > most {
		names = append(names, "...")
	}
	return "(" + strings.Join(names, ", ") + ")"
}
