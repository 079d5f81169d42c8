package montecarlo

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"nines/model"
)

// seeds is the number of seeds of a calibration: few, but as many as
// CALIBRATE says.
func seeds(few int) int {
	if n, err := strconv.Atoi(os.Getenv("CALIBRATE")); err == nil {
		return n
	}
	return few
}

// downWithin is P(down time in a window <= x) of one part with the rates a and
// m that is found in its long run (Takács 1957; Barlow and Proschan,
// Mathematical Theory of Reliability, 1965, section 3.3.4): up at the start
//
//	exp(-a(w-x)) [1 + √(am(w-x)) ∫ exp(-my) y^-½ I1(2√(am(w-x)y)) dy over [0, x]]
//
// and down at the start the same of the time up.
func downWithin(x, w, a, m float64) float64 {
	q := a / (a + m)
	return (1-q)*fromUp(x, w, a, m) + q*(1-fromUp(w-x, w, m, a))
}

func fromUp(x, w, a, m float64) float64 {
	if x >= w {
		return 1
	}
	const steps = 500
	rate, total := a*m*(w-x), 0.0
	for i := range steps { // midpoints in z = √y
		h := math.Sqrt(x) / steps
		z := (float64(i) + 0.5) * h
		total += 2 * h * math.Exp(-m*z*z) * bessel1(2*math.Sqrt(rate)*z)
	}
	return math.Exp(-a*(w-x)) * (1 + math.Sqrt(rate)*total)
}

// bessel1 is I1(x) by its power series.
func bessel1(x float64) float64 {
	term, sum := x/2, x/2
	for k := 1.0; term > 1e-17*sum; k++ {
		term *= x * x / 4 / k / (k + 1)
		sum += term
	}
	return sum
}

// lonely is one part; coupled, it is a standby with nobody to stand in, and so
// warms up.
func lonely(every, repair float64, coupled bool) *model.System {
	b := newBuilder()
	part := b.one(stop(every, repair))
	if coupled {
		part = b.standby(atOnce(1), []int{part})
	}
	return b.target("part", part)
}

// require adds a requirement on the down time in a window.
func require(sys *model.System, most, window float64, atLeast bool) {
	sys.Requirements = append(sys.Requirements, model.Requirement{
		Measure: model.Downtime, Bound: model.Prob{P: most}, Window: window, Confidence: model.ProbOf(0.9), AtLeast: atLeast,
	})
}

func spreadOf(t *testing.T, sys *model.System, o Options) *model.Distributions {
	t.Helper()
	return simulate(t, sys, o).Results[0].Spread
}

func within(e model.Estimate, x float64) bool { return e.Low <= x && x <= e.High }

// TestWindows compares the down time in windows with its closed form.
func TestWindows(t *testing.T) {
	const every, repair, window = 100 * hour, 20 * hour, 150 * hour
	for _, coupled := range []bool{false, true} {
		sys := lonely(every, repair, coupled)
		for _, most := range []float64{0, 5 * hour, 40 * hour} {
			require(sys, most, window, false)
		}
		require(sys, 40*hour, window, true)
		require(sys, 40*hour, day, false)
		d := spreadOf(t, sys, Options{Runs: 2000, Confidence: 0.999, Windows: []float64{window}})
		w := &d.Windows[0]
		if len(w.Limits) != 9 || w.Downtime.Count < 2000 {
			t.Fatalf("got %d windows and %d limits, want 2000 and the usual with four requirements", w.Downtime.Count, len(w.Limits))
		}
		if want := window * repair / (every + repair); !within(w.Downtime.Mean, want) {
			t.Errorf("mean: got %+v, want %g", w.Downtime.Mean, want)
		}
		if want := window / (every + repair); !within(w.Outages.Mean, want) {
			t.Errorf("mean outages: got %+v, want %g", w.Outages.Mean, want)
		}
		for _, q := range w.Downtime.Quantiles {
			if low, high := downWithin(q.Low*0.999, window, 1/every, 1/repair), downWithin(q.High, window, 1/every, 1/repair); low > q.P || high < q.P {
				t.Errorf("coupled %v, quantile %g: got %+v, which is of %g to %g", coupled, q.P, q, low, high)
			}
		}
		for _, l := range w.Limits {
			want := downWithin(l.Downtime, window, 1/every, 1/repair)
			if l.Requirement != nil && l.Requirement.AtLeast {
				want = 1 - want
			}
			if !within(l.Met, want) || !within(l.Missed, 1-want) {
				t.Errorf("coupled %v, %g s: got %+v, want %g", coupled, l.Downtime, l, want)
			}
		}
		if l, ok := d.Find(&sys.Requirements[1]); !ok || l.Downtime != 5*hour {
			t.Errorf("the requirement has the limit %+v, %v", l, ok)
		}
		// All that is exponential: outages, and lives.
		for name, c := range map[string]struct {
			got  *model.Spread
			mean float64
		}{"outage": {d.Outage, repair}, "life": {d.FirstFailure, every}} {
			if !within(c.got.Mean, c.mean) {
				t.Errorf("coupled %v, %s: got %+v, want %g", coupled, name, c.got.Mean, c.mean)
			}
			for _, q := range c.got.Quantiles {
				if want := -c.mean * math.Log1p(-q.P); !within(q.Estimate, want) {
					t.Errorf("coupled %v, %s: got %+v, want %g", coupled, name, q, want)
				}
			}
		}
	}
}

