package model

import (
	"slices"

	"nines/model/dist"
)

// A Store is data that several parts hold: copies of it, or fragments of which
// any K are enough. A part loses what it holds by a failure that loses data, its
// own or that of a domain around it, and has it again when that is recovered
// from. The data is lost at the first moment when fewer than K hold it.
type Store struct {
	Node  int   // the series of reading and writing it
	Parts []int // that hold it
	K     int
}

// StoreOf is the store that a target is, nil for all others, reading and writing
// among them.
func (s *System) StoreOf(t Target) *Store {
	i := slices.IndexFunc(s.Stores, func(st Store) bool { return st.Node == t.Node })
	if i < 0 {
		return nil
	}
	return &s.Stores[i]
}

// Holding is s as the data of a store sees it: a part that holds it, or is
// around one that does, is up until it loses the data and down until it is as
// new again; how it fails and is repaired stays what it is. The one target
// is up as long as the data is there, so that its mttf is the mean time to data
// loss.
func (s *System) Holding(st *Store) *System {
	h := *s
	h.Acting, h.Parts = slices.Clone(s.Parts), slices.Clone(s.Parts)
	for _, i := range s.holders(st) {
		p := &h.Acting[i]
		if s.divide(p, i) {
			p.Risks = s.inside(i, st.Parts)
		}
		h.Parts[i] = p.holding()
	}
	leaves := s.Nodes[s.Nodes[st.Node].Children[0]].Children
	h.Nodes = append(slices.Clip(s.Nodes), Node{Kind: AtLeast, Children: leaves, K: st.K, Part: None, Deploys: None})
	h.Targets = slices.DeleteFunc(slices.Clone(s.Targets), func(t Target) bool { return t.Node != st.Node })
	h.Targets[0].Node = len(s.Nodes)
	h.Requirements, h.Stores = nil, nil
	return &h
}

// inside lists those of some parts that a part is or holds.
func (s *System) inside(part int, of []int) []int {
	return slices.DeleteFunc(slices.Clone(of), func(p int) bool {
		for p != None && p != part {
			p = s.Parts[p].Place
		}
		return p == None
	})
}

// holders lists the parts that hold the data and the domains around them.
func (s *System) holders(st *Store) []int {
	var list []int
	for _, p := range st.Parts {
		for ; p != None && !slices.Contains(list, p); p = s.Parts[p].Place {
			list = append(list, p)
		}
	}
	return list
}

// Loses says whether some failure loses data of a store.
func (s *System) Loses(st *Store) bool {
	return slices.ContainsFunc(s.holders(st), func(i int) bool {
		return slices.ContainsFunc(s.Parts[i].Modes, func(m Mode) bool { return m.Loses.P > 0 })
	})
}

// divide makes of each failure of a copy that loses data now and then, and comes
// at a constant rate, two: one that does, one that does not. Others are left as
// they are; it says whether there are any.
func (s *System) divide(p *Part, index int) (left bool) {
	p.Modes = slices.Clone(p.Modes)
	for i := range p.Modes {
		loses := p.Modes[i].Loses
		if loses.P == 0 || loses.Q == 0 {
			continue
		}
		every, constant := p.Modes[i].Every.(dist.Exponential)
		if !constant || p.Kind == Domain || s.ShockOf(index, i) != None {
			left = true
			continue
		}
		harmless := p.Modes[i]
		harmless.Every, harmless.Loses = dist.Exponential{MeanTime: every.MeanTime / loses.Q}, Prob{Q: 1}
		p.Modes[i].Every, p.Modes[i].Loses = dist.Exponential{MeanTime: every.MeanTime / loses.P}, Prob{P: 1}
		p.Modes = append(p.Modes, harmless)
	}
	if p.Static == nil {
		p.Automaton = NewAutomaton(p.Modes)
	}
	return left
}

// holding is the part as the data that it holds sees it. Causes, and failures of
// which nothing but their probability is known, lose none.
func (p Part) holding() Part {
	p.Causes = nil
	if p.Static != nil {
		p.Static, p.Automaton = nil, NewAutomaton(nil)
	}
	p.Automaton.States = slices.Clone(p.Automaton.States)
	for i := range p.Automaton.States {
		state := &p.Automaton.States[i]
		state.Condition = Up
		if state.Mode != None && p.Modes[state.Mode].Loses.P > 0 && p.Modes[state.Mode].Loses.Q == 0 {
			state.Condition = Down
		}
	}
	return p
}
