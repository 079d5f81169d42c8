package cmd

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"nines/cmd/internal/chart"
)

// pictureFlags say how a picture is written, and where.
type pictureFlags struct {
	outputFlags
	theme choice
	size  area
}

// bind offers the formats of pictures and those of text that come beside them.
func (f *pictureFlags) bind(c *cobra.Command, beside ...string) {
	f.format = choice{"", append(chart.Formats(), beside...)}
	c.Flags().Var(&f.format, "format", "`FORMAT`: "+strings.Join(f.format.among, ", ")+" (default by the name of the file)")
	c.RegisterFlagCompletionFunc("format", f.format.complete)
	f.bindLook(c)
	f.bindFile(c)
}

// bindLook binds the flags that say how a picture looks.
func (f *pictureFlags) bindLook(c *cobra.Command) {
	f.theme = choice{chart.Themes()[0], chart.Themes()}
	c.Flags().Var(&f.theme, "theme", "`THEME`: "+strings.Join(chart.Themes(), ", "))
	c.Flags().Var(&f.size, "size", "make it `WIDTHxHEIGHT`, as in 800x450 (default what it takes)")
	c.RegisterFlagCompletionFunc("theme", f.theme.complete)
}

// settle finds the format by the name of the file where none was given.
func (f *pictureFlags) settle() error {
	if f.format.value != "" {
		return nil
	}
	extension := strings.TrimPrefix(filepath.Ext(f.file), ".")
	switch {
	case f.file == stdio:
		f.format.value = f.format.among[0]
	case slices.Contains(f.format.among, extension):
		f.format.value = extension
	default:
		return wrong("name it like "+strings.TrimSuffix(f.file, filepath.Ext(f.file))+".svg, or say --format", "the name %s tells no format, want one of %s", f.file, strings.Join(f.format.among, ", "))
	}
	return nil
}

// draw writes a picture.
func (p *program) draw(picture chart.Picture, f *pictureFlags) error {
	var b bytes.Buffer
	err := chart.Write(&b, picture, chart.Options{Format: f.format.value, Theme: chart.ThemeOf(f.theme.value), Width: f.size.width, Height: f.size.height})
	if err != nil {
		return wrong("give a smaller --size, or ask for less with --system", "%w", err)
	}
	if _, terminal := size(p.stdout); terminal && f.file == stdio && f.format.value != "svg" {
		return wrong("-o FILE."+f.format.value+" writes it to a file", "a %s is nothing for a terminal", strings.ToUpper(f.format.value))
	}
	return p.deliver(f.file, b.Bytes())
}

// area is a width and a height, 0 for none given.
type area struct{ width, height float64 }

func (a *area) String() string {
	if a.width == 0 {
		return ""
	}
	return fmt.Sprintf("%gx%g", a.width, a.height)
}

func (a *area) Type() string { return "size" }

// Bounds of the sides of a picture.
const (
	smallestSide = 100
	largestSide  = 4000
)

func (a *area) Set(s string) error {
	width, height, _ := strings.Cut(s, "x")
	w, badWidth := strconv.Atoi(width)
	h, badHeight := strconv.Atoi(height)
	if badWidth != nil || badHeight != nil || min(w, h) < smallestSide || max(w, h) > largestSide {
		return wrong("write it like 800x450", "want a width and a height from %d to %d", smallestSide, largestSide)
	}
	a.width, a.height = float64(w), float64(h)
	return nil
}
