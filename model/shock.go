package model

import (
	"slices"

	"nines/model/dist"
)

// A Shock strikes several parts at one moment. Each part has failure modes of
// its own for it, which begin in no other way: the law Every of such a mode has
// the mean time until the shock takes the part there.
type Shock struct {
	Name    string // the parts, as the file names them
	Common  bool   // a common cause
	Share   Prob   // of a common cause: of each part's failures those that are common to all
	Parts   []int  // each has dynamics; none: it strikes nothing
	Each    Prob   // that it takes down a part that is up, independently of the others
	Strikes []Strike
	Repair  dist.Law // of what a shock that is no common cause has struck; nil: it stays down
	Pos     Pos
}

// A Strike is one way for a shock to come about: a common cause has one for
// each failure mode of the parts.
type Strike struct {
	Every dist.Law // between two of them, whatever state the parts are in
	Modes []int    // of each part of the shock: the mode in which it fails
}

// Kind is what a shock is called as a cause.
func (s *Shock) Kind() string {
	if s.Common {
		return "common_cause"
	}
	return "shock"
}

// memoryless says whether the time to the next strike does not depend on when
// the last one was.
func (s *Shock) memoryless() bool {
	return !slices.ContainsFunc(s.Strikes, func(k Strike) bool {
		_, exponential := k.Every.(dist.Exponential)
		return !exponential
	})
}

// strike is a Strike, by local indexes.
type strike struct {
	shock int // index of Shocks
	law   dist.Law
	hits  []Hit
}

// A Hit is that a strike takes a part from as new to another state, or that a
// failure loses the copy that a part holds.
type Hit struct {
	Part   int  // local index
	Chance Prob // that the part is hit
	to     int
}

func (c *Coupled) indexShocks() {
	c.struck = make([][]bool, len(c.Parts))
	for i := range c.Parts {
		c.struck[i] = make([]bool, len(c.automaton(i).States[0].Clocks))
	}
	for k := range c.System.Shocks {
		shock := &c.System.Shocks[k]
		if !slices.ContainsFunc(shock.Parts, func(p int) bool { return c.Local(p) != None }) {
			continue
		}
		c.Shocks = append(c.Shocks, k)
		for _, s := range shock.Strikes {
			c.strikes = append(c.strikes, c.newStrike(shock, s))
		}
	}
}

func (c *Coupled) newStrike(shock *Shock, s Strike) strike {
	k := strike{shock: len(c.Shocks) - 1, law: s.Every}
	for n, part := range shock.Parts {
		if i := c.Local(part); i != None {
			c.struck[i][s.Modes[n]] = true
			k.hits = append(k.hits, Hit{i, shock.Each, c.automaton(i).States[0].Clocks[s.Modes[n]].To})
		}
	}
	return k
}

// ShockOf is the shock that has taken part i, a local index, to where it is in
// s: an index of Shocks, or None.
func (c *Coupled) ShockOf(s Joint, i int) int {
	mode := c.state(s, i).Mode
	if mode == None || len(c.Shocks) == 0 {
		return None
	}
	return slices.Index(c.Shocks, c.System.ShockOf(c.Parts[i], mode))
}

// ShockOf is the shock that takes a part down in that mode, or None.
func (s *System) ShockOf(part, mode int) int {
	return slices.IndexFunc(s.Shocks, func(k Shock) bool { return k.takes(part, mode) })
}

// takes says whether the shock takes a part down in that mode.
func (s *Shock) takes(part, mode int) bool {
	n := slices.Index(s.Parts, part)
	return n >= 0 && slices.ContainsFunc(s.Strikes, func(k Strike) bool { return k.Modes[n] == mode })
}

// StruckBy lists the strikes that can take part i, a local index, down.
func (c *Coupled) StruckBy(i int) []int {
	var by []int
	for k := range c.strikes {
		if slices.ContainsFunc(c.strikes[k].hits, func(h Hit) bool { return h.Part == i }) {
			by = append(by, k)
		}
	}
	return by
}

