package model

import (
	"math"

	"nines/model/dist"
)

// A Detector tells by heartbeats whether something is up: one is sent every
// Heartbeat, and what has not come Timeout after it was sent is missed.
type Detector struct {
	Name      string
	Heartbeat float64 // s
	Timeout   float64 // s
	Network   int     // index of System.Networks
	Quality   Quality
	Pos       Pos
}

// Quality is how fast a detector is, and how often it is wrong about something
// that is up (Chen, Toueg, Aguilera, On the quality of service of failure
// detectors, IEEE Transactions on Computers 51, 2002).
type Quality struct {
	Detection dist.Law // from a failure to its notice
	Rate      float64  // mistakes that begin, per second
	Lasting   float64  // mean duration of one, s; 0 without any
	Wrong     float64  // share of the time with a mistake: 1 - query accuracy
	Error     float64  // of Lasting and Wrong, relative, by quadrature
}

// MostHeartbeats bounds the time-out of a detector, in heartbeats.
const MostHeartbeats = 1000

// Bounded is the time above which no delay of n is, +Inf without one.
func (n *Network) Bounded() float64 {
	switch {
	case n.Bound > 0:
		return n.Bound
	case n.Delay == nil:
		return 0
	}
	return n.Delay.SurvivalQuantile(0)
}

// Judge works out the quality of a detector over n. Over a synchronous network
// the time-out is not below the bound and there are no mistakes. Over a
// partially synchronous one it is doubled after each mistake until it is at the
// bound, so that there are none in the long run. Else it is NFD-S of the source,
// heartbeats being lost and late independently.
func (d *Detector) Judge(n *Network) Quality {
	wait := d.Timeout
	if bound := n.Bounded(); n.Timing == Partial && wait < bound && !math.IsInf(bound, 1) {
		wait = math.Ldexp(wait, int(math.Ceil(math.Log2(bound/wait)-1e-12)))
	}
	q := Quality{Detection: dist.Uniform{Low: wait, High: wait + d.Heartbeat}}
	if n.Timing == Asynchronous {
		heartbeats{d.Heartbeat, d.Timeout, n}.mistakes(&q)
	}
	return q
}

// heartbeats are sent every eta, and late delta after they were sent.
type heartbeats struct {
	eta, delta float64
	*Network
}

// Heard is the probability that a heartbeat comes before the one after it is
// late. Without it everything is always suspected.
func (d *Detector) Heard(n *Network) float64 {
	if n.Delay == nil {
		return n.Loss.Q
	}
	return n.Loss.Q * n.Delay.CDF(math.Nextafter(d.Timeout+d.Heartbeat, 0))
}

// mistakes fills in how often and how long there are any: with
//
//	p(j, x) = loss + (1 - loss) P(delay > delta + x - j eta)
//	u(x) = p(0, x) p(1, x) ... p(k, x)    k = ceil(delta / eta)
//
// the chance that x after a heartbeat became due neither it nor a later one has
// come, and p(S) = q(0) u(0) that it is now suspected and was not before, q(0) =
// Heard, they begin at the rate p(S) / eta and last ∫ u / p(S) over a period.
func (h heartbeats) mistakes(q *Quality) {
	d := Detector{Heartbeat: h.eta, Timeout: h.delta}
	log, heard := h.logU(0), d.Heard(h.Network)
	if math.IsInf(log, -1) || heard == 0 {
		return
	}
	relative := func(x float64) float64 { return math.Exp(h.logU(x) - log) }
	sum, err := dist.Integrate(relative, 0, h.eta, h.breaks())
	q.Rate = heard * math.Exp(log) / h.eta
	if q.Rate == 0 {
		return
	}
	q.Lasting, q.Wrong, q.Error = sum/heard, math.Exp(log)*sum/h.eta, err/sum
}

// logU is the logarithm of u(x).
func (h heartbeats) logU(x float64) float64 {
	sum := 0.0
	for j := range int(math.Ceil(h.delta/h.eta)) + 1 {
		sum += h.logMissing(h.delta + x - float64(j)*h.eta)
	}
	return sum
}

// logMissing is the logarithm of the chance that a heartbeat has not come t
// after it was sent.
func (h heartbeats) logMissing(t float64) float64 {
	switch {
	case t < 0:
		return 0
	case h.Delay == nil:
		return math.Log(h.Loss.P)
	case h.Loss.P == 0:
		return h.Delay.LogSurvival(t)
	}
	if late := h.Delay.Survival(t); late < 0.5 {
		return math.Log(h.Loss.P + h.Loss.Q*late)
	}
	return math.Log1p(-h.Loss.Q * h.Delay.CDF(t))
}

// breaks are where u is not smooth, or of what scale it is.
func (h heartbeats) breaks() []float64 {
	ends := []float64{0}
	if h.Delay != nil {
		ends = append(ends, dist.Breaks(h.Delay)...)
	}
	var all []float64
	for _, end := range ends {
		if x := end - h.delta + h.eta*max(0, math.Ceil((h.delta-end)/h.eta)); x > 0 && x < h.eta {
			all = append(all, x)
		}
	}
	return all
}
