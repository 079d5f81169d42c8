package report

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// FuzzRead writes whatever can be read in every format: foreign JSON must not
// take the program down.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Read([]byte(text), nil)
		if err != nil {
			return
		}
		for _, format := range r.Formats() {
			var b strings.Builder
			if err := r.Write(&b, format, NewLook(DefaultWidth, false)); err == nil && strings.ContainsRune(b.String(), '\x1b') {
				t.Errorf("%s lets escape sequences through: %q", format, b.String())
			}
		}
	})
}

// TestReadRefuses wants an error for what would break a format.
func TestReadRefuses(t *testing.T) {
	const diff = `{"format_version":"1.0","command":"diff","old":{"file":"a","model":""},"new":{"file":"b","model":""},"cuts":[],"failed":[],`
	const eval = `{"format_version":"1.0","command":"eval","file":"a","model":"","seed":null,"params":{},"diagnostics":[],`
	for text, want := range map[string]string{
		`[]`:                       "no JSON of nines",
		`{"format_version":"2.0"}`: "version",
		`{"format_version":"1.0","command":"eval"}`: "schema of nines at /",
		eval + `"results":[{"name":"s","kind":"system","measures":{"nines":{"value":"x","unit":"1","method":"exact"}}}]}`:                 "at /results/0/measures/nines/value",
		eval + `"results":[],"simulation":{"runs":1,"events":1,"confidence":0.5},"requirements":[]}`:                                      "",
		diff + `"changes":[],"requirements":[],"results":[{"name":"s","kind":"system","change":"changed","after":{}}]}`:                   "side",
		diff + `"changes":[],"results":[],"requirements":[{"text":"a","name":"s","change":"removed"}]}`:                                   "side",
		diff + `"results":[],"requirements":[],"changes":[{"kind":"a","change":"added","lines":["x"]}]}`:                                  "at /changes/0/lines/0",
		strings.Replace(eval, "eval", "check", 1) + `"results":[],"simulation":{"runs":1,"events":1,"confidence":0.5},"requirements":[]}`: "seed",
	} {
		if _, err := Read([]byte(text), nil); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if r, err := Read([]byte(strings.Replace(eval, "1.0", "1.3", 1)+`"results":[],"more":1}`), nil); err != nil || r.Write(io.Discard, "text", NewLook(80, false)) != nil {
		t.Errorf("what a later version adds is an error: %v", err)
	}
}

// TestReadNumbers writes results in which one number after the other is another
// one that the schema allows.
func TestReadNumbers(t *testing.T) {
	number := regexp.MustCompile(`: -?[0-9][0-9.e+-]*`)
	for _, file := range []string{"simulated", "spread", "check", "diff"} {
		text, err := os.ReadFile("testdata/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(text, nil); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		places := number.FindAllIndex(text, -1)
		for i := 0; i < len(places); i += 1 + len(places)/60 {
			for _, other := range []string{": 0", ": 1", ": 1e300", ": 1e-300"} {
				changed := slices.Concat(text[:places[i][0]], []byte(other), text[places[i][1]:])
				r, err := Read(changed, nil)
				if err != nil {
					continue
				}
				for _, format := range r.Formats() {
					r.Write(io.Discard, format, NewLook(DefaultWidth, false))
				}
			}
		}
	}
}
