package markov

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
)

// chainOf builds a chain from its matrix of rates.
func chainOf(t testing.TB, q [][]float64) *Chain {
	t.Helper()
	b := newBuilder(Options{}.withDefaults())
	for _, row := range q {
		for j, rate := range row {
			if err := b.add(int32(j), rate); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.end(); err != nil {
			t.Fatal(err)
		}
	}
	return &b.chain
}

// repair is the machine repair model: n machines that fail at rate fail each, crews that repair one each at rate mend.
type repair struct {
	n, crews   int
	fail, mend float64
}

// count explores it with the number of machines down as state; the transitions from a state on which halt holds stop.
func (r repair) count(t testing.TB, halt func(down int) bool) *Space[uint64] {
	t.Helper()
	sp, err := Explore(0, func(down uint64, emit func(uint64, float64)) {
		d := int(down)
		if d < r.n && !halt(d) {
			emit(down+1, float64(r.n-d)*r.fail)
		}
		if d > 0 {
			emit(down-1, float64(min(d, r.crews))*r.mend)
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

// bits explores it with a bit for each machine, repair shared equally by those that are down.
func (r repair) bits(t testing.TB) *Space[uint64] {
	t.Helper()
	sp, err := Explore(0, func(s uint64, emit func(uint64, float64)) {
		down := popcount(s)
		for i := range r.n {
			bit := uint64(1) << i
			if s&bit == 0 {
				emit(s|bit, r.fail)
			} else {
				emit(s&^bit, r.mend*float64(min(down, r.crews))/float64(down))
			}
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

func popcount(s uint64) int {
	n := 0
	for ; s != 0; s &= s - 1 {
		n++
	}
	return n
}

func never(int) bool { return false }

// near fails the test unless got is want within a relative error.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) && got != want {
		t.Errorf("%s: got %.17g, want %.17g, relative error %.2g", what, got, want, math.Abs(got-want)/math.Abs(want))
	}
}

func TestExploreMergesAndIgnores(t *testing.T) {
	sp, err := Explore("a", func(s string, emit func(string, float64)) {
		switch s {
		case "a":
			emit("b", 1)
			emit("a", 5)
			emit("c", 0)
			emit("b", 2)
		case "b":
			emit("d", 1)
			emit("a", 4)
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(sp.States, ""); got != "abd" {
		t.Errorf("states %q, want abd", got)
	}
	if to, rate := sp.Row(0); len(to) != 1 || to[0] != 1 || rate[0] != 3 {
		t.Errorf("row of a: %v %v, want one transition to state 1 at rate 3", to, rate)
	}
	if to, rate := sp.Row(1); len(to) != 2 || to[0] != 0 || rate[0] != 4 || rate[1] != 1 {
		t.Errorf("row of b: %v %v, want 4 to state 0 and 1 to state 2", to, rate)
	}
	if sp.Transitions() != 3 {
		t.Errorf("%d transitions, want 3", sp.Transitions())
	}
	if set := sp.Where(func(s string) bool { return s == "d" }); set[0] || set[1] || !set[2] {
		t.Errorf("set %v, want the last state alone", set)
	}
}

func TestExploreRefuses(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	cases := []struct {
		name string
		rate float64
		opts Options
		want error
		text string
	}{
		{"negative", -1, Options{}, ErrRate, "not a rate: got -1, want a finite number that is not negative, from state 0 to 1"},
		{"nan", math.NaN(), Options{}, ErrRate, "NaN"},
		{"infinite", math.Inf(1), Options{}, ErrRate, "+Inf"},
		{"sum", math.MaxFloat64, Options{}, ErrRate, "total rate"},
		{"states", 1, Options{MaxStates: 1000}, ErrSize, "more than 1000 states"},
		{"transitions", 1, Options{MaxTransitions: 1000}, ErrSize, "more than 1000 transitions"},
		{"context", 1, Options{Context: ended}, context.Canceled, "canceled"},
	}
	for _, c := range cases {
		sp, err := Explore(0, func(s int, emit func(int, float64)) {
			emit(s+1, c.rate)
			emit(s+2, c.rate)
		}, c.opts)
		if sp != nil || !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: got %v, want %v with %q", c.name, err, c.want, c.text)
		}
	}
}
