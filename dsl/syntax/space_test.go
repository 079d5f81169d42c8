package syntax

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestSpace checks that line ends, blanks and comments between any two tokens
// change nothing but the comments, and that printing keeps every comment.
func TestSpace(t *testing.T) {
	files, _ := filepath.Glob("testdata/print/*.txtar")
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := string(archive.Files[0].Data)
		want, _ := Parse("plain", []byte(src))
		for range 8 {
			spaced := respace(src, random)
			got, errs := Parse(name, []byte(spaced))
			if len(errs) > 0 {
				t.Fatalf("%v (%s) in\n%s", errs[0], errs[0].Help, spaced)
			}
			if diff := cmp.Diff(want.Statements, got.Statements, modulo); diff != "" {
				t.Fatalf("%s: %s\n%s", name, diff, spaced)
			}
			again, _ := Parse("again", checkRoundTrip(t, []byte(spaced)))
			if diff := cmp.Diff(got.Comments, again.Comments, cmpopts.IgnoreTypes(Span{})); diff != "" {
				t.Fatalf("%s: comments: %s\n%s", name, diff, spaced)
			}
		}
	}
}

// respace returns the tokens of src with other separators between them.
func respace(src string, random *rand.Rand) string {
	separators := []string{" ", " ", " ", "\t", "\n", "\n\n\n", " # comment\n", "\n# comment\n\n", "\r\n"}
	var b strings.Builder
	s := newScanner("", src, func(Error) {})
	for t, _ := s.Next(); !t.EOF(); t, _ = s.Next() {
		if t.Type != spaceToken && t.Type != commentToken {
			b.WriteString(t.Value + separators[random.IntN(len(separators))])
		}
	}
	return b.String()
}
