package cmd

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nines/dsl"
)

// didYouMean offers the name that was probably meant, or else all of them.
func didYouMean(name string, among []string) string {
	if near := dsl.Nearest(name, among); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "there are " + strings.Join(among, ", ")
}

// unknownCommand explains the one error that cobra makes itself: a command
// that does not exist.
func unknownCommand(parent *cobra.Command, err error) *failure {
	var name string
	if _, scan := fmt.Sscanf(err.Error(), "unknown command %q", &name); scan != nil {
		return &failure{exitWrong, err, ""}
	}
	path := parent.CommandPath()
	hint := fmt.Sprintf("%s --help lists the commands", path)
	if near := likeCommand(name, parent); near != "" {
		hint = fmt.Sprintf("did you mean %s %s?", path, near)
	} else if ext := filepath.Ext(name); ext == extension || ext == foreign {
		hint = fmt.Sprintf("did you mean nines eval %s?", name)
	}
	return wrong(hint, "unknown command %s", name)
}

// likeCommand is the command that name is the start of, or nearest to.
func likeCommand(name string, parent *cobra.Command) string {
	var names []string
	for _, c := range parent.Commands() {
		if strings.HasPrefix(c.Name(), name) {
			return c.Name()
		}
		names = append(names, c.Name())
	}
	return dsl.Nearest(name, names)
}

// flagFailure explains what is wrong with a flag.
func flagFailure(c *cobra.Command, err error) error {
	all := fmt.Sprintf("%s --help lists the flags", c.CommandPath())
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if group := unknown.GetSpecifiedShortnames(); group != "" {
			name = group
		}
		hint := all
		if near := dsl.Nearest(name, flagNames(c)); near != "" {
			hint = fmt.Sprintf("did you mean --%s?", near)
		}
		return wrong(hint, "%s has no flag %s", c.CommandPath(), dashed(unknown))
	case errors.As(err, &invalid):
		hint := all
		var f *failure
		if errors.As(err, &f) {
			hint = f.hint
		}
		return wrong(hint, "--%s %s: %w", invalid.GetFlag().Name, invalid.GetValue(), errors.Unwrap(invalid))
	case errors.As(err, &missing):
		flag := missing.GetFlag()
		return wrong(fmt.Sprintf("write --%s %s", flag.Name, valueName(flag)), "--%s needs a value", flag.Name)
	}
	return wrong(all, "%w", err)
}

// valueName is what the help calls the value of a flag.
func valueName(f *pflag.Flag) string {
	name, _ := pflag.UnquoteUsage(f)
	return name
}

// dashed is an unknown flag as it was written.
func dashed(e *pflag.NotExistError) string {
	if group := e.GetSpecifiedShortnames(); group != "" {
		return "-" + group
	}
	return "--" + e.GetSpecifiedName()
}

func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	return names
}
