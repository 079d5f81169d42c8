package analytic

import (
	"fmt"

	"nines/model"
	"nines/model/dist"
)

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
)

// A sketch builds a system by hand.
type sketch struct{ model.System }

func exp(mean float64) dist.Law { return dist.Exponential{MeanTime: mean} }

func stop(every, repair float64) model.Mode {
	return model.Mode{Kind: model.FailStop, Every: exp(every), Repair: exp(repair)}
}

func silent(every, detect, repair float64) model.Mode {
	return model.Mode{Kind: model.FailSilent, Every: exp(every), Detect: exp(detect), Repair: exp(repair)}
}

func byzantine(every, detect, repair float64) model.Mode {
	return model.Mode{Kind: model.FailByzantine, Every: exp(every), Detect: exp(detect), Repair: exp(repair)}
}

func restart(every, repair, resync float64) model.Mode {
	return model.Mode{Kind: model.FailRestart, Every: exp(every), Repair: exp(repair), Resync: exp(resync)}
}

// part adds a part and gives its index.
func (s *sketch) part(name string, modes ...model.Mode) int {
	return s.in(model.None, name, modes...)
}

// in adds a part in a place.
func (s *sketch) in(place int, name string, modes ...model.Mode) int {
	s.Parts = append(s.Parts, model.Part{
		Name: name, Owner: model.None, Place: place, Modes: modes, Automaton: model.NewAutomaton(modes),
	})
	return len(s.Parts) - 1
}

func (s *sketch) static(name string, unavailability float64) int {
	s.Parts = append(s.Parts, model.Part{
		Name: name, Owner: model.None, Place: model.None, Static: &model.Prob{P: 1 - unavailability, Q: unavailability},
		Automaton: model.StaticAutomaton(),
	})
	return len(s.Parts) - 1
}

// copies adds n parts alike and gives their leaves.
func (s *sketch) copies(n int, name string, modes ...model.Mode) []int {
	leaves := make([]int, n)
	for i := range leaves {
		leaves[i] = s.leaf(s.part(fmt.Sprintf("%s[%d]", name, i+1), modes...))
	}
	return leaves
}

// add adds a node and gives its index.
func (s *sketch) add(n model.Node) int {
	if n.Kind != model.Service {
		n.Deploys = model.None
	}
	s.Nodes = append(s.Nodes, n)
	return len(s.Nodes) - 1
}

func (s *sketch) leaf(part int) int { return s.add(model.Node{Kind: model.Leaf, Part: part}) }

func (s *sketch) leaves(parts ...int) []int {
	var all []int
	for _, p := range parts {
		all = append(all, s.leaf(p))
	}
	return all
}

func (s *sketch) series(children ...int) int {
	return s.add(model.Node{Kind: model.Series, Children: children})
}

func (s *sketch) atLeast(k int, children ...int) int {
	return s.add(model.Node{Kind: model.AtLeast, K: k, Children: children})
}

func (s *sketch) group(kind model.NodeKind, k int, children ...int) int {
	return s.add(model.Node{Kind: kind, K: k, Children: children})
}

func (s *sketch) fallback(first, second int, covers float64) int {
	return s.add(model.Node{Kind: model.Else, Children: []int{first, second}, Covers: model.ProbOf(covers)})
}

// service adds one without deploys.
func (s *sketch) service(name string, upAt float64, needs ...int) int {
	return s.add(model.Node{Kind: model.Service, Name: name, Children: needs, UpAt: upAt, Deploys: model.None})
}

// own gives a service its own failures and returns the leaf.
func (s *sketch) own(service int, m model.Mode) int {
	p := s.part(s.Nodes[service].Name+" itself", m)
	s.Parts[p].Kind, s.Parts[p].Owner = model.Itself, service
	leaf := s.leaf(p)
	s.Nodes[service].Children = append([]int{leaf}, s.Nodes[service].Children...)
	return leaf
}

func (s *sketch) deploys(service int, d model.Deploys) {
	d.Service = service
	s.Nodes[service].Deploys = len(s.Deploys)
	s.Deploys = append(s.Deploys, d)
}

// system reports an expression, or a service under another name.
func (s *sketch) system(name string, node int) {
	s.Targets = append(s.Targets, model.Target{Name: name, Kind: "system", Node: node})
}

func (s *sketch) report(service int) {
	s.Targets = append(s.Targets, model.Target{Name: s.Nodes[service].Name, Kind: "service", Node: service})
}
