package graph

import (
	"errors"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nines/cmd/internal/chart"
)

// Letters and boxes of nodes.
const (
	nameSize  = 13
	lineSize  = 10.5
	lead      = 1.35
	padX      = 12
	padY      = 8
	leastWide = 86
	mostWide  = 260
	narrowest = 560 // picture
	widest    = 3500.0
	mostScale = 3.0
)

func nameType(c color.Color) chart.Type { return chart.Type{Size: nameSize, Bold: true, Colour: c} }

func lineType(c color.Color) chart.Type { return chart.Type{Size: lineSize, Colour: c} }

// extent of a node with its texts.
func (n *Node) extent() size {
	if n.Kind == Joint && n.Name == "" {
		return size{joint, joint}
	}
	width := nameType(nil).Width(chart.Clean(n.Name))
	for _, l := range n.Lines {
		width = max(width, lineType(nil).Width(chart.Clean(l)))
	}
	height := 2*padY + nameSize*1.1 + vg.Length(len(n.Lines))*lineSize*lead
	least := vg.Length(leastWide)
	if n.Kind == Joint {
		least = 0
	}
	return size{float64(min(max(width+2*padX, least), mostWide)), float64(height)}
}

// joint is the side of the place where ways part.
const joint = 6.0

// A drawing is a graph that is laid out.
type drawing struct {
	*Graph
	*layout
}

// mostVertices is how many nodes, and places where links pass through a rank,
// are laid out within some seconds.
const mostVertices = 100_000

// ErrLarge says that a graph has too many nodes and edges to be laid out.
var ErrLarge = errors.New("the graph is too large to be drawn")

// Picture lays the graph out.
func (g *Graph) Picture() (chart.Picture, error) {
	if g.nested {
		return &drawing{g, g.nest()}, nil
	}
	var nodes []size
	for i := range g.Nodes {
		s := g.Nodes[i].extent()
		if g.sideway {
			s.width, s.height = s.height, s.width
		}
		nodes = append(nodes, s)
	}
	var links []link
	for _, e := range g.Edges {
		l := link{from: e.From, to: e.To}
		if e.Label != "" && g.sideway {
			l.label = float64(lineType(nil).Width(e.Label))
		}
		links = append(links, l)
	}
	if vertices(len(nodes), links) > mostVertices {
		return nil, ErrLarge
	}
	l := inPieces(nodes, links)
	if g.sideway {
		l = l.sideways()
	}
	return &drawing{g, l}, nil
}

// Size is what the layout takes, up to a size that programs can show.
func (g *drawing) Size() (width, height vg.Length) {
	scale := vg.Length(min(1, widest/g.width, widest/g.height))
	width = max(narrowest, scale*vg.Length(g.width)+2*chart.Margin)
	return width, scale*vg.Length(g.height) + g.Around(width, g.legend(chart.ThemeOf("light")))
}

// legend explains what the graph has.
func (g *Graph) legend(t *chart.Theme) []chart.Key {
	var list []chart.Key
	single, lost, worse := false, false, false
	for i := range g.Nodes {
		n := &g.Nodes[i]
		single, lost, worse = single || n.Single, lost || n.State == Lost, worse || n.State == Worse
	}
	if g.heat {
		list = append(list, chart.Key{Name: "where most of it comes from", Colour: t.Heat(1), Block: true})
	}
	if single && !g.failed {
		list = append(list, chart.Key{Name: "takes it down by itself", Colour: t.Alarm, Ring: true})
	}
	if lost {
		list = append(list, chart.Key{Name: "down", Colour: t.Alarm, Block: true})
	}
	if worse {
		list = append(list, chart.Key{Name: "up, with less than all it has", Colour: t.Alarm, Ring: true})
	}
	for bond, name := range bondNames {
		if Bond(bond) == Some || g.sideway && Bond(bond) != Fallback {
			continue
		}
		for _, e := range g.Edges {
			if e.Bond == Bond(bond) {
				list = append(list, chart.Key{Name: name, Colour: t.Muted, Dashes: bondDashes[bond]})
				break
			}
		}
	}
	return list
}

