package analytic

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// changed is the unavailability of a target after a change to its system.
func changed(t *testing.T, s *model.System, target int, change func(*model.System)) float64 {
	t.Helper()
	c := *s
	c.Parts, c.Nodes, c.Deploys = slices.Clone(s.Parts), slices.Clone(s.Nodes), slices.Clone(s.Deploys)
	change(&c)
	r := evaluate(t, &c, Options{LongRun: true})[s.Targets[target].Name]
	u, _ := r.Find(model.Unavailability)
	return u.Value
}

func halfOf(l dist.Law) dist.Law { return exp(l.Mean() / 2) }

func improvement(x model.Explanation, subject string, change model.Change) (model.Improvement, bool) {
	for _, i := range x.Improvements {
		if i.Subject.String() == subject && i.Change == change {
			return i, true
		}
	}
	return model.Improvement{}, false
}

// TestImprovements compares with systems in which the parts were changed one by
// one.
func TestImprovements(t *testing.T) {
	compared := map[model.Change]int{}
	for seed := range uint64(60) {
		d := roll(seed)
		s := &d.System
		for i := range s.Parts {
			s.Parts[i].Template = fmt.Sprint("template ", i)
		}
		list, _, err := Explain(t.Context(), s, ExplainOptions{Advise: true})
		if err != nil {
			t.Fatal(err)
		}
		for target, x := range list {
			for _, i := range x.Improvements {
				if i.Change == model.OneMore {
					continue
				}
				compared[i.Change]++
				want := changed(t, s, target, func(c *model.System) { improve(c, i) })
				if !near(i.Unavailability, want, 1e-10) {
					t.Fatalf("seed %d, %s, %s of %s: got %v, want %v", seed, x.Target.Name, i.Change, i.Subject, i.Unavailability, want)
				}
				u, _ := x.Find(model.Unavailability)
				if saved := (u.Value - want) * model.Year; math.Abs(i.Saved-saved) > 1e-9*u.Value*model.Year {
					t.Fatalf("seed %d, %s, %s of %s: saves %v, want %v", seed, x.Target.Name, i.Change, i.Subject, i.Saved, saved)
				}
			}
		}
	}
	if compared[model.Perfect] < 200 || compared[model.HalfRepair] < 200 || compared[model.HalfDetect] < 100 {
		t.Errorf("%v", compared)
	}
}

// improve changes the part or stream that an improvement is about.
func improve(s *model.System, i model.Improvement) {
	if i.Subject.Cause == "deploys" {
		at := slices.IndexFunc(s.Deploys, func(d model.Deploys) bool { return s.Nodes[d.Service].Name == i.Subject.Name })
		d := &s.Deploys[at]
		switch i.Change {
		case model.Perfect:
			d.Rate = 0
		case model.HalfRepair:
			d.Rollback = halfOf(d.Rollback)
		case model.HalfDetect:
			d.Detect = halfOf(d.Detect)
		}
		return
	}
	at := slices.IndexFunc(s.Parts, func(p model.Part) bool {
		if p.Kind == model.Itself {
			return i.Subject.Cause == "itself" && s.Nodes[p.Owner].Name == i.Subject.Name
		}
		return p.Name == i.Subject.Name
	})
	p := &s.Parts[at]
	modes := slices.Clone(p.Modes)
	for m := range modes {
		switch {
		case i.Change == model.HalfRepair:
			modes[m].Repair = halfOf(modes[m].Repair)
		case i.Change == model.HalfDetect && modes[m].Detect != nil:
			modes[m].Detect = halfOf(modes[m].Detect)
		}
	}
	if i.Change == model.Perfect {
		modes = nil
	}
	p.Modes, p.Automaton = modes, model.NewAutomaton(modes)
}

