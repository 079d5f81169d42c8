package montecarlo

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"nines/model"
)

// Options say how long to simulate and what to report. The zero value reports
// every target and stops at one percent, or after some seconds.
//
// Runs, Until and Time may be combined; the first that is reached stops. With
// Until alone the simulation also stops after two thousand million events.
type Options struct {
	Runs       int            // stop after so many runs of each study; 0: no such limit
	Until      float64        // stop at this relative half-width; 0: no such goal
	Time       time.Duration  // stop after so long; 0: no such limit
	Windows    []float64      // s, lengths of windows whose down time is wanted as a distribution, with that of outages and lives; nil: none is
	Horizon    float64        // s, length of one long-run replication; 0: cycles, or a length chosen from the model
	Method     Method         // how the long run is simulated
	At         float64        // s, argument of reliability and of the point and interval availabilities; 0: the mission
	Confidence float64        // of the intervals; 0: 0.95
	Seed       uint64         // used as given
	Workers    int            // 0: all cores
	Targets    []string       // names to report; nil: all
	Progress   func(Progress) // called now and then from one goroutine; nil: not at all
	Save       func([]byte)   // gets the state of the simulation every few seconds and at the end, from one goroutine; nil: nobody wants it
	Resume     []byte         // a state to go on from, of a simulation of the same system with the same options; nil: begin anew
}

// A Method is a way to simulate the long run.
type Method string

// With Auto, or none, a system is simulated by a method for rare events if one applies to
// it: by cycles where everything as new has no memory, else by excursions from
// there.
const (
	Auto  Method = "auto"
	Plain Method = "plain"
	Rare  Method = "rare" // an error where none applies
)

// Progress tells how far a simulation has come.
type Progress struct {
	Runs      int
	Events    int64
	Elapsed   time.Duration
	Speed     float64       // events per second
	Done      float64       // share of the runs that Runs asks for, 0 if it does not
	Before    float64       // that share at the start, of a simulation that goes on
	Precision float64       // largest relative half-width that Until looks at, +Inf while unknown
	Left      time.Duration // about, until the half-widths are as wanted or the events are spent; 0: unknown
}

// Report is what a simulation found.
type Report struct {
	Results     []model.Result
	Diagnostics []model.Diagnostic
	Runs        int      // of all studies together
	Events      int64    // changes of state simulated
	Methods     []string // how the long run was simulated, each once: plain, cycles, excursions
	Converged   bool     // Until holds, or was not asked for
	Partial     bool     // the context ended it
}

// Simulate estimates the measures of the targets of sys. Where ctx ends it the
// report is of what was done by then. The error is model.ErrUnsettled,
// or tells of an option or a model that makes no sense.
func Simulate(ctx context.Context, sys *model.System, opts Options) (*Report, error) {
	s, chosen, err := prepare(sys, opts)
	if err != nil {
		return nil, err
	}
	if opts.Resume != nil {
		if err := s.restore(opts.Resume); err != nil {
			return nil, err
		}
	}
	if err := s.work(ctx); err != nil {
		return nil, err
	}
	s.save(true)
	r := s.conclude(chosen)
	r.Partial = ctx.Err() != nil
	return r, nil
}

// prepare plans a simulation of the chosen targets.
func prepare(sys *model.System, opts Options) (s *simulation, chosen []int, err error) {
	if chosen, err = check(sys, &opts); err != nil {
		return nil, nil, err
	}
	s = &simulation{Options: opts, system: sys, started: time.Now(), saved: time.Now(), findings: make([]finding, len(sys.Targets))}
	for _, t := range chosen {
		s.findings[t].Target = sys.Targets[t]
		if opts.Windows != nil {
			s.findings[t].Spread = &model.Distributions{}
		}
	}
	return s, chosen, s.plan(append(divide(sys, chosen), s.dataPieces(chosen)...))
}

