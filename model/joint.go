package model

import "nines/model/dist"

// A Joint is the state of the parts of a Coupled and of what couples them:
//
//	[0, P)   the automaton state of each part
//	[P, 2P)  its turn with its crew: 1 is first, 0 is not waiting
//	then for each group: its phase, the member it is about, the candidate
//	and, where copies are lost by chance, for each part by what its is gone
//
// Equal slices are equal states.
type Joint []uint16

// Running is a clock that runs in a joint state. Clocks are numbered so that
// one that keeps running through a change of state keeps its number.
type Running struct {
	Clock int
	Law   dist.Law
	Speed float64 // 1; less for a member that waits warm, 0 while it is held
}

// Start is the state at time 0: everything up, the first member of each group
// active or leading.
func (c *Coupled) Start() Joint {
	words := 2*len(c.Parts) + groupWords*len(c.Groups)
	if c.risky {
		words += len(c.Parts)
	}
	return make(Joint, words)
}

func (c *Coupled) automaton(i int) *Automaton { return &c.acting[c.Parts[i]].Automaton }

func (c *Coupled) state(s Joint, i int) *State { return &c.automaton(i).States[s[i]] }

// Condition is the effective condition of part i, a local index: that of the
// domain around it and of its causes before its own.
func (c *Coupled) Condition(s Joint, i int) Condition { return c.effective(c.acting, s, i) }

// Seen is what the structure sees of part i, a local index. That is its
// Condition, but for a system as data sees it.
func (c *Coupled) Seen(s Joint, i int) Condition {
	if c.Gone(s, i) != 0 {
		return Down
	}
	return c.effective(c.System.Parts, s, i)
}

// effective is the condition of part i by what the states of the parts are.
func (c *Coupled) effective(parts []Part, s Joint, i int) Condition {
	if at := c.Ties[i].Place; at != None {
		if d := c.effective(parts, s, at); d == Down || d == Lost {
			return d
		}
	}
	p := &parts[c.Parts[i]]
	for _, cause := range p.Causes {
		if at := c.Local(cause); at != None && c.effective(parts, s, at) == Down {
			return Down
		}
	}
	return p.Automaton.States[s[i]].Condition
}

// Conditions lists those of the states of part i, a local index.
func (c *Coupled) Conditions(i int) []Condition {
	var list []Condition
	for _, state := range c.automaton(i).States {
		list = append(list, state.Condition)
	}
	return list
}

// Own is what the structure sees of part i apart from its domain.
func (c *Coupled) Own(s Joint, i int) Condition {
	if c.Gone(s, i) != 0 {
		return Down
	}
	return c.System.Parts[c.Parts[i]].Automaton.States[s[i]].Condition
}

// clocksPerPart leaves room for the failure modes of one part.
const clocksPerPart = 1 << 16

// Running lists the clocks that run in s, in a fixed order.
func (c *Coupled) Running(s Joint, dst []Running) []Running {
	dst = dst[:0]
	for i := range c.Parts {
		if !c.served(s, i) {
			continue
		}
		for k, clock := range c.state(s, i).Clocks {
			if s[i] > 0 || !c.struck[i][k] {
				dst = append(dst, Running{i*clocksPerPart + k, clock.Law, c.speed(s, i)})
			}
		}
	}
	for g := range c.Groups {
		if law := c.groupClock(s, g); law != nil {
			dst = append(dst, Running{c.groupClockNumber(g), law, 1})
		}
	}
	for k := range c.strikes {
		dst = append(dst, Running{c.strikeClockNumber(k), c.strikes[k].law, 1})
	}
	return dst
}

func (c *Coupled) groupClockNumber(g int) int { return len(c.Parts)*clocksPerPart + g }

// Owner is the part, as a local index, the group or the shock whose clock this
// is; the others are None.
func (c *Coupled) Owner(clock int) (part, group, shock int) {
	if k := clock - c.strikeClockNumber(0); k >= 0 {
		return None, None, c.strikes[k].shock
	}
	if g := clock - c.groupClockNumber(0); g >= 0 {
		return None, g, None
	}
	return clock / clocksPerPart, None, None
}

