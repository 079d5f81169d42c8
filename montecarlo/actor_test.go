package montecarlo

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nines/model"
)

// atOnce takes over in no time.
func atOnce(rate float64) *model.Waiting {
	return &model.Waiting{Rate: rate, Detect: fixed(0), Switch: fixed(0), Succeeds: model.ProbOf(1)}
}

// passages lists when the first target goes up or down until end.
func passages(t *testing.T, sys *model.System, end float64) []string {
	t.Helper()
	p, err := newProgram(sys)
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(p)
	e.stream.start(1, 2, 3)
	e.begin(false)
	var log []string
	for up := true; e.step(end); {
		if e.watches[0].up != up {
			up = !up
			log = append(log, fmt.Sprintf("%gh up=%v", e.now/hour, up))
		}
	}
	return log
}

// TestStandbyLog compares passages of fixed times with logs made by hand.
//
// In warm, a lives 10 h and is repaired in 4 h, b 16 h and 5 h; they wait at
// half speed, also during a promotion; notice takes 1 h and a promotion 2 h.
//
//	 0     a is active, b waits
//	10     a fails; 11 noticed; 13 b is active at the age 6.5 h; 14 a is repaired
//	22.5   b fails; 23.5 noticed; 25.5 a is active at 5.75 h; 27.5 b is repaired
//	29.75  a fails; 30.75 noticed; 32.75 b is active at 2.625 h; it fails at 46.125
//
// In cold, who waits does not grow old and takes over in no time:
//
//	 0     a is active, b waits; 10 a fails, b is active; 22 a is repaired
//	26     b fails, a is active; 31 b is repaired; 36 a fails, b is active
//	48     a is repaired; 52 b fails, a is active; so there is no outage
func TestStandbyLog(t *testing.T) {
	b := newBuilder()
	half := &model.Waiting{Rate: 0.5, Detect: fixed(hour), Switch: fixed(2 * hour), Succeeds: model.ProbOf(1)}
	warm := b.target("warm", b.standby(half, []int{b.one(byLaw(fixed(10*hour), fixed(4*hour))), b.one(byLaw(fixed(16*hour), fixed(5*hour)))}))
	b = newBuilder()
	cold := b.target("cold", b.standby(atOnce(0), []int{b.one(byLaw(fixed(10*hour), fixed(12*hour))), b.one(byLaw(fixed(16*hour), fixed(5*hour)))}))
	for _, c := range []struct {
		sys  *model.System
		want []string
	}{
		{warm, []string{"10h up=false", "13h up=true", "22.5h up=false", "25.5h up=true", "29.75h up=false", "32.75h up=true"}},
		{cold, nil},
	} {
		if got := passages(t, c.sys, 46*hour); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.sys.Targets[0].Name, got, c.want)
		}
	}
}

