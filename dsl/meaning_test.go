package dsl

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"nines/model"
)

// TestMeaning holds loaded structures against the outcomes that the language
// reference gives for single states. A state lists parts that are not up, as
// "db lost, zone[1] down", and live bad deploys as "2 deploys"; the outcome is
// the shares of ok and wrong of the first target, and "full" or "degraded".
func TestMeaning(t *testing.T) {
	const abc = "component a { never fails } component b { never fails } component c { never fails }\n"
	const pods = "component pod { fails every 1d repair 1h }\n"
	for _, c := range []struct {
		model  string
		states map[string]string
	}{
		{abc + "system s = series(a, b)", map[string]string{
			"": "1 0 full", "a down": "0 0 degraded", "a wrong": "0 1 degraded", "a stale": "1 0 full", "a lost, b wrong": "0 0 degraded",
		}},
		{abc + "system s = 2 of (a, b, c)", map[string]string{
			"a down": "1 0 full", "a lost, b down": "0 0 degraded", "a wrong": "0 1 full", "a wrong, b down": "0 1 degraded",
		}},
		{abc + "system s = parallel(a, b)", map[string]string{"a down": "1 0 full", "a wrong, b down": "0 1 degraded", "a down, b down": "0 0 degraded"}},
		{abc + "system s = a else b covers 80%", map[string]string{
			"": "1 0 full", "a down": "0.8 0 degraded", "a wrong": "0 1 degraded", "a lost, b wrong": "0 0.8 degraded", "a down, b down": "0 0 degraded",
		}},
		{abc + "system s = a else (b else c covers 50%)", map[string]string{"a down": "1 0 degraded", "a down, b down": "0.5 0 degraded"}},
		{abc + "system s = mix(70% a, 30% b)", map[string]string{"": "1 0 full", "a down": "0.3 0 degraded", "b wrong": "0.7 0.3 degraded"}},
		{abc + "system s = not(a)", map[string]string{"": "0 0 degraded", "a down": "1 0 full", "a wrong": "0 1 degraded"}},
		{pods + "pool p { 2 of pod x 3 } system s = p", map[string]string{
			"": "1 0 full", "p.pod[1] down": "1 0 full", "p.pod[1] lost": "0.6666666666666666 0 full",
			"p.pod[1] lost, p.pod[2] down": "0 0 degraded", "p.pod[1] wrong": "0.6666666666666666 0.3333333333333333 full",
		}},
		{pods + "pool p { pod x 3 retry 1 } system s = p", map[string]string{
			"p.pod[1] lost": "1 0 full", "p.pod[1] lost, p.pod[2] lost": "0.6666666666666667 0 full",
			"p.pod[1] lost, p.pod[2] lost, p.pod[3] lost": "0 0 degraded",
		}},
		{pods + "quorum q { pod x 3 } system s = q", map[string]string{
			"q.pod[1] stale": "1 0 full", "q.pod[1] stale, q.pod[2] stale": "0 0 degraded", "q.pod[1] wrong": "0 1 degraded",
		}},
		{pods + "vote v { pod x 3 } system s = v", map[string]string{
			"v.pod[1] wrong": "1 0 full", "v.pod[1] wrong, v.pod[2] wrong": "0 1 degraded", "v.pod[1] wrong, v.pod[2] down": "0 0 degraded",
		}},
		{pods + "bft f { pod x 4 } system s = f", map[string]string{
			"f.pod[1] wrong": "1 0 full", "f.pod[1] wrong, f.pod[2] wrong": "0 1 degraded", "f.pod[1] down, f.pod[2] wrong": "0 0 degraded",
		}},
		{"domain region { fails every 1y repair 1h } domain zone[3] in region { fails every 1y repair 1h }\n" + pods +
			"service s { runs 2 of pod x 3 in zone }", map[string]string{
			"zone[1] down": "1 0 full", "zone[1] lost": "0.6666666666666666 0 full", "zone[1] down, s.pod[2] down": "0 0 degraded",
			"region down": "0 0 degraded", "zone[1] down, s.pod[1] lost": "1 0 full",
		}},
		{abc + "service s { needs a uses b deploys 1/d bad 10% detect 1h rollback 1h hits 40% }", map[string]string{
			"": "1 0 full", "b down": "1 0 degraded", "a down": "0 0 degraded", "a wrong": "0 1 degraded",
			"1 deploys": "0.6 0 degraded", "2 deploys": "0.36 0 degraded",
		}},
		{abc + "service s { needs a else b covers 80% up at 90% }", map[string]string{"a down": "0.8 0 degraded"}},
		{"service s { fails every 1d repair 1h needs b } service b { fails every 1d repair 1h needs c } service c { fails every 1d repair 1h needs s }",
			map[string]string{"": "1 0 full", "c down": "0 0 degraded", "b wrong": "0 1 degraded"}},
		{abc + "service s { needs t else a } service t { needs s fails every 1d repair 1h }", map[string]string{
			"": "1 0 full", "t down": "1 0 degraded", "t down, a down": "0 0 degraded",
		}},
	} {
		sys := load(t, c.model, Options{})
		for state, want := range c.states {
			if got := outcome(t, sys, state); !same(got, want) {
				t.Errorf("%s\nin state %q: got %q, want %q", c.model, state, got, want)
			}
		}
	}
}

// outcome evaluates the first target of a system in a state.
func outcome(t *testing.T, sys *model.System, state string) string {
	t.Helper()
	s := model.Snapshot{Conditions: make([]model.Condition, len(sys.Parts)), Live: make([]int, len(sys.Deploys))}
	for _, entry := range strings.Split(state, ", ") {
		words := strings.Fields(entry)
		switch {
		case len(words) == 0:
		case words[1] == "deploys":
			s.Live[0] = int(words[0][0] - '0')
		default:
			s.Conditions[partOf(t, sys, words[0])] = condition(t, words[1])
		}
	}
	e := model.NewStructure(sys).Evaluate(s)
	target := sys.Targets[0]
	shares, err := e.Shares(target.Node)
	if err != nil {
		t.Fatal(err)
	}
	up, _ := e.Up(target)
	if up != model.Counts(shares.OK, sys.UpAt(target)) {
		t.Errorf("up %v with %v", up, shares)
	}
	word := "degraded"
	if full, err := e.Full(target.Node); err == nil && full {
		word = "full"
	}
	return text(shares.OK) + " " + text(shares.Wrong) + " " + word
}

func condition(t *testing.T, word string) model.Condition {
	t.Helper()
	for c := model.Up; c <= model.Down; c++ {
		if c.String() == word {
			return c
		}
	}
	t.Fatalf("no condition %q", word)
	return 0
}

func text(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// same compares outcomes with a tolerance for the rounding of shares.
func same(got, want string) bool {
	g, w := strings.Fields(got), strings.Fields(want)
	return close(g[0], w[0]) && close(g[1], w[1]) && g[2] == w[2]
}

func close(x, y string) bool {
	a, _ := Probability(x)
	b, _ := Probability(y)
	return math.Abs(a.P-b.P) <= 1e-15
}
