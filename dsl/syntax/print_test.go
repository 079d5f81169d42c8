package syntax

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is printed to testdata/print")

// TestPrint prints the "in" of every file in testdata/print and compares it with
// its "out", or with itself where there is none.
func TestPrint(t *testing.T) {
	files, _ := filepath.Glob("testdata/print/*.txtar")
	if len(files) < 12 {
		t.Fatalf("%d files, want at least 12", len(files))
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in := archive.Files[0].Data
			want := archive.Files[len(archive.Files)-1].Data
			got := checkRoundTrip(t, in)
			if *update {
				archive.Files = archive.Files[:1]
				if !bytes.Equal(in, got) {
					archive.Files = append(archive.Files, txtar.File{Name: "out", Data: got})
				}
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// checkRoundTrip parses and prints src and checks that the result means the same
// and is printed as itself. It returns the result.
func checkRoundTrip(t *testing.T, src []byte) []byte {
	t.Helper()
	f, errs := Parse("in", src)
	for _, e := range errs {
		t.Errorf("%v (%s)", e, e.Help)
	}
	out := printed(t, f)
	again, errs := Parse("out", out)
	for _, e := range errs {
		t.Errorf("printed: %v (%s)\n%s", e, e.Help, out)
	}
	if diff := cmp.Diff(f, again, modulo); diff != "" {
		t.Errorf("printed and read again, the tree differs: %s\n%s", diff, out)
	}
	if twice := printed(t, again); !bytes.Equal(out, twice) {
		t.Errorf("printed twice: %s", cmp.Diff(string(out), string(twice)))
	}
	return out
}

// modulo leaves out of a comparison what printing changes.
var modulo = cmp.Options{cmpopts.IgnoreTypes(Position{})}

func printed(t *testing.T, f *File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
