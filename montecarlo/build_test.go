package montecarlo

import (
	"fmt"

	"nines/model"
	"nines/model/dist"
)

const (
	second = 1.0
	minute = 60.0
	hour   = 3600.0
	day    = 24 * hour
)

// A builder makes systems node by node. Its methods return the new node, or
// the new part where they say so.
type builder struct{ sys model.System }

func newBuilder() *builder { return &builder{model.System{Mission: model.Year}} }

func exponential(mean float64) dist.Law { return dist.Exponential{MeanTime: mean} }

func stop(every, repair float64) model.Mode {
	return model.Mode{Kind: model.FailStop, Every: exponential(every), Repair: exponential(repair)}
}

func silent(every, detect, repair float64) model.Mode {
	return model.Mode{Kind: model.FailSilent, Every: exponential(every), Detect: exponential(detect), Repair: exponential(repair)}
}

func byzantine(every, detect, repair float64) model.Mode {
	m := silent(every, detect, repair)
	m.Kind = model.FailByzantine
	return m
}

func restart(every, repair, resync float64) model.Mode {
	return model.Mode{Kind: model.FailRestart, Every: exponential(every), Repair: exponential(repair), Resync: exponential(resync)}
}

func byLaw(every, repair dist.Law) model.Mode {
	return model.Mode{Kind: model.FailStop, Every: every, Repair: repair}
}

// part adds a part in a place, or in none, and returns the part.
func (b *builder) part(place int, modes ...model.Mode) int {
	b.sys.Parts = append(b.sys.Parts, model.Part{
		Name: fmt.Sprintf("p%d", len(b.sys.Parts)), Place: place, Owner: model.None, Modes: modes, Automaton: model.NewAutomaton(modes),
	})
	return len(b.sys.Parts) - 1
}

// static adds a part without dynamics and returns the part.
func (b *builder) static(up model.Prob) int {
	p := b.part(model.None)
	b.sys.Parts[p].Static, b.sys.Parts[p].Automaton = &up, model.StaticAutomaton()
	return p
}

func (b *builder) node(n model.Node) int {
	if n.Kind != model.Service {
		n.Deploys = model.None
	}
	b.sys.Nodes = append(b.sys.Nodes, n)
	return len(b.sys.Nodes) - 1
}

func (b *builder) leaf(part int) int { return b.node(model.Node{Kind: model.Leaf, Part: part}) }

// fresh adds n parts with these modes outside of any domain, and their leaves.
func (b *builder) fresh(n int, modes ...model.Mode) []int {
	var leaves []int
	for range n {
		leaves = append(leaves, b.leaf(b.part(model.None, modes...)))
	}
	return leaves
}

func (b *builder) one(modes ...model.Mode) int { return b.fresh(1, modes...)[0] }

func (b *builder) series(nodes ...int) int {
	return b.node(model.Node{Kind: model.Series, Children: nodes})
}

func (b *builder) atLeast(k int, nodes ...int) int {
	return b.node(model.Node{Kind: model.AtLeast, K: k, Children: nodes})
}

func (b *builder) group(kind model.NodeKind, k, retry int, leaves []int) int {
	return b.node(model.Node{Kind: kind, K: k, Retry: retry, Children: leaves})
}

func (b *builder) fallback(first, second int, covers float64) int {
	return b.node(model.Node{Kind: model.Else, Children: []int{first, second}, Covers: model.ProbOf(covers)})
}

func (b *builder) service(needs []int, uses ...int) int {
	return b.node(model.Node{Kind: model.Service, Children: needs, Uses: uses, Deploys: model.None})
}

// deploys gives a service a stream of bad deploys.
func (b *builder) deploys(service int, perSecond float64, detect, rollback dist.Law, hits float64) {
	b.sys.Nodes[service].Deploys = len(b.sys.Deploys)
	b.sys.Deploys = append(b.sys.Deploys, model.Deploys{
		Service: service, Rate: perSecond, Detect: detect, Rollback: rollback, Hits: model.ProbOf(hits),
	})
}

func (b *builder) standby(how *model.Waiting, leaves []int) int {
	return b.node(model.Node{Kind: model.Standby, Waiting: how, Children: leaves})
}

// crew lets parts share repairers.
func (b *builder) crew(size int, parts ...int) {
	b.sys.Crews = append(b.sys.Crews, model.Crew{Size: size, Parts: parts})
}

// target reports a node and returns the system, ready for use.
func (b *builder) target(name string, node int) *model.System {
	b.sys.Nodes[node].Name = name
	b.sys.Targets = append(b.sys.Targets, model.Target{Name: name, Kind: "system", Node: node})
	return &b.sys
}
