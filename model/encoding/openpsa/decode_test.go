package openpsa

import (
	"math"
	"strings"
	"testing"

	"nines/model"
)

// system decodes a model that should have no errors.
func system(t *testing.T, files ...string) *model.System {
	t.Helper()
	var in []File
	for _, text := range files {
		in = append(in, File{"model.xml", []byte(text)})
	}
	s, list := Decode(Options{}, in...)
	if s == nil {
		t.Fatalf("%v", list)
	}
	return s
}

// tree wraps definitions.
func tree(definitions ...string) string {
	return `<opsa-mef><define-fault-tree name="FT">` + strings.Join(definitions, "") + `</define-fault-tree></opsa-mef>`
}

func top(formula string) string {
	return `<define-gate name="top">` + formula + `</define-gate>`
}

// event defines a basic event of probability q.
func event(name, q string) string {
	return `<define-basic-event name="` + name + `"><float value="` + q + `"/></define-basic-event>`
}

// states calls f with every combination of up and down parts and its
// probability.
func states(s *model.System, f func(conditions []model.Condition, p float64)) {
	conditions := make([]model.Condition, len(s.Parts))
	var from func(i int, p float64)
	from = func(i int, p float64) {
		if i == len(s.Parts) {
			f(conditions, p)
			return
		}
		up := odds(&s.Parts[i])
		conditions[i] = model.Up
		from(i+1, p*up.P)
		conditions[i] = model.Down
		from(i+1, p*up.Q)
	}
	from(0, 1)
}

// odds are those of a part that is up or down; what has no figure never fails.
func odds(p *model.Part) model.Prob {
	if p.Static == nil {
		return model.Prob{P: 1}
	}
	return *p.Static
}

// chance sums the share of requests without an answer over all states.
func chance(t *testing.T, s *model.System, target int) float64 {
	t.Helper()
	st, total := model.NewStructure(s), 0.0
	states(s, func(conditions []model.Condition, p float64) {
		shares, err := st.Evaluate(model.Snapshot{Conditions: conditions, Live: make([]int, len(s.Deploys))}).Shares(s.Targets[target].Node)
		if err != nil {
			t.Fatal(err)
		}
		total += p * shares.None
	})
	return total
}

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

const (
	a = `<basic-event name="a"/>`
	b = `<basic-event name="b"/>`
	c = `<event name="c" type="basic-event"/>`
	d = `<event name="d"/>`
)

// TestConnectives holds each against its truth table.
func TestConnectives(t *testing.T) {
	count := func(least, most int) func(x ...bool) bool {
		return func(x ...bool) bool {
			n := 0
			for _, v := range x {
				if v {
					n++
				}
			}
			return least <= n && n <= most
		}
	}
	odd := func(x ...bool) bool { return count(1, 1)(x...) || count(3, 3)(x...) || count(5, 5)(x...) }
	not := func(f func(x ...bool) bool) func(x ...bool) bool { return func(x ...bool) bool { return !f(x...) } }
	tests := []struct {
		formula string
		want    func(x ...bool) bool // of a, b, c, d
	}{
		{a, func(x ...bool) bool { return x[0] }},
		{"<and>" + a + b + c + d + "</and>", count(4, 4)},
		{"<and>" + c + "</and>", func(x ...bool) bool { return x[2] }},
		{"<or>" + a + b + c + d + "</or>", count(1, 4)},
		{"<not>" + b + "</not>", func(x ...bool) bool { return !x[1] }},
		{"<not><not>" + b + "</not></not>", func(x ...bool) bool { return x[1] }},
		{"<nand>" + a + b + c + d + "</nand>", count(0, 3)},
		{"<nor>" + a + b + c + d + "</nor>", count(0, 0)},
		{"<xor>" + a + b + "</xor>", func(x ...bool) bool { return x[0] != x[1] }},
		{"<xor>" + a + b + c + "</xor>", func(x ...bool) bool { return odd(x[:3]...) }},
		{"<xor>" + a + b + c + d + "</xor>", odd},
		{"<xor>" + a + a + b + c + d + "</xor>", func(x ...bool) bool { return odd(x[1:]...) }},
		{"<iff>" + a + b + "</iff>", func(x ...bool) bool { return x[0] == x[1] }},
		{"<imply>" + a + b + "</imply>", func(x ...bool) bool { return !x[0] || x[1] }},
		{"<atleast min=\"1\">" + a + b + c + d + "</atleast>", count(1, 4)},
		{"<atleast min=\"2\">" + a + b + c + d + "</atleast>", count(2, 4)},
		{"<atleast min=\" 3 \">" + a + b + c + d + "</atleast>", count(3, 4)},
		{"<atleast min=\"4\">" + a + b + c + d + "</atleast>", count(4, 4)},
		{"<cardinality min=\"1\" max=\"2\">" + a + b + c + d + "</cardinality>", count(1, 2)},
		{"<cardinality min=\"0\" max=\"2\">" + a + b + c + d + "</cardinality>", count(0, 2)},
		{"<cardinality min=\"2\" max=\"4\">" + a + b + c + d + "</cardinality>", count(2, 4)},
		{"<cardinality min=\"3\" max=\"3\">" + a + b + c + d + "</cardinality>", count(3, 3)},
		{"<cardinality min=\"0\" max=\"0\">" + a + b + c + d + "</cardinality>", count(0, 0)},
		{"<cardinality min=\"0\" max=\"4\">" + a + b + c + d + "</cardinality>", count(0, 4)},
		{"<and>" + a + `<constant value="true"/></and>`, func(x ...bool) bool { return x[0] }},
		{"<and>" + a + `<constant value="false"/></and>`, count(9, 9)},
		{"<or>" + a + `<house-event name="h"/></or>`, func(x ...bool) bool { return x[0] }},
		{"<or>" + a + `<house-event name="on"/></or>`, count(0, 4)},
		{"<or><and>" + a + b + "</and><and>" + c + "<not>" + d + "</not></and></or>", func(x ...bool) bool { return x[0] && x[1] || x[2] && !x[3] }},
		{"<not><iff>" + a + "<imply>" + b + c + "</imply></iff></not>", not(func(x ...bool) bool { return x[0] == (!x[1] || x[2]) })},
	}
	events := event("a", "0.1") + event("b", "0.2") + event("c", "0.3") + event("d", "0.4") +
		`<define-house-event name="h"/><define-house-event name="on"><constant value="true"/></define-house-event>`
	for _, test := range tests {
		s := system(t, tree(top(test.formula), events))
		st := model.NewStructure(s)
		states(s, func(conditions []model.Condition, p float64) {
			x := make([]bool, 4)
			for i, part := range s.Parts {
				if at := strings.Index("abcd", part.Name); at >= 0 {
					x[at] = conditions[i] == model.Down
				}
			}
			shares, err := st.Evaluate(model.Snapshot{Conditions: conditions}).Shares(s.Targets[0].Node)
			if err != nil {
				t.Fatal(err)
			}
			if outcome, certain := shares.Outcome(); p > 0 && (!certain || outcome == model.OK == test.want(x...)) {
				t.Fatalf("%s: with %v the top event is %v", test.formula, x, outcome != model.OK)
			}
		})
	}
}

