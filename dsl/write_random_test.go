package dsl_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"nines/dsl"
	"nines/model"
)

// odd names, of which few are names in the language.
var odd = []string{"a", "b c", "b-c", "b_c", "x[1]", "x[2]", "x[3]", "or", "up", "mix", "é", "1st", "", "--", "a.b", "a-b", "g", "g-2", "\xff", "系统"}

// randomSystem has some parts known by probabilities, nodes of all kinds that
// expressions have above them, and two targets.
func randomSystem(r *rand.Rand) *model.System {
	s := &model.System{Title: "random \"\\\n", Mission: model.Year}
	names := append([]string{}, odd...)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	next := func() string {
		name := names[0]
		names = append(names[1:], fmt.Sprint(name, "*"))
		return name
	}
	for range 6 {
		p := model.ProbOf(r.Float64())
		s.Parts = append(s.Parts, model.Part{
			Name: next(), Owner: model.None, Place: model.None, Static: &p, Automaton: model.StaticAutomaton(),
		})
		s.Nodes = append(s.Nodes, model.Node{Kind: model.Leaf, Part: len(s.Parts) - 1, Deploys: model.None})
	}
	for range 14 {
		s.Nodes = append(s.Nodes, randomNode(r, len(s.Nodes)))
		if r.IntN(3) == 0 {
			s.Nodes[len(s.Nodes)-1].Name = next()
		}
	}
	for _, node := range []int{len(s.Nodes) - 1, 6 + r.IntN(14)} {
		s.Targets = append(s.Targets, model.Target{Name: next(), Kind: "system", Node: node})
	}
	return s
}

// randomNode is one above some of the n nodes before it, mostly the last.
func randomNode(r *rand.Rand, n int) model.Node {
	node := model.Node{Kind: model.NodeKind(model.Series + model.NodeKind(r.IntN(5))), Part: model.None, Deploys: model.None}
	size := 1 + r.IntN(4)
	switch node.Kind {
	case model.Else:
		size = 2
		node.Covers = model.ProbOf(float64(r.IntN(4)) / 3)
	case model.Not:
		size = 1
	case model.Mix:
		left := 1.0
		for i := range size {
			share := left * r.Float64()
			if i == size-1 {
				share = left
			}
			node.Shares = append(node.Shares, model.ProbOf(share))
			left -= share
		}
	}
	for range size {
		node.Children = append(node.Children, max(0, n-1-r.IntN(7)))
	}
	if node.Kind == model.AtLeast {
		node.K = 1 + r.IntN(size)
	}
	return node
}

// TestWriteRandom compares outcomes in every state.
func TestWriteRandom(t *testing.T) {
	conditions := []model.Condition{model.Up, model.Down, model.Wrong}
	for seed := range uint64(150) {
		sys := randomSystem(rand.New(rand.NewPCG(seed, 1)))
		again, text := written(t, sys)
		if len(again.Parts) != len(sys.Parts) {
			t.Fatalf("%d parts, want %d\n%s", len(again.Parts), len(sys.Parts), text)
		}
		a, b := model.NewStructure(sys), model.NewStructure(again)
		for i := range sys.Parts {
			if !near(again.Parts[i].Static.P, sys.Parts[i].Static.P) || !near(again.Parts[i].Static.Q, sys.Parts[i].Static.Q) {
				t.Errorf("got %v, want %v", again.Parts[i].Static, sys.Parts[i].Static)
			}
		}
		for state := 0; state < 729; state += 13 {
			snapshot := model.Snapshot{Conditions: make([]model.Condition, len(sys.Parts))}
			for i, rest := 0, state; i < len(sys.Parts); i, rest = i+1, rest/3 {
				snapshot.Conditions[i] = conditions[rest%3]
			}
			x, y := a.Evaluate(snapshot), b.Evaluate(snapshot)
			for i, target := range sys.Targets {
				want, _ := x.Shares(target.Node)
				got, err := y.Shares(again.Targets[i].Node)
				full, _ := x.Full(target.Node)
				still, _ := y.Full(again.Targets[i].Node)
				if err != nil || !near(got.OK, want.OK) || !near(got.Wrong, want.Wrong) || !near(got.None, want.None) || full != still {
					t.Fatalf("seed %d, %v: target %d is %v, full %v, want %v, %v\n%s", seed, snapshot.Conditions, i, got, still, want, full, text)
				}
			}
		}
	}
}

func near(x, y float64) bool { return math.Abs(x-y) <= 1e-14 }

