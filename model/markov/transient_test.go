package markov

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestTransientRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 100 {
		decades := []float64{0, 2, 10, 25}[n%4]
		q, start := randomChain(rng, decades)
		at := math.Pow(10, (decades+4)*(rng.Float64()-0.5))
		c := chainOf(t, q)
		prob, time := exponential(q, at)
		wantProb, wantTime := prob.from(start), time.from(start)
		for _, s := range steppers(t, c, at) {
			m := moment{prob: append([]float64(nil), start...), time: make([]float64, len(start))}
			loss, err := s.advance(&m, at)
			if err != nil {
				t.Fatal(err)
			}
			what := fmt.Sprintf("%T chain %d %v from %v at %g, loss %.2g", s, n, q, start, at, loss)
			for i := range start {
				_, loses := s.(*implicit)
				if wantProb[i] > 1e-280 && !(loses && wantProb[i] < faded) {
					near(t, what+" prob", m.prob[i], wantProb[i], max(loss, 1e-14))
				}
				if wantTime[i] > 1e-280 {
					near(t, what+" time", m.time[i], wantTime[i], max(loss, 1e-14))
				}
			}
		}
	}
}

// steppers returns every method that can do the time in a reasonable number of steps.
func steppers(t testing.TB, c *Chain, dt float64) []stepper {
	u := newUniform(context.Background(), c)
	var all []stepper
	if u.often*dt < 1e4 {
		all = append(all, u)
	}
	if u.often > 0 {
		p, err := newPowers(u)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
		s, err := newImplicit(u, c, dt)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// TestPointAvailability holds one part with lambda .1, mu 1 against published values of the point and interval availability.
func TestPointAvailability(t *testing.T) {
	sp := repair{1, 1, .1, 1}.count(t, never)
	up := sp.Where(func(d uint64) bool { return d == 0 })
	times := []float64{0, .5, 1, 2, 5, 10}
	point := []float64{1, .961540891852772, .939351916699825, .919163923487485, .909462433767133, .909092427427345}
	mean := []float64{0, .979016560267688, .964225530272886, .945834580232961, .925552284769612, 0}
	c, err := sp.Curve(nil, up, times, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, at := range times {
		near(t, fmt.Sprintf("up at %g", at), c.In[k], point[k], 1e-14)
		near(t, fmt.Sprintf("down at %g", at), c.Out[k], -math.Expm1(-1.1*at)/11, 1e-14)
		near(t, fmt.Sprintf("time down until %g", at), c.TimeOut[k], (at+math.Expm1(-1.1*at)/1.1)/11, 2e-13)
		if mean[k] != 0 {
			near(t, fmt.Sprintf("mean up until %g", at), c.TimeIn[k]/at, mean[k], 1e-14)
		}
	}
}

// TestReliabilityClosedForms: parts that are not repaired, lambda t = .5 and 1, published values.
func TestReliabilityClosedForms(t *testing.T) {
	const cold, hot = 0, 1
	for _, c := range []struct {
		n, need, kind int
		want          [2]float64
	}{
		{1, 1, hot, [2]float64{.606530659712633, math.Exp(-1)}},
		{3, 2, hot, [2]float64{.657378003217467, 3*math.Exp(-2) - 2*math.Exp(-3)}},
		{2, 1, hot, [2]float64{.845181878253825, .600423599106272}},
		{2, 1, cold, [2]float64{.90979598956895, .735758882342885}},
		{3, 1, cold, [2]float64{.985612322033029, .919698602928606}},
	} {
		sp, err := Explore(0, func(failed int, emit func(int, float64)) {
			if left := c.n - failed; left > 0 {
				emit(failed+1, []float64{1, float64(left)}[c.kind])
			}
		}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := sp.PassageCurve(nil, sp.Where(func(failed int) bool { return c.n-failed < c.need }), []float64{.5, 1}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k := range r.Out {
			near(t, fmt.Sprintf("%+v", c), r.Out[k], c.want[k], 1e-14)
			near(t, fmt.Sprintf("%+v complement", c), r.In[k], 1-c.want[k], 1e-13)
		}
	}
}

// TestFirstFailureStiff is about systems that fail once in 1e15: 2 of 3, 3 of 5 and 15 of 20 with one repairer. The exact time to failure is
// exponential but for a correction of the size of the unavailability.
func TestFirstFailureStiff(t *testing.T) {
	for _, c := range []struct {
		repair
		spare int
	}{{repair{3, 1, 1e-6, 1}, 1}, {repair{5, 1, 2.5e-6, 1}, 2}, {repair{20, 1, 1.8e-4, 1}, 5}} {
		sp := c.count(t, never)
		failed := sp.Where(func(d uint64) bool { return int(d) > c.spare })
		exact, _ := c.moments(c.spare)
		mttf := float(exact)
		times := []float64{1e7, 3e7, mttf / 1e3, mttf, 100 * mttf}
		r, err := sp.PassageCurve(nil, failed, times, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k, at := range times {
			// the time until the repair of the first failures begins to matter delays all by about as much
			near(t, fmt.Sprintf("%+v failed by %g", c, at), r.In[k], -math.Expm1(-at/mttf), 1e-6)
			near(t, fmt.Sprintf("%+v alive at %g", c, at), r.Out[k], math.Exp(-at/mttf), 1e-9)
		}
	}
}

func TestTransientRefuses(t *testing.T) {
	c := chainOf(t, [][]float64{{0, 1}, {1, 0}})
	for _, times := range [][]float64{{-1}, {2, 1}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := c.Curve(nil, Set{true, false}, times, Options{}); !errors.Is(err, ErrTime) {
			t.Errorf("times %v: got %v, want an error that wraps ErrTime", times, err)
		}
	}
	for _, p := range [][]float64{{1}, {1, 1}, {-1, 2}, {math.NaN(), 1}, {}} {
		if _, err := c.Curve(p, Set{true, false}, []float64{1}, Options{}); !errors.Is(err, ErrInitial) {
			t.Errorf("start %v: got %v, want an error that wraps ErrInitial", p, err)
		}
	}
}
