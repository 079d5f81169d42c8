package report

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// Markdown writes tables fit for a pull request.
func Markdown(w io.Writer, r *Report) error {
	var b strings.Builder
	title := r.System.Title
	if title == "" {
		title = r.File
	}
	fmt.Fprintf(&b, "### %s\n\n%s\n", escape(title), escape(strings.Join(r.headline(), " · ")))
	if caveat := r.caveat(); caveat != "" {
		fmt.Fprintf(&b, "\n**%s**\n", escape(caveat))
	}
	if len(r.Results) > 0 {
		for _, s := range r.sections(math.MaxInt) {
			head, rows := r.table(s.columns)
			markdownTable(&b, s.caption, head, rows)
		}
	}
	spreads, _ := r.spreads()
	for _, s := range append(r.verified(), spreads...) {
		markdownTable(&b, s.caption, s.head, s.rows)
	}
	budgets, _ := r.budgets()
	for _, res := range budgets {
		caption := full(res.Target) + ": " + r.heading(res)
		list, _ := causes(res.Budget)
		var rows [][]string
		for _, c := range list {
			rows = append(rows, []string{c.label(), r.amount(c), percent(c.Share), origin(c)})
		}
		markdownTable(&b, caption, []string{"CAUSE", r.amountHead(), "SHARE", "ORIGIN"}, rows)
	}
	for i, note := range r.remarks() {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s\n", escape(note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownTable(b *strings.Builder, caption string, head []string, rows [][]string) {
	if caption != "" {
		fmt.Fprintf(b, "\n%s\n", escape(caption))
	}
	b.WriteString("\n")
	markdownRow(b, head, len(head))
	fmt.Fprintf(b, "|:--|%s\n", strings.Repeat("--:|", len(head)-1))
	for _, row := range rows {
		markdownRow(b, row, len(head))
	}
}

func markdownRow(b *strings.Builder, row []string, columns int) {
	for c := range columns {
		cell := ""
		if c < len(row) {
			cell = row[c]
		}
		fmt.Fprintf(b, "| %s ", escape(cell))
	}
	b.WriteString("|\n")
}

// escape takes their meaning from the characters that Markdown and HTML give
// one, and keeps text on one line.
func escape(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	for _, r := range clean(s) {
		switch r {
		case '&':
			b.WriteString("&amp;")
			continue
		case '<':
			b.WriteString("&lt;")
			continue
		case '\\', '`', '*', '_', '[', ']', '|', '~', '#', '>':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
