package report

import (
	"fmt"
	"io"
	"strings"

	"nines/model"
)

// markdown writes a comment for a pull request: what fails first, what holds
// folded away where it is much.
func (c *Checks) markdown(w io.Writer) error {
	var b strings.Builder
	sign := "✅"
	switch {
	case c.Wrong() || c.Unmet():
		sign = "❌"
	case c.Undecided() || c.Partial():
		sign = "❔"
	}
	fmt.Fprintf(&b, "### %s %s\n", sign, escape(c.summary()))
	for i := range c.Reports {
		c.Reports[i].markdown(&b)
	}
	if list := c.diagnostics("error", "warning"); len(list) > 0 {
		b.WriteString("\n")
		for _, d := range list {
			fmt.Fprintf(&b, "- %s %s %s: %s\n", d.Severity, d.Code, escape(d.place()), escape(d.Summary))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mostHolding is how many requirements that hold are shown unfolded.
const mostHolding = 8

func (c *check) markdown(b *strings.Builder) {
	b.WriteString("\n")
	if c.Model != "" {
		fmt.Fprintf(b, "**%s** · ", escape(c.Model))
	}
	fmt.Fprintf(b, "%s\n", escape(strings.Join(c.headline(), " · ")))
	if caveat := c.caveat(); caveat != "" {
		fmt.Fprintf(b, "\n**%s**\n", escape(caveat))
	}
	var open, holding []judgement
	for _, j := range c.Requirements {
		if j.Status == model.Pass {
			holding = append(holding, j)
		} else {
			open = append(open, j)
		}
	}
	if len(holding) <= mostHolding {
		requirementTable(b, append(open, holding...))
		return
	}
	requirementTable(b, open)
	fmt.Fprintf(b, "\n<details><summary>%d requirements hold</summary>\n", len(holding))
	requirementTable(b, holding)
	b.WriteString("\n</details>\n")
}

func requirementTable(b *strings.Builder, list []judgement) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n|  | Requirement | Measured |\n|:-:|:--|:--|\n")
	for _, j := range list {
		measured := "**" + escape(j.Measured) + "**"
		for _, text := range j.Details {
			measured += "<br>" + escape(text)
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", map[model.Status]string{model.Pass: "✅", model.Fail: "❌", model.Undecided: "❔"}[j.Status], code(j.required()), measured)
	}
}

// code writes text between backticks, as many as it takes; a bar would end the
// cell of a table.
func code(text string) string {
	ticks := "`"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	return ticks + strings.ReplaceAll(text, "|", "\\|") + ticks
}
