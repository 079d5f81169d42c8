package analytic

import (
	"nines/model"
	"nines/model/bdd"
)

// group gives the answer of a pool, quorum, vote or byzantine agreement.
func (d *diagram) group(n *model.Node) answer {
	members := make([]view, len(n.Children))
	for i, child := range n.Children {
		members[i] = d.views[d.sys.Nodes[child].Part]
	}
	switch n.Kind {
	case model.Pool:
		return d.pool(n, members)
	case model.Quorum:
		return d.quorum(n.K, members)
	case model.Vote:
		return d.vote(n.K, members)
	}
	return d.agreement(members)
}

// quorum counts members that are up or wrong.
func (d *diagram) quorum(k int, members []view) answer {
	counting := make([]answer, len(members))
	for i, v := range members {
		counting[i] = answer{v.up, v.wrong}
	}
	return d.atLeast(k, counting)
}

func (d *diagram) vote(k int, members []view) answer {
	right, wrong := d.sides(members)
	ok := d.m.AtLeast(k, right)
	return answer{ok, d.m.And(d.m.AtLeast(k, wrong), ok.Not())}
}

func (d *diagram) agreement(members []view) answer {
	right, wrong := d.sides(members)
	faulty := model.MaxFaulty(len(members))
	liars := d.m.AtLeast(faulty+1, wrong)
	return answer{d.m.And(d.m.AtLeast(len(members)-faulty, right), liars.Not()), liars}
}

// sides lists the members that answer right and those that answer wrong.
func (d *diagram) sides(members []view) (right, wrong []bdd.Ref) {
	for _, v := range members {
		right = append(right, d.m.Or(v.up, v.stale))
		wrong = append(wrong, v.wrong)
	}
	return right, wrong
}

// pool takes the coins of a pool for each tally of its members. Where none can
// be wrong or lost nothing is left to chance.
func (d *diagram) pool(n *model.Node, members []view) answer {
	c := counter{d, n, members, map[model.Tally]answer{}, map[coin]bdd.Ref{}}
	right, wrong := d.sides(members)
	for i, v := range members {
		if wrong[i] != bdd.False || v.lost != bdd.False {
			return c.count(model.Tally{})
		}
	}
	return answer{d.m.AtLeast(max(n.K, 1), right), bdd.False}
}

// A counter goes through the members of a pool one after the other. Requests
// meet one state at a time, so coins of equal chances serve several tallies.
type counter struct {
	*diagram
	n       *model.Node
	members []view
	answers map[model.Tally]answer
	coins   map[coin]bdd.Ref
}

type coin struct {
	chance bdd.Prob
	wrong  bool // whether the answer is wrong, not whether there is one
}

// count gives the answer when the first members are as t counts them.
func (c *counter) count(t model.Tally) answer {
	met := t.Members()
	switch {
	case t.Answering()+len(c.members)-met < max(c.n.K, 1), c.m.Err() != nil:
		return answer{}
	case met == len(c.members):
		return c.toss(c.n.Group(t))
	}
	if a, ok := c.answers[t]; ok {
		return a
	}
	v := c.members[met]
	a := c.with(t, model.Down, bdd.True, answer{})
	a = c.with(t, model.Lost, v.lost, a)
	a = c.with(t, model.Wrong, v.wrong, a)
	a = c.with(t, model.Up, c.m.Or(v.up, v.stale), a)
	c.answers[t] = a
	return a
}

// with is the answer with one more member in a condition where f holds, and
// rest elsewhere.
func (c *counter) with(t model.Tally, condition model.Condition, f bdd.Ref, rest answer) answer {
	if f == bdd.False {
		return rest
	}
	t.Add(condition, 1)
	return c.choose(f, c.count(t), rest)
}

// toss draws the outcome: first whether there is an answer, then which.
func (c *counter) toss(s model.Shares) answer {
	some := s.OK + s.Wrong
	answered := c.coin(coin{chance: bdd.Prob{P: some, Q: s.None}})
	if answered == bdd.False {
		return answer{}
	}
	liar := c.coin(coin{bdd.Prob{P: s.Wrong / some, Q: s.OK / some}, true})
	return answer{c.m.And(answered, liar.Not()), c.m.And(answered, liar)}
}

func (c *counter) coin(of coin) bdd.Ref {
	f, ok := c.coins[of]
	if !ok {
		f = c.draw(of.chance)[0]
		c.coins[of] = f
	}
	return f
}
