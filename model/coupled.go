package model

import "slices"

// Coupled is a set of parts that interact in time, with what couples them:
// crews that repair one thing after another, standby groups, quorums with a
// leader, and the domains that those stand in. It holds the one next-state
// rule that the chain builder and the simulator share.
type Coupled struct {
	System *System
	Parts  []int // indexes of System.Parts, ascending; a local index is a place in this list
	Groups []int // nodes: Standby, and Quorum with Elect
	Crews  []int // indexes of System.Crews

	local   map[int]int // part -> local index
	place   []int       // local index of the domain of each part, or None
	crew    []int       // crew of each part (index of System.Crews), or None
	standby []int       // index in Groups of the standby that each part is a member of, or None
	member  []int       // its number there
	members [][]int     // local indexes of the members of each group
}

// Couplings finds the parts that interact in time: sets that share a crew, a
// standby or an electing quorum, with all domains around the members of the
// groups, joined where they overlap. What is in no set is independent of
// everything else in its own behaviour.
func Couplings(s *System) []*Coupled {
	u := newForest(len(s.Parts))
	coupled := make([]bool, len(s.Parts))
	tie := func(parts []int) {
		for _, p := range parts {
			coupled[p] = true
			u.join(parts[0], p)
		}
	}
	for i := range s.Crews {
		tie(s.Crews[i].Parts)
	}
	for i := range s.Nodes {
		if s.timed(i) {
			tie(s.around(i))
		}
	}
	byRoot := map[int]*Coupled{}
	var sets []*Coupled
	for p := range s.Parts {
		if !coupled[p] {
			continue
		}
		root := u.find(p)
		if byRoot[root] == nil {
			byRoot[root] = &Coupled{System: s}
			sets = append(sets, byRoot[root])
		}
		byRoot[root].Parts = append(byRoot[root].Parts, p)
	}
	for _, c := range sets {
		c.index()
	}
	return sets
}

// Together couples everything that parts depends on: the parts themselves,
// the domains around them and all that interacts with either in time. Its
// chain is the joint chain of a system.
func Together(s *System, parts []int) *Coupled {
	c := &Coupled{System: s}
	want := make([]bool, len(s.Parts))
	var add func(int)
	add = func(p int) {
		if !want[p] {
			want[p] = true
			if place := s.Parts[p].Place; place != None {
				add(place)
			}
		}
	}
	for _, p := range parts {
		add(p)
	}
	for _, set := range Couplings(s) {
		if slices.ContainsFunc(set.Parts, func(p int) bool { return want[p] }) {
			for _, p := range set.Parts {
				add(p)
			}
		}
	}
	for p := range want {
		if want[p] {
			c.Parts = append(c.Parts, p)
		}
	}
	c.index()
	return c
}

// timed says whether a node has a state of its own.
func (s *System) timed(node int) bool {
	n := &s.Nodes[node]
	return n.Kind == Standby || n.Kind == Quorum && n.Elect != nil
}

// around lists the members of a group and every domain around them.
func (s *System) around(node int) []int {
	var parts []int
	for _, child := range s.Nodes[node].Children {
		for p := s.Nodes[child].Part; p != None; p = s.Parts[p].Place {
			parts = append(parts, p)
		}
	}
	return parts
}

// index fills what follows from Parts.
func (c *Coupled) index() {
	n := len(c.Parts)
	c.local = make(map[int]int, n)
	c.place, c.crew = make([]int, n), make([]int, n)
	c.standby, c.member = make([]int, n), make([]int, n)
	for i, p := range c.Parts {
		c.local[p] = i
	}
	for i, p := range c.Parts {
		c.crew[i], c.standby[i], c.place[i] = None, None, None
		if at, ok := c.local[c.System.Parts[p].Place]; ok {
			c.place[i] = at
		}
	}
	c.indexCrews()
	c.indexGroups()
}

func (c *Coupled) indexCrews() {
	for k := range c.System.Crews {
		in := false
		for _, p := range c.System.Crews[k].Parts {
			if i, ok := c.local[p]; ok {
				c.crew[i], in = k, true
			}
		}
		if in {
			c.Crews = append(c.Crews, k)
		}
	}
}

func (c *Coupled) indexGroups() {
	for node := range c.System.Nodes {
		n := &c.System.Nodes[node]
		if !c.System.timed(node) {
			continue
		}
		if _, ours := c.local[c.System.Nodes[n.Children[0]].Part]; !ours {
			continue
		}
		var members []int
		for m, child := range n.Children {
			i := c.local[c.System.Nodes[child].Part]
			members = append(members, i)
			if n.Kind == Standby {
				c.standby[i], c.member[i] = len(c.Groups), m
			}
		}
		c.Groups, c.members = append(c.Groups, node), append(c.members, members)
	}
}

// union is a disjoint-set forest.
type forest []int

func newForest(n int) forest {
	u := make(forest, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u forest) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u forest) join(i, j int) { u[u.find(i)] = u.find(j) }
