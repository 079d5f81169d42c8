package report

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// at marks the first occurrence of part in line number line of src.
func at(src, part string, line int) model.Pos {
	text := strings.Split(src, "\n")[line-1]
	before, _, found := strings.Cut(text, part)
	if !found {
		panic(part + " is not in the line")
	}
	column := len([]rune(before)) + 1
	return model.Pos{File: "shop.nines", Line: line, Column: column, EndLine: line, EndColumn: column + len([]rune(part))}
}

func TestDiagnostics(t *testing.T) {
	plain := "service shop {\n  runs 7 of pod x 6\n}\n"
	tabs := "\tservice\t界界 { needs\tdb }\n"
	long := "system s = series(" + strings.Repeat("aaaaaaaa, ", 30) + "oops, " + strings.Repeat("bbbbbbbb, ", 30) + "c)\n"
	tests := []struct {
		name, src string
		d         model.Diagnostic
		want      string
	}{
		{"one place", plain, model.Diagnostic{Code: "E021", Summary: "7 of 6 can never hold", Pos: at(plain, "7", 2), Help: "write 4 of pod x 6"}, `
error[E021]: 7 of 6 can never hold
  ┌─ shop.nines:2:8
2 │   runs 7 of pod x 6
  │        ^
  = help: write 4 of pod x 6
`},
		{"two places", plain, model.Diagnostic{Severity: model.Warning, Code: "W103", Summary: "twice", Pos: at(plain, "pod", 2), Second: at(plain, "service", 1), Label: "declared here"}, `
warning[W103]: twice
  ┌─ shop.nines:2:13
1 │ service shop {
  │ ------- declared here
2 │   runs 7 of pod x 6
  │             ^^^
`},
		{"two places in a line", plain, model.Diagnostic{Code: "E002", Summary: "twice", Pos: at(plain, "pod", 2), Second: at(plain, "7", 2), Label: "here"}, `
error[E002]: twice
  ┌─ shop.nines:2:13
2 │   runs 7 of pod x 6
  │             ^^^
  │        - here
`},
		{"tabs and wide characters", tabs, model.Diagnostic{Code: "E001", Summary: "what is db", Pos: at(tabs, "db", 1)}, `
error[E001]: what is db
  ┌─ shop.nines:1:21
1 │     service 界界 { needs    db }
  │                             ^^
`},
		{"over several lines", plain, model.Diagnostic{Code: "E001", Summary: "a service", Pos: model.Pos{File: "shop.nines", Line: 1, Column: 9, EndLine: 3, EndColumn: 2}}, `
error[E001]: a service
  ┌─ shop.nines:1:9
1 │ service shop {
  │         ^^^^^^
`},
		{"end of file", plain, model.Diagnostic{Code: "E001", Summary: "it ends", Pos: model.Pos{File: "shop.nines", Line: 4, Column: 1, EndLine: 4, EndColumn: 1}}, `
error[E001]: it ends
  ┌─ shop.nines:4:1
4 │
  │ ^
`},
		{"nowhere", plain, model.Diagnostic{Code: "E001", Summary: "no param ports", Help: "did you mean pods?"}, `
error[E001]: no param ports
  = help: did you mean pods?
`},
		{"a long line", long, model.Diagnostic{Code: "E001", Summary: "what is oops", Pos: at(long, "oops", 1)}, `
error[E001]: what is oops
  ┌─ shop.nines:1:319
1 │ …aaaaaaaa, aaaaaaaa, oops, bbbbbbbb, bbbbbbbb, bbbbbbbb, bbbbbbbb, bbbbbbbb…
  │                      ^^^^
`},
		{"escapes", "model \"\x1b[31m\" oops", model.Diagnostic{Code: "E001", Summary: "\x1b]0;hi", Pos: at("model \"\x1b[31m\" oops", "oops", 1)}, `
error[E001]: �]0;hi
  ┌─ shop.nines:1:15
1 │ model "�[31m" oops
  │               ^^^^
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			err := Diagnostics(&b, []model.Diagnostic{test.d}, func(string) []byte { return []byte(test.src) }, NewLook(80, false))
			want := strings.TrimPrefix(test.want, "\n") + "\n1 " + test.d.Severity.String() + "\n"
			if err != nil || b.String() != want {
				t.Errorf("%v, got\n%s\nwant\n%s", err, b.String(), want)
			}
		})
	}
}

func TestCount(t *testing.T) {
	list := []model.Diagnostic{{Severity: model.Warning}, {Severity: model.Error}, {Severity: model.Error}}
	if got := count(list); got != "2 errors, 1 warning" {
		t.Errorf("got %q", got)
	}
}

// Whatever the line and the stretch, the view fits the room, is safe for a
// terminal and underlines something in it.
func FuzzView(f *testing.F) {
	f.Add("service shop {", 3, 9, 40)
	f.Add("\ta\t界界\x1b[31m", 1, 4, 20)
	f.Add(strings.Repeat("界", 300), 150, 290, 77)
	f.Add(strings.Repeat("a", 3000)+"\x00", 2990, 2991, 77)
	f.Add("", 1, 1, 20)
	f.Fuzz(func(t *testing.T, line string, column, end, room int) {
		if strings.Contains(line, "\n") {
			return
		}
		room = 20 + (room&0x7fffffff)%200
		v := newView([]rune(line), model.Pos{Line: 1, Column: column, EndLine: 1, EndColumn: end}, room)
		if w := lipgloss.Width(v.text); w > room {
			t.Errorf("%d columns wide, room for %d: %q", w, room, v.text)
		}
		if v.offset < 0 || v.length < 1 || v.offset+v.length > room+1 {
			t.Errorf("underlines %d columns from %d, room for %d", v.length, v.offset, room)
		}
		if strings.ContainsFunc(v.text, unicode.IsControl) {
			t.Errorf("control characters in %q", v.text)
		}
	})
}
