package analytic

import (
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A surge is a load that reaches a node, in requests per second, in the states
// for which when holds.
type surge struct {
	load float64
	when bdd.Ref
}

// surges divide the states by the load of a node, which depends on what the
// caches before it answer.
func (d *diagram) surges(n *model.Node) []surge {
	caches := n.Caches()
	shares := map[int]model.Shares{}
	var all []surge
	var rest func(caches []int, when bdd.Ref)
	rest = func(caches []int, when bdd.Ref) {
		if when == bdd.False {
			return
		}
		if len(caches) > 0 {
			for _, l := range d.levels(caches[0]) {
				shares[caches[0]] = l.shares
				rest(caches[1:], d.m.And(when, l.when))
			}
			return
		}
		load := n.Load(func(cache int) model.Shares { return shares[cache] })
		i := slices.IndexFunc(all, func(s surge) bool { return s.load == load })
		if i < 0 {
			i = len(all)
			all = append(all, surge{load, bdd.False})
		}
		all[i].when = d.m.Or(all[i].when, when)
	}
	rest(caches, bdd.True)
	return all
}

// A level is what share of its requests a cache answers in some states.
type level struct {
	shares model.Shares
	when   bdd.Ref
}

// levels divide the states by the share that a cache, a pool, answers right.
func (d *diagram) levels(cache int) []level {
	n := &d.sys.Nodes[cache]
	var list []level
	for _, s := range d.surgesOf(n) {
		c := d.counter(n, s.load)
		var found []model.Shares
		c.each(func(shares model.Shares, _ bool) answer {
			if !slices.ContainsFunc(found, func(f model.Shares) bool { return f.OK == shares.OK }) {
				found = append(found, shares)
			}
			return answer{}
		})
		none := s.when
		for _, shares := range found {
			when := c.each(func(other model.Shares, _ bool) answer { return answer{ok: constant(other.OK == shares.OK)} }).ok
			list = append(list, level{shares, d.m.And(s.when, when)})
			none = d.m.And(none, when.Not())
		}
		list = append(list, level{model.Always(model.NoAnswer), none})
	}
	return list
}

// surgesOf is surges, of a node without loads the one of none.
func (d *diagram) surgesOf(n *model.Node) []surge {
	if n.Loads == nil {
		return []surge{{0, bdd.True}}
	}
	return d.surges(n)
}

// loadedPool is pool where the members have a capacity.
func (d *diagram) loadedPool(node int) answer {
	n := &d.sys.Nodes[node]
	coins := map[coin]bdd.Ref{}
	a, short := answer{}, bdd.False
	for _, s := range d.surges(n) {
		c := d.counter(n, s.load)
		c.coins = coins
		a = d.choose(s.when, c.each(func(shares model.Shares, _ bool) answer { return c.toss(shares) }), a)
		sheds := c.each(func(_ model.Shares, shed bool) answer { return answer{ok: constant(shed)} }).ok
		short = d.m.Or(short, d.m.And(s.when, sheds))
	}
	d.short[node] = short
	return a
}

// carried draws the requests that a node of fixed capacity answers, of those
// that own says of in some states.
func (d *diagram) carried(node int, own []level) bdd.Ref {
	n := &d.sys.Nodes[node]
	coins := map[bdd.Prob]bdd.Ref{}
	kept, short := bdd.False, bdd.False
	for _, s := range d.surgesOf(n) {
		for _, l := range own {
			shares := l.shares
			if n.Loads != nil {
				shares = shares.Shed(n.Capacity, s.load)
			}
			here := d.m.And(s.when, l.when)
			p := bdd.Prob{P: shares.OK, Q: shares.None}
			if _, known := coins[p]; !known {
				coins[p] = d.draw(p)[0]
			}
			kept = d.m.Or(kept, d.m.And(here, coins[p]))
			if shares != l.shares {
				short = d.m.Or(short, here)
			}
		}
	}
	d.short[node] = short
	return kept
}
