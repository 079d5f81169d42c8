package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// ExplainText writes an explanation for people.
func ExplainText(w io.Writer, r *Explained, look Look) error {
	var b strings.Builder
	if title := r.System.Title; title != "" {
		fmt.Fprintln(&b, look.title.Render(clean(title)))
	}
	for _, line := range fill(r.headline(), " · ", look.width) {
		fmt.Fprintln(&b, look.dim.Render(line))
	}
	for i := range r.Explanations {
		for _, p := range r.passages(&r.Explanations[i]) {
			p.write(&b, look)
		}
	}
	r.calls().write(&b, look)
	r.detectors().write(&b, look)
	r.requirements().write(&b, look)
	writeNotes(&b, r.told(), look)
	_, err := io.WriteString(w, b.String())
	return err
}

// Columns of a bar at most, and of a column of text at least.
const (
	widestBar = 30
	leastText = 12
	margin    = "   "
)

// write lays out a passage.
func (p passage) write(b *strings.Builder, look Look) {
	if p.heading == nil {
		return
	}
	b.WriteString("\n")
	for i, line := range fill(broken(p.heading, look.inner()), " ", look.inner()-1) {
		if i > 0 {
			line = "  " + line
		}
		fmt.Fprintf(b, " %s\n", look.title.Render(line))
	}
	p, widths := p.fitted(look.width - len(margin))
	if strings.Join(p.head, "") != "" && len(p.rows) > 0 {
		fmt.Fprintf(b, "%s%s\n", margin, look.head.Render(p.lines(p.head, widths)[0]))
	}
	for i, row := range p.rows {
		for k, line := range p.lines(row, widths) {
			if k == 0 && p.bars != nil {
				line = padRight(line, total(widths)+gap)
				line += look.own.Render(bar(p.bars[i], min(look.width-len(margin)-lipgloss.Width(line), widestBar)))
			}
			fmt.Fprintf(b, "%s%s\n", margin, strings.TrimRight(line, " "))
		}
	}
	for _, text := range p.after {
		for _, line := range wrap(text, look.width-len(margin)) {
			fmt.Fprintf(b, "%s%s\n", margin, look.dim.Render(line))
		}
	}
}

// broken takes pieces that are wider than a line apart.
func broken(pieces []string, width int) []string {
	var parts []string
	for _, piece := range pieces {
		if lipgloss.Width(piece) > width-1 {
			parts = append(parts, strings.Fields(piece)...)
		} else {
			parts = append(parts, piece)
		}
	}
	return parts
}

// fitted makes a passage fit into the room: columns of text at its right are
// left out, then the widest column of text is narrowed. It gives the widths.
func (p passage) fitted(room int) (passage, []int) {
	widths := p.widths()
	for last := len(widths) - 1; last > 1 && p.align[last] == 'l' && total(widths) > room; last-- {
		if widths[last] < leastText {
			widths = widths[:last]
			p.align = p.align[:last]
			continue
		}
		break
	}
	widest := 0
	for i := range widths {
		if p.align[i] == 'l' && widths[i] > widths[widest] {
			widest = i
		}
	}
	if over := total(widths) - room; over > 0 {
		widths[widest] = max(leastText, widths[widest]-over)
	}
	return p, widths
}

// widths of the columns.
func (p passage) widths() []int {
	widths := make([]int, len(p.align))
	for _, row := range append([][]string{p.head}, p.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], lipgloss.Width(cell))
		}
	}
	return widths
}

// total is the width of a line.
func total(widths []int) int {
	sum := gap * (len(widths) - 1)
	for _, width := range widths {
		sum += width
	}
	return sum
}

// lines lays out a row; text that is too wide for its column goes on below.
func (p passage) lines(row []string, widths []int) []string {
	var lines []string
	at := 0
	for i, width := range widths {
		parts := []string{row[i]}
		if lipgloss.Width(row[i]) > width {
			parts = wrap(row[i], width-gap)
		}
		for k, part := range parts {
			if k > 0 {
				part = strings.Repeat(" ", gap) + part
			}
			if k == len(lines) {
				lines = append(lines, "")
			}
			if p.align[i] == 'r' {
				part = padLeft(part, width)
			}
			if i > 0 { // a long word stands out of its column
				at = max(at, lipgloss.Width(lines[k])+gap)
			}
			lines[k] = padRight(lines[k], at) + part
		}
		at += width + gap
	}
	for k := range lines {
		lines[k] = strings.TrimRight(lines[k], " ")
	}
	return lines
}

// requirements lists the verdicts.
func (r *Explained) requirements() passage {
	p := passage{align: "lll"}
	for _, v := range slices.SortedStableFunc(slices.Values(r.Verdicts), byPlace) {
		row := []string{"✓ " + required(v.Requirement.Text), "holds", place(v.Requirement.Pos)}
		if v.Status == model.Fail {
			row[0], row[1] = "✗"+strings.TrimPrefix(row[0], "✓"), "DOWN without "+breakers(v)
		}
		p.rows = append(p.rows, row)
	}
	if len(p.rows) > 0 {
		p.heading = []string{"What must be survived"}
	}
	return p
}

// breakers lists what breaks a requirement.
func breakers(v model.Verdict) string {
	var ways []string
	for _, names := range v.Broken {
		ways = append(ways, clean(strings.Join(few(names), " and ")))
	}
	return strings.Join(few(ways), ", ")
}
