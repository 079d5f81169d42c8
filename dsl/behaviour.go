package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// prototype is how a part behaves; its copies share it.
type prototype struct {
	modes     []model.Mode
	static    *model.Prob
	automaton model.Automaton
	capacity  float64
}

// behaves puts the behaviour into a part.
func (p *prototype) behaves(part *model.Part) {
	part.Modes, part.Static, part.Automaton, part.Capacity = p.modes, p.static, p.automaton, p.capacity
}

// A host is what has behaviours: a component, a domain, a service or a link.
type host struct {
	kind  kind
	name  string
	at    syntax.Span // of the name
	whole syntax.Span
}

// linkKind is the host kind of the links of a network, which have no names.
const linkKind kind = "link"

// prototype reads the behaviours among the clauses of a host. A host that has
// none is refused, unless a service.
func (b *builder) prototype(h host, clauses []syntax.Clause) (*prototype, bool) {
	proto, ok, seen := &prototype{}, true, []syntax.Clause(nil)
	for _, c := range clauses {
		var good bool
		switch c := c.(type) {
		case *syntax.Fails:
			var m model.Mode
			m, good = b.mode(h, c)
			proto.modes = append(proto.modes, m)
		case *syntax.Availability:
			good = b.figure(proto, c)
		case *syntax.NeverFails:
			good = true
		default:
			continue
		}
		seen = append(seen, c)
		ok = ok && good
	}
	if !b.compatible(h, seen) || !ok {
		return nil, false
	}
	if proto.static != nil {
		proto.automaton = model.StaticAutomaton()
	} else {
		proto.automaton = model.NewAutomaton(proto.modes)
	}
	return proto, true
}

// compatible checks that the behaviours of a host can stand together: failure
// modes compete, a figure or `never fails` stands alone.
func (b *builder) compatible(h host, seen []syntax.Clause) bool {
	if len(seen) == 0 {
		if h.kind == serviceKind || b.report.damaged(h.whole) {
			return h.kind == serviceKind
		}
		b.report.report("E040", h.at, "%s `%s` has no behaviour", h.kind, h.name).
			help("say how it fails, as in `fails every 90d repair 1h`, or that it `never fails`")
		return false
	}
	for i, c := range seen {
		if _, fails := c.(*syntax.Fails); fails || len(seen) == 1 {
			continue
		}
		other := seen[0]
		if i == 0 {
			other = seen[1]
		}
		b.report.report("E041", c.Extent(), "%s stands alone, got another behaviour of `%s`", clauseWord(c), h.name).
			second(b.report.pos(other.Extent()), "the other behaviour").
			help("describe the part by its figure or by its failures, not both")
		return false
	}
	return true
}

func clauseWord(c syntax.Clause) string {
	if a, ok := c.(*syntax.Availability); ok {
		return "`" + a.Kind + "`"
	}
	return "`never fails`"
}

// figure reads `availability` and `unavailability`: with a repair time the time
// to failure follows, MTTF = MTTR A / (1 - A).
func (b *builder) figure(proto *prototype, a *syntax.Availability) bool {
	p, ok := b.probability(a.Value, a.Kind)
	if a.Kind == "unavailability" {
		p = p.Not()
	}
	if a.Repair == nil {
		proto.static = &p
		return ok
	}
	repair, good := b.time(a.Repair, "repair", lasting)
	if !ok || !good {
		return false
	}
	switch {
	case p.Q == 0:
		return true // it never fails
	case p.P == 0:
		b.report.report("E034", a.Value.Extent(), "a part that is never up has no time to failure").help("leave `repair` out")
		return false
	}
	every, ok := b.built(dist.NewExponential(repair.Mean() * p.P / p.Q))(a)
	proto.modes = []model.Mode{{Kind: model.FailStop, Every: every, Repair: repair, Loses: model.ProbOf(0), Pos: b.report.pos(a.Span)}}
	return ok
}

