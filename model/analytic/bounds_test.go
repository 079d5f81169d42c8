package analytic

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"nines/model"
)

// tangle is a random fault tree in layers, whose gates share much.
func tangle(seed uint64, parts, layers int) *sketch {
	rng := rand.New(rand.NewPCG(seed, 3))
	s := &sketch{}
	var below []int
	for i := range parts {
		below = append(below, s.leaf(s.static(fmt.Sprint("e", i), 0.3*rng.Float64())))
	}
	for range layers {
		var layer []int
		for range parts {
			var children []int
			for _, i := range rng.Perm(parts)[:3] {
				children = append(children, below[i])
			}
			if rng.IntN(6) == 0 {
				children[0] = s.add(model.Node{Kind: model.Not, Children: []int{children[0]}})
			}
			layer = append(layer, s.atLeast(1+rng.IntN(3), children...))
		}
		below = layer
	}
	s.system("top", below[0])
	s.system("next", below[1])
	return s
}

// TestBounds: the exact value lies within bounds of any size, and they close.
func TestBounds(t *testing.T) {
	open := 0
	for seed := range uint64(60) {
		s := tangle(seed, 14, 3)
		exact := evaluate(t, &s.System, Options{LongRun: true})
		for _, most := range []int{1, 4, 16, 64, 1 << 20} {
			b := newBounding(t.Context(), model.NewStructure(&s.System), most, Options{})
			for _, r := range b.results(s.Targets) {
				x := exact[r.Target.Name]
				want, _ := x.Find(model.Unavailability)
				got, _ := r.Find(model.Unavailability)
				if got.Low > want.Value*(1+1e-12) || got.High < want.Value*(1-1e-12) {
					t.Fatalf("seed %d, %s, %d nodes: %v is not in [%v, %v]", seed, r.Target.Name, most, want.Value, got.Low, got.High)
				}
				if most == 16 && got.High-got.Low > 1e-9 {
					open++
				}
				if most == 1<<20 && got.High-got.Low > 1e-12 {
					t.Fatalf("seed %d, %s: [%v, %v] with nothing left out", seed, r.Target.Name, got.Low, got.High)
				}
			}
		}
	}
	if open < 10 {
		t.Errorf("only %d were really bounds", open)
	}
}

// Where the exact diagram is too large, its bounds hold and are close.
func TestBoundsOfLarge(t *testing.T) {
	s := tangle(3, 40, 3)
	results, err := Bounds(t.Context(), &s.System, Options{})
	if err != nil {
		t.Fatal(err)
	}
	exact := evaluate(t, &s.System, Options{LongRun: true})
	for _, r := range results {
		x := exact[r.Target.Name]
		want, _ := x.Find(model.Unavailability)
		got, _ := r.Find(model.Unavailability)
		if got.Method != model.Approximate || got.Low > want.Value*(1+1e-12) || got.High < want.Value*(1-1e-12) {
			t.Errorf("%s: %v is not in [%v, %v]", r.Target.Name, want.Value, got.Low, got.High)
		}
	}
}

func TestBoundsOfNothing(t *testing.T) {
	s := &sketch{}
	p := s.part("a", stop(day, hour))
	s.system("s", s.fallback(s.leaf(p), s.leaf(p), 0.5))
	if _, err := Bounds(t.Context(), &s.System, Options{}); !errors.Is(err, ErrBounds) {
		t.Errorf("got %v, want %v", err, ErrBounds)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	large := tangle(3, 60, 5)
	if _, err := Bounds(ctx, &large.System, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}

// TestBoundsOfRandom: of systems of all kinds, those that have bounds have right
// ones.
func TestBoundsOfRandom(t *testing.T) {
	compared := 0
	for seed := range uint64(400) {
		d := roll(seed)
		exact := evaluate(t, &d.System, Options{LongRun: true})
		for name, x := range exact {
			results, err := Bounds(t.Context(), &d.System, Options{Targets: []string{name}})
			if errors.Is(err, ErrBounds) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			compared++
			want, _ := x.Find(model.Unavailability)
			got, _ := results[0].Find(model.Unavailability)
			if got.Low > want.Value*(1+1e-12) || got.High < want.Value*(1-1e-12) || got.High-got.Low > closeEnough*got.High {
				t.Errorf("seed %d, %s: got [%v, %v], want %v", seed, name, got.Low, got.High, want.Value)
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d targets have bounds", compared)
	}
}
