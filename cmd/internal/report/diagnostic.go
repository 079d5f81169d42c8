package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// Source gives the text of a file that positions speak of, nil if it is not at
// hand.
type Source func(file string) []byte

// Diagnostics shows each diagnostic beside the source it speaks of, then a
// line that counts them. Nothing is written for an empty list.
func Diagnostics(w io.Writer, list []model.Diagnostic, source Source, look Look) error {
	if len(list) == 0 {
		return nil
	}
	p := printer{look: look, source: source, lines: map[string][][]rune{}}
	for _, d := range list {
		p.diagnostic(d)
	}
	fmt.Fprintln(&p.out, count(list))
	_, err := io.WriteString(w, p.out.String())
	return err
}

// count says how many there are of each severity.
func count(list []model.Diagnostic) string {
	var n [3]int
	for _, d := range list {
		n[d.Severity]++
	}
	var words []string
	for s, k := range n {
		switch {
		case k == 1:
			words = append(words, "1 "+model.Severity(s).String())
		case k > 1:
			words = append(words, fmt.Sprintf("%d %ss", k, model.Severity(s)))
		}
	}
	return strings.Join(words, ", ")
}

// printer writes diagnostics and keeps the lines of the files they are in.
type printer struct {
	look   Look
	source Source
	lines  map[string][][]rune
	out    strings.Builder
}

// a mark underlines a stretch of one line.
type mark struct {
	pos   model.Pos
	label string
	main  bool
}

func (p *printer) diagnostic(d model.Diagnostic) {
	name := d.Severity.String()
	if d.Code != "" {
		name += "[" + d.Code + "]"
	}
	fmt.Fprintf(&p.out, "%s %s\n", p.severity(d.Severity).Render(name+":"), p.look.title.Render(clean(d.Summary)))
	marks := []mark{{d.Pos, "", true}}
	if d.Second.Line > 0 {
		marks = append(marks, mark{d.Second, d.Label, false})
	}
	gutter := len(strconv.Itoa(max(d.Pos.Line, d.Second.Line)))
	if d.Pos.Line == 0 {
		gutter = 1
	} else {
		fmt.Fprintf(&p.out, "%s %s\n", p.edge(gutter, "┌─"), clean(d.Pos.String()))
		p.excerpt(marks, gutter, p.severity(d.Severity))
	}
	if d.Help != "" {
		for i, line := range wrap(clean(d.Help), p.look.width-gutter-len(" = help: ")) {
			lead := "= help: "
			if i > 0 {
				lead = "        "
			}
			fmt.Fprintf(&p.out, "%s%s%s\n", p.edge(gutter, ""), p.look.note.Render(lead), line)
		}
	}
	p.out.WriteString("\n")
}

func (p *printer) severity(s model.Severity) lipgloss.Style {
	return [...]lipgloss.Style{p.look.failure, p.look.warning, p.look.note}[s]
}

// edge is the start of a line without number.
func (p *printer) edge(gutter int, sign string) string {
	return strings.Repeat(" ", gutter+1) + p.look.link.Render(sign)
}

// excerpt shows the lines of the marks, each with its marks below.
func (p *printer) excerpt(marks []mark, gutter int, main lipgloss.Style) {
	slices.SortStableFunc(marks, func(a, b mark) int { return a.pos.Line - b.pos.Line })
	shown := 0
	for _, m := range marks {
		text, ok := p.line(m.pos)
		if !ok {
			continue
		}
		view := newView(text, m.pos, p.look.width-gutter-3)
		if m.pos.Line != shown {
			number := p.look.link.Render(fmt.Sprintf("%*d │", gutter, m.pos.Line))
			fmt.Fprintln(&p.out, strings.TrimRight(number+" "+view.text, " "))
			shown = m.pos.Line
		}
		style, sign := main, "^"
		if !m.main {
			style, sign = p.look.link, "-"
		}
		under := strings.TrimRight(strings.Repeat(sign, view.length)+" "+clean(m.label), " ")
		fmt.Fprintf(&p.out, "%s %s%s\n", p.edge(gutter, "│"), strings.Repeat(" ", view.offset), style.Render(under))
	}
}

// line gives the line of a file that pos starts in.
func (p *printer) line(pos model.Pos) ([]rune, bool) {
	lines, seen := p.lines[pos.File]
	if !seen {
		if text := p.source(pos.File); text != nil {
			for line := range strings.SplitSeq(string(text), "\n") {
				lines = append(lines, []rune(strings.TrimSuffix(line, "\r")))
			}
		}
		p.lines[pos.File] = lines
	}
	if pos.Line < 1 || pos.Line > len(lines) {
		return nil, false
	}
	return lines[pos.Line-1], true
}

// A view is a line of source as it is shown, with the stretch to underline in
// columns of the terminal.
type view struct {
	text           string
	offset, length int
}

const (
	tabWidth = 4
	context  = 20 // columns kept before the stretch when a long line is cut
)

// newView lays out a line in at most room columns around the stretch pos.
// Tabs become spaces, a stretch that goes on in a later line ends with this one.
func newView(runes []rune, pos model.Pos, room int) view {
	from := min(max(pos.Column-1, 0), len(runes))
	to := len(runes)
	if pos.EndLine <= pos.Line {
		to = min(max(pos.EndColumn-1, from), len(runes))
	}
	before, marked, after := runes[:from], runes[from:to], runes[to:]
	lead, tail := "", ""
	if len(runes) > 10*room || lipgloss.Width(expand(string(runes))) > room {
		before, lead = cutFront(before, min(context, room/3))
		marked, tail = cutBack(marked, room-lipgloss.Width(expand(string(before)))-2)
		if tail == "" {
			after, tail = cutBack(after, room-lipgloss.Width(expand(string(before)+string(marked)))-2)
		} else {
			after = nil
		}
	}
	prefix := lead + expand(string(before))
	through := expand(string(before) + string(marked))
	v := view{offset: lipgloss.Width(prefix), text: strings.TrimRight(lead+expand(string(before)+string(marked)+string(after))+tail, " ")}
	v.length = max(1, lipgloss.Width(lead+through)-v.offset)
	return v
}

// cutFront keeps the last runes.
func cutFront(r []rune, keep int) ([]rune, string) {
	if len(r) <= keep {
		return r, ""
	}
	return r[len(r)-keep:], "…"
}

// cutBack keeps the first runes that fit into width columns.
func cutBack(r []rune, width int) ([]rune, string) {
	used := 0
	for i, c := range r {
		if used += lipgloss.Width(expand(string(c))); used > width {
			return r[:i], "…"
		}
	}
	return r, ""
}

// expand makes a line safe and replaces tabs by the spaces up to the next stop.
func expand(s string) string {
	var b strings.Builder
	column := 0
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			n := tabWidth - column%tabWidth
			b.WriteString(strings.Repeat(" ", n))
			column += n
		}
		part = clean(part)
		b.WriteString(part)
		column += lipgloss.Width(part)
	}
	return b.String()
}

// Failure shows an error that is about no file, and a way out if there is one.
func Failure(w io.Writer, summary, help string, look Look) error {
	p := printer{look: look}
	p.diagnostic(model.Diagnostic{Summary: summary, Help: help})
	_, err := io.WriteString(w, strings.TrimSuffix(p.out.String(), "\n"))
	return err
}
