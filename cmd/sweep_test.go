package cmd_test

import (
	"bytes"
	"encoding/json"
	"testing"
)

// TestSweepIsEval wants of each point of a sweep the bytes that an evaluation
// by itself gives.
func TestSweepIsEval(t *testing.T) {
	type points []struct {
		Results []struct{ Measures map[string]json.RawMessage }
	}
	for _, c := range []struct {
		file, system, param string
		values              []string
	}{
		{"webshop", "shop", "web-pods", []string{"3", "5", "8"}},
		{"webshop", "shop", "bad-deploys", []string{"0%", "1%", "20%"}},
		{"standby-database", "standby-db", "by-hand", []string{"10m", "20m", "1h"}},
		{"standby-database", "alone", "detect", []string{"1s", "1m"}},
		{"on-call", "one-each", "mend", []string{"1h", "2h"}},
	} {
		file, values := "../examples/"+c.file+".nines", c.values[0]
		for _, value := range c.values[1:] {
			values += "," + value
		}
		var all struct{ Points points }
		_, out, _ := run("sweep", file, "--system", c.system, "--vary", c.param+"="+values, "--measure", "availability,outages,mttf,served", "--format", "json")
		if err := json.Unmarshal([]byte(out), &all); err != nil || len(all.Points) != len(c.values) {
			t.Fatalf("%s %s: %d points, %v", c.file, c.param, len(all.Points), err)
		}
		for i, value := range c.values {
			var one points
			_, out, _ := run("eval", file, "--system", c.system, "--set", c.param+"="+value, "--format", "json")
			if err := json.Unmarshal([]byte("["+out+"]"), &one); err != nil {
				t.Fatal(err)
			}
			for _, m := range []string{"availability", "outages", "mttf", "served"} {
				if got, want := compact(t, all.Points[i].Results[0].Measures[m]), compact(t, one[0].Results[0].Measures[m]); got != want {
					t.Errorf("%s with %s = %s: %s is %s, want %s", c.file, c.param, value, m, got, want)
				}
			}
		}
	}
}

func compact(t *testing.T, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
