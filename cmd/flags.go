package cmd

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nines/dsl"
	"nines/model"
)

// The kinds of flag values. Each says what it wants when it gets something
// else, with a hint.

// choice is one of some words.
type choice struct {
	value string
	among []string
}

func (c *choice) String() string { return c.value }

func (c *choice) Type() string { return "word" }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.among, s) {
		return wrong(didYouMean(s, c.among), "want one of %s", strings.Join(c.among, ", "))
	}
	c.value = s
	return nil
}

// complete offers the words to the shell.
func (c *choice) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return c.among, cobra.ShellCompDirectiveNoFileComp
}

// duration is a time in seconds above zero.
type duration struct {
	seconds float64
	text    string
}

func (d *duration) String() string { return d.text }

func (d *duration) Type() string { return "duration" }

func (d *duration) Set(s string) error {
	seconds, err := dsl.Duration(s)
	if err == nil && !(seconds > 0) {
		err = errors.New("want more than zero")
	}
	if err != nil {
		return &failure{exitWrong, err, "write a duration like 90s, 1h30m, 30d or 1y"}
	}
	d.seconds, d.text = seconds, s
	return nil
}

// share is a probability between 0 and 1, neither included.
type share struct {
	p    model.Prob
	text string
}

func (p *share) String() string { return p.text }

func (p *share) Type() string { return "share" }

func (p *share) Set(s string) error {
	v, err := dsl.Probability(s)
	if err == nil && (v.P == 0 || v.Q == 0) {
		err = errors.New("want more than 0% and less than 100%")
	}
	if err != nil {
		return &failure{exitWrong, err, "write a share like 1% or 0.01"}
	}
	p.p, p.text = v, s
	return nil
}

// assignments are repeated name=value pairs.
type assignments map[string]string

func (a assignments) String() string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		pairs = append(pairs, name+"="+a[name])
	}
	return strings.Join(pairs, ",")
}

func (a assignments) Type() string { return "name=value" }

func (a assignments) Set(s string) error {
	name, value, found := strings.Cut(s, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !found || name == "" || value == "" {
		return wrong("write it like --set pods=6", "want name=value")
	}
	a[name] = value
	return nil
}

// oneModel is the argument of commands that read one model: a file, or those
// that a fault tree is spread over.
func oneModel(c *cobra.Command, args []string) error {
	if len(args) == 1 || len(args) > 0 && !slices.ContainsFunc(args, func(a string) bool { return filepath.Ext(a) != foreign }) {
		return nil
	}
	got := "none"
	if len(args) > 1 {
		got = fmt.Sprint(len(args))
	}
	return wrong(fmt.Sprintf("write %s FILE, - for standard input", c.CommandPath()), "%s wants one model file, got %s", c.CommandPath(), got)
}

// completeFile offers model files to the shell.
func completeFile(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{strings.TrimPrefix(extension, "."), strings.TrimPrefix(foreign, ".")}, cobra.ShellCompDirectiveFilterFileExt
}
