package openpsa

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"nines/model"
)

var shorthand = regexp.MustCompile(`F\(([^)]*)\)`)

func TestExpressions(t *testing.T) {
	text, err := os.ReadFile("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, "  ", 3)
		xml := strings.ReplaceAll(shorthand.ReplaceAllString(fields[2], `<float value="$1"/>`), ">T<", "><system-mission-time/><")
		s := system(t, tree(top(a), `<define-basic-event name="a">`+xml+`</define-basic-event>`,
			`<define-parameter name="half"><mean><float value="0.25"/><parameter name="most"/></mean></define-parameter>`,
			`<define-parameter name="most"><float value="0.75"/></define-parameter>`))
		q, _ := strconv.ParseFloat(fields[0], 64)
		p := 1 - q
		if fields[1] != "-" {
			p, _ = strconv.ParseFloat(fields[1], 64)
		}
		near(t, fields[2], s.Parts[0].Static.Q, q, 4e-14)
		near(t, "absence of "+fields[2], s.Parts[0].Static.P, p, 4e-14)
	}
}

// TestErrors holds what is reported against what the table announces.
func TestErrors(t *testing.T) {
	text, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	announced := regexp.MustCompile(`### (.*) -->`)
	line := 1
	for _, document := range strings.Split(string(text), "---\n") {
		document = strings.Repeat("\n", line-1) + document
		want := map[int]string{}
		for i, l := range strings.Split(document, "\n") {
			if m := announced.FindStringSubmatch(l); m != nil {
				want[i+1] = m[1]
			}
		}
		line = strings.Count(document, "\n") + 2
		if i := strings.Index(document, "<opsa-mef>"); i >= 0 {
			document = strings.Repeat("\n", strings.Count(document[:i], "\n")) + document[i:]
		}
		sys, list := Decode(Options{}, File{"errors.txt", []byte(document)})
		failed, met := false, map[int]bool{}
		for _, d := range list {
			got := fmt.Sprintf("%v %s %s [%s]", d.Severity, d.Code, d.Summary, d.Help)
			w, ok := want[d.Pos.Line]
			if ok {
				ok, _ = regexp.MatchString(w, got)
			}
			if !ok {
				t.Errorf("%v: got %s\nwant %s", d.Pos, got, w)
			}
			failed = failed || d.Severity == model.Error
			met[d.Pos.Line] = true
		}
		for at, w := range want {
			if !met[at] {
				t.Errorf("errors.txt:%d: nothing is reported, want %s", at, w)
			}
		}
		if failed != (sys == nil) {
			t.Errorf("errors.txt:%d: errors %v, system %v", line, failed, sys != nil)
		}
	}
}
