package analytic

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"nines/dsl"
	"nines/model"
	"nines/model/dist"
)

// eachModel does something with every example of the project, and every model
// that has expected figures.
func eachModel(t *testing.T, do func(t *testing.T, s *model.System)) {
	examples, err := filepath.Glob("../../examples/*.nines")
	if err != nil || len(examples) == 0 {
		t.Fatal("no examples", err)
	}
	more, err := filepath.Glob("testdata/*.nines")
	if err != nil || len(more) == 0 {
		t.Fatal("no models", err)
	}
	for _, file := range append(examples, more...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sys, problems := dsl.Load(file, text, dsl.Options{})
			if sys == nil {
				t.Fatal(problems)
			}
			do(t, sys)
		})
	}
}

// often is how much more often parts fail for the sake of a derivative. P(down)
// is linear in the probability of an event, so large steps are as right as
// small ones, and lose fewer digits.
const often = 1000

// TestExamplesExplained holds everything that is said of the importance of what
// stands alone against other systems, and what must add up against its sum.
//
// For the derivatives it lets one part or failure mode at a time fail more often, or has no bad deploys, evaluates that as a system of its own, and
// compares the quotient of the differences with the importance.
func TestExamplesExplained(t *testing.T) {
	compared := 0
	eachModel(t, func(t *testing.T, s *model.System) {
		before := explain(t, s, ExplainOptions{})
		for _, x := range before {
			addsUp(t, x)
		}
		compare := func(changed *model.System, e model.Event, once bool) {
			for _, target := range s.Targets {
				name := target.Name
				x := before[name]
				i := find(x, e)
				if i == nil || x.At > 0 && !once {
					continue
				}
				after := rankedAlone(t, changed, target)
				j := find(after, e)
				u, u1, q1 := x.Down, after.Down, 0.0
				if j != nil {
					q1 = j.Probability
				}
				compared++
				compareDerivative(t, name, i, [4]float64{u, u1, i.Probability, q1})
			}
		}
		for part := range s.Parts {
			if part >= 5 && s.Parts[part].Group != "" && s.Parts[part].Group == s.Parts[part-5].Group {
				continue // five of a group are enough
			}
			for mode := model.None; mode < len(s.Parts[part].Modes); mode++ {
				if changed := worse(s, part, mode); changed != nil {
					compare(changed, eventOf(s, part, mode), len(s.Parts[part].Modes) < 2)
				}
			}
		}
		for i, d := range s.Deploys {
			changed := *s
			changed.Deploys = slices.Clone(s.Deploys)
			changed.Deploys[i].Rate = 0
			compare(&changed, model.Event{Name: s.Nodes[d.Service].Name, Cause: "deploys"}, false)
		}
	})
	if compared < 500 {
		t.Errorf("only %d are compared", compared)
	}
}