func (c *Coupled) strikeClockNumber(k int) int { return c.groupClockNumber(len(c.Groups) + k) }

// Cause is Owner of a clock that runs in s, with the failure mode of the part
// that begins when it rings, or ends if the part is as new then. Shocks count
// behind the groups.
func (c *Coupled) Cause(s Joint, clock int) (part, mode, group int) {
	part, group, shock := c.Owner(clock)
	switch {
	case shock != None:
		return None, None, len(c.Groups) + shock
	case part == None:
		return None, None, group
	}
	here := c.state(s, part)
	if to := here.Clocks[clock%clocksPerPart].To; to != 0 {
		return part, c.automaton(part).States[to].Mode, None
	}
	return part, here.Mode, None
}

// Rank is the place of a part's clock among those of the part's state; for the
// clock of a group it is 0.
func (c *Coupled) Rank(clock int) int {
	if clock >= len(c.Parts)*clocksPerPart {
		return 0
	}
	return clock % clocksPerPart
}

// Continues says whether a clock that runs in both s and next, the state after
// it, and has not rung in between is the same one, which goes on: its part is
// in the same state, its group in the same phase; a shock goes on always. Else
// it starts anew.
func (c *Coupled) Continues(s, next Joint, clock int) bool {
	if clock >= c.strikeClockNumber(0) {
		return true
	}
	if g := clock - len(c.Parts)*clocksPerPart; g >= 0 {
		return c.words(s, g)[phaseWord] == c.words(next, g)[phaseWord]
	}
	i := clock / clocksPerPart
	return s[i] == next[i]
}

// served says whether the clocks of part i run: while it waits for a repairer
// they have not started.
func (c *Coupled) served(s Joint, i int) bool {
	turn := s[len(c.Parts)+i]
	return turn == 0 || int(turn) <= c.System.Crews[c.Ties[i].Crew].Size
}

// speed is less than 1 for the failure clocks of members that wait.
func (c *Coupled) speed(s Joint, i int) float64 {
	if g := c.Ties[i].Group; g != None && c.node(g).Kind == Standby && s[i] == 0 && !c.isActive(s, g, c.Ties[i].Member) {
		return c.System.Nodes[c.Groups[g]].Waiting.Rate
	}
	return 1
}

// Fire lets a running clock ring and gives each state that may follow, with
// its probability, but for the copies that are lost by chance, see Risks. The
// states are visit's to keep.
func (c *Coupled) Fire(s Joint, clock int, visit func(p float64, next Joint)) {
	if clock >= c.strikeClockNumber(0) {
		var groups [][]Hit
		for _, h := range c.Hits(s, clock) {
			groups = append(groups, []Hit{h})
		}
		c.Strike(s, groups, visit)
		return
	}
	next := append(Joint(nil), s...)
	if g := clock - len(c.Parts)*clocksPerPart; g >= 0 {
		c.fireGroup(next, g, visit)
		return
	}
	i := clock / clocksPerPart
	c.move(next, i, int(c.state(s, i).Clocks[clock%clocksPerPart].To))
	c.react(s, next, i)
	visit(1, next)
}

// move takes part i to another state of its automaton, out of its crew's hands
// and into its queue as need be.
func (c *Coupled) move(s Joint, i, to int) {
	turns := s[len(c.Parts) : 2*len(c.Parts)]
	if turn := turns[i]; turn > 0 {
		turns[i] = 0
		for j := range turns {
			if c.Ties[j].Crew == c.Ties[i].Crew && turns[j] > turn {
				turns[j]--
			}
		}
	}
	s[i] = uint16(to)
	if c.Ties[i].Crew != None && c.needsCrew(s, i) {
		var waiting uint16
		for j := range turns {
			if c.Ties[j].Crew == c.Ties[i].Crew {
				waiting = max(waiting, turns[j])
			}
		}
		turns[i] = waiting + 1
	}
}

// needsCrew: a repair does, a restart by itself does not.
func (c *Coupled) needsCrew(s Joint, i int) bool {
	state := c.state(s, i)
	if state.Condition != Down || len(state.Clocks) == 0 {
		return false
	}
	modes := c.acting[c.Parts[i]].Modes
	return modes[state.Mode].Kind != FailRestart
}
