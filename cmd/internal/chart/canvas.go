package chart

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Formats lists the formats that a picture can be written in.
func Formats() []string { return []string{"svg", "png", "pdf"} }

// pixels of a PNG for each unit of length.
const pixels = 2

// largest side of a picture, in units; a PNG then takes 256 MB of memory.
const largest = 4000

// A Picture is something that can be drawn on a canvas.
type Picture interface {
	Title() string
	// Size is how large it wants to be, in units of 1/96 inch on a screen.
	Size() (width, height vg.Length)
	Draw(c draw.Canvas, t *Theme)
}

// Options say how a picture is written. Width and Height of 0 leave the size
// to the picture.
type Options struct {
	Format        string // of Formats
	Theme         *Theme
	Width, Height float64
}

// Write draws a picture. The same picture gives the same bytes.
func Write(w io.Writer, p Picture, o Options) error {
	width, height := p.Size()
	if o.Width > 0 {
		width, height = vg.Length(o.Width), vg.Length(o.Height)
	}
	if width > largest || height > largest {
		return fmt.Errorf("a picture of %.0f x %.0f, at most %d x %d are drawn", width, height, largest, largest)
	}
	sheet := newSheet(o.Format, width, height, p.Title())
	c := draw.New(sheet)
	c.SetColor(o.Theme.Paper)
	c.Fill(c.Rectangle.Path())
	p.Draw(c, o.Theme)
	_, err := sheet.WriteTo(w)
	return err
}

func newSheet(format string, width, height vg.Length, title string) vg.CanvasWriterTo {
	switch format {
	case "png":
		c := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(pixels*int(vg.Inch)))
		return vgimg.PngCanvas{Canvas: c}
	case "pdf":
		return newPDF(width, height, title)
	}
	return newSVG(width, height, title)
}

// A sheet is what canvases of documents have in common: how to draw, and the
// map from the coordinates in use, y upwards, to those of the document, y
// downwards.
type sheet struct {
	width, height vg.Length
	pen           pen
	stack         []pen
}

type pen struct {
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
	colour color.NRGBA
	moved  matrix
}

// matrix is an affine map: x' = a x + c y + e, y' = b x + d y + f.
type matrix struct{ a, b, c, d, e, f float64 }

// after is the map that does n first.
func (m matrix) after(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b, m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// angle in radians, clockwise in the document, by which text is turned.
func (m matrix) angle() float64 { return math.Atan2(m.b, m.a) + 0 }

// scale is how many times longer lines become.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// stretched is a length in the document.
func (s *sheet) stretched(l vg.Length) float64 { return float64(l) * s.pen.moved.scale() }

// place is a point of the document.
type place struct{ x, y float64 }

func (s *sheet) at(p vg.Point) place {
	m, x, y := s.pen.moved, float64(p.X), float64(p.Y)
	return place{m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f}
}

func newSheetOf(width, height vg.Length) sheet {
	return sheet{width: width, height: height, pen: pen{width: 1, colour: color.NRGBA{A: 255}, moved: matrix{1, 0, 0, -1, 0, float64(height)}}}
}

func (s *sheet) Size() (vg.Length, vg.Length) { return s.width, s.height }

func (s *sheet) SetLineWidth(w vg.Length) { s.pen.width = w }

func (s *sheet) SetLineDash(pattern []vg.Length, offset vg.Length) {
	s.pen.dashes, s.pen.offset = slices.Clone(pattern), offset
}

func (s *sheet) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	s.pen.colour = color.NRGBAModel.Convert(c).(color.NRGBA)
}

func (s *sheet) Rotate(radians float64) {
	sin, cos := math.Sincos(radians)
	s.pen.moved = s.pen.moved.after(matrix{cos, sin, -sin, cos, 0, 0})
}

func (s *sheet) Translate(p vg.Point) {
	s.pen.moved = s.pen.moved.after(matrix{1, 0, 0, 1, float64(p.X), float64(p.Y)})
}

func (s *sheet) Scale(x, y float64) { s.pen.moved = s.pen.moved.after(matrix{x, 0, 0, y, 0, 0}) }

func (s *sheet) Push() { s.stack = append(s.stack, s.pen) }

func (s *sheet) Pop() {
	last := len(s.stack) - 1
	s.pen, s.stack = s.stack[last], s.stack[:last]
}

// DrawImage is part of what a canvas can do; no picture of ours has images.
func (s *sheet) DrawImage(vg.Rectangle, image.Image) { panic("chart: no images") }

// A stroke is a piece of a path: a move, a line, a cubic curve or, without
// points, the way back to the start.
type stroke struct {
	op     byte // M, L, C or Z
	points []place
}

// strokes turns a path into pieces that every format knows.
func (s *sheet) strokes(p vg.Path) []stroke {
	var list []stroke
	add := func(op byte, points ...vg.Point) {
		var at []place
		for _, q := range points {
			at = append(at, s.at(q))
		}
		list = append(list, stroke{op, at})
	}
	last := vg.Point{}
	for _, c := range p {
		switch c.Type {
		case vg.MoveComp:
			add('M', c.Pos)
		case vg.LineComp:
			add('L', c.Pos)
		case vg.CurveComp:
			one, two := cubic(last, c)
			add('C', one, two, c.Pos)
		case vg.ArcComp:
			for i, curve := range arc(c) {
				if i == 0 && len(list) == 0 {
					add('M', curve[0])
				} else if i == 0 {
					add('L', curve[0])
				}
				add('C', curve[1], curve[2], curve[3])
				last = curve[3]
			}
			continue
		case vg.CloseComp:
			add('Z')
		}
		last = c.Pos
	}
	return list
}

// cubic gives the control points of a curve; those of a quadratic one lie two
// thirds of the way to its own.
func cubic(from vg.Point, c vg.PathComp) (one, two vg.Point) {
	if len(c.Control) == 2 {
		return c.Control[0], c.Control[1]
	}
	q := c.Control[0]
	toward := func(p vg.Point) vg.Point { return vg.Point{X: p.X + (q.X-p.X)*2/3, Y: p.Y + (q.Y-p.Y)*2/3} }
	return toward(from), toward(c.Pos)
}

// arc turns a piece of a circle into cubic curves of a quarter at most, which
// are off by less than 0.03 % of the radius (Goldapp, "Approximation of
// circular arcs by cubic polynomials", 1991).
func arc(c vg.PathComp) [][4]vg.Point {
	pieces := max(1, int(math.Ceil(math.Abs(c.Angle)/(math.Pi/2)-1e-9)))
	step := c.Angle / float64(pieces)
	k := vg.Length(4.0 / 3 * math.Tan(step/4))
	on := func(angle float64) (at, along vg.Point) {
		sin, cos := math.Sincos(angle)
		x, y := c.Radius*vg.Length(cos), c.Radius*vg.Length(sin)
		return vg.Point{X: c.Pos.X + x, Y: c.Pos.Y + y}, vg.Point{X: -y, Y: x}
	}
	var curves [][4]vg.Point
	for i := range pieces {
		from, out := on(c.Start + float64(i)*step)
		to, in := on(c.Start + float64(i+1)*step)
		curves = append(curves, [4]vg.Point{from, {X: from.X + k*out.X, Y: from.Y + k*out.Y}, {X: to.X - k*in.X, Y: to.Y - k*in.Y}, to})
	}
	return curves
}
