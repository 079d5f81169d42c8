package model

import (
	"math"
	"strings"
	"testing"
)

func exactly(m Measure, x float64) Value { return Value{Measure: m, Value: x, Method: Exact} }

func about(m Measure, low, high float64) Value {
	return Value{Measure: m, Value: (low + high) / 2, Method: Simulated, Bounded: true, Low: low, High: high, Runs: 128}
}

// TestJudge holds values against bounds.
func TestJudge(t *testing.T) {
	least := func(m Measure, p Prob) *Requirement { return &Requirement{Measure: m, AtLeast: true, Bound: p} }
	most := func(m Measure, x float64) *Requirement { return &Requirement{Measure: m, Bound: ProbOf(x)} }
	available := func(u float64) []Value { return []Value{exactly(Availability, 1-u), exactly(Unavailability, u)} }
	never := append(available(0), exactly(Outages, 0))
	at := func(q *Requirement, seconds float64) *Requirement { q.At = seconds; return q }
	late := exactly(Reliability, 0.9)
	late.At = Year
	tests := []struct {
		name string
		q    *Requirement
		of   []Value
		want Status
	}{
		{"more", least(Availability, Prob{0.9995, 5e-4}), available(4.9999999e-4), Pass},
		{"less by a hair", least(Availability, Prob{0.9995, 5e-4}), available(5e-4 * (1 + 1e-10)), Fail},
		{"equal", least(Availability, Prob{0.9995, 5e-4}), available(5e-4), Pass},
		{"equal but for rounding", least(Availability, Prob{0.9995, 5e-4}), available(5e-4 * (1 + 1e-14)), Pass},
		{"what 1 - x cannot tell, fine", least(Availability, Prob{1, 2e-18}), available(1e-18), Pass},
		{"what 1 - x cannot tell, not fine", least(Availability, Prob{1, 2e-18}), available(3e-18), Fail},
		{"at most", most(Outages, 6), []Value{exactly(Outages, 6)}, Pass},
		{"more than at most", most(Outages, 6), []Value{exactly(Outages, 6.0000001)}, Fail},
		{"time", least(MTTF, Prob{P: 90 * 86400}), []Value{exactly(MTTF, 90*86400*(1-1e-9))}, Fail},
		{"all served", least(Served, Prob{1, 0}), []Value{exactly(Served, 1-1e-15)}, Fail},
		{"all but a grain", least(Served, Prob{1, 0}), []Value{exactly(Served, math.Nextafter(1, 0))}, Pass},
		{"down time in a month", &Requirement{Measure: Downtime, Bound: Prob{P: 1200}, Window: Year / 12}, []Value{exactly(Downtime, 12*1200)}, Pass},
		{"more in a month", &Requirement{Measure: Downtime, Bound: Prob{P: 1200}, Window: Year / 12}, []Value{exactly(Downtime, 12*1200.001)}, Fail},
		{"interval above", least(Availability, Prob{0.99, 0.01}), []Value{about(Availability, 0.991, 0.993), about(Unavailability, 0.007, 0.009)}, Pass},
		{"interval below", least(Availability, Prob{0.995, 0.005}), []Value{about(Availability, 0.991, 0.993), about(Unavailability, 0.007, 0.009)}, Fail},
		{"interval around", least(Availability, Prob{0.992, 0.008}), []Value{about(Availability, 0.991, 0.993), about(Unavailability, 0.007, 0.009)}, Undecided},
		{"of unknown error", most(Outages, 6), []Value{{Measure: Outages, Value: 1, Method: Approximate}}, Undecided},
		{"absent", least(MTTF, Prob{P: 1}), available(0.1), Undecided},
		{"never down, nines", least(Nines, Prob{P: 20}), never, Pass},
		{"never down, mttf", least(MTTF, Prob{P: 1e300}), never, Pass},
		{"never down, mean outage", most(MeanOutage, 1), never, Pass},
		{"never down, short lives wanted", most(MTTF, 1e300), never, Fail},
		{"no store", least(MTTDL, Prob{P: 1}), never, Undecided},
		{"the mission", least(Reliability, Prob{0.8, 0.2}), []Value{late}, Pass},
		{"that time", at(least(Reliability, Prob{0.8, 0.2}), Year), []Value{late}, Pass},
		{"another time", at(least(Reliability, Prob{0.8, 0.2}), 2*Year), []Value{late}, Undecided},
	}
	for _, test := range tests {
		v := test.q.Judge(&Result{Values: test.of})
		if v.Status != test.want || v.Requirement != test.q || (v.Status == Undecided) != (v.Reason != "") {
			t.Errorf("%s: got %+v, want %s", test.name, v, test.want)
		}
	}
}

// TestJudgeWindows decides what the mean decides whatever the distribution: of
// windows of 100 s with a mean of 10 s, P(D <= b) lies between 1 - 10/b and
// 90/(100 - b), and both ends are taken on by some D.
func TestJudgeWindows(t *testing.T) {
	r := &Result{Values: []Value{exactly(Availability, 0.9), exactly(Unavailability, 0.1)}}
	tests := []struct {
		bound, share float64
		want         Status
	}{
		{40, 0.75, Pass}, {40, 0.7501, Undecided}, {5, 0.94, Undecided}, {5, 0.948, Fail}, {100, 0.999, Pass}, {0, 0.9, Undecided}, {0, 0.901, Fail},
	}
	for _, test := range tests {
		q := &Requirement{Measure: Downtime, Bound: Prob{P: test.bound}, Window: 100, Confidence: ProbOf(test.share)}
		if v := q.Judge(r); v.Status != test.want || v.Value.Measure != Met {
			t.Errorf("%g s in %g: got %+v, want %s", test.bound, test.share, v, test.want)
		}
		told := *r
		told.Values = append(told.Values, exactly(Met, test.share))
		if v := q.Judge(&told); v.Status != Pass {
			t.Errorf("%g s in %g, and it is known: %+v", test.bound, test.share, v)
		}
	}
}

// TestLacks tells why, and knows what is infinite.
func TestLacks(t *testing.T) {
	ever := &Result{Values: []Value{exactly(Unavailability, 0.1)}, Absent: []Absence{{[]Measure{MTTF}, "it may stay up for ever", true, false}}}
	if v := (&Requirement{Measure: MTTF, AtLeast: true, Bound: Prob{P: Year}}).Judge(ever); v.Status != Pass {
		t.Errorf("%+v", v)
	}
	r := &Result{Absent: []Absence{{[]Measure{MTBF, MTTF}, "lb has no dynamics", false, false}}}
	if v := (&Requirement{Measure: MTTF}).Judge(r); v.Reason != "lb has no dynamics" || v.Open {
		t.Errorf("%+v", v)
	}
	if v := (&Requirement{Measure: Outages}).Judge(r); !strings.Contains(v.Reason, "outages") || !v.Open {
		t.Errorf("%+v", v)
	}
}
