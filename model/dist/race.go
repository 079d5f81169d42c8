package dist

import "math"

// An Outcome tells how a race of clocks ends.
type Outcome struct {
	Win  []float64 // probability that each clock fires first
	Mean float64   // mean time of the first firing, s
}

// Race returns the outcome of independent clocks that all start at 0; of
// clocks that fire at the same moment the one of the lowest index counts. An
// empty race lasts for ever.
//
// Clock i wins with the probability
//
//	∫ f_i(t) Π_{j≠i} S_j(t) dt + Σ_atoms m_i(t) Π_{j<i} P(T_j > t) Π_{j>i} P(T_j >= t)
//
// in closed form when all are exponential or there is but one, else by
// Integrate, each win on its own. Relative error 1e-12 down to 1e-300 within
// the accuracy of the laws, whatever their scales, for laws with a coefficient
// of variation above 1e-3 and Weibull and gamma shapes above 0.1. Cost: about
// 50 µs for each smooth law and each ordered pair, 2 µs for each sample of an
// empirical one.
func Race(laws []Law) Outcome {
	_, win := RaceAt(laws, math.Inf(1))
	return Outcome{win, meanOfFirst(laws)}
}

// RaceAt returns, for the race of Race, the probability that no clock has
// fired by the time t, and for each that it fired first and by t.
func RaceAt(laws []Law, t float64) (survive float64, win []float64) {
	survive = survival(laws, t)
	if rate, ok := totalRate(laws); ok {
		first := Exponential{1 / rate}.CDF(t)
		for _, l := range laws {
			win = append(win, first/l.Mean()/rate)
		}
		return survive, win
	}
	breaks := allBreaks(laws)
	for i := range laws {
		win = append(win, winBy(laws, i, t, breaks))
	}
	return survive, win
}

// winBy returns the probability that clock i fires first and by t.
func winBy(laws []Law, i int, t float64, breaks []float64) float64 {
	if len(laws) == 1 {
		return laws[0].CDF(t)
	}
	before, after := laws[:i], laws[i+1:]
	if times := atoms(laws[i]); times != nil {
		win := zero(t)
		for _, at := range times {
			if at <= t {
				win += survival(before, at) * survivalUpTo(after, at) / float64(len(times))
			}
		}
		return win
	}
	first := func(t float64) float64 {
		return laws[i].Density(t) * survival(before, t) * survival(after, t)
	}
	win, _ := Integrate(first, 0, min(max(t, 0), horizon(laws)), breaks)
	return win
}

// meanOfFirst returns the mean of the minimum.
func meanOfFirst(laws []Law) float64 {
	if len(laws) == 0 {
		return math.Inf(1)
	}
	if len(laws) == 1 {
		return laws[0].Mean()
	}
	if rate, ok := totalRate(laws); ok {
		return 1 / rate
	}
	none := func(t float64) float64 { return survival(laws, t) }
	mean, _ := Integrate(none, 0, horizon(laws), allBreaks(laws))
	return mean
}

// totalRate returns the sum of the hazards if all laws are exponential.
func totalRate(laws []Law) (rate float64, ok bool) {
	for _, l := range laws {
		e, exponential := l.(Exponential)
		if !exponential {
			return 0, false
		}
		rate += 1 / e.MeanTime
	}
	return rate, true
}

// horizon returns a time by which some clock has fired but for 1e-300.
func horizon(laws []Law) float64 {
	end := math.Inf(1)
	for _, l := range laws {
		end = min(end, l.SurvivalQuantile(1e-300))
	}
	return end
}

// survival returns the probability that all clocks fire after t.
func survival(laws []Law, t float64) float64 {
	s := 1.0
	for _, l := range laws {
		s *= l.Survival(t)
	}
	return s
}

// survivalUpTo returns the probability that no clock fires before t; of a law
// with atoms that is the survival of the float before t.
func survivalUpTo(laws []Law, t float64) float64 {
	s := 1.0
	for _, l := range laws {
		at := t
		if atoms(l) != nil {
			at = math.Nextafter(t, math.Inf(-1))
		}
		s *= l.Survival(at)
	}
	return s
}

// atoms returns the times at which a law without density may fire, each with
// the same probability, and nil for a law without atoms.
func atoms(l Law) []float64 {
	switch l := l.(type) {
	case Fixed:
		return []float64{l.Time}
	case Empirical:
		return l.Samples
	}
	return nil
}
