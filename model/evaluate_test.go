package model

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// A throw is one state of a system with every coin drawn: then each node has
// one outcome, and a node is full or not. It is written from the language, by
// evaluating all nodes over and over from ok until nothing changes.
type throw struct {
	sys    *System
	seen   []Condition
	live   []int
	coins  map[int]int // node -> value
	values []Outcome
}

func (w *throw) settle() {
	w.values = make([]Outcome, len(w.sys.Nodes))
	for i := range w.values {
		w.values[i] = OK
	}
	for changed := true; changed; {
		changed = false
		for i := range w.sys.Nodes {
			if o := w.outcome(&w.sys.Nodes[i], i); o != w.values[i] {
				w.values[i], changed = o, true
			}
		}
	}
}

func (w *throw) outcome(n *Node, node int) Outcome {
	some, wrong := 0, false
	for _, child := range n.Children {
		if o := w.values[child]; o != NoAnswer {
			some++
			wrong = wrong || o == WrongAnswer
		}
	}
	atLeast := func(k int) Outcome { return enough(some, some*btoi(wrong), k) }
	switch n.Kind {
	case Leaf:
		return w.seen[n.Part].Outcome()
	case Series:
		return atLeast(len(n.Children))
	case AtLeast:
		return atLeast(n.K)
	case Else:
		if first := w.values[n.Children[0]]; first != NoAnswer || w.coins[node] == 0 {
			return first
		}
		return w.values[n.Children[1]]
	case Mix:
		return w.values[n.Children[w.coins[node]]]
	case Called:
		if w.coins[node] == 0 {
			return NoAnswer
		}
		return w.values[n.Children[0]]
	case Not:
		return map[Outcome]Outcome{OK: NoAnswer, NoAnswer: OK, WrongAnswer: WrongAnswer}[w.values[n.Children[0]]]
	case Service:
		if w.coins[node] == 0 {
			return NoAnswer
		}
		return atLeast(len(n.Children))
	}
	return Outcome(w.coins[node])
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// chances lists the coins of a state: the probabilities of the values of each.
func (w *throw) chances() map[int][]float64 {
	all := map[int][]float64{}
	for i := range w.sys.Nodes {
		n := &w.sys.Nodes[i]
		switch n.Kind {
		case Else:
			all[i] = []float64{n.Covers.Q, n.Covers.P}
		case Called:
			lost := 1.0
			for range n.Call.Retry + 1 {
				lost *= 1 - (1-0.2)*(1-0.2)
			}
			all[i] = []float64{lost, 1 - lost}
		case Mix:
			for _, s := range n.Shares {
				all[i] = append(all[i], s.P)
			}
		case Service:
			spared := 1.0
			if n.Deploys != None {
				for range w.live[n.Deploys] {
					spared *= w.sys.Deploys[n.Deploys].Hits.Q
				}
			}
			all[i] = []float64{1 - spared, spared}
		case Pool, Quorum, Vote, BFT:
			var t Tally
			for _, child := range n.Children {
				t.Add(w.seen[w.sys.Nodes[child].Part], 1)
			}
			s := n.Group(t)
			all[i] = []float64{NoAnswer: s.None, WrongAnswer: s.Wrong, OK: s.OK}
		}
	}
	return all
}

// enumerate adds up the outcomes of all nodes over all values of all coins.
func enumerate(w *throw) []Shares {
	shares := make([]Shares, len(w.sys.Nodes))
	chances := w.chances()
	var nodes []int
	for i := range w.sys.Nodes {
		if chances[i] != nil {
			nodes = append(nodes, i)
		}
	}
	var draw func(rest []int, p float64)
	draw = func(rest []int, p float64) {
		switch {
		case p == 0:
		case len(rest) == 0:
			w.settle()
			for i, o := range w.values {
				shares[i] = shares[i].plus(Always(o).scaled(p))
			}
		default:
			for value, q := range chances[rest[0]] {
				w.coins[rest[0]] = value
				draw(rest[1:], p*q)
			}
		}
	}
	draw(nodes, 1)
	return shares
}

// full marks the nodes that are full: all are at first, and lose it until the
// rules hold.
func full(w *throw, shares []Shares) []bool {
	marks := make([]bool, len(w.sys.Nodes))
	for i := range marks {
		marks[i] = true
	}
	all := func(nodes []int) bool {
		for _, n := range nodes {
			if !marks[n] {
				return false
			}
		}
		return true
	}
	rule := func(i int) bool {
		n := &w.sys.Nodes[i]
		switch n.Kind {
		case Series, Mix, Called:
			return all(n.Children)
		case AtLeast:
			k := 0
			for _, child := range n.Children {
				k += btoi(marks[child])
			}
			return k >= n.K
		case Else:
			return marks[n.Children[0]]
		case Service:
			quiet := n.Deploys == None || w.live[n.Deploys] == 0
			return quiet && Counts(shares[i].OK, n.UpAt) && all(n.Children) && all(n.Uses)
		}
		return shares[i].OK > 0
	}
	for changed := true; changed; {
		changed = false
		for i := range marks {
			if marks[i] && !rule(i) {
				marks[i], changed = false, true
			}
		}
	}
	return marks
}

// randomSystem has eight parts, groups, services and expressions over all that
// comes before, so that nodes and their coins are shared. Services may need
// each other in circles if cyclic is set.
func randomSystem(rng *rand.Rand, cyclic bool) *System {
	s := &System{Networks: []Network{{Loss: ProbOf(0.2)}}}
	add := func(n Node) int {
		s.Nodes = append(s.Nodes, n)
		return len(s.Nodes) - 1
	}
	for i := range 8 {
		s.Parts = append(s.Parts, Part{Name: fmt.Sprint("part", i), Place: None})
		if i > 5 {
			s.Parts[i].Place = rng.IntN(2)
		}
		add(Node{Kind: Leaf, Part: i})
	}
	services := []int{add(Node{Kind: Service, Deploys: None}), add(Node{Kind: Service, Deploys: None}), add(Node{Kind: Service, Deploys: None})}
	any := func() int { return rng.IntN(len(s.Nodes)) }
	for range 7 {
		n := Node{Kind: []NodeKind{Series, AtLeast, Else, Mix, Pool, Quorum, Vote, BFT, Called}[rng.IntN(9)], K: 2, Deploys: None, Retry: rng.IntN(2)}
		n.Covers, n.Shares = ProbOf([]float64{0, 0.4, 1}[rng.IntN(3)]), []Prob{ProbOf(0.3), ProbOf(0.7)}
		for range 2 + btoi(n.Kind != Else && n.Kind != Mix) {
			if isMember := n.Kind >= Pool && n.Kind <= BFT; isMember {
				n.Children = append(n.Children, rng.IntN(8))
			} else {
				n.Children = append(n.Children, any())
			}
		}
		if n.Kind == Called {
			n.Children, n.Call = n.Children[:1], &Call{Retry: rng.IntN(3)}
		}
		add(n)
	}
	for i, node := range services {
		n := &s.Nodes[node]
		n.UpAt = []float64{0, 0.5, 0.95}[i]
		n.Children, n.Uses = []int{any(), any()}, []int{any()}
		if !cyclic {
			n.Children, n.Uses = []int{rng.IntN(8 + i)}, []int{rng.IntN(8 + i)}
		}
		if rng.IntN(2) == 0 {
			n.Deploys = len(s.Deploys)
			s.Deploys = append(s.Deploys, Deploys{Service: node, Hits: ProbOf(0.25)})
		}
	}
	if !cyclic {
		add(Node{Kind: Not, Children: []int{any()}, Deploys: None})
		add(Node{Kind: Series, Children: []int{any(), len(s.Nodes) - 1}, Deploys: None})
	}
	return s
}

// TestEvaluation compares shares, up and full of every node in random states
// with the sums over all values of all coins. On cycles nothing is wrong,
// since then there is one greatest fixed point by any order of evaluation.
func TestEvaluation(t *testing.T) {
	fractions := 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 3))
		cyclic := seed%2 == 0
		s := randomSystem(rng, cyclic)
		st := NewStructure(s)
		for range 5 {
			state := Snapshot{Conditions: make([]Condition, len(s.Parts)), Live: make([]int, len(s.Deploys))}
			for i := range state.Conditions {
				state.Conditions[i] = []Condition{Up, Up, Stale, Lost, Down, Wrong}[rng.IntN(6-btoi(cyclic))]
			}
			for i := range state.Live {
				state.Live[i] = rng.IntN(3)
			}
			w := &throw{sys: s, seen: s.Effective(state.Conditions, nil), live: state.Live, coins: map[int]int{}}
			shares := enumerate(w)
			marks := full(w, shares)
			e := st.Evaluate(state)
			for i := range s.Nodes {
				got, err1 := e.Shares(i)
				mark, err2 := e.Full(i)
				if !got.near(shares[i]) || mark != marks[i] || err1 != nil || err2 != nil {
					t.Fatalf("seed %d, node %d: got %v, full %v, %v, want %v, %v", seed, i, got, mark, errors.Join(err1, err2), shares[i], marks[i])
				}
				up, err := e.Up(Target{Node: i})
				if want := Counts(shares[i].OK, s.Nodes[i].UpAt*float64(btoi(s.Nodes[i].Kind == Service))); up != want || err != nil {
					t.Fatalf("seed %d, node %d: up %v, %v, want %v", seed, i, up, err, want)
				}
				fractions += btoi(math.Abs(got.OK-0.5) < 0.49)
			}
		}
	}
	if fractions < 1000 {
		t.Errorf("only %d nodes with a fraction", fractions)
	}
}
