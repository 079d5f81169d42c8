package openpsa

import (
	"fmt"
	"strings"
	"testing"
)

// ccf declares a group over the named events with total probability q.
func ccf(kind, members, q string, levels ...string) string {
	var text strings.Builder
	fmt.Fprintf(&text, `<define-CCF-group name="G" model="%s"><members>`, kind)
	for _, m := range strings.Fields(members) {
		fmt.Fprintf(&text, `<basic-event name="%s"/>`, m)
	}
	fmt.Fprintf(&text, `</members><distribution><float value="%s"/></distribution><factors>`, q)
	for _, level := range levels {
		number, value, _ := strings.Cut(level, ":")
		fmt.Fprintf(&text, `<factor level="%s"><float value="%s"/></factor>`, number, value)
	}
	return text.String() + `</factors></define-CCF-group>`
}

// TestCommonCause compares with SCRAM 0.16.2 (`--ccf 1`, six digits are
// printed) and with the exact value of a pair.
func TestCommonCause(t *testing.T) {
	one, all := a, "<and>"+a+b+c+"</and>"
	two := ccf("beta-factor", "a b", "0.01", "2:0.1")
	mgl := ccf("MGL", "a b c", "0.1", "2:0.1", "3:0.2")
	short := ccf("MGL", "a b c", "0.1", "2:0.2")
	alpha := ccf("alpha-factor", "a b c", "0.1", "1:0.7", "2:0.2", "3:0.1")
	phi := ccf("phi-factor", "a b c", "0.1", "1:0.7", "2:0.2", "3:0.1")
	beta := ccf("beta-factor", "a b c", "0.1", "3:0.1")
	tests := []struct {
		formula, group string
		want, relative float64
	}{
		{"<and>" + a + b + "</and>", two, .001080919, 1e-14},
		{one, mgl, .0990709, 1e-6}, {all, mgl, .00383586, 1e-6},
		{one, alpha, .0967286, 1e-6}, {all, alpha, .0241766, 3e-6},
		{one, phi, .11576, 3e-6}, {all, phi, .0154851, 4e-6},
		{one, beta, .0991, 1e-6}, {all, beta, .0107217, 4e-6},
		{all, short, .00314703, 2e-6},
	}
	for _, test := range tests {
		s := system(t, tree(top(test.formula), test.group))
		near(t, test.group+test.formula, chance(t, s, 0), test.want, test.relative)
	}
}

// TestGreek uses the formulas that the format gives for four members.
func TestGreek(t *testing.T) {
	s := system(t, tree(top("<or>"+a+d+"</or>"), ccf("MGL", "a b c d", "0.5", "2:0.1", "3:0.2", "4:0.3")))
	want := map[int]float64{1: .9 * .5, 2: .1 * .8 * .5 / 3, 3: .1 * .2 * .7 * .5 / 3, 4: .1 * .2 * .3 * .5}
	var names []string
	for _, p := range s.Parts {
		names = append(names, p.Name)
		k := strings.Count(p.Name, "-")
		if p.Name == "G-all" {
			k = 4
		}
		near(t, p.Name, p.Static.Q, want[k], 1e-15)
		near(t, "absence of "+p.Name, p.Static.P, 1-want[k], 1e-15)
	}
	// The sets of b and c alone matter to no gate.
	const sets = "G-a G-d G-a-b G-a-c G-a-d G-b-d G-c-d G-a-b-c G-a-b-d G-a-c-d G-b-c-d G-all"
	if got := strings.Join(names, " "); got != sets {
		t.Errorf("events are %s, want %s", got, sets)
	}
}

// TestCombinations refuses groups that would be too large.
func TestCombinations(t *testing.T) {
	var members, levels []string
	for i := range 40 {
		members = append(members, fmt.Sprint("e", i))
		levels = append(levels, fmt.Sprintf("%d:0.025", i+1))
	}
	gate := top(`<basic-event name="e0"/>`)
	_, list := Decode(Options{}, File{"", []byte(tree(gate, ccf("alpha-factor", strings.Join(members, " "), "0.1", levels...)))})
	if len(list) != 1 || list[0].Code != "E110" {
		t.Errorf("%v", list)
	}
	s := system(t, tree(gate, ccf("beta-factor", strings.Join(members, " "), "0.1", "40:0.5")))
	if len(s.Parts) != 2 {
		t.Errorf("%d parts, want e0 alone and all", len(s.Parts))
	}
}
