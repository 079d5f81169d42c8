package cmd_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPictures runs the commands in examples/pictures/README.md and compares
// what they draw with the pictures beside it; with UPDATE=1 it draws them
// there. Every example has a chart and a graph, and every picture is shown.
func TestPictures(t *testing.T) {
	t.Chdir("..")
	const folder = "examples/pictures/"
	text := read(t, folder+"README.md")
	var drawn []string
	kinds := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		command, is := strings.CutPrefix(line, "    nines ")
		if !is {
			continue
		}
		words := fields(command)
		at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, folder) })
		if at < 0 {
			t.Errorf("%s draws no picture", line)
			continue
		}
		name := strings.TrimPrefix(words[at], folder)
		drawn, kinds[words[0]+" "+words[1]] = append(drawn, name), true
		words[at] = filepath.Join(t.TempDir(), name)
		if code, _, stderr := run(words...); code != 0 {
			t.Errorf("%s: exit code %d\n%s", line, code, stderr)
			continue
		}
		if picture := read(t, words[at]); os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(folder+name, []byte(picture), 0o666); err != nil {
				t.Fatal(err)
			}
		} else if read(t, folder+name) != picture {
			t.Errorf("%s is not what `%s` draws (UPDATE=1 go test ./cmd writes it)", name, strings.TrimSpace(line))
		}
		if !strings.Contains(text, "]("+name+")") {
			t.Errorf("%s is not shown", name)
		}
	}
	front := read(t, "README.md")
	for _, name := range drawn {
		if strings.Contains(front, name) && !strings.Contains(text, "    nines "+commandOf(front, name)) {
			t.Errorf("README.md draws %s by another command", name)
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() != "README.md" && !slices.Contains(drawn, f.Name()) {
			t.Errorf("no command draws %s", f.Name())
		}
	}
	examples, err := filepath.Glob("examples/*.nines")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if !kinds["graph "+e] || !kinds["plot "+e] && !kinds["sweep "+e] {
			t.Errorf("%s has no chart or no graph: add their commands to %sREADME.md", e, folder)
		}
	}
}

// commandOf finds the command that draws a picture.
func commandOf(text, name string) string {
	for _, line := range strings.Split(text, "\n") {
		if command, is := strings.CutPrefix(line, "    nines "); is && strings.HasSuffix(command, name) {
			return command
		}
	}
	return ""
}
