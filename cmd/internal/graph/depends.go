package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nines/model"
)

// Depends shows who needs whom: the targets, and all that they need. The instances of a service stand in it; members of an array are one
// node.
func Depends(s *Subject) (*Graph, error) {
	b, err := newBuilder(s)
	if err != nil {
		return nil, err
	}
	for _, t := range s.Targets {
		b.visit(t.Node)
	}
	b.g.Caption = s.Caption
	return b.g, nil
}

// A builder makes the graph of a subject.
type builder struct {
	*Subject
	g       *Graph
	index   map[string]int    // nodes by ID
	before  *model.Evaluation // with nothing down
	after   *model.Evaluation
	effects []model.Condition // of the parts, while something has failed
	edges   map[Edge]bool
}

func newBuilder(s *Subject) (*builder, error) {
	b := &builder{Subject: s, g: &Graph{failed: len(s.Down) > 0}, index: map[string]int{}, edges: map[Edge]bool{}}
	divided := func(x model.Explanation) bool { return len(x.Budget) > 0 }
	b.g.heat = !b.g.failed && slices.ContainsFunc(s.Explanations, divided)
	return b, b.strike()
}

// strike works out what the failed parts take down, once detection, promotions
// and elections are over: then a group that has the members it needs answers.
func (b *builder) strike() error {
	own := make([]model.Condition, len(b.System.Parts))
	for _, p := range b.Down {
		own[p] = model.Down
	}
	b.effects = b.System.Effective(own, nil)
	groups := make([]model.Outcome, len(b.System.Nodes))
	for i := range b.System.Nodes {
		n := &b.System.Nodes[i]
		if b.System.Timed(i) && b.up(n.Children) >= max(1, n.K) {
			groups[i] = model.OK
		}
	}
	st, live := model.NewStructure(b.System), make([]int, len(b.System.Deploys))
	b.after = st.Evaluate(model.Snapshot{Conditions: own, Live: live, Groups: groups})
	well := make([]model.Outcome, len(b.System.Nodes))
	for i := range well {
		well[i] = model.OK
	}
	b.before = st.Evaluate(model.Snapshot{Conditions: make([]model.Condition, len(b.System.Parts)), Live: live, Groups: well})
	for i := range b.System.Nodes {
		if _, err := b.after.Shares(i); err != nil {
			return err
		}
	}
	return nil
}

// up counts the leaves that are.
func (b *builder) up(leaves []int) int {
	n := 0
	for _, leaf := range leaves {
		if b.effects[b.System.Nodes[leaf].Part] == model.Up {
			n++
		}
	}
	return n
}

// node gives the node with an ID, made anew if there is none yet.
func (b *builder) node(id string, kind Kind) (index int, fresh bool) {
	if i, ok := b.index[id]; ok {
		return i, false
	}
	i := len(b.g.Nodes)
	b.index[id] = i
	b.g.Nodes = append(b.g.Nodes, Node{ID: id, Name: id, Kind: kind, Parent: -1})
	return i, true
}

// visit gives the node for a place of the structure that has a name or is a
// part, with all that it needs.
func (b *builder) visit(node int) int {
	n := &b.System.Nodes[node]
	switch {
	case n.Kind == model.Leaf:
		return b.part(n.Part)
	case n.Kind == model.Service:
		return b.service(node)
	case group(n.Kind):
		return b.group(node)
	}
	i, fresh := b.node(n.Name, System)
	if fresh {
		b.target(i, node)
		for _, c := range n.Children {
			if !b.joined(n, c) {
				b.need(i, c, bond(n))
			}
		}
		b.wire(i, n, Edge{})
	}
	return i
}

// group says whether nodes of a kind are groups of members.
func group(k model.NodeKind) bool {
	switch k {
	case model.Pool, model.Quorum, model.Vote, model.BFT, model.Standby:
		return true
	}
	return false
}

// bond of a node to its children.
func bond(n *model.Node) Edge {
	if n.Kind == model.AtLeast && n.K < len(n.Children) {
		return Edge{Bond: Some, Label: fmt.Sprintf("%d of %d", n.K, len(n.Children))}
	}
	return Edge{}
}

