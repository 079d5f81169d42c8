package syntax

import (
	"slices"
	"testing"
)

// TestPrintTree prints a tree that was not read from a source.
func TestPrintTree(t *testing.T) {
	ref := func(name string) *Ref { return &Ref{Path: []Segment{{Text: name}}} }
	number := func(text string) *Number { return &Number{Text: text} }
	fails := func() []Clause { return []Clause{&Fails{Every: number("2y"), Repair: number("4h")}} }
	f := &File{Statements: []Statement{
		&Model{Title: &String{Text: `"Tree"`}},
		&Param{Name: &Name{Text: "p"}, Value: &Binary{
			Op: "*", X: &Binary{Op: "+", X: number("1"), Y: number("2")}, Y: &Negative{X: &Per{X: number("3"), Unit: &Name{Text: "y"}}},
		}},
		&Component{Kind: "component", Name: &Name{Text: "a"}, Clauses: fails()},
		&Component{Kind: "component", Name: &Name{Text: "long"}, Clauses: fails()},
		&Standby{Name: &Name{Text: "s"}, Members: &Members{Part: ref("a"), Size: number("2")}, Waiting: &Waiting{Mode: "cold"}, Fenced: &Fenced{Word: "fenced"}},
		&System{Name: &Name{Text: "t"}, Value: &Else{X: &Else{X: ref("a"), Y: ref("long"), Covers: number("80%")}, Y: ref("s")}},
		&Require{Survives: &Survives{Any: true, Kind: "component", Except: []*Ref{ref("a"), ref("long")}}},
	}}
	want := `model "Tree"

param p = (1 + 2) * -(3/y)

component a    { fails every 2y repair 4h }
component long { fails every 2y repair 4h }

standby s { a x 2 cold fenced }

system t = (a else long covers 80%) else s

require survives any component except a, long
`
	if got := string(printed(t, f)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	checkRoundTrip(t, []byte(want))
}

func TestPositions(t *testing.T) {
	f, errs := Parse("f", []byte("# é\nsystem größe = \"Ü\"\nsystem s = series(ä, b[2].c) # x"))
	if len(errs) != 1 {
		t.Fatalf("errors: %v", errs)
	}
	if e := errs[0]; e.Pos.Line != 2 || e.Pos.Column != 16 || e.Pos.Offset != 22 || e.End.Column != 19 {
		t.Errorf("error at %+v to %+v", e.Pos, e.End)
	}
	items := f.Statements[0].(*System).Value.(*Series).Items
	if at := items[1].Extent(); at.Pos.Line != 3 || at.Pos.Column != 22 || at.EndPos.Column != 28 {
		t.Errorf("b[2].c at %+v", at)
	}
	if c := f.Comments[1]; c.Pos.Column != 30 || c.Text != "# x" {
		t.Errorf("comment %+v", c)
	}
}

func TestTerms(t *testing.T) {
	for text, want := range map[string][]Term{
		"4":         {{"4", ""}},
		"1h30m":     {{"1", "h"}, {"30", "m"}},
		"99.95%":    {{"99.95", "%"}},
		"1e-6":      {{"1e-6", ""}},
		"2.5E+3mo":  {{"2.5E+3", "mo"}},
		"3.5 nines": {{"3.5", "nines"}},
		"500 FIT":   {{"500", "FIT"}},
	} {
		if got := (&Number{Text: text}).Terms(); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestStringValue(t *testing.T) {
	f, _ := Parse("f", []byte(`model "a \"b\" \\ c"`))
	if got, want := f.Statements[0].(*Model).Title.Value(), `a "b" \ c`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWords holds the lists of words against the rules.
func TestWords(t *testing.T) {
	for word := range statements {
		if !isStatement(word) {
			t.Errorf("%s starts a statement", word)
		}
	}
	for _, rules := range []map[string]rule[Clause]{componentClauses, serviceClauses, networkClauses, behaviours} {
		for word := range rules {
			if !isClauseStart(word) || !isClauseWord(word) {
				t.Errorf("%s starts a clause", word)
			}
		}
	}
	for _, n := range []Node{
		&Pool{}, &Quorum{}, &Standby{}, &CommonCause{}, &Shock{}, &Detector{}, &Store{}, &Cache{}, &Fails{}, &Runs{}, &Deploys{},
		&Need{}, &Calls{}, &Partition{}, &Measure{},
	} {
		for _, word := range options(n) {
			if !isClauseWord(word) && !isOperator(word) && !isStatement(word) && !slices.Contains([]string{"stop", "silent", "restart", "byzantine", "fragments", "cause", "rest"}, word) {
				t.Errorf("%s is a keyword of %T", word, n)
			}
		}
	}
}

func TestInspect(t *testing.T) {
	f, _ := Parse("f", []byte("system s = series(a, 2 of b[i] x 3 in c) component d { fails every e repair 4h }"))
	var names []string
	for _, s := range f.Statements {
		Inspect(s, func(n Node) bool {
			switch n := n.(type) {
			case *Name:
				names = append(names, n.Text)
			case *Segment:
				names = append(names, n.Text)
			case *Number:
				return false
			}
			return true
		})
	}
	if want := []string{"s", "a", "i", "b", "c", "d", "e"}; !slices.Equal(sorted(names), sorted(want)) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }
