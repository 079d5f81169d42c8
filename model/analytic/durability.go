package analytic

import (
	"context"
	"errors"
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
	"nines/model/dist"
	"nines/model/markov"
)

// dataMeasures are those of stores alone.
var dataMeasures = [...]model.Measure{model.Durability, model.DataLoss, model.MTTDL}

// durability adds to a report on a store what becomes of its data: the first
// outage of the system as the data sees it.
func (e *evaluation) durability(ctx context.Context, r *report, opts Options) error {
	st := e.sys.StoreOf(r.Target)
	if st == nil || opts.LongRun || !opts.wants(dataMeasures[:]...) {
		return nil
	}
	return e.keeps(ctx, r, e.sys.Holding(st), opts)
}

// keeps adds to r what the system of its data tells.
func (e *evaluation) keeps(ctx context.Context, r *report, sys *model.System, opts Options) error {
	d, err := build(ctx, sys, sys.Targets, opts)
	switch {
	case errors.Is(err, markov.ErrSize):
		r.lacks(tooLarge, dataMeasures[:]...)
		return nil
	case err != nil:
		return err
	}
	if err := d.fill(); err != nil {
		return err
	}
	d.at, d.rare, d.work, d.waiting = model.Year, true, e.work, 1
	t := sys.Targets[0]
	data := &report{Result: model.Result{Target: t}, up: d.up(t.Node, 0)}
	data.blocks = d.support(data.up)
	if p, _ := d.leftOut(t); p > 0 && data.up == bdd.True {
		r.lacks(tooLarge, dataMeasures[:]...)
		return nil
	}
	d.loss(data)
	d.widen(data)
	d.qualify(data)
	r.Values = append(r.Values, data.Values...)
	for _, l := range data.missing {
		r.lacks(l.why, l.measures...)
	}
	e.work = d.work
	return d.m.Err()
}

// loss adds the measures of data, whose system e is.
func (e *evaluation) loss(r *report) {
	switch {
	case r.up == bdd.True:
		r.lasts(exactly(0))
		r.lacks(neverLost, model.MTTDL)
	case slices.ContainsFunc(r.blocks, e.repaired):
		r.mended = true
		e.lossMended(r)
	default:
		chance := e.chanceAt(r)
		r.lasts(exactly(chance(e.at).Q))
		if e.weights.Prob(r.up).P > 0 {
			r.lacks(neverEnds, model.MTTDL)
			return
		}
		mean, err := dist.Integrate(func(t float64) float64 { return chance(t).P }, 0, math.Inf(1), e.breaks(r.blocks))
		r.addIntegral(model.MTTDL, 0, mean, err)
	}
}

// lossMended is loss where something is repaired.
func (e *evaluation) lossMended(r *report) {
	b := e.bracket(r)
	if !b.known {
		r.lacks(b.why, dataMeasures[:]...)
		return
	}
	r.addLife(model.MTTDL, b)
	if !b.curved {
		r.lacks(tooLarge, model.Durability, model.DataLoss)
		return
	}
	r.lasts(b.failure)
}

// lasts adds the probability that data is lost within a year, and that it is
// not.
func (r *report) lasts(loss interval) {
	r.addInterval(model.Durability, 0, interval{1 - loss.high, 1 - loss.best, 1 - loss.low})
	r.addInterval(model.DataLoss, 0, loss)
}
