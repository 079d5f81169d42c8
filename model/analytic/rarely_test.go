package analytic

import (
	"fmt"
	"math"
	"testing"

	"nines/dsl"
	"nines/model"
	"nines/model/markov"
)

// TestSettled holds endings that are told from the slowest decay against those
// that are followed step by step.
func TestSettled(t *testing.T) {
	for _, life := range []string{"300d", "20y", "1000y", "1000000y"} {
		text := fmt.Sprintf(`domain hall[2] { fails every %[1]s repair 5d loses data }
component disk in hall { fails every %[1]s repair 1d loses data fails restart every 200d repair 5h resync 3h }
store s { disk x 4 read 1 write 1 }`, life)
		sys, list := dsl.Load("", []byte(text), dsl.Options{})
		if sys == nil {
			t.Fatal(list)
		}
		h := sys.Holding(&sys.Stores[0])
		e, err := build(t.Context(), h, h.Targets, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := &report{Result: model.Result{Target: h.Targets[0]}, up: e.up(h.Targets[0].Node, 0)}
		r.blocks = e.support(r.up)
		p, err := e.newProduct(r)
		if err != nil {
			t.Fatal(err)
		}
		p.allowance = 10_000_000
		o := &outage{product: p, at: model.Year}
		for _, limit := range []int{2, 3, 9} {
			space, err := o.explore(limit, markov.Options{})
			if err != nil {
				t.Fatal(err)
			}
			end := space.Where(func(name string) bool { return name == nameDown || name == nameBeyond || name == nameBack })
			first, err := o.trip(space, end, 0)
			if err != nil {
				t.Fatal(err)
			}
			want, ok := o.followed(space)
			got, told := o.settled(space, end, first)
			if !ok || !told {
				t.Fatalf("life %s, %d amiss: %v, %v", life, limit, ok, told)
			}
			near := func(x, y float64) bool { return math.Abs(x-y) <= (1e-9+got.off)*y }
			if !near(got.down, want.down) || !near(got.beyond, want.beyond) || !near(got.back, want.back) || got.off > 1e-3 {
				t.Errorf("life %s, %d amiss, %d states: got %+v, want %+v", life, limit, space.Len(), got, want)
			}
		}
	}
}
