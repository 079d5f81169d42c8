package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// seeds adds the files of testdata to the corpus.
func seeds(f *testing.F) {
	files, _ := filepath.Glob("testdata/print/*.txtar")
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
	broken, err := os.ReadFile("testdata/errors.nines")
	if err != nil {
		f.Fatal(err)
	}
	for part := range strings.SplitSeq(string(broken), "---\n") {
		f.Add([]byte(part))
	}
}

// FuzzParse checks that every source is read without a panic, that every node
// lies inside its parent and that what was read can be printed.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		file, errs := Parse("fuzz", src)
		if len(errs) > maxErrors+1 {
			t.Errorf("%d errors", len(errs))
		}
		for _, e := range errs {
			if e.Pos.Offset > len(src) || e.Pos.Line < 1 || e.Pos.Column < 1 || e.Message == "" {
				t.Errorf("error at %+v: %q", e.Pos, e.Message)
			}
		}
		for _, s := range file.Statements {
			checkSpans(t, s)
		}
		printed(t, file)
	})
}

// FuzzPrint checks that a source without errors means the same when it is
// printed, and is printed the same again.
func FuzzPrint(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		file, errs := Parse("fuzz", src)
		if len(errs) > 0 {
			return
		}
		out := printed(t, file)
		again, errs := Parse("again", out)
		if len(errs) > 0 {
			t.Fatalf("printed: %v\n%s", errs[0], out)
		}
		if diff := cmp.Diff(file, again, modulo); diff != "" {
			t.Fatalf("the tree differs: %s\n%s", diff, out)
		}
		if twice := printed(t, again); string(out) != string(twice) {
			t.Fatalf("printed twice: %s", cmp.Diff(string(out), string(twice)))
		}
	})
}

// checkSpans checks that n ends after it starts and holds its children.
func checkSpans(t *testing.T, n Node) {
	at := n.Extent()
	if at.Pos.Offset > at.EndPos.Offset || at.Pos.Line < 1 || at.EndPos.Line < at.Pos.Line {
		t.Errorf("%T from %+v to %+v", n, at.Pos, at.EndPos)
	}
	for _, c := range children(n) {
		if in := c.Extent(); in.Pos.Offset < at.Pos.Offset || in.EndPos.Offset > at.EndPos.Offset {
			t.Errorf("%T at %v to %v is not in %T at %v to %v", c, in.Pos, in.EndPos, n, at.Pos, at.EndPos)
		}
		checkSpans(t, c)
	}
}
