package chart

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// fontStack names typefaces whose letters are as wide as those of Liberation
// Sans, which the layout is measured with. Where there is none of them, the
// length of each text makes the letters of another one fit.
const fontStack = "'Liberation Sans', Arimo, Helvetica, Arial, sans-serif"

// svg is a canvas that writes Scalable Vector Graphics 1.1. Text stays text:
// it can be searched and read out.
type svg struct {
	sheet
	title string
	body  strings.Builder
	inks  []color.NRGBA // the colour of every element, in their order
}

func newSVG(width, height vg.Length, title string) *svg {
	return &svg{sheet: newSheetOf(width, height), title: title}
}

func (s *svg) Stroke(p vg.Path) {
	if s.pen.width <= 0 {
		return
	}
	fmt.Fprintf(&s.body, `<path d="%s" fill="none" %s stroke-width="%s"`, s.path(p), s.paint("stroke"), decimal(s.stretched(s.pen.width)))
	if len(s.pen.dashes) > 0 {
		var list []string
		for _, d := range s.pen.dashes {
			list = append(list, decimal(s.stretched(d)))
		}
		fmt.Fprintf(&s.body, ` stroke-dasharray="%s"`, strings.Join(list, " "))
	}
	if s.pen.offset != 0 {
		fmt.Fprintf(&s.body, ` stroke-dashoffset="%s"`, decimal(s.stretched(s.pen.offset)))
	}
	s.body.WriteString("/>\n")
}

func (s *svg) Fill(p vg.Path) {
	fmt.Fprintf(&s.body, `<path d="%s" %s/>`+"\n", s.path(p), s.paint("fill"))
}

func (s *svg) path(p vg.Path) string {
	var b strings.Builder
	for _, k := range s.strokes(p) {
		b.WriteByte(k.op)
		for i, at := range k.points {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(decimal(at.x) + " " + decimal(at.y))
		}
	}
	return b.String()
}

func (s *svg) FillString(f font.Face, at vg.Point, text string) {
	if f.Font.Size == 0 {
		return
	}
	p := s.at(at)
	fmt.Fprintf(&s.body, `<text x="%s" y="%s" font-size="%s"`, decimal(p.x), decimal(p.y), decimal(s.stretched(f.Font.Size)))
	if width := s.stretched(f.Width(text)); width > 0 {
		fmt.Fprintf(&s.body, ` textLength="%s" lengthAdjust="spacingAndGlyphs"`, decimal(width))
	}
	if bold(f.Font) {
		s.body.WriteString(` font-weight="bold"`)
	}
	if angle := s.pen.moved.angle(); angle != 0 {
		fmt.Fprintf(&s.body, ` transform="rotate(%s %s %s)"`, decimal(angle*180/math.Pi), decimal(p.x), decimal(p.y))
	}
	fmt.Fprintf(&s.body, " %s>%s</text>\n", s.paint("fill"), escaped(text))
}

func (s *svg) WriteTo(w io.Writer) (int64, error) {
	width, height := decimal(float64(s.width)), decimal(float64(s.height))
	n, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" font-family="%s">
<title>%s</title>
%s</svg>
`, width, height, width, height, fontStack, escaped(s.title), s.body.String())
	return int64(n), err
}

// paint gives an element the colour of the pen, with its opacity where it is
// not full.
func (s *svg) paint(attribute string) string {
	c := s.pen.colour
	s.inks = append(s.inks, c)
	text := fmt.Sprintf(`%s="%s"`, attribute, hexadecimal(c))
	if c.A < 255 {
		text += fmt.Sprintf(` %s-opacity="%s"`, attribute, decimal(float64(c.A)/255))
	}
	return text
}

// decimal writes a coordinate with two decimals at most, so that the last bits
// of another kind of processor do not show.
func decimal(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100+0, 'f', -1, 64)
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err) // a Builder takes all
	}
	return b.String()
}
