package montecarlo

import "nines/model"

// value applies the rule of a node to the counts of its children. As long as
// these are not mixed that is all; else the shares are combined, which is
// exact where the children that are mixed depend on different coins, and left
// to the reference where they may not.
func (ev *evaluator) value(n int32) value {
	node, s := &ev.g.nodes[n], &ev.nodes[n]
	if node.timed {
		return ev.shed(n, model.Always(ev.groups[n]))
	}
	switch node.kind {
	case model.Leaf:
		return certain(ev.effective[node.rule.Part].Outcome())
	case model.Series:
		return ev.series(n)
	case model.Service:
		return ev.service(n)
	case model.AtLeast:
		return ev.atLeast(n)
	case model.Else:
		return ev.fallback(n)
	case model.Mix:
		return ev.mix(n)
	case model.Cached:
		return ev.cached(n)
	case model.Called:
		return valueOf(inSeries(ev.nodes[node.rule.Children[0]].value.Shares, model.Shares{OK: node.through.P, None: node.through.Q}))
	case model.Not:
		v := ev.nodes[node.rule.Children[0]].value
		return valueOf(model.Shares{OK: v.None, Wrong: v.Wrong, None: v.OK})
	}
	if node.kind == model.Pool && !node.loaded && s.tally.Lost == 0 && s.tally.Wrong == 0 && s.tally.Up+s.tally.Stale >= int(node.k) {
		return certain(model.OK) // the common case, without arithmetic
	}
	if node.rule.Over != nil {
		s.tally = ev.g.st.System.Tally(node.rule, ev.seen)
	}
	return ev.shed(n, node.rule.Group(s.tally))
}

// tangled says whether two or more children of a node are mixed and may
// depend on the same coin.
func (ev *evaluator) tangled(n int32) bool {
	return ev.nodes[n].count[mixed] > 1 && !ev.g.nodes[n].apart
}

func (ev *evaluator) series(n int32) value {
	count := &ev.nodes[n].count
	switch {
	case count[model.NoAnswer] > 0:
		return certain(model.NoAnswer)
	case count[mixed] == 0 && count[model.WrongAnswer] > 0:
		return certain(model.WrongAnswer)
	case count[mixed] == 0:
		return certain(model.OK)
	case ev.tangled(n):
		return ev.resolve(n)
	}
	total := model.Always(model.OK)
	for _, child := range ev.g.nodes[n].rule.Children {
		total = inSeries(total, ev.nodes[child].value.Shares)
	}
	return valueOf(total)
}

// inSeries: none if any is none, else wrong if any is wrong.
func inSeries(a, b model.Shares) model.Shares {
	return model.Shares{
		OK:    a.OK * b.OK,
		Wrong: a.Wrong*(b.OK+b.Wrong) + a.OK*b.Wrong,
		None:  a.None + (a.OK+a.Wrong)*b.None,
	}
}

func (ev *evaluator) service(n int32) value {
	if rule := ev.g.nodes[n].rule; rule.Deploys == model.None && rule.Loads == nil {
		return ev.series(n)
	}
	hit := ev.hit(n)
	if hit.None == 0 || ev.tangled(n) {
		return ev.series(n)
	}
	return valueOf(inSeries(ev.series(n).Shares, hit))
}

// hit gives the shares of the requests to a service that its bad deploys and
// its capacity let through and stop.
func (ev *evaluator) hit(n int32) model.Shares {
	if rule := ev.g.nodes[n].rule; rule.Deploys != model.None || rule.Loads != nil {
		return ev.shed(n, ev.deployed(rule)).Shares
	}
	return model.Always(model.OK)
}

// deployed gives the shares that bad deploys let through and stop: with
// Q = 1 - hits and m of them live, Q^m and hits (1 + Q + ... + Q^(m-1)).
func (ev *evaluator) deployed(rule *model.Node) model.Shares {
	s := model.Always(model.OK)
	if rule.Deploys == model.None {
		return s
	}
	hits := ev.g.st.System.Deploys[rule.Deploys].Hits
	for range ev.live[rule.Deploys] {
		s.None += s.OK * hits.P
		s.OK *= hits.Q
	}
	return s
}

func (ev *evaluator) atLeast(n int32) value {
	node, count := &ev.g.nodes[n], &ev.nodes[n].count
	switch {
	case count[model.OK]+count[model.WrongAnswer]+count[mixed] < node.k:
		return certain(model.NoAnswer)
	case count[mixed] == 0 && count[model.WrongAnswer] > 0:
		return certain(model.WrongAnswer)
	case count[mixed] == 0:
		return certain(model.OK)
	case ev.tangled(n):
		return ev.resolve(n)
	}
	return valueOf(ev.countAnswers(node.rule))
}

// countAnswers is the distribution of the number of children that answer, with
// and without a wrong one among them, cut at K.
func (ev *evaluator) countAnswers(rule *model.Node) model.Shares {
	right, wrong := ev.right[:len(rule.Children)+1], ev.wrong[:len(rule.Children)+1]
	clear(right)
	clear(wrong)
	right[0] = 1
	for seen, child := range rule.Children {
		v := &ev.nodes[child].value
		for i := seen; i >= 0; i-- {
			r, w := right[i], wrong[i]
			right[i+1] += r * v.OK
			wrong[i+1] += r*v.Wrong + w*(v.OK+v.Wrong)
			right[i], wrong[i] = r*v.None, w*v.None
		}
	}
	var total model.Shares
	for i := range right {
		if i < rule.K {
			total.None += right[i] + wrong[i]
		} else {
			total.OK, total.Wrong = total.OK+right[i], total.Wrong+wrong[i]
		}
	}
	return total
}

func (ev *evaluator) fallback(n int32) value {
	rule := ev.g.nodes[n].rule
	first, second := &ev.nodes[rule.Children[0]].value, &ev.nodes[rule.Children[1]].value
	switch {
	case first.None == 0:
		return *first
	case ev.tangled(n):
		return ev.resolve(n)
	}
	covered := first.None * rule.Covers.P
	return valueOf(model.Shares{
		OK:    first.OK + covered*second.OK,
		Wrong: first.Wrong + covered*second.Wrong,
		None:  covered*second.None + first.None*rule.Covers.Q,
	})
}

// mix needs no care for common coins: only one child is asked.
func (ev *evaluator) mix(n int32) value {
	rule := ev.g.nodes[n].rule
	first := &ev.nodes[rule.Children[0]].value
	if first.outcome != mixed && int(ev.nodes[n].count[first.outcome]) == len(rule.Children) {
		return *first
	}
	var total model.Shares
	for i, child := range rule.Children {
		v, p := &ev.nodes[child].value, rule.Shares[i].P
		total.OK += p * v.OK
		total.Wrong += p * v.Wrong
		total.None += p * v.None
	}
	return valueOf(total)
}
