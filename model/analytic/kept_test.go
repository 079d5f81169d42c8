package analytic

import (
	"reflect"
	"sync"
	"testing"

	"nines/model"
)

// TestKept evaluates systems of which some chains are the same, several at once,
// and wants the results of each by itself, and each chain solved once.
func TestKept(t *testing.T) {
	pair := func(repair float64) *sketch {
		s := &sketch{}
		for _, name := range []string{"a", "b", "c"} {
			mean := repair
			if name == "c" {
				mean = hour
			}
			pool := s.group(model.Pool, 1, s.copies(2, name, stop(90*day, mean))...)
			var parts []int
			for _, leaf := range s.Nodes[pool].Children {
				parts = append(parts, s.Nodes[leaf].Part)
			}
			s.Crews = append(s.Crews, model.Crew{Name: name, Size: 1, Parts: parts})
			s.system(name, pool)
		}
		return s
	}
	kept := new(Kept)
	var group sync.WaitGroup
	for _, repair := range []float64{minute, 10 * minute, hour, 10 * minute} {
		group.Go(func() {
			s := pair(repair)
			got := evaluate(t, &s.System, Options{Kept: kept})
			if want := evaluate(t, &pair(repair).System, Options{}); !reflect.DeepEqual(got, want) {
				t.Errorf("repair in %v s: got %v, want %v", repair, got, want)
			}
		})
	}
	group.Wait()
	if len(kept.steady) != 3 {
		t.Errorf("%d chains are kept, want those of a minute, ten and an hour", len(kept.steady))
	}
}
