package montecarlo

import (
	"math/bits"

	"nines/model"
)

// mixed is the outcome of a node whose requests do not all get the same.
const mixed model.Outcome = 3

// A value is what the requests to a node get.
type value struct {
	outcome model.Outcome
	model.Shares
}

func certain(o model.Outcome) value { return value{o, model.Always(o)} }

func valueOf(s model.Shares) value {
	if o, one := s.Outcome(); one {
		return certain(o)
	}
	return value{mixed, s}
}

// A status is what is known of a node in the present state.
type status struct {
	value value
	full  bool
	count [4]int32    // hard children by outcome
	fulls int32       // children that are full, hard and soft
	tally model.Tally // members of a group
}

// An evaluator keeps the values of all nodes while parts change. Each node
// counts its children by outcome; a change goes up only as far as it makes a
// difference. Changes gather until propagate, which looks at each node at most
// once, children first, and at a dependency cycle as a whole.
type evaluator struct {
	g         *graph
	own       []model.Condition // of each part
	effective []model.Condition
	live      []int           // bad deploys
	groups    []model.Outcome // of the nodes with a state of their own, by node
	nodes     []status
	dirty     []uint64 // bit set of components to look at
	pending   int      // bits in it
	lowest    int      // no word before this one has any
	touched   []int32  // targets whose node has changed
	marked    []bool   // of each target, whether it is in touched
	right     []float64
	wrong     []float64
	trial     []model.Outcome // of the nodes of a cycle
	next      []model.Outcome // of its services
	fresh     []status        // of its nodes: value and full
	memo      map[memoKey]model.Shares
	cones     map[int32]*cone
	err       error // model.ErrUnsettled
}

// newEvaluator starts with every part up and no bad deploy live.
func newEvaluator(g *graph) *evaluator {
	sys := g.st.System
	ev := &evaluator{
		g: g, own: make([]model.Condition, len(sys.Parts)), effective: make([]model.Condition, len(sys.Parts)),
		live: make([]int, len(sys.Deploys)), groups: make([]model.Outcome, len(g.nodes)), nodes: make([]status, len(g.nodes)),
		dirty: make([]uint64, len(g.st.Components)/64+1), marked: make([]bool, len(sys.Targets)),
		trial: make([]model.Outcome, len(g.nodes)), next: make([]model.Outcome, len(g.nodes)), fresh: make([]status, len(g.nodes)),
		memo: map[memoKey]model.Shares{}, cones: map[int32]*cone{},
	}
	most := 0
	for i := range g.nodes {
		n := g.nodes[i].rule
		most = max(most, len(n.Children))
		ev.groups[i] = model.OK
		s := &ev.nodes[i]
		s.value = certain(model.NoAnswer)
		s.count[model.NoAnswer] = int32(len(n.Children))
		s.tally.Add(model.Up, len(n.Children))
		ev.mark(g.nodes[i].component)
	}
	ev.right, ev.wrong = make([]float64, most+1), make([]float64, most+1)
	ev.propagate()
	return ev
}

func (ev *evaluator) mark(component int32) {
	word, bit := int(component>>6), uint64(1)<<(component&63)
	if ev.dirty[word]&bit == 0 {
		ev.dirty[word] |= bit
		ev.pending++
		ev.lowest = min(ev.lowest, word)
	}
}

// setPart gives a part another condition of its own.
func (ev *evaluator) setPart(part int, c model.Condition) {
	ev.own[part] = c
	if leaf := ev.g.soles[part]; leaf == model.None {
		ev.inherit(part)
	} else if old := ev.effective[part]; c != old {
		ev.effective[part] = c
		ev.turn(leaf, old, c)
	}
}

// inherit works out the condition of a part as its users see it, and of what
// is inside it.
func (ev *evaluator) inherit(part int) {
	at := &ev.g.places[part]
	old, now := ev.effective[part], ev.condition(part)
	if now == old {
		return
	}
	ev.effective[part] = now
	for _, leaf := range at.leaves {
		ev.turn(leaf, old, now)
	}
	for _, inside := range at.inside {
		ev.inherit(int(inside))
	}
}

