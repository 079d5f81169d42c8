package model

import (
	"fmt"
	"math"
	"slices"
)

// Status is what is known of a requirement.
type Status string

const (
	Pass      Status = "pass"
	Fail      Status = "fail"
	Undecided Status = "undecided"
)

// A Verdict is the answer to a requirement.
type Verdict struct {
	Requirement *Requirement
	Status      Status
	Value       *Value       // what was held against the bound; nil if nothing is known or something is to be survived
	Down        *Value       // what is missing to 1, where that is a measure by itself
	Reason      string       // why it is undecided
	Open        bool         // it is undecided, and simulation may tell
	Broken      [][]string   // a survival: parts that break it when they are down together, a few ways
	Remedy      *Improvement // of what fails: the first change that helps; nil if none is known
	Enough      bool         // with the remedy it would hold
}

// Judge holds what r knows of the measure of q against the bound. It does not
// decide where there is no value, where the bound lies between the ends of an
// interval, and where nobody knows how far off an approximation is.
func (q *Requirement) Judge(r *Result) Verdict {
	v := Verdict{Requirement: q, Status: Undecided, Open: true}
	found, ok := q.find(r)
	switch {
	case !ok && q.Measure == MeanOutage && r.neverDown():
		v.Status, v.Open = Pass, false
		return v
	case !ok:
		v.Reason, v.Open = r.lacks(q.Measure)
		return v
	}
	v.Value = &found
	low, high, known := found.ends()
	switch u, twin := r.Find(q.Measure.Missing()); {
	case !known:
		v.Reason = "it is an approximation of unknown error"
		return v
	case twin:
		v.Down = &u
		low, high, _ = u.ends()
		v.Status = compare(!q.AtLeast, low, high, q.Bound.Q)
	case q.Confidence.P > 0:
		v.Status = compare(true, low, high, q.Confidence.P)
	case q.Measure == Downtime:
		v.Status = compare(q.AtLeast, low, high, q.Bound.P*(Year/q.Window))
	default:
		v.Status = compare(q.AtLeast, low, high, q.Bound.P)
	}
	if v.Open = v.Status == Undecided; v.Open {
		v.Reason = found.doubt()
	}
	return v
}

// doubt says why an interval does not decide.
func (v *Value) doubt() string {
	switch {
	case v.Method == Simulated:
		return fmt.Sprintf("%d runs are not enough to tell", v.Runs)
	case v.Measure == Met:
		return "how down time spreads over windows is not worked out, and its mean alone does not tell"
	}
	return "its bounds lie on both sides"
}

// find gives the value that q asks for.
func (q *Requirement) find(r *Result) (Value, bool) {
	if q.Confidence.P > 0 {
		return q.windows(r)
	}
	v, ok := r.Find(q.Measure)
	switch {
	case ok && (q.At == 0 || v.At == q.At):
		return v, true
	case ok || !r.infinite(q.Measure):
		return Value{}, false
	}
	return Value{Measure: q.Measure, Method: Exact, Value: math.Inf(1)}, true
}

// infinite says whether a measure is absent since it would be +Inf.
func (r *Result) infinite(m Measure) bool {
	switch m {
	case MTBF, MeanUp, MTTF, Nines:
		if r.neverDown() {
			return true
		}
	}
	a := r.absence(m)
	return a != nil && a.Infinite
}

// neverDown says whether it is certain that nothing takes the target down.
func (r *Result) neverDown() bool {
	u, ok := r.Find(Unavailability)
	return ok && u.Value == 0 && u.Method == Exact
}

// windows encloses the share of windows that meet a bound b on their down time
// D, of which only the mean is known: by Markov's inequality P(D > b) is at most
// E(D)/b, and, since W - D is not below 0 either, P(D <= b) at most
// E(W - D)/(W - b).
func (q *Requirement) windows(r *Result) (Value, bool) {
	if v, ok := r.Find(Met); ok {
		return v, true
	}
	u, ok := r.Find(Unavailability)
	a, both := r.Find(Availability)
	low, high, known := u.ends()
	if !ok || !both || !known || q.AtLeast {
		return Value{}, false
	}
	_, up, _ := a.ends()
	v := Value{Measure: Met, Method: Approximate, Bounded: true, High: 1, Note: "bounds that the mean down time sets, whatever its distribution"}
	switch b := q.Bound.P; {
	case b >= q.Window || high == 0:
		v.Low = 1
	case b > 0:
		v.Low = max(0, 1-high*q.Window/b)
	}
	if low*q.Window > q.Bound.P {
		v.High = min(1, up*q.Window/(q.Window-q.Bound.P))
	}
	v.Value = (v.Low + v.High) / 2
	return v, true
}

// ends gives the interval in which the figure is known to lie.
func (v *Value) ends() (low, high float64, known bool) {
	if v.Method == Exact {
		return v.Value, v.Value, true
	}
	return v.Low, v.High, v.Bounded
}

// compare holds all figures from low to high against a bound.
func compare(atLeast bool, low, high, bound float64) Status {
	if !atLeast {
		low, high, bound = -high, -low, -bound
	}
	switch least := bound - slack(bound); {
	case low >= least:
		return Pass
	case high < least:
		return Fail
	}
	return Undecided
}

const (
	rounding = 1e-12 // relative error that an exact figure may have, a share that of the smaller of p and 1 - p
	grain    = 4e-16 // relative distance of neighbours among float64
)

// slack is the distance within which a figure is equal to the bound.
func slack(bound float64) float64 {
	size := math.Abs(bound)
	if size > 1 {
		return rounding * size
	}
	return rounding*min(size, 1-size) + grain*size
}

// lacks says why there is no value of m, and whether simulation may give one.
func (r *Result) lacks(m Measure) (why string, open bool) {
	if a := r.absence(m); a != nil {
		return a.Why, a.Open
	}
	return "nothing gives its " + string(m), true
}

func (r *Result) absence(m Measure) *Absence {
	for i := range r.Absent {
		if slices.Contains(r.Absent[i].Measures, m) {
			return &r.Absent[i]
		}
	}
	return nil
}
