package dsl

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// models lists the model files that must load.
func models(t testing.TB) []string {
	files, err := filepath.Glob("testdata/models/*.nines")
	if err != nil || len(files) == 0 {
		t.Fatalf("no models: %v", err)
	}
	return files
}

func TestModels(t *testing.T) {
	for _, file := range models(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sys, diagnostics := Load(file, src, Options{})
			for _, d := range diagnostics {
				if d.Code == "W104" && filepath.Base(file) == "12-cycle.nines" {
					continue
				}
				t.Errorf("%v: %s: %s", d.Pos, d.Code, d.Summary)
			}
			if sys == nil {
				t.Fatal("no system")
			}
			whole(t, sys)
			if again, _ := Load(file, src, Options{}); !reflect.DeepEqual(sys, again) {
				t.Error("another system the second time")
			}
		})
	}
}
