package dsl

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// A blow is a statement that lets parts fail together. All are read before
// any of them changes a part.
type blow struct {
	at     syntax.Node
	common bool
	name   string
	parts  []int
	share  model.Prob // of the failures that are common; that a shock hits a part
	every  dist.Law   // of a shock
	repair dist.Law   // of a shock; nil: none
}

// commonCause reads a beta factor: at least two parts, equal ones.
func (b *builder) commonCause(c *syntax.CommonCause) {
	share, ok := b.probability(c.Share, "common cause")
	parts, good := b.listOf(c.Among)
	if !ok || !good {
		return
	}
	if len(parts) < 2 {
		b.report.report("E083", c.Span, "a common cause strikes several parts, got %d", len(parts))
		return
	}
	for _, part := range parts[1:] {
		if x, y := &b.sys.Parts[parts[0]], &b.sys.Parts[part]; !alike(x, y) {
			b.report.report("E083", c.Span, "a common cause is among equal parts, got `%s` and `%s`", x.Name, y.Name).
				help("write one statement for each kind of part, or a `shock`")
			return
		}
	}
	if b.constant(parts[0], c) {
		b.blows = append(b.blows, blow{at: c, common: true, name: namesOfRefs(c.Among), parts: parts, share: share})
	}
}

// listOf lists the parts that names stand for, each once.
func (b *builder) listOf(refs []*syntax.Ref) (parts []int, ok bool) {
	ok = true
	seen := map[int]bool{}
	for _, ref := range refs {
		some, good := b.allOf(ref)
		ok = ok && good
		for _, part := range some {
			if !seen[part] {
				parts = append(parts, part)
			}
			seen[part] = true
		}
	}
	return parts, ok
}

// mostNamed is how many names stand for a list.
const mostNamed = 4