// mode reads one way to fail.
func (b *builder) mode(h host, f *syntax.Fails) (model.Mode, bool) {
	m := model.Mode{Kind: modeKind(f.Mode), Loses: model.ProbOf(0), Pos: b.report.pos(f.Span)}
	ok := b.suits(h, f, m.Kind)
	m.Every, ok = b.onset(f, ok)
	if f.Detect != nil {
		law, by, good := b.detect(f.Detect)
		m.Detect, m.By, ok = law, by, ok && good
	}
	if f.Repair != nil {
		law, good := b.time(f.Repair, "repair", lasting)
		m.Repair, ok = law, ok && good
	}
	if f.Resync != nil {
		law, good := b.time(f.Resync, "resync", maybe0)
		m.Resync, ok = law, ok && good
	}
	if f.Loses != nil {
		p, good := b.loses(f.Loses)
		m.Loses, ok = p, ok && good
	}
	if ok && m.Resync != nil && m.Resync.Mean() == 0 {
		m.Resync = nil
	}
	if ok {
		b.slow(&m, f)
	}
	return m, ok
}

func modeKind(word string) model.ModeKind {
	switch word {
	case "silent":
		return model.FailSilent
	case "restart":
		return model.FailRestart
	case "byzantine":
		return model.FailByzantine
	}
	return model.FailStop
}

// onset is the time to the failure, from `every` or `at`; that one of them is
// there is a matter of form.
func (b *builder) onset(f *syntax.Fails, ok bool) (dist.Law, bool) {
	switch {
	case f.Every != nil:
		law, good := b.time(f.Every, "every", lasting)
		return law, good && ok
	case f.At != nil:
		law, good := b.frequency(f.At, "at")
		return law, good && ok
	}
	return nil, false
}

// suits checks the clauses of a failure against its mode and host.
func (b *builder) suits(h host, f *syntax.Fails, kind model.ModeKind) bool {
	hidden := kind == model.FailSilent || kind == model.FailByzantine
	switch {
	case h.kind == domainKind && kind == model.FailByzantine:
		b.report.report("E044", f.Span, "a domain cannot fail byzantine, got `fails byzantine` in `%s`", h.name).
			help("a domain gives no answers; say it of what is inside")
	case h.kind == serviceKind && f.Loses != nil:
		b.report.report("E043", f.Loses.Span, "a service holds no copy of data, got `loses data` in `%s`", h.name).
			help("say it of the component that holds the data")
	case hidden && f.Detect == nil:
		b.report.report("E042", f.Span, "a %s failure wants `detect`, the time until it is noticed", kind).
			help("as in `fails %s every 1y detect 5m repair 1m`", kind)
	case !hidden && f.Detect != nil:
		b.report.report("E043", f.Detect.Extent(), "a %s failure is noticed at once, got `detect`", kind).
			help("leave it out, or say `fails silent`")
	case kind != model.FailRestart && f.Resync != nil:
		b.report.report("E043", f.Resync.Extent(), "`resync` belongs to `fails restart`, got it in a %s failure", kind).
			help("leave it out, or say `fails restart`")
	case f.Resync != nil && f.Repair == nil:
		b.report.report("E043", f.Resync.Extent(), "`resync` follows a restart, got no `repair`").
			help("say how long the restart takes, as in `repair 30s`")
	default:
		return true
	}
	return false
}

// loses is the chance that the copy of data is gone.
func (b *builder) loses(l *syntax.Loses) (model.Prob, bool) {
	if l.Share == nil {
		return model.Prob{P: 1}, true
	}
	return b.probability(l.Share, "loses")
}

// detect works out a time to notice, which may be that of a detector: then by
// names it.
func (b *builder) detect(t syntax.Time) (law dist.Law, by string, ok bool) {
	if name, is := t.(*syntax.Name); is {
		if sym := b.symbols[name.Text]; sym != nil && sym.kind == detectorKind {
			sym.used = true
			i, known := b.detectors[sym]
			if !known {
				return nil, "", false
			}
			return b.sys.Detectors[i].Quality.Detection, name.Text, true
		}
	}
	law, ok = b.time(t, "detect", maybe0)
	return law, "", ok
}
