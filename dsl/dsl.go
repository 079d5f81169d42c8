package dsl

import (
	"io"

	"nines/model"
)

// Options say how a file is to be read. The zero value reads it as written.
type Options struct {
	Set      map[string]string                        // values of params, over those of the file
	Scenario string                                   // the scenario to apply; "" for none
	Open     func(name string) (io.ReadCloser, error) // files beside the model, for empirical(...); nil: there are none
}

// Load reads the model src, which is called name in positions. The System is
// nil if any diagnostic is an error. Diagnostics are sorted by position.
func Load(name string, src []byte, opts Options) (*model.System, []model.Diagnostic) {
	return nil, nil
}

// Format gives the canonical text of a model file, or nil and the reasons if
// it does not parse.
func Format(name string, src []byte) ([]byte, []model.Diagnostic) {
	return nil, nil
}

// Scenarios lists the names of the scenarios of a file in its order.
func Scenarios(name string, src []byte) []string {
	return nil
}

// Duration reads a duration, "1h30m", in seconds.
func Duration(text string) (float64, error) {
	return 0, nil
}

// Probability reads a probability, "99.95%", "0.9995" or "3.5 nines".
func Probability(text string) (model.Prob, error) {
	return model.Prob{}, nil
}
