package dsl

import (
	"os"
	"slices"
	"strings"
	"testing"

	"nines/model"
)

// Whatever the text, Load ends, tells errors from none, and points into it.
func FuzzLoad(f *testing.F) {
	for _, file := range models(f) {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	for _, c := range badCases(f) {
		if len(c.src) < 1<<12 {
			f.Add(c.src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		sys, diagnostics := Load("fuzz.nines", []byte(src), Options{})
		refused := slices.ContainsFunc(diagnostics, func(d model.Diagnostic) bool { return d.Severity == model.Error })
		if refused != (sys == nil) {
			t.Errorf("refused %v, system %v", refused, sys != nil)
		}
		lines := strings.Count(src, "\n") + 1
		for _, d := range diagnostics {
			if d.Pos.Line < 1 || d.Pos.Line > lines || d.Pos.Column < 1 || d.Pos.EndLine < d.Pos.Line {
				t.Errorf("%+v", d)
			}
			if Explain(d.Code) == nil {
				t.Errorf("unexplained %s", d.Code)
			}
		}
		if sys != nil {
			whole(t, sys)
		}
	})
}

// whole checks that the indices of a system lead somewhere.
func whole(t *testing.T, sys *model.System) {
	t.Helper()
	for i := range sys.Nodes {
		n := &sys.Nodes[i]
		for _, child := range slices.Concat(n.Children, n.Uses) {
			if child < 0 || child >= len(sys.Nodes) {
				t.Fatalf("node %d: child %d of %d", i, child, len(sys.Nodes))
			}
		}
		if n.Kind == model.Leaf && (n.Part < 0 || n.Part >= len(sys.Parts)) {
			t.Fatalf("node %d: part %d of %d", i, n.Part, len(sys.Parts))
		}
		if n.K > len(n.Children) {
			t.Errorf("node %d: %d of %d", i, n.K, len(n.Children))
		}
	}
	for i := range sys.Parts {
		p := &sys.Parts[i]
		if p.Place >= len(sys.Parts) || p.Place != model.None && sys.Parts[p.Place].Kind != model.Domain || len(p.Automaton.States) == 0 {
			t.Errorf("part %+v", p)
		}
	}
}
