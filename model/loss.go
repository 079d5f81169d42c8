package model

import "slices"

// What a failure loses by chance is no function of where the parts are: in a
// Joint with parts that have Risks a word of each part tells what has lost its
// copy, one bit for itself and one for each domain around it.

// indexRisks finds the parts whose failures lose copies by chance.
func (c *Coupled) indexRisks() {
	c.risks = make([][]int, len(c.Parts))
	for i, p := range c.Parts {
		for _, copy := range c.System.Parts[p].Risks {
			if k := c.Local(copy); k != None {
				c.risks[i], c.risky = append(c.risks[i], k), true
			}
		}
	}
}

// Gone tells by what the copy that part i holds is gone by chance; equal numbers
// mean the same, 0 by nothing.
func (c *Coupled) Gone(s Joint, i int) uint16 {
	if !c.risky {
		return 0
	}
	return *c.gone(s, i)
}

func (c *Coupled) gone(s Joint, i int) *uint16 {
	return &s[2*len(c.Parts)+groupWords*len(c.Groups)+i]
}

// bit is what tells in the word of a copy that a part, itself or a domain around
// it, has lost it.
func (c *Coupled) bit(copy, part int) uint16 {
	bit := uint16(1)
	for p := c.Parts[copy]; p != c.Parts[part]; p = c.System.Parts[p].Place {
		bit <<= 1
	}
	return bit
}

// Risks lists the copies that the failures between s and next, the state that
// follows it, may lose, each by itself. What is recovered by then has its copies
// again: they are put back in next.
func (c *Coupled) Risks(s, next Joint) []Hit {
	var hits []Hit
	for i, copies := range c.risks {
		switch {
		case next[i] == 0 && s[i] != 0:
			for _, copy := range copies {
				*c.gone(next, copy) &^= c.bit(copy, i)
			}
		case next[i] != 0 && s[i] == 0:
			hits = append(hits, c.RisksOf(i, c.state(next, i).Mode)...)
		}
	}
	return hits
}

// RisksOf lists the copies that part i may lose by a failure in some mode.
func (c *Coupled) RisksOf(i, mode int) []Hit {
	var hits []Hit
	chance := c.acting[c.Parts[i]].Modes[mode].Loses
	for _, copy := range c.risks[i] {
		if chance.P > 0 && chance.Q > 0 {
			hits = append(hits, Hit{copy, chance, int(c.bit(copy, i))})
		}
	}
	return hits
}

// Lose gives what may become of s as copies are lost, with its probability. Of
// those in a group, which are alike, any so many stand for all others.
func (c *Coupled) Lose(s Joint, groups [][]Hit, visit func(p float64, next Joint)) {
	choose(groups, func(p float64, lost []Hit) {
		next := slices.Clone(s)
		c.lose(next, lost)
		visit(p, next)
	})
}

func (c *Coupled) lose(s Joint, lost []Hit) {
	for _, h := range lost {
		*c.gone(s, h.Part) |= uint16(h.to)
	}
}
