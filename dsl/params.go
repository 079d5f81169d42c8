package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// param is a named value, evaluated when it is first wanted.
type param struct {
	symbol   *symbol
	own      syntax.Quantity // as declared
	override syntax.Quantity // by a scenario or --set; nil: none
	state    progress
	value    quantity
}

type progress uint8

const (
	untouched progress = iota
	running
	done
	failed
)

// maxChain bounds how many params can be stacked on each other.
const maxChain = 1000

// param gives the value of a param.
func (v *values) param(sym *symbol) (quantity, bool) {
	p := v.params[sym]
	if p.state == running {
		v.circle(p)
	}
	if p.state == untouched {
		v.settle(p)
	}
	return p.value, p.state == done
}

func (v *values) settle(p *param) {
	if len(v.pending) == maxChain {
		v.report.report("E037", p.symbol.name.Span, "more than %d params that need each other in a row", maxChain)
		p.state = failed
		return
	}
	v.pending = append(v.pending, p)
	p.state = running
	value, ok := v.settled(p)
	v.pending = v.pending[:len(v.pending)-1]
	if p.state == running {
		p.value, p.state = value, failed
		if ok {
			p.state = done
		}
	}
}

// settled evaluates the param as declared and, over it, its override, which
// must be of the same dimension.
func (v *values) settled(p *param) (quantity, bool) {
	own, ok := v.eval(p.own)
	if ok {
		ok = v.useful(own, p)
	}
	if p.override == nil || !ok {
		return own, ok
	}
	return v.setting(p, p.override, own.dim)
}

// setting evaluates a new value of a param of dimension dim.
func (v *values) setting(p *param, q syntax.Quantity, dim dimension) (quantity, bool) {
	value, ok := v.eval(q)
	if ok && value.dim != dim {
		v.report.report("E071", q.Extent(), "param `%s` is %s, got %s", p.symbol.name.Text, dim, value.kind()).
			second(v.declared(p.symbol)).help("%s", dim.hint())
		return value, false
	}
	return value, ok
}

// useful says whether a param has a dimension that something can want.
func (v *values) useful(q quantity, p *param) bool {
	switch q.dim {
	case number, duration, rate, requestRate:
		return true
	}
	v.report.report("E032", p.own.Extent(), "a param is a number, a duration, a rate or a probability, got %s", q.dim)
	return false
}

// circle reports the params that need each other, the last of which needs p.
func (v *values) circle(p *param) {
	start := len(v.pending) - 1
	for v.pending[start] != p {
		start--
	}
	var circle []*symbol
	at := p.symbol.name.Span
	for _, q := range v.pending[start:] {
		circle = append(circle, q.symbol)
		q.state = failed
		if q.override != nil && q.override.Extent().Pos.Filename == v.report.file {
			at = q.override.Extent() // in a scenario
		}
	}
	circle = append(circle, p.symbol)
	v.report.report("E037", at, "param `%s` needs itself: %s", p.symbol.name.Text, namesOf(circle, " -> ")).
		help("give one of them a value of its own")
}

// evalParams evaluates all params, in the order of the file.
func (v *values) evalParams() []model.Param {
	var list []model.Param
	for _, sym := range v.order {
		if sym.kind != paramKind {
			continue
		}
		p := v.params[sym]
		if q, ok := v.param(sym); ok {
			if f, ok := v.real(q, p.own); ok {
				list = append(list, model.Param{Name: sym.name.Text, Value: f})
			}
		}
	}
	return list
}
