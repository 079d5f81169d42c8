package analytic

import (
	"context"

	"nines/model"
)

// Options say what to evaluate. The zero value evaluates every target over
// the mission of the system.
type Options struct {
	At       float64  // s; argument of reliability and the point and interval availabilities; 0: the mission
	Targets  []string // names to report; nil: all
	Budget   bool     // also work out where the down time comes from
	MaxNodes int      // of the decision diagram; 0: default
}

// Evaluate works out the measures of the targets of sys. The diagnostics are
// notes that say which measure is absent for which target, and why.
func Evaluate(ctx context.Context, sys *model.System, opts Options) ([]model.Result, []model.Diagnostic, error) {
	return nil, nil, nil
}
