package analytic

import (
	"errors"
	"math"
	"testing"

	"nines/model"
)

// A wheel is one independent cause of randomness of a system by itself: a part
// or a stream of deploys. Its probabilities come from the balance of flows:
// every state that mode j passes through is entered pi(up)/mean(j) times per
// second.
type wheel struct {
	part, deploys int
	conditions    []model.Condition // of a part
	process
}

func partWheel(i int, p *model.Part) wheel {
	w := wheel{part: i, deploys: model.None, conditions: []model.Condition{model.Up}, process: process{pi: []float64{1}}}
	if p.Static != nil {
		w.conditions = append(w.conditions, model.Down)
		w.pi = []float64{p.Static.P, p.Static.Q}
		return w
	}
	for _, m := range p.Modes {
		flow, at := 1/m.Every.Mean(), 0
		enter := func(c model.Condition, stay float64) {
			w.conditions = append(w.conditions, c)
			w.pi = append(w.pi, flow*stay)
			w.moves = append(w.moves, move{at, len(w.pi) - 1, flow})
			at = len(w.pi) - 1
		}
		switch m.Kind {
		case model.FailSilent:
			enter(model.Lost, m.Detect.Mean())
		case model.FailByzantine:
			enter(model.Wrong, m.Detect.Mean())
		}
		enter(model.Down, m.Repair.Mean())
		if m.Resync != nil {
			enter(model.Stale, m.Resync.Mean())
		}
		w.moves = append(w.moves, move{at, 0, flow})
	}
	total := sum(w.pi)
	for i := range w.pi {
		w.pi[i] /= total
	}
	for i := range w.moves {
		w.moves[i].rate /= total
	}
	return w
}

// deploysWheel is the Poisson law up to 7 of a small mean.
func deploysWheel(i int, d *model.Deploys) wheel {
	w := wheel{part: model.None, deploys: i}
	p := math.Exp(-d.MeanLive())
	for n := range 8 {
		w.pi = append(w.pi, p)
		if n < 7 {
			w.moves = append(w.moves, move{n, n + 1, d.Rate * p}, move{n + 1, n, d.Rate * p})
		}
		p *= d.MeanLive() / float64(n+1)
	}
	return w
}

// figures are the measures of a target by summing over all states.
type figures struct{ up, down, served, wrong, degraded, outages float64 }

// A census holds every state of a system, with what model.Evaluation says of
// its targets.
type census struct {
	wheels  []wheel
	up      [][]bool // by state and target
	figures []figures
}

func enumerate(s *model.System) (census, error) {
	var wheels []wheel
	for i := range s.Parts {
		wheels = append(wheels, partWheel(i, &s.Parts[i]))
	}
	for i := range s.Deploys {
		wheels = append(wheels, deploysWheel(i, &s.Deploys[i]))
	}
	states := 1
	for _, w := range wheels {
		states *= len(w.pi)
	}
	st := model.NewStructure(s)
	all := make([]figures, len(s.Targets))
	up := make([][]bool, states)
	for state := range states {
		snapshot, p := look(s, wheels, state)
		e := st.Evaluate(snapshot)
		up[state] = make([]bool, len(s.Targets))
		for i, t := range s.Targets {
			var err error
			if up[state][i], err = all[i].add(e, t, p); err != nil {
				return census{}, err
			}
		}
	}
	for state := range states {
		_, p := look(s, wheels, state)
		for next, rate := range exits(wheels, state) {
			for i := range all {
				if up[state][i] && !up[next][i] {
					all[i].outages += p * rate * model.Year
				}
			}
		}
	}
	return census{wheels, up, all}, nil
}

// look takes a state apart, a number with one digit for each wheel.
func look(s *model.System, wheels []wheel, state int) (model.Snapshot, float64) {
	snapshot := model.Snapshot{Conditions: make([]model.Condition, len(s.Parts)), Live: make([]int, len(s.Deploys))}
	p := 1.0
	for _, w := range wheels {
		digit := state % len(w.pi)
		state /= len(w.pi)
		p *= w.pi[digit]
		if w.part == model.None {
			snapshot.Live[w.deploys] = digit
		} else {
			snapshot.Conditions[w.part] = w.conditions[digit]
		}
	}
	return snapshot, p
}

// exits yields the states that follow and the rates of going there.
func exits(wheels []wheel, state int) func(yield func(int, float64) bool) {
	return func(yield func(int, float64) bool) {
		rest, place := state, 1
		for _, w := range wheels {
			digit := rest % len(w.pi)
			for _, m := range w.moves {
				if m.from == digit && !yield(state+(m.to-m.from)*place, m.rate/w.pi[digit]) {
					return
				}
			}
			rest, place = rest/len(w.pi), place*len(w.pi)
		}
	}
}

func (f *figures) add(e *model.Evaluation, t model.Target, p float64) (up bool, err error) {
	shares, err1 := e.Shares(t.Node)
	up, err2 := e.Up(t)
	full, err3 := e.Full(t.Node)
	f.served += p * shares.OK
	f.wrong += p * shares.Wrong
	switch {
	case !up:
		f.down += p
	case !full:
		f.degraded += p
		f.up += p
	default:
		f.up += p
	}
	return up, errors.Join(err1, err2, err3)
}

// judge compares the engine with the sums over all states.
func judge(t *testing.T, s *sketch, describe func(target int) string) {
	t.Helper()
	c, wantErr := enumerate(&s.System)
	want := c.figures
	results, _, err := Evaluate(t.Context(), &s.System, Options{LongRun: true})
	if (err == nil) != (wantErr == nil) || wantErr != nil && !errors.Is(err, model.ErrUnsettled) {
		t.Fatalf("got error %v, want %v", err, wantErr)
	}
	for i, r := range results {
		compare := func(m model.Measure, want float64) {
			got, ok := r.Find(m)
			if !ok || !near(got.Value, want, 1e-10) {
				t.Errorf("%s: %s: got %v, want %v", describe(i), m, got.Value, want)
			}
		}
		compare(model.Availability, want[i].up)
		compare(model.Unavailability, want[i].down)
		compare(model.Served, want[i].served)
		compare(model.WrongShare, want[i].wrong)
		compare(model.Degraded, want[i].degraded)
		compare(model.Outages, want[i].outages)
	}
}
