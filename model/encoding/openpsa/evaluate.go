package openpsa

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nines/model"
)

// evaluate gives the value of an expression. It is false where there is none,
// which has been reported.
func (r *reader) evaluate(e *element) (number, bool) {
	switch e.name {
	case "float", "int":
		return r.literal(e)
	case "bool":
		value, ok := r.boolean(e)
		return truth(value), ok
	case "parameter":
		d := r.refers[e]
		if d == nil || !d.valued {
			return number{}, false
		}
		return d.value, true
	case "system-mission-time":
		hours := r.system.Mission / 3600
		r.note(e, "N251", fmt.Sprintf("the system mission time is taken to be %v h", hours))
		r.unit(e)
		return plain(hours), true
	case "ite":
		return r.choose(e)
	case "switch":
		return r.pick(e)
	case "histogram":
		return r.histogram(e)
	}
	return r.operation(e)
}

// note says something once a model.
func (r *reader) note(e *element, code, summary string) {
	if !r.noted[code] {
		r.noted[code] = true
		r.report(model.Diagnostic{Severity: model.Note, Code: code, Pos: e.pos, Summary: summary})
	}
}

// literal reads an xsd:double or xsd:integer.
func (r *reader) literal(e *element) (number, bool) {
	text, _ := e.attr("value")
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && v == 0 || strings.Trim(text, "+-.0123456789eE") != "" {
		r.errorf("E103", e.pos, "value is %s, want a number", quoted(text))
		return number{}, false
	}
	return r.checked(e, plain(v))
}

func (r *reader) boolean(e *element) (value, ok bool) {
	text, _ := e.attr("value")
	switch text {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	r.errorf("E103", e.pos, "value is %s, want true or false", quoted(text))
	return false, false
}

// checked reports a value that is no finite number.
func (r *reader) checked(e *element, x number, args ...number) (number, bool) {
	if x.finite() {
		return x, true
	}
	var of []string
	for _, a := range args {
		of = append(of, strconv.FormatFloat(a.v, 'g', -1, 64))
	}
	text := ""
	if len(of) > 0 {
		text = " of " + strings.Join(of, ", ")
	}
	r.errorf("E108", e.pos, "<%s>%s has no finite value", e.name, text)
	return number{}, false
}

// arguments checks their number and evaluates them.
func (r *reader) arguments(e *element, least, most int) ([]number, bool) {
	if !r.arity(e, len(e.children), least, most) {
		return nil, false
	}
	x, all := make([]number, len(e.children)), true
	for i, child := range e.children {
		v, ok := r.evaluate(child)
		x[i], all = v, all && ok
	}
	return x, all
}

// arity checks that e has from least to most arguments, most -1 for any
// number.
func (r *reader) arity(e *element, n, least, most int) bool {
	var want string
	switch {
	case n >= least && (n <= most || most < 0):
		return true
	case most < 0:
		want = fmt.Sprintf("at least %d", least)
	case least == most:
		want = strconv.Itoa(least)
	default:
		want = fmt.Sprintf("%d to %d", least, most)
	}
	r.errorf("E107", e.pos, "<%s> has %d arguments, want %s", e.name, n, want)
	return false
}

func (r *reader) operation(e *element) (number, bool) {
	op, ok := operations[e.name]
	switch {
	case e.name == "periodic-test" && len(e.children) == 11:
		r.errorf("E111", e.pos, "<periodic-test> with eleven arguments is not read, its definition is tentative").Help = "the forms with four and five arguments are"
		return number{}, false
	case e.name == "extern-function" || strings.HasPrefix(e.name, "test-"):
		r.errorf("E111", e.pos, "<%s> is not read, its value is outside of the fault trees", e.name)
		return number{}, false
	case !ok:
		r.strange(e, expressionElements)
		return number{}, false
	}
	x, ok := r.arguments(e, op.least, op.most)
	if !ok {
		return number{}, false
	}
	if strings.HasSuffix(e.name, "-deviate") {
		r.deviate(e)
	}
	return r.checked(e, op.apply(x), x...)
}

func (r *reader) deviate(e *element) {
	r.note(e, "N252", fmt.Sprintf("<%s> and other random deviates stand for their means", e.name))
}

var expressionElements = listExpressions()

func listExpressions() []string {
	names := []string{"float", "int", "bool", "parameter", "system-mission-time", "ite", "switch", "histogram"}
	for name := range operations {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// choose is the second argument if the first is true, else the third.
func (r *reader) choose(e *element) (number, bool) {
	if !r.arity(e, len(e.children), 3, 3) {
		return number{}, false
	}
	condition, ok := r.evaluate(e.children[0])
	switch {
	case !ok:
		return number{}, false
	case isTrue(condition):
		return r.evaluate(e.children[1])
	}
	return r.evaluate(e.children[2])
}

// pick is the value of the first case whose condition is true, else of the
// expression after all cases.
func (r *reader) pick(e *element) (number, bool) {
	if !r.arity(e, len(e.children), 1, -1) {
		return number{}, false
	}
	last := len(e.children) - 1
	for _, c := range e.children[:last] {
		if c.name != "case" {
			r.strange(c, []string{"case"})
			return number{}, false
		}
		if !r.arity(c, len(c.children), 2, 2) {
			return number{}, false
		}
		condition, ok := r.evaluate(c.children[0])
		if !ok {
			return number{}, false
		}
		if isTrue(condition) {
			return r.evaluate(c.children[1])
		}
	}
	return r.evaluate(e.children[last])
}

// histogram is the mean over bins, each an upper bound and a value, of values
// weighted by the widths.
func (r *reader) histogram(e *element) (number, bool) {
	if !r.arity(e, len(e.children), 2, -1) {
		return number{}, false
	}
	r.deviate(e)
	lowest, ok := r.evaluate(e.children[0])
	from, area := lowest.v, 0.0
	for _, bin := range e.children[1:] {
		if bin.name != "bin" {
			r.strange(bin, []string{"bin"})
			return number{}, false
		}
		x, given := r.arguments(bin, 2, 2)
		if !ok || !given {
			return number{}, false
		}
		if x[0].v <= from {
			r.errorf("E108", bin.pos, "the upper bound of the bin is %v, want more than %v", x[0].v, from)
			return number{}, false
		}
		area += (x[0].v - from) * x[1].v
		from = x[0].v
	}
	return r.checked(e, plain(area/(from-lowest.v)))
}