// What edges mean, and how they are drawn, by Bond.
var (
	bondNames  = [...]string{"needs", "", "falls back on", "uses, degraded without"}
	bondDashes = [...][]vg.Length{nil, nil, {7, 3, 1.5, 3}, {2, 3}}
)

// Draw puts the graph on c, as large as there is room.
func (g *drawing) Draw(c draw.Canvas, t *chart.Theme) {
	c, _ = g.Frame(c, t, g.legend(t))
	if c.Max.X <= c.Min.X || c.Max.Y <= c.Min.Y || g.width == 0 {
		return
	}
	width, height := float64(c.Max.X-c.Min.X), float64(c.Max.Y-c.Min.Y)
	scale := min(width/g.width, height/g.height, mostScale)
	if own, _ := g.Size(); math.Abs(float64(own)-width-2*chart.Margin) < 1 {
		scale = min(scale, 1)
	}
	c.Push()
	c.Translate(vg.Point{X: c.Min.X + vg.Length(width-scale*g.width)/2, Y: c.Max.Y})
	c.Scale(scale, scale)
	for i, e := range g.Edges {
		g.edge(c, t, e, g.paths[i], g.turned[i])
	}
	var taken []vg.Rectangle
	for i, e := range g.Edges {
		taken = g.label(c, t, e, g.paths[i], taken)
	}
	for i := range g.Nodes {
		g.node(c, t, i, box(g.at[i], g.sizes[i]))
	}
	c.Pop()
}

// box is the rectangle of a node in the plane of the canvas, y upwards.
func box(at point, of size) vg.Rectangle {
	return vg.Rectangle{
		Min: vg.Point{X: vg.Length(at.x), Y: vg.Length(-at.y - of.height)},
		Max: vg.Point{X: vg.Length(at.x + of.width), Y: vg.Length(-at.y)},
	}
}

// fill, edge and text of a node.
func (g *Graph) colours(t *chart.Theme, n *Node) (fill, edge, text color.Color) {
	fill, edge, text = t.Panel, t.Muted, t.Ink
	switch {
	case n.State == Lost && g.nested:
		return t.Alarm, t.Paper, t.Paper
	case n.State == Lost:
		return t.Alarm, t.Alarm, t.Paper
	case n.State == Worse || n.Single && !g.failed:
		edge = t.Alarm
	}
	if g.heat && n.Share > 0 {
		fill = t.Heat(math.Sqrt(n.Share / g.hottest()))
	}
	return fill, edge, text
}

// hottest is the largest share of a node.
func (g *Graph) hottest() float64 {
	most := 0.0
	for i := range g.Nodes {
		most = max(most, g.Nodes[i].Share)
	}
	return most
}

// Radii of the corners of nodes by their kind.
var radii = [...]vg.Length{System: 14, Service: 8, Part: 2, Group: 2, Domain: 2, Joint: 3}

func (g *Graph) node(c draw.Canvas, t *chart.Theme, i int, r vg.Rectangle) {
	n := &g.Nodes[i]
	fill, edge, text := g.colours(t, n)
	if n.Kind == Joint && n.Name == "" {
		chart.Box(c, r, radii[Joint], t.Muted)
		return
	}
	if g.parent(i) && n.State != Lost && n.Share == 0 {
		fill = t.Paper
	}
	chart.Box(c, r, radii[n.Kind], fill)
	width := vg.Length(1)
	if edge == t.Alarm || n.Kind == System {
		width = 2
	}
	style := draw.LineStyle{Color: edge, Width: width}
	if n.Kind == Domain {
		style.Dashes = []vg.Length{4, 3}
	}
	c.SetLineStyle(style)
	c.Stroke(chart.Outline(r, radii[n.Kind]))
	if n.Kind == Group {
		inner := vg.Rectangle{Min: vg.Point{X: r.Min.X + 3, Y: r.Min.Y + 3}, Max: vg.Point{X: r.Max.X - 3, Y: r.Max.Y - 3}}
		c.SetLineStyle(draw.LineStyle{Color: edge, Width: 0.8})
		c.Stroke(chart.Outline(inner, 1))
	}
	n.write(c, r, text)
}

