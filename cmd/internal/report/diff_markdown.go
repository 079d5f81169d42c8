package report

import (
	"fmt"
	"io"
	"strings"
)

// markdown writes a comment for a pull request: the headline, what it does, and
// all else folded away.
func (d *Diff) markdown(w io.Writer) error {
	var b strings.Builder
	text, worse, better := d.headline()
	sign := "➖"
	switch {
	case worse:
		sign = "📉"
	case better:
		sign = "📈"
	}
	fmt.Fprintf(&b, "### %s %s\n\n%s\n", sign, escape(text), escape(d.names()))
	for _, text := range d.Failed {
		fmt.Fprintf(&b, "\n**failed: %s**\n", escape(text))
	}
	d.effect().markdown(&b)
	d.markdownFlips(&b)
	if len(d.Changes) > 0 {
		b.WriteString("\n<details><summary>What changed</summary>\n\n```diff\n")
		for _, c := range d.Changes {
			if c.How == "changed" {
				fmt.Fprintf(&b, "@@ %s @@\n", fenced(c.heading()))
			}
			for _, line := range c.Lines {
				fmt.Fprintln(&b, fenced(line))
			}
		}
		b.WriteString("```\n\n</details>\n")
	}
	for _, p := range []passage{d.others(), d.cutSets()} {
		if p.heading == nil {
			continue
		}
		fmt.Fprintf(&b, "\n<details><summary>%s</summary>\n", escape(strings.Join(p.heading, " ")))
		p.table(&b)
		b.WriteString("\n</details>\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d *Diff) markdownFlips(b *strings.Builder) {
	list := d.flips()
	if len(list) > 0 {
		b.WriteString("\n|  | Requirement |  |\n|:-:|:--|:--|\n")
	}
	for _, f := range list {
		text := "**" + escape(f.state) + "**"
		for _, d := range f.details {
			text += "<br>" + escape(d)
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", strings.NewReplacer("✓", "✅", "✗", "❌", "?", "❔", "+", "➕", "-", "➖").Replace(f.sign), code(f.text), text)
	}
	if text := d.failing(); text != "" {
		fmt.Fprintf(b, "\n%s\n", escape(text))
	}
}

// fenced makes a line safe between fences of backticks.
func fenced(line string) string { return strings.ReplaceAll(clean(line), "```", "`\u200b``") }
