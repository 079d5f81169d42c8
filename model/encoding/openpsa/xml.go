package openpsa

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"nines/model"
)

// Bounds on what is read at once, far above published models (the largest
// Aralia tree has 10,000 elements).
const (
	maxBytes      = 64 << 20
	maxElements   = 1_000_000
	maxDepth      = 1000 // of elements in elements, so of formulas too
	maxAttributes = 16
	maxLabel      = 1000 // characters, roughly
)

// An element of a document, with the elements inside it.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     string // in it, with single spaces
	pos      model.Pos
}

// attr gives an attribute without the space around it.
func (e *element) attr(name string) (string, bool) {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value), true
		}
	}
	return "", false
}

// child is the first element of that name in e, nil if there is none.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// label is the text of the label of e, "" if it has none.
func (e *element) label() string {
	if l := e.child("label"); l != nil {
		return l.text
	}
	return ""
}

// body lists the elements in e but its label and its attributes.
func (e *element) body() []*element {
	var body []*element
	for _, c := range e.children {
		if c.name != "label" && c.name != "attributes" {
			body = append(body, c)
		}
	}
	return body
}

// A cursor turns offsets that grow into lines and columns.
type cursor struct {
	file                 string
	text                 []byte
	offset, line, column int
}

func (c *cursor) advance(to int) {
	for c.offset < to {
		r, size := utf8.DecodeRune(c.text[c.offset:])
		c.offset += size
		c.column++
		if r == '\n' {
			c.line, c.column = c.line+1, 1
		}
	}
}

// upTo gives the stretch from where c is, without leading space, to an offset
// and goes there.
func (c *cursor) upTo(offset int) model.Pos {
	for c.offset < offset && strings.IndexByte(" \t\r\n", c.text[c.offset]) >= 0 {
		c.advance(c.offset + 1)
	}
	p := model.Pos{File: c.file, Line: c.line, Column: c.column}
	c.advance(offset)
	p.EndLine, p.EndColumn = c.line, c.column
	return p
}

// A parser turns the tokens of one file into elements.
type parser struct {
	*problems
	tokens *xml.Decoder
	at     cursor
	open   []*element
	root   *element
	budget *int // elements that may still be read
}

// parse reads a document, or reports why it cannot and returns nil.
func parse(f File, budget *int, to *problems) *element {
	text := bytes.TrimPrefix(f.Data, []byte("\ufeff"))
	p := parser{problems: to, tokens: xml.NewDecoder(bytes.NewReader(text)), budget: budget,
		at: cursor{file: f.Name, text: text, line: 1, column: 1}}
	p.tokens.CharsetReader = ascii
	for {
		token, err := p.tokens.Token()
		pos := p.at.upTo(int(p.tokens.InputOffset()))
		if err == io.EOF && p.root != nil {
			return p.root
		}
		if err != nil {
			p.malformed(err)
			return nil
		}
		if !p.token(token, pos) {
			return nil
		}
	}
}

// ascii admits the one encoding whose files are UTF-8 under another name.
func ascii(name string, in io.Reader) (io.Reader, error) {
	if strings.EqualFold(name, "us-ascii") || strings.EqualFold(name, "ascii") {
		return in, nil
	}
	return nil, errors.New("want UTF-8")
}

// malformed reports the end of the document by an error.
func (p *parser) malformed(err error) {
	here := p.at.upTo(p.at.offset)
	summary := strings.TrimPrefix(err.Error(), "xml: ")
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF:
		summary = "there is no element, want <opsa-mef>"
	case errors.As(err, &syntax):
		summary = syntax.Msg
	}
	d := p.errorf("E101", here, "this is no well-formed XML: %s", summary)
	if len(p.open) > 0 {
		d.Second, d.Label = p.open[len(p.open)-1].pos, "opened here"
	}
}

// token adds a token to the document and says whether to go on.
func (p *parser) token(token xml.Token, pos model.Pos) bool {
	switch t := token.(type) {
	case xml.StartElement:
		return p.start(t, pos)
	case xml.EndElement:
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		return p.characters(t, pos)
	case xml.Directive:
		if bytes.ContainsRune(t, '[') {
			p.errorf("E101", pos, "declarations in a DOCTYPE are refused").Help = "entities are not expanded: write out what they stand for"
			return false
		}
	}
	return true
}

func (p *parser) start(t xml.StartElement, pos model.Pos) bool {
	*p.budget--
	switch {
	case *p.budget < 0:
		p.errorf("E101", pos, "there are more than %d elements", maxElements)
		return false
	case len(p.open) == maxDepth:
		p.errorf("E101", pos, "elements are nested more than %d deep", maxDepth).Help = "give the inner formulas gates of their own"
		return false
	case len(p.open) == 0 && p.root != nil:
		p.errorf("E101", pos, "there is a second root element <%s>", t.Name.Local)
		return false
	case len(p.open) == 0 && t.Name.Local != "opsa-mef":
		p.errorf("E102", pos, "the root element is <%s>, want <opsa-mef>", t.Name.Local)
		return false
	case !p.distinct(t.Attr, pos):
		return false
	}
	e := &element{name: t.Name.Local, attrs: t.Attr, pos: pos}
	if len(p.open) == 0 {
		p.root = e
	} else {
		parent := p.open[len(p.open)-1]
		parent.children = append(parent.children, e)
	}
	p.open = append(p.open, e)
	return true
}

// distinct checks that no attribute is given twice.
func (p *parser) distinct(attrs []xml.Attr, pos model.Pos) bool {
	if len(attrs) > maxAttributes {
		p.errorf("E101", pos, "the element has %d attributes, want at most %d", len(attrs), maxAttributes)
		return false
	}
	for i, a := range attrs {
		for _, b := range attrs[:i] {
			if a.Name == b.Name {
				p.errorf("E101", pos, "attribute %s is given twice", a.Name.Local)
				return false
			}
		}
	}
	return true
}

// characters keeps the text of labels; elsewhere there should be none.
func (p *parser) characters(t xml.CharData, pos model.Pos) bool {
	text := strings.Join(strings.Fields(string(t)), " ")
	switch {
	case text == "":
	case len(p.open) == 0:
		p.errorf("E101", pos, "there is text outside of <opsa-mef>: %s", quoted(text))
		return false
	default:
		e := p.open[len(p.open)-1]
		if e.name != "label" && e.name != "attribute" {
			p.errorf("E102", pos, "text in <%s> is not understood: %s", e.name, quoted(text))
		} else if len(e.text) < maxLabel {
			e.text = strings.TrimSpace(e.text + " " + text)
		}
	}
	return true
}
