package analytic

import (
	"context"
	"errors"
	"slices"

	"nines/model"
	"nines/model/markov"
)

// A study is a cluster of targets with the system in which it is evaluated.
//
// What a target uses but does not need decides only whether it is full. Where
// that ties together in time what is apart otherwise, as two databases in the
// same zones of which the target needs one, the target is evaluated without it:
// the chain of both has many more states, and says nothing about what is up.
type study struct {
	sys     *model.System
	targets []int
}

// studies divides targets.
func studies(sys *model.System, targets []model.Target) []study {
	hard := sys.Hard()
	var tight, loose []int
	for i, t := range targets {
		if sameCouplings(sys, hard, []model.Target{t}) {
			tight = append(tight, i)
		} else {
			loose = append(loose, i)
		}
	}
	return append(within(sys, targets, tight), within(hard, targets, loose)...)
}

func sameCouplings(a, b *model.System, targets []model.Target) bool {
	return slices.EqualFunc(model.Couplings(a, targets), model.Couplings(b, targets), func(x, y *model.Coupled) bool {
		return slices.Equal(x.Parts, y.Parts) && slices.Equal(x.Groups, y.Groups)
	})
}

// within makes studies of some of the targets in a system.
func within(sys *model.System, targets []model.Target, some []int) []study {
	chosen := make([]model.Target, len(some))
	for k, i := range some {
		chosen[k] = targets[i]
	}
	var all []study
	for _, cluster := range clusters(sys, chosen) {
		for k, i := range cluster {
			cluster[k] = some[i]
		}
		if len(cluster) > 0 {
			all = append(all, study{sys, cluster})
		}
	}
	return all
}

// degrade puts in the share of time degraded in the whole system.
func (r *report) degrade(ctx context.Context, sys *model.System, opts Options) error {
	opts.Targets, opts.Measures, opts.Budget = []string{r.Target.Name}, []model.Measure{model.Degraded}, false
	i := slices.IndexFunc(r.Values, func(v model.Value) bool { return v.Measure == model.Degraded })
	_, found, err := examine(ctx, sys, opts)
	switch {
	case errors.Is(err, markov.ErrSize):
		r.Values = slices.Delete(r.Values, i, i+1)
		r.lacks(tooLarge, model.Degraded)
	case err != nil:
		return err
	default:
		r.Values[i], _ = found[0].Find(model.Degraded)
	}
	return nil
}
