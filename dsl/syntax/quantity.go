package syntax

// Quantity is a value with or without a unit: one of *Number, *Name, *Per,
// *Binary, *Negative, *Call, *Law, *ParenQuantity.
//
//	Quantity = Term { ( "+" | "-" ) Term } .
//	Term     = Factor { ( "*" | "/" ) Factor | "/" Unit } .
//	Factor   = [ "-" ] ( Number | Name | Call | Law | "(" Quantity ")" ) .
type Quantity interface {
	Node
	quantity()
}

// Time is a Quantity where a time is wanted: a duration, a *Law, or the *Name of
// a param or detector. A *Number here always has a unit.
type Time interface{ Quantity }

// Count is a Quantity where a whole number is wanted: *Number without a unit,
// *Name or *Call.
type Count interface{ Quantity }

// Number is a literal: 4, 99.95%, 1h30m, 3.5 nines, 500 FIT, 200 rps.
//
//	Number = digits [ "%" | [ space ] ( "nines" | "FIT" | "rps" ) | duration unit { digits duration unit } ] .
type Number struct {
	Span
	Text string // as written; a unit that is a word is set off by one space
}

// Term is a part of a Number: the digits and the unit that follows them, "" for
// none.
type Term struct {
	Digits, Unit string
}

// Per is a quantity per unit of time: 3/y, 4h/y, (a + b)/d.
type Per struct {
	Span
	X    Quantity
	Unit *Name
}

// Binary is X Op Y with Op one of + - * /.
type Binary struct {
	Span
	Op   string
	X, Y Quantity
}

// Negative is a quantity with its sign changed.
type Negative struct {
	Span
	X Quantity
}

// Call applies a function.
//
//	Call = ( "min" | "max" | "ceil" | "floor" ) "(" Quantity { "," Quantity } ")" .
type Call struct {
	Span
	Func *Name
	Args []Quantity
}

// Law is a distribution of times.
//
//	Law = ( "exponential" | "fixed" | "uniform" | "triangular" | "weibull" | "lognormal" | "gamma" |
//	      "erlang" | "hyperexponential" | "empirical" ) "(" Arg { "," Arg } ")" .
type Law struct {
	Span
	Name *Name
	Args []*Arg
}

// Arg is an argument of a Law: exactly one of Value and File is set.
//
//	Arg = [ "shape" | "mean" | "scale" | "median" | "sigma" | "cv" ] Quantity | Quantity ":" Quantity | String .
type Arg struct {
	Span
	Label *Name    // nil: none
	Share Quantity // before the colon; nil: none
	Value Quantity
	File  *String
}

// ParenQuantity is a quantity in parentheses.
type ParenQuantity struct {
	Span
	X Quantity
}

func (*Number) quantity()        {}
func (*Name) quantity()          {}
func (*Per) quantity()           {}
func (*Binary) quantity()        {}
func (*Negative) quantity()      {}
func (*Call) quantity()          {}
func (*Law) quantity()           {}
func (*ParenQuantity) quantity() {}
