// Package syntax reads and prints the nines language. It knows the form of a
// model file and nothing of its meaning: names are not looked up, dimensions
// are not checked.
//
//	source --lexer--> tokens --grammar--> File --printer--> canonical source
//
// Statements and clauses are participle grammars, one struct each, with the
// production quoted above it in EBNF: [ ] is optional, { } repeats, | chooses.
// Structures (Expr) and quantities are read by precedence climbing.
//
// Options that follow each other, such as "detect" and "repair" after "fails",
// stand in any order and each at most once. The tree keeps one field for each;
// the printer writes them in the order of the source.
package syntax
