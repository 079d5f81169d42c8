package model

import (
	"errors"
	"slices"
	"testing"
)

// ring is a chain of n services, the last of which needs the first if closed.
func ring(n int, closed bool) *System {
	s := &System{}
	for i := range n {
		s.Nodes = append(s.Nodes, Node{Kind: Service, Deploys: None, Children: []int{i + 1}})
	}
	s.Nodes[n-1].Children = nil
	if closed {
		s.Nodes[n-1].Uses = []int{0}
	}
	return s
}

func TestStructureOrder(t *testing.T) {
	for _, n := range []int{1, 2, 5, 100_000} {
		open, closed := NewStructure(ring(n, false)), NewStructure(ring(n, true))
		if len(open.Components) != n || open.Cyclic(open.Component[0]) {
			t.Errorf("a chain of %d has %d components", n, len(open.Components))
		}
		if len(closed.Components) != 1 || !closed.Cyclic(0) {
			t.Errorf("a ring of %d has %d components", n, len(closed.Components))
		}
		for i := range n - 1 {
			if open.Component[i] <= open.Component[i+1] {
				t.Fatalf("node %d comes before node %d, which it needs", i, i+1)
			}
		}
	}
}

func TestStructurePlaces(t *testing.T) {
	s := &System{Parts: []Part{{Place: None}, {Place: 0}, {Place: 0}}}
	for _, part := range []int{1, 2, 1} {
		s.Nodes = append(s.Nodes, Node{Kind: Leaf, Part: part})
	}
	st := NewStructure(s)
	if !slices.Equal(st.Places[1], []int{0, 2}) || !slices.Equal(st.Inside[0], []int{1, 2}) || st.Places[0] != nil {
		t.Errorf("got places %v, inside %v", st.Places, st.Inside)
	}
}

// In this cycle a wrong answer goes round for ever: while the liar is wrong
// and the weak part is down, p answers in the first round only, and what the
// liar said through p has reached a by then.
func TestUnsettled(t *testing.T) {
	const liar, weak, good, a, b, p, over, way = 0, 1, 2, 3, 4, 5, 6, 7
	s := &System{
		Parts: []Part{{Place: None}, {Place: None}, {Place: None}},
		Nodes: []Node{
			liar: {Part: liar}, weak: {Part: weak}, good: {Part: good},
			a:    {Kind: Service, Deploys: None, Children: []int{b, way}},
			b:    {Kind: Service, Deploys: None, Children: []int{a}},
			p:    {Kind: Service, Deploys: None, Children: []int{weak, a}},
			over: {Kind: Series, Children: []int{p, liar}},
			way:  {Kind: Else, Children: []int{over, good}, Covers: Prob{P: 1}},
		},
	}
	st := NewStructure(s)
	for _, c := range []struct {
		liar, weak Condition
		want       Outcome
		err        error
	}{{Up, Up, OK, nil}, {Wrong, Up, WrongAnswer, nil}, {Up, Down, OK, nil}, {Wrong, Down, OK, ErrUnsettled}} {
		e := st.Evaluate(Snapshot{Conditions: []Condition{c.liar, c.weak, Up}})
		shares, err := e.Shares(a)
		if !errors.Is(err, c.err) || err == nil && shares != Always(c.want) {
			t.Errorf("liar %v, weak part %v: got %v, %v; want %v, %v", c.liar, c.weak, shares, err, c.want, c.err)
		}
	}
}
