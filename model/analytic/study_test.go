package analytic

import (
	"reflect"
	"testing"

	"nines/model"
)

// TestStudies lets a service need one standby and use another in the same zones.
// It is evaluated without the other, but for the time that it is degraded, which
// is what the joint chain says.
func TestStudies(t *testing.T) {
	s := cloud(2, false)
	a, b := s.Targets[0].Node, s.Targets[1].Node
	needs := s.add(model.Node{Kind: model.Service, Name: "needs", Deploys: model.None, Children: []int{a}})
	uses := s.add(model.Node{Kind: model.Service, Name: "uses", Deploys: model.None, Children: []int{a}, Uses: []int{b}})
	s.Targets = nil
	s.system("needs", needs)
	s.system("uses", uses)
	s.system("both", s.series(a, b))
	all := studies(&s.System, s.Targets)
	if got := [][]int{all[0].targets, all[1].targets, all[2].targets}; !reflect.DeepEqual(got, [][]int{{0}, {2}, {1}}) || len(all[2].sys.Nodes[uses].Uses) > 0 {
		t.Errorf("got %v", got)
	}
	r := evaluate(t, &s.System, Options{})
	used, needed, joint := r["uses"], r["needs"], r["both"]
	for _, v := range used.Values {
		w, _ := needed.Find(v.Measure)
		if v.Measure == model.Degraded {
			alone, _ := needed.Find(model.Availability)
			both, _ := joint.Find(model.Availability)
			w.Value = alone.Value - both.Value
		}
		if !near(v.Value, w.Value, 1e-9) {
			t.Errorf("%s is %v, want %v", v.Measure, v.Value, w.Value)
		}
	}
}
