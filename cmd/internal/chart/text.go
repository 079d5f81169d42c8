package chart

import (
	"image/color"
	"strings"
	"unicode"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of letters.
const (
	headSize  = 17
	textSize  = 12
	labelSize = 11
	noteSize  = 9.5
)

// A Type is how letters look.
type Type struct {
	Size   vg.Length
	Bold   bool
	Colour color.Color
}

// style is a Type as gonum wants it.
func (t Type) style() text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: t.Size}
	if t.Bold {
		f.Weight = stdfont.WeightBold
	}
	return text.Style{Color: t.Colour, Font: f, Handler: plot.DefaultTextHandler}
}

// Width of a text.
func (t Type) Width(s string) vg.Length { return t.style().Width(s) }

// Where a text stands beside its point: to the right of it, about it, or to
// the left of it.
const (
	Right = text.XLeft
	About = text.XCenter
	Left  = text.XRight
)

// Write puts a line of text, its baseline at the height of p.
func (t Type) Write(c draw.Canvas, p vg.Point, side text.XAlignment, s string) {
	switch side {
	case About:
		p.X -= t.Width(s) / 2
	case Left:
		p.X -= t.Width(s)
	}
	style := t.style()
	c.SetColor(t.Colour)
	c.FillString(style.Handler.Cache().Lookup(style.Font, t.Size), p, s)
}

// Fit shortens a text to a width.
func (t Type) Fit(s string, width vg.Length) string {
	if t.Width(s) <= width {
		return s
	}
	letters := []rune(s)
	for len(letters) > 1 && t.Width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}

// Wrap breaks a text at spaces into lines of at most a width; a word that is
// longer is shortened.
func (t Type) Wrap(s string, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch joined := strings.TrimSpace(line + " " + word); {
		case t.Width(joined) <= width:
			line = joined
		default:
			if line != "" {
				lines = append(lines, line)
			}
			line = t.Fit(word, width)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// Clean makes a text of a model file safe to show: control characters and those
// that turn the direction of writing become a replacement character.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
