// Package markov builds and solves continuous-time Markov chains. It knows states and rates and no component.
//
// [Explore] finds the states of a chain from a rule that says what follows a state; symmetric states are lumped by that rule, or
// afterwards by [Chain.Lump]. [Chain.Steady] gives the long run, [Chain.Passage] the time until a set of states is first entered,
// [Chain.Transient], [Chain.Curve] and [Chain.PassageCurve] probabilities and times spent over time, [Chain.PassageQuantile] the time
// by which a set has been entered with some probability, [Chain.Flow] and [Reward] frequencies and mean rewards. Rates are per unit of
// time, whatever the unit.
//
// # Accuracy
//
// Systems that are worth modelling are down with a probability of 1e-9 or 1e-15, and the rates of one chain lie many orders of
// magnitude apart. So every number is computed to a small relative error, however small it is, down to 1e-290: nothing is a difference
// of two numbers of about the same size. A probability and its complement are two sums of their own. [Quality] tells the method and an
// estimate of the relative error, which for elimination rests on the theorem that a relative change of d in the rates of n states
// changes no stationary probability by more than 2 n d (O'Cinneide 1993). What floating point cannot hold is an error that wraps
// [ErrRange], never a NaN.
//
// # The long run
//
// Stationary probabilities, absorption and first passage are one problem: how long a chain stays in each of some states before it
// leaves them for good. Recurrent classes and what can reach what are found first, from the graph alone (Tarjan 1972); a stationary
// distribution is the time in the other states between two visits to one of them.
//
//   - Elimination takes out the states one by one and adds up each rate out of a state anew instead of subtracting (Grassmann, Taksar,
//     Heyman 1985). It is sparse, in the order of Markowitz (1957), until what remains is nearly full, then dense. Used if it has to
//     touch fewer than 2e8 rates.
//   - Multilevel iteration for larger chains: sweeps of Gauss and Seidel, and lumping of closely coupled states with their present
//     shares, level upon level (Takahashi 1975; Koury, McAllister, Stewart 1984; Horton and Leutenegger 1994; Stewart 1994). These add,
//     multiply and divide positive numbers only as well, so the error of a fixed point is one of roundings, state by state. A million
//     states take seconds. If it converges badly, elimination is tried again with more patience.
//
// # Over time
//
//   - Matrix squaring for up to 600 states: the transition matrix over a time of about one transition from its series of positive
//     terms, then squared; rows are put right, whose sums are known and whose errors would double (Moler and Van Loan 2003; Xue and Ye
//     2013; Shao, Gao, Xue 2014). A horizon of 1e12 transitions takes 40 squarings.
//   - Uniformisation where the horizon has few transitions for the size of the chain (Jensen 1953; Grassmann 1977). The Poisson
//     weights start at the mode, as with Fox and Glynn (1988), but reach out to 1e-300, because a tail of 1e-10 of the weights may be all
//     that matters to a probability of 1e-15. The relative error grows by one rounding per jump, at most.
//   - Implicit Euler steps, extrapolated, for larger chains that can be eliminated and have very many transitions (Hairer and Wanner
//     1996). The relative error in a step is held below 1e-11, except for probabilities below 1e-30 on the decrease.
//   - The closing form: in the latter two, once the distribution lies within a narrow multiple of the stationary or quasi-stationary
//     one, both of which are computed as in the long run, it stays there, and the rest of the horizon is a formula. As the bound is on
//     the ratio of each single state, a stiff chain does not seem settled before it is.
//
// Intervals follow from the same computations: with each probability comes the expected time spent in the state so far.
//
// # Sources
//
// Aldous, Shepp, "The least variable phase type distribution is Erlang", Stochastic Models 3 (1987).
// Buchholz, "Exact and ordinary lumpability in finite Markov chains", J. Appl. Prob. 31 (1994).
// Darroch, Seneta, "On quasi-stationary distributions in absorbing continuous-time finite Markov chains", J. Appl. Prob. 4 (1967).
// Fox, Glynn, "Computing Poisson probabilities", CACM 31 (1988).
// Grassmann, "Transient solutions in Markovian queueing systems", Comput. Oper. Res. 4 (1977).
// Grassmann, Taksar, Heyman, "Regenerative analysis and steady state distributions for Markov chains", Oper. Res. 33 (1985).
// Hairer, Wanner, "Solving Ordinary Differential Equations II" (1996).
// Horton, Leutenegger, "A multi-level solution algorithm for steady-state Markov chains", SIGMETRICS (1994).
// Jensen, "Markoff chains as an aid in the study of Markoff processes", Skand. Aktuarietidskr. 36 (1953).
// Koury, McAllister, Stewart, "Iterative methods for computing stationary distributions of nearly completely decomposable Markov
// chains", SIAM J. Alg. Disc. Meth. 5 (1984).
// Markowitz, "The elimination form of the inverse and its application to linear programming", Management Science 3 (1957).
// Moler, Van Loan, "Nineteen dubious ways to compute the exponential of a matrix, twenty-five years later", SIAM Review 45 (2003).
// O'Cinneide, "Entrywise perturbation theory and error analysis for Markov chains", Numer. Math. 65 (1993).
// Shao, Gao, Xue, "Aggressively truncated Taylor series method for accurate computation of exponentials of essentially nonnegative
// matrices", SIAM J. Matrix Anal. Appl. 35 (2014).
// Stewart, "Introduction to the Numerical Solution of Markov Chains" (1994).
// Takahashi, "A lumping method for numerical calculations of stationary distributions of Markov chains", Tokyo Inst. Tech. (1975).
// Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
// Xue, Ye, "Computing exponentials of essentially non-negative matrices entrywise to high relative accuracy", Math. Comp. 82 (2013).
package markov
