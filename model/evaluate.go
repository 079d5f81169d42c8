package model

import (
	"errors"
	"fmt"
	"math"
)

// ErrUnsettled says that the services of a dependency cycle have no state
// that they agree on.
var ErrUnsettled = errors.New("the dependency cycle does not settle")

// UpTolerance is allowed when a share of requests is held against `up at`.
const UpTolerance = 1e-12

// Counts says whether a target that serves this share of its requests is up,
// given its `up at`, 0 if it has none.
func Counts(served, upAt float64) bool {
	if upAt == 0 {
		return served > 0
	}
	return served >= upAt-UpTolerance
}

// A Snapshot is the state of a whole system at one moment.
type Snapshot struct {
	Conditions []Condition // of each part, its own
	Live       []int       // bad deploys live, for each of System.Deploys
	Groups     []Outcome   // of the nodes that have a state of their own (System.Timed), by node; may be nil without any
}

// An Evaluation is what the nodes of a system answer in one state. It works
// out what is asked of it and remembers it.
//
// Shares of nodes with no coin in common are combined as independent. Where
// two branches meet the same coin, its values are taken in turn (conditioning),
// so the answer is exact for any sharing; the cost doubles with each coin that
// is shared and open in the state at hand.
type Evaluation struct {
	st        *Structure
	live      []int
	groups    []Outcome
	effective []Condition
	fixed     map[int]int // coins already drawn: node -> value
	undrawn   *Evaluation // of the same state with none drawn
	values    map[int]value
	full      map[int]bool
	err       error
}

// value is the distribution of a node's outcome and the coins it depends on,
// sorted nodes.
type value struct {
	Shares
	coins []int
}

// Evaluate looks at the structure in state s.
func (st *Structure) Evaluate(s Snapshot) *Evaluation {
	e := &Evaluation{
		st: st, live: s.Live, groups: s.Groups, effective: st.System.Effective(s.Conditions, nil), values: map[int]value{}, full: map[int]bool{},
	}
	e.undrawn = e
	return e
}

// Shares of the requests to a node that get ok, wrong and none.
func (e *Evaluation) Shares(node int) (Shares, error) {
	v := e.value(node)
	return v.Shares, e.err
}

// Up says whether target t counts as up.
func (e *Evaluation) Up(t Target) (bool, error) {
	return Counts(e.value(t.Node).OK, e.st.System.UpAt(t)), e.err
}

// given is a fresh evaluation of the same state with one more coin drawn.
func (e *Evaluation) given(coin, drawn int) *Evaluation {
	g := &Evaluation{
		st: e.st, live: e.live, groups: e.groups, effective: e.effective, fixed: map[int]int{coin: drawn}, undrawn: e.undrawn, values: map[int]value{},
	}
	for c, d := range e.fixed {
		g.fixed[c] = d
	}
	return g
}

// condition takes the values of a coin in turn.
func (e *Evaluation) condition(node, coin int) value {
	var total Shares
	coins := []int{coin}
	for drawn, p := range e.coin(coin) {
		if p == 0 {
			continue
		}
		g := e.given(coin, drawn)
		v := g.value(node)
		total = total.plus(v.scaled(p))
		coins = union(coins, v.coins)
		e.err = errors.Join(e.err, g.err)
	}
	return value{total, coins}
}

// Values of the coins: of a group the Outcome, of a mix the child, of a
// fallback, a cache, a call and a service 1 for covered, for a hit, for one that
// gets through and for a request that is neither hit by a bad deploy nor shed.
func (e *Evaluation) coin(node int) []float64 {
	n := &e.st.System.Nodes[node]
	switch n.Kind {
	case Pool, Quorum, Vote, BFT, Standby, Connected:
		s := e.shares(node)
		return []float64{NoAnswer: s.None, WrongAnswer: s.Wrong, OK: s.OK}
	case Else:
		return []float64{n.Covers.Q, n.Covers.P}
	case Cached:
		return []float64{n.Hit.Q, n.Hit.P}
	case Called:
		through := e.st.System.Through(n.Call)
		return []float64{through.Q, through.P}
	case Mix:
		p := make([]float64, len(n.Shares))
		for i, share := range n.Shares {
			p[i] = share.P
		}
		return p
	case Service:
		kept := e.shares(node)
		return []float64{kept.None, kept.OK}
	}
	panic(fmt.Sprintf("model: node %d has no coin", node))
}

