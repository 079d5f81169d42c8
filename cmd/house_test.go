package cmd_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport is the import table of the project: which packages of ours each
// package may import. A trailing /... stands for everything below.
var mayImport = map[string][]string{
	"dsl/syntax":          {},
	"model/dist":          {},
	"model/bdd":           {},
	"model/markov":        {},
	"model":               {"model/dist"},
	"model/analytic":      {"model", "model/dist", "model/bdd", "model/markov"},
	"model/encoding/...":  {"model", "model/dist"},
	"montecarlo":          {"model", "model/dist"},
	"dsl":                 {"dsl/syntax", "model", "model/dist"},
	"cmd/internal/chart":  {"model"},
	"cmd/internal/report": {"model", "cmd/internal/chart"},
	"cmd/nines":           {"cmd"},
	"cmd/...":             {"dsl", "dsl/syntax", "model/...", "montecarlo", "cmd/internal/..."},
	"cmd":                 {"dsl", "dsl/syntax", "model/...", "montecarlo", "cmd/internal/..."},
}

func TestImports(t *testing.T) {
	for file := range sources(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		pkg := path.Dir(file)
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		allowed, known := rule(pkg)
		if !known {
			t.Errorf("%s: package %s is not in the import table", file, pkg)
		}
		for _, spec := range parsed.Imports {
			imported, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "nines/")
			if ours && !slices.ContainsFunc(allowed, func(pattern string) bool { return matches(pattern, imported) }) {
				t.Errorf("%s: %s may not import %s", file, pkg, imported)
			}
		}
	}
}

// rule finds the line of the table for pkg, an exact one before a pattern.
func rule(pkg string) ([]string, bool) {
	if allowed, ok := mayImport[pkg]; ok {
		return allowed, true
	}
	for pattern, allowed := range mayImport {
		if matches(pattern, pkg) {
			return allowed, true
		}
	}
	return nil, false
}

func matches(pattern, pkg string) bool {
	if tree, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == tree || strings.HasPrefix(pkg, tree+"/")
	}
	return pattern == pkg
}

// sources yields every Go file of the module, relative to its root.
func sources(t *testing.T) map[string]bool {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != ".." {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".go") {
			files[filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTopLevel(t *testing.T) {
	want := strings.Fields("cmd dsl model montecarlo examples testdata go.mod go.sum README.md LICENSE CHANGELOG.md CONTRIBUTING.md")
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && name != "nines" && !slices.Contains(want, name) {
			t.Errorf("%s is not part of the layout", name)
		}
	}
}

// TestFormat and TestVet make `go test ./...` the whole check.
func TestFormat(t *testing.T) {
	out, err := exec.Command("gofmt", "-l", "..").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("gofmt -l: %v\n%s", err, out)
	}
}

func TestTidy(t *testing.T) {
	cmd := exec.Command("go", "mod", "tidy", "-diff")
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go mod tidy -diff: %v\n%s", err, out)
	}
}

func TestFileSizes(t *testing.T) {
	for file := range sources(t) {
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines > 500 && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s has %d lines, more than 500", file, lines)
		}
	}
}
