package markov

import "math"

// A total adds up many numbers with one rounding or so in all (Kahan 1965, Neumaier 1974, for numbers that are not negative).
type total struct{ sum, lost float64 }

func (t *total) add(v float64) {
	s := t.sum + v
	if t.sum >= v {
		t.lost += (t.sum - s) + v
	} else {
		t.lost += (v - s) + t.sum
	}
	t.sum = s
}

// value is the sum; an infinite one stays so.
func (t *total) value() float64 {
	if math.IsInf(t.sum, 0) {
		return t.sum
	}
	return t.sum + t.lost
}

// sum adds up numbers that are not negative.
func sum(v []float64) float64 {
	var t total
	for _, x := range v {
		t.add(x)
	}
	return t.value()
}

// scale multiplies every number of v by f.
func scale(v []float64, f float64) {
	for i := range v {
		v[i] *= f
	}
}
