package dsl

import (
	"math/big"
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// require resolves a requirement; nothing is decided.
func (b *builder) require(r *syntax.Require) {
	q := model.Requirement{Text: line(r), Pos: b.report.pos(r.Span)}
	target, ok := b.target(r)
	q.Target = target
	if r.Survives != nil {
		survival, good := b.survives(r.Survives)
		q.Survives, ok = survival, ok && good
	} else {
		ok = b.measure(&q, r.Measure, ok) && ok
	}
	if ok {
		b.sys.Requirements = append(b.sys.Requirements, q)
	}
}

// target finds what a requirement is about.
func (b *builder) target(r *syntax.Require) (int, bool) {
	if r.Subject == nil {
		return b.only(r)
	}
	if head := r.Subject.Path[0]; b.find(head.Text, head.Span, systemKind) == nil {
		return 0, false
	}
	t, ok := b.resolve(r.Subject)
	if !ok {
		return 0, false
	}
	if i, reported := b.targets[t.node]; reported {
		return i, true
	}
	name := refText(r.Subject)
	b.report.report("E060", r.Subject.Span, "`%s` is %s, and only systems, services and stores are reported", name, t.symbol.kind.article()).
		second(b.declared(t.symbol)).help("name it: `system NAME = %s`", name)
	return 0, false
}

// only is the target that is meant where none is named: the only system, or
// the only service where there is no system.
func (b *builder) only(r *syntax.Require) (int, bool) {
	for _, kind := range []kind{systemKind, serviceKind} {
		if list := b.kinds[kind]; len(list) == 1 {
			return list[0], true
		} else if len(list) > 1 {
			break
		}
	}
	b.report.report("E060", r.Span, "the requirement does not say what it is about, and there is not one system only").
		help("name it, as in `require NAME.availability >= 99.9%%`")
	return 0, false
}

// measure resolves a bound on a measure; known says whether its target is.
func (b *builder) measure(q *model.Requirement, m *syntax.Measure, known bool) bool {
	q.Measure, q.AtLeast = model.Measure(m.Name.Text), m.Op == ">="
	if !slices.Contains(model.Measures(), q.Measure) {
		b.unknownMeasure(m.Name)
		return false
	}
	if known && q.Measure.OfData() && !b.stored(q, m) {
		return false
	}
	ok := b.moment(q, m)
	ok = b.bound(q, m) && ok
	ok = b.confidence(q, m) && ok
	if ok {
		b.doubtful(q, m)
	}
	return ok
}

func (b *builder) unknownMeasure(name *syntax.Name) {
	var names []string
	for _, m := range model.Measures() {
		names = append(names, string(m))
	}
	e := b.report.report("E061", name.Span, "unknown measure `%s`", name.Text).help("the measures are %s", strings.Join(names, ", "))
	if near := Nearest(name.Text, names); near != "" {
		e.help("did you mean `%s`?", near)
	}
	if b.symbols[name.Text] != nil {
		e.help("say what of it, as in `%s.availability`", name.Text)
	}
}

// stored refuses a measure of data of what holds none.
func (b *builder) stored(q *model.Requirement, m *syntax.Measure) bool {
	t := b.sys.Targets[q.Target]
	if b.sys.StoreOf(t) != nil {
		return true
	}
	e := b.report.report("E062", m.Name.Span, "only a store has `%s`, got the %s `%s`", m.Name.Text, t.Kind, t.Name)
	if store, _, half := strings.Cut(t.Name, "."); half {
		e.help("ask it of `%s`", store)
	}
	return false
}

// moment reads the time at which a measure is asked.
func (b *builder) moment(q *model.Requirement, m *syntax.Measure) bool {
	if m.At == nil {
		return true
	}
	if !q.Measure.TakesTime() {
		b.report.report("E062", m.At.Extent(), "`%s` takes no time, got one", q.Measure).help("write `%s`", q.Measure)
		return false
	}
	at, ok := b.positive(m.At, string(q.Measure), duration)
	q.At = at
	return ok
}

// bound reads what the measure is held against.
func (b *builder) bound(q *model.Requirement, m *syntax.Measure) bool {
	switch {
	case q.Measure == model.Downtime:
		return b.downtime(q, m)
	case q.Measure == model.Nines:
		return b.ninesBound(q, m)
	case q.Measure.Unit() == "s":
		return b.amount(q, m.Bound, duration)
	case q.Measure.Unit() == "1/y":
		ok := b.amount(q, m.Bound, rate)
		q.Bound.P *= model.Year
		return ok
	}
	p, ok := b.probability(m.Bound, string(q.Measure))
	q.Bound = p
	return ok
}

// amount reads a bound that must not be negative.
func (b *builder) amount(q *model.Requirement, bound syntax.Quantity, dim dimension) bool {
	got, ok := b.want(bound, string(q.Measure), dim)
	if !ok {
		return false
	}
	if got.value.Sign() < 0 {
		b.report.report("E034", bound.Extent(), "%s is never negative, got %s", q.Measure, got)
		return false
	}
	q.Bound.P, ok = b.real(got, bound)
	return ok
}

// ninesBound reads a number of nines, which is easily mistaken for the
// probability that it stands for.
func (b *builder) ninesBound(q *model.Requirement, m *syntax.Measure) bool {
	if got, ok := b.want(m.Bound, "nines", number); !ok {
		return false
	} else if got.share {
		b.report.report("E031", m.Bound.Extent(), "nines wants a plain number, got %s", got).help("as in `>= 3.5`, or write `availability` instead of `nines`")
		return false
	}
	return b.amount(q, m.Bound, number)
}

// downtime reads a share of time: `4h/y`, or a param. The bound is in seconds
// within the window.
func (b *builder) downtime(q *model.Requirement, m *syntax.Measure) bool {
	got, ok := b.eval(m.Bound)
	_, literal := m.Bound.(*syntax.Number)
	if !ok {
		return false
	}
	if got.dim != number || literal {
		b.report.report("E031", m.Bound.Extent(), "downtime wants a duration per year, month, week or day, got %s", got.kind()).
			help("as in `4h/y` or `20m/mo`")
		return false
	}
	if got.value.Sign() < 0 {
		b.report.report("E034", m.Bound.Extent(), "downtime is never negative, got %s", got)
		return false
	}
	length := big.NewRat(int64(model.Year), 1)
	if window, stated := window(m.Bound); stated {
		length = b.units[window].value
	}
	q.Window, _ = length.Float64()
	got.value = new(big.Rat).Mul(got.value, length)
	q.Bound.P, ok = b.real(got, m.Bound)
	return ok
}

// window is the unit after the `/` of a bound.
func window(q syntax.Quantity) (string, bool) {
	switch q := q.(type) {
	case *syntax.ParenQuantity:
		return window(q.X)
	case *syntax.Per:
		return q.Unit.Text, true
	}
	return "", false
}

// confidence reads the share of windows in which a bound on downtime must hold.
func (b *builder) confidence(q *model.Requirement, m *syntax.Measure) bool {
	if m.Confidence == nil {
		return true
	}
	if q.Measure != model.Downtime {
		b.report.report("E063", m.Confidence.Extent(), "`with` belongs to downtime, got it with `%s`", q.Measure).help("leave it out")
		return false
	}
	if _, stated := window(m.Bound); !stated {
		b.report.report("E063", m.Bound.Extent(), "`with` wants a window").help("as in `20m/mo with 95%%`")
		return false
	}
	p, ok := b.probability(m.Confidence, "`with`")
	if ok && (p.P == 0 || p.Q == 0) {
		b.report.report("E063", m.Confidence.Extent(), "`with` wants a share between 0 and 100%%, and neither")
		return false
	}
	q.Confidence = p
	return ok
}

// doubtful warns of a bound that always holds, and of one from the wrong side.
func (b *builder) doubtful(q *model.Requirement, m *syntax.Measure) {
	most, bounded := mostOf(q)
	switch {
	case q.AtLeast && q.Bound.P == 0 || !q.AtLeast && bounded && q.Bound.P >= most:
		b.report.report("W105", m.Span, "the requirement always holds").help("no value of %s can break it", q.Measure)
	case q.AtLeast != q.Measure.MoreIsBetter():
		b.report.report("W106", m.Span, "%s is bounded from its good side", q.Measure).help("did you mean `%s`?", map[bool]string{true: "<=", false: ">="}[q.AtLeast])
	}
}

// mostOf is the largest value of a measure, if it has one.
func mostOf(q *model.Requirement) (float64, bool) {
	switch {
	case q.Measure == model.Downtime:
		return q.Window, true
	case q.Measure == model.Nines:
		return 0, false
	}
	return 1, q.Measure.Unit() == "1"
}

// survives lists what must be survived.
func (b *builder) survives(s *syntax.Survives) (*model.Survival, bool) {
	parts, ok := b.struck(s)
	var good bool
	if s.Except != nil {
		parts, good = b.except(parts, s)
		ok = ok && good
	}
	count := 1
	if s.K != nil {
		count, good = b.whole(s.K, "any k of", bounds{1, maxParts})
		ok = ok && good
	} else if !s.Any {
		count = len(parts)
	}
	if ok && count > len(parts) || ok && len(parts) == 0 {
		b.report.report("E064", s.Span, "%d of %d parts can never be down", count, len(parts)).help("name more parts, or except fewer")
		return nil, false
	}
	return &model.Survival{Count: count, Parts: parts}, ok
}

// struck lists the parts that a survival is about.
func (b *builder) struck(s *syntax.Survives) ([]int, bool) {
	if s.Kind != "" {
		if !s.Any {
			b.report.report("E064", s.Span, "want `any %s`, got `%s`", s.Kind, s.Kind).help("`survives any %s` takes each one down in turn", s.Kind)
			return nil, false
		}
		kind := map[string]model.PartKind{"component": model.Component, "domain": model.Domain}[s.Kind]
		var parts []int
		for i := range b.sys.Parts {
			if b.sys.Parts[i].Kind == kind {
				parts = append(parts, i)
			}
		}
		return parts, b.spend(len(parts), s)
	}
	t, ok := b.resolve(s.What)
	name := refText(s.What)
	switch {
	case !ok:
		return nil, false
	case t.node != model.None:
		b.report.report("E022", s.What.Span, "want a component or a domain, got the %s `%s`", t.symbol.kind, name).
			second(b.declared(t.symbol)).help("name what fails, as in `survives any component`")
		return nil, false
	case t.many && !s.Any && !t.symbol.template():
		b.report.report("E023", s.What.Span, "want one thing, got `%s`, an array of %d", name, t.count()).
			second(b.declared(t.symbol)).help("write `survives any %s`, or `survives any %d of %s`", name, t.count(), name)
		return nil, false
	}
	return b.parts(t, s.What)
}

// except leaves out what is excepted, and warns if that changes nothing.
func (b *builder) except(parts []int, s *syntax.Survives) ([]int, bool) {
	among, spared, ok := map[int]bool{}, map[int]bool{}, true
	for _, part := range parts {
		among[part] = true
	}
	for _, ref := range s.Except {
		some, good := b.allOf(ref)
		ok = ok && good
		if ok && parts != nil && !slices.ContainsFunc(some, func(part int) bool { return among[part] }) {
			b.report.report("W118", ref.Span, "`%s` is not among what must be survived, so `except` changes nothing", refText(ref))
		}
		for _, part := range some {
			spared[part] = true
		}
	}
	return slices.DeleteFunc(parts, func(part int) bool { return spared[part] }), ok
}
