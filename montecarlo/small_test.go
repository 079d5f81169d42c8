package montecarlo

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQueue compares with sorting.
func TestQueue(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var q queue
		var times []float64
		for i := range 1 + r.IntN(40) {
			times = append(times, float64(r.IntN(20)))
			q.push(entry{times[i], int32(i)})
		}
		for range r.IntN(20) {
			slices.Sort(times)
			times[0] += float64(r.IntN(20))
			q.replace(entry{times[0], 0})
		}
		slices.Sort(times)
		for _, want := range times {
			if got := q.next(); got != want {
				t.Fatalf("got %g, want %g", got, want)
			}
			q.pop()
		}
		if !math.IsInf(q.next(), 1) {
			t.Fatal("the queue is not empty")
		}
	}
}

// TestDraws holds the frequencies of what is drawn by weight against the
// weights, by chi-squared with 4 degrees of freedom at 0.1 %.
func TestDraws(t *testing.T) {
	weights := []float64{3, 0, 0.5, 1e-9, 1, 0, 2.5, 0.01}
	s := newStream()
	s.start(1, 2, 3)
	table := newAlias(weights)
	tree := newRates(len(weights))
	for i, w := range weights {
		tree.set(int32(i), 7)
		tree.set(int32(i), w)
	}
	for name, draw := range map[string]func() int32{
		"alias": func() int32 { return table.draw(&s) },
		"rates": func() int32 { return tree.draw(&s) },
	} {
		const n = 1000000
		count := make([]float64, len(weights))
		for range n {
			count[draw()]++
		}
		chi, total := 0.0, sum(weights)
		for i, w := range weights {
			want := n * w / total
			if want < 1 {
				if count[i] > 1 {
					t.Errorf("%s: drew %d with the weight %g %g times", name, i, w, count[i])
				}
				continue
			}
			chi += (count[i] - want) * (count[i] - want) / want
		}
		if chi > 18.47 {
			t.Errorf("%s: chi-squared %g, want below 18.47; counts %v", name, chi, count)
		}
	}
}

// TestRatesKeepSmallOnes takes a large rate out and asks for the rest.
func TestRatesKeepSmallOnes(t *testing.T) {
	r := newRates(3)
	r.set(0, 1e-20)
	r.set(1, 1e20)
	r.set(2, 3e-20)
	r.set(1, 0)
	if got := r.total(); math.Abs(got-4e-20) > 1e-35 {
		t.Errorf("got %g, want 4e-20", got)
	}
}

// TestFine compares the frequencies of small numbers with the numbers.
func TestFine(t *testing.T) {
	s := newStream()
	s.start(1, 2, 3)
	const n = 2000000
	below := map[float64]float64{0.5: 0, 1e-3: 0, 1e-5: 0}
	least := 1.0
	for range n {
		x := s.fine()
		least = min(least, x)
		for bound := range below {
			if x < bound {
				below[bound]++
			}
		}
	}
	for bound, got := range below {
		if sd := math.Sqrt(n * bound); math.Abs(got-n*bound) > 4*sd {
			t.Errorf("below %g: got %g, want %g", bound, got, n*bound)
		}
	}
	if least == 0 {
		t.Error("got a 0")
	}
}

// TestStreams compares the first numbers of neighbouring runs, studies and
// seeds: they must not be alike.
func TestStreams(t *testing.T) {
	s := newStream()
	seen := map[uint64]bool{}
	for seed := range uint64(20) {
		for study := range uint64(20) {
			for run := range uint64(20) {
				s.start(seed, study, run)
				seen[s.Uint64()] = true
			}
		}
	}
	if len(seen) != 8000 {
		t.Errorf("got %d different numbers, want 8000", len(seen))
	}
}

func TestProportion(t *testing.T) {
	for _, c := range []struct{ k, n, confidence, low, high float64 }{
		{0, 10, 0.95, 0, 0.258865548930886},       // 1 - 0.05^(1/10)
		{10, 10, 0.95, 0.741134451069114, 1},      // 0.05^(1/10)
		{1, 10, 0.95, 0.00252857854446, 0.445016}, // 1 - 0.975^(1/10); Clopper and Pearson's chart
		{9, 10, 0.95, 0.554984, 0.99747142145554},
		{0, 1e9, 0.99, 0, 4.60517018e-9},
	} {
		low, high := proportion(c.k, c.n, c.confidence)
		if math.Abs(low-c.low) > 1e-6*c.low || math.Abs(high-c.high) > 1e-6*c.high {
			t.Errorf("%g of %g: got %.15g to %.15g, want %.15g to %.15g", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// TestFewOutages reproduces the interval of Trivedi and Bobbio for one outage
// of an hour in a thousand: availability 0.9624 to 1.
func TestFewOutages(t *testing.T) {
	var m moments
	const runs = 1000000
	var quiet, loud vector
	quiet[length], loud[length] = 1000*hour/runs, 1000*hour/runs
	loud[downTime], loud[outages] = hour, 1
	m.add(&loud)
	for range runs - 1 {
		m.add(&quiet)
	}
	s := sample{moments: &m, kind: stretch, confidence: 0.95}
	a := s.odds(downTime).falling(restOfOdds)
	if math.Abs(a.low-0.9624) > 5e-5 || math.Abs(a.high-0.999974) > 1e-6 {
		t.Errorf("got %g to %g, want 0.9624 to 0.999974", a.low, a.high)
	}
}

// TestMerge compares moments gathered in pieces with those gathered at once.
func TestMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all, merged, piece moments
	for i := range 1000 {
		var x vector
		for j := range x {
			x[j] = 1e6 + r.Float64()
		}
		all.add(&x)
		piece.add(&x)
		if i%7 == 0 {
			merged.merge(&piece)
			piece = moments{}
		}
	}
	merged.merge(&piece)
	c := lengthBut(downTime)
	if got, want := merged.variance(&c), all.variance(&c); math.Abs(got-want) > 1e-9*want || merged.runs != all.runs {
		t.Errorf("got %g of %g runs, want %g of %g", got, merged.runs, want, all.runs)
	}
}
