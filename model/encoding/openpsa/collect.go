package openpsa

import (
	"slices"

	"nines/model"
)

// A reader turns documents into a system, in passes: collect finds what is
// defined, resolve what refers to what, sort puts it in order, build makes
// parts and nodes.
type reader struct {
	problems
	root        *container
	public      map[key]*definition
	definitions []*definition            // in the order of the files
	refers      map[*element]*definition // what a reference means
	missing     map[key]bool             // names whose absence is reported

	system       model.System
	names        naming
	certain      int // node of the event that always happens, or None
	impossible   int // node of the event that never happens, or None
	combinations int // events that common cause groups may still make
	noted        map[string]bool
}

// left says of elements that are not read whether the result is the same
// without them; those that it does not know are not of the format.
var left = map[string]bool{
	"define-event-tree": true, "define-initiating-event": true, "define-initiating-event-group": true,
	"define-functional-event": true, "define-sequence": true, "define-branch": true, "define-rule": true,
	"define-consequence": true, "define-consequence-group": true,
	"define-extern-library": true, "define-extern-function": true,
	"define-substitution": false, "define-alignment": false, "define-mission": false, "include": false,
}

// document collects what a file defines.
func (r *reader) document(root *element) {
	if r.root.pos.Line == 0 {
		r.root.pos = root.pos
	}
	if r.system.Title == "" {
		r.system.Title = root.label()
	}
	if r.system.Title == "" {
		r.system.Title, _ = root.attr("name")
	}
	r.contents(root, r.root)
}

// contents collects what is defined in e, which stands for container c.
func (r *reader) contents(e *element, c *container) {
	for _, child := range e.body() {
		k, defines := kindOf(child.name)
		switch {
		case defines:
			r.define(child, k, c)
		case child.name == "model-data":
			r.contents(child, c)
		case child.name == "define-fault-tree", child.name == "define-component":
			r.container(child, c)
		default:
			r.leave(child)
		}
	}
}

func (r *reader) container(e *element, in *container) {
	name, ok := r.name(e)
	if !ok {
		return
	}
	c := newContainer(name, in)
	if c.depth > maxContainers {
		r.errorf("E101", e.pos, "containers are nested more than %d deep", maxContainers)
		return
	}
	c.pos, c.public = e.pos, r.role(e, in)
	if first := in.inner[name]; first != nil {
		d := r.errorf("E105", e.pos, "%s is already the name of a container", quoted(name))
		d.Second, d.Label = first.pos, "defined here"
		return
	}
	in.inner[name] = c
	r.contents(e, c)
}

func (r *reader) define(e *element, k kind, in *container) {
	name, ok := r.name(e)
	if !ok {
		return
	}
	d := &definition{kind: k, name: name, pos: e.pos, title: e.label(), in: in, public: r.role(e, in), body: e.body()}
	d.model, _ = e.attr("model")
	r.unit(e)
	r.enter(d)
}

// leave reports an element that is not read.
func (r *reader) leave(e *element) {
	harmless, known := left[e.name]
	switch {
	case !known:
		r.strange(e, containerElements)
	case harmless:
		r.warnf("W151", e.pos, "<%s> is left out", e.name).Help = "only fault trees are read; each gate that no other gate uses is a target"
	case e.name == "include":
		r.errorf("E111", e.pos, "<include> is not read, no other file is opened").Help = "give all files of the model together"
	default:
		r.errorf("E111", e.pos, "<%s> is not read, and the result would not be right without it", e.name)
	}
}

var containerElements = []string{
	"define-fault-tree", "define-component", "define-gate", "define-basic-event", "define-house-event",
	"define-parameter", "define-CCF-group", "model-data",
}

// strange reports an element that does not belong where it is.
func (r *reader) strange(e *element, want []string) {
	d := r.errorf("E102", e.pos, "<%s> is not understood here", e.name)
	if !r.full() && !slices.Contains(want, e.name) {
		d.Help = didYouMean(e.name, want)
	}
}

// name gives the attribute name of e.
func (r *reader) name(e *element) (string, bool) {
	name, ok := e.attr("name")
	if !ok || name == "" {
		r.errorf("E103", e.pos, "<%s> has no name", e.name)
		return "", false
	}
	if len(name) > maxName {
		r.errorf("E103", e.pos, "the name has %d characters, want at most %d", len(name), maxName)
		return "", false
	}
	return name, true
}

// role says whether e is public: by its role, else as the container it is in.
func (r *reader) role(e *element, in *container) bool {
	role, given := e.attr("role")
	switch {
	case !given:
		return in.public
	case role != "public" && role != "private":
		r.errorf("E103", e.pos, "role is %s, want public or private", quoted(role))
	}
	return role == "public"
}

// unit warns of units other than the hours that the format counts in.
func (r *reader) unit(e *element) {
	switch unit, _ := e.attr("unit"); unit {
	case "years", "years-1", "fit":
		r.warnf("W153", e.pos, "unit %s is not converted", unit).Help = "times are hours, rates are per hour"
	}
}
