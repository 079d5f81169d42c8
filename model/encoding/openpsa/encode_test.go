package openpsa

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// A sample is a system with the probabilities of the states of its parts.
type sample struct {
	*rand.Rand
	s      *model.System
	states [][]float64
}

// newSample draws a small system that a fault tree can say.
func newSample(seed uint64) *sample {
	r := &sample{Rand: rand.New(rand.NewPCG(seed, 7)), s: &model.System{Title: "Sample & more", Mission: model.Year}}
	for i := range 2 + r.IntN(4) {
		place := model.None
		if i > 0 && r.IntN(3) == 0 {
			place = r.IntN(i)
		}
		r.part(fmt.Sprintf("zone[%d].p", i), place)
	}
	for range 3 + r.IntN(6) {
		r.node()
	}
	last := len(r.s.Nodes) - 1
	for i, node := range []int{last, last - 1, last, r.IntN(len(r.s.Nodes))} {
		r.s.Targets = append(r.s.Targets, model.Target{Name: fmt.Sprint("target ", i), Node: node})
	}
	r.s.Targets[0].Name = r.s.Nodes[last].Name
	return r
}

// part adds one of the kinds of parts, and its leaf.
func (r *sample) part(name string, place int) {
	p := model.Part{Name: name, Owner: model.None, Place: place}
	q := r.Float64()
	states := []float64{1 - q, q}
	switch r.IntN(4) {
	case 0: // unnoticed, then noticed
		p.Automaton = model.Automaton{States: []model.State{{Condition: model.Up}, {Condition: model.Lost}, {Condition: model.Down}}}
		states = []float64{1 - q, q / 4, 3 * q / 4}
	case 1: // back with a stale state
		p.Automaton = model.Automaton{States: []model.State{{Condition: model.Up}, {Condition: model.Down}, {Condition: model.Stale}}}
		states = []float64{(1 - q) / 2, q, (1 - q) / 2}
	default:
		p.Automaton, p.Static = model.StaticAutomaton(), &model.Prob{P: 1 - q, Q: q}
	}
	r.s.Parts = append(r.s.Parts, p)
	r.states = append(r.states, states)
	r.add(model.Node{Kind: model.Leaf, Part: len(r.s.Parts) - 1, Deploys: model.None})
}

func (r *sample) deploys() {
	detect, _ := dist.NewExponential(3600)
	r.s.Deploys = []model.Deploys{{Rate: 1e-4 * r.Float64(), Detect: detect, Rollback: detect, Hits: model.ProbOf(r.Float64())}}
}

func (r *sample) add(n model.Node) {
	r.s.Nodes = append(r.s.Nodes, n)
}

func (r *sample) children(from, n int) []int {
	var c []int
	for range n {
		c = append(c, r.IntN(from))
	}
	return c
}

func (r *sample) node() {
	n := model.Node{Part: model.None, Deploys: model.None}
	if r.IntN(2) == 0 {
		n.Name = fmt.Sprint("node ", len(r.s.Nodes))
	}
	n.Children = r.children(len(r.s.Nodes), 1+r.IntN(4))
	switch r.IntN(7) {
	case 0:
		n.Kind = model.Series
	case 1:
		n.Kind, n.K = model.AtLeast, 1+r.IntN(len(n.Children))
	case 2:
		n.Kind, n.Covers, n.Children = model.Else, model.ProbOf([]float64{0, r.Float64(), 1}[r.IntN(3)]), r.children(len(r.s.Nodes), 2)
	case 3:
		share, rest := r.Float64()/2, r.Float64()/2
		n.Kind, n.Shares, n.Children = model.Mix, []model.Prob{model.ProbOf(share), model.ProbOf(rest), model.ProbOf(1 - share - rest)}, r.children(len(r.s.Nodes), 3)
	case 4:
		n.Kind, n.Children = model.Not, n.Children[:1]
	case 5:
		n.Kind = model.Service
		if len(r.s.Deploys) == 0 && r.IntN(2) == 0 {
			n.Deploys = 0
			r.deploys()
		}
	default:
		r.group(&n)
	}
	r.add(n)
}

