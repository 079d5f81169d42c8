package report

import (
	"io"
	"strings"
	"unicode"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// A Look is how text is shown: how wide, and the styles, which are plain where
// colour is not wanted.
type Look struct {
	width                                        int
	text, title, head, dim, own, inherited, link lipgloss.Style
	success, failure, warning, note              lipgloss.Style
}

// Widths between which tables and bars are laid out.
const (
	minWidth     = 60
	DefaultWidth = 80
	maxWidth     = 110
)

// NewLook makes a look for so many columns. Colours are the terminal's own
// sixteen, so that they fit a light and a dark background without asking the
// terminal which it has.
func NewLook(columns int, colour bool) Look {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	if colour {
		r.SetColorProfile(termenv.ANSI)
	}
	style := r.NewStyle
	shade := func(c string) lipgloss.Style { return style().Foreground(lipgloss.Color(c)) }
	return Look{
		width: min(max(columns, minWidth), maxWidth),
		text:  style(), title: style().Bold(true), head: style().Faint(true), dim: style().Faint(true),
		own: shade("6"), inherited: shade("4"), link: shade("4"),
		success: shade("2").Bold(true), failure: shade("1").Bold(true), warning: shade("3").Bold(true), note: shade("6").Bold(true),
	}
}

// inner is the width without the margin on the left.
func (l Look) inner() int { return l.width - 1 }

// clean makes text of a model file safe for a terminal: control characters and
// those that turn the direction of writing become a replacement character.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// wrap breaks text at spaces into lines of at most width columns.
func wrap(text string, width int) []string { return fill(strings.Fields(text), " ", width) }

// fill joins pieces into lines of at most width columns.
func fill(pieces []string, separator string, width int) []string {
	var lines []string
	line := ""
	for _, piece := range pieces {
		switch {
		case line == "":
			line = piece
		case lipgloss.Width(line+separator+piece) > width:
			lines = append(lines, line)
			line = piece
		default:
			line += separator + piece
		}
	}
	return append(lines, line)
}
