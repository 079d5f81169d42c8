package montecarlo

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"nines/model"
)

// bounds are requirements that measures are at most a factor times their true
// values.
func bounds(truth map[model.Measure]float64, factor float64) []*model.Requirement {
	var list []*model.Requirement
	for _, m := range []model.Measure{model.Unavailability, model.Outages, model.MTTF, model.Reliability} {
		list = append(list, &model.Requirement{Measure: m, Bound: model.Prob{P: truth[m] * factor}})
	}
	return list
}

func decide(t *testing.T, sys *model.System, list []*model.Requirement, o Options) ([]model.Verdict, *Report) {
	t.Helper()
	verdicts, r, err := Decide(context.Background(), sys, list, o)
	if err != nil {
		t.Fatal(err)
	}
	return verdicts, r
}

// TestDecideErrors looks seven times on which side of itself the true value
// is: all looks together decide no more often than the error that is allowed.
func TestDecideErrors(t *testing.T) {
	const seeds, confidence = 60, 0.8
	truth := pairMeasures(100*hour, 10*hour, 0.6)
	for name, horizon := range map[string]float64{"cycles": 0, "windows": 300 * hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			decided := map[model.Measure]int{}
			for seed := range seeds {
				verdicts, _ := decide(t, pair(100*hour, 10*hour, 0.6), bounds(truth, 1),
					Options{Confidence: confidence, Runs: 1000, Seed: uint64(seed), Workers: 1, Horizon: horizon})
				for _, v := range verdicts {
					if v.Status != model.Undecided {
						decided[v.Requirement.Measure]++
					}
				}
			}
			for m, n := range decided {
				share := float64(n) / seeds
				t.Logf("%s: %.1f %%", m, 100*share)
				if share > 1-confidence {
					t.Errorf("%s is decided in %.1f %%, want no more than %.0f", m, 100*share, 100*(1-confidence))
				}
			}
		})
	}
}

// TestDecide wants the right verdict where the bound is a few percent off, and
// the same bytes from any number of workers.
func TestDecide(t *testing.T) {
	truth := pairMeasures(100*hour, 10*hour, 0.6)
	for factor, want := range map[float64]model.Status{0.95: model.Fail, 1.05: model.Pass} {
		one, report := decide(t, pair(100*hour, 10*hour, 0.6), bounds(truth, factor), Options{Confidence: 0.99, Seed: 3, Workers: 1})
		for _, v := range one {
			if v.Status != want || v.Value == nil || v.Value.Confidence < 0.99 {
				t.Errorf("%s at %g: %+v, want %s", v.Requirement.Measure, factor, v, want)
			}
		}
		if !report.Converged || report.Runs == 0 {
			t.Errorf("%g: %+v", factor, report)
		}
		if two, _ := decide(t, pair(100*hour, 10*hour, 0.6), bounds(truth, factor), Options{Confidence: 0.99, Seed: 3, Workers: 2}); !reflect.DeepEqual(one, two) {
			t.Errorf("%g: %v with one worker, %v with two", factor, one, two)
		}
	}
}

// TestDecideApart asks about two systems that share no part: each is simulated by itself.
func TestDecideApart(t *testing.T) {
	b := newBuilder()
	b.target("x", b.one(stop(99*hour, hour)))
	sys := b.target("y", b.one(stop(9*hour, hour)))
	verdicts, _ := decide(t, sys, []*model.Requirement{
		{Target: 0, Measure: model.Unavailability, Bound: model.Prob{P: 0.02}},
		{Target: 1, Measure: model.Unavailability, Bound: model.Prob{P: 0.02}},
	}, Options{Confidence: 0.99, Seed: 3})
	if verdicts[0].Status != model.Pass || verdicts[1].Status != model.Fail {
		t.Errorf("got %s and %s for 1 %% and 10 %%, want at most 2 %%", verdicts[0].Status, verdicts[1].Status)
	}
}

// TestDecideTimes asks at several times in one go.
func TestDecideTimes(t *testing.T) {
	list := []*model.Requirement{
		{Measure: model.Reliability, At: hour, AtLeast: true, Bound: model.Prob{P: 0.9}},
		{Measure: model.Reliability, At: 1000 * hour, AtLeast: true, Bound: model.Prob{P: 0.9}},
		{Measure: model.PointAvailability, AtLeast: true, Bound: model.Prob{P: 0.9}},
	}
	verdicts, _ := decide(t, pair(100*hour, 10*hour, 0.6), list, Options{Seed: 1})
	for i, want := range []model.Status{model.Pass, model.Fail, model.Pass} {
		if v := verdicts[i]; v.Status != want {
			t.Errorf("%d: %+v, want %s", i, v, want)
		}
	}
}

// TestDecideWindows asks about down time in windows of several lengths, of
// which the distribution is known.
func TestDecideWindows(t *testing.T) {
	const every, repair = 100 * hour, 20 * hour
	for _, coupled := range []bool{false, true} {
		var list []*model.Requirement
		var want []model.Status
		for _, window := range []float64{50 * hour, 150 * hour} {
			for _, most := range []float64{5 * hour, 40 * hour} {
				met := downWithin(most, window, 1/every, 1/repair)
				for _, share := range []float64{met * 0.95, min(met*1.05, 1-1e-9)} {
					list = append(list, &model.Requirement{Measure: model.Downtime, Bound: model.Prob{P: most}, Window: window, Confidence: model.ProbOf(share)})
					want = append(want, map[bool]model.Status{true: model.Pass, false: model.Fail}[share < met])
				}
			}
		}
		verdicts, _ := decide(t, lonely(every, repair, coupled), list, Options{Confidence: 0.99, Seed: 2})
		for i, v := range verdicts {
			if v.Status != want[i] || v.Value.Measure != model.Met {
				t.Errorf("coupled %v, %+v: got %+v, want %s", coupled, list[i], v, want[i])
			}
		}
	}
}

// TestUndecided gives reasons.
func TestUndecided(t *testing.T) {
	truth := pairMeasures(100*hour, 10*hour, 0.6)
	verdicts, report := decide(t, pair(100*hour, 10*hour, 0.6), bounds(truth, 1), Options{Runs: 200})
	for _, v := range verdicts {
		if v.Status != model.Undecided || !strings.Contains(v.Reason, "runs are not enough") || v.Value == nil {
			t.Errorf("%+v", v)
		}
	}
	if report.Converged {
		t.Error("undecided and converged")
	}
	b := newBuilder()
	bought := b.target("bought", b.leaf(b.static(model.ProbOf(0.99))))
	verdicts, _ = decide(t, bought, []*model.Requirement{{Measure: model.MTTF, AtLeast: true, Bound: model.Prob{P: 1}}}, Options{})
	if v := verdicts[0]; v.Status != model.Undecided || v.Reason != static {
		t.Errorf("%+v", v)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	verdicts, report, err := Decide(ctx, pair(100*hour, 10*hour, 0.6), bounds(truth, 2), Options{})
	if err != nil || !report.Partial || verdicts[0].Status != model.Undecided {
		t.Errorf("%+v, %+v, %v", verdicts[0], report, err)
	}
}
