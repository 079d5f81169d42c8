package syntax

import "github.com/alecthomas/participle/v2/lexer"

// Position is a place in a source file: byte offset from 0, line from 1, column
// in runes from 1. The zero Position belongs to a node that was not read from a
// file.
type Position = lexer.Position

// Span is the source range of a node: from its first character to just after
// its last.
type Span struct {
	Pos, EndPos Position
}

// Extent returns the span itself; it makes every struct with a Span a Node.
func (s Span) Extent() Span { return s }

// Node is any part of the tree. Nodes are pointers to structs of this package,
// with the exception of Segment.
type Node interface {
	Extent() Span
}

// Statement is one of *Model, *Mission, *Param, *Component, *Service, *Pool,
// *Quorum, *Vote, *BFT, *Standby, *Crew, *CommonCause, *Shock, *Network,
// *Detector, *Store, *Cache, *System, *Require, *Scenario.
type Statement interface {
	Node
	statement()
}

// Clause is one entry in the body of a component, domain, service, network or
// link: *Fails, *Availability, *NeverFails, *Capacity; *Runs, *Deploys, *Needs,
// *Uses, *Calls, *UpAt, *Demand; *Nodes, *Link, *Delay, *Loss, *Timing,
// *Partition.
type Clause interface {
	Node
	clause()
}

// File is what one source file says. After syntax errors it holds the
// statements and clauses that could be read.
type File struct {
	Span
	Statements []Statement
	Comments   []*Comment // all of them, in order of appearance
}

// Comment is one comment, without the line end.
type Comment struct {
	Span
	Text string // with the leading "#"
}

// Name is a word that names something: a declaration, or in a quantity a
// reference to a param or a detector.
type Name struct {
	Span
	Text string
}

// String is a quoted text.
type String struct {
	Span
	Text string `parser:"@String"` // as written, with the quotes
}

// Model gives the model a title.
//
//	Model = "model" String .
type Model struct {
	Span
	Title *String `parser:"'model' @@"`
}

// Mission sets the horizon of reliability and interval measures.
//
//	Mission = "mission" Quantity .
type Mission struct {
	Span
	Horizon Quantity `parser:"'mission' @@"`
}

// Param names a value that can be set from outside.
//
//	Param = "param" Name "=" Quantity .
type Param struct {
	Span
	Name  *Name    `parser:"'param' @@ '='"`
	Value Quantity `parser:"@@"`
}

// Component is a component or a domain, or an array of them.
//
//	Component = ( "component" | "domain" ) Name [ String ] [ "[" Count "]" ] [ "in" Ref ] "{" { Clause } "}" .
//	Clause    = Fails | Availability | NeverFails | Capacity .
type Component struct {
	Span
	Kind    string   `parser:"@( 'component' | 'domain' )"`
	Name    *Name    `parser:"@@"`
	Title   *String  `parser:"@@?"`
	Size    Count    `parser:"( '[' @@ ']' )?"` // nil: a single part
	Place   *Ref     `parser:"( 'in' @@ )? '{'"`
	Clauses []Clause // in order of appearance
}

// Service is a service with its own failures and its needs.
//
//	Service = "service" Name [ String ] "{" { Clause } "}" .
//	Clause  = Fails | Runs | Deploys | Needs | Uses | Calls | UpAt | Capacity | Demand .
type Service struct {
	Span
	Name    *Name    `parser:"'service' @@"`
	Title   *String  `parser:"@@? '{'"`
	Clauses []Clause // in order of appearance
}

// Pool is a group behind a load balancer.
//
//	Pool = "pool" Name "{" Members [ "retry" Count ] "}" .
type Pool struct {
	Span
	Name    *Name    `parser:"'pool' @@ '{'"`
	Members *Members `parser:"@@"`
	Retry   Count    `parser:"( 'retry' @@ )? '}'"`
}

