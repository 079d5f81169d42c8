package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// A Theme is the colours of a picture.
type Theme struct {
	Paper color.Color // background
	Panel color.Color // behind boxes
	Ink   color.Color // text and what matters
	Muted color.Color // axes and notes
	Faint color.Color // grid
	Alarm color.Color // what is down, or over its bound
	lines []color.Color
	cool  color.NRGBA // ends of the scale from little to much
	hot   color.NRGBA
	first color.NRGBA // ends of the scale of ordered lines
	last  color.NRGBA
}

// Line is the colour of line i, for colour-blind eyes too: Okabe and Ito,
// "Color universal design", 2008, without yellow, made lighter on dark paper.
func (t *Theme) Line(i int) color.Color { return t.lines[i%len(t.lines)] }

// Heat is the colour of a share of a whole, from 0 to 1.
func (t *Theme) Heat(share float64) color.Color { return mixed(t.cool, t.hot, share) }

// ramp is the colour of an ordered line, from the first to the last.
func (t *Theme) ramp(share float64) color.Color { return mixed(t.first, t.last, share) }

// mixed blends two colours.
func mixed(a, b color.NRGBA, share float64) color.Color {
	share = min(max(share, 0), 1)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + float64(share*(float64(b)-float64(a))) + 0.5) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// Themes lists the names that ThemeOf knows.
func Themes() []string { return []string{"light", "dark"} }

// ThemeOf gives a theme by its name, "light" or "dark".
func ThemeOf(name string) *Theme {
	if name == "dark" {
		return &Theme{
			Paper: hex(0x14181f), Panel: hex(0x1f2630), Ink: hex(0xe8eaed), Muted: hex(0xa3abb8), Faint: hex(0x323a47), Alarm: hex(0xff7a4d),
			lines: []color.Color{hex(0x56b4e9), hex(0xe69f00), hex(0x2bc295), hex(0xe08fbd), hex(0xff7a4d), hex(0xa9b4c4)},
			cool:  hex(0x1f2630), hot: hex(0x9c4a1c), first: hex(0x3d6ea5), last: hex(0xd6ecff),
		}
	}
	return &Theme{
		Paper: hex(0xffffff), Panel: hex(0xf5f6f8), Ink: hex(0x1c232d), Muted: hex(0x5b6675), Faint: hex(0xdfe3e8), Alarm: hex(0xc4380d),
		lines: []color.Color{hex(0x0072b2), hex(0xd55e00), hex(0x009e73), hex(0xb85c93), hex(0xb07a00), hex(0x56606e)},
		cool:  hex(0xf5f6f8), hot: hex(0xf5a56b), first: hex(0x8cc4e8), last: hex(0x08306b),
	}
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 255}
}

// faded is a colour that lets others shine through.
func faded(c color.Color, share float64) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(255*share + 0.5)
	return n
}

// dashes of line i; those of the first colours are solid.
func dashes(i, colours int) []vg.Length {
	patterns := [][]vg.Length{nil, {6, 3}, {1.5, 2.5}, {8, 3, 1.5, 3}}
	return patterns[i/colours%len(patterns)]
}
