package openpsa

import (
	"strconv"

	"nines/model"
)

// build makes the part or node of a definition, after those of what it uses.
func (r *reader) build(d *definition) {
	switch d.kind {
	case parameter:
		if e := r.single(d, "an expression"); e != nil {
			d.value, d.valued = r.evaluate(e)
		}
	case group:
		r.common(d)
	case basicEvent:
		r.basicEvent(d)
	case houseEvent:
		r.houseEvent(d)
	case gate:
		if e := r.single(d, "a formula"); e != nil {
			n := r.formula(e)
			n.Name, n.Title, n.Pos = d.unique, d.title, d.pos
			d.node = r.add(n)
		}
	}
}

// single gives the one element of a definition.
func (r *reader) single(d *definition, want string) *element {
	if len(d.body) != 1 {
		r.errorf("E107", d.pos, "%s %s has %d elements, want %s", d.kind, quoted(d.name), len(d.body), want)
		return nil
	}
	return d.body[0]
}

func (r *reader) basicEvent(d *definition) {
	switch {
	case d.group != nil && d.used:
		d.node = r.add(model.Node{Kind: model.Series, Name: d.unique, Title: d.title, Children: d.causes, Pos: d.pos})
		return
	case d.group != nil || len(d.body) == 0 && !d.used:
		return
	case len(d.body) == 0:
		r.errorf("E109", d.pos, "basic event %s has no probability", quoted(d.name))
		return
	}
	e := r.single(d, "an expression")
	if e == nil {
		return
	}
	q, ok := r.evaluate(e)
	if ok && r.probability(d.pos, q, "basic event "+quoted(d.name)) && d.used {
		d.node = r.part(d.unique, d.title, d.pos, q)
	}
}

// probability checks that q is one.
func (r *reader) probability(pos model.Pos, q number, what string) bool {
	if q.v >= 0 && q.v <= 1 {
		return true
	}
	r.errorf("E108", pos, "%s has probability %v, want 0 to 1", what, q.v)
	return false
}

// houseEvent is false unless it says otherwise.
func (r *reader) houseEvent(d *definition) {
	value := false
	if len(d.body) > 0 {
		e := r.single(d, "a constant")
		if e == nil {
			return
		}
		if e.name != "constant" {
			r.strange(e, []string{"constant"})
			return
		}
		value, _ = r.boolean(e)
	}
	if d.used {
		d.node = r.house(d.unique, d.title, d.pos, value)
	}
}

// house is the node of an event that never or always happens: a part that never
// fails, or that this does not hold. So it is part of no cut set.
func (r *reader) house(name, title string, pos model.Pos, value bool) int {
	leaf := r.leaf(model.Part{Name: name, Title: title, Automaton: model.NewAutomaton(nil), Pos: pos})
	if value {
		return r.add(not(leaf))
	}
	return leaf
}

// part adds a part that is down with probability q, and gives its leaf.
func (r *reader) part(name, title string, pos model.Pos, q number) int {
	static := &model.Prob{P: q.c, Q: q.v}
	return r.leaf(model.Part{Name: name, Title: title, Static: static, Automaton: model.StaticAutomaton(), Pos: pos})
}

// leaf adds a part that stands alone, and gives its leaf.
func (r *reader) leaf(p model.Part) int {
	p.Template, p.Owner, p.Place = p.Name, model.None, model.None
	r.system.Parts = append(r.system.Parts, p)
	r.system.Nodes = append(r.system.Nodes, model.Node{
		Kind: model.Leaf, Title: p.Title, Part: len(r.system.Parts) - 1, Deploys: model.None, Pos: p.Pos,
	})
	return len(r.system.Nodes) - 1
}

// constant is the node of the event that always or never happens.
func (r *reader) constant(value bool, pos model.Pos) int {
	name, node := "impossible", &r.impossible
	if value {
		name, node = "certain", &r.certain
	}
	if *node == model.None {
		*node = r.house(r.names.unique(name), "", pos, value)
	}
	return *node
}

// add appends a node that is no leaf.
func (r *reader) add(n model.Node) int {
	n.Part, n.Deploys = model.None, model.None
	r.system.Nodes = append(r.system.Nodes, n)
	return len(r.system.Nodes) - 1
}

