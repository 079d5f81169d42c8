package cmd_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nines/dsl"
)

// bothEngines lists the codes that more than one package gives: of what is the
// same in analysis and simulation.
var bothEngines = []string{"N201", "N205", "N214"}

// TestCodes wants each code that a package gives explained, each that is
// explained given, and each given by one package alone, where it means one
// thing.
func TestCodes(t *testing.T) {
	givers := map[string][]string{}
	for file := range sources(t) {
		pkg := path.Dir(file)
		if strings.HasSuffix(file, "_test.go") || pkg == "cmd/internal/report" { // which only tells them apart
			continue
		}
		for _, code := range codesIn(t, filepath.Join("..", file)) {
			if !slices.Contains(givers[code], pkg) {
				givers[code] = append(givers[code], pkg)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(givers)) {
		if dsl.Explain(code) == nil {
			t.Errorf("%s of %s is not explained", code, givers[code])
		}
		if len(givers[code]) > 1 && !slices.Contains(bothEngines, code) {
			t.Errorf("%s is given by %s", code, givers[code])
		}
	}
	for _, code := range dsl.Codes() {
		if givers[code.ID] == nil {
			t.Errorf("nothing gives %s", code.ID)
		}
	}
}

// codesIn lists the codes in the source of a file.
func codesIn(t *testing.T, file string) []string {
	syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(syntax, func(n ast.Node) bool {
		if l, is := n.(*ast.BasicLit); is && regexp.MustCompile(`^"[EWN][0-9]{3}"$`).MatchString(l.Value) {
			codes = append(codes, strings.Trim(l.Value, `"`))
		}
		return true
	})
	return codes
}