// own is what a group answers by its members or its state, and a service but
// for what it needs: the share of requests that no live bad deploy hits.
func (e *Evaluation) own(node int) Shares {
	n := &e.st.System.Nodes[node]
	switch {
	case e.st.System.Timed(node):
		return Always(e.groups[node])
	case n.Kind != Service:
		return n.Group(e.tally(n))
	case n.Deploys == None:
		return Always(OK)
	}
	spared := math.Pow(e.st.System.Deploys[n.Deploys].Hits.Q, float64(e.live[n.Deploys]))
	return Shares{OK: spared, None: 1 - spared}
}

// shares of a group or service are its own, as far as its capacity reaches.
func (e *Evaluation) shares(node int) Shares {
	n, s := &e.st.System.Nodes[node], e.own(node)
	if n.Loads == nil {
		return s
	}
	return s.Shed(e.carries(n), e.load(n))
}

// overloaded says whether a group or service sheds requests.
func (e *Evaluation) overloaded(node int) bool {
	return e.st.System.Nodes[node].Loads != nil && e.shares(node) != e.own(node)
}

func (e *Evaluation) carries(n *Node) float64 {
	return e.st.System.Carries(n, e.seen)
}

// load is made of all requests, whatever one of them meets.
func (e *Evaluation) load(n *Node) float64 {
	return n.Load(func(cache int) Shares { return e.undrawn.value(cache).Shares })
}

func (e *Evaluation) value(node int) value {
	if v, ok := e.values[node]; ok {
		return v
	}
	var v value
	if c := e.st.Component[node]; e.st.Cyclic(c) {
		v = e.cycle(c, node)
	} else {
		v = e.node(node, e.value)
	}
	e.values[node] = v
	return v
}

// node applies the rule of one node to what of says of its children.
func (e *Evaluation) node(node int, of func(int) value) value {
	if e.st.System.Timed(node) {
		return e.group(node)
	}
	n := &e.st.System.Nodes[node]
	switch n.Kind {
	case Leaf:
		return value{Shares: Always(e.effective[n.Part].Outcome())}
	case Series, Service:
		return e.all(node, of)
	case AtLeast:
		return e.atLeast(node, of)
	case Else:
		return e.fallback(node, of)
	case Mix:
		return e.mix(node, of)
	case Cached:
		return e.cached(node, of)
	case Called:
		return e.called(node, of(n.Children[0]))
	case Not:
		v := of(n.Children[0])
		v.OK, v.None = v.None, v.OK
		return v
	case Pool, Quorum, Vote, BFT, Connected:
		return e.group(node)
	}
	panic(fmt.Sprintf("model: node kind %d has no rule", n.Kind))
}

func (e *Evaluation) group(node int) value {
	shares := e.shares(node)
	if _, certain := shares.Outcome(); certain {
		return value{Shares: shares}
	}
	if drawn, ok := e.fixed[node]; ok {
		return value{Shares: Always(Outcome(drawn))}
	}
	return value{shares, []int{node}}
}

func (e *Evaluation) tally(n *Node) Tally { return e.st.System.Tally(n, e.seen) }

// seen is the condition of a part as its users see it.
func (e *Evaluation) seen(part int) Condition { return e.effective[part] }

func (e *Evaluation) all(node int, of func(int) value) value {
	n := &e.st.System.Nodes[node]
	total := value{Shares: Always(OK)}
	for _, child := range n.Children {
		v := of(child)
		if coin, shared := common(total.coins, v.coins); shared {
			return e.condition(node, coin)
		}
		total = value{inSeries(total.Shares, v.Shares), union(total.coins, v.coins)}
		if total.None == 1 {
			return value{Shares: total.Shares}
		}
	}
	if n.Kind == Service {
		return e.delivered(node, total)
	}
	return total
}

// inSeries: none if any is none, else wrong if any is wrong.
func inSeries(a, b Shares) Shares {
	return Shares{
		OK:    a.OK * b.OK,
		Wrong: a.Wrong*(b.OK+b.Wrong) + a.OK*b.Wrong,
		None:  a.None + (a.OK+a.Wrong)*b.None,
	}
}

// delivered is what is left of v after the live bad deploys of a service and by
// its capacity.
func (e *Evaluation) delivered(node int, v value) value {
	kept := e.shares(node)
	if kept.OK == 1 || v.None == 1 {
		return v
	}
	if drawn, ok := e.fixed[node]; ok {
		kept = Shares{OK: float64(drawn), None: float64(1 - drawn)}
	} else {
		v.coins = union(v.coins, []int{node})
	}
	v.Shares = inSeries(v.Shares, kept)
	return v
}

