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
	right, wrong := d.sides(members)
	for i, v := range members {
		if wrong[i] != bdd.False || v.lost != bdd.False {
			c := d.counter(n, 0)
			return c.each(func(s model.Shares, _ bool) answer { return c.toss(s) })
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
	load    float64                                // requests per second
	end     func(s model.Shares, shed bool) answer // what to make of the shares in the end, which are what was shed has left
	answers map[count]answer
	coins   map[coin]bdd.Ref
}

// A count is what is known of the first members.
type count struct {
	model.Tally
	carries float64 // capacity of those that answer, with a load
}

func (d *diagram) counter(n *model.Node, load float64) *counter {
	c := &counter{diagram: d, n: n, load: load, coins: map[coin]bdd.Ref{}}
	for _, child := range n.Children {
		c.members = append(c.members, d.views[d.sys.Nodes[child].Part])
	}
	return c
}

// each gives the answer that end makes of the shares in each state.
func (c *counter) each(end func(s model.Shares, shed bool) answer) answer {
	c.end, c.answers = end, map[count]answer{}
	return c.count(count{})
}

type coin struct {
	chance bdd.Prob
	wrong  bool // whether the answer is wrong, not whether there is one
}

// count gives the answer when the first members are as t counts them.
func (c *counter) count(t count) answer {
	met := t.Members()
	switch {
	case t.Answering()+len(c.members)-met < max(c.n.K, 1), c.m.Err() != nil:
		return answer{}
	case met == len(c.members):
		own := c.n.Group(t.Tally)
		if c.n.Loads == nil {
			return c.end(own, false)
		}
		shares := own.Shed(t.carries, c.load)
		return c.end(shares, shares != own)
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
func (c *counter) with(t count, condition model.Condition, f bdd.Ref, rest answer) answer {
	if f == bdd.False {
		return rest
	}
	if c.n.Loads != nil && condition.Answers() {
		t.carries += c.sys.Parts[c.sys.Nodes[c.n.Children[t.Members()]].Part].Carries()
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
