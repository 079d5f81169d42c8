package chart

import (
	"bytes"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdf is a canvas that writes a page in the Portable Document Format, with the
// letters that it uses embedded.
type pdf struct {
	sheet
	doc *fpdf.Fpdf
}

// epoch is the date of every document: the true one would change its bytes.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func newPDF(width, height vg.Length, title string) *pdf {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: float64(width), Ht: float64(height)}})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(epoch)
	doc.SetModificationDate(epoch)
	doc.SetTitle(title, true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	return &pdf{newSheetOf(width, height), doc}
}

func (d *pdf) Stroke(p vg.Path) {
	if d.pen.width <= 0 {
		return
	}
	c := d.pen.colour
	d.doc.SetDrawColor(int(c.R), int(c.G), int(c.B))
	d.doc.SetAlpha(float64(c.A)/255, "Normal")
	d.doc.SetLineWidth(d.stretched(d.pen.width))
	dashes := make([]float64, len(d.pen.dashes))
	for i, l := range d.pen.dashes {
		dashes[i] = d.stretched(l)
	}
	d.doc.SetDashPattern(dashes, d.stretched(d.pen.offset))
	d.path(p)
	d.doc.DrawPath("D")
}

func (d *pdf) Fill(p vg.Path) {
	c := d.pen.colour
	d.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
	d.doc.SetAlpha(float64(c.A)/255, "Normal")
	d.path(p)
	d.doc.DrawPath("F")
}

func (d *pdf) path(p vg.Path) {
	for _, k := range d.strokes(p) {
		switch at := k.points; k.op {
		case 'M':
			d.doc.MoveTo(at[0].x, at[0].y)
		case 'L':
			d.doc.LineTo(at[0].x, at[0].y)
		case 'C':
			d.doc.CurveBezierCubicTo(at[0].x, at[0].y, at[1].x, at[1].y, at[2].x, at[2].y)
		case 'Z':
			d.doc.ClosePath()
		}
	}
}

func (d *pdf) FillString(f font.Face, at vg.Point, text string) {
	if f.Font.Size == 0 {
		return
	}
	d.use(f)
	c := d.pen.colour
	d.doc.SetTextColor(int(c.R), int(c.G), int(c.B))
	d.doc.SetAlpha(float64(c.A)/255, "Normal")
	p := d.at(at)
	d.doc.TransformBegin()
	d.doc.TransformRotate(-d.pen.moved.angle()*180/math.Pi, p.x, p.y)
	d.doc.Text(p.x, p.y, text)
	d.doc.TransformEnd()
}

// use embeds a typeface, once.
func (d *pdf) use(f font.Face) {
	style := ""
	if bold(f.Font) {
		style = "B"
	}
	var text bytes.Buffer
	if d.doc.GetFontDesc("sans", style) == (fpdf.FontDescType{}) {
		if _, err := f.Face.WriteSourceTo(nil, &text); err != nil {
			panic(err) // it was read from memory
		}
		d.doc.AddUTF8FontFromBytes("sans", style, text.Bytes())
	}
	d.doc.SetFont("sans", style, d.stretched(f.Font.Size))
}

// bold says whether a font is one.
func bold(f font.Font) bool { return f.Weight >= stdfont.WeightSemiBold }

func (d *pdf) WriteTo(w io.Writer) (int64, error) {
	var text bytes.Buffer
	if err := d.doc.Output(&text); err != nil {
		return 0, err
	}
	return text.WriteTo(w)
}
