package openpsa

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// write puts the gates of the targets first, then each before what it needs.
func (e *encoder) write(w io.Writer) error {
	p := printer{}
	p.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	p.open("opsa-mef")
	p.label(e.system.Title)
	p.open("define-fault-tree", "name", identifier(e.system.Title))
	gates, needed := e.needed()
	for _, g := range gates {
		p.open("define-gate", "name", g.name)
		p.label(g.label)
		p.formula(g.formula)
		p.close("define-gate")
	}
	p.close("define-fault-tree")
	p.open("model-data")
	for _, b := range e.events {
		if needed[b.name] {
			p.open("define-basic-event", "name", b.name)
			p.label(b.label)
			p.empty("float", "value", strconv.FormatFloat(b.q, 'g', -1, 64))
			p.close("define-basic-event")
		}
	}
	p.close("model-data")
	p.close("opsa-mef")
	_, err := w.Write(p.out.Bytes())
	return err
}

// needed lists the gates in the order in which they are written, without those
// that no target needs, such as a fallback that covers nothing, and the names
// of all gates and events in them.
func (e *encoder) needed() ([]gateText, map[string]bool) {
	position, names := map[string]int{}, map[string]bool{}
	for i, name := range e.targets {
		position[name], names[name] = i, true
	}
	gates, rest := make([]gateText, len(e.targets)), []gateText(nil)
	for _, g := range slices.Backward(e.gates) {
		if !names[g.name] {
			continue
		}
		g.formula.mark(names)
		if i, target := position[g.name]; target {
			gates[i] = g
		} else {
			rest = append(rest, g)
		}
	}
	return append(gates, rest...), names
}

// A printer writes elements, one a line. Attributes are pairs of name and
// value that need no escapes.
type printer struct {
	out   bytes.Buffer
	depth int
}

func (p *printer) line(text ...string) {
	for range p.depth {
		p.out.WriteString("  ")
	}
	for _, t := range text {
		p.out.WriteString(t)
	}
	p.out.WriteByte('\n')
}

func tag(element string, attrs []string) string {
	for i := 0; i < len(attrs); i += 2 {
		element += " " + attrs[i] + `="` + attrs[i+1] + `"`
	}
	return element
}

func (p *printer) open(element string, attrs ...string) {
	p.line("<", tag(element, attrs), ">")
	p.depth++
}

func (p *printer) close(element string) {
	p.depth--
	p.line("</", element, ">")
}

func (p *printer) empty(element string, attrs ...string) {
	p.line("<", tag(element, attrs), "/>")
}

func (p *printer) label(text string) {
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return
	}
	var escaped bytes.Buffer
	xml.EscapeText(&escaped, []byte(text))
	p.line("<label>", escaped.String(), "</label>")
}

func (p *printer) formula(f formula) {
	switch f.op {
	case "gate", "basic-event":
		p.empty(f.op, "name", f.name)
		return
	case "constant":
		p.empty(f.op, "value", f.name)
		return
	case "atleast":
		p.open(f.op, "min", strconv.Itoa(f.min))
	default:
		p.open(f.op)
	}
	for _, arg := range f.args {
		p.formula(arg)
	}
	p.close(f.op)
}

// identifier turns a name into one that the format recommends: letters of
// ASCII, digits, _ and inner single -, not a digit first.
func identifier(name string) string {
	var id strings.Builder
	pending := byte(0) // separator that waits for what it separates
	for _, r := range name {
		switch {
		case r == '-' && pending == 0:
			pending = '-'
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-':
			pending = '_'
		case r != '-':
			if pending != 0 && id.Len() > 0 {
				id.WriteByte(pending)
			}
			if unicode.IsDigit(r) && id.Len() == 0 {
				id.WriteByte('_')
			}
			pending = 0
			id.WriteRune(r)
		}
	}
	if id.Len() == 0 {
		return "g"
	}
	return id.String()
}

// label is what is shown beside the name id: a title, or the name that id was
// made of.
func label(title, name, id string) string {
	if title == "" && name != id {
		return name
	}
	return title
}
