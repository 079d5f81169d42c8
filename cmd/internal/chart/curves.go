package chart

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Curves are measures over time or over a param.
type Curves struct {
	Caption
	X, Y    Axis
	Lines   []Line
	Ordered bool   // the lines are those of a rising quantity, and so are their colours
	Dotted  bool   // few points, each of which counts, are shown
	Marks   []Mark // levels to hold the lines against
}

// A Line is one curve. Points rise in X; a value that has no place on the axis
// breaks the line.
type Line struct {
	Name   string
	Points []Point
}

// A Point of a line, with the interval of Y where there is one: then Low < High.
type Point struct{ X, Y, Low, High float64 }

// A Mark is a level of Y.
type Mark struct {
	Name string
	Y    float64
}

// Size of a chart that fits a slide.
func (g *Curves) Size() (width, height vg.Length) { return 800, 450 }

// colour and dashes of line i.
func (g *Curves) look(t *Theme, i int) (color.Color, []vg.Length) {
	if g.Ordered && len(g.Lines) > 2 {
		return t.ramp(float64(i) / float64(len(g.Lines)-1)), nil
	}
	return t.Line(i), dashes(i, len(t.lines))
}

func (g *Curves) legend(t *Theme) []Key {
	if len(g.Lines) < 2 {
		return nil
	}
	var list []Key
	for i, l := range g.Lines {
		c, d := g.look(t, i)
		list = append(list, Key{Name: l.Name, Colour: c, Dashes: d})
	}
	return list
}

// Draw puts the chart on c.
func (g *Curves) Draw(c draw.Canvas, t *Theme) {
	c, ok := g.Frame(c, t, g.legend(t))
	if !ok {
		return
	}
	x, y := g.spans()
	p := newPlot(t)
	setX(p, &g.X, x, c)
	setY(p, &g.Y, y, c.Max.Y-c.Min.Y)
	if g.Y.PerYear {
		c.Max.X -= min(downRoom, (c.Max.X-c.Min.X)/3)
	}
	grid(p, t)
	p.Draw(c)
	area := p.DataCanvas(c)
	plane := plane{area, p, g}
	if g.Y.PerYear {
		plane.downTimes(t)
	}
	for i := range g.Lines {
		plane.band(t, i)
	}
	for i := range g.Lines {
		plane.line(t, i)
	}
	for _, m := range g.Marks {
		plane.mark(t, m)
	}
}

// spans are the stretches of both axes that are shown.
func (g *Curves) spans() (x, y span) {
	x, y = empty(), empty()
	for _, l := range g.Lines {
		for _, p := range l.Points {
			x.take(g.X.place(p.X))
			y.take(g.Y.place(p.Y))
			if p.Low < p.High {
				y.take(g.Y.place(p.Low))
				y.take(g.Y.place(p.High))
			}
		}
	}
	for _, m := range g.Marks {
		y.take(g.Y.place(m.Y))
	}
	y = y.padded(0.06)
	if x.low == x.high {
		x = x.padded(0)
	}
	if g.Y.Of == Share {
		y = span{max(y.low, 0), min(y.high, 1)}
	}
	if g.Y.Of == Down || g.Y.Of == Time || g.Y.Of == Number && !g.Y.Log {
		y.low = math.Max(y.low, 0)
	}
	return x, y
}

// Room beside an axis of nines for what they mean in time.
const downRoom = 74

// Room for each label.
const (
	perLabelX = 70
	perLabelY = 42
)

// newPlot is an empty plot in the house style.
func newPlot(t *Theme) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.Transparent
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Padding = 0
		a.LineStyle.Color, a.LineStyle.Width = t.Muted, 0.8
		a.Tick.LineStyle.Color, a.Tick.LineStyle.Width = t.Muted, 0.8
		a.Tick.Length = 4
		vertical := a.Tick.Label
		a.Tick.Label = Type{labelSize, false, t.Muted}.style()
		a.Tick.Label.XAlign, a.Tick.Label.YAlign = vertical.XAlign, vertical.YAlign
		a.Label.Padding = 4
		align := a.Label.TextStyle
		a.Label.TextStyle = Type{labelSize, false, t.Ink}.style()
		a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = align.XAlign, align.YAlign
	}
	return p
}

// setX gives a plot that is to be drawn on c its axis of X.
func setX(p *plot.Plot, a *Axis, s span, c draw.Canvas) {
	width := c.Max.X - c.Min.X
	list, unit := a.ticks(s, max(2, int(width/perLabelX)))
	spread(list, s, width-perLabelX, across)
	p.X.Min, p.X.Max = s.low, s.high
	p.X.Tick.Marker = plot.ConstantTicks(list)
	p.X.Label.Text = Clean(a.Label)
	if unit != "" && a.Label != "" {
		p.X.Label.Text += " (" + unit + ")"
	}
}

// setY gives a plot of this height its axis of Y; what it measures stands in
// the caption, the unit beside it.
func setY(p *plot.Plot, a *Axis, s span, height vg.Length) {
	list, unit := a.ticks(s, max(2, int(height/perLabelY)))
	spread(list, s, max(height-perLabelY, 1), upward)
	p.Y.Label.Text = unit
	p.Y.Min, p.Y.Max = s.low, s.high
	p.Y.Tick.Marker = plot.ConstantTicks(list)
	p.Y.LineStyle.Width, p.Y.Tick.Length, p.Y.Padding = 0, 0, 4
}

