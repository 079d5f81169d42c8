package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"nines/cmd/internal/report"
)

// check refuses what cannot be asked for together.
func (f *simulateFlags) check() error {
	kept := f.checkpoint != "" || f.resume != ""
	told := f.story.value != "" || f.trace != ""
	switch {
	case f.runs < 0 || f.workers < 0:
		return wrong("leave the flag out for the default", "--runs and --workers want a number above zero")
	case f.shard.count > 0 && (f.runs == 0 || f.until.text != "" || f.time.seconds > 0):
		return wrong("as in --shard 3/10 --runs 1000000", "--shard wants --runs, and neither --until nor --time")
	case f.shard.count > 0 && (kept || told):
		return wrong("", "--shard goes with none of --checkpoint, --resume, --story and --trace")
	case kept && told:
		return wrong("", "--story and --trace go with neither --checkpoint nor --resume")
	}
	return nil
}

// resumable simulates and saves what has been done now and then; it goes on from
// what was saved before.
func (p *program) resumable(ctx context.Context, s *simulated) error {
	opts := s.options(s.sys)
	job := s.job(p, s.files)
	if s.resume != "" {
		state, err := s.saved(job)
		if err != nil {
			return err
		}
		opts.Resume = state
	}
	file := s.checkpoint
	if file == "" {
		file = s.resume
	}
	var failed error
	opts.Save = func(state []byte) {
		r := &record{job: *job, state: state}
		if err := replace(file, r.bytes()); err != nil && failed == nil {
			failed = err
			kept := "what was saved before is still there"
			if _, missing := os.Stat(file); missing != nil {
				kept = "nothing is saved so far"
			}
			report.Failure(p.stderr, fmt.Sprintf("cannot save %s: %v", file, cause(err)), kept+"; the simulation goes on", p.look(p.stderr))
		} else if err == nil {
			failed = nil
		}
	}
	return p.estimate(ctx, s, opts)
}

// saved is the state in the checkpoint to go on from. There need be none if it
// is also the one to be written.
func (f *simulateFlags) saved(job *job) ([]byte, error) {
	_, missing := os.Stat(f.resume)
	if errors.Is(missing, os.ErrNotExist) && filepath.Clean(f.resume) == filepath.Clean(f.checkpoint) {
		return nil, nil
	}
	r, err := readRecord(f.resume)
	switch {
	case err != nil:
		return nil, err
	case r.Shard > 0:
		return nil, wrong("nines merge joins parts", "%s is a part, want a checkpoint", f.resume)
	}
	if what := r.differs(job); what != "" {
		return nil, wrong("go on with the flags that it was begun with", "%s is of another simulation: %s", f.resume, what)
	}
	return r.state, nil
}
