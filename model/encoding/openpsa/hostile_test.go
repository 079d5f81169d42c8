package openpsa

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"nines/model"
)

func TestMalformed(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", `1:1 E101 this is no well-formed XML: there is no element, want <opsa-mef>`},
		{"\n\n  ", `3:3 E101 this is no well-formed XML: there is no element, want <opsa-mef>`},
		{"not XML", `1:1 E101 there is text outside of <opsa-mef>: "not XML"`},
		{"<html/>", `1:1 E102 the root element is <html>, want <opsa-mef>`},
		{"<opsa-mef>\n <define-fault-tree name='F'", `2:29 E101 this is no well-formed XML: unexpected EOF`},
		{"<opsa-mef>\n </opsa>", `2:9 E101 this is no well-formed XML: element <opsa-mef> closed by </opsa>`},
		{"<opsa-mef>\n\xff</opsa-mef>", `2:2 E101 this is no well-formed XML: invalid UTF-8`},
		{"<opsa-mef>é\x00</opsa-mef>", `1:13 E101 this is no well-formed XML: illegal character code U+0000`},
		{"<opsa-mef/><opsa-mef/>", `1:12 E101 there is a second root element <opsa-mef>`},
		{"<opsa-mef/> and more", `1:13 E101 there is text outside of <opsa-mef>: "and more"`},
		{"<opsa-mef name='a' name='b'/>", `1:1 E101 attribute name is given twice`},
		{"<opsa-mef" + strings.Repeat(" a='b'", 99) + "/>", `1:1 E101 the element has 99 attributes, want at most 16`},
		{"<opsa-mef>&lol;</opsa-mef>", `1:16 E101 this is no well-formed XML: invalid character entity &lol;`},
		{"<!DOCTYPE opsa-mef [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<opsa-mef>&a;</opsa-mef>", `1:1 E101 declarations in a DOCTYPE are refused`},
		{"<?xml version='1.0' encoding='ISO-8859-1'?><opsa-mef/>", `1:44 E101 this is no well-formed XML: opening charset "ISO-8859-1": want UTF-8`},
		{"<opsa-mef>" + strings.Repeat("<a>", 2000), `1:3008 E101 elements are nested more than 1000 deep`},
		{"<opsa-mef>" + strings.Repeat("<a/>", maxElements), `1:4000007 E101 there are more than 1000000 elements`},
		{tree(strings.Repeat("<define-component name='c'>", 101) + strings.Repeat("</define-component>", 101)), `1:2713 E101 containers are nested more than 100 deep`},
		{strings.Repeat(" ", maxBytes+1), ` E101 the files are larger than 64 MiB`},
		{tree(top(`<gate name="` + strings.Repeat("x", 1001) + `"/>`)), `1:64 E103 the name has 1001 characters, want at most 1000`},
		{tree(top(`<gate name="` + strings.Repeat("x", 999) + `"/>`)), `1:64 E104 gate "` + strings.Repeat("x", 60) + `..." is not defined`},
	}
	for _, test := range tests {
		s, list := Decode(Options{}, File{"", []byte(test.text)})
		if s != nil || len(list) == 0 {
			t.Errorf("%.80q is read", test.text)
			continue
		}
		if got := fmt.Sprintf("%s %s %s", strings.TrimPrefix(list[0].Pos.String(), ":"), list[0].Code, list[0].Summary); got != test.want {
			t.Errorf("%.80q:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestHarmless reads what only looks unusual.
func TestHarmless(t *testing.T) {
	body := tree(top("<or>"+a+"</or>"), event("a", "0.5"))
	for _, text := range []string{
		"\ufeff" + body,
		"<?xml version='1.0' encoding='us-ascii'?><!DOCTYPE opsa-mef><!-- --> " + body,
		"<!DOCTYPE opsa-mef SYSTEM 'mef.dtd'>" + body,
		strings.Replace(body, "<or>", "<or><!-- first -->\r\n", 1),
		strings.Replace(body, "<or>", "<label>&lt;a&#x41; </label><attributes><attribute name='x' value='y'/></attributes><or>", 1),
	} {
		if s := system(t, text); len(s.Parts) != 1 || len(s.Targets) != 1 {
			t.Errorf("%s: %+v", text, s)
		}
	}
}

// TestTruncated cuts a model at every byte.
func TestTruncated(t *testing.T) {
	body := tree(top("<atleast min=\"2\"><not>"+a+"</not>"+b+c+"</atleast>"), ccf("MGL", "a b c", "0.1", "2:0.5"))
	system(t, body)
	for i := range len(body) {
		if s, list := Decode(Options{}, File{"", []byte(body[:i])}); s != nil || list[0].Pos.Line != 1 {
			t.Fatalf("%s: %v", body[:i], list)
		}
	}
}

// TestDeep reads long chains of gates and deep formulas without trouble.
func TestDeep(t *testing.T) {
	var chain strings.Builder
	const gates = 30_000
	for i := range gates {
		fmt.Fprintf(&chain, `<define-gate name="g%d"><or>%s<gate name="g%d"/></or></define-gate>`, i, a, i+1)
	}
	fmt.Fprintf(&chain, `<define-gate name="g%d">%s</define-gate>`, gates, b)
	events := event("a", "0.5") + event("b", "0.5")
	start := time.Now()
	s := system(t, tree(chain.String(), events))
	if len(s.Nodes) != gates+3 || len(s.Targets) != 1 || s.Targets[0].Name != "g0" {
		t.Errorf("%d nodes, targets %v", len(s.Nodes), s.Targets)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d gates took %v", gates, took)
	}
	s = system(t, tree(top(strings.Repeat("<not>", 990)+a+strings.Repeat("</not>", 990)), events))
	near(t, "990 times not", chance(t, s, 0), .5, 0)
}

// TestMany bounds what is reported.
func TestMany(t *testing.T) {
	_, list := Decode(Options{}, File{"", []byte("<opsa-mef>" + strings.Repeat("<define-rule/><x/>", 1000) + "</opsa-mef>")})
	count := map[model.Severity]int{}
	for _, d := range list {
		count[d.Severity]++
	}
	if count[model.Error] != maxProblems || count[model.Warning] != maxProblems {
		t.Errorf("%v", count)
	}
}

// TestQuick gives up on models that are made to take long: many names that do
// not exist, cycles everywhere, names looked up from deep inside.
func TestQuick(t *testing.T) {
	const n = 10_000
	var strangers, cycles, deep strings.Builder
	for i := range n {
		fmt.Fprintf(&strangers, `<define-gate name="a-gate-with-a-long-name-%d"><or><gate name="b-gate-with-a-long-name-%d"/></or></define-gate>`, i, i)
		fmt.Fprintf(&cycles, `<define-gate name="g%d"><or><gate name="g%d"/><gate name="g0"/></or></define-gate>`, i, (i+1)%n)
	}
	deep.WriteString(strings.Repeat(`<define-component name="c">`, maxContainers-1) + `<define-gate name="top"><or>`)
	deep.WriteString(strings.Repeat(`<event name="c.c.c.c.c.c.c.c.a"/>`, n) + `</or></define-gate>` + strings.Repeat(`</define-component>`, maxContainers-1))
	for _, text := range []string{strangers.String(), cycles.String(), deep.String()} {
		start := time.Now()
		if s, _ := Decode(Options{}, File{"", []byte(tree(text))}); s != nil {
			t.Errorf("%.80s: is read", text)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.80s: took %v", text, took)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(tree(top("<xor>"+a+b+"<not>"+c+"</not></xor>"), event("a", "0.1"), ccf("alpha-factor", "b c", "0.1", "1:1")))
	f.Add(tree(top(`<cardinality min="1" max="2">`+a+`<house-event name="h"/><constant value="true"/></cardinality>`),
		`<define-house-event name="h"/><define-basic-event name="a"><GLM><int value="0"/><float value="1"/><pi/><system-mission-time/></GLM></define-basic-event>`))
	f.Add(`<opsa-mef><define-fault-tree name="F"><define-component name="C" role="private"><define-gate name="g"><event name="F.C.g"/></define-gate></define-component></define-fault-tree></opsa-mef>`)
	f.Fuzz(func(t *testing.T, text string) {
		s, list := Decode(Options{}, File{"fuzz", []byte(text)})
		failed := false
		for _, d := range list {
			failed = failed || d.Severity == model.Error
			if d.Summary == "" || d.Code == "" {
				t.Errorf("%+v", d)
			}
		}
		if failed != (s == nil) {
			t.Fatalf("%v", list)
		}
		if s == nil {
			return
		}
		var again bytes.Buffer
		if err := Encode(&again, s, nil); err != nil {
			t.Fatal(err)
		}
		twice, list := Decode(Options{}, File{"again", again.Bytes()})
		if twice == nil || len(twice.Targets) != len(s.Targets) {
			t.Fatalf("%s\n%v", again.Bytes(), list)
		}
		for i := range s.Targets {
			if got, want := likely(t, twice, i), likely(t, s, i); got != want {
				t.Errorf("%s\n%v, want %v", again.Bytes(), got, want)
			}
		}
	})
}

// likely is what a target answers while each part is as it mostly is.
func likely(t *testing.T, s *model.System, target int) model.Outcome {
	t.Helper()
	conditions := make([]model.Condition, len(s.Parts))
	for i := range s.Parts {
		if odds(&s.Parts[i]).Q > .5 {
			conditions[i] = model.Down
		}
	}
	shares, err := model.NewStructure(s).Evaluate(model.Snapshot{Conditions: conditions}).Shares(s.Targets[target].Node)
	outcome, certain := shares.Outcome()
	if err != nil || !certain {
		t.Errorf("%v %v", shares, err)
	}
	return outcome
}
