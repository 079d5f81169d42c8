package analytic

import (
	"fmt"
	"math"
	"math/bits"
	"testing"

	"nines/model"
)

// worth is the probability that a target is down if only the wheels of a set
// ever leave their first value.
func (c *census) worth(target, set int) float64 {
	total := 0.0
	for state := range c.up {
		p, rest := 1.0, state
		for i, w := range c.wheels {
			digit := rest % len(w.pi)
			rest /= len(w.pi)
			switch {
			case set>>i&1 != 0:
				p *= w.pi[digit]
			case digit != 0:
				p = 0
			}
		}
		if !c.up[state][target] {
			total += p
		}
	}
	return total
}

// shapley is the mean, over all orders in which the wheels may join, of what
// each adds: the definition.
func (c *census) shapley(target int) []float64 {
	n := len(c.wheels)
	worth := make([]float64, 1<<n)
	for set := range worth {
		worth[set] = c.worth(target, set)
	}
	values := make([]float64, n)
	for set := range worth {
		k := bits.OnesCount(uint(set))
		orders := math.Gamma(float64(k+1)) * math.Gamma(float64(n-k)) / math.Gamma(float64(n+1))
		for i := range values {
			if set>>i&1 == 0 {
				values[i] += orders * (worth[set|1<<i] - worth[set])
			}
		}
	}
	return values
}

func (c *census) name(s *model.System, i int) string {
	w := c.wheels[i]
	switch {
	case w.part == model.None:
		return "deploys of " + s.Nodes[s.Deploys[w.deploys].Service].Name
	case s.Parts[w.part].Kind == model.Itself:
		return "itself of " + s.Nodes[s.Parts[w.part].Owner].Name
	}
	return s.Parts[w.part].Name
}

func costName(c model.Cost) string {
	if c.Cause == "deploys" || c.Cause == "itself" {
		return c.Cause + " of " + c.Name
	}
	return c.Name
}

// TestBudget compares the shares of random systems with the definition of the
// Shapley value.
func TestBudget(t *testing.T) {
	divided := 0
	for seed := range uint64(300) {
		d := roll(seed)
		if d.states > 2000 || len(d.Parts)+len(d.Deploys) > 9 {
			continue
		}
		c, err := enumerate(&d.System)
		if err != nil {
			t.Fatal(err)
		}
		results, notes, err := Evaluate(t.Context(), &d.System, Options{Budget: true, LongRun: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range results {
			what := fmt.Sprintf("seed %d, %s", seed, r.Target.Name)
			if c.worth(i, 0) > 0 {
				if r.Budget != nil || !hasCode(notes, "N207") {
					t.Errorf("%s is down with nothing failed and has the budget %v", what, r.Budget)
				}
				continue
			}
			divided++
			c.compareBudget(t, &d.System, i, r)
		}
	}
	if divided < 100 {
		t.Errorf("only %d budgets compared", divided)
	}
}

func hasCode(notes []model.Diagnostic, code string) bool {
	for _, n := range notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func (c *census) compareBudget(t *testing.T, s *model.System, target int, r model.Result) {
	t.Helper()
	got := map[string]model.Cost{}
	total := 0.0
	for _, cost := range r.Budget {
		got[costName(cost)] = cost
		total += cost.Share
	}
	u := c.figures[target].down
	if u > 0 && math.Abs(total-1) > 1e-9 {
		t.Errorf("%s: the shares add up to %v", r.Target.Name, total)
	}
	for i, want := range c.shapley(target) {
		name := c.name(s, i)
		if math.Abs(got[name].Share*u-want) > 1e-11*u {
			t.Errorf("%s: %s has the share %v, want %v", r.Target.Name, name, got[name].Share, want/u)
		}
		if math.Abs(got[name].Down-want*model.Year) > 1e-11*u*model.Year {
			t.Errorf("%s: %s costs %v s/y, want %v", r.Target.Name, name, got[name].Down, want*model.Year)
		}
	}
}

// What belongs to a service is its own, and to a system what belongs to none.
func TestBudgetOwn(t *testing.T) {
	s := &sketch{}
	login := s.service("login", 0)
	s.own(login, stop(30*day, hour))
	shop := s.service("shop", 0, login, s.leaf(s.part("db", stop(90*day, hour))))
	s.own(shop, stop(60*day, hour))
	s.deploys(shop, model.Deploys{Rate: 1 / day, Detect: exp(minute), Rollback: exp(minute), Hits: model.Prob{P: 1}})
	s.report(shop)
	s.system("all", shop)
	want := map[string]map[string]bool{
		"shop": {"itself of login": false, "db": false, "itself of shop": true, "deploys of shop": true},
		"all":  {"itself of login": false, "db": true, "itself of shop": false, "deploys of shop": false},
	}
	results := evaluate(t, &s.System, Options{Budget: true})
	for name, own := range want {
		if n := len(results[name].Budget); n != len(own) {
			t.Errorf("%s has %d causes, want %d", name, n, len(own))
		}
		for _, c := range results[name].Budget {
			if c.Own != own[costName(c)] {
				t.Errorf("%s: %s: own is %v", name, costName(c), c.Own)
			}
		}
	}
}

// Two hundred parts, each down with the probability 1/2, of which half are
// needed: the derivative of U is concentrated in a narrow range of t.
func TestBudgetOfLikelyFailures(t *testing.T) {
	s := &sketch{}
	s.system("half", s.atLeast(100, s.copies(200, "part", stop(1, 1))...))
	for _, c := range evaluate(t, &s.System, Options{Budget: true})["half"].Budget {
		if !near(c.Share, 1.0/200, 1e-9) {
			t.Fatalf("%s has the share %v, want 1/200", c.Name, c.Share)
		}
	}
}
