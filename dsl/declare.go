package dsl

import (
	"slices"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// targets are the statements of what is reported, in its order. One that
// stands for something else is another name for it.
func (w *writer) targets() []syntax.Statement {
	var list []syntax.Statement
	for i, t := range w.system.Targets {
		n := &w.system.Nodes[t.Node]
		owner, owned := w.owner[t.Node]
		st := w.system.StoreOf(t)
		_, half := w.halves[t.Node]
		switch {
		case half && t.Kind == "store": // comes with its store
		case st != nil && owner == i:
			list = append(list, w.store(st))
		case t.Kind == "service" && n.Kind == model.Service && owner == i:
			list = append(list, w.service(t.Node))
		case t.Kind != "system" || n.Kind == model.Service && owner == i:
			w.refuse(t.Pos, "%s %s cannot be written yet", t.Kind, t.Name)
		case owned && owner == i:
			list = append(list, &syntax.System{Name: name(w.names[t.Node]), Title: quoted(w.titles[t.Node]), Value: w.form(t.Node)})
		default:
			s := &syntax.System{Value: w.expr(t.Node)}
			w.given.give([]label{{t.Name, func(text string) { s.Name, s.Title = name(text), quoted(titled(t.Title, t.Name, text)) }}})
			list = append(list, s)
		}
	}
	return list
}

// group is the statement of a group of components.
func (w *writer) group(n *model.Node, called string) syntax.Statement {
	m := w.members(n)
	switch n.Kind {
	case model.Pool:
		return &syntax.Pool{Name: name(called), Members: m, Retry: retry(n)}
	case model.Quorum:
		q := &syntax.Quorum{Name: name(called), Members: m}
		if n.Elect != nil {
			q.Elect = w.time(n.Elect, n.Pos, n.Name)
		}
		if n.Over != nil {
			q.Over = name(w.nets[n.Over.Network])
		}
		return q
	case model.Vote:
		return &syntax.Vote{Name: name(called), Members: m}
	case model.BFT:
		return &syntax.BFT{Name: name(called), Members: m}
	}
	return w.standby(n, &syntax.Standby{Name: name(called), Members: m})
}

func (w *writer) standby(n *model.Node, s *syntax.Standby) syntax.Statement {
	switch wait := n.Waiting; {
	case wait.Rate == 0:
		s.Waiting = &syntax.Waiting{Mode: "cold"}
	case wait.Rate != 1:
		s.Waiting = &syntax.Waiting{Mode: "warm", Rate: fraction(model.ProbOf(wait.Rate))}
	}
	switch {
	case n.Waiting.By != "":
		s.Detect = w.detector(n.Waiting.By)
	case n.Waiting.Detect != (dist.Fixed{}):
		s.Detect = w.time(n.Waiting.Detect, n.Pos, n.Name)
	}
	if n.Waiting.Fenced {
		s.Fenced = &syntax.Fenced{Word: "fenced"}
	}
	if n.Waiting.Switch != (dist.Fixed{}) {
		s.Switch = w.time(n.Waiting.Switch, n.Pos, n.Name)
	}
	if n.Waiting.Succeeds.Q > 0 {
		s.Succeeds = fraction(n.Waiting.Succeeds)
	}
	if n.Waiting.Else != nil {
		s.Else = w.time(n.Waiting.Else, n.Pos, n.Name)
	}
	return s
}

// retry of a pool, nil for none.
func retry(n *model.Node) syntax.Count {
	if n.Retry == 0 {
		return nil
	}
	return count(n.Retry)
}

// members of a group, and how many of them must answer where that is not what
// the language takes it to be.
func (w *writer) members(n *model.Node) *syntax.Members {
	m := &syntax.Members{}
	usual := map[model.NodeKind]int{model.Pool: 1, model.Quorum: majority(len(n.Children)), model.Vote: majority(len(n.Children))}
	if k, counted := usual[n.Kind]; counted && n.K != k {
		m.K = count(n.K)
	}
	var parts []int
	for _, child := range n.Children {
		parts = append(parts, w.system.Nodes[child].Part)
	}
	refs, whole := w.refs(parts)
	if whole {
		m.Part = refs[0]
		return m
	}
	for _, ref := range refs {
		m.List = append(m.List, ref)
	}
	return m
}

// service is the statement of a service: what it runs, how it fails, what it
// needs.
func (w *writer) service(node int) syntax.Statement {
	n := &w.system.Nodes[node]
	s := &syntax.Service{Name: name(w.names[node]), Title: quoted(w.titles[node])}
	add := func(c ...syntax.Clause) { s.Clauses = append(s.Clauses, c...) }
	rest := slices.Clone(n.Children)
	if pool := w.instances(n); pool != model.None {
		p := &w.system.Nodes[pool]
		add(&syntax.Runs{Members: w.members(p), Retry: retry(p)})
		rest = slices.DeleteFunc(rest, func(child int) bool { return child == pool })
	}
	rest = slices.DeleteFunc(rest, func(child int) bool {
		leaf := &w.system.Nodes[child]
		own := leaf.Kind == model.Leaf && w.system.Parts[leaf.Part].Kind == model.Itself && w.system.Parts[leaf.Part].Owner == node
		if own {
			add(w.behaviours(&w.system.Parts[leaf.Part])...)
		}
		return own
	})
	if n.Deploys != model.None {
		add(w.deploys(&w.system.Deploys[n.Deploys], n.Name))
	}
	for _, child := range rest {
		if c := &w.system.Nodes[child]; c.Kind == model.Called {
			add(w.call(c))
		}
	}
	rest = slices.DeleteFunc(rest, func(child int) bool { return w.system.Nodes[child].Kind == model.Called })
	if len(rest) > 0 {
		add(&syntax.Needs{Items: w.dependencies(rest)})
	}
	if len(n.Uses) > 0 {
		add(&syntax.Uses{Items: w.dependencies(n.Uses)})
	}
	if n.UpAt > 0 {
		add(&syntax.UpAt{Share: fraction(model.ProbOf(n.UpAt))})
	}
	return s
}

func (w *writer) dependencies(nodes []int) []*syntax.Need {
	var list []*syntax.Need
	for _, node := range nodes {
		list = append(list, &syntax.Need{X: w.expr(node)})
	}
	return list
}

// deploys is the stream of those deploys that are bad.
func (w *writer) deploys(d *model.Deploys, service string) *syntax.Deploys {
	c := &syntax.Deploys{
		Rate: frequency(d.Rate), Bad: &syntax.Number{Text: "100%"},
		Detect: w.time(d.Detect, d.Pos, service), Rollback: w.time(d.Rollback, d.Pos, service),
	}
	if d.Hits.Q > 0 {
		c.Hits = fraction(d.Hits)
	}
	return c
}

// crew repairs parts, and those of a service only all together.
func (w *writer) crew(c *model.Crew, called string) syntax.Statement {
	parts := slices.Clone(c.Parts)
	var whole []*syntax.Ref
	for _, part := range c.Parts {
		if p := &w.system.Parts[part]; p.Kind == model.Itself {
			members := w.own(p.Owner)
			for _, member := range members {
				if !slices.Contains(c.Parts, member) {
					w.refuse(c.Pos, "crew %s repairs service %s without all of its instances, and a list of parts cannot say so", c.Name, p.Name)
					break
				}
			}
			parts = slices.DeleteFunc(parts, func(x int) bool { return x == part || slices.Contains(members, x) })
			whole = append(whole, reference(w.names[p.Owner]))
		}
	}
	refs, _ := w.refs(parts)
	return &syntax.Crew{Name: name(called), Size: count(c.Size), Repairs: append(whole, refs...)}
}

// own lists the instances of a service.
func (w *writer) own(service int) []int {
	pool := w.instances(&w.system.Nodes[service])
	if pool == model.None {
		return nil
	}
	return w.leaves(w.system.Nodes[pool].Children)
}
