package dsl

import (
	"errors"
	"math/big"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// values evaluates quantities. A method that returns false has reported why, or
// met a name whose own declaration was at fault.
type values struct {
	*scope
	units   map[string]unit
	forms   []lawForm
	params  map[*symbol]*param
	pending []*param // being evaluated, each needed by the one before
	open    opener
	files   map[string]dist.Law // of durations, as they were read
}

func newValues(s *scope, open opener) *values {
	v := &values{
		scope: s, units: map[string]unit{}, forms: lawForms(), open: open,
		params: map[*symbol]*param{}, files: map[string]dist.Law{},
	}
	for _, u := range units() {
		v.units[u.name] = u
	}
	return v
}

// eval works out a quantity of any dimension.
func (v *values) eval(q syntax.Quantity) (quantity, bool) {
	switch q := q.(type) {
	case *syntax.Number:
		return v.number(q)
	case *syntax.Name:
		return v.named(q)
	case *syntax.Per:
		return v.per(q)
	case *syntax.Binary:
		return v.binary(q)
	case *syntax.Negative:
		x, ok := v.eval(q.X)
		if !ok {
			return quantity{}, false
		}
		return x.negative(), true
	case *syntax.Call:
		return v.call(q)
	case *syntax.ParenQuantity:
		return v.eval(q.X)
	case *syntax.Law:
		v.report.report("E031", q.Span, "want a value, got the law `%s`", q.Name.Text).
			help("a law stands where a time is wanted, as in `repair %s(...)`", q.Name.Text)
	}
	return quantity{}, false
}

func (v *values) number(n *syntax.Number) (quantity, bool) {
	q, err := v.literal(n.Terms())
	if err == nil {
		return q, true
	}
	e := v.report.report("E030", n.Span, "%s", err)
	var mistake *literalError
	if errors.As(err, &mistake) {
		e.Help = mistake.help
	}
	return quantity{}, false
}

func (v *values) named(n *syntax.Name) (quantity, bool) {
	sym := v.find(n.Text, n.Span, paramKind)
	if sym == nil {
		return quantity{}, false
	}
	if sym.kind != paramKind {
		v.report.report("E022", n.Span, "want a value, got the %s `%s`", sym.kind, n.Text).
			second(v.declared(sym)).help("write a quantity or the name of a param")
		return quantity{}, false
	}
	return v.param(sym)
}

func (v *values) per(p *syntax.Per) (quantity, bool) {
	x, ok := v.eval(p.X)
	if !ok {
		return quantity{}, false
	}
	u, known := v.units[p.Unit.Text]
	if !known {
		e := v.report.report("E030", p.Unit.Span, "unknown unit `%s`", p.Unit.Text)
		e.Help = v.unknownUnit(p.Unit.Text).help
		return quantity{}, false
	}
	return v.checked(x.over(quantity{value: u.value, dim: u.dim}), p)
}

// checked refuses a value that has become too long to go on with.
func (v *values) checked(q quantity, at syntax.Quantity) (quantity, bool) {
	if !q.bounded() {
		v.report.report("E036", at.Extent(), "the exact value has more than %d digits", maxBits*3/10)
		return quantity{}, false
	}
	return q, true
}

func (v *values) binary(b *syntax.Binary) (quantity, bool) {
	x, okX := v.eval(b.X)
	y, okY := v.eval(b.Y)
	if !okX || !okY {
		return quantity{}, false
	}
	switch {
	case b.Op == "*":
		return v.checked(x.times(y), b)
	case b.Op == "/" && y.value.Sign() == 0:
		v.report.report("E036", b.Y.Extent(), "division by zero")
		return quantity{}, false
	case b.Op == "/":
		return v.checked(x.over(y), b)
	case x.dim != y.dim:
		word := map[string]string{"+": "add %s to %s", "-": "subtract %s from %s"}[b.Op]
		v.report.report("E032", b.Span, "cannot "+word, y.kind(), x.kind()).help("both sides of `%s` must be of one kind", b.Op)
		return quantity{}, false
	case b.Op == "+":
		return v.checked(x.plus(y), b)
	}
	return v.checked(x.minus(y), b)
}

func (v *values) call(c *syntax.Call) (quantity, bool) {
	args := make([]quantity, len(c.Args))
	for i, arg := range c.Args {
		q, ok := v.eval(arg)
		if !ok {
			return quantity{}, false
		}
		args[i] = q
	}
	switch name := c.Func.Text; name {
	case "ceil", "floor":
		return v.round(c, args)
	default:
		return v.extreme(c, args)
	}
}

// round is ceil or floor, which want one plain number.
func (v *values) round(c *syntax.Call, args []quantity) (quantity, bool) {
	if len(args) != 1 || args[0].dim != number {
		got := "several values"
		if len(args) == 1 {
			got = args[0].kind()
		}
		v.report.report("E032", c.Span, "`%s` wants one number, got %s", c.Func.Text, got).
			help("divide by a unit first, as in `%s(90m / 1h)`", c.Func.Text)
		return quantity{}, false
	}
	if c.Func.Text == "ceil" {
		return args[0].ceil(), true
	}
	return args[0].floor(), true
}

// extreme is min or max.
func (v *values) extreme(c *syntax.Call, args []quantity) (quantity, bool) {
	best := args[0]
	for _, q := range args[1:] {
		if q.dim != best.dim {
			v.report.report("E032", c.Span, "`%s` cannot compare %s with %s", c.Func.Text, best.kind(), q.kind())
			return quantity{}, false
		}
		if q.less(best) == (c.Func.Text == "min") {
			best = q
		}
	}
	return best, true
}

// want evaluates q and checks its dimension; what names the place it stands in.
func (v *values) want(q syntax.Quantity, what string, dim dimension) (quantity, bool) {
	got, ok := v.eval(q)
	if ok && got.dim != dim {
		v.report.report("E031", q.Extent(), "%s wants %s, got %s", what, dim, got.kind()).help("%s", dim.hint())
		ok = false
	}
	return got, ok
}

// real is the float64 of q.
func (v *values) real(q quantity, at syntax.Quantity) (float64, bool) {
	f, ok := q.float()
	if !ok {
		v.report.report("E036", at.Extent(), "a value out of range, want one from 1e-300 to 1e300")
	}
	return f, ok
}

// positive evaluates a quantity of a dimension that must be above 0.
func (v *values) positive(q syntax.Quantity, what string, dim dimension) (float64, bool) {
	got, ok := v.want(q, what, dim)
	if !ok {
		return 0, false
	}
	if got.value.Sign() <= 0 {
		v.report.report("E034", q.Extent(), "%s must be above 0, got %s", what, got)
		return 0, false
	}
	return v.real(got, q)
}

// probability evaluates a share and its complement, each rounded once.
func (v *values) probability(q syntax.Quantity, what string) (model.Prob, bool) {
	got, ok := v.want(q, what, number)
	if !ok {
		return model.Prob{}, false
	}
	p, err := probability(got)
	if err != nil {
		e := v.report.report("E033", q.Extent(), "%s %s", what, err)
		if hundred := big.NewRat(100, 1); got.value.Sign() > 0 && got.value.Cmp(hundred) <= 0 && !got.share {
			e.help("did you mean `%s%%`?", got)
		}
	}
	return p, err == nil
}

// probability pairs q with its complement, each rounded once.
func probability(q quantity) (model.Prob, error) {
	one := big.NewRat(1, 1)
	if q.value.Sign() < 0 || q.value.Cmp(one) > 0 {
		return model.Prob{}, errors.New("wants a probability from 0 to 100%, got " + q.String())
	}
	p, _ := q.value.Float64()
	complement, _ := one.Sub(one, q.value).Float64()
	return model.Prob{P: p, Q: complement}, nil
}

// whole evaluates a number of things, from least to most.
func (v *values) whole(q syntax.Count, what string, r bounds) (int, bool) {
	got, ok := v.want(q, what, number)
	switch {
	case !ok:
		return 0, false
	case !got.value.IsInt() || got.share:
		v.report.report("E035", q.Extent(), "%s wants a whole number, got %s", what, got).
			help("round it: `ceil(...)` or `floor(...)`")
		return 0, false
	case got.value.Cmp(big.NewRat(int64(r.least), 1)) < 0:
		v.report.report("E035", q.Extent(), "%s must be at least %d, got %s", what, r.least, got)
		return 0, false
	case got.value.Cmp(big.NewRat(int64(r.most), 1)) > 0:
		v.report.report("E048", q.Extent(), "%s can be at most %d, got %s", what, r.most, got)
		return 0, false
	}
	return int(got.value.Num().Int64()), true
}

// bounds of a whole number.
type bounds struct{ least, most int }

// String writes the quantity in the unit that suits its size.
func (q quantity) String() string {
	if q.dim == number && q.share {
		return decimalText(new(big.Rat).Mul(q.value, big.NewRat(100, 1))) + "%"
	}
	switch q.dim {
	case duration:
		return inUnit(q.value)
	case rate:
		year := new(big.Rat).Mul(q.value, big.NewRat(int64(model.Year), 1))
		return decimalText(year) + "/y"
	case requestRate:
		return decimalText(q.value) + " rps"
	}
	return decimalText(q.value)
}

// inUnit writes seconds in the longest unit that is not longer than they are.
func inUnit(seconds *big.Rat) string {
	size := new(big.Rat).Abs(seconds)
	best := unit{"s", big.NewRat(1, 1), duration}
	for _, u := range units() {
		if u.dim == duration && u.name != "mo" && u.name != "w" && u.value.Cmp(size) <= 0 {
			best = u
		}
	}
	return decimalText(new(big.Rat).Quo(seconds, best.value)) + best.name
}

// decimalText has six digits at most.
func decimalText(r *big.Rat) string {
	if r.IsInt() && r.Num().BitLen() < 64 {
		return r.Num().String()
	}
	return strings.Replace(new(big.Float).SetPrec(64).SetRat(r).Text('g', 6), "e+", "e", 1)
}
