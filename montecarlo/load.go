package montecarlo

import "nines/model"

// shed is what the capacity of a node leaves of its shares.
func (ev *evaluator) shed(n int32, s model.Shares) value {
	if node := &ev.g.nodes[n]; node.loaded {
		s = s.Shed(ev.carries(node.rule), ev.load(node.rule))
	}
	return valueOf(s)
}

func (ev *evaluator) carries(rule *model.Node) float64 {
	return ev.g.st.System.Carries(rule, ev.seen)
}

// seen is the condition of a part as its users see it.
func (ev *evaluator) seen(part int) model.Condition { return ev.effective[part] }

func (ev *evaluator) load(rule *model.Node) float64 {
	return rule.Load(func(cache int) model.Shares { return ev.nodes[cache].value.Shares })
}

// overloaded says whether a node sheds requests.
func (ev *evaluator) overloaded(n int32) bool {
	node := &ev.g.nodes[n]
	if !node.loaded {
		return false
	}
	var own model.Shares
	switch {
	case node.timed:
		own = model.Always(ev.groups[n])
	case node.kind == model.Service:
		own = ev.deployed(node.rule)
	default:
		own = node.rule.Group(ev.nodes[n].tally)
	}
	return ev.shed(n, own).Shares != own
}

// cached gives what a cache answers for the share of hits, and what stands
// behind it for all other requests.
func (ev *evaluator) cached(n int32) value {
	rule := ev.g.nodes[n].rule
	cache, behind := &ev.nodes[rule.Children[0]].value, &ev.nodes[rule.Children[1]].value
	switch {
	case cache.outcome != model.OK && cache.outcome != mixed:
		return *behind
	case ev.tangled(n):
		return ev.resolve(n)
	}
	rest := rule.Hit.Q + rule.Hit.P*(cache.Wrong+cache.None)
	return valueOf(model.Shares{OK: rule.Hit.P*cache.OK + rest*behind.OK, Wrong: rest * behind.Wrong, None: rest * behind.None})
}
