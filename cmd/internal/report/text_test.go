package report

import (
	"math"
	"strings"
	"testing"

	"nines/model"
)

// exact lists values that are exact.
func exact(values map[model.Measure]float64) []model.Value {
	var list []model.Value
	for _, m := range model.Measures() {
		if v, ok := values[m]; ok {
			list = append(list, model.Value{Measure: m, Value: v, Method: model.Exact})
			if m.TakesTime() {
				list[len(list)-1].At = model.Year
			}
		}
	}
	return list
}

func sample() *Report {
	shop := model.Result{Target: model.Target{Name: "shop", Kind: "system"}, Values: exact(map[model.Measure]float64{
		model.Availability: 0.9988432626894781, model.Unavailability: 0.0011567373105220338, model.Nines: 2.94, model.Served: 0.9987434130158996,
		model.WrongShare: 0, model.Degraded: 0.006014961154199112, model.Downtime: 36478.86782462286, model.Outages: 33.42418647217581,
		model.MeanOutage: 1091.3913448571122, model.MTTF: 942417.4644173984, model.Reliability: 3e-15,
	}), Budget: []model.Cost{
		{Name: "checkout", Cause: "itself", Own: true, Share: 0.5, Down: 18239},
		{Name: "web[1]", Cause: "component", Share: 0.2, Down: 7296}, {Name: "web[2]", Cause: "component", Share: 0.2, Down: 7296},
		{Name: "catalog", Cause: "deploys", Share: 0.0999, Down: 3650}, {Name: "zone[1]", Cause: "domain", Share: 0.0001, Down: 3.6},
	}}
	catalog := model.Result{Target: model.Target{Name: "catalog", Kind: "service"}, Values: []model.Value{
		{Measure: model.Availability, Value: 0.99907, Method: model.Approximate}, {Measure: model.Unavailability, Value: 9.3e-4, Method: model.Approximate},
		{Measure: model.MTTF, Value: math.Inf(1), Method: model.Exact},
		{Measure: model.Reliability, Value: 0.5, Method: model.Approximate, Bounded: true, Low: 0.49, High: 0.51, At: model.Year, Note: "outages come as a Poisson stream"},
	}}
	return &Report{
		Command: "eval", File: "shop.nines", System: &model.System{Title: "A \x1b[31mshop", Params: []model.Param{{Name: "pods", Value: 4}}},
		Results:     []model.Result{shop, catalog},
		Diagnostics: []model.Diagnostic{{Severity: model.Note, Code: "N201", Summary: "mttf of catalog is absent: lb has no dynamics, it is known by a probability alone"}},
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := Text(&b, sample(), NewLook(80, false)); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
}
