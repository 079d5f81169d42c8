package markov

import (
	"errors"
	"math"
	"testing"
)

// FuzzChain makes a chain and a target out of bytes, with rates over the whole range of floating point. Results are numbers, and
// probabilities add up to 1; what is out of range is an error that says so.
func FuzzChain(f *testing.F) {
	f.Add([]byte{3, 0, 9, 9, 9, 9, 9, 9})
	f.Add([]byte{4, 2, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8})
	f.Add([]byte{5, 1, 3, 5, 0, 0, 7, 2, 9, 4, 0, 0, 0, 1, 1, 6, 3, 0, 2, 2, 8, 8})
	rates := []float64{0, 0, 0, 5e-324, 1e-300, 1e-150, 1e-30, 1e-9, .3, 1, 1, 7, 1e9, 1e30, 1e150, 1e300}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 2 {
			return
		}
		n := 1 + int(data[0])%8
		q := make([][]float64, n)
		target := make(Set, n)
		target[int(data[1])%n] = true
		for i := range q {
			q[i] = make([]float64, n)
			for j := range q {
				if k := 2 + i*n + j; i != j && k < len(data) {
					q[i][j] = rates[int(data[k])%len(rates)]
				}
			}
		}
		c := chainOf(t, q)
		if st, err := c.Steady(nil, Options{}); wellBehaved(t, err) {
			addsUp(t, sum(st.Prob), st.Prob)
		}
		if r, err := c.Passage(nil, target, Options{}); wellBehaved(t, err) {
			addsUp(t, r.Reach+r.Miss, r.Hit)
			if !(r.Mean >= 0) || !(r.Variance >= 0) {
				t.Errorf("mean %v, variance %v", r.Mean, r.Variance)
			}
		}
		times := []float64{0, 1e-9, 1, 1e6}
		r, err := c.PassageCurve(nil, target, times, Options{})
		if wellBehaved(t, err) {
			for k := range times {
				addsUp(t, r.In[k]+r.Out[k], nil)
			}
		}
	})
}

// wellBehaved says whether there is no error, and fails for an error that there should not be.
func wellBehaved(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, ErrRange) && !errors.Is(err, ErrWork) {
		t.Errorf("unexpected error %v", err)
	}
	return err == nil
}

func addsUp(t *testing.T, all float64, p []float64) {
	t.Helper()
	if !(math.Abs(all-1) < 1e-10) {
		t.Errorf("probabilities %v add up to %v", p, all)
	}
	for _, v := range p {
		if !(v >= 0 && v <= 1+1e-10) {
			t.Errorf("%v is not a probability", v)
		}
	}
}