// write puts the texts of a node into its box.
func (n *Node) write(c draw.Canvas, r vg.Rectangle, text color.Color) {
	middle, room := (r.Min.X+r.Max.X)/2, r.Max.X-r.Min.X-padX
	y := r.Max.Y - padY - nameSize*0.85
	name := nameType(text)
	name.Write(c, vg.Point{X: middle, Y: y}, chart.About, name.Fit(chart.Clean(n.Name), room))
	line := lineType(text)
	y -= nameSize * 0.25
	for _, l := range n.Lines {
		y -= lineSize * lead
		line.Write(c, vg.Point{X: middle, Y: y + lineSize*0.1}, chart.About, line.Fit(chart.Clean(l), room))
	}
}

// edge draws the way of an edge, with its head at what is needed.
func (g *Graph) edge(c draw.Canvas, t *chart.Theme, e Edge, path []point, turned bool) {
	if path == nil {
		return
	}
	colour := t.Muted
	if g.Nodes[e.To].State == Lost {
		colour = t.Alarm
	}
	at := func(p point) vg.Point { return vg.Point{X: vg.Length(p.x), Y: vg.Length(-p.y)} }
	var line vg.Path
	line.Move(at(path[0]))
	for i := range len(path) - 1 {
		a, b := at(path[i]), at(path[i+1])
		switch {
		case a.X == b.X || a.Y == b.Y:
			line.Line(b)
		case g.sideway:
			middle := (a.X + b.X) / 2
			line.CubeTo(vg.Point{X: middle, Y: a.Y}, vg.Point{X: middle, Y: b.Y}, b)
		default:
			middle := (a.Y + b.Y) / 2
			line.CubeTo(vg.Point{X: a.X, Y: middle}, vg.Point{X: b.X, Y: middle}, b)
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: colour, Width: 1.2, Dashes: bondDashes[e.Bond]})
	c.Stroke(line)
	if g.sideway {
		return // it reads from left to right
	}
	tip, back := at(path[len(path)-1]), vg.Length(7)
	if turned {
		tip, back = at(path[0]), -7
	}
	c.FillPolygon(colour, []vg.Point{tip, {X: tip.X - 3.5, Y: tip.Y + back}, {X: tip.X + 3.5, Y: tip.Y + back}})
}

// label puts the text of an edge on its way where no other one is.
func (g *Graph) label(c draw.Canvas, t *chart.Theme, e Edge, path []point, taken []vg.Rectangle) []vg.Rectangle {
	if e.Label == "" || len(path) < 3 {
		return taken
	}
	kind := lineType(t.Ink)
	width := kind.Width(e.Label) + 6
	a, b := path[len(path)-3], path[len(path)-2]
	var r vg.Rectangle
	for _, share := range []float64{0.5, 0.7, 0.3, 0.85, 0.15} {
		bend := share * share * (3 - 2*share) // the curve's x, near enough
		x, y := vg.Length(a.x+bend*(b.x-a.x)), vg.Length(-a.y-share*(b.y-a.y))
		if g.sideway {
			x, y = vg.Length(a.x+share*(b.x-a.x)), vg.Length(-a.y-bend*(b.y-a.y))
		}
		r = vg.Rectangle{Min: vg.Point{X: x - width/2, Y: y - lineSize*0.7}, Max: vg.Point{X: x + width/2, Y: y + lineSize*0.7}}
		if !hits(r, taken) {
			break
		}
	}
	chart.Box(c, r, 2, t.Paper)
	kind.Write(c, vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: r.Min.Y + lineSize*0.35}, chart.About, e.Label)
	return append(taken, r)
}

func hits(r vg.Rectangle, others []vg.Rectangle) bool {
	for _, o := range others {
		if r.Min.X < o.Max.X && o.Min.X < r.Max.X && r.Min.Y < o.Max.Y && o.Min.Y < r.Max.Y {
			return true
		}
	}
	return false
}
