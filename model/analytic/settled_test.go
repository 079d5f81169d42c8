package analytic

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"nines/model"
)

// verdict decides a survival by taking every combination of parts down in turn.
func verdict(t *testing.T, s *model.System, target model.Target, survival *model.Survival) (holds bool, broken map[string]bool) {
	t.Helper()
	st := model.NewStructure(s)
	broken = map[string]bool{}
	for set := range 1 << len(survival.Parts) {
		if bits.OnesCount(uint(set)) != survival.Count {
			continue
		}
		var down []int
		for i, p := range survival.Parts {
			if set>>i&1 != 0 {
				down = append(down, p)
			}
		}
		up, err := st.Evaluate(struck(s, down)).Up(target)
		if err != nil {
			t.Fatal(err)
		}
		if !up {
			var names []string
			for _, p := range down {
				names = append(names, s.Parts[p].Name)
			}
			broken[fmt.Sprint(names)] = true
		}
	}
	return len(broken) == 0, broken
}

// completions counts the combinations that contain some parts, and those among
// them that break the survival.
func completions(s *model.System, survival *model.Survival, names []string, broken map[string]bool) (breaks, ways int) {
	for set := range 1 << len(survival.Parts) {
		var down []string
		missing := slices.Clone(names)
		for i, p := range survival.Parts {
			if name := s.Parts[p].Name; set>>i&1 != 0 {
				down = append(down, name)
				missing = slices.DeleteFunc(missing, func(n string) bool { return n == name })
			}
		}
		if len(down) == survival.Count && len(missing) == 0 {
			ways++
			if broken[fmt.Sprint(down)] {
				breaks++
			}
		}
	}
	return breaks, ways
}

// struck is the state with some parts down and everything else up.
func struck(s *model.System, down []int) model.Snapshot {
	state := model.Snapshot{Conditions: make([]model.Condition, len(s.Parts)), Live: make([]int, len(s.Deploys))}
	for _, p := range down {
		state.Conditions[p] = model.Down
	}
	return state
}

// TestSurvives compares with the reference evaluation of every combination.
func TestSurvives(t *testing.T) {
	answers := map[bool]int{}
	for seed := range uint64(150) {
		d := roll(seed)
		s := &d.System
		for i, target := range s.Targets {
			parts := d.Perm(len(s.Parts))[:1+d.IntN(min(len(s.Parts), 6))]
			slices.Sort(parts)
			r := &model.Requirement{Target: i, Survives: &model.Survival{Count: 1 + d.IntN(len(parts)), Parts: parts}}
			got, err := Survives(t.Context(), s, r, Options{})
			if err != nil {
				t.Fatal(err)
			}
			holds, broken := verdict(t, s, target, r.Survives)
			answers[holds]++
			if (got.Status == model.Pass) != holds || len(got.Broken) < min(len(broken), 1) {
				t.Fatalf("seed %d, %s, %d of %v: got %+v, want %v", seed, target.Name, r.Survives.Count, parts, got, broken)
			}
			for _, names := range got.Broken {
				breaks, ways := completions(s, r.Survives, names, broken)
				if breaks == 0 || breaks < ways && target.Name != "with not" {
					t.Fatalf("seed %d, %s, %d of %v: %v break it in %d of %d combinations", seed, target.Name, r.Survives.Count, parts, names, breaks, ways)
				}
			}
		}
	}
	if answers[true] < 100 || answers[false] < 100 {
		t.Errorf("%v", answers)
	}
}

// Combinations are not gone through: there are 1e29 of fifty in a hundred.
func TestSurvivesMany(t *testing.T) {
	s := &sketch{}
	var parts []int
	for i := range 100 {
		parts = append(parts, s.part(fmt.Sprint("p", i), stop(day, hour)))
	}
	s.system("half", s.atLeast(50, s.leaves(parts...)...))
	for count, holds := range map[int]bool{50: true, 51: false} {
		r := &model.Requirement{Survives: &model.Survival{Count: count, Parts: parts}}
		v, err := Survives(t.Context(), &s.System, r, Options{})
		if err != nil || (v.Status == model.Pass) != holds {
			t.Errorf("%d of 100: got %v and error %v, want %v", count, v.Status, err, holds)
		}
		if !holds && len(v.Broken[0]) != count {
			t.Errorf("%d of 100: broken by %v", count, v.Broken[0])
		}
	}
}

// After the takeover: a standby is up while any member is, a quorum elects
// while enough members count, a crew does not matter.
func TestSurvivesTakeover(t *testing.T) {
	s := &sketch{}
	zone := s.part("zone", stop(day, hour))
	s.Parts[zone].Kind = model.Domain
	a, b := s.in(zone, "a", stop(day, hour)), s.part("b", stop(day, hour))
	standby := s.group(model.Standby, 0, s.leaves(a, b)...)
	s.Nodes[standby].Waiting = &model.Waiting{Rate: 1, Detect: exp(minute), Switch: exp(minute), Succeeds: model.Prob{P: 1}}
	s.system("db", standby)
	v := []int{s.part("v1", stop(day, hour)), s.part("v2", stop(day, hour)), s.in(zone, "v3", stop(day, hour))}
	quorum := s.group(model.Quorum, 2, s.leaves(v...)...)
	s.Nodes[quorum].Elect = exp(minute)
	s.system("raft", quorum)
	s.Crews = []model.Crew{{Name: "ops", Size: 1, Parts: []int{a, v[0]}}}
	tests := []struct {
		target, count int
		parts         []int
		broken        string
	}{
		{0, 1, []int{a, b, zone}, "[]"},
		{0, 2, []int{a, b, zone}, "[[a b] [zone b]]"},
		{1, 1, append(v, zone), "[]"},
		{1, 2, []int{v[0], zone}, "[[zone v1]]"},
	}
	for _, test := range tests {
		got, err := Survives(t.Context(), &s.System, &model.Requirement{Target: test.target, Survives: &model.Survival{Count: test.count, Parts: test.parts}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got.Broken, slices.Compare)
		if fmt.Sprint(got.Broken) != test.broken {
			t.Errorf("%d of %v: broken by %v, want %v", test.count, test.parts, got.Broken, test.broken)
		}
	}
}

// TestLosses compares with the reference evaluation while a domain is down.
func TestLosses(t *testing.T) {
	seen := 0
	for seed := range uint64(150) {
		d := roll(seed)
		s := &d.System
		st := model.NewStructure(s)
		list, _, err := Explain(t.Context(), s, ExplainOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range list {
			for _, loss := range x.Losses {
				seen++
				part := slices.IndexFunc(s.Parts, func(p model.Part) bool { return p.Name == loss.Domain.Name })
				e := st.Evaluate(struck(s, []int{part}))
				up, _ := e.Up(s.Targets[i])
				shares, _ := e.Shares(s.Targets[i].Node)
				if loss.Up != up || !near(loss.Served, shares.OK, 1e-12) && loss.Served > 1e-15 {
					t.Errorf("seed %d, %s without %s: got %v and %v, want %v and %v", seed, x.Target.Name, loss.Domain.Name, loss.Up, loss.Served, up, shares.OK)
				}
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d losses", seen)
	}
}
