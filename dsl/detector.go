package dsl

import (
	"math"

	"nines/dsl/syntax"
	"nines/model"
)

// media reads what is known of the messages of each network, on which the
// times of detectors depend.
func (b *builder) media() {
	for _, sym := range b.order {
		if s, ok := sym.decl.(*syntax.Network); ok {
			b.nets[sym] = &network{nodes: map[int]int{}, index: len(b.sys.Networks)}
			b.sys.Networks = append(b.sys.Networks, b.medium(s))
		}
	}
}

// medium reads delay, loss and timing among the clauses of a network.
func (v *values) medium(s *syntax.Network) model.Network {
	n := model.Network{Name: s.Name.Text, Loss: model.ProbOf(0), Pos: v.report.pos(s.Name.Span)}
	for _, c := range s.Clauses {
		switch c := c.(type) {
		case *syntax.Delay:
			n.Delay, _ = v.time(c.Law, "delay", maybe0)
		case *syntax.Loss:
			if p, ok := v.probability(c.Share, "loss"); ok {
				n.Loss = p
			}
		}
	}
	if t := clause[*syntax.Timing](s.Clauses); t != nil {
		v.timing(&n, t)
	}
	return n
}

// timing reads what a network says of its delays.
func (v *values) timing(n *model.Network, t *syntax.Timing) {
	switch t.Model {
	case "synchronous":
		n.Timing = model.Synchronous
	case "partial":
		n.Timing = model.Partial
	}
	if t.Bound != nil {
		n.Bound, _ = v.positive(t.Bound, "the bound", duration)
	}
	if n.Timing != model.Synchronous {
		return
	}
	if n.Loss.P > 0 {
		v.report.report("E082", t.Span, "a synchronous network loses nothing, got `loss`").help("say `asynchronous`, or leave `loss` out")
	}
	if n.Bound > 0 && n.Delay != nil && n.Delay.Survival(n.Bound) > 0 {
		v.report.report("E082", t.Span, "the delay of a synchronous network is never above its bound, got one that can be").
			help("say `asynchronous`, or a delay such as `uniform(1ms, 20ms)`")
	}
}

// readDetectors judges the detectors of the file.
func (b *builder) readDetectors() {
	for _, sym := range b.order {
		d, ok := sym.decl.(*syntax.Detector)
		if !ok || d.Heartbeat == nil || d.Timeout == nil || d.Over == nil {
			continue
		}
		heartbeat, ok := b.positive(d.Heartbeat, "heartbeat", duration)
		timeout, good := b.positive(d.Timeout, "timeout", duration)
		net, known := b.network(d.Over)
		if !ok || !good || !known {
			continue
		}
		found := model.Detector{Name: sym.name.Text, Heartbeat: heartbeat, Timeout: timeout, Network: b.nets[net].index, Pos: b.report.pos(sym.name.Span)}
		if n := &b.sys.Networks[found.Network]; b.keeps(&found, n, d) {
			found.Quality = found.Judge(n)
			b.detectors[sym] = len(b.sys.Detectors)
			b.sys.Detectors = append(b.sys.Detectors, found)
		}
	}
}

// keeps checks a detector against its network.
func (b *builder) keeps(d *model.Detector, n *model.Network, at *syntax.Detector) bool {
	bound := n.Bounded()
	switch {
	case d.Timeout > model.MostHeartbeats*d.Heartbeat:
		b.report.report("E082", at.Timeout.Extent(), "a time-out of more than %d heartbeats", model.MostHeartbeats).help("send them less often")
	case n.Timing == model.Synchronous && d.Timeout < bound:
		b.report.report("E082", at.Timeout.Extent(), "the time-out must be at least the bound of network `%s`", n.Name).second(n.Pos, "the network")
	case n.Timing == model.Partial && n.Loss.P > 0:
		b.report.report("E082", at.Over.Span, "mistakes come to an end over a partially synchronous network, got one with `loss`").
			second(n.Pos, "the network").help("say `asynchronous`, or leave `loss` out")
	case n.Timing == model.Partial && math.IsInf(bound, 1):
		b.report.report("E082", at.Over.Span, "the delays of network `%s` have no bound, and partial synchrony means that there is one", n.Name).
			second(n.Pos, "the network").help("say what it is, as in `timing partial 200ms`, which no detector knows")
	case n.Timing == model.Asynchronous && d.Heard(n) == 0:
		b.report.report("E082", at.Timeout.Extent(), "no heartbeat ever comes in time over network `%s`", n.Name).second(n.Pos, "the network").help("raise `timeout`")
	default:
		return true
	}
	return false
}
