package model

import "slices"

// Coupled is a set of parts that interact in time, with what couples them:
// crews that repair one thing after another, standby groups, quorums with a
// leader, the domains that those stand in, and shocks that strike several of
// them. It holds the one next-state rule that the chain builder and the
// simulator share.
type Coupled struct {
	System *System
	Parts  []int // indexes of System.Parts, ascending; a local index is a place in this list
	Groups []int // nodes: Standby, and Quorum with Elect
	Crews  []int // indexes of System.Crews
	Shocks []int // indexes of System.Shocks

	Ties []Tie // by local index

	acting   []Part      // of the system: their conditions decide what happens
	local    map[int]int // part -> local index
	members  [][]int     // local indexes of the members of each group
	everyone [][]int     // the numbers of the members of each group
	doubts   [][]doubt   // of the members of each standby
	strikes  []strike    // of the shocks
	risks    [][]int     // of each part, the parts whose copies its failures may lose by chance
	risky    bool        // some may
	struck   [][]bool    // of each part, the clocks as new that ring with a strike and not by themselves
}

// A Tie is what couples a part. Each field is None where nothing does.
type Tie struct {
	Place  int // local index of its domain
	Crew   int // index of System.Crews
	Group  int // index of Coupled.Groups
	Member int // its number there
}

// Local is the local index of a part, or None.
func (c *Coupled) Local(part int) int {
	if i, ok := c.local[part]; ok {
		return i
	}
	return None
}

// Couplings finds the parts that interact in time: sets that share a crew, a
// standby, an electing quorum or a shock, with all domains around the members
// of the groups, joined where they overlap. What is in no set is independent of
// everything else in its own behaviour. Of the groups and of what shocks strike
// only that counts which makes a difference to the targets; two groups that share
// nothing but a domain do not interact for targets that depend on one each.
func Couplings(s *System, targets []Target) []*Coupled {
	r := newRelevance(s, targets)
	groups := r.groups()
	u := newForest(len(s.Parts))
	coupled := make([]bool, len(s.Parts))
	tie := func(parts []int) {
		for _, p := range parts {
			coupled[p] = true
			u.join(parts[0], p)
		}
	}
	for k := range s.Crews {
		tie(s.Queue(k))
	}
	for i := range s.Shocks {
		tie(r.struckTogether(&s.Shocks[i]))
	}
	for _, node := range groups {
		tie(s.Around(node))
	}
	for i := range s.Parts {
		if risks := r.relevant(s.Parts[i].Risks); len(risks) > 0 {
			tie(append(risks, i))
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
		c.index(groups)
	}
	return sets
}

// Together couples everything that makes a difference to targets. Its chain is
// the joint chain of the system.
func Together(s *System, targets []Target) *Coupled {
	c := &Coupled{System: s, Parts: s.Relevant(targets)}
	c.index(newRelevance(s, targets).groups())
	return c
}

// Alone is a part that interacts with no other in time, apart from its domain.
func Alone(s *System, part int) *Coupled {
	c := &Coupled{System: s, Parts: []int{part}}
	c.index(nil)
	return c
}

// Queue lists the parts of crew k that may have to wait for a repairer: those
// with a repair, unless there are no more of them than repairers.
func (s *System) Queue(k int) []int {
	var parts []int
	for _, p := range s.Crews[k].Parts {
		if slices.ContainsFunc(s.Parts[p].Modes, func(m Mode) bool { return m.Kind != FailRestart && m.Repair != nil }) {
			parts = append(parts, p)
		}
	}
	if len(parts) <= s.Crews[k].Size {
		return nil
	}
	return parts
}

// Timed says whether a node has a state of its own.
func (s *System) Timed(node int) bool {
	n := &s.Nodes[node]
	return n.Kind == Standby || n.Kind == Quorum && n.Elect != nil
}

// Around lists the members of a group, the parts of the network that it is over,
// and every domain around them and cause of them.
func (s *System) Around(node int) []int {
	leaves := s.Nodes[node].Children
	if over := s.Nodes[node].Over; over != nil {
		leaves = slices.Concat(leaves, s.Networks[over.Network].Leaves())
	}
	var parts []int
	for _, leaf := range leaves {
		for p := s.Nodes[leaf].Part; p != None; p = s.Parts[p].Place {
			parts = append(append(parts, p), s.Parts[p].Causes...)
		}
	}
	return parts
}

// index fills what follows from Parts, of the groups among those given.
func (c *Coupled) index(groups []int) {
	if c.acting = c.System.Acting; c.acting == nil {
		c.acting = c.System.Parts
	}
	c.local = make(map[int]int, len(c.Parts))
	for i, p := range c.Parts {
		c.local[p] = i
	}
	c.Ties = make([]Tie, len(c.Parts))
	for i, p := range c.Parts {
		c.Ties[i] = Tie{c.Local(c.System.Parts[p].Place), None, None, None}
	}
	c.indexCrews()
	c.indexGroups(groups)
	c.indexShocks()
	c.indexRisks()
}

func (c *Coupled) indexCrews() {
	for k := range c.System.Crews {
		in := false
		for _, p := range c.System.Queue(k) {
			if i, ok := c.local[p]; ok {
				c.Ties[i].Crew, in = k, true
			}
		}
		if in {
			c.Crews = append(c.Crews, k)
		}
	}
}

func (c *Coupled) indexGroups(groups []int) {
	for _, node := range groups {
		n := &c.System.Nodes[node]
		if _, ours := c.local[c.System.Nodes[n.Children[0]].Part]; !ours {
			continue
		}
		var members, everyone []int
		for m, child := range n.Children {
			i := c.local[c.System.Nodes[child].Part]
			members, everyone = append(members, i), append(everyone, m)
			c.Ties[i].Group, c.Ties[i].Member = len(c.Groups), m
		}
		var doubts []doubt
		if n.Kind == Standby {
			doubts = c.newDoubts(n)
		}
		c.doubts = append(c.doubts, doubts)
		c.Groups, c.members, c.everyone = append(c.Groups, node), append(c.members, members), append(c.everyone, everyone)
	}
}

// forest holds disjoint sets.
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