// TestCrewLog: three parts fail at 10, 11 and 12 h and one repairer takes 5 h
// for each: 15, 20 and 25 h. The repaired last 100 h.
func TestCrewLog(t *testing.T) {
	b := newBuilder()
	var leaves []int
	for i := range 3 {
		leaves = append(leaves, b.one(byLaw(fixed(float64(10+i)*hour), fixed(5*hour))))
	}
	b.crew(1, 0, 1, 2)
	sys := b.target("s", b.atLeast(3, leaves[2], leaves[1], leaves[0]))
	// The first is repaired at 15 h and fails at 25 h, when the last is back.
	if got, want := passages(t, sys, 29*hour), []string{"10h up=false"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	sys.Targets[0].Node = leaves[2]
	if got, want := passages(t, sys, 29*hour), []string{"12h up=false", "25h up=true"}; !slices.Equal(got, want) {
		t.Errorf("the third: got %v, want %v", got, want)
	}
}

// TestColdStandby compares spares without repair with their closed forms:
// reliability (1 + lt) exp(-lt), mean life 2/l.
func TestColdStandby(t *testing.T) {
	b := newBuilder()
	b.sys.Mission = 500 * hour
	never := model.Mode{Kind: model.FailStop, Every: exponential(1000 * hour)}
	sys := b.target("pair", b.standby(atOnce(0), b.fresh(2, never)))
	r := simulate(t, sys, Options{Runs: 20000, Confidence: 0.999, Seed: 3})
	holds(t, &r.Results[0], map[model.Measure]float64{
		model.MTTF: 2000 * hour, model.Reliability: 1.5 * math.Exp(-0.5), model.PointAvailability: 1.5 * math.Exp(-0.5),
		model.Unavailability: 1, model.Availability: 0,
	})
}

// TestMachineRepair compares crews with published values: four machines with
// the rates 0.1 and 0.5, P(2 or more up).
func TestMachineRepair(t *testing.T) {
	for crew, want := range map[int]float64{1: .908221797323135755, 2: .974770642201834862} {
		b := newBuilder()
		b.sys.Mission = day
		sys := b.target("s", b.atLeast(2, b.fresh(4, stop(10*hour, 2*hour))...))
		b.crew(crew, 0, 1, 2, 3)
		r := simulate(t, sys, Options{Runs: 1500, Confidence: 0.999, Seed: 3})
		holds(t, &r.Results[0], map[model.Measure]float64{model.Availability: want})
	}
}

// TestElection compares a quorum of 2 of 3 with its closed form. With the
// rates l, m and e of failure, repair and election, q = l/(l+m) and
// p(i) = P(i up), the shares x(i) of the time with i up and an election satisfy
//
//	x(3) (e + 3l)     = m x(2)
//	x(2) (e + 2l + m) = 2m p(1) + l (p(3) - x(3)) + 3l x(3)
func TestElection(t *testing.T) {
	const l, m, e = 1 / (50 * hour), 1 / (5 * hour), 1 / hour
	q := l / (l + m)
	p1, p2, p3 := 3*q*q*(1-q), 3*q*(1-q)*(1-q), (1-q)*(1-q)*(1-q)
	x2 := (2*m*p1 + l*p3) / (e + 2*l + m - 2*l*m/(e+3*l))
	x3 := m * x2 / (e + 3*l)
	up, rate := p2+p3-x2-x3, l*(p3-x3)+2*l*(p2-x2)
	b := newBuilder()
	sys := b.target("q", b.node(model.Node{Kind: model.Quorum, K: 2, Elect: exponential(1 / e), Children: b.fresh(3, stop(1/l, 1/m))}))
	r := simulate(t, sys, Options{Until: 0.02, Confidence: 0.999, Seed: 3})
	holds(t, &r.Results[0], map[model.Measure]float64{
		model.Availability: up, model.Outages: rate * model.Year, model.MeanOutage: (1 - up) / rate, model.Served: up,
	})
}

// TestCoupledWorkers compares reports made by different numbers of workers.
func TestCoupledWorkers(t *testing.T) {
	var want string
	for _, workers := range []int{1, 3} {
		got := fmt.Sprintf("%+v", *simulate(t, standbys(), Options{Until: 0.2, Seed: 9, Workers: workers}))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d workers: got\n%s\nwant\n%s", workers, got, want)
		}
	}
}

// TestDivideCoupled: who shares a crew belongs to one piece, also where only
// one of them is asked for.
func TestDivideCoupled(t *testing.T) {
	b := newBuilder()
	b.sys.Mission = day
	b.part(model.None, stop(day, hour))
	_, second := b.one(stop(10*hour, 2*hour)), b.one(stop(10*hour, 2*hour))
	b.target("second", b.series(second))
	b.crew(1, 1, 2)
	pieces := divide(&b.sys, []int{0})
	if len(pieces) != 1 || len(pieces[0].Parts) != 2 || !slices.Equal(pieces[0].Crews[0].Parts, []int{0, 1}) {
		t.Fatalf("got %+v, want the two that share a crew", pieces[0].System)
	}
	// Machine repair, two machines, one repairer, r = 0.2: P(0) = 1/(1 + 2r + 2r²),
	// one is up with P(0) + r P(0).
	p0 := 1 / (1 + 0.4 + 0.08)
	r := simulate(t, &b.sys, Options{Runs: 1000, Confidence: 0.999, Seed: 3})
	holds(t, &r.Results[0], map[model.Measure]float64{model.Availability: p0 * 1.2})
}
