// Package openpsa reads and writes static fault trees in the Open-PSA Model
// Exchange Format, version 2.0d (S. Epstein, A. Rauzy, editors, "The Open-PSA
// Initiative: Model Exchange Format", open-psa.github.io/mef), the XML that
// SCRAM, XFTA and others read.
//
// A fault tree says what fails, a model.System what works, so Decode and
// Encode turn one into the other. A basic event of probability q is a part
// that is down with probability q, a gate is a node that is ok as long as the
// gate is false, and the unavailability of a target is the probability of its
// top event.
//
//	gate                  node that is ok when the gate is false
//	or                    series
//	and                   at least 1 of
//	atleast k of n        at least n-k+1 of
//	not, nand, nor        not, of the child, of and, of or
//	xor                   parity; of two: both or neither is ok
//	iff                   one is ok, not both (two arguments)
//	imply                 the first is not ok, the second is
//	cardinality l..h      not l have failed, or h+1 have
//	constant, house-event a part that never fails, or not that
//
// Every gate that no other gate uses is a target.
//
// # What is read
//
// Fault trees, components with public and private names (references follow
// section 4.3.2: the name inside its container, a local path, a full path),
// model data, in one file or several; all formulas of the table; expressions:
// constants, parameters, arithmetic, comparisons, ite and switch, exponential,
// GLM, Weibull, periodic-test with four or five arguments. A random deviate
// stands for its mean, as the format asks outside of sampling. Times are hours
// and the mission lasts 8760 of them, unless Options say otherwise. Each value is computed together with its
// complement to 1, so that neither loses digits.
//
// Common cause groups become independent basic events, one for each set of
// members that may fail together, of probability Q_k for a set of k out of n,
// and each member the or of the sets it is in (section 6.1; A. Mosleh et al.,
// NUREG/CR-5485):
//
//	beta-factor   Q_1 = (1-beta) Q, Q_n = beta Q
//	MGL           Q_k = rho_2 .. rho_k (1-rho_k+1) Q / C(n-1, k-1)
//	alpha-factor  Q_k = k alpha_k / sum(i alpha_i) Q / C(n-1, k-1)
//	phi-factor    Q_k = phi_k Q
//
// Event trees are left out with a warning. What would change the result and
// is not read is an error: substitutions, phases, files that are included,
// extern functions, periodic-test with eleven arguments (whose definition the
// format calls tentative), and iff of more than two, which has two readings.
//
// # What is written
//
// Encode goes the other way, with the connectives that SCRAM 0.16 reads: and,
// or, not, atleast of different arguments. Besides the nodes above it writes
// services, fallbacks, mixes, bad deploys, failure domains (a part fails by
// itself or with its domain), and pools, quorums, votes and bft groups whose
// members answer or do not. What is random in a request is a basic event of
// its own; the number of bad deploys that are live is Poisson of mean m, and
// each hits a request with probability h, so the event that one does has
// probability 1 - e^(-mh). Decode of what was written has the same structure
// function.
//
// # What is refused
//
// Files are data of strangers: no entity is expanded, nothing else is opened,
// and size, number and depth of elements are bounded.
package openpsa
