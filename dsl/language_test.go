package dsl

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nines/model"
)

var block = regexp.MustCompile("(?ms)^```(nines[^\n]*)\n(.*?)^```")

// Every block of the reference loads, or is refused as it says.
func TestLanguage(t *testing.T) {
	src, err := os.ReadFile("LANGUAGE.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := block.FindAllStringSubmatch(string(src), -1)
	if len(blocks) < 20 {
		t.Errorf("%d blocks", len(blocks))
	}
	for _, m := range blocks {
		_, diagnostics := Load("LANGUAGE.md", []byte(m[2]), Options{})
		var errors []string
		for _, d := range diagnostics {
			if d.Severity == model.Error {
				errors = append(errors, d.Code)
			}
		}
		want := strings.Fields(m[1])[1:]
		if !slices.Equal(errors, want) {
			t.Errorf("got %v, want %v in\n%s%+v", errors, want, m[2], diagnostics)
		}
	}
}