// grid draws a faint line at every label of Y.
func grid(p *plot.Plot, t *Theme) {
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		_, place := p.Transforms(&c)
		for _, tick := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			if tick.Label != "" {
				c.StrokeLine2(draw.LineStyle{Color: t.Faint, Width: 0.8}, c.Min.X, place(tick.Value), c.Max.X, place(tick.Value))
			}
		}
	}))
}

// plotterFunc is a function as a plot.Plotter.
type plotterFunc func(draw.Canvas, *plot.Plot)

func (f plotterFunc) Plot(c draw.Canvas, p *plot.Plot) { f(c, p) }

// A plane is the inside of a plot.
type plane struct {
	draw.Canvas
	plot *plot.Plot
	g    *Curves
}

// at is the point of the canvas for a value, and whether there is one.
func (n *plane) at(x, y float64) (vg.Point, bool) {
	toX, toY := n.plot.Transforms(&n.Canvas)
	px, py := n.g.X.place(x), n.g.Y.place(y)
	if math.IsNaN(px) || math.IsNaN(py) {
		return vg.Point{}, false
	}
	return vg.Point{X: toX(px), Y: toY(py)}, true
}

// downTimes labels an axis of nines on the right with what they mean.
func (n *plane) downTimes(t *Theme) {
	_, place := n.plot.Transforms(&n.Canvas)
	kind := Type{labelSize, false, t.Muted}
	for _, tick := range n.plot.Y.Tick.Marker.Ticks(n.plot.Y.Min, n.plot.Y.Max) {
		if tick.Label != "" {
			kind.Write(n.Canvas, vg.Point{X: n.Max.X + 8, Y: place(tick.Value) - labelSize*0.35}, Right, perYear(math.Pow(10, -tick.Value))+" / y")
		}
	}
}

// band fills the intervals of a line.
func (n *plane) band(t *Theme, i int) {
	c, _ := n.g.look(t, i)
	for _, points := range pieces(n.g.Lines[i].Points, func(p Point) bool { return p.Low < p.High }) {
		var edge []vg.Point
		for _, p := range points {
			if q, ok := n.at(p.X, n.inside(p.High)); ok {
				edge = append(edge, q)
			}
		}
		for _, p := range slices.Backward(points) {
			if q, ok := n.at(p.X, n.inside(p.Low)); ok {
				edge = append(edge, q)
			}
		}
		n.FillPolygon(faded(c, 0.2), n.ClipPolygonXY(edge))
	}
}

// inside moves the end of an interval to the edge of the plot where it has no
// place: an unavailability of 0, or less than nothing on a scale of ratios.
func (n *plane) inside(y float64) float64 {
	if p := n.g.Y.place(y); !math.IsNaN(p) {
		return y
	}
	edge := n.plot.Y.Min
	if n.g.Y.Of == Down {
		return math.Pow(10, -n.plot.Y.Max)
	}
	return math.Pow(10, edge)
}

// pieces cuts points where keep does not hold.
func pieces(points []Point, keep func(Point) bool) [][]Point {
	var list [][]Point
	var piece []Point
	for _, p := range points {
		if keep(p) {
			piece = append(piece, p)
			continue
		}
		if piece != nil {
			list = append(list, piece)
		}
		piece = nil
	}
	if piece != nil {
		list = append(list, piece)
	}
	return list
}

// fewPoints are so few that each can be shown.
const fewPoints = 30

func (n *plane) line(t *Theme, i int) {
	c, d := n.g.look(t, i)
	all := n.g.Lines[i].Points
	placed := func(p Point) bool { _, ok := n.at(p.X, p.Y); return ok }
	for _, points := range pieces(all, placed) {
		var line []vg.Point
		for _, p := range points {
			q, _ := n.at(p.X, p.Y)
			line = append(line, q)
			if n.g.Dotted && len(all) <= fewPoints {
				n.DrawGlyph(draw.GlyphStyle{Color: c, Radius: 2.6, Shape: draw.CircleGlyph{}}, q)
			}
		}
		n.StrokeLines(draw.LineStyle{Color: c, Width: 2.25, Dashes: d}, n.ClipLinesXY(line)...)
	}
}

// mark draws a level across, with its name above the right end.
func (n *plane) mark(t *Theme, m Mark) {
	at, ok := n.at(n.g.Lines[0].Points[0].X, m.Y)
	if !ok {
		return
	}
	n.StrokeLine2(draw.LineStyle{Color: t.Alarm, Width: 1.2, Dashes: []vg.Length{5, 4}}, n.Min.X, at.Y, n.Max.X, at.Y)
	kind := Type{noteSize, false, t.Alarm}
	name := kind.Fit(Clean(m.Name), n.Max.X-n.Min.X)
	Box(n.Canvas, vg.Rectangle{Min: vg.Point{X: n.Max.X - kind.Width(name) - 3, Y: at.Y + 2}, Max: vg.Point{X: n.Max.X, Y: at.Y + noteSize + 4}}, 0, faded(t.Paper, 0.8))
	kind.Write(n.Canvas, vg.Point{X: n.Max.X, Y: at.Y + 4}, Left, name)
}
