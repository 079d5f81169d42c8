package openpsa

import (
	"errors"
	"fmt"
	"io"
	"math"

	"nines/model"
)

// Encode writes a fault tree for each target of s. Its top event is that a
// random request in a random state of the parts gets no answer, so where
// nothing but whole parts fails its probability is the unavailability of the
// target. A share of requests, of a fallback, a mix or a bad deploy, becomes a
// basic event of its own, and `up at` says nothing here.
//
// The basic event of a part is that it gives no answer. Its probability is
// that of Static, or what down says of the part with that index; down may be
// nil. What a fault tree cannot say is an error that names each part and node:
// wrong answers, pools that deal requests to members whose failure goes
// unnoticed, stale members of a quorum, dependency cycles, and what depends on
// time. Nothing is written then.
func Encode(w io.Writer, s *model.System, down func(part int) (q float64, ok bool)) error {
	e := newEncoder(s, down)
	for _, t := range s.Targets {
		e.gather(t.Node)
	}
	e.reserve()
	for _, node := range e.order {
		e.node(node)
	}
	for i, t := range s.Targets {
		f := e.failure[t.Node]
		if name := e.targets[i]; f.op != "gate" || f.name != name {
			e.gates = append(e.gates, gateText{name, label(t.Title, t.Name, name), f})
		}
	}
	if len(e.problems) > 0 {
		return errors.Join(e.problems...)
	}
	return e.write(w)
}

// An encoder collects the gates and events of a fault tree.
type encoder struct {
	system   *model.System
	down     func(int) (float64, bool)
	names    naming
	targets  []string       // names of the gates of the targets
	order    []int          // nodes that the targets need, children first
	marks    map[int]state  // of nodes
	parents  map[int]int    // how many nodes and targets need a node
	top      map[int]string // name of the target that alone needs a node
	failure  map[int]formula
	parts    map[int]formula
	defined  map[string]formula // by name of the gate
	gates    []gateText
	events   []eventText
	problems []error
}

type gateText struct {
	name, label string
	formula     formula
}

type eventText struct {
	name, label string
	q           float64
}

func newEncoder(s *model.System, down func(int) (float64, bool)) *encoder {
	return &encoder{
		system: s, down: down, names: naming{}, marks: map[int]state{}, parents: map[int]int{},
		top: map[int]string{}, failure: map[int]formula{}, parts: map[int]formula{}, defined: map[string]formula{},
	}
}

// refuse reports what a fault tree cannot say.
func (e *encoder) refuse(pos model.Pos, name, why string) {
	if name == "" {
		name = "the group here"
	}
	if pos.Line > 0 {
		name = pos.String() + ": " + name
	}
	e.problems = append(e.problems, fmt.Errorf("%s %s", name, why))
}

// gather lists the nodes that root needs, depth first without recursion.
func (e *encoder) gather(root int) {
	type frame struct{ node, next int }
	if e.marks[root] != fresh {
		return
	}
	e.marks[root] = open
	path := []frame{{root, 0}}
	for len(path) > 0 {
		top := &path[len(path)-1]
		n := &e.system.Nodes[top.node]
		if top.next == len(n.Children) {
			e.marks[top.node] = closed
			e.order = append(e.order, top.node)
			path = path[:len(path)-1]
			continue
		}
		child := n.Children[top.next]
		top.next++
		e.parents[child]++
		switch e.marks[child] {
		case fresh:
			e.marks[child] = open
			path = append(path, frame{child, 0})
		case open:
			e.refuse(e.system.Nodes[child].Pos, e.system.Nodes[child].Name, "needs itself, and a fault tree has no cycles")
		}
	}
}

// reserve gives the targets their names, before any other gate.
func (e *encoder) reserve() {
	for _, t := range e.system.Targets {
		e.targets = append(e.targets, e.names.unique(identifier(t.Name)))
		e.parents[t.Node]++
	}
	for i, t := range e.system.Targets {
		if e.parents[t.Node] == 1 {
			e.top[t.Node] = e.targets[i]
		}
	}
}

// define gives a formula a gate, unless it is one.
func (e *encoder) define(name, label string, f formula) formula {
	if f.name != "" {
		return f
	}
	e.gates = append(e.gates, gateText{name, label, f})
	e.defined[name] = f
	return formula{op: "gate", name: name}
}

// event adds a basic event.
func (e *encoder) event(name string, q float64) formula {
	id := e.names.unique(identifier(name))
	e.events = append(e.events, eventText{id, label("", name, id), q})
	return formula{op: "basic-event", name: id}
}

// node works out when a node fails. Leaves stand for their parts, every other
// node is a gate.
func (e *encoder) node(node int) {
	n := &e.system.Nodes[node]
	if n.Kind == model.Leaf {
		e.failure[node] = e.part(n.Part)
		return
	}
	name, isTop := e.top[node]
	if !isTop {
		name = e.names.unique(identifier(n.Name))
	}
	switch {
	case n.Over != nil:
		e.refuse(n.Pos, n.Name, "depends on what a network joins, which is not written as a fault tree")
		e.failure[node] = never
		return
	case n.Loads != nil || n.Kind == model.Cached:
		e.refuse(n.Pos, n.Name, "answers as many requests as it has the capacity for, and a fault tree knows no loads")
	}
	children := make([]formula, len(n.Children))
	for i, child := range n.Children {
		children[i] = e.failure[child]
	}
	e.failure[node] = e.define(name, label(n.Title, n.Name, name), e.rule(n, name, children))
}

