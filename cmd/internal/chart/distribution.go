package chart

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Distribution is that of a time: the share above it, and below that the
// share in each stretch.
type Distribution struct {
	Caption
	X       Axis
	Above   []Point // Y is the share that exceeds X
	Bins    []Bin
	BinNote string   // what the bins are shares of
	Marks   []Moment // of X
}

// A Bin is the share between two values.
type Bin struct{ From, To, Share float64 }

// A Moment is a value with a name.
type Moment struct {
	Name string
	At   float64
}

// Size of a chart that fits a slide.
func (g *Distribution) Size() (width, height vg.Length) { return 800, 560 }

// upper is the share of the height that the shares above take.
const upper = 0.6

// Draw puts the chart on c.
func (g *Distribution) Draw(c draw.Canvas, t *Theme) {
	c, ok := g.Frame(c, t, nil)
	if !ok {
		return
	}
	curves := &Curves{X: g.X, Y: Axis{Of: Share}, Lines: []Line{{Points: g.Above}}}
	bins := &Curves{X: curves.X, Y: curves.Y, Lines: []Line{{}}}
	for _, b := range g.Bins {
		bins.Lines[0].Points = append(bins.Lines[0].Points, Point{X: b.To, Y: b.Share})
	}
	x, _ := curves.spans()
	_, mass := bins.spans()
	top, bottom := g.panel(c, t, curves, x, span{0, 1}, upper), g.panel(c, t, bins, x, span{0, mass.high}, 1-upper)
	top.HideX()
	top.X.Label.Text = ""
	split := c.Min.Y + (1-upper)*(c.Max.Y-c.Min.Y)
	above, below := c, c
	above.Min.Y, below.Max.Y = split+2*gap, split-noteSize*leading
	Type{noteSize, false, t.Muted}.Write(c, vg.Point{X: c.Min.X, Y: split - 2}, Right, g.BinNote)
	tiles := plot.Align([][]*plot.Plot{{top}, {bottom}}, draw.Tiles{Cols: 1, Rows: 2}, c)
	above.Min.X, above.Max.X = tiles[0][0].Min.X, tiles[0][0].Max.X
	below.Min.X, below.Max.X = tiles[1][0].Min.X, tiles[1][0].Max.X
	top.Draw(above)
	bottom.Draw(below)
	plane := plane{top.DataCanvas(above), top, curves}
	plane.band(t, 0)
	plane.line(t, 0)
	g.bars(bottom.DataCanvas(below), bottom, t)
	g.moments(plane, t)
}

// panel is one of the two plots; it has a share of the height.
func (g *Distribution) panel(c draw.Canvas, t *Theme, k *Curves, x, y span, share float64) *plot.Plot {
	p := newPlot(t)
	setX(p, &k.X, x, c)
	setY(p, &k.Y, y, vg.Length(share)*(c.Max.Y-c.Min.Y))
	grid(p, t)
	return p
}

// bars draws the bins with a hair between them.
func (g *Distribution) bars(c draw.Canvas, p *plot.Plot, t *Theme) {
	x, y := p.Transforms(&c)
	for _, b := range g.Bins {
		Box(c, vg.Rectangle{Min: vg.Point{X: x(g.X.place(b.From)) + 0.5, Y: y(0)}, Max: vg.Point{X: x(g.X.place(b.To)) - 0.5, Y: y(b.Share)}}, 0, faded(t.Line(0), 0.75))
	}
}

// moments marks times on the curve, their names below each other.
func (g *Distribution) moments(n plane, t *Theme) {
	toX, _ := n.plot.Transforms(&n.Canvas)
	x := func(at float64) vg.Length { return toX(g.X.place(at)) }
	shown := slices.DeleteFunc(slices.Clone(g.Marks), func(m Moment) bool { return x(m.At) < n.Min.X || x(m.At) > n.Max.X })
	for _, m := range shown {
		n.StrokeLine2(draw.LineStyle{Color: t.Alarm, Width: 1.2, Dashes: []vg.Length{5, 4}}, x(m.At), n.Min.Y, x(m.At), n.Max.Y)
	}
	kind := Type{noteSize, false, t.Alarm}
	for i, m := range shown {
		name := kind.Fit(m.Name, n.Max.X-n.Min.X-6)
		width := kind.Width(name) + 6
		at := vg.Point{X: x(m.At) + 2, Y: n.Max.Y - vg.Length(i+1)*noteSize*leading}
		if at.X+width > n.Max.X {
			at.X = max(at.X-width-4, n.Min.X)
		}
		Box(n.Canvas, vg.Rectangle{Min: vg.Point{X: at.X, Y: at.Y - 2}, Max: vg.Point{X: at.X + width, Y: at.Y + noteSize}}, 0, t.Paper)
		kind.Write(n.Canvas, vg.Point{X: at.X + 3, Y: at.Y}, Right, name)
	}
}
