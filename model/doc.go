// Package model holds the words of the field: a System of Parts that fail and
// are repaired, the structure of Nodes that says what needs what, and the
// Measures that are asked of it.
//
// It is the one description that every engine reads. A Part's behaviour is a
// small Automaton: states, the clocks that run in each, and what the part
// answers in it. A Node's rule turns what its children answer into an Outcome:
// ok, wrong or none. Whatever is random beyond the state of the parts (which
// member of a pool a request meets, whether a fallback covers it) is a coin
// that is drawn once per request and node, however many paths reach the node.
//
// Structure and Evaluation are the reference meaning of a system in one state.
// They are written to be read and are exact; the engines in model/analytic and
// montecarlo are written to be fast and are held against them.
//
// Times are seconds, rates are per second, everywhere.
package model
