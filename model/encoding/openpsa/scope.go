package openpsa

import (
	"strings"

	"nines/model"
)

// A space is a set of names that must differ from each other.
type space uint8

const (
	events     space = iota // gates, basic events, house events
	parameters              //
	groups                  // of common causes
)

// A kind is what a definition defines.
type kind uint8

const (
	gate kind = iota
	basicEvent
	houseEvent
	parameter
	group
)

var kindNames = [...]string{"gate", "basic event", "house event", "parameter", "common cause group"}

func (k kind) String() string { return kindNames[k] }

func (k kind) space() space {
	switch k {
	case parameter:
		return parameters
	case group:
		return groups
	}
	return events
}

// kindOf is what an element of that name defines.
func kindOf(element string) (kind, bool) {
	switch element {
	case "define-gate":
		return gate, true
	case "define-basic-event":
		return basicEvent, true
	case "define-house-event":
		return houseEvent, true
	case "define-parameter":
		return parameter, true
	case "define-CCF-group":
		return group, true
	}
	return 0, false
}

// A key is a name in its space.
type key struct {
	space space
	name  string
}

// maxContainers bounds how deep containers are nested.
const maxContainers = 100

// A container is a fault tree, a component, or the model around them.
type container struct {
	name    string
	pos     model.Pos
	parent  *container // nil of the model
	depth   int        // containers around it
	public  bool       // what is in it is public unless it says otherwise
	members map[key]*definition
	inner   map[string]*container
}

func newContainer(name string, parent *container) *container {
	c := &container{name: name, parent: parent, public: true, members: map[key]*definition{}, inner: map[string]*container{}}
	if parent != nil {
		c.depth = parent.depth + 1
	}
	return c
}

// at finds what a path that starts in c leads to.
func (c *container) at(k key) *definition {
	for {
		if d := c.members[k]; d != nil {
			return d
		}
		first, rest, dotted := strings.Cut(k.name, ".")
		if !dotted || c.inner[first] == nil {
			return nil
		}
		c, k.name = c.inner[first], rest
	}
}

// A definition gives a name a meaning.
type definition struct {
	kind   kind
	name   string
	pos    model.Pos
	title  string
	in     *container
	public bool
	body   []*element
	uses   []use
	used   bool        // a gate depends on it
	group  *definition // that makes a basic event part of a common cause

	model   string        // of a group: how common causes are counted
	members []*definition // of a group
	causes  []int         // of a member: the leaves of what makes it fail

	unique string // name in the system
	value  number // of a parameter
	valued bool   // value holds
	node   int    // in the system, of an event that is used
}

// path is the name of d with the containers around it, unless that is too
// long.
func (d *definition) path() string {
	name := d.name
	for c := d.in; c.parent != nil; c = c.parent {
		if name = c.name + "." + name; len(name) > maxName {
			return d.name
		}
	}
	return name
}

// A use is a reference of one definition to another.
type use struct {
	by *element
	of *definition
}

// find looks a name up from inside c: as a path from c and from each container
// around it, then among what is public.
func (r *reader) find(c *container, k key) *definition {
	for ; c != nil; c = c.parent {
		if d := c.at(k); d != nil {
			return d
		}
	}
	return r.public[k]
}

// enter makes d known by its name.
func (r *reader) enter(d *definition) bool {
	k := key{d.kind.space(), d.name}
	first := d.in.members[k]
	if first == nil && d.public {
		first = r.public[k]
	}
	if first != nil {
		e := r.errorf("E105", d.pos, "%s %s is already the name of a %s", d.kind, quoted(d.name), first.kind)
		e.Second, e.Label = first.pos, "defined here"
		return false
	}
	d.in.members[k] = d
	if d.public {
		r.public[k] = d
	}
	r.definitions = append(r.definitions, d)
	return true
}