// Quorum is a group of which a majority, or k, must be present.
//
//	Quorum = "quorum" Name "{" Members { "elect" Time | "over" Name } "}" .
type Quorum struct {
	Span
	Name    *Name    `parser:"'quorum' @@ '{'"`
	Members *Members `parser:"@@"`
	Elect   Time     `parser:"( 'elect' @@"`
	Over    *Name    `parser:"| 'over' @@ )* '}'"`
}

// Vote is a group whose answers are compared.
//
//	Vote = "vote" Name "{" Members "}" .
type Vote struct {
	Span
	Name    *Name    `parser:"'vote' @@ '{'"`
	Members *Members `parser:"@@ '}'"`
}

// BFT is a group that agrees despite byzantine members.
//
//	BFT = "bft" Name "{" Members "}" .
type BFT struct {
	Span
	Name    *Name    `parser:"'bft' @@ '{'"`
	Members *Members `parser:"@@ '}'"`
}

// Standby is a group with one active member.
//
//	Standby = "standby" Name "{" Members { Waiting | "detect" Time | "switch" Time |
//	          "succeeds" Quantity | "else" Time | Fenced } "}" .
type Standby struct {
	Span
	Name     *Name    `parser:"'standby' @@ '{'"`
	Members  *Members `parser:"@@"`
	Waiting  *Waiting `parser:"( @@"` // nil: hot
	Detect   Time     `parser:"| 'detect' @@"`
	Switch   Time     `parser:"| 'switch' @@"`
	Succeeds Quantity `parser:"| 'succeeds' @@"`
	Else     Time     `parser:"| 'else' @@"`
	Fenced   *Fenced  `parser:"| @@ )* '}'"`
}

// Fenced says that an active member that is replaced stops at once.
//
//	Fenced = "fenced" .
type Fenced struct {
	Span
	Word string `parser:"@'fenced'"`
}

// Waiting says how fast the members of a standby fail that are not active.
//
//	Waiting = "hot" | "cold" | "warm" Quantity .
type Waiting struct {
	Span
	Mode string   `parser:"@( 'hot' | 'cold' ) | @'warm'"`
	Rate Quantity `parser:"@@"` // nil unless warm
}

// Crew repairs parts, so many at a time.
//
//	Crew = "crew" Name "x" Count "{" "repairs" Ref { "," Ref } "}" .
type Crew struct {
	Span
	Name    *Name  `parser:"'crew' @@"`
	Size    Count  `parser:"'x' @@ '{'"`
	Repairs []*Ref `parser:"'repairs' @@ ( ',' @@ )* '}'"`
}

// CommonCause makes a share of the failures of parts common to all of them.
//
//	CommonCause = "common" "cause" Quantity "among" Ref { "," Ref } .
type CommonCause struct {
	Span
	Share Quantity `parser:"'common' 'cause' @@"`
	Among []*Ref   `parser:"'among' @@ ( ',' @@ )*"`
}

// Shock is an event that strikes several parts.
//
//	Shock = "shock" { "every" Time | "at" Quantity | "hits" Ref { "," Ref } | "each" Quantity | "repair" Time } .
type Shock struct {
	Span
	Every  Time     `parser:"'shock' ( 'every' @@"`
	At     Quantity `parser:"| 'at' @@"`
	Hits   []*Ref   `parser:"| 'hits' @@ ( ',' @@ )*"`
	Each   Quantity `parser:"| 'each' @@"`
	Repair Time     `parser:"| 'repair' @@ )*"`
}

// Network joins domains or parts by links.
//
//	Network = "network" Name "{" { Clause } "}" .
//	Clause  = Nodes | Link | Delay | Loss | Timing | Partition .
type Network struct {
	Span
	Name    *Name    `parser:"'network' @@ '{'"`
	Clauses []Clause // in order of appearance
}

