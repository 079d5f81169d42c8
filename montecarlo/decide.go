package montecarlo

import (
	"cmp"
	"context"
	"slices"
	"time"

	"nines/model"
)

// A question is a requirement on the way to its verdict.
type question struct {
	verdict model.Verdict
	at      float64 // s, of a measure that takes a time
	study   *study  // that tells the answer; nil if none can
	target  int     // of its program
	limit   int     // of the study, for the down time of windows
}

// Decide simulates until each requirement on a measure is decided, or a limit
// of opts is reached; the verdicts are in the order of the requirements. Until,
// At, Windows and Targets do not matter. A verdict is wrong with a probability
// of at most 1 - Confidence, however often it was looked whether there is one:
// look k at a study uses intervals at 1 - (1 - Confidence)/(k(k+1)), and these
// errors add up to less than 1 - Confidence.
//
// The report has no results; its Converged says whether all is decided. Errors
// are those of Simulate.
func Decide(ctx context.Context, sys *model.System, list []*model.Requirement, opts Options) ([]model.Verdict, *Report, error) {
	opts.Until, opts.At, opts.Windows, opts.Targets = 0, 0, nil, nil
	if _, err := check(sys, &opts); err != nil {
		return nil, nil, err
	}
	s := &simulation{Options: opts, system: sys, started: time.Now()}
	var chosen []int
	for _, r := range list {
		s.questions = append(s.questions, newQuestion(r, opts.At))
		if !slices.Contains(chosen, r.Target) {
			chosen = append(chosen, r.Target)
		}
	}
	slices.Sort(chosen)
	if err := s.plan(append(divide(sys, chosen), s.dataPieces(chosen)...)); err != nil {
		return nil, nil, err
	}
	if err := s.work(ctx); err != nil {
		return nil, nil, err
	}
	verdicts, report := s.verdicts()
	report.Partial = ctx.Err() != nil
	return verdicts, report, nil
}

func newQuestion(r *model.Requirement, mission float64) *question {
	q := &question{verdict: model.Verdict{Requirement: r, Status: model.Undecided, Reason: static}}
	switch {
	case r.Measure.TakesTime():
		q.at = cmp.Or(r.At, mission)
	case r.Measure.OfData():
		q.at = model.Year
	}
	return q
}

func (q *question) open() bool { return q.verdict.Status == model.Undecided }

// ask plans the studies that questions about the targets of a program need.
func (s *simulation) ask(p *program, engines []*engine) error {
	long, err := s.method(p)
	if err != nil {
		return err
	}
	first := len(s.studies)
	for _, q := range s.questions {
		r := q.verdict.Requirement
		target := slices.Index(p.targets, r.Target)
		kind, history := q.kind(long)
		if target < 0 || r.Measure.OfData() != p.data || history && !p.scopes[target].history {
			continue
		}
		q.target = target
		for _, study := range s.studies[first:] {
			if study.kind == kind && (kind != mission || study.end == q.at) && (kind != windows || study.each == r.Window) {
				q.study = study
			}
		}
		if q.study == nil {
			q.study = s.add(kind, p, engines)
			s.shape(q)
		}
		q.verdict.Reason = "no run was finished"
		if kind == windows {
			limits := &q.study.limits[q.target]
			q.limit = len(*limits)
			*limits = append(*limits, limit{time: r.Bound.P, atLeast: r.AtLeast, from: r})
		}
	}
	return nil
}

// kind of study that tells the answer, long of what the long run is, and whether the target must have a
// history for it.
func (q *question) kind(long kind) (k kind, history bool) {
	switch r := q.verdict.Requirement; {
	case r.Confidence.P > 0:
		return windows, true
	case r.Measure.TakesTime(), r.Measure.OfData() && r.Measure != model.MTTDL:
		return mission, true
	case r.Measure != model.MTTF && r.Measure != model.MTTDL:
		return long, false
	case long == cycles:
		return cycles, true
	}
	return life, true
}

// shape gives the study of a question its length.
func (s *simulation) shape(q *question) {
	switch study := q.study; study.kind {
	case stretch:
		study.end = study.program.horizon(s.Horizon)
	case excursions:
		study.end = study.program.roaming()
	case mission:
		study.end = q.at
	case windows:
		study.each = q.verdict.Requirement.Window
		study.perRun = study.program.perRun(study.each)
		study.limits = make([][]limit, len(study.totals))
		study.keep(true)
	}
}

// answered looks at what a study has found and says whether it is of no more
// use.
func (s *simulation) answered(study *study) bool {
	if s.questions == nil {
		return false
	}
	study.looks++
	confidence := 1 - (1-s.Confidence)/float64(study.looks*(study.looks+1))
	done := true
	for _, q := range s.questions {
		if q.study == study && q.open() {
			found := q.found(confidence)
			q.verdict = q.verdict.Requirement.Judge(&found.Result)
			done = done && !q.open()
		}
	}
	return done
}

// found is what the study of a question tells of its target.
func (q *question) found(confidence float64) *finding {
	f, s := &finding{}, q.study
	if s.kind == windows && s.runs > 0 {
		f.add(model.Met, s.records[q.target].within(q.limit, confidence), s.sample(q.target, confidence))
	} else {
		f.take(s, q.target, confidence, q.at)
	}
	return f
}

func (s *simulation) verdicts() ([]model.Verdict, *Report) {
	report := &Report{Converged: true}
	verdicts := make([]model.Verdict, len(s.questions))
	for i, q := range s.questions {
		verdicts[i] = q.verdict
		report.Converged = report.Converged && !q.open()
	}
	for _, study := range s.studies {
		report.Runs += study.runs
		report.Events += study.events
	}
	return verdicts, report
}
