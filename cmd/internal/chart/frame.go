package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Caption is what a chart says around itself.
type Caption struct {
	Head   string // what is shown
	Below  string // what is measured, in which unit; may be ""
	Source string // which file, which method
}

// Title of the picture.
func (k Caption) Title() string { return Clean(k.Head) }

// Margin is the space around a frame.
const Margin = 18

// Space between its rows.
const (
	leading = 1.35 // from line to line, in sizes of letters
	gap     = 10
)

// A Key is one entry of a legend.
type Key struct {
	Name   string
	Colour color.Color
	Dashes []vg.Length
	Block  bool // a filled square, not a line
	Ring   bool // a square that is not filled
}

// least is the side of a canvas below which nothing can be shown on it.
const least = 80

// Frame draws a caption and a legend and gives the canvas that is left between
// them, and whether that is large enough to draw on.
func (k Caption) Frame(c draw.Canvas, t *Theme, legend []Key) (inner draw.Canvas, ok bool) {
	c = draw.Crop(c, Margin, -Margin, Margin, -Margin)
	width := c.Max.X - c.Min.X
	y := c.Max.Y
	put := func(kind Type, s string) {
		for _, line := range kind.Wrap(Clean(s), width) {
			y -= kind.Size * leading
			kind.Write(c, vg.Point{X: c.Min.X, Y: y + kind.Size*(leading-1)}, Right, line)
		}
	}
	put(Type{headSize, true, t.Ink}, k.Head)
	if k.Below != "" {
		y -= 2
		put(Type{textSize, false, t.Muted}, k.Below)
	}
	if len(legend) > 0 {
		y = keys(c, t, legend, y-gap/2)
	}
	note := Type{noteSize, false, t.Muted}
	lines := note.Wrap(Clean(k.Source), width)
	bottom := c.Min.Y + vg.Length(len(lines))*noteSize*leading
	for i, line := range lines {
		note.Write(c, vg.Point{X: c.Min.X, Y: bottom - vg.Length(i+1)*noteSize*leading + 2}, Right, line)
	}
	c.Min.Y, c.Max.Y = bottom+gap, y-gap-4
	return c, c.Max.X-c.Min.X >= least && c.Max.Y-c.Min.Y >= least
}

// Around is the height that Frame takes of a canvas so wide.
func (k Caption) Around(width vg.Length, legend []Key) vg.Length {
	const tall = 10 * largest
	inner, _ := k.Frame(draw.New(newSVG(width, tall, "")), ThemeOf("light"), legend)
	return tall - (inner.Max.Y - inner.Min.Y)
}

const (
	sample = 22 // length of the line before a name
	swatch = 10 // side of the square before one
)

// keys draws a legend in rows from y down and gives where it ends.
func keys(c draw.Canvas, t *Theme, legend []Key, y vg.Length) vg.Length {
	kind := Type{labelSize, false, t.Ink}
	x := c.Min.X
	y -= labelSize * leading
	for _, k := range legend {
		mark := vg.Length(sample)
		if k.Block || k.Ring {
			mark = swatch
		}
		name := kind.Fit(Clean(k.Name), c.Max.X-c.Min.X-mark-2*gap)
		width := mark + 6 + kind.Width(name)
		if x > c.Min.X && x+width > c.Max.X {
			x, y = c.Min.X, y-labelSize*leading
		}
		k.draw(c, vg.Point{X: x, Y: y})
		kind.Write(c, vg.Point{X: x + mark + 6, Y: y}, Right, name)
		x += width + 2*gap
	}
	return y
}

// draw puts the mark of a key on a baseline.
func (k Key) draw(c draw.Canvas, at vg.Point) {
	square := vg.Rectangle{Min: vg.Point{X: at.X, Y: at.Y - 1}, Max: vg.Point{X: at.X + swatch, Y: at.Y - 1 + swatch}}
	switch {
	case k.Block:
		Box(c, square, 2, k.Colour)
		return
	case k.Ring:
		c.SetLineStyle(draw.LineStyle{Color: k.Colour, Width: 2})
		c.Stroke(Outline(square, 2))
		return
	}
	middle := at.Y + labelSize*0.34
	c.StrokeLine2(draw.LineStyle{Color: k.Colour, Width: 2.25, Dashes: k.Dashes}, at.X, middle, at.X+sample, middle)
}

// Box fills a rectangle with round corners.
func Box(c draw.Canvas, r vg.Rectangle, radius vg.Length, fill color.Color) {
	c.SetColor(fill)
	c.Fill(Outline(r, radius))
}

// Outline is a rectangle with round corners.
func Outline(r vg.Rectangle, radius vg.Length) vg.Path {
	if radius == 0 {
		return r.Path()
	}
	radius = min(radius, (r.Max.X-r.Min.X)/2, (r.Max.Y-r.Min.Y)/2)
	const k = 0.44771525 // 1 - 4/3 (sqrt 2 - 1), of a quarter of a circle
	var p vg.Path
	corner := func(at vg.Point, fromX, fromY, toX, toY vg.Length) {
		from := vg.Point{X: at.X + fromX*radius, Y: at.Y + fromY*radius}
		to := vg.Point{X: at.X + toX*radius, Y: at.Y + toY*radius}
		if len(p) == 0 {
			p.Move(from)
		} else {
			p.Line(from)
		}
		p.CubeTo(vg.Point{X: at.X + k*fromX*radius, Y: at.Y + k*fromY*radius}, vg.Point{X: at.X + k*toX*radius, Y: at.Y + k*toY*radius}, to)
	}
	corner(vg.Point{X: r.Max.X, Y: r.Min.Y}, -1, 0, 0, 1)
	corner(r.Max, 0, -1, -1, 0)
	corner(vg.Point{X: r.Min.X, Y: r.Max.Y}, 1, 0, 0, -1)
	corner(r.Min, 0, 1, 1, 0)
	p.Close()
	return p
}
