package markov

import (
	"fmt"
	"testing"
)

// TestLumpFindsCounts: machines that are all alike lump to their number down, whatever the rates are like in binary.
func TestLumpFindsCounts(t *testing.T) {
	r := repair{10, 3, .1, .7}
	all := r.bits(t)
	class := make([]int, all.Len())
	for i, s := range all.States {
		if popcount(s) > 8 {
			class[i] = 1
		}
	}
	lumped, block, err := all.Lump(class, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if lumped.Len() != r.n+1 {
		t.Fatalf("%d blocks, want %d", lumped.Len(), r.n+1)
	}
	st, err := lumped.Steady(nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := r.stationary()
	for i, s := range all.States {
		near(t, fmt.Sprintf("block of state %b", s), st.Prob[block[i]], float(want[popcount(s)]), 1e-13)
	}
}

// TestLumpKeepsDifferences: one machine that is a little different keeps its own bit.
func TestLumpKeepsDifferences(t *testing.T) {
	sp, err := Explore(uint64(0), func(s uint64, emit func(uint64, float64)) {
		for i := range 6 {
			bit, rate := uint64(1)<<i, 1.
			if i == 5 {
				rate = 1 + 1e-15
			}
			emit(s^bit, rate)
		}
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	lumped, _, err := sp.Lump(make([]int, sp.Len()), Options{})
	if err != nil || lumped.Len() != 1 {
		t.Errorf("%d blocks, %v, want 1: with nothing to tell them apart, all states move alike", lumped.Len(), err)
	}
	class := make([]int, sp.Len())
	class[0] = 1
	lumped, block, err := sp.Lump(class, Options{})
	if err != nil || lumped.Len() != 12 {
		t.Errorf("%d blocks, %v, want 2 times 6", lumped.Len(), err)
	}
	for i, s := range sp.States {
		for j, z := range sp.States {
			alike := popcount(s&31) == popcount(z&31) && s>>5 == z>>5
			if (block[i] == block[j]) != alike {
				t.Fatalf("states %b and %b: in one block %v, want %v", s, z, block[i] == block[j], alike)
			}
		}
	}
}
