package montecarlo

import "nines/model"

// settle works out a dependency cycle anew. Where nothing is left to chance
// that is its greatest fixed point; else the reference draws the coins first.
func (ev *evaluator) settle(l *loop) {
	if l.coin || ev.open(l) {
		for _, n := range l.nodes {
			ev.fresh[n].value = ev.resolve(int32(n))
		}
	} else {
		ev.fixpoint(l)
		for _, n := range l.nodes {
			ev.fresh[n].value = certain(ev.trial[n])
		}
	}
	ev.fillUp(l)
	for _, n := range l.nodes {
		ev.set(int32(n), ev.fresh[n].value, ev.fresh[n].full)
	}
}

// open says whether live deploys or what comes from outside leave anything to
// chance.
func (ev *evaluator) open(l *loop) bool {
	for _, n := range l.nodes {
		rule := ev.g.nodes[n].rule
		if rule.Kind == model.Service {
			if hit := ev.hit(int32(n)); hit.OK > 0 && hit.None > 0 {
				return true
			}
		}
		for _, child := range rule.Children {
			if !ev.together(n, child) && ev.nodes[child].value.outcome == mixed {
				return true
			}
		}
	}
	return false
}

func (ev *evaluator) together(a, b int) bool {
	return ev.g.nodes[a].component == ev.g.nodes[b].component
}

// fixpoint starts with every service of the cycle ok and evaluates all of them
// together until nothing changes.
func (ev *evaluator) fixpoint(l *loop) {
	for _, n := range l.services {
		ev.trial[n] = model.OK
	}
	for range ev.g.st.Rounds() {
		for _, n := range l.rest {
			ev.trial[n] = ev.outcome(n)
		}
		for i, n := range l.services {
			ev.next[i] = ev.outcome(n)
		}
		changed := false
		for i, n := range l.services {
			changed = changed || ev.trial[n] != ev.next[i]
			ev.trial[n] = ev.next[i]
		}
		if !changed {
			return
		}
	}
	ev.err = model.ErrUnsettled
}

// outcome applies the rule of a node of a cycle in which nothing is left to
// chance.
func (ev *evaluator) outcome(n int) model.Outcome {
	rule := ev.g.nodes[n].rule
	var count [3]int
	for _, child := range rule.Children {
		count[ev.answer(n, child)]++
	}
	switch rule.Kind {
	case model.Not:
		return model.OK - ev.answer(n, rule.Children[0])
	case model.Cached:
		if first := ev.answer(n, rule.Children[0]); first == model.OK && rule.Hit.P > 0 {
			return first
		}
		return ev.answer(n, rule.Children[1])
	case model.Called:
		if ev.g.nodes[n].through.P == 0 {
			return model.NoAnswer
		}
		return ev.answer(n, rule.Children[0])
	case model.Else:
		first := ev.answer(n, rule.Children[0])
		if first != model.NoAnswer || rule.Covers.P == 0 {
			return first
		}
		return ev.answer(n, rule.Children[1])
	}
	need := len(rule.Children)
	if rule.Kind == model.AtLeast {
		need = rule.K
	}
	switch {
	case count[model.OK]+count[model.WrongAnswer] < need || rule.Kind == model.Service && ev.hit(int32(n)).OK == 0:
		return model.NoAnswer
	case count[model.WrongAnswer] > 0:
		return model.WrongAnswer
	}
	return model.OK
}

// answer is what a child gives to node n of a cycle.
func (ev *evaluator) answer(n, child int) model.Outcome {
	if ev.together(n, child) {
		return ev.trial[child]
	}
	return ev.nodes[child].value.outcome
}

// fillUp takes the greatest fixed point of full; the rule is monotone, so
// nodes can only leave it.
func (ev *evaluator) fillUp(l *loop) {
	for _, n := range l.nodes {
		ev.fresh[n].full = true
	}
	for changed := true; changed; {
		changed = false
		for _, n := range l.nodes {
			if ev.fresh[n].full && !ev.fullInside(n) {
				ev.fresh[n].full, changed = false, true
			}
		}
	}
}

func (ev *evaluator) fullInside(n int) bool {
	rule := ev.g.nodes[n].rule
	children := ev.countFull(n, rule.Children)
	switch rule.Kind {
	case model.Series, model.Mix, model.Cached, model.Called:
		return children == len(rule.Children)
	case model.AtLeast:
		return children >= rule.K
	case model.Else:
		return ev.countFull(n, rule.Children[:1]) == 1
	case model.Service:
		return children == len(rule.Children) && ev.countFull(n, rule.Uses) == len(rule.Uses) && ev.sound(int32(n), ev.fresh[n].value)
	}
	return ev.fresh[n].value.OK > 0
}

func (ev *evaluator) countFull(n int, children []int) int {
	full := 0
	for _, child := range children {
		s := &ev.nodes[child]
		if ev.together(n, child) {
			s = &ev.fresh[child]
		}
		if s.full {
			full++
		}
	}
	return full
}
