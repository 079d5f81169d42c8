package report

import (
	"testing"

	"nines/model"
)

// Causes of a budget that look the same, but cost different times, have a bar
// each.
func TestBudgetBars(t *testing.T) {
	budget := []model.Cost{
		{Name: "site[1]", Cause: "domain", Share: 0.4}, {Name: "site[2]", Cause: "domain", Share: 0.4},
		{Name: "site[3]", Cause: "domain", Share: 0.1}, {Name: "site[4]", Cause: "domain", Share: 0.1},
	}
	x := model.Explanation{Down: 0.01, Result: model.Result{Budget: budget}, Singles: []model.Single{{Event: model.Event{Name: "site[1]", Cause: "domain"}}}}
	b := BudgetChart([]Variant{{Explained: &Explained{Report: Report{System: &model.System{}}, Explanations: []model.Explanation{x}}}})
	if len(b.Rows) != 2 || b.Rows[0].Bars[0].Length != 0.008 || b.Rows[1].Bars[0].Length != 0.002 || !b.Rows[0].Alarm || b.Rows[1].Alarm {
		t.Errorf("got %+v", b.Rows)
	}
}
