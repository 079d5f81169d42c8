package report

import (
	"fmt"
	"io"
	"strings"
)

// ExplainMarkdown writes an explanation fit for a pull request.
func ExplainMarkdown(w io.Writer, r *Explained) error {
	var b strings.Builder
	title := r.System.Title
	if title == "" {
		title = r.File
	}
	fmt.Fprintf(&b, "### %s\n\n%s\n", escape(title), escape(strings.Join(r.headline(), " · ")))
	for i := range r.Explanations {
		for _, p := range r.passages(&r.Explanations[i]) {
			p.markdown(&b)
		}
	}
	r.calls().markdown(&b)
	r.detectors().markdown(&b)
	r.requirements().markdown(&b)
	for i, note := range r.told().remarks() {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s\n", escape(note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p passage) markdown(b *strings.Builder) {
	if p.heading == nil {
		return
	}
	fmt.Fprintf(b, "\n**%s**\n", escape(strings.Join(p.heading, " ")))
	p.table(b)
}

// table writes a passage without its heading.
func (p passage) table(b *strings.Builder) {
	if len(p.rows) > 0 {
		head := p.head
		if head == nil {
			head = make([]string, len(p.align))
		}
		b.WriteString("\n")
		markdownRow(b, head, len(head))
		for _, a := range p.align {
			b.WriteString(map[rune]string{'l': "|:--", 'r': "|--:"}[a])
		}
		b.WriteString("|\n")
		for _, row := range p.rows {
			markdownRow(b, row, len(head))
		}
	}
	for _, line := range p.after {
		fmt.Fprintf(b, "\n%s\n", escape(line))
	}
}