// TestWriteDeep writes gates that stand on each other, far deeper than the
// language nests.
func TestWriteDeep(t *testing.T) {
	s := &model.System{Mission: model.Year}
	add := func(n model.Node) int {
		s.Nodes = append(s.Nodes, n)
		return len(s.Nodes) - 1
	}
	top := model.None
	for i := range 1600 {
		s.Parts = append(s.Parts, model.Part{Name: fmt.Sprint("e", i), Owner: model.None, Place: model.None, Static: &model.Prob{P: 0.75, Q: 0.25}, Automaton: model.StaticAutomaton()})
		leaf := add(model.Node{Kind: model.Leaf, Part: i, Deploys: model.None})
		if top == model.None {
			top = leaf
			continue
		}
		top = add(model.Node{Kind: model.Series + model.NodeKind(i%2), K: 1, Name: fmt.Sprint("g", i), Children: []int{leaf, top}, Part: model.None, Deploys: model.None})
	}
	s.Targets = []model.Target{{Name: "top", Kind: "system", Node: top}}
	again, text := written(t, s)
	if n := len(again.Targets); n > 400 {
		t.Errorf("%d systems", n)
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 100 {
			t.Fatalf("a line of %d characters", len(line))
		}
	}
	sameResults(t, again, s)
}

// TestWriteNames keeps what is a name, and gives all others one of their own.
func TestWriteNames(t *testing.T) {
	s := &model.System{Mission: model.Year}
	var leaves []int
	for _, name := range odd {
		s.Parts = append(s.Parts, model.Part{Name: name, Owner: model.None, Place: model.None, Automaton: model.NewAutomaton(nil)})
		s.Nodes = append(s.Nodes, model.Node{Kind: model.Leaf, Part: len(s.Parts) - 1, Deploys: model.None})
		leaves = append(leaves, len(s.Nodes)-1)
	}
	s.Nodes = append(s.Nodes, model.Node{Kind: model.Series, Children: leaves, Part: model.None, Deploys: model.None})
	s.Targets = []model.Target{{Name: "the top", Kind: "system", Node: len(leaves)}}
	again, _ := written(t, s)
	var got []string
	for _, p := range again.Parts {
		got = append(got, p.Name)
	}
	want := strings.Fields("a b-c-2 b-c b_c x-2[1] x-2[2] x-2[3] or up-2 mix-2 é _1st g-3 g-4 a-b-2 a-b g g-2 g-5 系统")
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := again.Targets[0]; got.Name != "the-top" || got.Title != "the top" {
		t.Errorf("the target is %q, %q", got.Name, got.Title)
	}
	if got := again.Parts[11].Title; got != "1st" {
		t.Errorf("what was 1st is now titled %q", got)
	}
}

// TestWriteStatements writes what only files in the language have.
func TestWriteStatements(t *testing.T) {
	for _, text := range []string{
		"component a { fails every weibull(shape 2, mean 10d) repair lognormal(median 1h, sigma 0.5) }\nsystem s = all of a x 2",
		"component a { fails every gamma(shape 2.5, scale 4d) repair uniform(1h, 3h) }\nsystem s = any of a x 2",
		"component a { fails every erlang(3, mean 100d) repair triangular(10m, 20m, 1h) }\nsystem s = 2 of a x 3",
		"component a { fails every hyperexponential(0.3: 10d, 0.7: 100d) repair fixed(1h) }\nsystem s = 2 of a x 3",
		"component a { fails silent at 500 FIT detect uniform(1s, 3s) repair 1h30m }\npool p { 2 of a x 4 retry 1 }\nsystem s = p",
		"component a { fails restart every 1e-200s repair 1e-210s }\nsystem s = all of a x 2",
		"domain r { fails every 1y repair 1d } domain z[3] in r { fails silent every 90d detect 1h repair 1h }\n" +
			"component a[7] in z { availability 3.5 nines } component b in z[2] { unavailability 1e-40 repair 1h }\nsystem s = series(2 of a, b)",
		"component a[2] { fails every 9d repair 1h } component b { never fails }\nservice s \"S\" { runs (a, b) retry 1 fails every 7d repair 1m\n" +
			"deploys 5/w bad 2% detect 0s rollback fixed(6m) hits 1/3 needs t else b covers 80% uses a[1] up at 95% }\nservice t { needs mix(1/3 a[1], 1 - 1/3 a[2]) }",
		"component a[4] { fails byzantine every 9d detect 1m repair 1h }\nvote v { 4 of a } bft f { a } quorum q { 2 of (a[1], a[2], a[3]) }\nsystem s = series(v, f, q)",
		"domain z[3] { fails every 1y repair 1d loses data } component d in z { fails every 90d repair 9h loses 10% data fails restart every 9d repair 1m resync 1h }\n" +
			"store o { d x 3 in z read 1 write 2 }\nstore e { fragments 4 of d x 6 write 5 } component a[2] { fails every 9d repair 1h loses data }\n" +
			"store p { fragments 1 of a }\nservice s { needs o.read, o.write, e else p }",
		"domain z[3] { fails every 90d repair 1h } component c in z[1] { fails every 9d repair 1h } component a in z { fails every 30d repair 1h }\n" +
			"network n { nodes z link z[1] - z[2] fails every 9d repair 1h link c - z[3] availability 99% link z[2] - z[3] never fails " +
			"partition z[2] from rest every 30d repair 5m partition z[1] from rest at 1/y delay 20ms loss 1% }\n" +
			"network m { nodes z[1], z[2] link z[1] - z[2] fails every 8d repair 1h timing synchronous 1s }\n" +
			"quorum q { a x 3 over n } system p = z[1] reaches z[3] over n system r = connected(z[2], z[3]) over n system s = series(q, all of n connected)\n" +
			"service t { needs q, z[1] calls p retry 2 over n calls c over n } shock every 1y hits z each 30% repair 1h",
	} {
		sys, list := dsl.Load("", []byte(text), dsl.Options{})
		if sys == nil {
			t.Fatal(list)
		}
		again, _ := written(t, sys)
		sameResults(t, again, sys)
	}
}

