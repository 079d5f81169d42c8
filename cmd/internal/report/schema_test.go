package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchemaAgrees spoils results in one place after the other and wants the
// judgement that a complete validator has of them.
func TestSchemaAgrees(t *testing.T) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	for file, kind := range map[string]string{
		"simulated": "report", "explained": "report", "spread": "report", "tree": "report", "check": "checks", "diff": "diff",
	} {
		judge := compiler.MustCompile("schema.json#/$defs/" + kind)
		text, err := os.ReadFile("testdata/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		right, wrong := 0, 0
		compare := func() {
			at, why := published().Kinds[kind].wrong(doc)
			if err := judge.Validate(doc); (err == nil) != (why == "") {
				t.Errorf("%s: got %q at %s, want %v", file, why, at, err)
			}
			if why == "" {
				right++
			} else {
				wrong++
			}
		}
		compare()
		spoil(doc, compare)
		if right < 20 || wrong < 50 {
			t.Errorf("%s: %d right and %d wrong are too few to compare", file, right, wrong)
		}
	}
}

// spoil changes one member or item after the other, of the first items of each
// list, calls back and restores it.
func spoil(node any, judged func()) {
	switch node := node.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(node)) {
			kept := node[name]
			delete(node, name)
			judged()
			for _, other := range others {
				node[name] = other
				judged()
			}
			node[name] = kept
			spoil(kept, judged)
		}
	case []any:
		for i := range node[:min(len(node), 1)] {
			kept := node[i]
			for _, other := range others {
				node[i] = other
				judged()
			}
			node[i] = kept
			spoil(kept, judged)
		}
	}
}

var others = []any{nil, true, "1.2", "check", "- a", -1.0, 0.0, 0.5, 2.0, []any{}, []any{0.0}, map[string]any{"a": "b"}}

// TestSchemaWords wants no keyword in the schema that is not heeded.
func TestSchemaWords(t *testing.T) {
	heeded := []string{"$schema", "title", "description", "oneOf"} // a command has one kind
	fields := reflect.TypeFor[schema]()
	for i := range fields.NumField() {
		heeded = append(heeded, fields.Field(i).Tag.Get("json"))
	}
	var look func(node any)
	look = func(node any) {
		words, _ := node.(map[string]any)
		for word, value := range words {
			if !slices.Contains(heeded, word) {
				t.Errorf("nothing heeds %s", word)
			}
			switch value := value.(type) {
			case map[string]any:
				if word != "properties" && word != "$defs" {
					look(value)
					continue
				}
				for _, member := range value {
					look(member)
				}
			case []any:
				for _, item := range value {
					look(item)
				}
			}
		}
	}
	var root any
	if err := json.Unmarshal(schemaText, &root); err != nil {
		t.Fatal(err)
	}
	look(root)
}

func TestSchemaSays(t *testing.T) {
	const eval = `{"format_version":"1.0","command":"eval","file":"a","model":"","seed":null,"params":{},"diagnostics":[],"results":[`
	for result, want := range map[string]string{
		`{}`: "at /results/0: want a member name",
		`{"name":"s","kind":"pod","measures":{}}`:                                                         `at /results/0/kind: want one of system, service, store, got "pod"`,
		`{"name":"s","kind":"store","measures":[]}`:                                                       "at /results/0/measures: want object, got array",
		`{"name":"s","kind":"store","measures":{"mtbf":{"value":1,"unit":"s","method":"exact","at":-1}}}`: "at /results/0/measures/mtbf/at: want more than 0, got -1",
	} {
		if err := keeps([]byte(eval+result+"]}"), "report"); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", result, err, want)
		}
	}
	if err := keeps([]byte(`[]`), "report"); err == nil || !strings.HasSuffix(err.Error(), "at /: want object, got array") {
		t.Errorf("got %v", err)
	}
}
