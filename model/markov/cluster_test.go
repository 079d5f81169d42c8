package markov

import (
	"fmt"
	"testing"
)

// A cluster is a state of the workstation cluster of Haverkort, Hermanns and Katoen (2000): two stars of n workstations around a switch
// each, a line between the switches, and one repairman, who takes 6 minutes to arrive at any of the failed parts.
type cluster struct {
	up     [5]uint16 // of: left stations, right stations, left switch, right switch, line
	busy   bool
	repair uint8 // what is being repaired if busy
}

// exploreCluster has rates per hour.
func exploreCluster(t testing.TB, n uint16) *Space[cluster] {
	t.Helper()
	most := [5]uint16{n, n, 1, 1, 1}
	fail := [5]float64{1. / 500, 1. / 500, 1. / 4000, 1. / 4000, 1. / 5000}
	mend := [5]float64{2, 2, .25, .25, .125}
	sp, err := Explore(cluster{up: most}, func(s cluster, emit func(cluster, float64)) {
		for i, up := range s.up {
			to := s
			to.up[i] = up - 1
			if up > 0 {
				emit(to, fail[i]*float64(up))
			}
			if to = s; !s.busy && up < most[i] {
				to.busy, to.repair = true, uint8(i)
				emit(to, 10)
			}
		}
		if s.busy {
			to := s
			to.up[s.repair]++
			to.busy, to.repair = false, 0
			emit(to, mend[s.repair])
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

// minimum says whether three quarters of n workstations are connected.
func minimum(n uint16) func(cluster) bool {
	k := 3 * n / 4
	return func(s cluster) bool {
		left, right := s.up[2] == 1, s.up[3] == 1
		return left && s.up[0] >= k || right && s.up[1] >= k || left && right && s.up[4] == 1 && s.up[0]+s.up[1] >= k
	}
}

// TestCluster holds the probability of less than the minimum against the value of PRISM 4.10 (Gauss-Seidel, 1e-15).
func TestCluster(t *testing.T) {
	sp := exploreCluster(t, 16)
	if sp.Len() != 10132 || sp.Transitions() != 48160 {
		t.Errorf("%d states and %d transitions, want 10132 and 48160", sp.Len(), sp.Transitions())
	}
	st, err := sp.Steady(nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, below := sp.Where(minimum(16)).Split(st.Prob)
	near(t, "below the minimum", below, 2.11264821890140e-6, 1e-13)
}

func BenchmarkCluster(b *testing.B) {
	for _, n := range []uint16{16, 64, 128, 256} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			sp := exploreCluster(b, n)
			for b.Loop() {
				st, err := sp.Steady(nil, Options{})
				if err != nil {
					b.Fatal(err)
				}
				_, below := sp.Where(minimum(n)).Split(st.Prob)
				b.ReportMetric(below*1e6, "below/1e-6")
			}
		})
	}
}
