package montecarlo

import (
	"slices"

	"nines/model"
)

// The data of a store is a target of a system of its own, which is up as long as
// the data is there: see model.System.Holding. Its first failure is the loss.

// dataPieces are the systems of the data of the chosen stores, those that
// questions are about if there are any.
func (s *simulation) dataPieces(chosen []int) []*piece {
	var pieces []*piece
	for _, t := range chosen {
		st := s.system.StoreOf(s.system.Targets[t])
		if st == nil || s.questions != nil && !slices.ContainsFunc(s.questions, func(q *question) bool { return q.ofData(t) }) {
			continue
		}
		p := divide(s.system.Holding(st), []int{0})[0]
		p.targets, p.data = []int{t}, true
		pieces = append(pieces, p)
	}
	return pieces
}

// ofData says whether a question is about the data of a target.
func (q *question) ofData(target int) bool {
	return q.verdict.Requirement.Target == target && q.verdict.Requirement.Measure.OfData()
}

// takeData adds what a study of data tells.
func (f *finding) takeData(s *study, t int, found sample) {
	can := s.program.scopes[t]
	switch {
	case !can.fails && s.kind == mission:
		f.Values = append(f.Values,
			model.Value{Measure: model.Durability, Value: 1, Method: model.Exact}, model.Value{Measure: model.DataLoss, Method: model.Exact})
	case !can.fails && s.lives != nil: // which tell
	case !can.fails:
		f.lacks("N214", "nothing that fails loses its data", model.MTTDL)
	case s.kind == mission:
		loss := s.prospect(t, found.confidence).failure
		f.add(model.Durability, loss.falling(complement), found)
		f.add(model.DataLoss, loss, found)
	case s.kind == excursions && s.tellsLives(t):
		f.farFailure(found, model.MTTDL)
	case s.kind == cycles, s.kind == life && !(s.far && s.given[t]):
		f.firstFailure(found, model.MTTDL)
	}
}
