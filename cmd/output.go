package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/report"
	"nines/model"
)

// outputFlags say in which format a result is written, and where.
type outputFlags struct {
	format choice
	file   string
}

func (f *outputFlags) bind(c *cobra.Command, formats ...string) {
	f.format = choice{formats[0], formats}
	c.Flags().Var(&f.format, "format", "`FORMAT`: "+strings.Join(formats, ", "))
	c.RegisterFlagCompletionFunc("format", f.format.complete)
	f.bindFile(c)
}

func (f *outputFlags) bindFile(c *cobra.Command) {
	c.Flags().StringVarP(&f.file, "output", "o", stdio, "write the result to `FILE`")
}

// spares refuses to write a result over the model that it comes from.
func (f *outputFlags) spares(sources []string) error { return spares("output", f.file, sources) }

// spares also refuses what lies in no directory, before any work is done for it.
func spares(flag, file string, sources []string) error {
	if file == "" || file == stdio {
		return nil
	}
	if err := placed(file); err != nil {
		return err
	}
	out, missing := os.Stat(file)
	for _, source := range sources {
		in, err := os.Stat(source)
		if err == nil && missing == nil && in.Mode().IsRegular() && os.SameFile(in, out) {
			return wrong("", "--%s %s would overwrite the model", flag, file)
		}
	}
	return nil
}

// placed says whether there is a directory for a file.
func placed(file string) error {
	dir := filepath.Dir(file)
	switch in, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return wrong("mkdir "+dir, "cannot write %s: no such file or directory", file)
	case err == nil && !in.IsDir():
		return wrong("", "cannot write %s: %s is not a directory", file, dir)
	}
	return nil
}

// publish writes a report.
func (p *program) publish(r *report.Report, f *outputFlags) error {
	if f.format.value == "csv" {
		p.show(r.Diagnostics, model.Note)
	}
	return p.write(f.file, func(w io.Writer, look report.Look) error { return r.Write(w, f.format.value, look) })
}

// write sends what render makes to a file, or to standard output for "-". It
// is made whole before the first byte is written.
func (p *program) write(file string, render func(io.Writer, report.Look) error) error {
	var b bytes.Buffer
	look := report.NewLook(report.DefaultWidth, false)
	if file == stdio {
		look = p.look(p.stdout)
	}
	err := render(&b, look)
	if err == nil && file == stdio {
		_, err = p.stdout.Write(b.Bytes())
	} else if err == nil {
		err = replace(file, b.Bytes())
	}
	if err != nil {
		return wrong("", "cannot write %s: %v", file, cause(err))
	}
	return nil
}

// cause of an error with a file, without the name.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// deliver writes a text to a file, or to standard output for "-".
func (p *program) deliver(file string, text []byte) error {
	return p.write(file, func(w io.Writer, _ report.Look) error {
		_, err := w.Write(text)
		return err
	})
}

// replace writes a file whole or not at all: beside it first, then in its
// place. What is no regular file, a device or a pipe, is written to directly.
func replace(file string, text []byte) (err error) {
	const readable = 0o666 // before umask
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	old, missing := os.Stat(file)
	if missing == nil && !old.Mode().IsRegular() {
		return os.WriteFile(file, text, readable)
	}
	name := filepath.Join(filepath.Dir(file), fmt.Sprintf(".nines-%x", rand.Uint64()))
	temp, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, readable)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	_, err = temp.Write(text)
	err = errors.Join(err, temp.Sync()) // or a crash could leave the new name with nothing in it
	if missing == nil {
		err = errors.Join(err, temp.Chmod(old.Mode().Perm()))
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return err
	}
	return os.Rename(name, file)
}