// TestStructure shows how a gate becomes a node.
func TestStructure(t *testing.T) {
	s := system(t, `<opsa-mef><label>Two of three</label><define-fault-tree name="FT">
<define-gate name="top"><label>All is lost</label><or><gate name="g"/><basic-event name="a"/></or></define-gate>
<define-gate name="g"><atleast min="2"><basic-event name="a"/><basic-event name="b"/><basic-event name="c"/></atleast></define-gate>
</define-fault-tree></opsa-mef>`, `<opsa-mef><model-data>`+event("a", "1e-20")+event("b", "0.25")+event("c", "1")+`</model-data></opsa-mef>`)
	if s.Title != "Two of three" || len(s.Parts) != 3 || len(s.Nodes) != 5 || len(s.Targets) != 1 || s.Mission != model.Year {
		t.Fatalf("%+v", s)
	}
	for i, want := range []model.Prob{{P: 1, Q: 1e-20}, {P: .75, Q: .25}, {P: 0, Q: 1}} {
		if p := s.Parts[i]; *p.Static != want || p.Place != model.None || p.Owner != model.None || len(p.Automaton.States) != 2 {
			t.Errorf("part %d is %+v, want %v", i, p, want)
		}
	}
	target := s.Targets[0]
	if target.Name != "top" || target.Title != "All is lost" || target.Kind != "system" || target.Pos.String() != "model.xml:2:1" || target.Pos.EndColumn != 25 {
		t.Errorf("target is %+v", target)
	}
	n := s.Nodes[target.Node]
	if n.Kind != model.Series || n.Name != "top" || len(n.Children) != 2 {
		t.Errorf("top is %+v", n)
	}
	if g := s.Nodes[n.Children[0]]; g.Kind != model.AtLeast || g.K != 2 || g.Name != "g" {
		t.Errorf("g is %+v", g)
	}
}

// TestNames follows the example of the format: public and private names, local
// and full paths.
func TestNames(t *testing.T) {
	s := system(t, tree(
		top(`<or><gate name="g1"/><gate name="A.g2"/><gate name="FT.C.g3"/><basic-event name="e"/></or>`),
		`<define-component name="A" role="private">
			<define-gate name="g2"><and><basic-event name="e"/><basic-event name="f"/></and></define-gate>
			`+event("e", "0.1")+`
			<define-component name="B"><define-gate name="g1" role="public"><and><basic-event name="e"/><basic-event name="f"/></and></define-gate></define-component>
		</define-component>
		<define-component name="C">
			<define-gate name="g3" role="private"><and><basic-event name="FT.A.e"/><basic-event name="f"/></and></define-gate>
		</define-component>`, event("e", "0.3"), event("f", "0.5")))
	var names []string
	for _, p := range s.Parts {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "FT.A.e f FT.e" {
		t.Errorf("parts are %s", got)
	}
	near(t, "P(top)", chance(t, s, 0), 1-.7*(1-.1*.5), 1e-15)
}

// TestMission gives the system mission time another length.
func TestMission(t *testing.T) {
	text := tree(top(`<or><basic-event name="a"/></or>`),
		`<define-basic-event name="a"><exponential><float value="0.01"/><system-mission-time/></exponential></define-basic-event>`)
	for mission, want := range map[float64]float64{0: -math.Expm1(-87.6), 100 * 3600: -math.Expm1(-1)} {
		s, list := Decode(Options{Mission: mission}, File{"model.xml", []byte(text)})
		if s == nil {
			t.Fatal(list)
		}
		if got := s.Parts[0].Static.Q; got != want {
			t.Errorf("mission of %v s: got %v, want %v", mission, got, want)
		}
	}
}
