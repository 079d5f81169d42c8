package syntax

import (
	"slices"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// rule reads one statement or clause from its first word on.
type rule[N Node] func(*lexer.PeekingLexer) (N, error)

// statements holds the rule for every statement by its first word.
var statements = map[string]rule[Statement]{
	"model":     grammar[Statement, Model](),
	"mission":   grammar[Statement, Mission](),
	"param":     grammar[Statement, Param](),
	"component": components,
	"domain":    components,
	"service":   grammar[Statement, Service](),
	"pool":      grammar[Statement, Pool](),
	"quorum":    grammar[Statement, Quorum](),
	"vote":      grammar[Statement, Vote](),
	"bft":       grammar[Statement, BFT](),
	"standby":   grammar[Statement, Standby](),
	"crew":      grammar[Statement, Crew](),
	"common":    grammar[Statement, CommonCause](),
	"shock":     grammar[Statement, Shock](),
	"network":   grammar[Statement, Network](),
	"detector":  grammar[Statement, Detector](),
	"store":     grammar[Statement, Store](),
	"cache":     grammar[Statement, Cache](),
	"system":    grammar[Statement, System](),
	"require":   requirement,
	"scenario":  grammar[Statement, Scenario](),
}

// behaviours holds the rules for the clauses of a link by their first word.
var behaviours = map[string]rule[Clause]{
	"fails":          failures,
	"availability":   availabilities,
	"unavailability": availabilities,
	"never":          neverFails,
}

// componentClauses holds the rules for the clauses of a component or domain.
var componentClauses = map[string]rule[Clause]{
	"fails":          failures,
	"availability":   availabilities,
	"unavailability": availabilities,
	"never":          neverFails,
	"capacity":       capacities,
}

// serviceClauses holds the rules for the clauses of a service.
var serviceClauses = map[string]rule[Clause]{
	"fails":    failures,
	"runs":     grammar[Clause, Runs](),
	"deploys":  grammar[Clause, Deploys](),
	"needs":    grammar[Clause, Needs](),
	"uses":     grammar[Clause, Uses](),
	"calls":    grammar[Clause, Calls](),
	"up":       grammar[Clause, UpAt](),
	"capacity": capacities,
	"demand":   grammar[Clause, Demand](),
}

// networkClauses holds the rules for the clauses of a network.
var networkClauses = map[string]rule[Clause]{
	"nodes":     grammar[Clause, Nodes](),
	"link":      grammar[Clause, Link](),
	"delay":     grammar[Clause, Delay](),
	"loss":      grammar[Clause, Loss](),
	"timing":    timing,
	"partition": grammar[Clause, Partition](),
}

var (
	components     = grammar[Statement, Component]()
	failures       = grammar[Clause, Fails]()
	availabilities = grammar[Clause, Availability]()
	neverFails     = grammar[Clause, NeverFails]()
	capacities     = grammar[Clause, Capacity]()
	setting        = grammar[*Setting, Setting]()
	measures       = grammar[*Measure, Measure]()
)

// grammar returns the rule for a struct with a participle grammar. The parser is
// built when it is first used. Lookahead 0 means that the first token decides:
// nothing is read twice, and an error is where the reading stopped.
func grammar[N Node, T any]() rule[N] {
	build := sync.OnceValue(func() *participle.Parser[T] {
		return participle.MustBuild[T](
			participle.Lexer(definition{}),
			participle.UseLookahead(0),
			participle.ParseTypeWith(parseExpr),
			participle.ParseTypeWith(parseQuantity),
			participle.ParseTypeWith(parseTime),
			participle.ParseTypeWith(parseCount),
		)
	})
	trailing := participle.AllowTrailing(true)
	return func(lex *lexer.PeekingLexer) (N, error) {
		node, err := build().ParseFromLexer(lex, trailing)
		return any(node).(N), err
	}
}

// timing reads a Timing.
func timing(lex *lexer.PeekingLexer) (Clause, error) {
	r := reader{PeekingLexer: lex}
	from := r.Next().Pos
	t := &Timing{Model: r.word()}
	words := []string{"asynchronous", "synchronous", "partial"}
	if !slices.Contains(words, t.Model) {
		return nil, &mismatch{token: *r.Peek(), want: "asynchronous, synchronous or partial", words: words}
	}
	r.Next()
	var err error
	if t.Model == "synchronous" || t.Model == "partial" && (r.Peek().Type == numberToken || r.is("(")) {
		t.Bound, err = r.binary(1, "a duration such as 200ms")
	}
	t.Span = r.span(from)
	return t, err
}

// requirement reads a Require.
func requirement(lex *lexer.PeekingLexer) (Statement, error) {
	r := reader{PeekingLexer: lex}
	q := &Require{}
	from := r.Next().Pos
	var err error
	if q.Subject, err = r.subject(); err != nil {
		return nil, err
	}
	if r.is("survives") {
		q.Survives, err = r.survives()
	} else {
		q.Measure, err = r.measure()
	}
	q.Span = r.span(from)
	return q, err
}

// measure reads a Measure.
func (r *reader) measure() (*Measure, error) {
	name, err := r.name()
	if err != nil {
		return nil, err
	}
	if r.word() != "" {
		m := r.mismatch(`">=", "<=" or "survives"`)
		m.words = []string{"survives"}
		return nil, m
	}
	m, err := measures(r.PeekingLexer)
	m.Name, m.Pos = name, name.Pos
	return m, err
}

// subject reads what a requirement is about, nil for nothing. A measure is left
// to be read.
func (r *reader) subject() (*Ref, error) {
	if next := r.after(1).Value; r.is("survives") && next != "survives" && next != "." {
		return nil, nil
	}
	here := r.MakeCheckpoint()
	ref, err := r.ref()
	if err != nil || r.is("survives") {
		return ref, err
	}
	n := len(ref.Path) - 1
	r.LoadCheckpoint(here)
	ref.Path = nil
	for range n {
		s, _ := r.segment()
		r.Next()
		ref.Path = append(ref.Path, s)
		ref.Span = Span{ref.Path[0].Pos, s.EndPos}
	}
	if n == 0 {
		return nil, nil
	}
	return ref, nil
}
