package dsl

import (
	"fmt"
	"reflect"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// A run is what is written as one component or domain: a part, or parts that
// are alike and make an array.
type run struct {
	span
	array bool
	name  string
	title string
}

// runsOf splits the parts into runs, and gives the run of each part.
func runsOf(s *model.System) (runs []run, of []int) {
	of = make([]int, len(s.Parts))
	for first := 0; first < len(s.Parts); {
		r := run{span: span{first, 1}}
		if base, ok := strings.CutSuffix(s.Parts[first].Name, "[1]"); ok && !unnamed(s.Parts[first].Kind) {
			for next := first + 1; next < len(s.Parts) && s.Parts[next].Name == memberName(base, next-first) && sameBehaviour(&s.Parts[first], &s.Parts[next]); next++ {
				r.count++
			}
			r.array, r.name = true, base
		}
		first += r.count
		runs = append(runs, r)
	}
	for whole := 0; whole != len(runs); {
		whole = len(runs)
		runs = split(s, runs)
	}
	for i, r := range runs {
		for k := range r.count {
			of[r.first+k] = i
		}
	}
	return runs, of
}

func sameBehaviour(p, q *model.Part) bool {
	return p.Kind == q.Kind && p.Title == q.Title && reflect.DeepEqual(p.Static, q.Static) && sameModes(p.Modes, q.Modes)
}

// sameModes compares failure modes apart from their places in a file.
func sameModes(p, q []model.Mode) bool {
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		m, n := p[i], q[i]
		m.Pos, n.Pos = model.Pos{}, model.Pos{}
		if !reflect.DeepEqual(m, n) {
			return false
		}
	}
	return true
}

// split takes apart the arrays whose members are neither all in one place nor
// dealt out to the members of an array of domains.
func split(s *model.System, runs []run) []run {
	starts := map[int]int{} // first part of an array to its size
	for _, r := range runs {
		if r.array {
			starts[r.first] = r.count
		}
	}
	var kept []run
	for _, r := range runs {
		if !r.array || together(s, r.span) || dealt(s, r.span, starts[s.Parts[r.first].Place]) {
			kept = append(kept, r)
			continue
		}
		for i := range r.count {
			kept = append(kept, run{span: span{r.first + i, 1}})
		}
	}
	return kept
}

// together says whether all parts are in one place.
func together(s *model.System, parts span) bool {
	for i := range parts.count {
		if s.Parts[parts.first+i].Place != s.Parts[parts.first].Place {
			return false
		}
	}
	return true
}

// dealt says whether the parts are in the first, second, ... of n places.
func dealt(s *model.System, parts span, n int) bool {
	for i := range parts.count {
		if n == 0 || s.Parts[parts.first+i].Place != s.Parts[parts.first].Place+i%n {
			return false
		}
	}
	return true
}

// unnamed says whether parts of a kind are written in the statement that they
// come from: a service, a common cause, a network.
func unnamed(k model.PartKind) bool {
	return k == model.Itself || k == model.CommonCause || k == model.Wire || k == model.Partition
}

// component writes a run.
func (w *writer) component(r *run) syntax.Statement {
	p := &w.system.Parts[r.first]
	if unnamed(p.Kind) {
		return nil
	}
	c := &syntax.Component{Kind: "component", Name: name(r.name), Title: quoted(r.title), Place: w.place(r), Clauses: w.behaviours(p)}
	if p.Kind == model.Domain {
		c.Kind = "domain"
	}
	if r.array {
		c.Size = count(r.count)
	}
	return c
}

// place is where the parts of a run are.
func (w *writer) place(r *run) *syntax.Ref {
	at := w.system.Parts[r.first].Place
	switch {
	case at == model.None:
		return nil
	case r.count > 1 && w.system.Parts[r.first+1].Place != at:
		return reference(w.runs[w.runOf[at]].name)
	}
	return w.part(at)
}

// part refers to a part.
func (w *writer) part(part int) *syntax.Ref {
	r := &w.runs[w.runOf[part]]
	ref := reference(r.name)
	if r.array {
		ref.Path[0].Index = count(part - r.first + 1)
	}
	return ref
}

func reference(name string) *syntax.Ref { return &syntax.Ref{Path: []syntax.Segment{{Text: name}}} }

func count(n int) *syntax.Number { return &syntax.Number{Text: fmt.Sprint(n)} }

// refs refers to parts, to the whole of an array where all of it follows each
// other; whole says that nothing but one array is left.
func (w *writer) refs(parts []int) (refs []*syntax.Ref, whole bool) {
	for i := 0; i < len(parts); {
		r := &w.runs[w.runOf[parts[i]]]
		if r.array && follows(parts[i:], r.span) {
			refs = append(refs, reference(r.name))
			i += r.count
			whole = r.count == len(parts)
			continue
		}
		refs = append(refs, w.part(parts[i]))
		i++
	}
	return refs, whole
}

// follows says whether list starts with all parts of a span.
func follows(list []int, parts span) bool {
	if len(list) < parts.count {
		return false
	}
	for i := range parts.count {
		if list[i] != parts.first+i {
			return false
		}
	}
	return true
}

// behaviours says how a part fails.
func (w *writer) behaviours(p *model.Part) []syntax.Clause {
	switch {
	case p.Static != nil && (p.Static.Q <= p.Static.P || p.Static.P == 0):
		return []syntax.Clause{&syntax.Availability{Kind: "unavailability", Value: plain(p.Static.Q)}}
	case p.Static != nil:
		return []syntax.Clause{&syntax.Availability{Kind: "availability", Value: plain(p.Static.P)}}
	case len(p.Modes) == 0:
		return []syntax.Clause{&syntax.NeverFails{Never: true}}
	}
	var clauses []syntax.Clause
	for i := range p.Modes {
		clauses = append(clauses, w.mode(&p.Modes[i], p.Name))
	}
	return clauses
}

func (w *writer) mode(m *model.Mode, part string) *syntax.Fails {
	f := &syntax.Fails{Mode: m.Kind.String()}
	if m.Kind == model.FailStop {
		f.Mode = ""
	}
	time := func(law dist.Law) syntax.Time { return w.time(law, m.Pos, part) }
	f.Every = time(m.Every)
	switch {
	case m.By != "":
		f.Detect = w.detector(m.By)
	case m.Detect != nil:
		f.Detect = time(m.Detect)
	}
	if m.Repair != nil {
		f.Repair = time(m.Repair)
	}
	if m.Resync != nil {
		f.Resync = time(m.Resync)
	}
	switch {
	case m.Loses.P == 0:
	case m.Loses.Q == 0:
		f.Loses = &syntax.Loses{}
	default:
		f.Loses = &syntax.Loses{Share: fraction(m.Loses)}
	}
	return f
}