// group makes n one over some parts, that a fault tree can say. The leaf of a
// part has its index.
func (r *sample) group(n *model.Node) {
	n.Children = r.Perm(len(r.s.Parts))[:1+r.IntN(len(r.s.Parts))]
	size := len(n.Children)
	n.K = 1 + r.IntN(size)
	e := newEncoder(r.s, nil)
	switch n.Kind = []model.NodeKind{model.Pool, model.Quorum, model.Vote, model.BFT}[r.IntN(4)]; {
	case n.Kind == model.Pool && e.any(n, model.Lost):
		n.Retry = size - n.K
	case n.Kind == model.Quorum && e.any(n, model.Stale):
		n.Kind, n.K = model.Vote, size/2+1
	case n.Kind == model.Vote:
		n.K = size/2 + 1
	}
}

// down is the probability that a part gives no answer.
func (r *sample) down(part int) (float64, bool) {
	q := 0.0
	for i, state := range r.s.Parts[part].Automaton.States {
		if !state.Condition.Answers() {
			q += r.states[part][i]
		}
	}
	return q, true
}

// none is the share of requests without an answer, over all states of the
// parts and numbers of live deploys.
func (r *sample) none(t *testing.T, node int) float64 {
	st, total := model.NewStructure(r.s), 0.0
	conditions, live := make([]model.Condition, len(r.s.Parts)), make([]int, len(r.s.Deploys))
	visit := func(p float64) {
		shares, err := st.Evaluate(model.Snapshot{Conditions: conditions, Live: live}).Shares(node)
		if err != nil {
			t.Fatal(err)
		}
		total += p * shares.None
	}
	var from func(i int, p float64)
	from = func(i int, p float64) {
		if i < len(r.s.Parts) {
			for j, state := range r.s.Parts[i].Automaton.States {
				conditions[i] = state.Condition
				from(i+1, p*r.states[i][j])
			}
			return
		}
		if len(live) == 0 {
			visit(p)
			return
		}
		mean := r.s.Deploys[0].MeanLive()
		poisson := math.Exp(-mean)
		for n := range 20 {
			live[0] = n
			visit(p * poisson)
			poisson *= mean / float64(n+1)
		}
	}
	from(0, 1)
	return total
}

// target finds the one of a name.
func target(t *testing.T, s *model.System, name string) int {
	t.Helper()
	for i, target := range s.Targets {
		if target.Name == name {
			return i
		}
	}
	t.Fatalf("no target %s among %v", name, s.Targets)
	return 0
}

// TestRoundTrip compares the fault trees of random systems with the reference
// meaning of the systems, exactly.
func TestRoundTrip(t *testing.T) {
	compared := 0
	for seed := range uint64(150) {
		r := newSample(seed)
		var text bytes.Buffer
		if err := Encode(&text, r.s, r.down); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		s := system(t, text.String())
		if len(s.Parts) > 11 {
			continue // too many states to sum
		}
		compared++
		if len(s.Targets) != len(r.s.Targets) {
			t.Fatalf("seed %d: %d targets", seed, len(s.Targets))
		}
		for _, want := range r.s.Targets[:2] {
			got := chance(t, s, target(t, s, identifier(want.Name)))
			near(t, fmt.Sprintf("seed %d: %s", seed, want.Name), got, r.none(t, want.Node), 1e-12)
		}
		var again bytes.Buffer
		if err := Encode(&again, s, nil); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if twice := system(t, again.String()); math.Abs(chance(t, twice, 0)-chance(t, s, 0)) > 1e-12 {
			t.Errorf("seed %d: encoded twice it differs", seed)
		}
	}
	if compared < 100 {
		t.Errorf("%d systems are compared, want at least 100", compared)
	}
}

var product = regexp.MustCompile(`<sum-of-products name="([^"]*)"[^>]* probability="([^"]*)"`)

// TestScram has the fault trees read by SCRAM, which prints six digits.
func TestScram(t *testing.T) {
	for seed := range uint64(30) {
		r := newSample(seed)
		var text bytes.Buffer
		if err := Encode(&text, r.s, r.down); err != nil {
			t.Fatal(err)
		}
		found := scrammed(t, text.Bytes())
		if found == nil {
			t.Skip("scram is not installed")
		}
		if len(found) != len(r.s.Targets) {
			t.Errorf("seed %d: SCRAM gives %d results, want %d", seed, len(found), len(r.s.Targets))
		}
		for _, target := range r.s.Targets {
			name := identifier(target.Name)
			near(t, fmt.Sprintf("seed %d: %s", seed, name), found[name], r.none(t, target.Node), 1e-5)
		}
	}
}