// rankedAlone is what explain says of probabilities and importance alone.
func rankedAlone(t *testing.T, s *model.System, target model.Target) model.Explanation {
	t.Helper()
	e, err := build(t.Context(), s, []model.Target{target}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	up := e.up(target.Node, s.UpAt(target))
	f := e.failure(&report{Result: model.Result{Target: target}, up: up, blocks: e.support(up)})
	return model.Explanation{Down: f.total, Importance: f.importance()}
}

// eventOf is that a part is not as new, or that one of its modes is under way.
func eventOf(s *model.System, part, mode int) model.Event {
	p := &s.Parts[part]
	e := model.Event{Name: p.Name, Cause: causes[p.Kind]}
	if p.Kind == model.Itself {
		e.Name = s.Nodes[p.Owner].Name
	}
	if mode != model.None {
		e.How, e.Pos = p.Modes[mode].Kind.String(), p.Modes[mode].Pos
	}
	return e
}

// find gives the importance of an event, nil if there is none.
func find(x model.Explanation, e model.Event) *model.Importance {
	for k := range x.Importance {
		i := &x.Importance[k]
		if i.Name == e.Name && i.Cause == e.Cause && i.Mode == (e.How != "") && (!i.Mode || i.How == e.How && i.Pos == e.Pos) {
			return i
		}
	}
	return nil
}

// addsUp adds up the budget and the outages that begin with each part.
func addsUp(t *testing.T, x model.Explanation) {
	t.Helper()
	total, begin, modes := 0.0, 0.0, map[string]float64{}
	for _, c := range x.Budget {
		total += c.Share
	}
	if x.Down > 0 && math.Abs(total-1) > 1e-9 {
		t.Errorf("%s: the shares add up to %v", x.Target.Name, total)
	}
	for _, i := range x.Importance {
		switch {
		case i.Cause == "module": // its parts and what else moves it are listed too
		case i.Mode:
			modes[i.Name] += i.Outages
		default:
			begin += i.Outages
		}
	}
	if len(x.Importance) > 0 && !math.IsNaN(begin) && math.Abs(begin-1) > 1e-12 {
		t.Errorf("%s: %v of the outages begin with a part", x.Target.Name, begin)
	}
	for _, i := range x.Importance {
		if sum, several := modes[i.Name]; several && !i.Mode && !math.IsNaN(begin) && math.Abs(sum-i.Outages) > 1e-12 {
			t.Errorf("%s: %v of the outages begin with %s, and %v with its modes", x.Target.Name, i.Outages, i, sum)
		}
	}
}

// compareDerivative holds an importance against P(down) before and after a
// change, and the probability of the event.
func compareDerivative(t *testing.T, target string, i *model.Importance, v [4]float64) {
	t.Helper()
	u, u1, q, q1 := v[0], v[1], v[2], v[3]
	want := (u1 - u) / (q1 - q)
	noise := 1e-14 * math.Max(u, u1) / math.Abs(q1-q)
	if math.Abs(i.Birnbaum-want) > 1e-8*math.Abs(want)+noise {
		t.Errorf("%s: %s: Birnbaum %v, want %v (from %v to %v, %v to %v)", target, i, i.Birnbaum, want, q, q1, u, u1)
	}
	if with := u + (1-q)*want; math.Abs(i.RAW-with/u) > 1e-8*i.RAW+noise/u {
		t.Errorf("%s: %s: RAW %v, want %v", target, i, i.RAW, with/u)
	}
	if !near(i.Criticality, q*i.Birnbaum/u, 1e-12) || !near(i.FussellVesely, i.Criticality, 1e-12) || !near(i.DIF, q*i.RAW, 1e-12) {
		t.Errorf("%s: %s does not agree with itself: %+v", target, i, i)
	}
	if without := u - q*want; math.Abs(u/i.RRW-without) > 1e-8*without+noise {
		t.Errorf("%s: %s: RRW %v, want %v", target, i, i.RRW, u/without)
	}
}

// worse is s with a part, or one of its failure modes, that fails more often;
// nil where it interacts with others in time, or is no event.
func worse(s *model.System, part, mode int) *model.System {
	p := s.Parts[part]
	alone := !slices.ContainsFunc(model.Couplings(s, s.Targets), func(c *model.Coupled) bool { return slices.Contains(c.Parts, part) })
	switch {
	case p.Static != nil:
		p.Static = &model.Prob{P: 0.5, Q: 0.5}
	case !alone, len(p.Modes) == 0, len(p.Modes) == 1 && mode != model.None:
		return nil
	default:
		p.Modes = slices.Clone(p.Modes)
		for i := range p.Modes {
			if mode == model.None || mode == i {
				p.Modes[i].Every = hurried(p.Modes[i].Every)
			}
		}
		p.Automaton = model.NewAutomaton(p.Modes)
	}
	changed := *s
	changed.Parts = slices.Clone(s.Parts)
	changed.Parts[part] = p
	return &changed
}

// hurried has often times the hazard of a law.
func hurried(l dist.Law) dist.Law {
	switch l := l.(type) {
	case dist.Exponential:
		return dist.Exponential{MeanTime: l.MeanTime / often}
	case dist.Weibull:
		return dist.Weibull{Shape: l.Shape, Scale: l.Scale * math.Pow(often, -1/l.Shape)}
	}
	panic("no example has such a law")
}