// Detector finds failures by heartbeats.
//
//	Detector = "detector" Name "{" { "heartbeat" Quantity | "timeout" Quantity | "over" Name } "}" .
type Detector struct {
	Span
	Name      *Name    `parser:"'detector' @@ '{'"`
	Heartbeat Quantity `parser:"( 'heartbeat' @@"`
	Timeout   Quantity `parser:"| 'timeout' @@"`
	Over      *Name    `parser:"| 'over' @@ )* '}'"`
}

// Store holds copies of data, or fragments of an erasure code.
//
//	Store = "store" Name "{" [ "fragments" ] Members { "read" Count | "write" Count } "}" .
type Store struct {
	Span
	Name      *Name    `parser:"'store' @@ '{'"`
	Fragments bool     `parser:"@'fragments'?"`
	Members   *Members `parser:"@@"`
	Read      Count    `parser:"( 'read' @@"`
	Write     Count    `parser:"| 'write' @@ )* '}'"`
}

// Cache answers a share of the requests before they go to another part.
//
//	Cache = "cache" Name "{" Members { "hit" Quantity | "before" Ref } "}" .
type Cache struct {
	Span
	Name    *Name    `parser:"'cache' @@ '{'"`
	Members *Members `parser:"@@"`
	Hit     Quantity `parser:"( 'hit' @@"`
	Before  *Ref     `parser:"| 'before' @@ )* '}'"`
}

// System names a result to report.
//
//	System = "system" Name [ String ] "=" Expr .
type System struct {
	Span
	Name  *Name   `parser:"'system' @@"`
	Title *String `parser:"@@? '='"`
	Value Expr    `parser:"@@"`
}

// Require states what must hold: exactly one of Measure and Survives is set.
//
//	Require = "require" ( [ Ref "." ] Measure | [ Ref ] Survives ) .
type Require struct {
	Span
	Subject  *Ref // nil: the only system
	Measure  *Measure
	Survives *Survives
}

// Measure compares a measure with a bound.
//
//	Measure = Name [ "(" Quantity ")" ] ( ">=" | "<=" ) Quantity [ "with" Quantity ] .
type Measure struct {
	Span
	Name       *Name
	At         Quantity `parser:"( '(' @@ ')' )?"` // nil: the mission
	Op         string   `parser:"@( '>=' | '<=' )"`
	Bound      Quantity `parser:"@@"`
	Confidence Quantity `parser:"( 'with' @@ )?"`
}

// Survives says what may be down while the subject is up.
//
//	Survives = "survives" [ "any" [ Count "of" ] ] ( "component" | "domain" | Ref ) [ "except" Ref { "," Ref } ] .
type Survives struct {
	Span
	Any    bool   // each in turn
	K      Count  // how many at once; nil: one, or without Any all that What names
	Kind   string // "component", "domain", or "" when What is set
	What   *Ref
	Except []*Ref
}

// Scenario is the same file with other params.
//
//	Scenario = "scenario" String "{" { Setting [ "," ] } "}" .
type Scenario struct {
	Span
	Title    *String `parser:"'scenario' @@ '{'"`
	Settings []*Setting
}

// Setting gives a param another value.
//
//	Setting = Name "=" Quantity .
type Setting struct {
	Span
	Name  *Name    `parser:"@@ '='"`
	Value Quantity `parser:"@@"`
}

func (*Model) statement()       {}
func (*Mission) statement()     {}
func (*Param) statement()       {}
func (*Component) statement()   {}
func (*Service) statement()     {}
func (*Pool) statement()        {}
func (*Quorum) statement()      {}
func (*Vote) statement()        {}
func (*BFT) statement()         {}
func (*Standby) statement()     {}
func (*Crew) statement()        {}
func (*CommonCause) statement() {}
func (*Shock) statement()       {}
func (*Network) statement()     {}
func (*Detector) statement()    {}
func (*Store) statement()       {}
func (*Cache) statement()       {}
func (*System) statement()      {}
func (*Require) statement()     {}
func (*Scenario) statement()    {}
