package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"nines/model"
)

// text writes the outcome for people, a line a requirement.
func (c *Checks) text(w io.Writer, look Look) error {
	var b strings.Builder
	for i := range c.Reports {
		if i > 0 {
			b.WriteString("\n")
		}
		c.Reports[i].text(&b, look)
	}
	style := look.success
	switch {
	case c.Wrong() || c.Unmet():
		style = look.failure
	case c.Undecided() || c.Partial():
		style = look.warning
	}
	b.WriteString("\n")
	for _, line := range wrap(c.summary(), look.width) {
		fmt.Fprintln(&b, style.Render(line))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text shows the outcome for one model.
func (c *check) text(b *strings.Builder, look Look) {
	if c.Model != "" {
		fmt.Fprintln(b, look.title.Render(clean(c.Model)))
	}
	for _, line := range fill(c.headline(), " · ", look.width) {
		fmt.Fprintln(b, look.dim.Render(line))
	}
	if caveat := c.caveat(); caveat != "" {
		fmt.Fprintln(b, look.warning.Render(caveat))
	}
	if len(c.Requirements) == 0 {
		return
	}
	b.WriteString("\n")
	p := passage{align: "ll"}
	for i := range c.Requirements {
		j := &c.Requirements[i]
		p.rows = append(p.rows, []string{sign(j.Status) + " " + j.required(), clean(j.Measured)})
	}
	p, widths := p.fitted(look.inner())
	for i, row := range p.rows {
		c.Requirements[i].text(b, p.lines(row, widths), look)
	}
}

// detail is the margin of what is said below a requirement.
const detail = "     "

// text shows a requirement, laid out as lines, and what is to be said of it.
func (j *judgement) text(b *strings.Builder, lines []string, look Look) {
	for _, line := range lines {
		if rest, first := strings.CutPrefix(line, sign(j.Status)); first {
			line = look.status(j.Status).Render(sign(j.Status)) + rest
		}
		fmt.Fprintf(b, " %s\n", line)
	}
	for _, text := range j.Details {
		for _, line := range wrap(clean(text), look.width-len(detail)) {
			fmt.Fprintf(b, "%s%s\n", detail, look.dim.Render(line))
		}
	}
}

// sign is what a requirement is marked with.
func sign(s model.Status) string {
	switch s {
	case model.Pass:
		return "✓"
	case model.Fail:
		return "✗"
	}
	return "?"
}

func (l Look) status(s model.Status) lipgloss.Style {
	switch s {
	case model.Pass:
		return l.success
	case model.Fail:
		return l.failure
	}
	return l.warning
}
