package dsl

import "testing"

func TestNearest(t *testing.T) {
	among := []string{"system", "scenario", "set", "seed"}
	tests := []struct{ name, want string }{
		{"systm", "system"}, {"sytsem", "system"}, {"SCENARIO", "scenario"}, {"st", "set"}, {"something", ""}, {"", ""},
	}
	for _, test := range tests {
		if got := Nearest(test.name, among); got != test.want {
			t.Errorf("Nearest(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}