func namesOfRefs(refs []*syntax.Ref) string {
	var names []string
	for _, ref := range refs {
		names = append(names, refText(ref))
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed], fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// alike says whether two parts fail by the same laws.
func alike(x, y *model.Part) bool {
	return reflect.DeepEqual(x.Automaton, y.Automaton) && reflect.DeepEqual(x.Static, y.Static)
}

// constant refuses a common cause of failures that come at no constant rate, of
// which no share is a rate.
func (b *builder) constant(part int, c *syntax.CommonCause) bool {
	p := &b.sys.Parts[part]
	if p.Static == nil && len(p.Modes) == 0 {
		b.report.report("E083", c.Span, "a common cause of failures, got `%s`, which never fails", p.Name)
		return false
	}
	for i := range p.Modes {
		if _, ok := p.Modes[i].Every.(dist.Exponential); !ok {
			b.report.report("E083", c.Span, "a common cause is a share of a constant rate, got another law for the failures of `%s`", p.Name).
				second(p.Modes[i].Pos, "this failure").help("give it a plain time, as in `fails every 90d`, or write a `shock`")
			return false
		}
	}
	return true
}

// shock reads an event that strikes several parts.
func (b *builder) shock(s *syntax.Shock) {
	t := blow{at: s, name: namesOfRefs(s.Hits), share: model.Prob{P: 1}}
	every, repair, each, hits := true, true, true, true
	switch {
	case s.Every != nil:
		t.every, every = b.time(s.Every, "every", lasting)
	case s.At != nil:
		t.every, every = b.frequency(s.At, "at")
	}
	if s.Repair != nil {
		t.repair, repair = b.time(s.Repair, "repair", lasting)
	}
	if s.Each != nil {
		t.share, each = b.probability(s.Each, "each")
	}
	t.parts, hits = b.listOf(s.Hits)
	if !every || !repair || !each || !hits || t.every == nil {
		return
	}
	for _, part := range t.parts {
		if b.sys.Parts[part].Static != nil {
			b.report.report("E066", s.Span, "nothing is known of when `%s` fails, so a shock cannot find it up or down", b.sys.Parts[part].Name).
				help("give it a `repair` time")
			return
		}
	}
	b.blows = append(b.blows, t)
}

// joinFailures lets parts fail together, as all statements say.
func (b *builder) joinFailures() {
	shares := b.shares()
	if shares == nil {
		return
	}
	was := make(map[int]model.Part, len(shares))
	for part, p := range shares {
		was[part] = b.sys.Parts[part]
		b.keepOwn(&b.sys.Parts[part], p)
	}
	for _, t := range b.blows {
		switch first := was[t.parts[0]]; {
		case t.share.P == 0:
		case !t.common:
			b.addShock(t)
		case first.Static != nil:
			b.addCause(t, *first.Static)
		default:
			b.addCommon(t, first.Modes)
		}
	}
	for part := range shares {
		p := &b.sys.Parts[part]
		if p.Static == nil {
			p.Automaton = model.NewAutomaton(p.Modes)
		}
	}
}

// shares adds up the shares of each part's failures that are common, nil if
// they are more than all.
func (b *builder) shares() map[int]model.Prob {
	sum := map[int]model.Prob{}
	for _, t := range b.blows {
		for _, part := range t.parts {
			left, known := sum[part]
			if !known {
				left = model.Prob{Q: 1}
			}
			if t.common {
				left = model.Prob{P: left.P + t.share.P, Q: left.Q - t.share.P}
				if !known {
					left.Q = t.share.Q
				}
			}
			if left.P > 1 {
				b.report.report("E083", t.at.Extent(), "more than 100%% of the failures of `%s` are common", b.sys.Parts[part].Name).
					help("the shares of all its common causes add up to 100%% at most")
				return nil
			}
			sum[part] = left
		}
	}
	return sum
}

// keepOwn leaves a part its own failures, given which share of them is common.
func (b *builder) keepOwn(p *model.Part, common model.Prob) {
	if p.Static != nil {
		p.Static = &model.Prob{P: p.Static.P + common.P*p.Static.Q, Q: common.Q * p.Static.Q}
		return
	}
	p.Modes = slices.Clone(p.Modes)
	if common.P == 0 {
		return
	}
	if common.Q == 0 {
		p.Modes = nil
	}
	for i := range p.Modes {
		p.Modes[i].Every = dist.Exponential{MeanTime: p.Modes[i].Every.Mean() / common.Q}
	}
}

// addCommon lets a share of each failure mode strike all parts.
func (b *builder) addCommon(t blow, modes []model.Mode) {
	shock := b.newShock(t)
	shock.Each, shock.Share = model.Prob{P: 1}, t.share
	for _, m := range modes {
		m.Every = dist.Exponential{MeanTime: m.Every.Mean() / t.share.P}
		shock.Strikes = append(shock.Strikes, b.strike(t.parts, m.Every, m))
	}
	b.sys.Shocks = append(b.sys.Shocks, shock)
}

// addShock lets parts be struck. By itself a part is struck as often as shocks
// come, times the chance to be hit.
func (b *builder) addShock(t blow) {
	shock := b.newShock(t)
	shock.Each, shock.Repair = t.share, t.repair
	m := model.Mode{
		Kind: model.FailStop, Every: dist.Exponential{MeanTime: t.every.Mean() / t.share.P}, Repair: t.repair,
		Loses: model.ProbOf(0), Pos: shock.Pos,
	}
	shock.Strikes = []model.Strike{b.strike(t.parts, t.every, m)}
	b.sys.Shocks = append(b.sys.Shocks, shock)
}

func (b *builder) newShock(t blow) model.Shock {
	return model.Shock{Name: t.name, Common: t.common, Parts: t.parts, Pos: b.report.pos(t.at.Extent())}
}

// strike gives parts one more failure mode, that in which they are struck.
func (b *builder) strike(parts []int, every dist.Law, m model.Mode) model.Strike {
	s := model.Strike{Every: every}
	for _, part := range parts {
		p := &b.sys.Parts[part]
		s.Modes = append(s.Modes, len(p.Modes))
		p.Modes = append(p.Modes, m)
	}
	return s
}

// addCause lets a share of a probability be that of all parts together.
func (b *builder) addCause(t blow, was model.Prob) {
	cause := len(b.sys.Parts)
	if _, ok := b.makeParts(1, t.at, func(int) model.Part { return model.Part{Name: t.name} }); !ok {
		return
	}
	p := &b.sys.Parts[cause]
	p.Kind, p.Pos = model.CommonCause, b.report.pos(t.at.Extent())
	p.Static = &model.Prob{P: was.P + t.share.Q*was.Q, Q: t.share.P * was.Q}
	p.Automaton = model.StaticAutomaton()
	for _, part := range t.parts {
		b.sys.Parts[part].Causes = append(b.sys.Parts[part].Causes, cause)
	}
}
