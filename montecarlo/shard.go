package montecarlo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"nines/model"
)

// Shard does its share of the opts.Runs runs of each study: number shard, from
// 0, of so many shards. Merge makes the report of the states that all shards
// give, the same as that of one simulation of all runs. Of opts, Until and Time
// must not be set.
func Shard(ctx context.Context, sys *model.System, opts Options, shard, shards int) ([]byte, error) {
	s, _, err := prepare(sys, opts)
	switch {
	case err != nil:
		return nil, err
	case s.Runs == 0 || s.Until > 0 || s.Time > 0:
		return nil, fmt.Errorf("a shard wants a number of runs, and no other goal")
	case shard < 0 || shard >= shards:
		return nil, fmt.Errorf("got shard %d of %d", shard+1, shards)
	}
	for _, study := range s.studies {
		for study.runs < s.Runs && !study.done {
			if err := s.share(ctx, study, shard, shards); err != nil {
				return nil, err
			}
		}
	}
	return s.state(), nil
}

// share does a shard of a stage. The first lives are done by every shard, since
// they decide which targets are given up; they belong to the first shard.
func (s *simulation) share(ctx context.Context, study *study, shard, shards int) error {
	study.begin(s.stageOf(study))
	from, to := study.stage.chunks*shard/shards, study.stage.chunks*(shard+1)/shards
	trial := study.kind == life && study.runs == 0
	if trial {
		from, to = 0, study.stage.chunks
	}
	study.stage.next = from
	study.growTo(ctx, to, s.Seed, s.report)
	if err := cmp.Or(study.failure(), ctx.Err()); err != nil {
		return err
	}
	study.stage.next = study.stage.chunks
	study.runs = study.stage.first + study.stage.runs
	study.done = trial && !study.giveUp()
	if trial && shard > 0 {
		study.forget()
	}
	return nil
}

// forget drops the sums so far.
func (s *study) forget() {
	s.events, s.pile = 0, nil
	clear(s.records)
}

// Merge makes the report of the states of all shards of a simulation with the
// same opts.
func Merge(sys *model.System, opts Options, states [][]byte) (*Report, error) {
	s, chosen, err := prepare(sys, opts)
	if err != nil {
		return nil, err
	}
	if len(states) == 0 {
		return nil, ErrState
	}
	for i, state := range states {
		part, _, err := prepare(sys, opts)
		if err != nil {
			return nil, err
		}
		if err := part.restore(state); err != nil {
			return nil, err
		}
		for k, study := range s.studies {
			if i > 0 && !study.alike(part.studies[k]) {
				return nil, ErrState
			}
			study.join(part.studies[k])
		}
	}
	for _, study := range s.studies {
		if !study.pileUp() {
			return nil, ErrState
		}
	}
	return s.conclude(chosen), nil
}

// alike says whether two shards of a study have come to the same end.
func (s *study) alike(other *study) bool {
	return s.stage == other.stage && s.done == other.done && slices.Equal(s.given, other.given)
}

// join adds the blocks of another shard, in no order, and all else.
func (s *study) join(other *study) {
	s.events += other.events
	s.runs, s.stage, s.done = other.runs, other.stage, other.done
	copy(s.given, other.given)
	s.pile = append(s.pile, other.pile...)
	for t := range s.records {
		s.records[t].merge(&other.records[t])
	}
}

// pileUp adds up the blocks of all shards, which must be all chunks.
func (s *study) pileUp() bool {
	blocks := s.pile
	s.pile = nil
	slices.SortFunc(blocks, func(a, b block) int { return cmp.Compare(a.first, b.first) })
	next := 0
	for _, b := range blocks {
		if b.first != next {
			return false
		}
		next += 1 << b.level
		s.pile.push(b)
	}
	s.sum()
	return next == s.stage.base+s.stage.chunks
}

// A state is saved at last every saveEvery, and oftener at the start.
const saveEvery = 5 * time.Second

// save gives the state away, now and then.
func (s *simulation) save(now bool) {
	if s.Save == nil {
		return
	}
	if now || time.Since(s.saved) >= min(saveEvery, time.Since(s.started)/2) {
		s.Save(s.state())
		s.saved = time.Now()
	}
}
