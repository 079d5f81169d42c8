package cmd

import (
	"math"
	"strings"
	"testing"
	"time"

	"nines/montecarlo"
)

func TestColour(t *testing.T) {
	tests := []struct {
		env      string
		terminal bool
		want     bool
	}{
		{"", true, true},
		{"", false, false},
		{"NO_COLOR=1", true, false},
		{"NO_COLOR=1 CLICOLOR_FORCE=1", true, false},
		{"CLICOLOR_FORCE=1", false, true},
		{"CLICOLOR_FORCE=0", false, false},
		{"CLICOLOR=0", true, false},
		{"TERM=dumb COLORTERM=truecolor", true, false},
		{"TERM=dumb CLICOLOR_FORCE=1", true, true},
		{"TERM=xterm-256color COLORTERM=truecolor", true, true},
	}
	for _, test := range tests {
		env := func(name string) string {
			for _, pair := range strings.Fields(test.env) {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := colour(test.terminal, env); got != test.want {
			t.Errorf("%s, terminal %v: got %v", test.env, test.terminal, got)
		}
	}
}

func TestDescribe(t *testing.T) {
	now := montecarlo.Progress{Runs: 1000, Events: 5e6, Elapsed: 10 * time.Second, Speed: 5e5, Done: 1.0 / 3, Precision: 0.04}
	tests := []struct {
		goal goal
		want string
	}{
		{goal{}, "1000 runs, 500 k events/s, ± 4.00 %, 20 s left"},
		{goal{until: 0.03}, "1000 runs, 500 k events/s, ± 4.00 % of 3.00 %, 8 s left"},
		{goal{until: 0.02, time: 15 * time.Second}, "1000 runs, 500 k events/s, ± 4.00 % of 2.00 %, 5 s left"},
	}
	for _, test := range tests {
		if now.Left = 0; test.goal.until > 0 {
			now.Left = 7777777777
		}
		if got := test.goal.describe(now); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.goal, got, test.want)
		}
	}
	if got, want := string(goal{until: 0.03}.object(now)), `{"runs":1000,"events":5000000,"events_per_second":500000,"elapsed":10,"precision":0.04,"left":7.777777777}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	now.Done, now.Before, now.Left = 0.75, 0.5, 0 // it went on, and took 10 s for a quarter
	if got := (goal{}).describe(now); !strings.HasSuffix(got, "10 s left") {
		t.Errorf("got %q, want 10 s left", got)
	}
	first := goal{until: 0.01}.describe(montecarlo.Progress{Precision: math.Inf(1)})
	if first != "0 runs" {
		t.Errorf("at the start: %q", first)
	}
}

// A progress is silent for a second, then rewrites one line and takes it away.
func TestProgress(t *testing.T) {
	var out strings.Builder
	g := &progress{w: &out, columns: 12, start: time.Now()}
	g.show("too early")
	g.clear()
	if out.Len() > 0 {
		t.Errorf("too early: %q", out.String())
	}
	g.start = g.start.Add(-patience)
	g.show("a line that is too long")
	g.clear()
	g.clear()
	if want := "\ra line tha…\x1b[K\r\x1b[K"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	silent := &progress{start: g.start}
	silent.show("nothing")
	silent.clear()
}