// Hits lists the parts that a clock may take down together in s, if it is that
// of a strike. A member that waits warm is struck as much more seldom as it
// fails, one that waits cold never.
func (c *Coupled) Hits(s Joint, clock int) []Hit {
	k := clock - c.strikeClockNumber(0)
	if k < 0 {
		return nil
	}
	var list []Hit
	for _, h := range c.strikes[k].hits {
		if speed := c.speed(s, h.Part); speed < 1 {
			h.Chance = Prob{P: h.Chance.P * speed, Q: h.Chance.Q + h.Chance.P*(1-speed)}
		}
		if s[h.Part] == 0 && h.Chance.P > 0 {
			list = append(list, h)
		}
	}
	return list
}

// Strike gives what may follow a strike in s with its probability. Of the hits
// in a group, which are alike, any so many stand for all others.
func (c *Coupled) Strike(s Joint, groups [][]Hit, visit func(p float64, next Joint)) {
	choose(groups, func(p float64, taken []Hit) { visit(p, c.takeDown(s, taken)) })
}

// choose gives each choice of hits with its probability: the first so many of
// each group. The list is valid until the next.
func choose(groups [][]Hit, visit func(p float64, taken []Hit)) {
	var taken []Hit
	var rest func(p float64, groups [][]Hit)
	rest = func(p float64, groups [][]Hit) {
		if len(groups) == 0 {
			visit(p, taken)
			return
		}
		before := len(taken)
		for n, chance := range binomial(len(groups[0]), groups[0][0].Chance) {
			if chance > 0 {
				taken = append(taken[:before], groups[0][:n]...)
				rest(p*chance, groups[1:])
			}
		}
		taken = taken[:before]
	}
	rest(1, groups)
}

// binomial gives the chances that 0 to n of n things happen.
func binomial(n int, p Prob) []float64 {
	chances := make([]float64, n+1)
	chances[0] = 1
	for seen := range n {
		for k := seen + 1; k > 0; k-- {
			chances[k] = chances[k]*p.Q + chances[k-1]*p.P
		}
		chances[0] *= p.Q
	}
	return chances
}

// takeDown is the state after s in which parts are hit at once.
func (c *Coupled) takeDown(s Joint, hits []Hit) Joint {
	next := append(Joint(nil), s...)
	for _, h := range hits {
		c.move(next, h.Part, h.to)
	}
	for _, h := range hits {
		c.react(s, next, h.Part)
	}
	return next
}

// Draw picks what follows the ring of a clock by numbers that are uniform
// between 0 and 1. The state is the caller's to keep.
func (c *Coupled) Draw(s Joint, clock int, uniform func() float64) (next Joint) {
	next = c.draw(s, clock, uniform)
	if c.risky {
		c.lose(next, drawn(c.Risks(s, next), uniform))
	}
	return next
}

// drawn are the hits that come true.
func drawn(hits []Hit, uniform func() float64) []Hit {
	return slices.DeleteFunc(hits, func(h Hit) bool { return h.Chance.Q > 0 && uniform() >= h.Chance.P })
}

func (c *Coupled) draw(s Joint, clock int, uniform func() float64) (next Joint) {
	if clock >= c.strikeClockNumber(0) {
		return c.takeDown(s, drawn(c.Hits(s, clock), uniform))
	}
	left, known := 0.0, false
	c.Fire(s, clock, func(p float64, state Joint) {
		if p < 1 && !known {
			left, known = uniform(), true
		}
		if left >= 0 {
			next = state
		}
		left -= p
	})
	return next
}

// Without is the shock among fewer parts, all but those for which out holds.
func (s *Shock) Without(out func(part int) bool) Shock {
	left := *s
	left.Parts, left.Strikes = nil, make([]Strike, len(s.Strikes))
	for i := range s.Strikes {
		left.Strikes[i].Every = s.Strikes[i].Every
	}
	for n, part := range s.Parts {
		if !out(part) {
			left.take(s, part, n)
		}
	}
	return left
}

// With is the shock with one more part, which is like another.
func (s *Shock) With(part, like int) Shock {
	more := s.Without(func(int) bool { return false })
	if n := slices.Index(s.Parts, like); n >= 0 {
		more.take(s, part, n)
	}
	return more
}

// take adds a part that a shock strikes as another does its n-th.
func (s *Shock) take(from *Shock, part, n int) {
	s.Parts = append(s.Parts, part)
	for i := range s.Strikes {
		s.Strikes[i].Modes = append(s.Strikes[i].Modes, from.Strikes[i].Modes[n])
	}
}
