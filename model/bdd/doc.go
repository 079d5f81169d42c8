// Package bdd computes with Boolean functions as reduced ordered binary decision diagrams and sums probabilities over them.
//
// A [Manager] owns variables and nodes; a [Ref] is a function. Two Refs of one manager are equal exactly when the functions are.
// Edges carry a complement bit, so negation is free; the low edge of a node is never complemented, which makes the form unique
// (Brace, Rudell, Bryant, "Efficient implementation of a BDD package", DAC 1990).
//
// Probabilities travel as pairs ([Prob]): the probability of a function and of its negation are both sums of products of the given
// numbers, so that either keeps its relative accuracy however small it is.
//
// # Cost
//
// A conjunction of two functions takes at most as many steps as the product of their sizes, mostly far fewer; a probability one step for
// each node. Sizes hang on the order of the variables, by default the order in which they are made: keep together what a function uses
// together. A node takes 16 bytes, its places in the hash tables about as many again; large diagrams spend their time waiting for memory.
//
// Reordering while the diagrams grow ([Options].Reorder) makes them often ten times smaller and takes longer than building them, unless
// they would become huge. So try without it under a limit of some millions of nodes first, and with it in a new manager when that fails.
// A construction that calls [Manager.Protect] for what it still needs and [Manager.Collect] after every step gives reordering less to
// carry.
//
// A Manager and its Weights are not safe for concurrent use.
package bdd
