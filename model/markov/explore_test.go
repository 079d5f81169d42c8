package markov

import (
	"context"
	"errors"
	"testing"
)

// A state with many transitions may take long to write down, so that the end of
// a context is seen within a few of them.
func TestExploreWideStatesEnd(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	rows := 0
	_, err := Explore(0, func(s int, emit func(int, float64)) {
		if rows++; s == 1 {
			end()
		}
		for to := range pollEmits {
			emit(s+to+1, 1)
		}
	}, Options{Context: ctx, MaxStates: 1 << 12})
	if !errors.Is(err, context.Canceled) || rows > 3 {
		t.Errorf("after %d rows: %v, want %v within 3", rows, err, context.Canceled)
	}
}

// What next left out because the context ended is not taken for all there is.
func TestExploreCutShort(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	_, err := Explore(0, func(s int, emit func(int, float64)) {
		if emit(1-s, 1); s == 1 {
			end()
		}
	}, Options{Context: ctx})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
