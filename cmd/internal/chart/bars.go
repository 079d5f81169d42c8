package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bars are amounts side by side: where the down time comes from, or what
// matters most.
type Bars struct {
	Caption
	Groups []string // what is compared, one bar of every row for each
	Alarm  string   // what rows with Alarm have in common
	Calm   string   // and what the others have
	Rows   []Row
}

// A Row of bars belongs to one name.
type Row struct {
	Name  string
	Alarm bool
	Bars  []Bar // one for each of Groups
}

// A Bar is an amount from 0 on, and what is written at its end.
type Bar struct {
	Length float64
	Text   string
}

// Heights of bars.
const (
	loneBar = 15  // the only one of its row
	thinBar = 10  // one of several
	spacing = 9   // rows
	widest  = 0.4 // share of the width that names may take
)

// barHeight and rowHeight fit all groups into a row.
func (b *Bars) barHeight() vg.Length {
	if len(b.Groups) > 1 {
		return thinBar
	}
	return loneBar
}

func (b *Bars) rowHeight() vg.Length {
	return vg.Length(len(b.Groups))*b.barHeight() + spacing
}

// Size grows with the rows.
func (b *Bars) Size() (width, height vg.Length) {
	return 800, 125 + vg.Length(len(b.Rows))*b.rowHeight()
}

func (b *Bars) legend(t *Theme) []Key {
	var list []Key
	if len(b.Groups) > 1 {
		for i, name := range b.Groups {
			list = append(list, Key{Name: name, Colour: t.Line(i), Block: true})
		}
		return list
	}
	alarm, calm := b.kinds()
	if alarm && b.Alarm != "" {
		list = append(list, Key{Name: b.Alarm, Colour: t.Alarm, Block: true})
	}
	if alarm && calm && b.Calm != "" {
		list = append(list, Key{Name: b.Calm, Colour: t.Line(0), Block: true})
	}
	return list
}

// kinds says whether there are rows with an alarm, and without.
func (b *Bars) kinds() (alarm, calm bool) {
	for _, r := range b.Rows {
		alarm, calm = alarm || r.Alarm, calm || !r.Alarm
	}
	return alarm, calm
}

func (b *Bars) colour(t *Theme, r *Row, group int) color.Color {
	if r.Alarm && len(b.Groups) == 1 {
		return t.Alarm
	}
	return t.Line(group)
}

// Draw puts the chart on c. Rows that have no room are left out.
func (b *Bars) Draw(c draw.Canvas, t *Theme) {
	c, _ = b.Frame(c, t, b.legend(t))
	name, amount := Type{textSize, false, t.Ink}, Type{labelSize, false, t.Muted}
	names, texts, longest := vg.Length(0), vg.Length(0), 0.0
	for _, r := range b.Rows {
		names = max(names, name.Width(Clean(r.Name)))
		for _, bar := range r.Bars {
			texts, longest = max(texts, amount.Width(bar.Text)), max(longest, bar.Length)
		}
	}
	names = min(names, widest*(c.Max.X-c.Min.X))
	left, room := c.Min.X+names+gap, c.Max.X-c.Min.X-names-2*gap-texts
	y := c.Max.Y
	for i := range b.Rows {
		r := &b.Rows[i]
		if y-b.rowHeight() < c.Min.Y-spacing {
			break
		}
		middle := y - vg.Length(len(r.Bars))*b.barHeight()/2
		name.Write(c, vg.Point{X: c.Min.X + names, Y: middle - textSize*0.35}, Left, name.Fit(Clean(r.Name), names))
		for k, bar := range r.Bars {
			end := left
			if longest > 0 {
				end += room * vg.Length(bar.Length/longest)
			}
			low := y - vg.Length(k+1)*b.barHeight()
			if bar.Length > 0 {
				Box(c, vg.Rectangle{Min: vg.Point{X: left, Y: low + 1}, Max: vg.Point{X: max(end, left+1), Y: low + b.barHeight() - 1}}, 1.5, b.colour(t, r, k))
			}
			amount.Write(c, vg.Point{X: max(end, left) + 6, Y: low + b.barHeight()/2 - labelSize*0.35}, Right, bar.Text)
		}
		y -= b.rowHeight()
	}
}
