package montecarlo

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// A sketch draws random structures: parts in nested domains, groups of all
// kinds, fallbacks, mixes, services with deploys that may need each other.
type sketch struct {
	*builder
	r      *rand.Rand
	simple []int // nodes that need no service
	nodes  []int // nodes that may be needed
}

func (s *sketch) pick(from []int, n int) []int {
	var out []int
	for range n {
		out = append(out, from[s.r.IntN(len(from))])
	}
	return out
}

func randomSystem(r *rand.Rand) *model.System {
	s := &sketch{builder: newBuilder(), r: r}
	for i := range 3 + r.IntN(8) {
		place := model.None
		if i > 0 && r.IntN(2) == 0 {
			place = r.IntN(i)
		}
		s.simple = append(s.simple, s.leaf(s.part(place, stop(day, hour))))
	}
	for range r.IntN(4) {
		kind := []model.NodeKind{model.Pool, model.Quorum, model.Vote, model.BFT}[r.IntN(4)]
		n := 1 + r.IntN(4)
		leaves := s.pick(s.simple[:3], n)
		s.simple = append(s.simple, s.group(kind, 1+r.IntN(n), r.IntN(3), leaves))
	}
	s.simple = append(s.simple, s.standby(&model.Waiting{}, s.pick(s.simple[:3], 2)))
	s.simple = append(s.simple, s.node(model.Node{Kind: model.Quorum, K: 1, Elect: dist.Fixed{}, Children: s.pick(s.simple[:3], 2)}))
	s.simple = append(s.simple, s.node(model.Node{Kind: model.Not, Children: s.pick(s.simple, 1)}))
	s.nodes = s.simple
	services := make([]int, 1+r.IntN(4))
	for i := range services {
		services[i] = s.service(nil)
	}
	s.nodes = append(s.nodes, services...)
	for range 2 + r.IntN(6) {
		s.nodes = append(s.nodes, s.inner())
	}
	for _, n := range services {
		s.sys.Nodes[n].Children, s.sys.Nodes[n].Uses = s.pick(s.nodes, 1+r.IntN(3)), s.pick(s.nodes, r.IntN(3))
		s.sys.Nodes[n].UpAt = []float64{0, 0.5, 0.95}[r.IntN(3)]
		if r.IntN(3) == 0 {
			s.deploys(n, 1/day, dist.Fixed{Time: hour}, dist.Fixed{Time: hour}, []float64{0.1, 0.5, 1}[r.IntN(3)])
		}
	}
	s.load(services)
	s.wire(services[0])
	for _, n := range s.nodes {
		s.target("", n)
	}
	return &s.sys
}

// wire joins the first parts by a network, over which there are a quorum and a
// path, and which a service needs.
func (s *sketch) wire(service int) {
	net := model.Network{Nodes: s.simple[:3]}
	for range 2 + s.r.IntN(2) {
		from := s.r.IntN(3)
		net.Links = append(net.Links, model.Link{Leaf: s.simple[s.r.IntN(3)], From: from, To: (from + 1) % 3})
	}
	net.Loss = model.ProbOf([]float64{0, 0.3, 1}[s.r.IntN(3)])
	s.sys.Networks = []model.Network{net}
	call := s.node(model.Node{Kind: model.Called, Children: s.pick(s.nodes, 1), Call: &model.Call{Retry: s.r.IntN(3)}})
	s.nodes = append(s.nodes, call)
	q := s.node(model.Node{Kind: model.Quorum, K: 2, Children: s.simple[:3], Over: &model.Over{At: []int{0, 1, 2}}})
	c := s.node(model.Node{Kind: model.Connected, Children: s.simple[1:3], Over: &model.Over{At: []int{1, 2}}})
	s.nodes = append(s.nodes, q, c)
	s.sys.Nodes[service].Children = append(s.sys.Nodes[service].Children, q, call)
}

// load gives some groups and services loads, behind a cache that is a pool, and
// some parts a common cause.
func (s *sketch) load(services []int) {
	cache := s.group(model.Pool, 1, 0, s.pick(s.simple[:3], 2))
	s.nodes = append(s.nodes, cache)
	s.sys.Parts[0].Capacity, s.sys.Parts[1].Capacity = 100, 30
	for i := range s.sys.Nodes {
		n := &s.sys.Nodes[i]
		group := n.Kind == model.Pool || n.Kind == model.Quorum || n.Kind == model.Standby || n.Kind == model.Vote
		if i == cache || !group && n.Kind != model.Service || s.r.IntN(2) == 0 {
			continue
		}
		n.Loads = []model.Load{{Demand: 40}, {Demand: 80, Fronts: []model.Front{{Cache: cache, Hit: model.ProbOf(s.r.Float64())}}}}
		if n.Kind != model.Pool {
			n.Capacity = 150 * s.r.Float64()
		}
	}
	for range 2 {
		hit := []float64{0, 0.7, 1}[s.r.IntN(3)]
		cached := s.node(model.Node{Kind: model.Cached, Children: []int{cache, s.pick(s.nodes, 1)[0]}, Hit: model.ProbOf(hit)})
		s.nodes = append(s.nodes, cached)
		n := s.pick(services, 1)[0]
		s.sys.Nodes[n].Children = append(s.sys.Nodes[n].Children, cached)
	}
	if last := len(s.sys.Parts) - 1; s.r.IntN(2) == 0 && s.sys.Parts[0].Place == model.None {
		s.sys.Parts[last].Causes = []int{0}
	}
}