// TestOneMore: a member more in its group, or one more beside a part that
// stands alone, against closed forms.
func TestOneMore(t *testing.T) {
	s := &sketch{}
	var zones []int
	for i := range 3 {
		z := s.part(fmt.Sprintf("zone[%d]", i+1), stop(365*day, 3*hour))
		s.Parts[z].Kind, s.Parts[z].Template = model.Domain, "zone"
		zones = append(zones, z)
	}
	array := func(name string, places ...int) []int {
		var parts []int
		for i, place := range places {
			p := s.in(place, fmt.Sprintf("%s[%d]", name, i+1), stop(30*day, hour))
			s.Parts[p].Template = name
			parts = append(parts, p)
		}
		return parts
	}
	none := model.None
	s.system("lone", s.series(s.leaves(array("lone", none)...)...))
	s.system("placed", s.series(s.leaves(array("placed", zones[2])...)...))
	s.system("pool", s.group(model.Pool, 2, s.leaves(array("pod", none, none)...)...))
	s.system("quorum", s.group(model.Quorum, 2, s.leaves(array("voter", none, none, none)...)...))
	s.system("any", s.atLeast(1, s.leaves(array("web", zones[0], zones[1])...)...))
	s.system("same zone", s.atLeast(1, s.leaves(array("rack", zones[0], zones[0])...)...))
	s.system("all", s.series(s.leaves(array("shard", none, none)...)...))
	q, z := 1.0/(1+30*24), 3.0/(3+365*24)
	down := func(n, least int) float64 { // at least so many of n
		sum := 0.0
		for k := least; k <= n; k++ {
			sum += binomial(n, k) * math.Pow(q, float64(k)) * math.Pow(1-q, float64(n-k))
		}
		return sum
	}
	out := z + (1-z)*q // a part or its zone
	tests := []struct {
		system, subject, where string
		want                   float64
	}{
		{"lone", "lone[1]", "", q * q},
		{"placed", "placed[1]", "zone[1]", out * out},
		{"pool", "pod[1]", "", down(3, 2)},
		{"quorum", "voter[1]", "", down(4, 2)},
		{"any", "web[1]", "zone[3]", out * out * out},
		{"same zone", "rack[1]", "zone[1]", z + (1-z)*q*q*q},
		{"all", "shard[1]", "", -1},
	}
	all := explain(t, &s.System, ExplainOptions{Advise: true})
	for _, test := range tests {
		got, ok := improvement(all[test.system], test.subject, model.OneMore)
		if ok != (test.want >= 0) || ok && (!near(got.Unavailability, test.want, 1e-12) || got.Where != test.where) {
			t.Errorf("%s: got %v and %+v, want %v in %q", test.system, ok, got, test.want, test.where)
		}
	}
	if got, _ := improvement(all["quorum"], "voter[1]", model.OneMore); got.Saved >= 0 || got.Parts != 3 {
		t.Errorf("a fourth of three voters saves %v, and there are %d", got.Saved, got.Parts)
	}
}

func binomial(n, k int) float64 {
	return math.Round(math.Gamma(float64(n+1)) / math.Gamma(float64(k+1)) / math.Gamma(float64(n-k+1)))
}

// Where nothing is repaired all is told at the end of the mission.
func TestExplainMission(t *testing.T) {
	s := &sketch{}
	s.Mission = 1000
	leaves := s.copies(3, "cpu", model.Mode{Kind: model.FailStop, Every: exp(1000)})
	for i := range s.Parts {
		s.Parts[i].Template = "cpu"
	}
	s.system("tmr", s.atLeast(2, leaves...))
	x := explain(t, &s.System, ExplainOptions{Cuts: 3, Advise: true})["tmr"]
	p := math.Exp(-1)
	q := 1 - p
	if x.At != 1000 || len(x.Budget) != 3 || !near(x.Budget[0].Share, 1.0/3, 1e-12) || len(x.Cuts.Listed) != 3 || !near(x.Cuts.Listed[0].Probability, q*q, 1e-12) {
		t.Errorf("at %v, budget %v, cuts %+v", x.At, x.Budget, x.Cuts)
	}
	i := importanceOf(t, x, "cpu[1]")
	if !near(i.Birnbaum, 2*p*q, 1e-12) || !math.IsNaN(i.Outages) {
		t.Errorf("got %+v, want a Birnbaum importance of %v", i, 2*p*q)
	}
	more, ok := improvement(x, "cpu[1]", model.OneMore)
	if want := q*q*q*q + 4*q*q*q*p; !ok || !near(more.Unavailability, want, 1e-12) {
		t.Errorf("got %+v, want %v", more, want)
	}
	if _, ok := improvement(x, "cpu[1]", model.HalfRepair); ok {
		t.Error("what is never repaired is repaired sooner")
	}
}

