package cmd

import (
	"context"
	"io"
	"strings"

	"nines/cmd/internal/report"
	"nines/model"
	"nines/montecarlo"
)

// runsOfStory are those of which the worst is told, if nothing else is said.
const runsOfStory = 1000

// tell tells one run, and writes its trace.
func (p *program) tell(ctx context.Context, sys *model.System, files []string, f *simulateFlags) error {
	opts := f.options(sys)
	switch {
	case f.story.value != "worst":
		opts.Runs = 1
	case opts.Runs == 0:
		opts.Runs = runsOfStory
	}
	done := p.watch("simulating")
	story, err := montecarlo.Tell(ctx, sys, opts)
	done()
	if err != nil {
		return p.refused(err, "")
	}
	r := &report.StoryReport{File: strings.Join(files, " "), Title: sys.Title, Seed: f.seed, Story: story}
	if f.trace != "" {
		err := p.write(f.trace, func(w io.Writer, _ report.Look) error { return report.StoryCSV(w, r) })
		if err != nil {
			return err
		}
	}
	if f.story.value == "" {
		return nil
	}
	return p.write(f.file, func(w io.Writer, look report.Look) error {
		switch f.format.value {
		case "json":
			return report.StoryJSON(w, r)
		case "csv":
			return report.StoryCSV(w, r)
		case "markdown":
			return report.StoryMarkdown(w, r)
		}
		return report.StoryText(w, r, look)
	})
}

// spaced lets the value of --story follow after a space, though it may be left
// out.
func spaced(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--story" && i+1 < len(args) && (args[i+1] == "first" || args[i+1] == "worst") {
			joined = append(joined, args[i]+"="+args[i+1])
			i++
			continue
		}
		joined = append(joined, args[i])
	}
	return joined
}
