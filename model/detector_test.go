package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"nines/model/dist"
)

func within(got, want, relative float64) bool { return math.Abs(got-want) <= relative*math.Abs(want) }

// TestMistakesExponential: without loss u is a product of exponentials, and its
// integral is closed, far into the tail too. With delta = d heartbeats and a mean
// delay of m heartbeats, of the k+1 heartbeats those that can be there at x are j
// <= d + x, so that log u is -sum (d + x - j) / m.
func TestMistakesExponential(t *testing.T) {
	for _, m := range []float64{0.01, 0.1, 1, 5} {
		for _, d := range []float64{0.25, 1, 2.5, 3} {
			n := &Network{Delay: dist.Exponential{MeanTime: 2 * m}, Loss: ProbOf(0)}
			detector := Detector{Heartbeat: 2, Timeout: 2 * d}
			q := detector.Judge(n)
			whole, part := math.Floor(d), d-math.Floor(d)
			first := func(x float64) float64 { // those up to whole are there from the start
				sum := 0.0
				for j := 0.0; j <= whole; j++ {
					sum += d + x - j
				}
				return sum / m
			}
			// integral over x: up to 1-part with whole+1 factors, then with one more
			a, b := (whole+1)/m, (whole+2)/m
			sum := -math.Expm1(-a*(1-part)) / a
			if part > 0 {
				sum += math.Exp(first(0)-first(1-part)) * -math.Expm1(-b*part) / b
			}
			heard := -math.Expm1(-(d + 1) / m)
			u := math.Exp(-first(0))
			if u == 0 {
				if q.Rate != 0 {
					t.Errorf("m %g, d %g: rate %g, want none", m, d, q.Rate)
				}
				continue
			}
			if !within(q.Rate, heard*u/2, 1e-12) || !within(q.Lasting, 2*sum/heard, 1e-12) || !within(q.Wrong, u*sum, 1e-12) || q.Error > 1e-10 {
				t.Errorf("m %g, d %g: %+v, want rate %g, lasting %g", m, d, q, heard*u/2, 2*sum/heard)
			}
		}
	}
}

// TestMistakesLost: where heartbeats take no time all that are due must be lost;
// one lost is made good for by the next.
func TestMistakesLost(t *testing.T) {
	const p = 1e-3
	n := &Network{Loss: ProbOf(p)}
	d := Detector{Heartbeat: 1, Timeout: 2.25} // the one before, at it, and two on its way: j = 0, 1, 2, and 3 from 0.75 on
	q := d.Judge(n)
	want := p * p * p * (0.75 + 0.25*p)
	if !within(q.Wrong, want, 1e-12) || !within(q.Rate, (1-p)*p*p*p, 1e-12) || !within(q.Lasting*q.Rate, want, 1e-12) {
		t.Errorf("%+v, want %g of the time", q, want)
	}
}

// TestDetection: how long detection takes for each timing.
func TestDetection(t *testing.T) {
	lognormal := dist.Lognormal{Median: 0.1, Sigma: 1}
	for _, c := range []struct {
		net       Network
		low       float64
		mistakes  bool
		unbounded bool
	}{
		{Network{Timing: Synchronous, Bound: 2}, 2, false, false},
		{Network{Timing: Partial, Bound: 5}, 8, false, false},
		{Network{Timing: Partial, Bound: 16}, 16, false, false},
		{Network{Timing: Partial, Bound: 1}, 2, false, false},
		{Network{Timing: Partial, Delay: dist.Uniform{Low: 0, High: 3}}, 4, false, false},
		{Network{Timing: Asynchronous, Delay: lognormal, Loss: ProbOf(0)}, 2, true, true},
		{Network{Timing: Asynchronous, Delay: dist.Fixed{Time: 2}, Loss: ProbOf(0)}, 2, false, false},
	} {
		d := Detector{Heartbeat: 1, Timeout: 2}
		q := d.Judge(&c.net)
		if q.Detection != (dist.Uniform{Low: c.low, High: c.low + 1}) || (q.Rate > 0) != c.mistakes || math.IsInf(c.net.Bounded(), 1) != c.unbounded {
			t.Errorf("%+v: %+v", c.net, q)
		}
	}
}

