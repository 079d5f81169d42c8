package montecarlo

import "math"

// kind is what a run of a study is.
type kind uint8

const (
	cycles     kind = iota // some cycles between two moments at which everything is as new
	stretch                // a time of the long run
	life                   // from as-new until every target has failed once
	mission                // from as-new to a given time
	windows                // some times of the long run of the same length, each with its own figures
	excursions             // a time of the long run, and what may follow each failure in it
)

// method is the name of a way to simulate the long run, "" of what is none.
func (k kind) method() string {
	return map[kind]string{cycles: "cycles", stretch: "plain", excursions: "excursions"}[k]
}

// long says whether a study tells of the long run.
func (k kind) long() bool { return k == cycles || k == stretch || k == excursions }

// weighted says whether what is seen counts as much as it is likely.
func (k kind) weighted() bool { return k == cycles || k == excursions }

// A study is a number of runs of one program that are alike. What comes of it
// depends on the seed and the number of runs and not on who did which.
type study struct {
	kind    kind
	program *program
	number  uint64    // among the studies of a simulation, chooses the streams
	end     float64   // s: of a stretch or a mission
	most    int64     // events after which a life is cut short
	engines []*engine // of the workers, shared with other studies of the program
	runs    int
	events  int64
	stage   stage     // the present one, or the last
	pile    pile      // sums of the chunks
	totals  []moments // of the targets, as sum has left them
	given   []bool    // of the targets: given up
	records []record  // of the targets; nil if nobody wants them
	extra   bool      // nobody wants anything else
	renews  bool      // of excursions: they are cycles
	lives   *study    // of excursions: those of the same program; nil: none
	far     bool      // of lives: excursions tell of those that are given up
	long    *study    // of missions: that of the long run
	each    float64   // s, length of each of the windows
	perRun  int       // windows
	limits  [][]limit // of the targets: what the windows are held against
	looks   int       // at whether it decides
	done    bool
}

// cyclesPerRun is large enough that a run costs more than keeping its books.
const cyclesPerRun = 16

// giveUp leaves out the targets of which no life has ended by itself so far, so
// that they do not hold up the others; where excursions tell as well, those of
// which some has not. It is false if none are left.
func (s *study) giveUp() bool {
	some := false
	for t := range s.totals {
		if history := s.program.scopes[t].history; history {
			found := &s.totals[t]
			ended := found.hits[failures] + found.hits[endless]
			s.given[t] = ended == 0 || s.far && ended < int(found.runs)
			some = some || !s.given[t]
		}
	}
	return some
}

func (s *study) run(e *engine) {
	switch s.kind {
	case cycles:
		e.regenerate(cyclesPerRun)
	case stretch:
		e.begin(true)
		e.until(s.end)
	case mission:
		e.begin(false)
		e.until(s.end)
	case life:
		e.begin(false)
		e.live(s.patience())
	case windows:
		e.months(s.each, s.perRun)
	case excursions:
		e.roam(s.end)
	}
}

// patience is how many events a life may take. Where excursions tell as well the
// first lives have less: it takes few to see that they are long.
func (s *study) patience() int64 {
	if s.far && s.stage.first == 0 && s.stage.runs == trialLives {
		return min(s.most, farLife)
	}
	return s.most
}

// effort is what the runs have cost, in events: setting up a run counts as
// one for each part.
func (s *study) effort() float64 {
	return float64(s.events) + float64(s.runs)*float64(1+len(s.program.parts))
}

func (s *study) sample(target int, confidence float64) sample {
	found := sample{moments: &s.totals[target], kind: s.kind, confidence: confidence}
	switch s.kind {
	case cycles:
		found.asNew = cyclesPerRun / s.program.rate()
	case excursions:
		found.asNew = found.mean[asNew]
	}
	return found
}

// tellsLives says whether excursions must tell the mean time to the first
// failure, since no life has met one.
func (s *study) tellsLives(target int) bool { return s.lives != nil && s.lives.given[target] }

// leads says whether the simulation has converged only when the study has.
func (s *study) leads() bool {
	return s.kind != mission && !s.extra && !(s.far && s.hopeless())
}

// hopeless says whether all targets were given up.
func (s *study) hopeless() bool {
	for t := range s.given {
		if s.program.scopes[t].history && !s.given[t] {
			return false
		}
	}
	return true
}

// precision is the largest relative half-width among the intervals that the
// goal is held against, but for targets that were given up. Those of a mission
// and of distributions are held against 1.
func (s *study) precision(confidence float64) float64 {
	if s.runs < enough {
		return math.Inf(1)
	}
	s.sum()
	worst := 0.0
	for t := range s.totals {
		if !s.given[t] {
			worst = max(worst, s.precisionOf(t, confidence))
		}
	}
	return worst
}

func (s *study) precisionOf(t int, confidence float64) float64 {
	found, worst := s.sample(t, confidence), 0.0
	if s.kind.long() && !s.program.data {
		down, refused := found.odds(downTime), found.odds(unserved)
		worst = max(found.precision(downTime, down.rising(shareOfOdds)), found.precision(unserved, refused.rising(shareOfOdds)))
	}
	switch {
	case s.kind == windows:
		return s.records[t].width(confidence)
	case !s.program.scopes[t].history:
		return worst
	case s.extra:
		return halfWidth(int64(s.runs), confidence)
	case s.kind == mission:
		return max(found.chance(failures).width(), found.chance(ending).width())
	case s.kind == excursions && s.tellsLives(t):
		return max(worst, found.precision(failures, found.rate(failures, length)))
	case s.kind == cycles || s.kind == life || s.renews:
		return max(worst, found.precision(failures, found.life()))
	}
	return worst
}
