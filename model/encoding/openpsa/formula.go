package openpsa

import "slices"

// A formula says when something fails. Connectives are what SCRAM 0.16 reads:
// or and and of at least two different arguments, not, atleast of more
// arguments than min. The constructors keep to that and leave a constant only
// where it is all that remains.
type formula struct {
	op   string // "or", "and", "not", "atleast", or "gate", "basic-event", "constant"
	name string // of a gate or basic event; "true" or "false"
	min  int    // of atleast
	args []formula
}

var (
	never  = formula{op: "constant", name: "false"}
	always = formula{op: "constant", name: "true"}
)

// key tells events, gates and constants apart; it is "" of other formulas.
func (f formula) key() string {
	if f.name == "" {
		return ""
	}
	return f.op + " " + f.name
}

func (f formula) is(g formula) bool { return f.key() == g.key() }

// mark adds the names in f to a set.
func (f formula) mark(names map[string]bool) {
	names[f.name] = true
	for _, arg := range f.args {
		arg.mark(names)
	}
}

// distinct leaves out repeated events and gates.
func distinct(args []formula) []formula {
	seen := map[string]bool{"": false}
	return slices.DeleteFunc(slices.Clone(args), func(f formula) bool {
		known := seen[f.key()]
		seen[f.key()] = f.name != ""
		return known
	})
}

func or(args ...formula) formula { return atLeastOf(1, distinct(args)) }

func and(args ...formula) formula {
	args = distinct(args)
	return atLeastOf(len(args), args)
}

func negation(f formula) formula {
	switch {
	case f.is(never):
		return always
	case f.is(always):
		return never
	case f.op == "not":
		return f.args[0]
	}
	return formula{op: "not", args: []formula{f}}
}

// atLeastOf is true if k of the arguments are, all different.
func atLeastOf(k int, args []formula) formula {
	var open []formula
	for _, f := range args {
		switch {
		case f.is(always):
			k--
		case !f.is(never):
			open = append(open, f)
		}
	}
	switch n := len(open); {
	case k <= 0:
		return always
	case k > n:
		return never
	case n == 1:
		return open[0]
	case k == 1:
		return formula{op: "or", args: open}
	case k == n:
		return formula{op: "and", args: open}
	}
	return formula{op: "atleast", min: k, args: open}
}