// TestWindowCalibration counts how often 95 % intervals hold the truth.
func TestWindowCalibration(t *testing.T) {
	const every, repair, window = 100 * hour, 20 * hour, 150 * hour
	n := seeds(60)
	truths := map[float64]float64{}
	for _, p := range quantiles {
		low, high := 0.0, window
		for range 40 {
			if x := (low + high) / 2; downWithin(x, window, 1/every, 1/repair) < p {
				low = x
			} else {
				high = x
			}
		}
		truths[p] = high
	}
	for coupled, runs := range map[bool]int{false: 250, true: 40} {
		t.Run(fmt.Sprintf("coupled %v", coupled), func(t *testing.T) {
			t.Parallel()
			sys := lonely(every, repair, coupled)
			require(sys, 40*hour, window, false)
			truth := downWithin(40*hour, window, 1/every, 1/repair)
			held := map[string]int{}
			count := func(name string, is bool) {
				if is {
					held[name]++
				}
			}
			for seed := range n {
				d := spreadOf(t, sys, Options{Runs: runs, Seed: uint64(seed), Workers: 1, Windows: []float64{window}})
				w := &d.Windows[0]
				count("met", within(w.Limits[5].Met, truth))
				count("mean", within(w.Downtime.Mean, window*repair/(every+repair)))
				for i, q := range w.Downtime.Quantiles[:3] {
					count(fmt.Sprintf("down time p%g", 100*q.P), within(q.Estimate, truths[q.P]))
					count(fmt.Sprintf("outage p%g", 100*q.P), within(d.Outage.Quantiles[i].Estimate, -repair*math.Log1p(-q.P)))
					count(fmt.Sprintf("life p%g", 100*q.P), within(d.FirstFailure.Quantiles[i].Estimate, -every*math.Log1p(-q.P)))
				}
			}
			for name, k := range held {
				share := float64(k) / float64(n)
				t.Logf("%s: %.1f %%", name, 100*share)
				if !calibrated(share, n) && !(share > 0.97 && share < 0.99) { // order statistics are discrete
					t.Errorf("%s: the interval holds the value in %.1f %% of %d runs, want 93 to 97", name, 100*share, n)
				}
			}
		})
	}
}

// TestCertainWindows: where nothing is random nothing has a width.
func TestCertainWindows(t *testing.T) {
	b := newBuilder()
	sys := b.target("s", b.one(byLaw(fixed(9*hour), fixed(hour))))
	d := spreadOf(t, sys, Options{Runs: 150, Windows: []float64{20 * hour}})
	for name, c := range map[string]struct {
		got  *model.Spread
		want float64
	}{"down": {&d.Windows[0].Downtime, 2 * hour}, "outages": {&d.Windows[0].Outages, 2}, "outage": {d.Outage, hour}, "life": {d.FirstFailure, 9 * hour}} {
		for _, e := range []model.Estimate{c.got.Mean, c.got.Quantiles[0].Estimate, c.got.Quantiles[2].Estimate} {
			if !near(e.Value, c.want, 1e-12) || !near(e.Low, c.want, 1e-12) || !near(e.High, c.want, 1e-12) {
				t.Errorf("%s: got %+v, want exactly %g", name, e, c.want)
			}
		}
	}
}

