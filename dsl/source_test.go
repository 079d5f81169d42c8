package dsl

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// TestSourceTwice loads what was parsed once several times at once and wants what
// a text of its own gives.
func TestSourceTwice(t *testing.T) {
	files, err := filepath.Glob("../examples/*.nines")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	open := func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("1h\n2h\n")), nil }
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source := Parse(file, text)
		var name string
		if declared := regexp.MustCompile(`(?m)^param (\S+)`).FindSubmatch(text); declared != nil {
			name = string(declared[1])
		}
		var group sync.WaitGroup
		for _, value := range []string{"", "3", "4", "1m", "2%", ""} {
			opts := Options{Open: open, Set: map[string]string{}}
			if name != "" && value != "" {
				opts.Set[name] = value
			}
			group.Go(func() {
				sys, diagnostics := source.Load(opts)
				want, why := Load(file, text, opts)
				if !reflect.DeepEqual(sys, want) || !reflect.DeepEqual(diagnostics, why) {
					t.Errorf("%s with %v is not the same", file, opts.Set)
				}
			})
		}
		group.Wait()
	}
}
