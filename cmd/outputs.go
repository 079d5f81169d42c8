package cmd

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
)

// outputsFlags say in which formats a result is written, and where.
type outputsFlags struct {
	format choice
	files  []string
}

// An output is one of them.
type output struct{ format, file string }

func (f *outputsFlags) bind(c *cobra.Command, formats ...string) {
	f.format = choice{formats[0], formats}
	c.Flags().Var(&f.format, "format", "`FORMAT` of standard output: "+strings.Join(formats, ", "))
	c.Flags().StringArrayVarP(&f.files, "output", "o", nil, "write the result to `FILE`, or also in another format to FORMAT:FILE (repeatable)")
	c.RegisterFlagCompletionFunc("format", f.format.complete)
}

// outputs lists what is to be written. What is named FORMAT:FILE comes beside
// standard output, a plain FILE instead of it.
func (f *outputsFlags) outputs(sources []string) ([]output, error) {
	var list []output
	plain := ""
	for _, name := range f.files {
		o := output{f.format.value, name}
		format, file, prefixed := strings.Cut(name, ":")
		switch {
		case prefixed && slices.Contains(f.format.among, format):
			o = output{format, file}
		case prefixed && isWord(format):
			return nil, wrong(didYouMean(format, f.format.among)+"; a file of that name is ./"+name, "--output %s: there is no format %s", name, format)
		case plain != "":
			return nil, wrong("write FORMAT:FILE for a further one", "--output names two files for one format, %s and %s", plain, name)
		default:
			plain = name
		}
		if o.file == "" {
			return nil, wrong("write FORMAT:FILE", "--output %s names no file", name)
		}
		if err := spares("output", o.file, sources); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(other output) bool { return filepath.Clean(other.file) == filepath.Clean(o.file) }) {
			return nil, wrong("give each a file of its own", "--output names %s twice", o.file)
		}
		list = append(list, o)
	}
	if !slices.ContainsFunc(list, func(o output) bool { return o.file == stdio }) && plain == "" {
		list = append([]output{{f.format.value, stdio}}, list...)
	}
	return list, nil
}

// isWord tells the name of a format from a drive or a path.
func isWord(s string) bool {
	return len(s) > 1 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// publishAll writes a result in every format, if it can be written in all.
func (p *program) publishAll(list []output, render func(w io.Writer, format string, look report.Look) error) error {
	texts := make([][]byte, len(list))
	for i, o := range list {
		look := report.NewLook(report.DefaultWidth, false)
		if o.file == stdio {
			look = p.look(p.stdout)
		}
		var b bytes.Buffer
		if err := render(&b, o.format, look); err != nil {
			return wrong("", "cannot write %s: %v", o.file, err)
		}
		texts[i] = b.Bytes()
	}
	for i, o := range list {
		if err := p.deliver(o.file, texts[i]); err != nil {
			return err
		}
	}
	return nil
}
