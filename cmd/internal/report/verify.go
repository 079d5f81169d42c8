package report

import (
	"fmt"
	"slices"
	"strings"

	"nines/model"
)

// A Verification holds the answer of one engine against that of the other.
type Verification struct {
	Simulation             // how the other answer came about; Confidence is that of each interval
	Error      float64     // chance that any of the intervals is wrong
	Results    [][]Verdict // of each result of the report
}

// A Verdict is what the simulation says to a figure.
type Verdict struct {
	Simulated model.Value
	Agrees    bool
	Seen      bool // some of what the figure counts was seen
}

// word says the verdict in a word.
func (v Verdict) word() string {
	switch {
	case !v.Agrees:
		return "DISAGREE"
	case !v.Seen:
		return "not seen"
	}
	return "agree"
}

// verified lists the tables of a verification.
func (r *Report) verified() (all []sheet) {
	if r.Verification == nil {
		return nil
	}
	for i, verdicts := range r.Verification.Results {
		res := &r.Results[i]
		s := sheet{full(res.Target) + ": exact and simulated", []string{"MEASURE", "EXACT", "SIMULATED", ""}, nil}
		var simulated model.Result
		for _, v := range verdicts {
			simulated.Values = append(simulated.Values, v.Simulated)
		}
		for _, v := range verdicts {
			m := v.Simulated.Measure
			s.rows = append(s.rows, []string{string(m), figure(res, m), figure(&simulated, m), v.word()})
		}
		if len(s.rows) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// writeVerified shows a verification.
func (r *Report) writeVerified(b *strings.Builder, look Look) {
	for _, s := range r.verified() {
		s.write(b, look)
	}
	if v := r.Verification; v != nil {
		text := fmt.Sprintf("simulated: %d runs, %s events, seed %d; all intervals together are right with %g %%",
			v.Runs, Number(float64(v.Events)), v.Seed, 100*(1-v.Error))
		for _, line := range wrap(text, look.inner()) {
			fmt.Fprintf(b, " %s\n", look.dim.Render(line))
		}
	}
}

// jsonChecks are those of result i, nil if it was not verified.
func (r *Report) jsonChecks(i int) (all []jsonCheck) {
	if r.Verification == nil {
		return nil
	}
	for _, v := range r.Verification.Results[i] {
		all = append(all, jsonCheck{v.Simulated.Measure, newJSONValue(v.Simulated), v.Agrees, v.Seen})
	}
	return all
}

type jsonCheck struct {
	Measure   model.Measure `json:"measure"`
	Simulated jsonValue     `json:"simulated"`
	Agrees    bool          `json:"agrees"`
	Seen      bool          `json:"seen"`
}

// Disagreements counts the figures on which the engines do not agree.
func (v *Verification) Disagreements() (n int) {
	for _, verdicts := range v.Results {
		for _, one := range verdicts {
			if !one.Agrees {
				n++
			}
		}
	}
	return n
}

// Rough says whether the engines disagree on approximations alone.
func (r *Report) Rough() bool {
	for i, verdicts := range r.Verification.Results {
		for _, one := range verdicts {
			if v, _ := r.Results[i].Find(one.Simulated.Measure); !one.Agrees && v.Method != model.Approximate {
				return false
			}
		}
	}
	return true
}

// Verify holds results against those of a simulation, measure by measure. Of
// those that follow from each other one is compared.
func Verify(results, simulated []model.Result) (all [][]Verdict) {
	for i := range results {
		var verdicts []Verdict
		j := slices.IndexFunc(simulated, func(s model.Result) bool { return s.Target.Name == results[i].Target.Name })
		for _, v := range results[i].Values {
			if j < 0 || !slices.Contains(Verifiable[:], v.Measure) {
				continue
			}
			if s, ok := simulated[j].Find(v.Measure); ok && s.At == v.At && s.Bounded && finite(v.Value) {
				verdicts = append(verdicts, verdict(v, s))
			}
		}
		all = append(all, verdicts)
	}
	return all
}

// Verifiable are the measures that are compared.
var Verifiable = [...]model.Measure{
	model.Unavailability, model.Served, model.WrongShare, model.Degraded, model.Outages, model.MeanOutage,
	model.MTTF, model.Reliability, model.PointAvailability, model.IntervalAvailability, model.DataLoss, model.MTTDL,
}

// verdict holds a value, or its bounds, against an interval. Both may be off by
// the error of their last digits.
func verdict(v, s model.Value) Verdict {
	const rounding = 1e-9
	low, high := v.Value, v.Value
	if v.Bounded {
		low, high = min(low, v.Low), max(high, v.High)
	}
	sign, _ := bound(s)
	return Verdict{s, low <= s.High*(1+rounding) && high >= s.Low*(1-rounding), sign == "" || s.Method == model.Exact}
}
