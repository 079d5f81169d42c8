package syntax

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestDamage leaves out, doubles or replaces every third token by itself. One mistake gives
// few errors, most statements are still read, and what was read can be printed.
func TestDamage(t *testing.T) {
	files, _ := filepath.Glob("testdata/print/*.txtar")
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := string(archive.Files[0].Data)
		whole, _ := Parse("whole", []byte(src))
		tokens := tokensOf(src)
		for i, token := range tokens {
			if strings.TrimSpace(token) == "" || i%3 > 0 {
				continue
			}
			damages := []string{"", token + " " + token, "typo", "}", "(", "needs"}
			with := damages[i/3%len(damages)]
			damaged := strings.Join(slices.Concat(tokens[:i], []string{with}, tokens[i+1:]), "")
			f, errs := Parse(name, []byte(damaged))
			if len(errs) > 3 {
				t.Errorf("%d errors after %q for token %d, %q: %v", len(errs), with, i, token, errs)
			}
			if lost := len(whole.Statements) - len(f.Statements); lost > 3 {
				t.Errorf("%d statements lost after %q for token %d, %q: %v", lost, with, i, token, errs)
			}
			for _, s := range f.Statements {
				checkSpans(t, s)
			}
			printed(t, f)
		}
	}
}

// tokensOf returns the texts of the tokens of src, blanks among them.
func tokensOf(src string) []string {
	var texts []string
	s := newScanner("", src, func(Error) {})
	for t, _ := s.Next(); !t.EOF(); t, _ = s.Next() {
		texts = append(texts, t.Value)
	}
	return texts
}
