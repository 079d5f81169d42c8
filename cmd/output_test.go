package cmd

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"nines/cmd/internal/report"
)

func render(text string, err error) func(io.Writer, report.Look) error {
	return func(w io.Writer, _ report.Look) error {
		io.WriteString(w, text)
		return err
	}
}

// Files are written whole or not at all, links and devices stay what they are.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "out"), filepath.Join(dir, "link")
	p := &program{stdout: io.Discard}
	check := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(file); string(got) != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	if err := p.write(file, render("one", nil)); err != nil {
		t.Fatal(err)
	}
	check("one")
	if p.write(file, render("half", io.ErrUnexpectedEOF)) == nil {
		t.Error("a result that cannot be made is no error")
	}
	check("one")
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("out", link); err != nil {
		t.Skip(err)
	}
	if err := p.write(link, render("two", nil)); err != nil {
		t.Fatal(err)
	}
	check("two")
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if err := p.write(os.DevNull, render("gone", nil)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s is %v, %v", os.DevNull, info.Mode(), err)
	}
	if p.write(filepath.Join(dir, "no", "out"), render("three", nil)) == nil {
		t.Error("a folder that is not there is no error")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".nines-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