// check fills in the defaults and finds the targets.
func check(sys *model.System, o *Options) ([]int, error) {
	if o.Confidence == 0 {
		o.Confidence = 0.95
	}
	if o.At == 0 {
		o.At = sys.Mission
	}
	if o.At == 0 {
		o.At = model.Year
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	switch {
	case !(o.Confidence > 0 && o.Confidence < 1):
		return nil, fmt.Errorf("confidence: got %g, want between 0 and 1", o.Confidence)
	case !(o.Until >= 0) || o.Runs < 0 || o.Time < 0:
		return nil, fmt.Errorf("got %d runs, until %g, time %v; want none below 0", o.Runs, o.Until, o.Time)
	case !(o.At > 0) || !(o.Horizon >= 0) || math.IsInf(o.At+o.Horizon, 1):
		return nil, fmt.Errorf("got the time %g s and the horizon %g s, want finite numbers above 0", o.At, o.Horizon)
	}
	return choose(sys, o.Targets)
}

func choose(sys *model.System, names []string) ([]int, error) {
	var chosen []int
	for i := range sys.Targets {
		if names == nil || slices.Contains(names, sys.Targets[i].Name) {
			chosen = append(chosen, i)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(chosen, func(i int) bool { return sys.Targets[i].Name == name }) {
			return nil, fmt.Errorf("no system, service or store is called %q", name)
		}
	}
	return chosen, nil
}

const (
	defaultGoal   = 0.01
	defaultBudget = 3e7     // events of a simulation that was told nothing
	untilBudget   = 2e9     // events of one that was told only a goal
	trialLives    = 16      // runs of lives after which those that never end are given up
	firstStage    = 128     // runs
	stageGrowth   = 0.4     // of the runs so far
	longLife      = 1 << 20 // events
	farLife       = 1 << 16 // events
	dataLife      = 1 << 18 // events; most data outlives any number of them
)

// A simulation is the studies of all pieces of a system.
type simulation struct {
	Options
	system   *model.System
	started  time.Time
	told     time.Time // of the last progress
	saved    time.Time // when the state was
	before   Progress  // where it went on from
	spent    float64   // what that had cost
	findings []finding // of the targets of the system; those not chosen stay empty
	studies  []*study

	questions []*question // to be decided; nil: measures are estimated
}

// plan adds the studies of pieces. Those that not everybody wants come last, so
// that the others have the same streams without them.
func (s *simulation) plan(pieces []*piece) error {
	for _, piece := range pieces {
		p, err := newProgram(piece.System)
		if err != nil {
			return err
		}
		p.targets, p.data = piece.targets, piece.data
		engines := make([]*engine, s.Workers)
		if s.questions != nil {
			if err := s.ask(p, engines); err != nil {
				return err
			}
			continue
		}
		long, err := s.planLong(p, engines)
		if err != nil {
			return err
		}
		if p.data || p.mortal() {
			missions := s.add(mission, p, engines)
			missions.long, missions.end = long, s.At
			if p.data {
				missions.end = model.Year
			}
		}
	}
	if s.Windows != nil {
		for _, first := range slices.Clone(s.studies) {
			if first.kind.long() && !first.program.data {
				s.planSpreads(first)
			}
		}
	}
	return nil
}

// planLong adds the studies of the long run and of lives, and gives the first.
func (s *simulation) planLong(p *program, engines []*engine) (first *study, err error) {
	kind, err := s.method(p)
	if err != nil {
		return nil, err
	}
	if kind == stretch && p.data {
		first = s.add(life, p, engines)
		first.most = dataLife
		return first, nil
	}
	first = s.add(kind, p, engines)
	switch kind {
	case stretch:
		first.end = p.horizon(s.Horizon)
	case excursions:
		first.end = p.roaming()
	}
	first.renews = kind == excursions && !p.data && p.renews()
	if kind != cycles && !first.renews && p.mortal() {
		first.lives = s.add(life, p, engines)
		first.lives.keep(s.Windows != nil)
		first.lives.far = kind == excursions
	}
	return first, nil
}

// mostAgeing bounds the parts for which excursions are worth while if nobody asks
// for them: each walk takes the hazards of all that grow old.
const mostAgeing = 256

// usualRuns is about how many runs of excursions are made. What begins too seldom to
// be met in them is not left out if nobody asks for a method.
const usualRuns = 200

// method chooses how the long run is simulated.
func (s *simulation) method(p *program) (kind, error) {
	switch {
	case s.Method == Rare && s.Horizon > 0:
		return 0, fmt.Errorf("got a horizon, want none with a method for rare events")
	case s.Horizon > 0 || s.Method == Plain:
		return stretch, nil
	case p.distracted() && s.Method != Rare:
		return stretch, nil
	case p.regenerative():
		return cycles, nil
	case p.wanders() && (s.Method == Rare || p.rare && p.ageing() <= mostAgeing && !p.seldom(usualRuns*p.roaming(), s.Confidence)):
		return excursions, nil
	case s.Method == Rare:
		return 0, fmt.Errorf("%s: no method for rare events applies; want every part repaired, some failure at random, and everything as new at least half of the time", p.sys.Targets[0].Name)
	}
	return stretch, nil
}

func (s *simulation) add(k kind, p *program, engines []*engine) *study {
	n := len(p.sys.Targets)
	study := &study{
		kind: k, program: p, number: uint64(len(s.studies)), most: longLife,
		engines: engines, totals: make([]moments, n), given: make([]bool, n),
	}
	s.studies = append(s.studies, study)
	return study
}

// goal and budget are what stops the simulation, 0 where that does not.
func (s *simulation) goal() float64 {
	if s.questions == nil && s.Runs == 0 && s.Time == 0 && s.Until == 0 {
		return defaultGoal
	}
	return s.Until
}

func (s *simulation) budget() float64 {
	switch {
	case s.Runs > 0 || s.Time > 0:
		return math.Inf(1)
	case s.Until > 0:
		return untilBudget
	}
	return defaultBudget
}

// work goes on with the study that has cost least so far until every one is
// done. What it decides depends on results and never on the clock.
func (s *simulation) work(ctx context.Context) error {
	if s.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, s.started.Add(s.Time))
		defer cancel()
	}
	for ctx.Err() == nil {
		next := s.next()
		if next == nil {
			return nil
		}
		if err := s.advance(ctx, next); err != nil {
			return err
		}
		if next.underWay() { // ctx is done
			s.answered(next)
			return nil
		}
		hopeless := next.kind == life && next.runs == trialLives && !next.giveUp()
		next.done = s.answered(next) || hopeless || next.runs == s.Runs || s.goal() > 0 && next.precision(s.Confidence) <= s.goal()
	}
	return nil
}

