package openpsa

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Bounds on the members of a common cause group, and on the basic events that
// all groups make, one for each set of members that may fail together.
const (
	maxMembers      = 1000
	maxCombinations = 1 << 16
)

var groupElements = []string{"members", "distribution", "factors", "factor"}

// members ties the members of a group to it. A basic event that is not defined
// elsewhere is defined by being a member.
func (r *reader) members(g *definition) {
	for _, part := range g.body {
		if !slices.Contains(groupElements, part.name) {
			r.strange(part, groupElements)
		}
		if part.name != "members" {
			continue
		}
		for _, e := range part.children {
			if e.name != "basic-event" {
				r.strange(e, []string{"basic-event"})
			} else if d := r.member(g, e); d != nil {
				g.members = append(g.members, d)
			}
		}
	}
}

func (r *reader) member(g *definition, e *element) *definition {
	name, ok := r.name(e)
	if !ok {
		return nil
	}
	d := r.find(g.in, key{events, name})
	if d == nil {
		d = &definition{kind: basicEvent, name: name, pos: e.pos, in: g.in, public: g.in.public}
		r.enter(d)
	}
	var summary string
	switch {
	case d.kind != basicEvent:
		summary = "is a " + d.kind.String() + ", not a basic event"
	case d.group != nil:
		summary = "is a member of common cause group " + quoted(d.group.name) + " already"
	case len(d.body) > 0:
		summary = "has a probability of its own, want that of its common cause group alone"
	default:
		d.group = g
		return d
	}
	p := r.errorf("E110", e.pos, "%s %s", quoted(name), summary)
	p.Second, p.Label = d.pos, "defined here"
	return nil
}

// common makes the basic events of a group.
func (r *reader) common(g *definition) {
	n := len(g.members)
	if n < 2 || n > maxMembers {
		r.errorf("E110", g.pos, "common cause group %s has %d members, want 2 to %d", quoted(g.name), n, maxMembers)
		return
	}
	together, ok := r.together(g)
	if !ok {
		return
	}
	for k, q := range together {
		if k == 0 || q.v == 0 {
			continue
		}
		if r.combinations -= int(min(binomial(n, k), maxCombinations+1)); r.combinations < 0 {
			r.errorf("E110", g.pos, "common cause groups make more than %d basic events", maxCombinations).Help = "give fewer factors, or smaller groups"
			return
		}
		for set := first(k); set != nil; set = next(set, n) {
			r.cause(g, set, q)
		}
	}
}

// cause adds the event that exactly the members in set fail together.
func (r *reader) cause(g *definition, set []int, q number) {
	used := slices.ContainsFunc(set, func(i int) bool { return g.members[i].used })
	if !used {
		return
	}
	leaf := r.part(r.names.unique(g.causeName(set)), "", g.pos, q)
	for _, i := range set {
		g.members[i].causes = append(g.members[i].causes, leaf)
	}
}

// causeName says who fails: "pumps-a-b", "pumps-all", "pumps-1-2" if that
// would be long.
func (g *definition) causeName(set []int) string {
	const long = 80
	if len(set) == len(g.members) {
		return g.name + "-all"
	}
	named, numbered := []string{g.name}, []string{g.name}
	length := 0
	for _, i := range set {
		named = append(named, g.members[i].name)
		numbered = append(numbered, strconv.Itoa(i+1))
		length += len(g.members[i].name)
	}
	if length > long {
		return strings.Join(numbered, "-")
	}
	return strings.Join(named, "-")
}

// together gives the probability that exactly a certain set of k members fail
// from a common cause, for k from 0 to n.
func (r *reader) together(g *definition) ([]number, bool) {
	distribution := named(g.body, "distribution")
	if distribution == nil {
		r.errorf("E110", g.pos, "common cause group %s has no distribution", quoted(g.name))
		return nil, false
	}
	x, ok := r.arguments(distribution, 1, 1)
	if !ok {
		return nil, false
	}
	q := x[0]
	if !r.probability(distribution.pos, q, "the distribution of common cause group "+quoted(g.name)) {
		return nil, false
	}
	factors, ok := r.factors(g)
	if !ok {
		return nil, false
	}
	switch n := len(g.members); g.model {
	case "beta-factor":
		beta := factors[n]
		together := make([]number, n+1)
		together[1], together[n] = beta.not().times(q), beta.times(q)
		return together, true
	case "MGL":
		return greek(factors, q), true
	case "alpha-factor":
		return r.alpha(g, factors, q)
	}
	for k := range factors {
		factors[k] = factors[k].times(q)
	}
	return factors, true
}

