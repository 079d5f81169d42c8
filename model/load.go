package model

import "math"

// A Load is what one user brings to a node: requests per second, of which the
// caches before it answer some.
type Load struct {
	Demand float64 // requests per second
	Fronts []Front // caches that are asked before the node, the outermost first
}

// A Front is a cache that answers a share of the requests while it is ok.
type Front struct {
	Cache int // node
	Hit   Prob
}

// Caches lists the nodes whose state decides on the load of n, each once.
func (n *Node) Caches() []int {
	var caches []int
	seen := map[int]bool{}
	for _, l := range n.Loads {
		for _, f := range l.Fronts {
			if !seen[f.Cache] {
				caches = append(caches, f.Cache)
			}
			seen[f.Cache] = true
		}
	}
	return caches
}

// Load is the number of requests per second that reach n, given the shares of
// requests that its caches answer right.
func (n *Node) Load(of func(cache int) Shares) float64 {
	total := 0.0
	for _, l := range n.Loads {
		demand := l.Demand
		for _, f := range l.Fronts {
			s := of(f.Cache)
			demand *= f.Hit.Q + f.Hit.P*(s.Wrong+s.None)
		}
		total += demand
	}
	return total
}

// Carries is the number of requests per second that n has the capacity for,
// +Inf if it is not bounded: that of a pool is the sum over its members that
// answer.
func (s *System) Carries(n *Node, condition func(part int) Condition) float64 {
	if n.Capacity > 0 {
		return n.Capacity
	}
	total := 0.0
	for _, child := range n.Children {
		if part := s.Nodes[child].Part; condition(part).Answers() {
			total += s.Parts[part].Carries()
		}
	}
	return total
}

// Carries is the number of requests per second that a part can answer, +Inf if
// it is not bounded.
func (p *Part) Carries() float64 {
	if p.Capacity == 0 {
		return math.Inf(1)
	}
	return p.Capacity
}

// Shed is what is left of s, shares of the requests that load brings each
// second, where no more can be answered than capacity.
func (s Shares) Shed(capacity, load float64) Shares {
	some := s.OK + s.Wrong
	if load*some <= capacity {
		return s
	}
	kept := capacity / (load * some)
	return Shares{OK: s.OK * kept, Wrong: s.Wrong * kept, None: s.None + (load*some-capacity)/load}
}
