package montecarlo

import (
	"fmt"
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

func law(l dist.Law, err error) dist.Law {
	if err != nil {
		panic(err)
	}
	return l
}

// TestAge compares the mean and the mean square of ages with E(X²)/(2 E(X))
// and E(X³)/(3 E(X)), the moments of a law seen at a random moment.
func TestAge(t *testing.T) {
	for _, c := range []struct {
		law           dist.Law
		first, second float64 // of the age
	}{
		{fixed(10), 5, 100.0 / 3},
		{law(dist.NewUniform(2, 6)), (16 + 4.0/3) / 8, (6*6*6*6 - 2*2*2*2) / 16.0 / 12},
		{law(dist.NewWeibull(2, 1)), 1 / math.Sqrt(math.Pi), 0.5},
		{law(dist.NewErlang(3, 3)), 2, 60.0 / 9},
		{law(dist.NewEmpirical([]float64{1, 1, 4})), 18.0 / 3 / 4, 66.0 / 3 / 6},
		{law(dist.NewLognormal(1, 1)), math.Exp(1.5) / 2, math.Exp(4) / 3},
		{law(dist.NewHyperexponential([]dist.Branch{{P: 0.5, MeanTime: 1}, {P: 0.5, MeanTime: 9}})), 82.0 / 10, 2 * 730.0 / 10},
	} {
		st := state{clocks: []clock{newClock(c.law, 0)}}
		ages := newAgeLaw(&st)
		s := newStream()
		s.start(1, 2, 3)
		var first, second, rest moments
		for range 200000 {
			age := ages.draw(&s)
			left, _ := st.drawAged(age, &s)
			first.add(&vector{age})
			second.add(&vector{age * age})
			rest.add(&vector{left}) // has the same law
		}
		for what, x := range map[string]struct {
			m    *moments
			want float64
		}{"age": {&first, c.first}, "age²": {&second, c.second}, "rest": {&rest, c.first}} {
			one := only(0)
			if sd := math.Sqrt(x.m.variance(&one)); math.Abs(x.m.mean[0]-x.want) > 4*sd {
				t.Errorf("%T %s: got %g ± %g, want %g", c.law, what, x.m.mean[0], sd, x.want)
			}
		}
	}
}

// TestStationary takes windows much shorter than the cycle of a part. Started
// in the long run they have neither a bias in the share of time nor in the
// rate of failures, whatever the laws. The truth is by renewal: with the mean
// times and odds of the race between the modes.
func TestStationary(t *testing.T) {
	weibull := law(dist.NewWeibullMean(3, 100*hour))
	lognormal := law(dist.NewLognormalMean(20*hour, 1))
	for name, modes := range map[string][]model.Mode{
		"fixed":       {byLaw(fixed(100*hour), fixed(20*hour))},
		"weibull":     {byLaw(weibull, lognormal)},
		"exponential": {byLaw(exponential(100*hour), fixed(20*hour))},
		"race": {
			byLaw(weibull, lognormal), byLaw(exponential(300*hour), fixed(10*hour)), byLaw(law(dist.NewUniform(0, 400*hour)), exponential(5*hour)),
			{Kind: model.FailSilent, Every: fixed(120 * hour), Detect: law(dist.NewUniform(hour, 9*hour)), Repair: lognormal},
		},
	} {
		up, down := 0.0, 0.0
		var laws []dist.Law
		for i := range modes {
			laws = append(laws, modes[i].Every)
		}
		race := dist.Race(laws)
		up = race.Mean
		for i, p := range race.Win {
			down += p * modes[i].Repair.Mean()
			if modes[i].Detect != nil {
				down += p * modes[i].Detect.Mean()
			}
		}
		b := newBuilder()
		sys := b.target("part", b.one(modes...))
		for _, horizon := range []float64{hour, 30 * hour, 200 * hour} {
			r := simulate(t, sys, Options{Runs: 30000, Seed: 4, Confidence: 0.999, Horizon: horizon, At: hour})
			t.Run(fmt.Sprintf("%s %gh", name, horizon/hour), func(t *testing.T) {
				holds(t, &r.Results[0], map[model.Measure]float64{
					model.Unavailability: down / (up + down), model.Outages: model.Year / (up + down), model.MTTF: up,
				})
			})
		}
	}
}

// TestAbsorbed: a part that is never repaired is down in the long run, by the
// mode that comes first.
func TestAbsorbed(t *testing.T) {
	b := newBuilder()
	part := b.one(
		model.Mode{Kind: model.FailByzantine, Every: exponential(300 * hour), Detect: fixed(hour), Repair: exponential(hour)},
		model.Mode{Kind: model.FailStop, Every: fixed(200 * hour)},
	)
	r := simulate(t, b.target("part", part), Options{Runs: 2000, Horizon: day})
	if v, _ := r.Results[0].Find(model.Unavailability); v.High != 1 || v.Low < 0.99 || v.Value != v.Low {
		t.Errorf("unavailability: got %+v, want nearly 1", v)
	}
	if v, _ := r.Results[0].Find(model.Outages); v.Low != 0 || v.Value != v.High || v.Note == "" {
		t.Errorf("outages: got %+v, want an upper bound", v)
	}
}

// TestDeploysInTheLongRun: with m bad deploys live in the mean, a Poisson
// number, the share exp(-m hits) of the requests is spared whatever the laws.
func TestDeploysInTheLongRun(t *testing.T) {
	b := newBuilder()
	s := b.service([]int{b.one(stop(90*hour, 10*hour))})
	b.deploys(s, 1/(10*hour), fixed(4*hour), law(dist.NewUniform(0, 12*hour)), 0.4)
	sys := b.target("s", s)
	want := map[model.Measure]float64{model.Served: 0.9 * math.Exp(-0.4), model.Degraded: 0.9 * (1 - math.Exp(-1))}
	r := simulate(t, sys, Options{Runs: 5000, Seed: 4, Confidence: 0.999, Horizon: hour})
	holds(t, &r.Results[0], want)
}
