package syntax

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostile are large sources that no one writes by hand.
var hostile = map[string]string{
	"parentheses":    "system s = " + strings.Repeat("(", 5_000_000),
	"braces":         strings.Repeat("component a { ", 1_000_000),
	"closing":        strings.Repeat("}", 200_000),
	"brackets":       "system s = a" + strings.Repeat("[", 1_000_000),
	"name":           "param " + strings.Repeat("a", 10_000_000) + " = 1",
	"number":         "param p = " + strings.Repeat("9", 10_000_000),
	"units":          "param p = " + strings.Repeat("1h", 5_000_000),
	"text":           "model \"" + strings.Repeat("a", 10_000_000),
	"quotes":         strings.Repeat("\"", 200_000),
	"line":           "system s = series(" + strings.Repeat("a, ", 400_000) + "a)",
	"minus":          "param p = 1" + strings.Repeat(" - 1", 100_000),
	"signs":          "param p = " + strings.Repeat("-", 200_000),
	"path":           "system s = a" + strings.Repeat(".a", 300_000),
	"else":           "system s = a" + strings.Repeat(" else a", 50_000),
	"of":             "system s = " + strings.Repeat("2 of ", 50_000),
	"errors":         strings.Repeat("x\n", 200_000),
	"clauses":        "component a {\n" + strings.Repeat("x\n", 100_000) + "}",
	"options":        "component a { fails " + strings.Repeat("every 1d ", 50_000) + "}",
	"needs":          "service a { needs " + strings.Repeat("a via b demand 1 rps, ", 20_000) + "a via b via c }",
	"bytes":          strings.Repeat("\xff", 3_000_000),
	"scattered":      strings.Repeat("\xff ", 5_000_000),
	"nul":            strings.Repeat("\x00", 10_000_000),
	"utf-16":         "\xff\xfe" + strings.Repeat("a\x00", 2_000_000),
	"combining":      "param a" + strings.Repeat("\u0301", 1_000_000),
	"lines":          strings.Repeat("\n", 10_000_000) + "x",
	"comments":       strings.Repeat("#\n", 300_000) + "x",
	"keywords":       strings.Repeat("component ", 100_000),
	"starts":         strings.Repeat("component a in ", 700_000),
	"unclosed":       strings.Repeat("system s = (\n", 700_000),
	"open functions": "param p = " + strings.Repeat("min(1, ", 100_000),
}

// TestHostile checks that every hostile source is diagnosed, with allocations in
// proportion to its length and to the longest statement that is read.
func TestHostile(t *testing.T) {
	for name, src := range hostile {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, errs := Parse(name, []byte(src))
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		mebibytes := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%-14s %5d kB %8v %4d MiB: %v", name, len(src)>>10, took.Round(time.Millisecond), mebibytes, errs[:min(1, len(errs))])
		if len(errs) == 0 {
			t.Errorf("%s: no error", name)
		}
		if most := uint64(600 + 20*len(src)>>20); mebibytes > most {
			t.Errorf("%s: %d MiB allocated, want at most %d", name, mebibytes, most)
		}
		if took > 10*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}
