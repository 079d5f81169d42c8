package montecarlo

import (
	"math/rand/v2"
	"slices"

	"nines/model"
)

// mostDepth bounds the failures in a row that a path is made to have.
const mostDepth = 12

// A sounding finds how many failures at a time take a target down: parts fail
// in a random order until it is down, and those come back of which it stays
// down all the same. What is left is a minimal cut set.
type sounding struct {
	p      *program
	ev     *evaluator
	random *rand.Rand
	parts  []int32 // that can fail
	groups []int32 // nodes with a state of their own
	effort int     // failures and returns that are left
}

const (
	cutsPerTarget = 32
	mostSounding  = 1 << 14 // failures and returns
)

// sound lists the sizes of minimal cut sets, the least first, and says whether
// there is a target that no failure takes down alone, as far as is known.
func (p *program) sound() (sizes []int, rare bool) {
	s := &sounding{p: p, ev: newEvaluator(p.graph), random: rand.New(rand.NewPCG(1, 2)), effort: mostSounding}
	for i := range p.parts {
		if at := &p.parts[i]; !at.static && at.count > 1 {
			s.parts = append(s.parts, int32(i))
		}
	}
	for n := range p.graph.nodes {
		if p.graph.nodes[n].timed {
			s.groups = append(s.groups, int32(n))
		}
	}
	alone := make([]bool, len(p.sys.Targets))
	for range cutsPerTarget {
		for t := range p.sys.Targets {
			if size := s.cut(&p.sys.Targets[t]); s.effort > 0 && size <= mostDepth {
				sizes = append(sizes, size)
				alone[t] = alone[t] || size == 1
			}
		}
	}
	slices.Sort(sizes)
	return slices.Compact(sizes), slices.Contains(alone, false)
}

// cut gives the size of a minimal cut set of a target, or more than mostDepth.
func (s *sounding) cut(t *model.Target) int {
	s.random.Shuffle(len(s.parts), func(i, j int) { s.parts[i], s.parts[j] = s.parts[j], s.parts[i] })
	up := func() bool { return model.Counts(s.ev.nodes[t.Node].value.OK, s.p.sys.UpAt(*t)) }
	failed := 0
	for failed < len(s.parts) && s.effort > 0 && up() {
		s.turn(s.parts[failed], model.Down)
		failed++
	}
	size := failed
	if up() {
		size = mostDepth + 1
	}
	for _, part := range s.parts[:failed] {
		if size <= mostDepth || s.effort > 0 {
			s.turn(part, model.Up)
			if size--; up() {
				s.turn(part, model.Down)
				size++
			}
		}
	}
	for _, part := range s.parts[:failed] {
		s.turn(part, model.Up)
	}
	return size
}

// turn gives a part another condition. A group is taken to be up while enough
// of its members are.
func (s *sounding) turn(part int32, to model.Condition) {
	s.effort--
	s.ev.setPart(int(part), to)
	for _, n := range s.groups {
		rule := s.p.graph.nodes[n].rule
		up := 0
		for _, child := range rule.Children {
			if s.ev.effective[s.p.graph.nodes[child].rule.Part] == model.Up {
				up++
			}
		}
		outcome := model.OK
		if up < max(1, rule.K) {
			outcome = model.NoAnswer
		}
		s.ev.setGroup(int(n), outcome)
	}
	s.ev.propagate()
}
