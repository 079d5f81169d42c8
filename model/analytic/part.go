package analytic

import "nines/model"

// Down is the long-run probability that a part gives no answer, apart from the
// domains around it: the one it is known by, or the share of time that it is
// lost or down (see longRun, whose relative accuracy it has). It holds for a
// part that does not interact with others in time.
func Down(p *model.Part) float64 {
	if p.Static != nil {
		return p.Static.Q
	}
	down := 0.0
	for i, pi := range longRun(&p.Automaton).pi {
		if !p.Automaton.States[i].Condition.Answers() {
			down += pi
		}
	}
	return down
}