// greek: Q_k = rho_2 .. rho_k (1 - rho_k+1) Q / C(n-1, k-1).
func greek(rho []number, q number) []number {
	n := len(rho) - 1
	together := make([]number, n+1)
	reached := q
	for k := 1; k <= n; k++ {
		exactly := reached
		if k < n {
			exactly = reached.times(rho[k+1].not())
			reached = reached.times(rho[k+1])
		}
		together[k] = exactly.times(plain(1 / binomial(n-1, k-1)))
	}
	return together
}

// alpha: Q_k = k alpha_k / sum(i alpha_i) Q / C(n-1, k-1).
func (r *reader) alpha(g *definition, alpha []number, q number) ([]number, bool) {
	n, total := len(alpha)-1, 0.0
	for k, a := range alpha {
		total += float64(k) * a.v
	}
	if total == 0 {
		r.errorf("E110", g.pos, "the factors of common cause group %s are all 0", quoted(g.name))
		return nil, false
	}
	together := make([]number, n+1)
	for k := 1; k <= n; k++ {
		together[k] = q.times(plain(float64(k) * alpha[k].v / total / binomial(n-1, k-1)))
	}
	return together, true
}

// factors gives the factor of each level from 0 to the number of members, 0
// where there is none.
func (r *reader) factors(g *definition) ([]number, bool) {
	n := len(g.members)
	lowest := 1
	switch g.model {
	case "beta-factor":
		lowest = n
	case "MGL":
		lowest = 2
	case "alpha-factor", "phi-factor":
	default:
		r.errorf("E110", g.pos, "the model of common cause group %s is %s", quoted(g.name), quoted(g.model)).Help = "want beta-factor, MGL, alpha-factor or phi-factor"
		return nil, false
	}
	factors := make([]number, n+1)
	for k := range factors {
		factors[k] = plain(0)
	}
	list := g.body
	if l := named(list, "factors"); l != nil {
		list = l.children
	}
	level, all := lowest, true
	for _, e := range list {
		if e.name == "factor" {
			x, ok := r.factor(e, level, n)
			if all = all && ok; !ok {
				break
			}
			factors[level] = x
			level++
		}
	}
	if all && level == lowest {
		r.errorf("E110", g.pos, "common cause group %s has no factor", quoted(g.name))
	}
	if g.model == "phi-factor" && all {
		r.whole(g, factors)
	}
	return factors, all && level > lowest
}

// factor gives the factor of the level that is next, at most n.
func (r *reader) factor(e *element, level, n int) (number, bool) {
	if text, given := e.attr("level"); given && text != strconv.Itoa(level) || level > n {
		r.errorf("E110", e.pos, "the level of the factor is %s, want %d", quoted(text), min(level, n)).Help = "levels count up to the number of members: from 1, in MGL from 2, and a beta factor has the last"
		return number{}, false
	}
	x, ok := r.arguments(e, 1, 1)
	if !ok {
		return number{}, false
	}
	return x[0], r.probability(e.pos, x[0], "the factor")
}

// whole warns if the phi factors are not the parts of a whole.
func (r *reader) whole(g *definition, factors []number) {
	if total := sum(factors); math.Abs(total-1) > 1e-6 {
		r.warnf("W154", g.pos, "the phi factors of common cause group %s add up to %v, want 1", quoted(g.name), total)
	}
}

// binomial is the number of sets of k out of n things.
func binomial(n, k int) float64 {
	c := 1.0
	for i := range k {
		c *= float64(n-i) / float64(i+1)
	}
	return math.Round(c)
}

// first is the first set of k numbers from 0, in lexicographic order.
func first(k int) []int {
	set := make([]int, k)
	for i := range set {
		set[i] = i
	}
	return set
}

// next turns set into the next one of its size below n, nil after the last.
func next(set []int, n int) []int {
	k := len(set)
	for i := k - 1; i >= 0; i-- {
		if set[i] < n-k+i {
			set[i]++
			for j := i + 1; j < k; j++ {
				set[j] = set[j-1] + 1
			}
			return set
		}
	}
	return nil
}

func named(list []*element, name string) *element {
	for _, e := range list {
		if e.name == name {
			return e
		}
	}
	return nil
}