// advance does a stage of a study, or the rest of one.
func (s *simulation) advance(ctx context.Context, study *study) error {
	if !study.underWay() {
		study.begin(s.stageOf(study))
	}
	study.grow(ctx, s.Seed, func() {
		s.report()
		s.save(false)
	})
	return study.failure()
}

// next is the study to go on with, nil if the work is done.
func (s *simulation) next() *study {
	var least *study
	for _, study := range s.studies {
		if study.underWay() {
			return study
		}
		if !study.done && (least == nil || study.effort() < least.effort()) {
			least = study
		}
	}
	if least == nil || least.runs > 0 && s.effort() >= s.budget() {
		return nil
	}
	return least
}

func (s *simulation) effort() float64 {
	total := 0.0
	for _, study := range s.studies {
		total += study.effort()
	}
	return total
}

// stageOf is the number of runs to do before the results are looked at again.
func (s *simulation) stageOf(next *study) int {
	n := max(firstStage-next.runs, int(stageGrowth*float64(next.runs)))
	if next.runs == 0 && next.kind == life {
		n = trialLives
	}
	if next.runs > 0 {
		each := next.effort() / float64(next.runs)
		n = max(1, min(n, int(math.Ceil((s.budget()-s.effort())/each))))
	}
	if s.Runs > 0 && (s.questions == nil && s.goal() == 0 && next.runs > 0 || n > s.Runs-next.runs) {
		n = s.Runs - next.runs
	}
	return n
}

func (s *simulation) report() {
	if s.Progress == nil || time.Since(s.told) < 100*time.Millisecond {
		return
	}
	s.told = time.Now()
	p := Progress{Elapsed: time.Since(s.started), Before: s.before.Done}
	for _, study := range s.studies {
		p.Runs += study.runs
		p.Events += study.events
		if study.leads() {
			p.Precision = max(p.Precision, study.precision(s.Confidence))
		}
	}
	p.Speed = float64(p.Events-s.before.Events) / p.Elapsed.Seconds()
	if s.Runs > 0 {
		p.Done = float64(p.Runs) / float64(s.Runs*len(s.studies))
	}
	p.Left = s.left(p.Elapsed)
	s.Progress(p)
}

// left estimates how long the studies will take to reach the goal: intervals
// narrow with the square root of the runs.
func (s *simulation) left(elapsed time.Duration) time.Duration {
	need := 0.0
	for _, study := range s.studies {
		if ratio := study.precision(s.Confidence) / s.goal(); !study.done && ratio > 1 {
			need += study.effort() * (ratio*ratio - 1)
		}
	}
	need = min(need, s.budget()-s.effort())
	left := float64(elapsed) * need / (s.effort() - s.spent)
	if !(left < math.MaxInt64) {
		return 0
	}
	return time.Duration(left)
}

// conclude turns the sums into results.
func (s *simulation) conclude(chosen []int) *Report {
	r := &Report{Converged: true}
	for _, study := range s.studies {
		r.Runs += study.runs
		r.Events += study.events
		if name := study.kind.method(); name != "" && !slices.Contains(r.Methods, name) {
			r.Methods = append(r.Methods, name)
		}
		if s.Until > 0 && study.leads() {
			r.Converged = r.Converged && study.precision(s.Confidence) <= s.Until && (study.far || !slices.Contains(study.given, true))
		}
		for t, target := range study.program.targets {
			s.findings[target].take(study, t, s.Confidence, s.At)
		}
	}
	for _, t := range chosen {
		f := &s.findings[t]
		f.sort()
		r.Results = append(r.Results, f.Result)
		r.Diagnostics = append(r.Diagnostics, f.lacking...)
	}
	return r
}
