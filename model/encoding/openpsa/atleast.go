package openpsa

import "slices"

// fewer is true if fewer than k of the children are ok.
func (e *encoder) fewer(k int, children []formula) formula {
	c := counting{encoder: e, times: map[string]int{}, known: map[[2]int]formula{}}
	for _, f := range children {
		if c.times[f.key()]++; c.times[f.key()] == 1 {
			c.args = append(c.args, f)
		}
	}
	least := len(children) - k + 1
	if 1 < least && least < len(children) {
		c.entangled = e.entangled(c.args)
	}
	slices.SortStableFunc(c.args, func(f, g formula) int { return c.rank(g) - c.rank(f) })
	return c.atLeast(least, 0)
}

// A counting is an atleast some of whose arguments count several times, or may
// come to be the same as others. Each that does is taken as true and as not,
// since SCRAM 0.16 is wrong about them.
type counting struct {
	*encoder
	args      []formula // what is taken as true and as not first
	times     map[string]int
	entangled map[string]bool
	known     map[[2]int]formula
}

// rank is how often an argument counts, and above one if it is to be taken as
// true and as not.
func (c *counting) rank(f formula) int {
	if c.entangled[f.key()] {
		return 1 + c.times[f.key()]
	}
	return c.times[f.key()]
}

// atLeast is that those from an index on count k times.
func (c *counting) atLeast(k, from int) formula {
	switch {
	case k <= 0:
		return always
	case from == len(c.args) || c.rank(c.args[from]) == 1:
		return atLeastOf(k, c.args[from:])
	}
	at := [2]int{k, from}
	if f, known := c.known[at]; known {
		return f
	}
	f := c.args[from]
	c.known[at] = c.define(c.names.unique("g"), "", or(
		and(f, c.atLeast(k-c.times[f.key()], from+1)),
		c.atLeast(k, from+1)))
	return c.known[at]
}

// mostVisited bounds the work for one atleast.
const mostVisited = 1 << 20

// entangled lists the arguments that may turn out to be equal to others, or
// constant, if they are simplified: those that share events with others, unless
// they have an event of their own that cannot vanish.
func (e *encoder) entangled(args []formula) map[string]bool {
	users := map[string]int{}
	reached := make([]span, len(args))
	budget := mostVisited
	for i, f := range args {
		reached[i] = span{encoder: e, seen: map[string]bool{}, budget: &budget}
		reached[i].visit(f)
		for _, event := range reached[i].events {
			users[event]++
		}
	}
	found := map[string]bool{}
	for i, s := range reached {
		shared := slices.ContainsFunc(s.events, func(event string) bool { return users[event] > 1 })
		own := slices.ContainsFunc(s.events, func(event string) bool { return users[event] == 1 })
		found[args[i].key()] = budget < 0 || shared && !(own && s.op != "mixed")
	}
	return found
}

// A span is what lies below a formula.
type span struct {
	*encoder
	seen   map[string]bool // keys
	events []string
	op     string // the one connective that there is, "mixed" for several
	budget *int
}

func (s *span) visit(f formula) {
	if *s.budget--; *s.budget < 0 {
		return
	}
	switch f.op {
	case "gate", "basic-event", "constant":
		if s.seen[f.key()] {
			return
		}
		s.seen[f.key()] = true
		if f.op == "gate" {
			s.visit(s.defined[f.name])
		} else {
			s.events = append(s.events, f.name)
		}
		return
	}
	switch {
	case s.op == "" && (f.op == "or" || f.op == "and"):
		s.op = f.op
	case s.op != f.op:
		s.op = "mixed"
	}
	for _, arg := range f.args {
		s.visit(arg)
	}
}