// index gives the node of a formula, a new one unless it is an event.
func (r *reader) index(e *element) int {
	if _, ok := referenceSpace(e.name); ok {
		if d := r.refers[e]; d != nil {
			return d.node
		}
		return 0
	}
	if e.name == "constant" {
		value, _ := r.boolean(e)
		return r.constant(value, e.pos)
	}
	n := r.formula(e)
	n.Pos = e.pos
	return r.add(n)
}

var formulaElements = []string{
	"and", "or", "not", "xor", "iff", "nand", "nor", "atleast", "cardinality", "imply", "constant",
	"gate", "basic-event", "house-event", "event",
}

// formula gives the node that is ok while the formula is false. Nodes of
// formulas in it are added, it is not.
func (r *reader) formula(e *element) model.Node {
	if s, ok := referenceSpace(e.name); ok && s == events || e.name == "constant" {
		return series(r.index(e))
	}
	least, most := 1, -1
	switch e.name {
	case "and", "or", "xor", "nand", "nor", "atleast", "cardinality":
	case "not":
		most = 1
	case "imply", "iff":
		least, most = 2, 2
	default:
		r.strange(e, formulaElements)
		return model.Node{}
	}
	if !r.arity(e, len(e.children), least, most) {
		return model.Node{}
	}
	children := make([]int, len(e.children))
	for i, child := range e.children {
		children[i] = r.index(child)
	}
	return r.connective(e, children)
}

// connective applies that of e to the nodes of its arguments.
func (r *reader) connective(e *element, children []int) model.Node {
	n := len(children)
	switch e.name {
	case "and":
		return atLeast(1, children...)
	case "or":
		return series(children...)
	case "not":
		return not(children[0])
	case "nand":
		return not(r.add(atLeast(1, children...)))
	case "nor":
		return not(r.add(series(children...)))
	case "xor":
		return r.parity(children)
	case "iff":
		return series(r.add(atLeast(1, children...)), r.add(not(r.add(series(children...)))))
	case "imply":
		return series(r.add(not(children[0])), children[1])
	case "atleast":
		k := r.count(e, "min", 1, n)
		return atLeast(n-k+1, children...)
	}
	low := r.count(e, "min", 0, n)
	high := r.count(e, "max", low, n)
	if low == 0 && high == n {
		return series(r.constant(true, e.pos))
	}
	return r.cardinality(low, high, children)
}

// count reads an attribute that is a number from least to most.
func (r *reader) count(e *element, name string, least, most int) int {
	text, _ := e.attr(name)
	k, err := strconv.Atoi(text)
	if err != nil || k < least || k > most {
		r.errorf("E103", e.pos, "%s of <%s> is %s, want a whole number from %d to %d", name, e.name, quoted(text), least, most)
		return least
	}
	return k
}

// parity is ok while an even number of children have failed, by halves.
func (r *reader) parity(children []int) model.Node {
	switch n := len(children); n {
	case 1:
		return series(children[0])
	case 2:
		neither := r.add(series(children...))
		both := r.add(not(r.add(atLeast(1, children...))))
		return atLeast(1, neither, both)
	default:
		return r.parity([]int{r.half(children[:n/2]), r.half(children[n/2:])})
	}
}

func (r *reader) half(children []int) int {
	if len(children) == 1 {
		return children[0]
	}
	return r.add(r.parity(children))
}

// cardinality is ok while fewer than low children have failed, or more than
// high. Both together leave something out.
func (r *reader) cardinality(low, high int, children []int) model.Node {
	n := len(children)
	fewer := atLeast(n-low+1, children...)
	if high == n {
		return fewer
	}
	more := not(r.add(atLeast(n-high, children...)))
	if low == 0 {
		return more
	}
	return atLeast(1, r.add(fewer), r.add(more))
}

func series(children ...int) model.Node {
	return model.Node{Kind: model.Series, Children: children}
}

func atLeast(k int, children ...int) model.Node {
	return model.Node{Kind: model.AtLeast, K: k, Children: children}
}

func not(child int) model.Node {
	return model.Node{Kind: model.Not, Children: []int{child}}
}
