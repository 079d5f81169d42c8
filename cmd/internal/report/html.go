package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"nines/cmd/internal/chart"
	"nines/model"
)

// A Page is all that is known of one model, to be written as one page of HTML
// that needs nothing else: no network, no script, no font.
type Page struct {
	Answer    *Report         // of every system and service
	Required  *Checks         // the verdicts on the one model
	Explained *Explained      // of the systems, or of the services if there are none
	Simulated *Report         // nil if nothing was simulated
	Overview  []chart.Picture // of all systems and services
	Drawn     []chart.Picture // the architecture
	Courses   []chart.Picture // measures over time
	Declared  []Declared      // what the model says, in the order of the file
	Source    []byte          // text of the model, nil if it is not shown
	Left      []string        // what is not on the page, and why
	Version   string          // of nines
	Command   string          // that makes the page
}

// A Declared is one statement of the model file.
type Declared struct {
	Kind  string // its first word
	Name  string
	Text  string // in canonical form, without comments
	Said  string // by comments
	Alone string // how much of the time it is up by itself, "" if that is not known
	Line  int
}

// The page, its style, and what they are filled with.
var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string
)

// HTML writes the page. The same page gives the same bytes.
func (p *Page) HTML(w io.Writer) error {
	t := template.Must(template.New("page").Parse(pageText))
	v := &sheaf{Page: p, shades: map[chart.Shade]bool{}}
	v.fill()
	return t.Execute(w, v)
}

// A sheaf is the sections of a page.
type sheaf struct {
	*Page
	Title    string
	Headline string
	Status   model.Status // of all requirements together, "" if there are none
	Summary  string       // of the requirements
	Cards    []card
	Sections []part
	shades   map[chart.Shade]bool
}

// A card shows the answer for one system at a glance.
type card struct {
	Name, Title, Figure, What string
	Lines                     []string
}

// A part is a section of the page.
type part struct {
	ID, Title string
	Blocks    []block
}

// A block is one thing of a section: one of its fields is set.
type block struct {
	Head     string
	Text     []string
	Table    *grille
	Figure   *figureBlock
	Lines    []sourceLine // of the model
	Folded   bool         // Lines are many
	Judged   []ruling
	Comments []comment
}

// A grille is a table. Its first cells name its rows.
type grille struct {
	Caption string
	Head    []cell
	Rows    [][]cell
	After   []string
	Stacks  bool // on a phone its cells stand below each other
}

// A cell of a table.
type cell struct {
	Text  string
	Class string // right, code
	Line  int    // of the model that it speaks of, or 0
	Wide  bool   // it heads the rows below it
}

// A figureBlock is a picture, once for a screen and once for a phone, if it has
// another shape there.
type figureBlock struct {
	Wide, Narrow template.HTML
	Width        int // of Wide, in CSS pixels
	Scrolls      bool
}

type sourceLine struct {
	Number int
	Text   string
}

type ruling struct {
	Mark, Status, Text string
	Answer             []string
	Line               int
}

// A comment is a diagnostic.
type comment struct {
	Severity, Code, Text string
	Line                 int
}

// fill makes all sections; the style comes last, when all colours are known.
func (v *sheaf) fill() {
	v.Title = clean(v.Answer.System.Title)
	if v.Title == "" {
		v.Title = fileName(v.Answer.File)
	}
	v.Headline = strings.Join(v.Answer.headline(), " · ")
	v.verdict()
	for i := range v.Explained.Explanations {
		v.Cards = append(v.Cards, v.card(subject{v.Explained, &v.Explained.Explanations[i]}))
	}
	v.add("requirements", "Requirements", v.requirements())
	v.add("results", "Systems and services", append(v.results(), v.figures(v.Overview)...))
	v.add("architecture", "Architecture", v.figures(v.Drawn))
	for i := range v.Explained.Explanations {
		v.explain(i)
	}
	v.add("time", "Over time", v.figures(v.Courses))
	v.add("assumptions", "Assumptions, and where each number comes from", v.assumptions())
	v.add("model", "The model", v.source())
}

