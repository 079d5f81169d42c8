package cmd

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
)

func (p *program) ninesCommand() *cobra.Command {
	var out outputFlags
	c := &cobra.Command{
		Use:   "nines VALUE",
		Short: "Availability as nines and down time, and back",
		Long:  "nines turns an availability or a down time per day, week, month or year into the other.",
		Example: `  nines nines 99.95%
  nines nines 3.5 nines
  nines nines 20m/mo`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrong(ninesHint, "nines nines wants a value, got none")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := availability(strings.Join(args, " "))
			if err != nil {
				return err
			}
			return p.write(out.file, func(w io.Writer, _ report.Look) error {
				if out.format.value == "json" {
					return ninesJSON(w, a)
				}
				return ninesText(w, a)
			})
		},
	}
	out.bind(c, "text", "json")
	return c
}

const ninesHint = `write it like 99.95%, "3.5 nines" or 20m/mo`

// availability reads a probability, a percentage without its sign, or down
// time per period.
func availability(text string) (model.Prob, error) {
	down, period, rate := strings.Cut(text, "/")
	if !rate {
		return readShare(text)
	}
	seconds, err := dsl.Duration(strings.TrimSpace(down))
	if err != nil {
		return model.Prob{}, wrong(ninesHint, "%s: %w", text, err)
	}
	length, err := dsl.Duration("1" + strings.TrimSpace(period))
	if err != nil {
		return model.Prob{}, wrong(ninesHint, "%s: %w", text, err)
	}
	if !(seconds <= length) {
		return model.Prob{}, wrong(ninesHint, "%s is more than all the time there is", text)
	}
	return model.ProbOf(seconds / length).Not(), nil
}

func readShare(text string) (model.Prob, error) {
	p, err := dsl.Probability(text)
	if err == nil {
		return p, nil
	}
	percent, bare := dsl.Probability(text + "%")
	switch {
	case bare != nil:
		return p, wrong(ninesHint, "%s: %w", text, err)
	case percent.P < 0.5: // of nothing that anybody would want to run
		return p, wrong(ninesHint, "%s: want a unit, as in %s%% or \"%s nines\"", text, text, text)
	}
	return percent, nil
}

// periods for which down time is told, in seconds.
var periods = [...]struct {
	name    string
	seconds float64
}{{"day", 86400}, {"week", 7 * 86400}, {"month", model.Year / 12}, {"year", model.Year}}

func ninesText(w io.Writer, a model.Prob) error {
	line := shortShare(a) + " available"
	if a.Q > 0 {
		line += ", " + report.Nines(-math.Log10(a.Q)) + " nines"
	}
	if _, err := fmt.Fprintln(w, line); err != nil {
		return err
	}
	for _, p := range periods {
		if _, err := fmt.Fprintf(w, "  %10s down a %s\n", report.Duration(a.Q*p.seconds), p.name); err != nil {
			return err
		}
	}
	return nil
}

// shortShare is as short as what was typed: 99.95 %, not 99.9500 %.
func shortShare(a model.Prob) string {
	text := report.Share(a)
	if digits, percent := strings.CutSuffix(text, " %"); percent && strings.Contains(digits, ".") {
		return strings.TrimRight(strings.TrimRight(digits, "0"), ".") + " %"
	}
	return text
}

func ninesJSON(w io.Writer, a model.Prob) error {
	type downtime struct {
		Day   float64 `json:"day"`
		Week  float64 `json:"week"`
		Month float64 `json:"month"`
		Year  float64 `json:"year"`
	}
	out := struct {
		FormatVersion  string   `json:"format_version"`
		Command        string   `json:"command"`
		Availability   float64  `json:"availability"`
		Unavailability float64  `json:"unavailability"`
		Nines          *float64 `json:"nines,omitempty"` // absent where nothing is ever down
		Downtime       downtime `json:"downtime"`
	}{FormatVersion: report.FormatVersion, Command: "nines", Availability: a.P, Unavailability: a.Q}
	if a.Q > 0 {
		nines := -math.Log10(a.Q) + 0
		out.Nines = &nines
	}
	out.Downtime = downtime{a.Q * periods[0].seconds, a.Q * periods[1].seconds, a.Q * periods[2].seconds, a.Q * periods[3].seconds}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
