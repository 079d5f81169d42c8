package dsl

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"nines/dsl/syntax"
	"nines/model/dist"
)

// opener opens a file beside the model.
type opener func(name string) (io.ReadCloser, error)

// maxSamples bounds the lines of a file of durations.
const maxSamples = 1_000_000

// empirical reads the law that resamples the durations of a file.
func (v *values) empirical(l *syntax.Law) (dist.Law, bool) {
	if len(l.Args) != 1 || l.Args[0].File == nil {
		v.report.report("E038", l.Span, "empirical wants one file name, got %s", describeArgs(l)).help("write `%s`", lawUsage(l.Name.Text))
		return nil, false
	}
	file := l.Args[0].File
	name := file.Value()
	if law, known := v.files[name]; known {
		return law, law != nil
	}
	law, err := v.samples(name)
	if v.files[name] = law; err != nil {
		v.report.report("E039", file.Span, "cannot use `%s`: %s", name, err).
			help("the file lies beside the model or below and has one duration a line, as in `25m`")
	}
	return law, err == nil
}

func (v *values) samples(name string) (dist.Law, error) {
	if !filepath.IsLocal(name) {
		return nil, errors.New("it is not beside the model or below")
	}
	if v.open == nil {
		return nil, errors.New("no files can be read here")
	}
	file, err := v.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	durations, err := v.durations(file)
	if err != nil {
		return nil, err
	}
	return dist.NewEmpirical(durations)
}

// durations reads one duration a line; empty lines and comments are left out.
func (v *values) durations(r io.Reader) ([]float64, error) {
	var list []float64
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if len(list) == maxSamples {
			return nil, fmt.Errorf("more than %d durations", maxSamples)
		}
		seconds, err := v.seconds(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		list = append(list, seconds)
	}
	return list, lines.Err()
}
