package chart

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Responsive picture also has a shape for the screen of a phone. One that has
// not is scrolled there.
type Responsive interface {
	Picture
	Narrow() (width, height vg.Length)
}

// narrow is the width of pictures for phones.
const narrow = 360

// A Shade is a colour of the light theme and the one in its place in the dark
// one, as "#rrggbb".
type Shade struct{ Light, Dark string }

// Inline draws a picture of some size as an SVG element for a page, in the
// light theme, and lists its colours: rules of a style sheet that put one for
// the other make it dark. The element has no ids, so a page may have many.
func Inline(p Picture, width, height vg.Length) (element string, shades []Shade) {
	light, dark := inked(p, width, height, "light"), inked(p, width, height, "dark")
	if len(light.inks) != len(dark.inks) {
		panic("chart: the theme changes the shape of a picture")
	}
	for i, c := range light.inks {
		shades = append(shades, Shade{hexadecimal(c), hexadecimal(dark.inks[i])})
	}
	var b strings.Builder
	light.WriteTo(&b) // a Builder takes all
	return b.String(), shades
}

// inked is a picture drawn in a theme.
func inked(p Picture, width, height vg.Length, theme string) *svg {
	s, t := newSVG(width, height, p.Title()), ThemeOf(theme)
	c := draw.New(s)
	c.SetColor(t.Paper)
	c.Fill(c.Rectangle.Path())
	p.Draw(c, t)
	return s
}

func hexadecimal(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// heightFor is the height that a picture takes when it is made narrow: that of
// what is drawn, and of a caption and a legend that need more lines.
func (k Caption) heightFor(drawn vg.Length, legend []Key) vg.Length {
	return drawn + k.Around(narrow, legend)
}

// Narrow is a shape for a phone.
func (g *Curves) Narrow() (width, height vg.Length) {
	return narrow, g.heightFor(260, g.legend(ThemeOf("light")))
}

// Narrow is a shape for a phone.
func (g *Distribution) Narrow() (width, height vg.Length) {
	return narrow, g.heightFor(400, nil)
}

// Narrow is a shape for a phone.
func (b *Bars) Narrow() (width, height vg.Length) {
	return narrow, b.heightFor(vg.Length(len(b.Rows))*b.rowHeight(), b.legend(ThemeOf("light")))
}

// Narrow is a shape for a phone.
func (g *Dots) Narrow() (width, height vg.Length) {
	return narrow, g.heightFor(2*axisRoom+dotRow*vg.Length(len(g.Rows)), g.legend(ThemeOf("light")))
}
