package analytic

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// ErrBounds says that a target has no bounds by trimmed diagrams: it has
// fractions of requests, wrong answers, cycles or parts that interact.
var ErrBounds = errors.New("there are no bounds for it")

const (
	fewestTrimmed  = 1 << 5 // nodes that trimmed functions have at first, or what many of them may have
	leastFunctions = 64
	mostTrimmed    = 1 << 15 // at most, unless there is a time to use up
	closeEnough    = 1e-6    // relative distance of the bounds
)

// Bounds encloses the unavailability of targets whose diagrams are too large:
// each gate is built twice, once too small and once too large, by leaving out
// the parts of the diagram that are least likely to hold, so that the bounds
// hold whatever is left out. The diagrams grow until the bounds are close, a
// limit is reached, or ctx ends.
//
// Errors are ErrBounds, and those of the last round if nothing is known.
func Bounds(ctx context.Context, sys *model.System, opts Options) ([]model.Result, error) {
	targets, err := choose(sys, opts.Targets)
	if err != nil {
		return nil, err
	}
	if !HasBounds(sys, opts) {
		return nil, ErrBounds
	}
	st := model.NewStructure(sys)
	_, timed := ctx.Deadline()
	known, limit := []model.Result(nil), bdd.ErrNodes
	least := min(fewestTrimmed, max(1, cmp.Or(opts.MaxNodes, defaultMaxNodes)/leastFunctions))
	for most := least; (timed || most <= mostTrimmed) && !closed(known); most *= 4 {
		b := newBounding(ctx, st, most, opts)
		results := b.results(targets)
		if err := cmp.Or(b.m.Err(), ctx.Err()); err != nil {
			limit = err
			break
		}
		known = results
	}
	if !slices.ContainsFunc(known, informative) {
		return nil, limit
	}
	return known, nil
}

// informative says whether bounds exclude anything.
func informative(r model.Result) bool {
	u, _ := r.Find(model.Unavailability)
	return u.Low > 0 || u.High < 1
}

// HasBounds says whether Bounds knows a way to enclose the targets.
func HasBounds(sys *model.System, opts Options) bool {
	targets, err := choose(sys, opts.Targets)
	st := model.NewStructure(sys)
	seen := map[int]bool{}
	return err == nil && !slices.ContainsFunc(targets, func(t model.Target) bool { return !boundable(st, t, seen) })
}

// closed says whether there are bounds and all are close.
func closed(results []model.Result) bool {
	return results != nil && !slices.ContainsFunc(results, func(r model.Result) bool {
		u, _ := r.Find(model.Unavailability)
		return u.High-u.Low > closeEnough*u.High
	})
}

// boundable says whether a target is a Boolean function of parts that are up
// or down: nothing below it is fractional, wrong, circular or coupled in time.
// The nodes seen need no second look.
func boundable(st *model.Structure, t model.Target, seen map[int]bool) bool {
	sys := st.System
	if len(sys.Crews) > 0 || len(sys.Shocks) > 0 || sys.UpAt(t) > 0 {
		return false
	}
	var plain func(node int) bool
	plain = func(node int) bool {
		if seen[node] {
			return true
		}
		seen[node] = true
		n := &sys.Nodes[node]
		if n.Kind == model.Leaf {
			return plainPart(sys, n.Part, 0)
		}
		return plainNode(sys, n) && !st.Cyclic(st.Component[node]) && !slices.ContainsFunc(n.Children, func(c int) bool { return !plain(c) })
	}
	return plain(t.Node)
}

// plainPart says whether a part and the domains around it are up or down, to
// who looks at the part so closely.
func plainPart(sys *model.System, part int, s sight) bool {
	for ; part != model.None; part, s = sys.Parts[part].Place, 0 {
		if !newBlock(&sys.Parts[part], s).twoValued() {
			return false
		}
	}
	return true
}

// plainNode says whether a node is up while enough of its children are.
func plainNode(sys *model.System, n *model.Node) bool {
	if n.Loads != nil {
		return false
	}
	switch n.Kind {
	case model.Series, model.AtLeast, model.Not, model.Pool, model.Vote:
		return true
	case model.Quorum:
		stale := func(child int) bool { return !plainPart(sys, sys.Nodes[child].Part, seesStale) }
		return n.Elect == nil && !slices.ContainsFunc(n.Children, stale)
	case model.Service:
		return n.Deploys == model.None
	}
	return false
}

// twoValued says whether a part is seen up or down and nothing else.
func (b *block) twoValued() bool {
	return !slices.ContainsFunc(b.conditions, func(c model.Condition) bool { return c != model.Up && c != model.Down })
}

// A bounding builds each node of a structure between two functions.
type bounding struct {
	*model.Structure
	ctx   context.Context
	m     *bdd.Manager
	most  int // nodes of a function
	parts map[int]bdd.Ref
	vars  []bdd.Prob
	w     *bdd.Weights
	nodes map[int]between
	users map[int]int // parents of a node that are still to be built
}