// TestWriteTime takes groups that depend on time there and back, apart from
// whether they can be evaluated.
func TestWriteTime(t *testing.T) {
	for _, text := range []string{
		"component pg { fails every 9d repair 1h }\nstandby db { pg x 3 }\nsystem s = db",
		"component pg[2] { fails every 9d repair 1h }\nstandby db { pg cold detect 10s switch fixed(20s) succeeds 98% else 30m }\nsystem s = db",
		"component pg[2] { fails every 9d repair 1h }\nstandby db { pg warm 30% switch 0s }\nsystem s = db",
		"component pg[2] { fails silent every 9d detect hb repair 1h } network wan { nodes pg delay lognormal(median 20ms, sigma 2) loss 2% }\n" +
			"network lan { nodes pg timing partial 3s } detector hb { heartbeat 1s timeout 2s over wan } detector two { heartbeat 1s timeout 2s over lan }\n" +
			"standby db { pg detect two switch 9s fenced }\nsystem s = db",
		"component pg[3] { fails every 9d repair 1h }\nquorum q { pg elect 4s }\nsystem s = q",
		"domain z { fails every 9d repair 1h } component a[3] { fails every 9d repair 1h }\ncrew ops x 2 { repairs a, z, s }\n" +
			"service s { runs a fails every 1d repair 1h needs z }",
	} {
		sys, list := dsl.Load("", []byte(text), dsl.Options{})
		if sys == nil {
			t.Fatal(list)
		}
		again, out := written(t, sys)
		a, b := timed(sys), timed(again)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s\ngot  %+v\nwant %+v", out, b, a)
		}
	}
}

// timed gathers what depends on time, without places in a file.
func timed(s *model.System) (list []any) {
	for _, n := range s.Nodes {
		if n.Kind == model.Standby || n.Kind == model.Quorum {
			list = append(list, n.Name, len(n.Children), n.K, n.Elect, n.Waiting)
		}
	}
	for _, d := range s.Detectors {
		d.Pos = model.Pos{}
		list = append(list, d)
	}
	for _, c := range s.Crews {
		parts := map[int]bool{}
		for _, p := range c.Parts {
			parts[p] = true
		}
		list = append(list, c.Name, c.Size, parts)
	}
	return list
}

func TestWriteRefuses(t *testing.T) {
	table := dsl.Options{Open: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("1h\n2h\n")), nil }}
	for text, want := range map[string]string{
		"component a { fails every 9d repair empirical(\"t.csv\") }\nsystem s = all of a x 2":            "x.nines:1:15: a time of s.a[1] is a table of values",
		"component d { fails every 9d repair 1h capacity 2 rps }\nservice s { runs d x 3 demand 3 rps }": "x.nines:2:13: the capacity of  cannot be written yet",
	} {
		sys, list := dsl.Load("x.nines", []byte(text), table)
		if sys == nil {
			t.Fatal(list)
		}
		var out bytes.Buffer
		if err := dsl.Write(&out, sys); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("%s\ngot %v and %d bytes, want %s", text, err, out.Len(), want)
		}
	}
}
