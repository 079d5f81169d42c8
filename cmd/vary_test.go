package cmd

import (
	"strings"
	"testing"
)

func TestVary(t *testing.T) {
	for text, want := range map[string]string{
		"pods=1..8":                  "1 2 3 4 5 6 7 8",
		"pods=8..6":                  "8 7 6",
		"pods=1,3,5..7":              "1 3 5 6 7",
		"pods=1..64:log:7":           "1 2 4 8 16 32 64",
		"pods=1..10:log:20":          "1 2 3 4 5 6 7 8 9 10",
		"share=0..1:5":               "0 0.25 0.5 0.75 1",
		"detect=1s..100s:log:3":      "1s 10s 100s",
		"detect=30s..1h:log:5":       "30s 1.655m 5.477m 18.13m 1h",
		"detect=1s..5s:lin:3":        "1s 3s 5s",
		"rate=1/y..10/y:4":           "1/y 4/y 7/y 10/y",
		"p=2 nines..4 nines:3":       "2 nines 3 nines 4 nines",
		"p=99%..99.9%:4":             "99% 99.3% 99.6% 99.9%",
		"one=5":                      "5",
		"same=5..5":                  "5",
		"small=1e-7/h..1e-5/h:log:3": "1e-7/h 1e-06/h 1e-5/h",
	} {
		var v varies
		if err := v.Set(text); err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := strings.Join(v[0].values, " "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestVaryRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"pods":                "want name=values",
		"=1..2":               "want name=values",
		"pods=":               "want a value or a range",
		"pods=1..":            "want a range of quantities",
		"pods=a..b":           "want a range of quantities",
		"pods=1:log":          "want a value or a range",
		"pods=0..9:log":       "has no end",
		"pods=1..9:lag":       "want log, lin or a number of values",
		"pods=1..9:1":         "want log, lin or a number of values",
		"pods=1..9:9999":      "want log, lin or a number of values",
		"detect=1s..5":        "1s and 5 are not of one kind",
		"detect=1s..5/y":      "are not of one kind",
		"x=1..2:600,3..4:600": "1200 values, at most 1000",
	} {
		var v varies
		if err := v.Set(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
