package montecarlo

import "nines/model"

// couple finds the parts that interact in time.
func (p *program) couple() {
	p.sets = model.Couplings(p.sys, p.sys.Targets)
	for _, set := range p.sets {
		for _, i := range set.Parts {
			p.parts[i].coupled = true
		}
	}
}

// What sets do in the long run has no simple law, so a run of it starts as new
// and warms up, for warmCycles of their slowest cycles at least. It is at most
// twice as long, by chance, so that parts of fixed times are found at any
// moment of their cycle. No more than mostWarm changes of state go into it.
const (
	warmCycles = 10
	mostWarm   = 1 << 20
)

// warm chooses the length of the warm-up.
func (p *program) warm() {
	for _, set := range p.sets {
		p.warmUp = max(p.warmUp, warmCycles*p.forgets(set))
	}
	if changes := p.changes(); changes > 0 {
		p.warmUp = min(p.warmUp, mostWarm/changes)
	}
}

// forgets is about the time in which a set forgets how it started: the slowest
// mean cycle of its parts, and the time in which all are recovered one after
// the other. Those that wait cold or warm grow old in turn only.
func (p *program) forgets(set *model.Coupled) float64 {
	slowest, queue := 0.0, 0.0
	for i, part := range set.Parts {
		r := newRound(p.statesOf(part), p.parts[part].first)
		if r.cycle > 0 {
			p.stir += r.moves / r.cycle
		}
		cycle := r.cycle
		if r.ends {
			cycle *= deadline
		} else {
			queue += r.away
		}
		if g := set.Ties[i].Group; g != model.None {
			if n := &p.sys.Nodes[set.Groups[g]]; n.Kind == model.Standby && n.Waiting.Rate < 1 {
				cycle *= float64(len(n.Children))
			}
		}
		slowest = max(slowest, cycle)
	}
	for g := range set.Groups {
		rate, _ := set.Mistakes(g)
		p.stir += 2 * rate
	}
	return slowest + queue
}

// deadline is how much longer the warm-up lasts where a part ends up somewhere
// for good, so that it has.
const deadline = 4

// A round is what happens to a part by itself from as-new to as-new, or until
// it ends up somewhere for good, in the mean.
type round struct {
	cycle float64 // s
	away  float64 // s of it not as new
	moves float64 // changes of state
	ends  bool    // it ends up somewhere
}

func newRound(states []state, base int32) round {
	var r round
	chain, stay := embedded(states, base)
	ends := 0.0
	for i, visited := range visits(chain) {
		switch {
		case len(states[i].clocks) == 0:
			ends += visited
			continue
		case i > 0:
			r.away += visited * stay[i]
		}
		r.cycle += visited * stay[i]
		r.moves += visited
	}
	if r.ends = ends > 0 && len(states) > 1; r.ends {
		r.cycle, r.away, r.moves = r.cycle/ends, r.away/ends, r.moves/ends
	}
	return r
}
