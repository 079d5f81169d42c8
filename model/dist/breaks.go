package dist

import "slices"

// Breaks returns the times that Integrate should know of an integrand made of
// l, unordered: atoms, kinks and ends of the support, or where l is smooth its
// quantiles from the one far tail through the bulk to the other. An empirical
// law has one for each sample.
func Breaks(l Law) []float64 {
	switch l := l.(type) {
	case Fixed:
		return []float64{l.Time}
	case Uniform:
		return []float64{l.Low, l.High}
	case Triangular:
		return []float64{l.Low, l.Mode, l.High}
	case Empirical:
		return slices.Clone(l.Samples)
	case Hyperexponential:
		var all []float64
		for _, b := range l.Branches {
			all = append(all, Breaks(Exponential{b.MeanTime})...)
		}
		return all
	}
	var all []float64
	for _, p := range [...]float64{1e-300, 1e-100, 1e-30, 1e-10, 1e-3, 0.25} {
		all = append(all, l.Quantile(p), l.SurvivalQuantile(p))
	}
	return all
}

// allBreaks joins the breaks of several laws.
func allBreaks(laws []Law) []float64 {
	var all []float64
	for _, l := range laws {
		all = append(all, Breaks(l)...)
	}
	return all
}
