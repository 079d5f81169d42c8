package cmd_test

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"nines/cmd"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"nines": func() { os.Exit(checkedRun()) }})
}

// checkedRun is the program, with every JSON and JUnit that it prints held
// against its schema.
func checkedRun() int {
	var out bytes.Buffer
	code := cmd.Run(os.Args[1:], os.Stdin, io.MultiWriter(os.Stdout, &out), os.Stderr)
	if bytes.HasPrefix(out.Bytes(), []byte("{")) || bytes.Contains(out.Bytes(), []byte("<testsuites")) {
		if err := meetsSchema(out.Bytes()); err != nil {
			fmt.Fprintln(os.Stderr, "not by the schema:", err)
			return 99
		}
	}
	return code
}

// TestScripts runs the scripts; "exits N nines ..." wants that exit code.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Setup:               func(e *testscript.Env) error { e.Setenv("EXAMPLES", examples); return nil },
		Dir:                 "../testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "schema": schema},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [arg...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got, failed := 0, ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(failed, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(failed)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// schema holds a file against the schema.
func schema(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: schema file")
	}
	ts.Check(meetsSchema([]byte(ts.ReadFile(args[0]))))
}

//go:embed internal/report/schema.json
var schemaText []byte

//go:embed testdata/sarif.json
var sarifText []byte

//go:embed testdata/junit.xsd
var junitText []byte

// meetsSchema holds JSON against the schema of the project, or SARIF against
// what its standard asks for. Here, unlike for others, what the schema does not
// name is an error.
func meetsSchema(text []byte) error {
	if bytes.HasPrefix(text, []byte("<?xml")) {
		return meetsXSD(text)
	}
	schema := schemaText
	if bytes.Contains(text, []byte(`"$schema"`)) {
		schema = sarifText
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return err
	}
	close(parsed)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		return err
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return compiled.Validate(value)
}

// meetsXSD holds JUnit's XML against its schema where there is xmllint.
func meetsXSD(text []byte) error {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		return nil
	}
	dir, err := os.MkdirTemp("", "junit")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "junit.xsd")
	if err := os.WriteFile(file, junitText, 0o600); err != nil {
		return err
	}
	c := exec.Command(lint, "--noout", "--nonet", "--schema", file, "-")
	c.Stdin = bytes.NewReader(text)
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// close forbids members that the schema does not name.
func close(node any) {
	switch node := node.(type) {
	case map[string]any:
		_, named := node["properties"]
		if _, open := node["additionalProperties"]; named && !open && node["type"] == "object" {
			node["additionalProperties"] = false
		}
		for _, child := range node {
			close(child)
		}
	case []any:
		for _, child := range node {
			close(child)
		}
	}
}

// The check of the schema would be worth nothing if it let everything pass.
func TestSchemaRefuses(t *testing.T) {
	fine := `{"format_version": "1.0", "command": "eval", "file": "f", "model": "", "seed": null, "params": {}, "diagnostics": [],
		"results": [{"name": "s", "kind": "system", "measures": {"availability": {"value": 0.5, "unit": "1", "method": "exact"}}}]}`
	if err := meetsSchema([]byte(fine)); err != nil {
		t.Fatal(err)
	}
	changes := [][2]string{
		{`"1.0"`, `"2.0"`}, {`"eval"`, `"evil"`}, {`"seed": null, `, ``}, {`"availability"`, `"availibility"`}, {`0.5`, `1.5`}, {`0.5`, `null`},
		{`"exact"`, `"approximate"`}, {`"exact"`, `"simulated"`}, {`"system"`, `"thing"`}, {`"params"`, `"more": 1, "params"`},
	}
	for _, change := range changes {
		text := bytes.Replace([]byte(fine), []byte(change[0]), []byte(change[1]), 1)
		if meetsSchema(text) == nil {
			t.Errorf("%s for %s passes", change[1], change[0])
		}
	}
	const suite = `<?xml version="1.0"?><testsuites name="nines" tests="0" failures="0" errors="0"><testsuite name="s" tests="0"/></testsuites>`
	if _, err := exec.LookPath("xmllint"); err == nil && meetsSchema([]byte(suite)) == nil {
		t.Error("a suite without counts passes")
	}
}
