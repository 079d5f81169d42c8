package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
)

// pictures has one of every kind, with all that is awkward in them.
func pictures() map[string]Picture {
	caption := Caption{"Ünïcode, 時間 and <b>&\x1b[31m", "a very long line that has to be wrapped " + strings.Repeat("again and ", 30), "a.nines · exact"}
	curves := &Curves{Caption: caption, X: Axis{Label: "time", Of: Time}, Y: Axis{Of: Down, PerYear: true}, Marks: []Mark{{"required: 99.9 %", 1e-3}, {"never", 0}}}
	for _, name := range []string{"one", "two", strings.Repeat("long ", 60)} {
		l := Line{Name: name}
		for i := range 50 {
			u := math.Pow(10, -float64(i)/10)
			if i%17 == 3 {
				u = 0
			}
			l.Points = append(l.Points, Point{float64(i), u, u / 2, u * 2})
		}
		curves.Lines = append(curves.Lines, l)
	}
	flat := &Curves{Caption: caption, X: Axis{Log: true}, Y: Axis{Log: true}, Lines: []Line{{"flat", []Point{{X: 1, Y: 1}}}}, Ordered: true}
	bars := &Bars{Caption: caption, Groups: []string{"now"}, Alarm: "alone", Calm: "others", Rows: []Row{{"lb", true, []Bar{{1, "1 s"}}}, {"pg", false, []Bar{{0, "0"}}}}}
	dots := &Dots{Caption: caption, X: Axis{Of: Down, PerYear: true}, Groups: []string{"a", "b"}, Rows: []DotRow{
		{"shop", []Dot{{1e-3, 1e-4, 1e-2}, {Value: math.NaN()}}}, {"never down", []Dot{{Value: 0}, {1e-5, 0, 1e-4}}}}}
	life := &Distribution{Caption: caption, X: Axis{Label: "time", Of: Time}, BinNote: "each", Above: []Point{{X: 0, Y: 1}, {X: 10, Y: 0.5}, {X: 20, Y: 0}}, Bins: []Bin{{0, 10, 0.5}, {10, 20, 0.5}}, Marks: []Moment{{"mean 10 s", 10}, {"late", 19.9}, {"later", 30}}}
	return map[string]Picture{"curves": curves, "flat": flat, "bars": bars, "dots": dots, "life": life, "empty curves": &Curves{}, "empty bars": &Bars{}, "empty dots": &Dots{}}
}

func TestPictures(t *testing.T) {
	for name, p := range pictures() {
		for i, format := range Formats() {
			o := Options{Format: format, Theme: ThemeOf(Themes()[i%2])}
			first, second := drawn(t, p, o), drawn(t, p, o)
			if !bytes.Equal(first, second) {
				t.Errorf("%s as %s differs from run to run", name, format)
			}
			if err := valid(first, format); err != nil {
				t.Errorf("%s as %s: %v", name, format, err)
			}
		}
	}
}

func drawn(t *testing.T, p Picture, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// valid says whether a picture can be read, and holds no number that is none.
func valid(text []byte, format string) error {
	switch format {
	case "png":
		_, err := png.Decode(bytes.NewReader(text))
		return err
	case "pdf":
		if !bytes.HasPrefix(text, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(text), []byte("%%EOF")) {
			return errors.New("no PDF")
		}
		return nil
	}
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		start, _ := token.(xml.StartElement)
		for _, a := range start.Attr {
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
				return errors.New(a.Value)
			}
		}
	}
}

// Where a picture has no room it still can be drawn.
func TestSmall(t *testing.T) {
	for name, p := range pictures() {
		for _, size := range [][2]float64{{1, 1}, {60, 40}, {200, 120}} {
			text := drawn(t, p, Options{Format: "svg", Theme: ThemeOf("light"), Width: size[0], Height: size[1]})
			if err := valid(text, "svg"); err != nil {
				t.Errorf("%s at %g x %g: %v", name, size[0], size[1], err)
			}
		}
	}
	if err := Write(io.Discard, &Bars{}, Options{Format: "svg", Theme: ThemeOf("light"), Width: 1e5, Height: 100}); err == nil {
		t.Error("a picture larger than the largest was drawn")
	}
}

// A text in SVG keeps its letters, and nothing of it becomes markup.
func TestText(t *testing.T) {
	text := string(drawn(t, pictures()["bars"], Options{Format: "svg", Theme: ThemeOf("light")}))
	if !strings.Contains(text, "Ünïcode, 時間 and &lt;b&gt;&amp;\uFFFD[31m") {
		t.Error("the title is not in the text")
	}
	if strings.Contains(text, "<b>") || strings.Contains(text, "\x1b") {
		t.Error("the title is markup")
	}
	if texts, lengths := strings.Count(text, "<text "), strings.Count(text, " textLength="); texts != lengths {
		t.Errorf("%d texts, %d of them as wide in any typeface", texts, lengths)
	}
}

// Longer amounts have longer bars, in proportion.
func TestWidths(t *testing.T) {
	p := &Bars{Groups: []string{"now"}, Rows: []Row{{"a", false, []Bar{{2, ""}}}, {"b", false, []Bar{{1, ""}}}}}
	text := string(drawn(t, p, Options{Format: "svg", Theme: ThemeOf("light")}))
	var widths []float64
	for _, piece := range strings.Split(text, `<path d="`)[2:] { // the first is the paper
		low, high := math.Inf(1), math.Inf(-1)
		path, _, _ := strings.Cut(piece, `"`)
		for i, word := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("MLCZ ", r) }) {
			if i%2 == 0 {
				x := number(t, word)
				low, high = min(low, x), max(high, x)
			}
		}
		widths = append(widths, high-low)
	}
	if len(widths) != 2 || math.Abs(widths[0]-2*widths[1]) > 0.02 {
		t.Errorf("bars are %v wide, want 2 to 1", widths)
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	var x float64
	if err := xml.Unmarshal([]byte("<x>"+text+"</x>"), &x); err != nil {
		t.Fatal(err)
	}
	return x
}
