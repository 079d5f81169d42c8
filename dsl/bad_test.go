package dsl

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nines/model"
)

// The files of testdata/bad hold models that must be refused or warned of, cut
// by lines of `---`. Behind `###` stands what is expected on the line: the
// column, the code and a part of the message, and behind a `|` a part of the
// help; several one after the other. A line
//
//	#! set NAME=VALUE     or     #! scenario TITLE     or     #! file NAME DURATION,...
//
// gives options; what is nowhere in the file is expected there, in column 0.
var expectation = regexp.MustCompile(`###\s*(\d+) ([EW]\d{3}) ([^#|]*)(?:\|([^#]*))?`)

type expected struct {
	line, column        int
	code, message, help string
}

// badCase is one model of a file.
type badCase struct {
	name string
	src  string
	want []expected
	opts Options
}

func badCases(t testing.TB) []badCase {
	files, err := filepath.Glob("../testdata/bad/*.nines")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var cases []badCase
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line := 1
		for _, text := range strings.Split(string(src), "---\n") {
			cases = append(cases, readBad(fmt.Sprintf("%s:%d", filepath.Base(file), line), text))
			line += strings.Count(text, "\n") + 1
		}
	}
	return append(cases, longCases()...)
}

// longCases are beyond what a file of cases should hold.
func longCases() []badCase {
	deep := strings.Repeat("series(", 201) + "a" + strings.Repeat(")", 201)
	return []badCase{
		{name: "long name", src: "param " + strings.Repeat("a", 300) + " = 1", want: []expected{{1, 7, "E004", "300 bytes", ""}}},
		{name: "deep", src: "component a { never fails }\nsystem s = " + deep, want: []expected{{2, 12 + 200*7 + 6, "E005", "200", ""}}},
		{name: "many", src: strings.Repeat(";\n", 300), want: manyErrors()},
	}
}

// manyErrors are those of three hundred lines of nonsense.
func manyErrors() []expected {
	var list []expected
	for i := range 200 {
		list = append(list, expected{i + 1, 1, "E001", ";", ""})
	}
	return append(list, expected{201, 1, "E016", "more than 200", ""})
}

// readBad takes the expectations out of a model.
func readBad(name, text string) badCase {
	c := badCase{name: name}
	var src []string
	for i, line := range strings.Split(text, "\n") {
		at := i + 1
		if option, ok := strings.CutPrefix(line, "#! "); ok {
			c.option(option)
			at = 0
		}
		for _, m := range expectation.FindAllStringSubmatch(line, -1) {
			column, _ := strconv.Atoi(m[1])
			c.want = append(c.want, expected{at, column, m[2], strings.TrimSpace(m[3]), strings.TrimSpace(m[4])})
		}
		code, _, _ := strings.Cut(line, "###")
		src = append(src, code)
	}
	c.src = strings.Join(src, "\n")
	return c
}

func (c *badCase) option(text string) {
	text, _, _ = strings.Cut(text, "###")
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	name, value, _ := strings.Cut(rest, "=")
	switch word {
	case "set":
		c.opts.Set = map[string]string{name: value}
	case "scenario":
		c.opts.Scenario = rest
	case "file":
		name, lines, _ := strings.Cut(rest, " ")
		c.opts.Open = func(wanted string) (io.ReadCloser, error) {
			if wanted != name {
				return nil, errors.New("no such file")
			}
			return io.NopCloser(strings.NewReader(strings.ReplaceAll(lines, ",", "\n"))), nil
		}
	default:
		panic("unknown option " + word)
	}
}

func (e expected) matches(d model.Diagnostic) bool {
	return d.Pos.Line == e.line && d.Pos.Column == e.column && d.Code == e.code &&
		strings.Contains(d.Summary, e.message) && strings.Contains(d.Help, e.help)
}

func TestBad(t *testing.T) {
	cases := badCases(t)
	if len(cases) < 60 {
		t.Errorf("%d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sys, got := Load("bad.nines", []byte(c.src), c.opts)
			if refused := slices.ContainsFunc(got, func(d model.Diagnostic) bool { return d.Severity == model.Error }); refused != (sys == nil) {
				t.Errorf("refused %v, system %v", refused, sys != nil)
			}
			for _, d := range got {
				if (d.Second.Line > 0) != (d.Label != "") {
					t.Errorf("%s: second place %v, %q", d.Code, d.Second, d.Label)
				}
			}
			for _, e := range c.want {
				i := slices.IndexFunc(got, e.matches)
				if i < 0 {
					t.Errorf("missing %d:%d %s %s | %s", e.line, e.column, e.code, e.message, e.help)
					continue
				}
				got = slices.Delete(got, i, i+1)
			}
			for _, d := range got {
				t.Errorf("surplus %d:%d %s %s | %s", d.Pos.Line, d.Pos.Column, d.Code, d.Summary, d.Help)
			}
		})
	}
}

// Every code that is explained is exercised by a case, but for notes,
// which the engines give, and those of fault trees.
func TestCodes(t *testing.T) {
	foreign := regexp.MustCompile(`^(E1|W15)`)
	tried := map[string]bool{}
	for _, c := range badCases(t) {
		for _, e := range c.want {
			tried[e.code] = true
		}
	}
	var ids []string
	for _, c := range Codes() {
		ids = append(ids, c.ID)
		if c.Title == "" || c.Text == "" || Explain(c.ID) == nil {
			t.Errorf("%s has no title or text", c.ID)
		}
		if !tried[c.ID] && c.ID[0] != 'N' && !foreign.MatchString(c.ID) {
			t.Errorf("no case in testdata/bad gives %s", c.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("the codes are not in order: %v", ids)
	}
}
