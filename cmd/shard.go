package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/montecarlo"
)

// shard is one of some shares of a simulation, from 1; count is 0 if there are
// none.
type shard struct{ index, count int }

func (s *shard) String() string {
	if s.count == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.index, s.count)
}

func (s *shard) Type() string { return "shard" }

func (s *shard) Set(text string) error {
	first, second, _ := strings.Cut(text, "/")
	var err error
	if first == "auto" {
		*s, err = arrayShard(second, os.Getenv)
		return err
	}
	if s.index, err = strconv.Atoi(first); err == nil {
		s.count, err = strconv.Atoi(second)
	}
	if err != nil || s.index < 1 || s.index > s.count {
		return wrong("as in --shard 3/10, the third of ten", "want a number and how many there are")
	}
	return nil
}

// arrays are the kinds of job arrays by what they say of a job: its number, the
// first number, the step from one to the next, how many jobs there are.
// Kubernetes does not tell how many; its manifest can.
var arrays = [...]struct{ index, first, step, count string }{
	{"JOB_COMPLETION_INDEX", "", "", "JOB_COMPLETIONS"}, // Kubernetes, indexed Job
	{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT"},
	{"AWS_BATCH_JOB_ARRAY_INDEX", "", "", "AWS_BATCH_JOB_ARRAY_SIZE"},
}

// arrayShard takes the shard from the environment; count is that of the command
// line, or "".
func arrayShard(count string, env func(string) string) (shard, error) {
	for _, a := range arrays {
		if env(a.index) == "" {
			continue
		}
		number := func(name string, otherwise int) (int, error) {
			if name == "" || env(name) == "" {
				return otherwise, nil
			}
			n, err := strconv.Atoi(env(name))
			if err != nil {
				err = wrong("", "%s is %q, want a number", name, env(name))
			}
			return n, err
		}
		if count == "" {
			count = env(a.count)
		}
		index, err1 := number(a.index, 0)
		first, err2 := number(a.first, 0)
		step, err3 := number(a.step, 1)
		for _, err := range []error{err1, err2, err3} {
			if err != nil {
				return shard{}, err
			}
		}
		n, err := strconv.Atoi(count)
		if err != nil {
			return shard{}, wrong(fmt.Sprintf("set %s, or write --shard auto/10", a.count), "%s does not say of how many", a.index)
		}
		s := shard{(index-first)/max(1, step) + 1, n}
		if s.index < 1 || s.index > n {
			return shard{}, wrong("", "%s is %d, which is none of %d from %d", a.index, index, n, first)
		}
		return s, nil
	}
	return shard{}, wrong("write --shard 3/10", "auto wants a job array, and none of JOB_COMPLETION_INDEX, SLURM_ARRAY_TASK_ID and AWS_BATCH_JOB_ARRAY_INDEX is set")
}

// shardFile is where a part goes if nothing is said.
func (s shard) file(model string) string {
	base := filepath.Base(model)
	return fmt.Sprintf("%s.%d-of-%d.part", strings.TrimSuffix(base, filepath.Ext(base)), s.index, s.count)
}

// shard does one share of a simulation and writes its part.
func (p *program) shard(ctx context.Context, sys *model.System, files []string, f *simulateFlags) error {
	told, done := p.attend(f.progress.value, goal{})
	opts := f.options(sys)
	opts.Progress = told
	state, err := montecarlo.Shard(ctx, sys, opts, f.shard.index-1, f.shard.count)
	done()
	if err != nil {
		return p.refused(err, "")
	}
	file := f.file
	if file == stdio {
		file = f.shard.file(files[0])
	}
	r := &record{*f.job(p, files), f.shard.index, f.shard.count, state}
	if err := p.deliver(file, r.bytes()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, file)
	return err
}

func (p *program) mergeCommand() *cobra.Command {
	var out outputFlags
	c := &cobra.Command{
		Use:   "merge PART...",
		Short: "Join the parts of a simulation that was shared out",
		Long: `merge joins the parts that nines simulate --shard has written into one result,
the same as that of one simulation of all runs.`,
		Example: `  nines simulate shop.nines --runs 1000000 --shard 1/2
  nines simulate shop.nines --runs 1000000 --shard 2/2
  nines merge shop.*.part`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrong("nines simulate --shard 1/10 writes one", "nines merge wants the parts of a simulation, got none")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.merge(args, &out) },
	}
	out.bind(c, new(report.Report).Formats()...)
	return c
}

func (p *program) merge(files []string, out *outputFlags) error {
	if err := out.spares(files); err != nil {
		return err
	}
	parts, err := readParts(files)
	if err != nil {
		return err
	}
	f := parts[0].flags()
	f.outputFlags, p.sources = *out, parts[0].Texts
	sys, diagnostics, err := p.load(parts[0].Files, &f.modelFlags)
	if err != nil {
		return err
	}
	var states [][]byte
	for _, part := range parts {
		states = append(states, part.state)
	}
	found, err := montecarlo.Merge(sys, f.options(sys), states)
	if err != nil {
		return p.refused(err, "")
	}
	return p.present(&simulated{parts[0].Files, sys, diagnostics, f}, found)
}

// readParts reads all parts of a simulation, whatever their order.
func readParts(files []string) ([]*record, error) {
	var parts []*record
	from := map[int]string{}
	for _, file := range files {
		r, err := readRecord(file)
		switch {
		case err != nil:
			return nil, err
		case r.Shard == 0:
			return nil, wrong("nines simulate --resume goes on from it", "%s is a checkpoint, want a part", file)
		case r.Version != version():
			return nil, wrong("merge with the version that made them", "%s was made by nines %s, this is %s", file, r.Version, version())
		case from[r.Shard] != "":
			return nil, wrong("", "%s and %s are both part %d", from[r.Shard], file, r.Shard)
		}
		from[r.Shard] = file
		if parts = append(parts, r); r.Shards != parts[0].Shards {
			return nil, wrong("", "%s is one of %d parts, %s one of %d", files[0], parts[0].Shards, file, r.Shards)
		}
		if what := parts[0].differs(&r.job); what != "" {
			return nil, wrong("merge the parts of one simulation alone", "%s and %s are of different simulations: %s", files[0], file, what)
		}
	}
	return parts, missing(from, parts[0].Shards)
}

// missing names the parts that are not there.
func missing(from map[int]string, count int) error {
	var names []string
	for i := 1; i <= count; i++ {
		if from[i] == "" {
			names = append(names, strconv.Itoa(i))
		}
	}
	if len(names) == 0 {
		return nil
	}
	const few = 10
	if more := len(names) - few; more > 0 {
		names = append(slices.Clone(names[:few]), fmt.Sprintf("%d more", more))
	}
	return wrong("nines simulate --shard makes them", "of %d parts there is no %s", count, strings.Join(names, ", "))
}