// inner draws a node over those that there are.
func (s *sketch) inner() int {
	switch s.r.IntN(5) {
	case 0:
		return s.series(s.pick(s.nodes, 1+s.r.IntN(3))...)
	case 1:
		two := s.pick(s.nodes, 2)
		return s.fallback(two[0], two[1], []float64{0, 0.3, 1}[s.r.IntN(3)])
	case 2:
		p := s.r.Float64()
		return s.node(model.Node{Kind: model.Mix, Children: s.pick(s.nodes, 2), Shares: []model.Prob{model.ProbOf(p), model.ProbOf(1 - p)}})
	}
	n := 1 + s.r.IntN(4)
	return s.atLeast(1+s.r.IntN(n), s.pick(s.nodes, n)...)
}

// TestEvaluatorIsReference drives random structures through random changes
// and compares every node with the reference after each.
func TestEvaluatorIsReference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	mixedSeen, loops, unsettled := 0, 0, 0
	for range 1000 {
		sys := randomSystem(r)
		g, err := newGraph(sys)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range g.loops {
			if l != nil {
				loops++
			}
		}
		ev := newEvaluator(g)
		for range 25 {
			for range 1 + r.IntN(2) {
				alter(ev, r)
			}
			ev.propagate()
			seen, settled := compare(t, ev)
			mixedSeen += seen
			if !settled {
				unsettled++
				break
			}
		}
	}
	t.Logf("%d mixed values, %d cycles, %d unsettled", mixedSeen, loops, unsettled)
	if mixedSeen < 1000 || loops < 100 || unsettled > 10000 {
		t.Errorf("seen %d mixed values, %d cycles, %d unsettled: the test is too weak", mixedSeen, loops, unsettled)
	}
}

// alter gives a random part another condition, a group with a state of its own
// another outcome, or a service another bad deploy.
func alter(ev *evaluator, r *rand.Rand) {
	if n := r.IntN(len(ev.nodes)); ev.g.nodes[n].timed {
		ev.setGroup(n, model.Outcome(r.IntN(3)))
		return
	}
	if n := len(ev.live); n > 0 && r.IntN(4) == 0 {
		d := r.IntN(n)
		delta := 1
		if ev.live[d] > 0 && r.IntN(2) == 0 {
			delta = -1
		}
		ev.addLive(d, delta)
		return
	}
	ev.setPart(r.IntN(len(ev.own)), []model.Condition{model.Up, model.Up, model.Stale, model.Lost, model.Wrong, model.Down}[r.IntN(6)])
}

// compare counts the mixed values; it is false if the reference does not
// settle, and then the evaluator must not either.
func compare(t *testing.T, ev *evaluator) (int, bool) {
	t.Helper()
	reference := ev.g.st.Evaluate(model.Snapshot{Conditions: ev.own, Live: ev.live, Groups: ev.groups})
	seen := 0
	for n := range ev.nodes {
		if s := &ev.nodes[n]; s.value.OK > 0 && !s.full && ev.g.plain(n) {
			t.Fatalf("node %d %+v: plain, and up but not full", n, *ev.g.nodes[n].rule)
		}
		want, err := reference.Shares(n)
		if err != nil {
			if !errors.Is(ev.err, model.ErrUnsettled) {
				t.Fatalf("got %v, want %v", ev.err, err)
			}
			return seen, false
		}
		full, _ := reference.Full(n)
		got := ev.nodes[n]
		if got.value.outcome == mixed {
			seen++
		}
		if distance(got.value.Shares, want) > 1e-14 || got.full != full {
			t.Fatalf("node %d %+v: got %+v full %v, want %+v full %v\nparts %v live %v", n, *ev.g.nodes[n].rule, got.value, got.full, want, full, ev.own, ev.live)
		}
	}
	if ev.err != nil {
		t.Fatalf("got %v, want none", ev.err)
	}
	return seen, true
}

func distance(a, b model.Shares) float64 {
	return math.Abs(a.OK-b.OK) + math.Abs(a.Wrong-b.Wrong) + math.Abs(a.None-b.None)
}
