package openpsa

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestEntangled: arguments of an atleast that may become equal, as here a and (b
// or a) becomes a, are taken apart, of which SCRAM 0.16 would give 0.44; those of
// alike parts in one domain are not.
func TestEntangled(t *testing.T) {
	tests := []struct {
		formula string
		atleast bool
		want    float64
	}{
		{`<atleast min="2">` + a + b + c + `</atleast>`, true, .2*.1*.7 + .1*.3*.8 + .2*.3*.9 + .1*.2*.3},
		{`<atleast min="2">` + a + `<or>` + b + c + `</or><and><or>` + b + a + `</or>` + a + `</and></atleast>`, false, .1},
		{`<atleast min="2"><or>` + a + d + `</or><or>` + b + d + `</or><or>` + c + d + `</or></atleast>`, true, .4 + .6*(.2*.1*.7+.1*.3*.8+.2*.3*.9+.1*.2*.3)},
		{`<atleast min="2">` + a + `<not>` + a + `</not>` + b + `</atleast>`, false, .2},
	}
	for _, test := range tests {
		s := system(t, tree(top(test.formula), event("a", "0.1"), event("b", "0.2"), event("c", "0.3"), event("d", "0.4")))
		var out bytes.Buffer
		if err := Encode(&out, s, nil); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "<atleast") != test.atleast {
			t.Errorf("%s: got\n%s", test.formula, out.String())
		}
		near(t, test.formula, chance(t, system(t, out.String()), 0), test.want, 1e-12)
		if got, ok := scrammed(t, out.Bytes())["top"]; ok {
			near(t, test.formula+" by SCRAM", got, test.want, 1e-5)
		}
	}
}

// scrammed gives the probabilities of the top events as SCRAM prints them, with
// six digits; nil where it is not installed.
func scrammed(t *testing.T, text []byte) map[string]float64 {
	t.Helper()
	scram, err := exec.LookPath("scram")
	if err != nil {
		return nil
	}
	file := t.TempDir() + "/model.xml"
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(scram, "--bdd", "--probability", "1", "--limit-order", "1", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, text)
	}
	found := map[string]float64{}
	for _, m := range product.FindAllStringSubmatch(string(out), -1) {
		if found[m[1]], err = strconv.ParseFloat(m[2], 64); err != nil {
			t.Fatal(err)
		}
	}
	return found
}