func (v *sheaf) add(id, title string, blocks []block) {
	if len(blocks) > 0 {
		v.Sections = append(v.Sections, part{id, title, blocks})
	}
}

// verdict says what the requirements come to.
func (v *sheaf) verdict() {
	t := v.Required.tally()
	switch {
	case t.fail > 0:
		v.Status = model.Fail
	case t.undecided > 0:
		v.Status = model.Undecided
	case t.pass > 0:
		v.Status = model.Pass
	}
	t.warnings = 0
	v.Summary = t.text(false)
}

// Style is that of the page and, for a dark screen, of the colours of its
// pictures.
func (v *sheaf) Style() template.CSS {
	var b strings.Builder
	b.WriteString(pageStyle)
	b.WriteString("@media screen and (prefers-color-scheme: dark) {\n")
	byName := func(a, b chart.Shade) int { return strings.Compare(a.Light+a.Dark, b.Light+b.Dark) }
	for _, s := range slices.SortedFunc(maps.Keys(v.shades), byName) {
		fmt.Fprintf(&b, "svg [fill=\"%s\"] { fill: %s }\nsvg [stroke=\"%s\"] { stroke: %s }\n", s.Light, s.Dark, s.Light, s.Dark)
	}
	b.WriteString("}\n")
	return template.CSS(b.String())
}

// card shows what counts most of one target.
func (v *sheaf) card(s subject) card {
	find := func(m model.Measure) string {
		return strings.ReplaceAll(figure(v.answer(s.Explanation), m), " ", "\u00a0")
	}
	c := card{Name: clean(s.Target.Name), Title: clean(s.Target.Title), What: "availability", Figure: find(model.Availability)}
	switch {
	case s.FaultTree:
		c.What, c.Figure = "probability", find(model.Unavailability)
		return c
	case s.At > 0:
		c.What, c.Figure = "reliability over "+Period(s.At), Share(model.ProbOf(s.Down).Not())
		if text := find(model.MTTF); text != "" {
			c.Lines = append(c.Lines, "MTTF "+text)
		}
		return c
	case s.Down == 0:
		c.Figure = "100 %"
		return c
	}
	if text := find(model.Nines); text != "" {
		c.Lines = append(c.Lines, text+" nines")
	}
	c.Lines = append(c.Lines, find(model.Downtime)+" down a year")
	if outages, ok := s.Find(model.Outages); ok && outages.Value > 0 {
		c.Lines = append(c.Lines, find(model.Outages)+" outages a year, of "+find(model.MeanOutage))
	}
	if text := find(model.Durability); text != "" {
		c.Lines = append(c.Lines, text+" durability a year")
	}
	return c
}

// answer is all that is known of the target of an explanation.
func (v *sheaf) answer(x *model.Explanation) *model.Result {
	for i := range v.Answer.Results {
		if r := &v.Answer.Results[i]; r.Target.Name == x.Target.Name {
			return r
		}
	}
	return &x.Result
}

// figures puts pictures on the page.
func (v *sheaf) figures(list []chart.Picture) []block {
	var blocks []block
	for _, p := range list {
		blocks = append(blocks, block{Figure: v.figure(p)})
	}
	return blocks
}

func (v *sheaf) figure(p chart.Picture) *figureBlock {
	width, height := p.Size()
	element, shades := chart.Inline(p, width, height)
	f := &figureBlock{Wide: template.HTML(element), Width: int(width), Scrolls: true}
	if r, is := p.(chart.Responsive); is {
		width, height := r.Narrow()
		element, more := chart.Inline(p, width, height)
		f.Narrow, f.Scrolls = template.HTML(element), false
		shades = append(shades, more...)
	}
	for _, s := range shades {
		v.shades[s] = true
	}
	return f
}