// atLeast counts the children that answer, up to K, with and without a wrong
// one among them.
func (e *Evaluation) atLeast(node int, of func(int) value) value {
	n := &e.st.System.Nodes[node]
	right, wrong := make([]float64, len(n.Children)+1), make([]float64, len(n.Children)+1)
	right[0] = 1
	var coins []int
	for seen, child := range n.Children {
		v := of(child)
		if coin, shared := common(coins, v.coins); shared {
			return e.condition(node, coin)
		}
		coins = union(coins, v.coins)
		for i := seen; i >= 0; i-- {
			r, w := right[i], wrong[i]
			right[i+1] += r * v.OK
			wrong[i+1] += r*v.Wrong + w*(v.OK+v.Wrong)
			right[i], wrong[i] = r*v.None, w*v.None
		}
	}
	var total Shares
	for i := range right {
		if i < n.K {
			total.None += right[i] + wrong[i]
		} else {
			total.OK, total.Wrong = total.OK+right[i], total.Wrong+wrong[i]
		}
	}
	return value{total, coins}
}

func (e *Evaluation) fallback(node int, of func(int) value) value {
	n := &e.st.System.Nodes[node]
	first := of(n.Children[0])
	if first.None == 0 {
		return first
	}
	second := of(n.Children[1])
	if coin, shared := common(first.coins, second.coins); shared {
		return e.condition(node, coin)
	}
	covered, coins := n.Covers, union(first.coins, second.coins)
	if drawn, ok := e.fixed[node]; ok {
		covered = Prob{P: float64(drawn), Q: float64(1 - drawn)}
	} else if covered.P > 0 && covered.Q > 0 && second.None < 1 {
		coins = union(coins, []int{node})
	}
	rest := second.scaled(first.None * covered.P)
	return value{Shares{first.OK + rest.OK, first.Wrong + rest.Wrong, rest.None + first.None*covered.Q}, coins}
}

// cached gives what a cache answers for the share of hits, and what stands
// behind it for all other requests.
func (e *Evaluation) cached(node int, of func(int) value) value {
	n := &e.st.System.Nodes[node]
	cache, behind := of(n.Children[0]), of(n.Children[1])
	if coin, shared := common(cache.coins, behind.coins); shared {
		return e.condition(node, coin)
	}
	hit, coins := n.Hit, union(cache.coins, behind.coins)
	if drawn, ok := e.fixed[node]; ok {
		hit = Prob{P: float64(drawn), Q: float64(1 - drawn)}
	} else if hit.P > 0 && hit.Q > 0 && cache.OK > 0 && behind.OK < 1 {
		coins = union(coins, []int{node})
	}
	rest := behind.scaled(hit.Q + hit.P*(cache.Wrong+cache.None))
	return value{Shares{rest.OK + hit.P*cache.OK, rest.Wrong, rest.None}, coins}
}

// called is what is left of the answers v to a call.
func (e *Evaluation) called(node int, v value) value {
	through := e.st.System.Through(e.st.System.Nodes[node].Call)
	if drawn, ok := e.fixed[node]; ok {
		through = Prob{P: float64(drawn), Q: float64(1 - drawn)}
	} else if through.P > 0 && through.Q > 0 && v.None < 1 {
		v.coins = union(v.coins, []int{node})
	}
	v.Shares = inSeries(v.Shares, Shares{OK: through.P, None: through.Q})
	return v
}

func (e *Evaluation) mix(node int, of func(int) value) value {
	n := &e.st.System.Nodes[node]
	if drawn, ok := e.fixed[node]; ok {
		return of(n.Children[drawn])
	}
	total, open := value{}, false
	var first Shares
	for i, child := range n.Children {
		v := of(child)
		if i == 0 {
			first = v.Shares
		}
		_, certain := v.Outcome()
		open = open || !certain || v.Shares != first
		total = value{total.plus(v.scaled(n.Shares[i].P)), union(total.coins, v.coins)}
	}
	if !open {
		return value{Shares: first}
	}
	total.coins = union(total.coins, []int{node})
	return total
}

// union merges two sorted sets.
func union(a, b []int) []int {
	if len(b) == 0 {
		return a
	}
	out := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// common finds an element of both sorted sets.
func common(a, b []int) (int, bool) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			return a[0], true
		}
	}
	return 0, false
}