// Parts that interact in time are changed in systems of their own.
func TestImproveStandby(t *testing.T) {
	standby := func(members int, detect, repair float64) *sketch {
		s := &sketch{}
		leaves := s.copies(members, "pg", stop(30*day, repair), silent(60*day, detect, repair))
		for i := range s.Parts {
			s.Parts[i].Template, s.Parts[i].Group = "pg", "db"
		}
		db := s.group(model.Standby, 0, leaves...)
		s.Nodes[db].Name = "db"
		s.Nodes[db].Waiting = &model.Waiting{Rate: 1, Detect: exp(minute), Switch: exp(minute), Succeeds: model.Prob{P: 1}}
		s.system("db", s.series(db))
		return s
	}
	down := func(s *sketch) float64 {
		r := evaluate(t, &s.System, Options{LongRun: true})["db"]
		u, _ := r.Find(model.Unavailability)
		return u.Value
	}
	x := explain(t, &standby(2, hour, 5*hour).System, ExplainOptions{Advise: true})["db"]
	want := map[model.Change]float64{
		model.Perfect: 0, model.HalfRepair: down(standby(2, hour, 2.5*hour)), model.HalfDetect: down(standby(2, hour/2, 5*hour)),
		model.OneMore: down(standby(3, hour, 5*hour)),
	}
	for change, u := range want {
		if got, ok := improvement(x, "pg[1]", change); !ok || got.Parts != 2 || !near(got.Unavailability, u, 1e-9) {
			t.Errorf("%s: got %v %+v, want %v", change, ok, got, u)
		}
	}
}

// Of alike domains some may have members of a standby and others none.
func TestImproveSomeCoupled(t *testing.T) {
	zones := func(repair float64) *sketch {
		s := &sketch{}
		var members, pods []int
		for i := range 3 {
			z := s.part(fmt.Sprintf("zone[%d]", i+1), stop(30*day, repair))
			s.Parts[z].Kind, s.Parts[z].Template = model.Domain, "zone"
			if i < 2 {
				members = append(members, s.leaf(s.in(z, fmt.Sprintf("pg[%d]", i+1), stop(30*day, hour))))
			}
			pods = append(pods, s.leaf(s.in(z, fmt.Sprintf("pod[%d]", i+1), stop(10*day, hour))))
		}
		db := s.group(model.Standby, 0, members...)
		s.Nodes[db].Name = "db"
		s.Nodes[db].Waiting = &model.Waiting{Rate: 1, Detect: exp(minute), Switch: exp(minute), Succeeds: model.Prob{P: 1}}
		s.system("shop", s.series(db, s.atLeast(2, pods...)))
		return s
	}
	x := explain(t, &zones(5*hour).System, ExplainOptions{Advise: true})["shop"]
	half := evaluate(t, &zones(2.5*hour).System, Options{LongRun: true})["shop"]
	u, _ := half.Find(model.Unavailability)
	if got, ok := improvement(x, "zone[1]", model.HalfRepair); !ok || got.Parts != 3 || !near(got.Unavailability, u.Value, 1e-9) {
		t.Errorf("got %v %+v, want %v", ok, got, u.Value)
	}
}
