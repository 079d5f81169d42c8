package analytic

import (
	"context"
	"testing"

	"nines/model"
)

// What follows a state of thousands of parts takes long to find, so a walk
// stops inside of it.
func TestWalkEnds(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	s := duplex()
	w := &walk{c: model.Together(&s.System, s.Targets), ctx: ctx}
	w.memory = newMemory(w)
	start, emits := w.encode(w.c.Start()), 0
	w.next(start, func(string, float64) { emits++; end() })
	if emits != 1 {
		t.Errorf("got %d transitions after the end of the context, want none", emits-1)
	}
}
