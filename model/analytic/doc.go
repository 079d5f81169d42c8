// Package analytic computes the measures of a System by calculation.
//
// Parts that are independent of each other in time go into a decision diagram
// with their long-run probabilities, or with those at a time t where nothing
// is repaired. METHODS.md in nines/model gives the formulas and their sources.
package analytic
