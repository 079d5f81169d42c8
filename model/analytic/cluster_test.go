package analytic

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// cloud has standbys in the same two zones, each a system of its own, and if
// both says so some of the first two together.
func cloud(standbys int, both bool) *sketch {
	s := &sketch{}
	zones := []int{s.part("zone[1]", stop(900, 3)), s.part("zone[2]", stop(900, 3))}
	var groups []int
	for i := range standbys {
		name := fmt.Sprintf("db%d", i)
		members := s.leaves(s.in(zones[0], name+"[1]", stop(100, 2)), s.in(zones[1], name+"[2]", stop(100, 2)))
		groups = append(groups, s.add(model.Node{
			Kind: model.Standby, Name: name, Children: members, Waiting: &model.Waiting{
				Rate: 1, Detect: dist.Fixed{}, Switch: exp(0.1), Succeeds: model.Prob{P: 0.9, Q: 0.1}, Else: exp(1),
			},
		}))
		s.system(name, groups[i])
	}
	s.system("zone[1]", s.leaf(zones[0]))
	if both {
		s.system("both", s.series(groups[:2]...))
		s.system("either", s.atLeast(1, groups[:2]...))
		s.system("last", s.series(groups[standbys-1]))
	}
	return s
}

// TestClusters holds targets apart that share zones alone, and evaluates them
// together where a target depends on both. The figures are the same.
func TestClusters(t *testing.T) {
	apart, together := cloud(3, false), cloud(3, true)
	if got, want := clusters(&apart.System, apart.Targets), [][]int{{0}, {1}, {2}, {3}}; !reflect.DeepEqual(got, want) {
		t.Errorf("apart: got %v, want %v", got, want)
	}
	if got, want := clusters(&together.System, together.Targets), [][]int{{0}, {1}, {2, 6}, {3}, {4, 5}}; !reflect.DeepEqual(got, want) {
		t.Errorf("together: got %v, want %v", got, want)
	}
	some, _, err := Evaluate(t.Context(), &apart.System, Options{At: 50})
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := Evaluate(t.Context(), &together.System, Options{At: 50})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range some {
		if all[i].Target.Name != r.Target.Name {
			t.Fatalf("%s is where %s should be", all[i].Target.Name, r.Target.Name)
		}
		for _, v := range r.Values {
			w, ok := all[i].Find(v.Measure)
			if !ok || math.Abs(w.Value-v.Value) > 1e-9*v.Value {
				t.Errorf("%s.%s: %v alone, %v with all", r.Target.Name, v.Measure, v.Value, w.Value)
			}
		}
	}
}

// TestClustersLimit evaluates ten standbys in the same zones, whose chain would
// have more than 1e9 states.
func TestClustersLimit(t *testing.T) {
	s := cloud(10, false)
	results, _, err := Evaluate(t.Context(), &s.System, Options{Targets: []string{"db3", "db7"}, MaxStates: 100})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := results[0].Values[1].Value, results[1].Values[1].Value; a != b || !(a > 0) {
		t.Errorf("unavailabilities %v and %v", a, b)
	}
}
