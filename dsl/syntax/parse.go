package syntax

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// maxErrors is the number of errors after which reading stops.
const maxErrors = 200

// parser reads a file statement by statement.
type parser struct {
	*batcher
	lex    *lexer.PeekingLexer // the batch
	follow lexer.Token         // what comes after the batch
	start  lexer.Checkpoint    // where the statement starts in the batch
	file   *File
	errs   []Error
	places map[int]bool // offsets that have an error
}

// Parse reads a source; name stands in positions. The file holds what could be
// read. The errors are in the order of their positions; after two hundred of
// them reading stops, and the last one says so.
func Parse(name string, src []byte) (*File, []Error) {
	p := &parser{file: &File{}, places: map[int]bool{}}
	p.batcher = &batcher{scanner: newScanner(name, string(src), p.fail), comment: p.comment}
	p.file.Pos = p.pos
	for !p.follow.EOF() || p.lex == nil {
		p.lex, p.follow = p.batch()
		for !p.lex.Peek().EOF() && !p.stopped {
			p.statement()
		}
	}
	p.file.EndPos = p.pos
	read := p.errs[:min(len(p.errs), maxErrors)]
	slices.SortStableFunc(read, func(a, b Error) int { return cmp.Compare(a.Pos.Offset, b.Pos.Offset) })
	return p.file, p.errs
}

func (p *parser) comment(t lexer.Token) {
	p.file.Comments = append(p.file.Comments, &Comment{extent(t), t.Value})
}

// fail records an error. What stands at a place that has one follows from it
// and is left out.
func (p *parser) fail(e Error) {
	if p.stopped || p.places[e.Pos.Offset] {
		return
	}
	if len(p.errs) == maxErrors {
		e.Code, e.Message, e.Help, e.Other = codeTooMany, fmt.Sprintf("more than %d errors, reading stops here", maxErrors), "", nil
		p.stop()
	}
	p.places[e.Pos.Offset] = true
	p.errs = append(p.errs, e)
}

// stop leaves the rest of the source.
func (p *parser) stop() {
	p.stopped = true
	p.tokens = p.tokens[:0]
}

// statement reads one statement, or reports why it cannot and goes to the next
// place where one may start.
func (p *parser) statement() {
	p.start = p.lex.MakeCheckpoint()
	read, ok := statements[p.lex.Peek().Value]
	if !ok {
		p.failStatement()
		p.nextStatement(p.lex.Peek().Pos.Offset + 1)
		return
	}
	s, err := read(p.lex)
	if err != nil {
		p.nextStatement(p.failRule(err, s))
		return
	}
	p.check(s, p.start)
	switch s := s.(type) {
	case *Component:
		s.Clauses, s.EndPos = p.body(s.Kind, componentClauses)
	case *Service:
		s.Clauses, s.EndPos = p.body("service", serviceClauses)
	case *Network:
		s.Clauses, s.EndPos = p.body("network", networkClauses)
	case *Scenario:
		s.Settings, s.EndPos = p.settings()
	}
	p.file.Statements = append(p.file.Statements, s)
}

// body reads clauses up to the closing brace; the opening one is the last token
// read. It returns where the body ends.
func (p *parser) body(kind string, rules map[string]rule[Clause]) (clauses []Clause, end Position) {
	for {
		t := *p.lex.Peek()
		read, ok := rules[t.Value]
		switch {
		case t.Value == "}":
			p.lex.Next()
			return clauses, p.lex.RawPeek().Pos
		case p.stopped || t.EOF() || !ok && p.atStatement():
			p.failUnclosed()
			return clauses, t.Pos
		case !ok:
			p.failClause(kind, rules, clauses)
			p.lex.Next()
			p.nextClause(rules)
			continue
		}
		c := p.clause(read)
		if c == nil {
			p.nextClause(rules)
			continue
		}
		if l, ok := c.(*Link); ok {
			p.behaviours(l)
		}
		clauses = append(clauses, c)
	}
}

// clause reads one clause, nil if it cannot.
func (p *parser) clause(read rule[Clause]) Clause {
	start := p.lex.MakeCheckpoint()
	c, err := read(p.lex)
	if err != nil {
		p.advance(p.failRule(err, c))
		return nil
	}
	p.check(c, start)
	return c
}

// behaviours reads the clauses of a link.
func (p *parser) behaviours(l *Link) {
	for {
		read, ok := behaviours[p.lex.Peek().Value]
		if !ok {
			return
		}
		c := p.clause(read)
		if c == nil {
			return
		}
		l.Clauses = append(l.Clauses, c)
		l.EndPos = c.Extent().EndPos
	}
}

// settings reads the body of a scenario as body does for clauses.
func (p *parser) settings() (read []*Setting, end Position) {
	for {
		r := reader{PeekingLexer: p.lex}
		t := *p.lex.Peek()
		switch {
		case r.take("}"):
			return read, p.lex.RawPeek().Pos
		case p.stopped || t.EOF() || p.atStatement() && r.after(1).Value != "=":
			p.failUnclosed()
			return read, t.Pos
		}
		s, err := setting(p.lex)
		if err != nil {
			p.advance(p.failRule(err, nil))
			p.nextSetting()
			continue
		}
		read = append(read, s)
		r.take(",")
	}
}

// check reports what is wrong with the options of n, read since a place. What
// may be missing is not reported before a token that fits nowhere.
func (p *parser) check(n Node, start lexer.Checkpoint) {
	for _, e := range repeated(n, p.since(start)) {
		p.fail(e)
	}
	r := reader{PeekingLexer: p.lex}
	if word := r.word(); r.is("}") || p.lex.Peek().EOF() || isStatement(word) || isClauseStart(word) {
		if e := missing(n); e != nil {
			p.fail(*e)
		}
	}
}
