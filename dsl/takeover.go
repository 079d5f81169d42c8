package dsl

import (
	"slices"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// standby builds a group with one active member.
func (b *builder) standby(sym *symbol, s *syntax.Standby) (model.Node, bool) {
	n, ok := b.group(sym, blank(model.Standby), s.Members)
	ok = b.uncounted(s.Members, "one member is active, the others wait") && ok
	w, good := b.waiting(s)
	n.Waiting = &w
	if ok && len(n.Children) < 2 {
		b.report.report("W117", s.Members.Span, "a standby of one has nobody to take over")
	}
	return n, ok && good
}

// waiting reads how a standby waits and takes over.
func (b *builder) waiting(s *syntax.Standby) (model.Waiting, bool) {
	w := model.Waiting{Fenced: s.Fenced != nil, Rate: 1, Detect: dist.Fixed{}, Switch: dist.Fixed{}, Succeeds: model.Prob{P: 1}}
	ok := true
	if s.Waiting != nil {
		ok = b.waitingRate(&w, s.Waiting)
	}
	if s.Detect != nil {
		law, by, good := b.detect(s.Detect)
		w.Detect, w.By, ok = law, by, ok && good
	}
	if s.Switch != nil {
		law, good := b.time(s.Switch, "switch", maybe0)
		w.Switch, ok = law, ok && good
	}
	if s.Succeeds != nil {
		p, good := b.probability(s.Succeeds, "succeeds")
		w.Succeeds, ok = p, ok && good
	}
	if s.Else != nil {
		law, good := b.time(s.Else, "else", maybe0)
		w.Else, ok = law, ok && good
	}
	if ok && w.Succeeds.Q > 0 && w.Else == nil {
		b.report.report("E057", s.Succeeds.Extent(), "`succeeds` below 100%% wants `else`, the time until a person has done it").
			help("as in `succeeds 98%% else 30m`")
		return w, false
	}
	return w, ok
}

func (b *builder) waitingRate(w *model.Waiting, waiting *syntax.Waiting) bool {
	switch waiting.Mode {
	case "cold":
		w.Rate = 0
	case "hot":
	default:
		rate, ok := b.probability(waiting.Rate, "warm")
		w.Rate = rate.P
		return ok
	}
	return true
}

// crew reads repairers and what they repair.
func (b *builder) crew(sym *symbol, c *syntax.Crew) {
	size, ok := b.whole(c.Size, "a crew", bounds{1, maxParts})
	var parts []int
	for _, ref := range c.Repairs {
		some, good := b.allOf(ref)
		ok = ok && good
		b.idle(some, ref)
		for _, part := range some {
			if other, taken := b.crews[part]; taken && other != sym {
				b.report.report("E059", ref.Span, "crew `%s` already repairs `%s`", other.name.Text, b.sys.Parts[part].Name).
					second(b.declared(other)).help("a part has one crew")
				break
			} else if !taken {
				b.crews[part] = sym
				parts = append(parts, part)
			}
		}
	}
	if ok {
		b.sys.Crews = append(b.sys.Crews, model.Crew{Name: sym.name.Text, Size: size, Parts: parts, Pos: b.report.pos(c.Name.Span)})
	}
}

// idle warns of a part that a crew has nothing to do for.
func (b *builder) idle(parts []int, ref *syntax.Ref) {
	for _, part := range parts {
		p := &b.sys.Parts[part]
		if !slices.ContainsFunc(p.Modes, func(m model.Mode) bool { return m.Repair != nil && m.Kind != model.FailRestart }) {
			b.report.report("W126", ref.Span, "`%s` never needs a repairer", p.Name).help("take it out of the crew, or give it a failure with `repair`")
			return
		}
	}
}

// allOf lists the parts that a name stands for where parts are listed: an array
// or group for its members, a template for its copies.
func (b *builder) allOf(ref *syntax.Ref) ([]int, bool) {
	t, ok := b.resolve(ref)
	switch {
	case !ok:
		return nil, false
	case t.node == model.None:
		return b.parts(t, ref)
	case len(t.symbol.members) > 0:
		return t.symbol.members, b.spend(len(t.symbol.members), ref)
	case t.symbol.kind == systemKind || t.symbol.kind == serviceKind:
		b.report.report("E022", ref.Span, "want parts, got the %s `%s`, which has none of its own", t.symbol.kind, refText(ref)).
			second(b.declared(t.symbol)).help("name components, domains or groups")
	}
	return nil, false
}

// taken checks the members of the groups with a state of their own: a part is
// a member of one at most, once, and its failures and those of the domains
// around it have dynamics.
func (b *builder) taken() {
	group := map[int]*symbol{}
	for _, sym := range b.order {
		members := leading(sym)
		if members == nil {
			continue
		}
		for _, part := range sym.members {
			if first := group[part]; first != nil {
				b.report.report("E065", members.Span, "`%s` is a member of %s `%s` already", b.sys.Parts[part].Name, first.kind, first.name.Text).
					second(b.declared(first)).help("a part stands by, or is elected, in one group")
				break
			}
			group[part] = sym
			if !b.lively(part, members) {
				break
			}
		}
		if over := b.sys.Nodes[sym.node].Over; over != nil {
			for _, leaf := range b.sys.Networks[over.Network].Leaves() {
				if !b.lively(b.sys.Nodes[leaf].Part, members) {
					break
				}
			}
		}
	}
}

// leading gives the members of a group that has an active member or a leader,
// nil of all else.
func leading(sym *symbol) *syntax.Members {
	switch s := sym.decl.(type) {
	case *syntax.Standby:
		return s.Members
	case *syntax.Quorum:
		if s.Elect != nil {
			return s.Members
		}
	}
	return nil
}

// lively refuses a member known by a probability alone.
func (b *builder) lively(part int, members *syntax.Members) bool {
	for p := part; p != model.None; p = b.sys.Parts[p].Place {
		if s := b.sys.Parts[p].Static; s != nil && s.Q > 0 {
			b.report.report("E066", members.Span, "nothing is known of when `%s` fails, which decides when others take over", b.sys.Parts[p].Name).
				help("give it a `repair` time")
			return false
		}
	}
	return true
}