// TestRefused lists what a fault tree cannot say.
func TestRefused(t *testing.T) {
	law, _ := dist.NewExponential(1)
	pos := model.Pos{File: "m.nines", Line: 3, Column: 1}
	members := []int{0, 1}
	tests := []struct {
		node  model.Node
		modes []model.Mode
		want  string
	}{
		{model.Node{Kind: model.Series, Children: members}, []model.Mode{{Kind: model.FailByzantine, Detect: law, Repair: law}}, "m.nines:1:1: p can answer wrongly, and a fault tree only knows whether it answers"},
		{model.Node{Kind: model.Pool, K: 1, Children: members, Pos: pos}, []model.Mode{{Kind: model.FailSilent, Detect: law, Repair: law}}, "m.nines:3:1: n meets members whose failure is not noticed"},
		{model.Node{Kind: model.Quorum, K: 1, Children: members, Pos: pos}, []model.Mode{{Kind: model.FailRestart, Repair: law, Resync: law}}, "m.nines:3:1: n has members that can be stale"},
		{model.Node{Kind: model.Quorum, K: 1, Children: members, Elect: law}, nil, "n elects leaders"},
		{model.Node{Kind: model.Standby, Children: members}, nil, "n is a standby group"},
		{model.Node{Kind: model.Missing, Children: members}, nil, "n cannot be evaluated yet"},
		{model.Node{Kind: model.Service, Children: []int{0, 2}}, nil, "n needs itself"},
		{model.Node{Kind: model.Series, Children: members}, []model.Mode{{Kind: model.FailStop, Repair: law}}, "m.nines:1:1: p has no probability of giving no answer"},
	}
	for _, test := range tests {
		static := model.ProbOf(.5)
		p := model.Part{Name: "p", Place: model.None, Static: &static, Automaton: model.StaticAutomaton(), Pos: model.Pos{File: "m.nines", Line: 1, Column: 1}}
		if test.modes != nil {
			p.Static, p.Automaton = nil, model.NewAutomaton(test.modes)
		}
		test.node.Name, test.node.Deploys = "n", model.None
		s := &model.System{Parts: []model.Part{p, p}, Nodes: []model.Node{{Kind: model.Leaf}, {Kind: model.Leaf, Part: 1}, test.node}, Targets: []model.Target{{Name: "n", Node: 2}}}
		var out bytes.Buffer
		err := Encode(&out, s, nil)
		if err == nil || !strings.Contains(err.Error(), test.want) || out.Len() > 0 {
			t.Errorf("%v\nwant %s", err, test.want)
		}
	}
}

// TestWritten shows the form.
func TestWritten(t *testing.T) {
	s := system(t, tree(`<define-gate name="top"><label>5 &lt; 6</label><atleast min="2">`+a+b+c+`</atleast></define-gate>`,
		event("a", "0.1"), event("b", "1e-300"), event("c", "0")))
	s.Title = "Two  of three"
	s.Parts[0].Name = "web[1]"
	var out bytes.Buffer
	if err := Encode(&out, s, nil); err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<opsa-mef>
  <label>Two of three</label>
  <define-fault-tree name="Two_of_three">
    <define-gate name="top">
      <label>5 &lt; 6</label>
      <atleast min="2">
        <basic-event name="web_1"/>
        <basic-event name="b"/>
        <basic-event name="c"/>
      </atleast>
    </define-gate>
  </define-fault-tree>
  <model-data>
    <define-basic-event name="web_1">
      <label>web[1]</label>
      <float value="0.1"/>
    </define-basic-event>
    <define-basic-event name="b">
      <float value="1e-300"/>
    </define-basic-event>
    <define-basic-event name="c">
      <float value="0"/>
    </define-basic-event>
  </model-data>
</opsa-mef>
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestIdentifier(t *testing.T) {
	for name, want := range map[string]string{
		"pg-1": "pg-1", "web[2]": "web_2", "checkout.pod[1]": "checkout_pod_1", "a--b-": "a-b", "-a": "a", "7up": "_7up", "": "g", "größe": "gr_e", "日本": "g",
	} {
		if got := identifier(name); got != want {
			t.Errorf("identifier(%q) = %q, want %q", name, got, want)
		}
	}
}