// condition of a part as its users see it.
func (ev *evaluator) condition(part int) model.Condition {
	at := &ev.g.places[part]
	if at.in != model.None {
		if c := ev.effective[at.in]; c == model.Down || c == model.Lost {
			return c
		}
	}
	for _, cause := range at.causes {
		if ev.effective[cause] == model.Down {
			return model.Down
		}
	}
	return ev.own[part]
}

// turn tells those who depend on the leaf of a part that its condition is
// another one.
func (ev *evaluator) turn(leaf int32, old, now model.Condition) {
	for _, p := range ev.g.nodes[leaf].parents {
		switch p.link {
		case member:
			tally := &ev.nodes[p.node].tally
			tally.Add(old, -1)
			tally.Add(now, 1)
			ev.mark(p.component)
		case front: // which looks at more than its value
			ev.mark(p.component)
		}
	}
	if o := now.Outcome(); o != ev.nodes[leaf].value.outcome {
		ev.set(leaf, certain(o), o == model.OK)
	}
}

// setGroup gives a node with a state of its own another outcome.
func (ev *evaluator) setGroup(node int, o model.Outcome) {
	if ev.groups[node] != o {
		ev.groups[node] = o
		ev.mark(ev.g.nodes[node].component)
	}
}

// addLive changes the number of bad deploys that are live.
func (ev *evaluator) addLive(deploys, n int) {
	ev.live[deploys] += n
	service := ev.g.st.System.Deploys[deploys].Service
	ev.mark(ev.g.nodes[service].component)
}

// propagate brings all nodes up to date.
func (ev *evaluator) propagate() {
	for word := ev.lowest; ev.pending > 0; word++ {
		for ev.dirty[word] != 0 {
			bit := bits.TrailingZeros64(ev.dirty[word])
			ev.dirty[word] &^= 1 << bit
			ev.pending--
			ev.update(word<<6 | bit)
		}
	}
	ev.lowest = len(ev.dirty)
}

func (ev *evaluator) update(component int) {
	if l := ev.g.loops[component]; l != nil {
		ev.settle(l)
		return
	}
	n := ev.g.heads[component]
	v := ev.value(n)
	ev.set(n, v, ev.full(n, v))
}

// set stores what a node has become and tells those who depend on it.
func (ev *evaluator) set(n int32, v value, full bool) {
	s, node := &ev.nodes[n], &ev.g.nodes[n]
	if s.value == v && s.full == full {
		return
	}
	old, fuller := s.value.outcome, int32(0)
	if full != s.full {
		fuller = 1
		if !full {
			fuller = -1
		}
	}
	s.value, s.full = v, full
	for _, p := range node.parents {
		switch p.link {
		case member:
			continue
		case front:
			ev.mark(p.component)
			continue
		case soft:
			if fuller == 0 {
				continue
			}
		case hard:
			count := &ev.nodes[p.node].count
			count[old]--
			count[v.outcome]++
		}
		ev.nodes[p.node].fulls += fuller
		if p.component != node.component {
			ev.mark(p.component)
		}
	}
	for _, t := range node.targets {
		if !ev.marked[t] {
			ev.marked[t] = true
			ev.touched = append(ev.touched, t)
		}
	}
}

// full applies the rule of full to a node whose value is v.
func (ev *evaluator) full(n int32, v value) bool {
	node, s := &ev.g.nodes[n], &ev.nodes[n]
	switch node.kind {
	case model.Series, model.Mix, model.Cached, model.Called:
		return s.fulls == node.children
	case model.AtLeast:
		return s.fulls >= node.k
	case model.Else:
		return ev.nodes[node.rule.Children[0]].full
	case model.Service:
		return s.fulls == node.children+node.uses && ev.sound(n, v)
	}
	return v.OK > 0 && !ev.overloaded(n)
}

// sound says whether a service is up, sheds nothing and no bad deploy of it is
// live.
func (ev *evaluator) sound(n int32, v value) bool {
	rule := ev.g.nodes[n].rule
	return (rule.Deploys == model.None || ev.live[rule.Deploys] == 0) && model.Counts(v.OK, rule.UpAt) && !ev.overloaded(n)
}