// TestCauses: of two parts that fail three times to one, each begins and ends
// its own outages; a standby's are begun by the active and ended by a takeover.
func TestCauses(t *testing.T) {
	b := newBuilder()
	often, seldom := b.one(stop(100*hour, hour)), b.one(stop(300*hour, hour))
	series := b.target("series", b.series(often, seldom))
	b = newBuilder()
	standby := b.target("standby", b.standby(&model.Waiting{Rate: 1, Detect: fixed(0), Switch: exponential(minute), Succeeds: model.ProbOf(1)}, b.fresh(2, stop(100*hour, hour))))
	b = newBuilder()
	pushed := b.service([]int{b.one()})
	b.deploys(pushed, 1/(100*hour), exponential(hour), exponential(hour), 1)
	pushes := b.target("pushed", pushed)
	for _, c := range []struct {
		sys  *model.System
		want map[string][2]float64 // shares that begin and end with it
	}{
		{series, map[string][2]float64{"component p0": {0.75, 0.75}, "component p1": {0.25, 0.25}}},
		{standby, map[string][2]float64{"component p0": {0.5, 0}, "component p1": {0.5, 0}, "takeover standby": {0, 1}}},
		{pushes, map[string][2]float64{"deploys pushed": {1, 1}}},
	} {
		d := spreadOf(t, c.sys, Options{Runs: 500, Windows: []float64{1000 * hour}})
		for _, cause := range d.Causes {
			want := c.want[cause.Kind+" "+cause.Name]
			if math.Abs(cause.Begins.Value-want[0]) > 0.05 || math.Abs(cause.Ends.Value-want[1]) > 0.05 {
				t.Errorf("%s: got %+v, want %v", c.sys.Targets[0].Name, cause, want)
			}
		}
		if len(d.Causes) < len(c.want) {
			t.Errorf("%s: got %+v, want %v", c.sys.Targets[0].Name, d.Causes, c.want)
		}
	}
}

// TestBlame: of two changes at the same moment the one for the worse is to
// blame for a failure, that of what is needed, and the other one for the way back.
func TestBlame(t *testing.T) {
	p, err := newProgram(clockwork())
	if err != nil {
		t.Fatal(err)
	}
	j := newJournal(p)
	first := func(part int) int32 { return p.parts[part].first }
	j.changes = []change{{1, first(1) + 1, first(1)}, {0, first(0), first(0) + 1}}
	if worse, better := j.blame(0, true), j.blame(0, false); worse != 0 || better != 1 {
		t.Errorf("got %d and %d, want 0 and 1", worse, better)
	}
	j.reach[0][0] = false
	if worse := j.blame(0, true); worse != 1 {
		t.Errorf("got %d, want the only one that is needed", worse)
	}
}

// TestSpreadWorkers compares distributions made by different numbers of workers,
// and other measures with and without them.
func TestSpreadWorkers(t *testing.T) {
	show := func(r *Report) (text string) {
		for _, res := range r.Results {
			text += fmt.Sprintf("%+v %+v\n", res.Spread.Windows, res.Spread.Causes)
		}
		return text
	}
	want := ""
	for _, workers := range []int{1, 3} {
		r := simulate(t, microservices(), Options{Until: 0.1, Workers: workers, Windows: []float64{30 * day, model.Year}})
		if got := show(r); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%d workers: got\n%s\nwant\n%s", workers, got, want)
		}
	}
	with, without := simulate(t, zones(), Options{Runs: 200, Windows: []float64{day}}), simulate(t, zones(), Options{Runs: 200})
	if got, want := fmt.Sprint(with.Results[0].Values), fmt.Sprint(without.Results[0].Values); got != want {
		t.Errorf("with windows: got %s, want %s", got, want)
	}
}
