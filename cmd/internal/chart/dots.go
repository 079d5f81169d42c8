package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dots are the values of many things on one axis, and of several groups side
// by side where they are compared.
type Dots struct {
	Caption
	X      Axis
	Groups []string // what is compared, one dot of every row for each
	Rows   []DotRow
}

// A DotRow holds the values of one thing.
type DotRow struct {
	Name string
	Dots []Dot // one for each of the groups
}

// A Dot is a value, with its interval where there is one: then Low < High. One
// that is not known is NaN; one that has no place on the axis, as 100 % on an
// axis of nines, is written at its end.
type Dot struct{ Value, Low, High float64 }

const (
	dotRow    = 22 // height of a row
	dotRadius = 4.5
	axisRoom  = 20 // for the labels of an axis
)

// Size grows with the rows.
func (g *Dots) Size() (width, height vg.Length) {
	return 800, 170 + dotRow*vg.Length(len(g.Rows))
}

func (g *Dots) legend(t *Theme) []Key {
	if len(g.Groups) < 2 {
		return nil
	}
	var list []Key
	for i, name := range g.Groups {
		list = append(list, Key{Name: name, Colour: t.Line(i), Block: true})
	}
	return list
}

func (g *Dots) span() span {
	s := empty()
	for _, r := range g.Rows {
		for _, d := range r.Dots {
			s.take(g.X.place(d.Value))
			if d.Low < d.High {
				s.take(g.X.place(d.Low))
				s.take(g.X.place(d.High))
			}
		}
	}
	s = s.padded(0.06)
	if g.X.Of == Down {
		s.low = max(s.low, 0)
	}
	return s
}

// Draw puts the chart on c.
func (g *Dots) Draw(c draw.Canvas, t *Theme) {
	c, ok := g.Frame(c, t, g.legend(t))
	if !ok {
		return
	}
	name := Type{textSize, false, t.Ink}
	names := vg.Length(0)
	for _, r := range g.Rows {
		names = max(names, name.Width(Clean(r.Name)))
	}
	names = min(names, widest*(c.Max.X-c.Min.X))
	area := draw.Crop(c, names+2*gap, -2*gap, axisRoom, 0)
	if g.X.PerYear {
		area.Max.Y -= axisRoom
	}
	s := g.span()
	at := func(x float64) vg.Length {
		return area.Min.X + vg.Length((x-s.low)/(s.high-s.low))*(area.Max.X-area.Min.X)
	}
	g.axis(area, t, s, at)
	height := (area.Max.Y - area.Min.Y) / vg.Length(max(1, len(g.Rows)))
	for i, r := range g.Rows {
		y := area.Max.Y - (vg.Length(i)+0.5)*height
		name.Write(c, vg.Point{X: c.Min.X + names, Y: y - textSize*0.35}, Left, name.Fit(Clean(r.Name), names))
		c.StrokeLine2(draw.LineStyle{Color: t.Faint, Width: 0.8}, area.Min.X, y, area.Max.X, y)
		for k := len(r.Dots) - 1; k >= 0; k-- {
			g.dot(area, t, r.Dots[k], k, y, at)
		}
	}
}

// axis labels the bottom, and the top with what nines mean in time.
func (g *Dots) axis(c draw.Canvas, t *Theme, s span, at func(float64) vg.Length) {
	kind := Type{labelSize, false, t.Muted}
	width := c.Max.X - c.Min.X
	list, _ := g.X.ticks(s, max(2, int(width/perLabelX)))
	spread(list, s, width, across)
	for _, tick := range list {
		if tick.Label == "" {
			continue
		}
		x := at(tick.Value)
		c.StrokeLine2(draw.LineStyle{Color: t.Faint, Width: 0.8}, x, c.Min.Y, x, c.Max.Y)
		kind.Write(c, vg.Point{X: x, Y: c.Min.Y - labelSize - 3}, About, tick.Label)
		if g.X.PerYear {
			kind.Write(c, vg.Point{X: x, Y: c.Max.Y + 6}, About, perYear(math.Pow(10, -tick.Value))+" / y")
		}
	}
}

func (g *Dots) dot(c draw.Canvas, t *Theme, d Dot, group int, y vg.Length, at func(float64) vg.Length) {
	colour := t.Line(group)
	edge := func(x float64) vg.Length {
		if p := g.X.place(x); !math.IsNaN(p) {
			return at(p)
		}
		return c.Max.X
	}
	switch {
	case math.IsNaN(d.Value):
		return
	case math.IsNaN(g.X.place(d.Value)):
		Type{labelSize, true, colour}.Write(c, vg.Point{X: c.Max.X, Y: y - labelSize*0.35}, Left, "100 %")
		return
	case d.Low < d.High:
		c.StrokeLine2(draw.LineStyle{Color: colour, Width: 2.5}, edge(d.Low), y, edge(d.High), y)
	}
	c.DrawGlyph(draw.GlyphStyle{Color: colour, Radius: dotRadius, Shape: draw.CircleGlyph{}}, vg.Point{X: at(g.X.place(d.Value)), Y: y})
}