// beats is what a simulation of heartbeats has seen, in batches.
type beats struct{ mistakes, wrong []float64 }

// simulate sends heartbeats i = 0, 1, ... at i eta, each lost or late by itself.
// From i eta + delta on the sender is trusted while one from i on has come
// (NFD-S, figure 6 of the paper): it is written from that, not from the formulas.
func simulate(h heartbeats, r *rand.Rand, batches, size int) beats {
	var b beats
	ahead := int(h.delta/h.eta) + 2 // later ones cannot come in time
	coming := make([]float64, ahead)
	sent := 0
	send := func() {
		at := math.Inf(1)
		if r.Float64() >= h.Loss.P {
			at = float64(sent)*h.eta + h.Delay.Sample(r)
		}
		coming[sent%ahead] = at
		sent++
	}
	trusted := false
	for i := 0; len(b.mistakes) < batches; {
		mistakes, wrong := 0.0, 0.0
		for range size {
			for sent < i+ahead {
				send()
			}
			due := float64(i)*h.eta + h.delta
			first := math.Inf(1)
			for _, at := range coming {
				first = min(first, at)
			}
			if first > due {
				if trusted {
					mistakes++
				}
				wrong += min(first-due, h.eta)
			}
			trusted = first < due+h.eta
			coming[i%ahead] = math.Inf(1)
			i++
		}
		b.mistakes, b.wrong = append(b.mistakes, mistakes/(float64(size)*h.eta)), append(b.wrong, wrong/(float64(size)*h.eta))
	}
	return b
}

// interval is the mean of batches and five standard errors of it.
func interval(batches []float64) (mean, half float64) {
	square := 0.0
	for _, x := range batches {
		mean += x / float64(len(batches))
	}
	for _, x := range batches {
		square += (x - mean) * (x - mean)
	}
	n := float64(len(batches))
	return mean, 5 * math.Sqrt(square/(n*(n-1)))
}

// heartbeatsSimulated is the number of them for each law. With 1e7 the figures agree as
// well, within intervals that are narrower by a factor of 7.
const heartbeatsSimulated = 200_000

// TestHeartbeats holds the formulas against heartbeats that are sent, lost and
// late.
func TestHeartbeats(t *testing.T) {
	for name, law := range map[string]dist.Law{
		"exponential": dist.Exponential{MeanTime: 0.4}, "lognormal": dist.Lognormal{Median: 0.3, Sigma: 0.9}, "fixed": dist.Fixed{Time: 0.7},
		"longer than a period": dist.Exponential{MeanTime: 1.5},
	} {
		for _, delta := range []float64{0.8, 1, 1.6, 2.3} {
			h := heartbeats{1, delta, &Network{Delay: law, Loss: ProbOf(0.1)}}
			d := Detector{Heartbeat: 1, Timeout: delta}
			q := d.Judge(h.Network)
			b := simulate(h, rand.New(rand.NewPCG(7, uint64(10*delta))), 100, heartbeatsSimulated/100)
			rate, wide := interval(b.mistakes)
			wrong, most := interval(b.wrong)
			if math.Abs(rate-q.Rate) > wide || math.Abs(wrong-q.Wrong) > most || rate == 0 {
				t.Errorf("%s, %g s: rate %.6g, simulated %.6g ± %.2g; wrong %.6g, simulated %.6g ± %.2g", name, delta, q.Rate, rate, wide, q.Wrong, wrong, most)
			}
			t.Logf("%-20s %g s: rate %.6g, simulated %.6g ± %.1g; wrong %.6g, simulated %.6g ± %.1g; lasting %.5g, simulated %.5g", name, delta, q.Rate, rate, wide, q.Wrong, wrong, most, q.Lasting, wrong/rate)
		}
	}
}