// need draws edges from a node to what an expression means.
func (b *builder) need(from, node int, how Edge) {
	n := &b.System.Nodes[node]
	if n.Name != "" || n.Kind == model.Leaf || group(n.Kind) {
		how.From, how.To = from, b.visit(node)
		b.link(how)
		return
	}
	for i, c := range n.Children {
		if !b.joined(n, c) {
			b.need(from, c, through(n, i, how))
		}
	}
	b.wire(from, n, how)
}

// through is the edge to child i of a node that has no name of its own.
func through(n *model.Node, i int, how Edge) Edge {
	switch {
	case n.Kind == model.Else && i == 1:
		how.Bond, how.Label = Fallback, "else"
		if n.Covers.Q > 0 {
			how.Label = "else " + percent(n.Covers.P)
		}
	case n.Kind == model.Cached && i == 0:
		how.Bond, how.Label = Some, "hits "+percent(n.Hit.P)
	case n.Kind == model.Called && n.Call.Retry > 0:
		how.Label = fmt.Sprintf("calls, retry %d", n.Call.Retry)
	case n.Kind == model.Called:
		how.Label = "calls"
	case n.Kind == model.Mix:
		how.Bond, how.Label = Some, percent(n.Shares[i].P)
	case n.Kind == model.Not:
		how.Label = "not"
	case n.Kind == model.AtLeast && n.K < len(n.Children):
		how.Bond, how.Label = Some, fmt.Sprintf("%d of %d", n.K, len(n.Children))
	}
	return how
}

func percent(p float64) string { return strconv.FormatFloat(100*p, 'g', 4, 64) + " %" }

// target fills a node from the results for a place of the structure.
func (b *builder) target(i, node int) {
	n := &b.System.Nodes[node]
	g := &b.g.Nodes[i]
	for k := range b.Results {
		if r := &b.Results[k]; r.Target.Node == node {
			g.Lines = append(g.Lines, b.figures(r)...)
		}
	}
	shares, _ := b.after.Shares(node) // checked by strike
	most, _ := b.before.Shares(node)  // less than all where messages get lost
	full, _ := b.after.Full(node)
	upAt := 0.0
	if n.Kind == model.Service {
		upAt = n.UpAt
	}
	g.State = state(model.Counts(shares.OK, upAt), full && shares.OK >= most.OK)
}

func state(up, full bool) State {
	switch {
	case !up:
		return Lost
	case !full:
		return Worse
	}
	return Fine
}

// service adds a service, its instances as a line of it.
func (b *builder) service(node int) int {
	n := &b.System.Nodes[node]
	i, fresh := b.node(n.Name, Service)
	if !fresh {
		return i
	}
	b.target(i, node)
	for _, c := range n.Children {
		if own, is := b.instances(node, c); is {
			b.g.Nodes[i].Lines = append(b.g.Nodes[i].Lines, own)
			continue
		}
		if leaf := &b.System.Nodes[c]; leaf.Kind == model.Leaf && b.System.Parts[leaf.Part].Kind == model.Itself {
			continue
		}
		b.need(i, c, Edge{})
	}
	for _, c := range n.Uses {
		b.need(i, c, Edge{Bond: Uses})
	}
	b.blame(i, func(c *model.Cost) bool { return b.belongs(c, n.Name, node) })
	return i
}

// belongs says whether a cost is that of a service itself: its deploys, its own
// failures, its instances.
func (b *builder) belongs(c *model.Cost, name string, node int) bool {
	if c.Cause == "deploys" || c.Cause == "itself" {
		return c.Name == name
	}
	return c.Cause == "component" && slices.ContainsFunc(b.System.Parts, func(p model.Part) bool { return p.Name == c.Name && p.Owner == node })
}

// instances describes the own instances of a service.
func (b *builder) instances(service, child int) (string, bool) {
	n := &b.System.Nodes[child]
	if !group(n.Kind) || n.Name != "" {
		return "", false
	}
	first := &b.System.Parts[b.System.Nodes[n.Children[0]].Part]
	if first.Owner != service {
		return "", false
	}
	return members(first.Template, n.K, len(n.Children)) + b.missing(n.Children), true
}

// members counts alike parts, and how many of them are needed.
func members(name string, k, n int) string {
	if k >= n || k == 0 {
		return fmt.Sprintf("%s × %d", name, n)
	}
	return fmt.Sprintf("%s × %d, %d needed", name, n, k)
}