// rule applies that of n to when its children fail.
func (e *encoder) rule(n *model.Node, name string, children []formula) formula {
	switch n.Kind {
	case model.Series:
		return or(children...)
	case model.AtLeast:
		return e.fewer(n.K, children)
	case model.Else:
		return and(children[0], or(children[1], e.coin(name+" not covered", n.Covers.Q)))
	case model.Mix:
		return e.mix(n, name, children)
	case model.Called:
		return or(children[0], e.coin(name+" lost", e.system.Through(n.Call).Q))
	case model.Not:
		return negation(children[0])
	case model.Service:
		return or(append(children, e.deploys(n, name))...)
	}
	return e.group(n, children)
}

// coin is an event of its own, unless it is certain.
func (e *encoder) coin(name string, q float64) formula {
	switch q {
	case 0:
		return never
	case 1:
		return always
	}
	return e.event(name, q)
}

// mix draws one child: the first for its share, else one of the rest.
func (e *encoder) mix(n *model.Node, name string, children []formula) formula {
	last := len(children) - 1
	f, rest := children[last], n.Shares[last].P
	for i := last - 1; i >= 0; i-- {
		rest += n.Shares[i].P
		if n.Shares[i].P == 0 {
			continue
		}
		drawn := e.coin(fmt.Sprintf("%s branch %d", name, i+1), n.Shares[i].P/rest)
		f = or(and(drawn, children[i]), and(negation(drawn), f))
		if i > 0 {
			f = e.define(e.names.unique(fmt.Sprintf("%s-from-%d", name, i+1)), "", f)
		}
	}
	return f
}

// deploys is that a live bad deploy hits the request. The number that are live
// is Poisson, so none hits it with probability e^(-mean share).
func (e *encoder) deploys(n *model.Node, name string) formula {
	if n.Deploys == model.None {
		return never
	}
	d := &e.system.Deploys[n.Deploys]
	return e.coin(name+" hit by a deploy", -math.Expm1(-d.MeanLive()*d.Hits.P))
}

// group applies the rule of a group whose members are ok or none.
func (e *encoder) group(n *model.Node, members []formula) formula {
	k := max(n.K, 1)
	switch n.Kind {
	case model.Pool:
		if n.Retry < len(members)-k && e.any(n, model.Lost) {
			e.refuse(n.Pos, n.Name, "meets members whose failure is not noticed, and a fault tree cannot deal requests to them")
		}
	case model.Quorum:
		if n.Elect != nil {
			e.refuse(n.Pos, n.Name, "elects leaders, and a fault tree knows no time")
		}
		if e.any(n, model.Stale) {
			e.refuse(n.Pos, n.Name, "has members that can be stale, and a fault tree only knows whether they answer")
		}
	case model.Vote:
	case model.BFT:
		k = len(members) - model.MaxFaulty(len(members))
	case model.Standby:
		e.refuse(n.Pos, n.Name, "is a standby group, and a fault tree knows no time")
	default:
		e.refuse(n.Pos, n.Name, "cannot be evaluated yet")
	}
	return e.fewer(k, members)
}

// any says whether a member of n can be in condition c.
func (e *encoder) any(n *model.Node, c model.Condition) bool {
	for _, child := range n.Children {
		for part := e.system.Nodes[child].Part; part != model.None; part = e.system.Parts[part].Place {
			if can(&e.system.Parts[part], c) {
				return true
			}
		}
	}
	return false
}

// can says whether part p is ever in condition c.
func can(p *model.Part, c model.Condition) bool {
	for i := range p.Automaton.States {
		if p.Automaton.States[i].Condition == c {
			return true
		}
	}
	return false
}

// part is that a part gives no answer, by itself, because of the domain it is
// in, or by a cause that it shares with others.
func (e *encoder) part(part int) formula {
	if f, known := e.parts[part]; known {
		return f
	}
	p := &e.system.Parts[part]
	f := e.own(part)
	if p.Place != model.None {
		place := e.part(p.Place)
		name := identifier(p.Name + "-in-" + e.system.Parts[p.Place].Name)
		f = e.define(e.names.unique(name), "", or(f, place))
	}
	if len(p.Causes) > 0 {
		ways := []formula{f}
		for _, cause := range p.Causes {
			ways = append(ways, e.part(cause))
		}
		f = e.define(e.names.unique(identifier(p.Name+"-or-cause")), "", or(ways...))
	}
	e.parts[part] = f
	return f
}

// own is the basic event of a part.
func (e *encoder) own(part int) formula {
	p := &e.system.Parts[part]
	if can(p, model.Wrong) {
		e.refuse(p.Pos, p.Name, "can answer wrongly, and a fault tree only knows whether it answers")
	}
	q, known := 0.0, true
	switch {
	case p.Static != nil:
		q = p.Static.Q
	case len(p.Automaton.States) <= 1:
		return never
	case e.down == nil:
		known = false
	default:
		q, known = e.down(part)
	}
	if !known || !(q >= 0 && q <= 1) {
		e.refuse(p.Pos, p.Name, "has no probability of giving no answer")
	}
	f := e.event(p.Name, q)
	if p.Title != "" {
		e.events[len(e.events)-1].label = p.Title
	}
	return f
}
