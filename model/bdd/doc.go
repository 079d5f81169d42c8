// Package bdd computes with Boolean functions as reduced ordered binary decision diagrams and sums probabilities over them.
//
// A [Manager] owns variables and nodes; a [Ref] is a function. Two Refs of one manager are equal exactly when the functions are.
// Edges carry a complement bit, so negation is free; the low edge of a node is never complemented, which makes the form unique
// (Brace, Rudell, Bryant, "Efficient implementation of a BDD package", DAC 1990).
//
// Probabilities travel as pairs ([Prob]): the probability of a function and of its negation are both sums of products of the given
// numbers, so that either keeps its relative accuracy however small it is.
//
// A Manager and its Weights are not safe for concurrent use.
package bdd
