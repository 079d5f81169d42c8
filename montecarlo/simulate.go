package montecarlo

import (
	"context"
	"time"

	"nines/model"
)

// Options say how long to simulate and what to report. The zero value
// reports every target and stops at one percent, or after some seconds.
type Options struct {
	Runs       int            // stop after so many runs of each study; 0: no such limit
	Until      float64        // stop at this relative half-width; 0: no such goal
	Time       time.Duration  // stop after so long; 0: no such limit
	Horizon    float64        // s, length of one long-run replication; 0: chosen from the model
	At         float64        // s, argument of reliability and of the point and interval availabilities; 0: the mission
	Confidence float64        // of the intervals; 0: 0.95
	Seed       uint64         // used as given
	Workers    int            // 0: all cores
	Targets    []string       // names to report; nil: all
	Progress   func(Progress) // called now and then from one goroutine; nil: not at all
}

// Progress tells how far a simulation has come.
type Progress struct {
	Runs      int
	Events    int64
	Elapsed   time.Duration
	Precision float64 // largest relative half-width that Until looks at, +Inf while unknown
}

// Report is what a simulation found.
type Report struct {
	Results     []model.Result
	Diagnostics []model.Diagnostic
	Runs        int   // of all studies together
	Events      int64 // changes of state simulated
	Converged   bool  // Until holds, or was not asked for
	Partial     bool  // the context ended it
}

// Simulate estimates the measures of the targets of sys.
func Simulate(ctx context.Context, sys *model.System, opts Options) (*Report, error) {
	return nil, nil
}
