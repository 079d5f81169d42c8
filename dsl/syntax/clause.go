package syntax

// Fails is one way to fail.
//
//	Fails = "fails" [ "stop" | "silent" | "restart" | "byzantine" ] { "every" Time | "at" Quantity |
//	        "detect" Time | "repair" Time | "resync" Time | Loses } .
type Fails struct {
	Span
	Mode   string   `parser:"'fails' @( 'stop' | 'silent' | 'restart' | 'byzantine' )?"` // "": stop
	Every  Time     `parser:"( 'every' @@"`                                              // exactly one of Every and At is set
	At     Quantity `parser:"| 'at' @@"`
	Detect Time     `parser:"| 'detect' @@"`
	Repair Time     `parser:"| 'repair' @@"`
	Resync Time     `parser:"| 'resync' @@"`
	Loses  *Loses   `parser:"| @@ )*"`
}

// Loses says that a failure destroys the copy of data.
//
//	Loses = "loses" [ Quantity ] "data" .
type Loses struct {
	Span
	Share Quantity `parser:"'loses' ( 'data' | @@ 'data' )"` // nil: always
}

// Availability is the figure of a bought part.
//
//	Availability = ( "availability" | "unavailability" ) Quantity [ "repair" Time ] .
type Availability struct {
	Span
	Kind   string   `parser:"@( 'availability' | 'unavailability' )"`
	Value  Quantity `parser:"@@"`
	Repair Time     `parser:"( 'repair' @@ )?"`
}

// NeverFails marks a perfect part.
//
//	NeverFails = "never" "fails" .
type NeverFails struct {
	Span
	Never bool `parser:"@'never' 'fails'"` // always true
}

// Capacity is the request rate that a part can serve.
//
//	Capacity = "capacity" Quantity .
type Capacity struct {
	Span
	Rate Quantity `parser:"'capacity' @@"`
}

// Runs gives a service its own instances.
//
//	Runs = "runs" Members [ "retry" Count ] .
type Runs struct {
	Span
	Members *Members `parser:"'runs' @@"`
	Retry   Count    `parser:"( 'retry' @@ )?"`
}

// Deploys describes the stream of bad deploys.
//
//	Deploys = "deploys" Quantity { "bad" Quantity | "detect" Time | "rollback" Time | "hits" Quantity } .
type Deploys struct {
	Span
	Rate     Quantity `parser:"'deploys' @@"`
	Bad      Quantity `parser:"( 'bad' @@"`
	Detect   Time     `parser:"| 'detect' @@"`
	Rollback Time     `parser:"| 'rollback' @@"`
	Hits     Quantity `parser:"| 'hits' @@ )*"` // nil: all requests
}

// Needs lists hard dependencies.
//
//	Needs = "needs" Need { "," Need } .
type Needs struct {
	Span
	Items []*Need `parser:"'needs' @@ ( ',' @@ )*"`
}

// Uses lists soft dependencies.
//
//	Uses = "uses" Need { "," Need } .
type Uses struct {
	Span
	Items []*Need `parser:"'uses' @@ ( ',' @@ )*"`
}

// Need is one dependency. A "demand" that follows a need belongs to the need;
// that of the service stands before its needs or after another clause.
//
//	Need = Expr { "via" Name | "demand" Quantity } .
type Need struct {
	Span
	X      Expr     `parser:"@@"`
	Via    *Name    `parser:"( 'via' @@"`
	Demand Quantity `parser:"| 'demand' @@ )*"`
}

// Calls is a hard dependency over a network.
//
//	Calls = "calls" Expr { "retry" Count | "over" Name | "demand" Quantity } .
type Calls struct {
	Span
	X      Expr     `parser:"'calls' @@"`
	Retry  Count    `parser:"( 'retry' @@"`
	Over   *Name    `parser:"| 'over' @@"`
	Demand Quantity `parser:"| 'demand' @@ )*"`
}

// UpAt is the share of requests from which a service counts as up.
//
//	UpAt = "up" "at" Quantity .
type UpAt struct {
	Span
	Share Quantity `parser:"'up' 'at' @@"`
}

// Demand is the request rate that a service meets.
//
//	Demand = "demand" Quantity .
type Demand struct {
	Span
	Rate Quantity `parser:"'demand' @@"`
}

// Nodes lists what a network joins.
//
//	Nodes = "nodes" Ref { "," Ref } .
type Nodes struct {
	Span
	Items []*Ref `parser:"'nodes' @@ ( ',' @@ )*"`
}

// Link joins two nodes of a network.
//
//	Link   = "link" Ref "-" Ref { Clause } .
//	Clause = Fails | Availability | NeverFails .
type Link struct {
	Span
	From    *Ref     `parser:"'link' @@ '-'"`
	To      *Ref     `parser:"@@"`
	Clauses []Clause // in order of appearance
}

// Delay is the time a message takes.
//
//	Delay = "delay" Time .
type Delay struct {
	Span
	Law Time `parser:"'delay' @@"`
}

// Loss is the share of messages that are lost.
//
//	Loss = "loss" Quantity .
type Loss struct {
	Span
	Share Quantity `parser:"'loss' @@"`
}

// Timing says what is known of the delays.
//
// A bound after "partial" that does not start with a digit stands in parentheses.
//
//	Timing = "timing" ( "asynchronous" | "synchronous" Quantity | "partial" [ Quantity ] ) .
type Timing struct {
	Span
	Model string
	Bound Quantity // nil for asynchronous, and for partial where it is left out
}

// Partition cuts one node off from all others.
//
//	Partition = "partition" Ref "from" "rest" { "every" Time | "at" Quantity | "repair" Time } .
type Partition struct {
	Span
	Node   *Ref     `parser:"'partition' @@ 'from' 'rest'"`
	Every  Time     `parser:"( 'every' @@"` // exactly one of Every and At is set
	At     Quantity `parser:"| 'at' @@"`
	Repair Time     `parser:"| 'repair' @@ )*"`
}

func (*Fails) clause()        {}
func (*Availability) clause() {}
func (*NeverFails) clause()   {}
func (*Capacity) clause()     {}
func (*Runs) clause()         {}
func (*Deploys) clause()      {}
func (*Needs) clause()        {}
func (*Uses) clause()         {}
func (*Calls) clause()        {}
func (*UpAt) clause()         {}
func (*Demand) clause()       {}
func (*Nodes) clause()        {}
func (*Link) clause()         {}
func (*Delay) clause()        {}
func (*Loss) clause()         {}
func (*Timing) clause()       {}
func (*Partition) clause()    {}
