package syntax

// Expr is a structure, what answers a request: one of *Ref, *Series, *Parallel,
// *Members, *Else, *Mix, *Not, *Reaches, *Connected, *ParenExpr.
type Expr interface {
	Node
	expr()
}

// Ref refers to a part: "db", "zone[2]", "orders.read", "web.pod[1]".
//
//	Ref     = Segment { "." Segment } .
//	Segment = Name [ "[" Count "]" ] .
type Ref struct {
	Span
	Path []Segment // at least one
}

// Segment is one step of a Ref.
type Segment struct {
	Span
	Text  string
	Index Count // nil: none
}

// Series needs all of its items.
//
//	Series = "series" "(" Expr { "," Expr } ")" .
type Series struct {
	Span
	Items []Expr
}

// Parallel needs one of its items.
//
//	Parallel = "parallel" "(" Expr { "," Expr } ")" .
type Parallel struct {
	Span
	Items []Expr
}

// Members is "2 of pod x 3 in zone" and its kin: so many of new things like
// Part, of the members of an array, or of listed parts. In a group statement
// and in "runs" the "k of" may be left out; in an Expr it may not.
//
//	Members = [ ( "all" | "any" | Count ) "of" ] ( Ref "x" Count [ "in" Ref ] | Ref | "(" Expr { "," Expr } ")" ) .
//
// "all of" and "any of" stand in an Expr only.
type Members struct {
	Span
	Word  string // "all", "any", or ""
	K     Count  // nil with a Word, or when left out
	Part  *Ref   // the template with Size, else the array; nil for a List
	Size  Count  // n of "P x n"; nil otherwise
	Place *Ref   // nil: where the template is
	List  []Expr // nil unless listed
}

// Else falls back from X to Y.
//
//	Else = Operand "else" Operand [ "covers" Quantity ] .
type Else struct {
	Span
	X, Y   Expr
	Covers Quantity // nil: all requests
}

// Mix sends shares of the requests to its branches.
//
//	Mix = "mix" "(" Branch { "," Branch } ")" .
type Mix struct {
	Span
	Branches []*Branch
}

// Branch is one way that requests of a Mix go.
//
//	Branch = Quantity Expr .
type Branch struct {
	Span
	Share Quantity
	X     Expr
}

// Not swaps ok and none.
//
//	Not = "not" "(" Expr ")" .
type Not struct {
	Span
	X Expr
}

// Reaches is true while a path joins two nodes of a network.
//
//	Reaches = Ref "reaches" Ref "over" Name .
type Reaches struct {
	Span
	From, To *Ref
	Over     *Name
}

// Connected is true while a network joins the nodes listed, or all its nodes.
//
//	Connected = "connected" "(" Ref { "," Ref } ")" "over" Name | "all" "of" Name "connected" .
type Connected struct {
	Span
	Nodes []*Ref // nil: all
	Over  *Name
}

// ParenExpr is a structure in parentheses.
type ParenExpr struct {
	Span
	X Expr
}

func (*Ref) expr()       {}
func (*Series) expr()    {}
func (*Parallel) expr()  {}
func (*Members) expr()   {}
func (*Else) expr()      {}
func (*Mix) expr()       {}
func (*Not) expr()       {}
func (*Reaches) expr()   {}
func (*Connected) expr() {}
func (*ParenExpr) expr() {}
