// Package dist holds the lifetime laws: distributions of a non-negative
// duration in seconds, how several of them race, and the quadrature that the
// race and the mean time to failure need.
//
// Small probabilities are first-class. CDF and Survival are each computed by
// sums of positive terms, never one as 1 minus a larger other, so both keep
// their relative accuracy down to 1e-300; so do Quantile(p) for small p and
// SurvivalQuantile(q) for small q. Each law's file states its formula, source,
// range and error. Errors are relative; eps stands for 2^-53 = 1.1e-16.
//
// A law may have atoms, times of positive probability. Fixed and Empirical
// consist of nothing else and have no density. A failure clock must not fire
// at time 0: refuse for it a law with CDF(0) > 0.
//
// A law is a value of one of the exported struct types, safe for concurrent
// use. Its fields are its parameters, to be read or switched on; build it by
// its constructor, which checks them.
package dist
