package model

import "slices"

// relevance finds what makes a difference to some targets.
type relevance struct {
	*System
	group   []int // by part: the node with a state of its own that it is a member of, or None
	crew    []int // by part: index of Crews, or None
	parts   []bool
	nodes   []bool
	reached []int // parts that have not been looked at
}

// groups lists the nodes with a state of their own that make a difference to
// the targets: those that they depend on, and those with a member that does.
func (r *relevance) groups() []int {
	var groups []int
	for node := range r.Nodes {
		if r.nodes[node] && r.Timed(node) {
			groups = append(groups, node)
		}
	}
	return groups
}

// Relevant lists the parts that make a difference to targets: those that they
// depend on with the domains around them and their causes, the other members of
// a group with a state of its own, and what may wait for the same crew as one of
// all these.
func (s *System) Relevant(targets []Target) []int {
	var parts []int
	for part, relevant := range newRelevance(s, targets).parts {
		if relevant {
			parts = append(parts, part)
		}
	}
	return parts
}

func newRelevance(s *System, targets []Target) *relevance {
	r := members(s)
	for _, t := range targets {
		r.node(t.Node)
	}
	for len(r.reached) > 0 {
		part := r.reached[len(r.reached)-1]
		r.reached = r.reached[:len(r.reached)-1]
		if g := r.group[part]; g != None {
			r.node(g)
		}
		if k := r.crew[part]; k != None {
			for _, other := range s.Queue(k) {
				r.part(other)
			}
		}
	}
	return r
}

// members notes which group and crew each part belongs to.
func members(s *System) *relevance {
	r := &relevance{
		System: s, group: make([]int, len(s.Parts)), crew: make([]int, len(s.Parts)),
		parts: make([]bool, len(s.Parts)), nodes: make([]bool, len(s.Nodes)),
	}
	for i := range s.Parts {
		r.group[i], r.crew[i] = None, None
	}
	for k := range s.Crews {
		for _, part := range s.Queue(k) {
			r.crew[part] = k
		}
	}
	for node := range s.Nodes {
		if s.Timed(node) {
			for _, child := range s.Nodes[node].Children {
				r.group[s.Nodes[child].Part] = node
			}
		}
	}
	return r
}

// node notes all that lies below a node.
func (r *relevance) node(node int) {
	if r.nodes[node] {
		return
	}
	r.nodes[node] = true
	n := &r.Nodes[node]
	if n.Kind == Leaf {
		r.part(n.Part)
	}
	for _, child := range r.dependencies(node) {
		r.node(child)
	}
}

// part notes a part, its causes and the domains around it.
func (r *relevance) part(part int) {
	for ; part != None && !r.parts[part]; part = r.Parts[part].Place {
		r.parts[part] = true
		r.reached = append(r.reached, part)
		for _, cause := range r.Parts[part].Causes {
			r.part(cause)
		}
	}
}

// struckTogether lists the parts that matter among those that a shock strikes.
// One by itself fails by the shock as by a failure of its own, unless the shock
// has a memory.
func (r *relevance) struckTogether(s *Shock) []int {
	parts := r.relevant(s.Parts)
	if len(parts) == 1 && s.memoryless() {
		return nil
	}
	return parts
}

// relevant are those of some parts that matter.
func (r *relevance) relevant(parts []int) []int {
	return slices.DeleteFunc(slices.Clone(parts), func(p int) bool { return !r.parts[p] })
}
