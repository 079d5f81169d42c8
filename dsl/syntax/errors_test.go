package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestErrors holds every error against what testdata/errors.nines says after
// "###" on its line.
func TestErrors(t *testing.T) {
	src, err := os.ReadFile("testdata/errors.nines")
	if err != nil {
		t.Fatal(err)
	}
	line, total := 1, 0
	for file := range strings.SplitSeq(string(src), "---\n") {
		_, errs := Parse("errors.nines", []byte(file))
		want := expectations(file)
		for _, e := range errs {
			got := describe(e)
			if !want[e.Pos.Line][got] {
				t.Errorf("line %d: unexpected error: %s", line+e.Pos.Line-1, got)
			}
			delete(want[e.Pos.Line], got)
		}
		for n, texts := range want {
			for text := range texts {
				t.Errorf("line %d: missing error: %s", line+n-1, text)
			}
		}
		total += len(errs)
		line += strings.Count(file, "\n") + 1
	}
	if total < 40 {
		t.Errorf("%d errors, want at least 40", total)
	}
}

// expectations returns the texts after "###" by line.
func expectations(file string) map[int]map[string]bool {
	want := map[int]map[string]bool{}
	for i, line := range strings.Split(file, "\n") {
		want[i+1] = map[string]bool{}
		for _, text := range strings.Split(line, "  ### ")[1:] {
			want[i+1][text] = true
		}
	}
	return want
}

// describe is how the table of errors writes e.
func describe(e Error) string {
	text := fmt.Sprintf("%d %s %s", e.Pos.Column, e.Code, e.Message)
	if e.Help != "" {
		text += " | " + e.Help
	}
	if e.Other != nil {
		text += fmt.Sprintf(" @ %d:%d", e.Other.Pos.Line, e.Other.Pos.Column)
	}
	return text
}

func TestErrorStyle(t *testing.T) {
	src, err := os.ReadFile("testdata/errors.nines")
	if err != nil {
		t.Fatal(err)
	}
	for file := range strings.SplitSeq(string(src), "---\n") {
		_, errs := Parse("errors.nines", []byte(file))
		for _, e := range errs {
			first := e.Message[0]
			if first >= 'A' && first <= 'Z' || strings.HasSuffix(e.Message, ".") || strings.Contains(e.Message, "\n") {
				t.Errorf("%v: want one lower-case sentence without a full stop", e)
			}
			if e.End.Offset < e.Pos.Offset || e.End.Line < e.Pos.Line {
				t.Errorf("%v: ends at %v", e, e.End)
			}
		}
	}
}

// TestRecovery checks that what stands around an error is read.
func TestRecovery(t *testing.T) {
	f, errs := Parse("f", []byte(`
component a { fails every 2y repair 4h  fails evry 3d  never fails }
componet b { never fails }
service c { needs a, needs b uses a }
param d = 3
service e { needs a
component f { never fails }
param g = = 3
system h = a`))
	if len(errs) != 5 {
		t.Errorf("%d errors, want 5: %v", len(errs), errs)
	}
	var got []string
	for _, s := range f.Statements {
		got = append(got, text(s))
	}
	want := []string{
		"component a\t{ fails\tevery 2y\trepair 4h fails never fails }",
		"service c\t{ needs b uses a }",
		"param d\t= 3",
		"service e\t{ needs a }",
		"component f\t{ never fails }",
		"system h\t= a",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTooManyErrors(t *testing.T) {
	_, errs := Parse("f", []byte(strings.Repeat("x\n param a = 1\n", 300)))
	if len(errs) != maxErrors+1 {
		t.Fatalf("%d errors, want %d", len(errs), maxErrors+1)
	}
	last := errs[maxErrors]
	if last.Code != codeTooMany || last.Message != "more than 200 errors, reading stops here" {
		t.Errorf("last error: %s %v", last.Code, last)
	}
}