// missing counts the leaves that are down.
func (b *builder) missing(leaves []int) string {
	if down := len(leaves) - b.up(leaves); down > 0 {
		return fmt.Sprintf(", %d down", down)
	}
	return ""
}

// kinds of groups as a reader knows them.
var kinds = map[model.NodeKind]string{
	model.Pool: "pool", model.Quorum: "quorum", model.Vote: "vote", model.BFT: "byzantine agreement", model.Standby: "standby",
}

// group adds a group with a name of its own; those without take that of their
// members.
func (b *builder) group(node int) int {
	n := &b.System.Nodes[node]
	first := &b.System.Parts[b.System.Nodes[n.Children[0]].Part]
	name := n.Name
	if name == "" {
		name = first.Template + " × " + strconv.Itoa(len(n.Children))
	}
	i, fresh := b.node(name, Group)
	if !fresh {
		return i
	}
	b.target(i, node)
	g := &b.g.Nodes[i]
	text := members(first.Template, n.K, len(n.Children))
	if n.Name == "" {
		_, text, _ = strings.Cut(text, ", ")
	}
	g.Lines = append(g.Lines, strings.TrimSuffix(kinds[n.Kind]+", "+text, ", ")+b.missing(n.Children))
	g.Lines = append(g.Lines, b.crew(b.System.Nodes[n.Children[0]].Part)...)
	b.wire(i, n, Edge{})
	g = &b.g.Nodes[i]
	if g.State == Fine && b.up(n.Children) < len(n.Children) {
		g.State = Worse
	}
	b.blame(i, func(c *model.Cost) bool {
		if c.Cause == "takeover" {
			return c.Name == n.Name
		}
		return c.Cause == "component" && slices.ContainsFunc(n.Children, func(leaf int) bool { return b.System.Parts[b.System.Nodes[leaf].Part].Name == c.Name })
	})
	return i
}

// part adds a part, or the array that it is a member of.
func (b *builder) part(part int) int {
	p := &b.System.Parts[part]
	var alike []int
	for i := range b.System.Parts {
		if array(&b.System.Parts[i]) == array(p) && b.System.Parts[i].Kind == p.Kind {
			alike = append(alike, i)
		}
	}
	i, fresh := b.node(array(p), kindOf(p))
	if !fresh {
		return i
	}
	g := &b.g.Nodes[i]
	if len(alike) > 1 {
		g.Name = fmt.Sprintf("%s × %d", array(p), len(alike))
	}
	if down, known := b.Own(part); known {
		g.Lines = append(g.Lines, availability(down))
	}
	g.Lines = append(g.Lines, b.crew(part)...)
	down := 0
	for _, k := range alike {
		if b.effects[k] != model.Up {
			down++
		}
	}
	g.State = state(down < len(alike), down == 0)
	if down > 0 && len(alike) > 1 {
		g.Lines = append(g.Lines, fmt.Sprintf("%d of %d down", down, len(alike)))
	}
	b.blame(i, func(c *model.Cost) bool {
		return (c.Cause == "component" || c.Cause == "domain") && slices.ContainsFunc(alike, func(k int) bool { return b.System.Parts[k].Name == c.Name })
	})
	return i
}

// crew says who repairs a part together with others.
func (b *builder) crew(part int) []string {
	for _, c := range b.System.Crews {
		if slices.Contains(c.Parts, part) {
			return []string{fmt.Sprintf("repaired by %s × %d", c.Name, c.Size)}
		}
	}
	return nil
}

func kindOf(p *model.Part) Kind {
	if p.Kind == model.Domain {
		return Domain
	}
	return Part
}

// array is the name of a part without its number.
func array(p *model.Part) string {
	if i := strings.LastIndexByte(p.Name, '['); i > 0 {
		return p.Name[:i]
	}
	return p.Name
}

// blame gives a node its share of the down time, and marks it if what belongs
// to it takes something down by itself.
func (b *builder) blame(i int, ours func(*model.Cost) bool) {
	g := &b.g.Nodes[i]
	for k := range b.Explanations {
		x, share := &b.Explanations[k], 0.0
		for c := range x.Budget {
			if ours(&x.Budget[c]) {
				share += x.Budget[c].Share
			}
		}
		g.Share = max(g.Share, share)
		for _, s := range x.Singles {
			g.Single = g.Single || ours(&model.Cost{Name: s.Name, Cause: s.Cause})
		}
	}
}
