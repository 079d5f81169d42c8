package montecarlo

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"nines/model"
)

// A finding is all that is known of one target.
type finding struct {
	model.Result
	lacking []model.Diagnostic
}

func (f *finding) add(m model.Measure, e estimate, s sample) {
	v := model.Value{Measure: m, Value: e.value, Method: model.Simulated, Confidence: s.confidence, Runs: int(s.runs)}
	switch {
	case e.side > 0:
		v.Note = "not seen in any run: an upper bound"
	case e.side < 0:
		v.Note = "the opposite was not seen in any run: a lower bound"
	}
	if s.runs > 1 {
		v.Bounded, v.Low, v.High = true, e.low, e.high
	}
	f.Values = append(f.Values, v)
}

// longRun adds the long-run measures but for those of passages. What cannot be
// is exactly 0.
func (f *finding) longRun(s sample, can scope) {
	down, refused := s.odds(downTime), s.odds(unserved)
	unavailability := down.rising(shareOfOdds)
	f.add(model.Availability, down.falling(restOfOdds), s)
	f.add(model.Unavailability, unavailability, s)
	f.add(model.Nines, unavailability.falling(func(u float64) float64 { return math.Abs(math.Log10(u)) }), s)
	f.add(model.Downtime, unavailability.rising(func(u float64) float64 { return u * model.Year }), s)
	f.add(model.Served, refused.falling(restOfOdds), s)
	f.addIf(can.lies, model.WrongShare, s.odds(wronged).rising(shareOfOdds), s)
	f.addIf(can.degrades, model.Degraded, s.odds(degraded).rising(shareOfOdds), s)
}

// addIf adds what can be, and else an exact 0.
func (f *finding) addIf(can bool, m model.Measure, e estimate, s sample) {
	if can {
		f.add(m, e, s)
	} else {
		f.Values = append(f.Values, model.Value{Measure: m, Method: model.Exact})
	}
}

// passages adds what follows from the number of outages.
func (f *finding) passages(s sample) {
	rate := s.rate(outages, length)
	f.add(model.Outages, rate.rising(func(r float64) float64 { return r * model.Year }), s)
	f.add(model.MTBF, rate.falling(inverse), s)
	if rate.side != 0 {
		f.lacks("N222", "no outage was seen", model.MeanOutage, model.MeanUp)
		return
	}
	f.add(model.MeanOutage, s.ratio(only(downTime), only(outages), s.count(outages), 1), s)
	f.add(model.MeanUp, s.ratio(lengthBut(downTime), only(outages), s.count(outages), 1), s)
}

// firstFailure adds the mean time to the first moment not up, as m.
func (f *finding) firstFailure(s sample, m model.Measure) {
	if s.hits[endless] > 0 {
		f.lacks(neverEnds, "it may stay up for ever", m)
		return
	}
	f.add(m, s.life(), s)
	if cut := int(s.runs) - s.hits[failures]; s.kind == life && cut > 0 {
		f.Values[len(f.Values)-1].Note = fmt.Sprintf("%d of %.0f runs were ended before a failure: a lower bound", cut, s.runs)
	}
}

// farFailure adds the mean time to the first failure, which no life has met, as
// that between failing excursions, as m.
func (f *finding) farFailure(s sample, m model.Measure) {
	f.add(m, s.rate(failures, length).falling(inverse), s)
	if v := &f.Values[len(f.Values)-1]; v.Note == "" {
		v.Note = "from a random moment of the long run"
	}
}

// mission adds the measures of the time from 0 to at.
func (f *finding) mission(s sample, p prospect, at float64) {
	first := len(f.Values)
	f.add(model.Reliability, p.failure.falling(complement), s)
	f.add(model.PointAvailability, p.down.falling(complement), s)
	f.add(model.IntervalAvailability, p.odds.falling(restOfOdds), s)
	for i := range f.Values[first:] {
		f.Values[first+i].At = at
	}
}

// neverEnds is the code of a life that may be infinite.
const neverEnds = "N205"

// lacks notes that measures are absent.
func (f *finding) lacks(code, why string, measures ...model.Measure) {
	f.Absent = append(f.Absent, model.Absence{Measures: measures, Why: why, Infinite: code == neverEnds})
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = string(m)
	}
	list := names[0]
	if last := len(names) - 1; last > 0 {
		list = strings.Join(names[:last], ", ") + " or " + names[last]
	}
	f.lacking = append(f.lacking, model.Diagnostic{
		Severity: model.Note, Code: code, Pos: f.Target.Pos,
		Summary: fmt.Sprintf("%s has no %s: %s", f.Target.Name, list, why),
	})
}

// doubt tells of intervals that cannot be trusted.
func (f *finding) doubt(s sample) {
	if s.doubtful(downTime) || s.doubtful(outages) || s.doubtful(failures) {
		f.lacking = append(f.lacking, model.Diagnostic{
			Severity: model.Note, Code: "N223", Pos: f.Target.Pos,
			Summary: fmt.Sprintf("the figures of %s come from a few of the runs: their intervals may be too narrow", f.Target.Name),
			Help:    "simulate for longer",
		})
	}
}

// sort puts the values in the order of reports.
func (f *finding) sort() {
	order := model.Measures()
	slices.SortStableFunc(f.Values, func(a, b model.Value) int {
		return slices.Index(order, a.Measure) - slices.Index(order, b.Measure)
	})
}

// static says what a target without history lacks.
const static = "it depends on a part that has a probability and no dynamics"

// take adds what a study tells of its target t.
func (f *finding) take(s *study, t int, confidence, at float64) {
	found, can := s.sample(t, confidence), s.program.scopes[t]
	if s.runs == 0 {
		f.lacks("N221", "no run was finished", s.measures()...)
		return
	}
	if s.records != nil {
		f.spread(s, t, confidence)
	}
	switch {
	case s.extra:
	case s.program.data:
		f.takeData(s, t, found)
	case s.kind == mission && can.history:
		f.mission(found, s.prospect(t, confidence), at)
	case s.kind == life && can.history && !(s.far && s.given[t]):
		f.firstFailure(found, model.MTTF)
	case s.kind.long():
		f.doubt(found)
		if s.kind == excursions && s.program.seldom(found.runs*s.end, confidence) {
			f.lacking = append(f.lacking, model.Diagnostic{
				Severity: model.Note, Code: "N223", Pos: f.Target.Pos,
				Summary: f.Target.Name + ": some first failure is too seldom to be met in the time simulated; what begins with it may be missing from the figures",
				Help:    "simulate for longer, or compare with nines eval",
			})
		}
		f.longRun(found, can)
		if !can.history {
			f.lacks("N201", static,
				model.Outages, model.MTBF, model.MeanOutage, model.MeanUp, model.MTTF, model.Reliability, model.PointAvailability, model.IntervalAvailability)
			return
		}
		f.passages(found)
		switch {
		case s.kind == cycles, s.renews:
			f.firstFailure(found, model.MTTF)
		case s.kind == excursions && s.tellsLives(t):
			f.farFailure(found, model.MTTF)
		}
	}
}

// measures that a study tells.
func (s *study) measures() []model.Measure {
	switch {
	case s.program.data && s.kind == mission:
		return []model.Measure{model.Durability, model.DataLoss}
	case s.program.data:
		return []model.Measure{model.MTTDL}
	case s.kind == mission:
		return []model.Measure{model.Reliability, model.PointAvailability, model.IntervalAvailability}
	case s.kind == life:
		return []model.Measure{model.MTTF}
	case s.kind == stretch || s.kind == excursions:
		return model.Measures()[:11]
	}
	return model.Measures()[:12]
}
