package openpsa

import (
	"strings"

	"nines/model"
)

// resolve finds what each reference in the definitions means.
func (r *reader) resolve() {
	for _, d := range r.definitions {
		if d.kind == group {
			r.members(d)
		}
	}
	for _, d := range r.definitions {
		if d.group != nil {
			d.uses = append(d.uses, use{d.group.body[0], d.group})
			continue
		}
		for _, e := range d.body {
			if e.name != "members" {
				r.references(d, e)
			}
		}
	}
}

// references resolves those in e, which belongs to d. Its depth is bounded by
// that of elements.
func (r *reader) references(d *definition, e *element) {
	if s, ok := referenceSpace(e.name); ok {
		if target := r.reference(d.in, e, s); target != nil {
			r.refers[e] = target
			d.uses = append(d.uses, use{e, target})
		}
		return
	}
	for _, child := range e.children {
		r.references(d, child)
	}
}

func referenceSpace(element string) (space, bool) {
	switch element {
	case "gate", "basic-event", "house-event", "event":
		return events, true
	case "parameter":
		return parameters, true
	}
	return 0, false
}

// reference looks up what e, in container c, refers to, and reports if there
// is nothing.
func (r *reader) reference(c *container, e *element, s space) *definition {
	name, ok := r.name(e)
	if !ok {
		return nil
	}
	r.unit(e)
	k := key{s, name}
	d := r.find(c, k)
	if d == nil {
		r.undefined(e, k)
		return nil
	}
	want := e.name
	if typed, ok := e.attr("type"); ok && want == "event" {
		want = typed
	}
	if want = strings.ReplaceAll(want, "-", " "); want != "event" && want != d.kind.String() {
		p := r.errorf("E104", e.pos, "%s is a %s, not a %s", quoted(name), d.kind, want)
		p.Second, p.Label = d.pos, "defined here"
		return nil
	}
	return d
}

// undefined reports a name without a definition, once.
func (r *reader) undefined(e *element, k key) {
	if r.missing[k] {
		return
	}
	r.missing[k] = true
	r.errorf("E104", e.pos, "%s %s is not defined", strings.ReplaceAll(e.name, "-", " "), quoted(k.name)).Help = r.instead(k)
}

// instead offers what may have been meant by a name that is not defined.
func (r *reader) instead(k key) string {
	const most = 20 // errors to search all names for
	if r.shown[model.Error] <= most {
		var names []string
		for _, d := range r.definitions {
			if d.kind.space() == k.space {
				names = append(names, d.name)
			}
		}
		if help := didYouMean(k.name, names); help != "" {
			return help
		}
	}
	return "if it is in another file of the model, give that file too"
}

// sort puts the definitions in an order in which each comes after what it
// uses, depth first without recursion, and marks what gates use.
func (r *reader) sort() []*definition {
	s := sorter{reader: r, seen: map[*definition]state{}}
	for _, d := range r.definitions {
		if s.seen[d] == fresh {
			s.visit(d)
		}
	}
	for i := len(s.done) - 1; i >= 0; i-- {
		if d := s.done[i]; d.used || d.kind == gate {
			d.used = true
			for _, u := range d.uses {
				u.of.used = true
			}
		}
	}
	return s.done
}

// state of a definition while it is sorted.
type state uint8

const (
	fresh state = iota
	open        // something that it uses is being sorted
	closed
)

type sorter struct {
	*reader
	seen map[*definition]state
	path []step // from the first definition to the one at hand
	done []*definition
}

// A step is a definition and how many of its uses have been followed.
type step struct {
	at   *definition
	next int
}

func (s *sorter) visit(root *definition) {
	s.enter(root)
	for len(s.path) > 0 {
		top := &s.path[len(s.path)-1]
		if top.next == len(top.at.uses) {
			s.seen[top.at] = closed
			s.done = append(s.done, top.at)
			s.path = s.path[:len(s.path)-1]
			continue
		}
		u := top.at.uses[top.next]
		top.next++
		switch s.seen[u.of] {
		case fresh:
			s.enter(u.of)
		case open:
			s.cycle(u)
		}
	}
}

func (s *sorter) enter(d *definition) {
	s.seen[d] = open
	s.path = append(s.path, step{at: d})
}

// cycle reports that u leads back into the path.
func (s *sorter) cycle(u use) {
	const most = 8
	if s.failed = true; s.full() {
		return
	}
	first := len(s.path) - 1
	for s.path[first].at != u.of {
		first--
	}
	var names []string
	for _, st := range s.path[first:] {
		if len(names) == most {
			names = append(names, "...")
			break
		}
		names = append(names, quoted(st.at.name))
	}
	d := s.errorf("E106", u.by.pos, "%s %s needs itself: %s, %s", u.of.kind, quoted(u.of.name), strings.Join(names, ", "), quoted(u.of.name))
	d.Second, d.Label = u.of.pos, "defined here"
}