// between are functions that imply "the node is down" and are implied by it.
type between struct{ low, high bdd.Ref }

func newBounding(ctx context.Context, st *model.Structure, most int, opts Options) *bounding {
	m := bdd.New(bdd.Options{MaxNodes: cmp.Or(opts.MaxNodes, defaultMaxNodes), Context: ctx})
	return &bounding{Structure: st, ctx: ctx, m: m, most: most, parts: map[int]bdd.Ref{}, nodes: map[int]between{}, users: map[int]int{}}
}

func (b *bounding) results(targets []model.Target) []model.Result {
	for _, t := range targets {
		b.place(t.Node)
		b.users[t.Node]++
	}
	b.w = b.m.Weigh(b.vars)
	done := map[int]bool{}
	var list []model.Result
	for _, t := range targets {
		down := b.down(t.Node, done)
		list = append(list, bounded(t, b.w.Prob(down.low), b.w.Prob(down.high)))
	}
	return list
}

// bounded gives the measures that follow from P(down) between low and high.
func bounded(t model.Target, low, high bdd.Prob) model.Result {
	r := model.Result{Target: t}
	add := func(m model.Measure, x, y float64) {
		r.Values = append(r.Values, model.Value{
			Measure: m, Value: (x + y) / 2, Method: model.Approximate, Bounded: true, Low: x, High: y,
			Note: "bounds: the diagram is too large, so what is least likely is left out, once as up and once as down",
		})
	}
	add(model.Availability, high.Q, low.Q)
	add(model.Unavailability, low.P, high.P)
	if low.P > 0 {
		add(model.Nines, math.Abs(math.Log10(high.P)), math.Abs(math.Log10(low.P)))
	}
	add(model.Downtime, low.P*model.Year, high.P*model.Year)
	return r
}

// place makes the variables of the parts below a node, depth first.
func (b *bounding) place(node int) {
	if _, done := b.nodes[node]; done {
		return
	}
	b.nodes[node] = between{}
	n := &b.System.Nodes[node]
	if n.Kind == model.Leaf {
		b.placePart(n.Part)
	}
	for _, child := range n.Children {
		b.users[child]++
		b.place(child)
	}
}

// placePart makes the variables of a part and of the domains around it.
func (b *bounding) placePart(part int) {
	if _, known := b.parts[part]; part == model.None || known {
		return
	}
	p := &b.System.Parts[part]
	b.placePart(p.Place)
	for _, cause := range p.Causes {
		b.placePart(cause)
	}
	pi := newBlock(p, 0).pi
	b.parts[part] = b.m.Var()
	b.vars = append(b.vars, bdd.Prob{P: sum(pi[1:]), Q: pi[0]})
}

// down gives the bounds of a node. What nobody needs any more is forgotten.
func (b *bounding) down(node int, done map[int]bool) between {
	if done[node] || b.ended() {
		return b.nodes[node]
	}
	done[node] = true
	n := &b.System.Nodes[node]
	children := make([]between, len(n.Children))
	for i, child := range n.Children {
		children[i] = b.down(child, done)
	}
	f := b.trimmed(b.gate(n, children))
	b.nodes[node] = f
	b.m.Protect(f.low, f.high)
	for i, child := range n.Children {
		if b.users[child]--; b.users[child] == 0 {
			b.m.Release(children[i].low, children[i].high)
		}
	}
	b.m.Collect()
	return f
}

// ended says whether a limit was reached. Nothing is worth building then.
func (b *bounding) ended() bool { return cmp.Or(b.m.Err(), b.ctx.Err()) != nil }

func (b *bounding) gate(n *model.Node, children []between) between {
	switch n.Kind {
	case model.Leaf:
		down := bdd.False
		for p := n.Part; p != model.None; p = b.System.Parts[p].Place {
			down = b.m.Or(down, b.parts[p])
			for _, cause := range b.System.Parts[p].Causes {
				down = b.m.Or(down, b.parts[cause])
			}
		}
		return between{down, down}
	case model.Not:
		return between{children[0].high.Not(), children[0].low.Not()}
	case model.Series, model.Service:
		return b.atLeast(1, children)
	}
	return b.atLeast(len(children)-max(n.K, 1)+1, children)
}

// atLeast says whether at least k of the children are down, one child after
// the other, and trims what becomes too large on the way.
func (b *bounding) atLeast(k int, children []between) between {
	row := make([]between, max(k, 0)+1) // at least so many of those seen
	row[0] = between{bdd.True, bdd.True}
	for i, c := range children {
		if b.ended() {
			break
		}
		for j := min(i+1, k); j > 0; j-- {
			row[j] = b.trimmed(between{
				b.m.Or(row[j].low, b.m.And(row[j-1].low, c.low)),
				b.m.Or(row[j].high, b.m.And(row[j-1].high, c.high)),
			})
		}
	}
	return row[max(k, 0)]
}

func (b *bounding) trimmed(f between) between {
	return between{b.w.Below(f.low, b.most), b.w.Above(f.high, b.most)}
}
