package model

import (
	"slices"

	"nines/model/dist"
)

// A doubt is that a standby takes an active member for dead that is up. Several
// detectors that watch it are mistaken by turns.
type doubt struct {
	every   dist.Law // between mistakes, while it is active; nil: never
	lasting dist.Law // both are active from then until the old one steps down
}

// doubts of the members of a standby: by the detector of the group and those of
// their own failures, each once. Mistakes are taken for a Poisson stream, and the
// time until two active members are one for exponential, with the mean of
// Quality.Lasting and a switch.
func (c *Coupled) newDoubts(n *Node) []doubt {
	list := make([]doubt, len(n.Children))
	for m, child := range n.Children {
		names := []string{n.Waiting.By}
		for _, mode := range c.System.Parts[c.System.Nodes[child].Part].Modes {
			names = append(names, mode.By)
		}
		list[m] = c.System.doubt(names, n.Waiting.Switch.Mean())
	}
	return list
}

func (s *System) doubt(names []string, change float64) doubt {
	rate, lasting := 0.0, 0.0
	for _, d := range s.Detectors {
		if slices.Contains(names, d.Name) {
			rate += d.Quality.Rate
			lasting += d.Quality.Rate * d.Quality.Lasting
		}
	}
	if rate < leastRate {
		return doubt{}
	}
	return doubt{dist.Exponential{MeanTime: 1 / rate}, dist.Exponential{MeanTime: lasting/rate + change}}
}

// leastRate is that of mistakes which are told from none, per second.
const leastRate = 1e-300

// doubtOf is what may befall the active member of group g in s, nil where
// nothing: it does not answer, or no other could take its place.
func (c *Coupled) doubtOf(s Joint, g int) dist.Law {
	active := int(c.words(s, g)[memberWord])
	every := c.doubts[g][active].every
	if every == nil || !c.Condition(s, c.members[g][active]).Answers() {
		return nil
	}
	for m, i := range c.members[g] {
		if m != active && c.eligible(s, g, i) {
			return every
		}
	}
	return nil
}

// mistake takes the active member of g for dead. One that is fenced off stops;
// else it goes on while the next one is promoted.
func (c *Coupled) mistake(s Joint, g int) {
	c.promote(s, g)
	if !c.node(g).Waiting.Fenced {
		c.words(s, g)[phaseWord] = doubled
	}
}

// resolve ends the time of two active members: the old one steps down, unless
// the new one is found to have failed.
func (c *Coupled) resolve(s Joint, g int) {
	w := c.words(s, g)
	candidate := c.members[g][w[candidateWord]]
	switch {
	case c.Condition(s, candidate).Answers():
		w[memberWord] = w[candidateWord]
	case c.state(s, candidate).Condition == Lost:
		c.move(s, candidate, c.state(s, candidate).Clocks[0].To)
	}
	w[phaseWord], w[candidateWord] = running, 0
}

// Doubled says whether two members of group g are active and answer.
func (c *Coupled) Doubled(s Joint, g int) bool {
	w := c.words(s, g)
	return c.node(g).Kind == Standby && w[phaseWord] == doubled &&
		c.Condition(s, c.members[g][w[memberWord]]).Answers() && c.Condition(s, c.members[g][w[candidateWord]]).Answers()
}

// Settled says whether group g has an active member and nothing to do but to be
// mistaken about it.
func (c *Coupled) Settled(s Joint, g int) bool {
	return c.node(g).Kind == Standby && c.words(s, g)[phaseWord] == running
}

// Mistakes are those of group g about its active member, whoever that is: how
// many begin per second at most, and for how long at most two are active then,
// in the mean; 0 if the old one is fenced off.
func (c *Coupled) Mistakes(g int) (rate, lasting float64) {
	for _, d := range c.doubts[g] {
		if d.every == nil {
			continue
		}
		rate = max(rate, 1/d.every.Mean())
		if !c.node(g).Waiting.Fenced {
			lasting = max(lasting, d.lasting.Mean())
		}
	}
	return rate, lasting
}

// Doubted tells how part i, a local index, is taken for dead while it is up, by
// the laws of when and how long; nil where it never is.
func (c *Coupled) Doubted(i int) []dist.Law {
	g := c.Ties[i].Group
	if g == None || c.node(g).Kind != Standby {
		return nil
	}
	d := c.doubts[g][c.Ties[i].Member]
	return []dist.Law{d.every, d.lasting}
}
